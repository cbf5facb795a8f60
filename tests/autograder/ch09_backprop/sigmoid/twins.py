"""The mistakes of a sigmoid, as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

parts = catalogue.beside(__file__, "parts")


def REFERENCE(x):
    """The right answer."""
    return stable(x)


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


def sigmoid_overflows_to_zero(x):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-x))


def sigmoid_digits_lost(x):
    return (1 + np.tanh(x / 2)) / 2


def sigmoid_clipped(x):
    return stable(np.clip(x, -500, 500))


def numbers_only(x):
    if np.size(x) > 1:
        raise TypeError("only length-1 arrays can be converted")
    return REFERENCE(x)


def input_changed(x):
    out = REFERENCE(x)
    x *= -1  # not a copy
    return out


def result_not_returned(x):
    print(REFERENCE(x))


RNG = np.random.default_rng(91)
PROBES = [parts.case(x=2 * RNG.normal(size=shape)) for shape in ((4,), (3, 2), (2, 2, 2))]


FAR = (1000.0, -1000.0, -40.0, -700.0, -720.0)


def far(f):
    """What comes far from 0, in words; what is not small where it should be is no matter of large inputs."""
    seen = {}
    for x in FAR:
        value = parts.read(f(np.array([x])).value, {"out": np.zeros(1)}).parts["out"]
        if value is None:
            continue
        seen[f"at {x:g}"] = "a number" if np.isfinite(value[0]) else "none"
        if -1000 < x < 0 <= value[0] < 1e-6:
            seen[f"digits at {x:g}"] = digits(x, value[0])
    return [({}, seen)]


def digits(x, value):
    """What is left of a tiny result."""
    if value == 0 or x < -708:  # beyond that a float has fewer digits
        return "none" if value == 0 else "some"
    return "all" if abs(value / REFERENCE(x) - 1) < 1e-9 else "others"


STABILITY = Group("stability", "large inputs", far)
GROUPS = parts.groups(PROBES, REFERENCE, ("out",), "the values", [STABILITY])
