"""The mistakes of a sigmoid, as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

parts = catalogue.beside(__file__, "parts")


def REFERENCE(x):
    """The right answer."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def stable(x):
    """A sigmoid that never overflows."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def sigmoid_falls(x):
    return stable(-x)


def sigmoid_for_tanh(x):
    return np.tanh(x)


def sigmoid_slope_returned(x):
    return stable(x) * stable(-x)


def normalized_over_the_array(x):
    powers = np.exp(x - np.max(x))
    return powers / powers.sum()


def sigmoid_denominator(x):
    return stable(x) * (1 + np.exp(-np.abs(x)))  # the 1 + is missing at one end


def sigmoid_overflows(x):
    with np.errstate(all="ignore"):
        return np.exp(x) / (1 + np.exp(x))


def input_changed(x):
    out = stable(x)
    x *= -1  # not a copy
    return out


def result_not_returned(x):
    print(stable(x))


RNG = np.random.default_rng(91)
PROBES = [parts.case(x=2 * RNG.normal(size=shape)) for shape in ((4,), (3, 2), (2, 2, 2))]


def far(f):
    """Whether there is a number at all far from 0."""
    exchange = f(np.array([1000.0, -1000.0, 720.0]))
    if exchange.failed or not parts.answers.is_numeric(exchange.value):
        return [({}, {})]
    return [({}, {"far from 0": "finite" if np.isfinite(exchange.value).all() else "not finite"})]


STABILITY = Group("stability", "large inputs", far)
GROUPS = parts.groups(PROBES, REFERENCE, ("out",), "the values", [STABILITY])
