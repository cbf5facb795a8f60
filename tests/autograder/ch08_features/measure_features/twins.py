"""The confusions in the measurement, each with what it gives."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")

NAMES = ("pixels", "hues", "both")


def REFERENCE():
    """The right answer."""
    return measured.figures()


def features_not_standardized():
    return measured.figures(prepared="as they are")


def test_standardized_by_itself():
    return measured.figures(prepared="each split by itself")


def measured_on_training_scenes():
    return measured.figures(on_training=True)


def edges_alone():
    return measured.figures(both="edges")


def pixels_standardized():
    return measured.figures(pixels="standardized")


def shares_of_errors():
    return tuple(1 - each for each in REFERENCE())


def shares_in_percent():
    return tuple(100 * each for each in REFERENCE())


KNOWN = (
    features_not_standardized,
    test_standardized_by_itself,
    measured_on_training_scenes,
    edges_alone,
    pixels_standardized,
    shares_of_errors,
    shares_in_percent,
)


def near(figure, part, known):
    """Whether a figure is a known one, within what is forgiven."""
    return measurements.near(figure, known, REFERENCE()[part], measured.LEAST)


def figures(f):
    """The figures, by name."""
    return [({}, measurements.named(f().value, NAMES, REFERENCE(), KNOWN, near))]


GROUPS = [Group("figures", "your figures", figures)]
