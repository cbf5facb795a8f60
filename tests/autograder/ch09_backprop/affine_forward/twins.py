"""The mistakes of an affine layer forward, as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

layers = catalogue.beside(__file__, "layers")
parts = catalogue.beside(__file__, "parts")


def REFERENCE(x, w, b):
    """The right answer."""
    return x.reshape(len(x), -1) @ w + b, (x, w, b)


def EXPECTED(x, w, b):
    """What is compared; nobody looks into the cache."""
    return x.reshape(len(x), -1) @ w + b, parts.OPEN


def bias_forgotten(x, w, b):
    return x.reshape(len(x), -1) @ w, (x, w, b)


def bias_subtracted(x, w, b):
    return x.reshape(len(x), -1) @ w - b, (x, w, b)


def relu_included(x, w, b):
    return np.maximum(0, x.reshape(len(x), -1) @ w + b), (x, w, b)


def examples_mixed(x, w, b):
    return x.reshape(-1, len(x)).T @ w + b, (x, w, b)


def examples_not_flattened(x, w, b):
    if x.ndim > 2:
        raise ValueError("shapes do not fit")
    return x @ w + b, (x, w, b)


def cache_not_returned(x, w, b):
    return REFERENCE(x, w, b)[0]


def cache_holds_rows(x, w, b):
    out, cache = REFERENCE(x, w, b)
    return out, (x.reshape(len(x), -1), *cache[1:])


def cache_holds_output(x, w, b):
    out, cache = REFERENCE(x, w, b)
    return out, (out, *cache[1:])


def cache_forgotten(x, w, b):
    return REFERENCE(x, w, b)[0], None


def input_changed(x, w, b):
    found = REFERENCE(x, w, b)
    b += 1  # not a copy
    return found


def result_not_returned(x, w, b):
    print(REFERENCE(x, w, b))


RNG = np.random.default_rng(94)
PROBES = [*layers.rows(RNG)[:3], *layers.pictures(RNG)[:2]]


def cache(f):
    """What is wrong with the cache, in words: with rows, and with pictures."""
    flaws = [layers.cache_flaw(f, case) for case in PROBES]
    return [({}, {} if flaw is None else {"the cache": flaw or "fine"}) for flaw in flaws]


GROUPS = parts.groups(PROBES, EXPECTED, ("out", "cache"), "the output", [Group("cache", "the cache", cache)])
