"""The mistakes of a sigmoid gate backward, as code."""

import numpy as np

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")


def REFERENCE(out, dout):
    """The right answer."""
    return out * (1 - out) * dout


def cases(rng):
    """Arrays of several shapes; outputs lie between 0 and 1."""
    return [
        parts.case(out=rng.uniform(0.05, 0.95, size=shape), dout=rng.normal(size=shape))
        for shape in ((4,), (3, 2), (2, 2, 2))
    ]


def sigmoid_applied_twice(out, dout):
    again = 1 / (1 + np.exp(-out))
    return again * (1 - again) * dout


def upstream_missing(out, dout):
    return out * (1 - out)


def one_minus_missing(out, dout):
    return out * dout


def output_missing(out, dout):
    return (1 - out) * dout


def slope_of_tanh(out, dout):
    return (1 - out * out) * dout


def gate_sign_lost(out, dout):
    return -out * (1 - out) * dout


def upstream_changed(out, dout):
    found = REFERENCE(out, dout)
    dout *= out * (1 - out)  # not a copy
    return found


def result_not_returned(out, dout):
    print(REFERENCE(out, dout))


PROBES = cases(np.random.default_rng(92))
GROUPS = parts.groups(PROBES, REFERENCE, ("dx",), "what is sent back")
