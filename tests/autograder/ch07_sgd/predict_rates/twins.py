"""The wrong readings of four logs."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, float, float)
RATES = (0.004, 0.04, 0.0775, 0.082)
LOWEST, GOOD, HIGH, HIGHEST = RATES


def REFERENCE():
    """The right answer; a test walks the valley."""
    return GOOD, HIGHEST, HIGH, LOWEST


def rates_the_other_way_round():
    return HIGH, LOWEST, GOOD, HIGHEST


def steepest_fall_to_highest_rate():
    return HIGHEST, HIGH, GOOD, LOWEST


def even_fall_to_lowest_rate():
    return GOOD, HIGHEST, LOWEST, HIGH


def good_and_high_exchanged():
    return HIGH, HIGHEST, GOOD, LOWEST


def reading(f):
    """All four parts, as words."""
    return [({}, predictions.seen(f(), KINDS))]


GROUPS = [Group("reading", "the reading", reading)]
