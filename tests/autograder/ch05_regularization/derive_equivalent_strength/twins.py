"""The mistakes in the exchange of margin, scale and strength, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")


def REFERENCE(reg, delta, scale):
    """The right answer."""
    return question.rule(0, reg, delta, scale)


def margin_divides(reg, delta, scale):
    return reg / delta / scale**2


def margin_squared(reg, delta, scale):
    return reg * delta**2 / scale**2


def margin_without_effect(reg, delta, scale):
    return reg / scale**2


def scale_without_effect(reg, delta, scale):
    return reg * delta


def scale_once(reg, delta, scale):
    return reg * delta / scale


def scale_multiplies(reg, delta, scale):
    return reg * delta * scale**2


def both_turned_around(reg, delta, scale):
    return reg * scale**2 / delta


def strength_never_changes(reg, delta, scale):
    return reg


def exchange(f):
    """The values at points that tell the mistakes apart."""
    names = question.QUESTION.unknowns.arguments(*question.QUESTION.names)
    return [({}, question.QUESTION.seen(f(*names)))]


GROUPS = [Group("exchange", "your expression", exchange)]
