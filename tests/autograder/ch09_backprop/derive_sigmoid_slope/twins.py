"""The mistakes in the slope of a sigmoid, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")


def REFERENCE(s):
    """The right answer."""
    return question.rule(0, s)


def minus_gate_forgotten(s):
    return -s * (1 - s)


def division_gate_alone(s):
    return -s * s


def division_and_minus_alone(s):
    return s * s


def exponential_for_its_slope(s):
    return (1 - s) / s


def tanh_for_sigmoid(s):
    return 1 - s * s


def output_forgotten(s):
    return 1 - s


def slope(f):
    """The values at points that tell the mistakes apart."""
    each = question.QUESTION
    return [({}, each.seen(f(*each.unknowns.arguments(*each.names))))]


GROUPS = [Group("slope", "your expression", slope)]
