"""The mistakes of a ReLU backward, as code."""

import numpy as np

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")


def REFERENCE(dout, cache):
    """The right answer."""
    return np.where(cache > 0, dout, 0.0)


def cases(rng):
    """Arrays of several shapes."""
    return [
        parts.case(dout=rng.normal(size=shape), cache=rng.normal(size=shape))
        for shape in ((6,), (3, 2), (2, 2, 3))
    ]


def mask_of_upstream(dout, cache):
    return dout * (dout > 0)


def mask_missing(dout, cache):
    return dout * 1.0


def upstream_missing(dout, cache):
    return (cache > 0) * 1.0


def output_for_mask(dout, cache):
    return dout * np.maximum(cache, 0)


def mask_turned_around(dout, cache):
    return dout * (cache < 0)


def open_at_zero(dout, cache):
    return dout * (cache >= 0)


def upstream_changed(dout, cache):
    found = REFERENCE(dout, cache)
    dout[cache <= 0] = 0  # not a copy
    return found


def result_not_returned(dout, cache):
    print(REFERENCE(dout, cache))


PROBES = [parts.case(dout=[2, -3, 4], cache=[0, 1.5, -2]), *cases(np.random.default_rng(97))]
GROUPS = parts.groups(PROBES, REFERENCE, ("dx",), "what is sent back")
