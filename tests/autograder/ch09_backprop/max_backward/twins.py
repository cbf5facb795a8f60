"""The mistakes of a max gate backward, as code."""

import numpy as np

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")


def REFERENCE(x, y, dout):
    """The right answer."""
    return np.where(x >= y, dout, 0.0), np.where(x >= y, 0.0, dout)


def max_to_both(x, y, dout):
    return dout * 1.0, dout * 1.0


def max_to_loser(x, y, dout):
    return np.where(x < y, dout, 0.0), np.where(x < y, 0.0, dout)


def max_times_input(x, y, dout):
    return np.where(x >= y, x * dout, 0.0), np.where(x >= y, 0.0, y * dout)


def upstream_missing(x, y, dout):
    return (x >= y) * 1.0, (x < y) * 1.0


def tie_to_both(x, y, dout):
    return dout * (x >= y), dout * (y >= x)


def tie_to_neither(x, y, dout):
    return dout * (x > y), dout * (y > x)


def tie_to_second(x, y, dout):
    return dout * (x > y), dout * (y >= x)


def upstream_changed(x, y, dout):
    found = REFERENCE(x, y, dout)
    dout *= x >= y  # not a copy
    return found


def one_gradient_only(x, y, dout):
    return REFERENCE(x, y, dout)[0]


def result_not_returned(x, y, dout):
    print(REFERENCE(x, y, dout))


PROBES = [
    parts.case(x=[1.5, -2, 0.7, 3], y=[0.5, 1, 0.7, 4], dout=[2, -3, 5, 1.5]),
    parts.case(x=[[1, -2], [4, 0]], y=[[1, 2], [-3, 0]], dout=[[-2.5, 3], [1.5, 4]]),
]
GROUPS = parts.groups(PROBES, REFERENCE, ("dx", "dy"), "what is sent back")
