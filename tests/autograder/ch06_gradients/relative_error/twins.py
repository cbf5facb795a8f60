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
    with np.errstate(all="ignore"):
        return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))


def floor_below(a, b):
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.maximum(np.abs(a), np.abs(b))))


def one_error_an_entry(a, b):
    return share(np.abs(a - b), np.maximum(np.abs(a), np.abs(b)))


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
    """The error of zeros and of tiny numbers, where it is right for others."""
    right = [REFERENCE(np.array(a), np.array(b)) for a, b in PAIRS]
    found = [told(f, *pair)[0] for pair in PAIRS]
    if None in found or not np.allclose(found, right):
        return [({}, {})]
    words = {}
    for name, a, b in (("zeros", [0.0, 1.0], [0.0, 1.0]), ("tiny", [1e-12, 2e-12], [1e-12, 1e-12])):
        value, exchange = told(f, a, b)
        words[name] = exchange.error or ("nothing" if value is None else f"{value:.2g}")
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
