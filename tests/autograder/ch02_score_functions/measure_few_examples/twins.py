"""The confusions in the measurement, each with what it gives."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")

NAMES = ("one", "ten", "fifty")


def REFERENCE():
    """The right answer."""
    return measured.figures()


def asked_about_what_it_learned():
    return measured.figures("learned")


def asked_about_all_training_digits():
    return measured.figures("training")


def asked_about_validation_digits():
    return measured.figures("validation")


def errors_for_accuracy():
    return tuple(1 - each for each in REFERENCE())


def accuracy_in_percent():
    return tuple(100 * each for each in REFERENCE())


def number_right_for_share():
    return tuple(measured.count() * each for each in REFERENCE())


def figures_in_reverse():
    return REFERENCE()[::-1]


def means_without_bias():
    return measured.without_bias()


KNOWN = (
    asked_about_what_it_learned,
    asked_about_all_training_digits,
    asked_about_validation_digits,
    errors_for_accuracy,
    accuracy_in_percent,
    number_right_for_share,
    figures_in_reverse,
    means_without_bias,
)


def near(figure, part, known):
    """Whether a figure is a known one, within what is forgiven."""
    return measurements.near(figure, known, REFERENCE()[part], measured.LEAST)


def figures(f):
    """The figures, by name."""
    return [({}, measurements.named(f().value, NAMES, REFERENCE(), KNOWN, near))]


GROUPS = [Group("figures", "your figures", figures)]
