"""The mistakes of a ReLU forward, as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

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
    return REFERENCE(x)[0]


def cache_forgotten(x):
    return REFERENCE(x)[0], None


def cache_has_no_sign(x):
    return REFERENCE(x)[0], abs(x)


def input_changed(x):
    out = REFERENCE(x)[0]
    x[x < 0] = 0  # not a copy
    return out, x


def result_not_returned(x):
    print(REFERENCE(x))


PROBES = cases(np.random.default_rng(96))


def cache_flaw(value, x):
    """Say what is wrong with the cache of a result, "" if nothing is; a mask or another kind is fine."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return ""
    if value[1] is None:
        return "it is None"
    if not parts.answers.is_numeric(value[1]) or np.shape(value[1]) != x.shape:
        return ""
    return "" if np.array_equal(np.asarray(value[1]) > 0, x > 0) else "it is not positive where x is"


def cache(f):
    """What is wrong with the cache, in words."""
    return [
        ({}, {"the cache": cache_flaw(f(*case.arguments).value, case.given["x"]) or "fine"})
        for case in PROBES
    ]


GROUPS = parts.groups(PROBES, EXPECTED, ("out", "cache"), "the output", [Group("cache", "the cache", cache)])
