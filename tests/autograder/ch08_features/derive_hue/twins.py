"""The mistakes in the hue between red and yellow, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")


def REFERENCE(low, step, rest):
    """The right answer."""
    return question.rule(0, low, step, rest)


def sixth_forgotten(low, step, rest):
    return step / (step + rest)


def share_of_the_largest(low, step, rest):
    return step / (6 * (low + step + rest))


def share_of_green(low, step, rest):
    return (low + step) / (6 * (low + step + rest))


def counted_from_yellow(low, step, rest):
    return rest / (6 * (step + rest))


def counted_to_the_rest(low, step, rest):
    return step / (6 * rest)


def saturation_for_hue(low, step, rest):
    return (step + rest) / (low + step + rest)


def hue_in_degrees(low, step, rest):
    return 60 * step / (step + rest)


def hue(f):
    """The values at points that tell the mistakes apart."""
    names = question.QUESTION.unknowns.arguments(*question.QUESTION.names)
    return [({}, question.QUESTION.seen(f(*names)))]


GROUPS = [Group("hue", "your expression", hue)]
