"""The mistakes of a multiply gate backward, as code."""

import numpy as np

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")


def REFERENCE(x, y, dout):
    """The right answer."""
    return y * dout, x * dout


def gate_not_swapped(x, y, dout):
    return x * dout, y * dout


def upstream_missing(x, y, dout):
    return y * 1.0, x * 1.0


def gradient_copied(x, y, dout):
    return dout * 1.0, dout * 1.0


def product_sent_back(x, y, dout):
    return x * y * dout, x * y * dout


def upstream_changed(x, y, dout):
    found = REFERENCE(x, y, dout)
    dout *= x  # not a copy
    return found


def one_gradient_only(x, y, dout):
    return REFERENCE(x, y, dout)[0]


def result_not_returned(x, y, dout):
    print(REFERENCE(x, y, dout))


RNG = np.random.default_rng(90)
PROBES = [
    parts.case(**{name: RNG.normal(size=shape) for name in ("x", "y", "dout")})
    for shape in ((4,), (3, 2), (2, 2, 2))
]
GROUPS = parts.groups(PROBES, REFERENCE, ("dx", "dy"), "what is sent back")
