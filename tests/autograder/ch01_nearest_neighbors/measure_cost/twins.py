"""The confusions in the measurement of the cost, each with what it gives."""

import math

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measurements = catalogue.beside(__file__, "measurements")

NAMES = ("album", "means")
GROWTH = 8  # of the album
FORGIVEN = 0.4  # timings on a busy machine scatter, and small albums stay in the cache


def REFERENCE():
    """What the arithmetic demands: every picture of the album is looked at once, the means not at all."""
    return 1.0, 0.0


def ratio_for_exponent():
    return float(GROWTH), 1.0


def means_grow_too():
    return 1.0, 1.0


def exponents_exchanged():
    return 0.0, 1.0


def logarithm_of_the_ratio():
    return math.log(GROWTH), 0.0


def near(figure, part):
    """Whether a figure is what the arithmetic demands, within what timings scatter."""
    return figure is not None and abs(figure - REFERENCE()[part]) <= FORGIVEN


def word(figure, part):
    """The name of the known figure that this one is, or that it is none."""
    if near(figure, part):
        return "right"
    known = {twin()[part] for twin in TWINS} - {REFERENCE()[part]}
    close = [each for each in known if abs(figure - each) <= 0.15 * max(1, each)]
    return str(close[0]) if close else "unknown"


TWINS = (ratio_for_exponent, means_grow_too, exponents_exchanged, logarithm_of_the_ratio)


def exponents(f):
    """The two figures, by name."""
    figures = measurements.read(f().value, len(NAMES))
    if figures is None or None in figures:
        return [({}, {})]
    return [
        (
            {},
            {
                name: word(figure, part)
                for part, (name, figure) in enumerate(zip(NAMES, figures, strict=True))
            },
        )
    ]


GROUPS = [Group("exponents", "the exponents", exponents)]
