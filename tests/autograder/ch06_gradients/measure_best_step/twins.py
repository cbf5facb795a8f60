"""The confusions in the measurement, each with what it gives."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")
NAMES = ("forward", "centered", "centered32")
SETTINGS = ((False, np.float64), (True, np.float64), (True, np.float32))


def REFERENCE():
    """The right answer."""
    return tuple(measured.best(*each)[0] for each in SETTINGS)


def minus_forgotten():
    return tuple(-each for each in REFERENCE())


def step_for_exponent():
    return tuple(10.0**each for each in REFERENCE())


def exponent_of_the_error():
    return tuple(measured.best(*each)[1] for each in SETTINGS)


def smallest_step():
    return (int(measured.EXPONENTS[-1]),) * 3


def best_steps_exchanged():
    forward, centered, centered32 = REFERENCE()
    return centered, forward, centered32


def forward_in_float32():
    return *REFERENCE()[:2], measured.best(False, np.float32)[0]


def float32_forgotten():
    return *REFERENCE()[:2], REFERENCE()[1]


def same(figure, known):
    """Whether two figures are the same: whole numbers exactly, a nudge nearly."""
    return abs(figure - known) <= 1e-6 * max(abs(known), 1e-15)


def exponents(f):
    """The report, each figure by what it is; the third where the others leave it to be seen."""
    figures = measurements.read(f().value, len(NAMES))
    if figures is None:
        return [({}, {})]
    return [
        ({}, {name: "nothing" if x is None else f"{x:.3g}" for name, x in zip(NAMES, figures, strict=True)})
    ]


GROUPS = [Group("exponents", "the exponents", exponents)]
