"""The mistakes of a ReLU forward, as code."""

import numpy as np

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")


def REFERENCE(x):
    """The right answer."""
    return np.maximum(x, 0), x


def EXPECTED(x):
    """What is compared; nobody looks into the cache."""
    return np.maximum(x, 0), parts.OPEN


def cases(rng):
    """Arrays of several shapes."""
    return [parts.case(x=rng.normal(size=shape)) for shape in ((5,), (3, 2), (2, 2, 3))]


def sign_dropped(x):
    return np.abs(x), x


def negatives_kept(x):
    return np.minimum(x, 0), x


def mask_for_output(x):
    return (x > 0) * 1.0, x


def cut_at_one(x):
    return np.clip(x, 0, 1), x


def cache_not_returned(x):
    return np.maximum(x, 0)


def input_changed(x):
    x[x < 0] = 0  # not a copy
    return x, x


def result_not_returned(x):
    print(np.maximum(x, 0))


PROBES = cases(np.random.default_rng(96))
GROUPS = parts.groups(PROBES, EXPECTED, ("out", "cache"), "the output")
