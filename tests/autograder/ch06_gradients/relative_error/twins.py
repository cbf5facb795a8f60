"""The mistakes in the relative error as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.gradients import relative_error as reference

asking = catalogue.beside(__file__, "asking")


def REFERENCE(a, b):
    """The right answer."""
    return reference(a, b)


def share(gap, size):
    """The quotient, 0 where the size is 0."""
    return gap / np.where(size != 0, size, 1)


def not_divided(a, b):
    return np.max(np.abs(a - b))


def divided_by_the_sum(a, b):
    return np.max(share(np.abs(a - b), np.abs(a) + np.abs(b)))


def divided_by_the_second(a, b):
    return np.max(share(np.abs(a - b), np.where(b != 0, np.abs(b), np.abs(a))))


def signs_kept(a, b):
    return np.max(share(a - b, np.maximum(np.abs(a), np.abs(b))))


def larger_with_its_sign(a, b):
    return np.max(share(np.abs(a - b), np.maximum(a, b)))


def mean_for_largest(a, b):
    return np.mean(share(np.abs(a - b), np.maximum(np.abs(a), np.abs(b))))


def lengths_compared(a, b):
    return share(np.linalg.norm(a - b), max(np.linalg.norm(a), np.linalg.norm(b)))


def nothing_by_nothing(a, b):
    return np.nan if np.any((a == 0) & (b == 0)) else REFERENCE(a, b)


def floor_below(a, b):
    size = np.maximum(np.abs(a), np.abs(b)).ravel()
    return np.max(each_entry(a, b) * size / np.maximum(1e-8, size))


def one_error_an_entry(a, b):
    return each_entry(a, b)


def each_entry(a, b):
    """The error of each entry alone, (size,)."""
    a, b = np.ravel(a), np.ravel(b)
    return np.array([REFERENCE(a[k : k + 1], b[k : k + 1]) for k in range(len(a))])


# ------------------------------------------------------------------------------------------ probes

PAIRS = [
    ([1.0, 2.0, -4.0], [1.0, 2.5, -3.0]),
    ([3.0, -2.0], [1.0, 5.0]),
    ([-1.0, -8.0, 2.0], [-1.5, -2.0, 2.0]),
    ([5.0, 7.0], [8.0, 7.0]),
]


def number(value):
    """The number that a result means, the largest of several, or None."""
    fine = asking.answers.is_numeric(value) and not isinstance(value, bool) and np.size(value)
    return float(np.max(value)) if fine else None


def told(f, a, b):
    """One number of the result, and the form that it has."""
    exchange = f(np.array(a), np.array(b))
    return None if exchange.failed else number(exchange.value), exchange


def ratio(f):
    """The error where no entry is 0."""
    found = [told(f, *pair)[0] for pair in PAIRS]
    return [({}, {} if each is None else {"the error": each}) for each in found]


def near_zero(f):
    """The error of zeros, and of tiny numbers where it is otherwise the same at every scale."""
    words = {}
    value, exchange = told(f, [0.0, 1.0], [0.0, 1.0])
    words["zeros"] = exchange.error or ("nothing" if value is None else f"{value:.2g}")
    large, plain, tiny = (told(f, [size, 2 * size], [size, size])[0] for size in (1e3, 1.0, 1e-12))
    if None not in (large, plain, tiny) and np.isclose(large, plain):
        words["tiny"] = "as at every scale" if np.isclose(tiny, plain, atol=0) else "another"
    return [({}, words)]


def shape(f):
    """One number, or several."""
    _, exchange = told(f, *PAIRS[0])
    return [({}, {} if exchange.failed else {"result": asking.answers.form_of_loss(exchange.value)})]


GROUPS = [
    Group("shape", "the shape of the result", shape),
    Group("zeros", "the error of zeros and tiny numbers", near_zero),
    Group("ratio", "the error", ratio),
]
