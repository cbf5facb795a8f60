"""The mistakes in the exchange of margin, scale and strength, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")


def REFERENCE(reg, delta, scale):
    """The right answer."""
    return question.rule(0, reg, delta, scale)


def margin_divides(reg, delta, scale):
    return REFERENCE(reg, delta, scale) / delta**2


def margin_squared(reg, delta, scale):
    return REFERENCE(reg, delta, scale) * delta


def margin_without_effect(reg, delta, scale):
    return REFERENCE(reg, delta, scale) / delta


def scale_without_effect(reg, delta, scale):
    return REFERENCE(reg, delta, scale) * scale**2


def scale_once(reg, delta, scale):
    return REFERENCE(reg, delta, scale) * scale


def scale_multiplies(reg, delta, scale):
    return REFERENCE(reg, delta, scale) * scale**4


def seen_at(points, f):
    """The values at some points, of an expression or an answer."""
    unknowns = question.QUESTION.unknowns
    try:
        return {"the strength": unknowns.values(unknowns.read(f.value), points)}
    except CheckFailed:
        return {}


def margin(f):
    """What the margin does, with untouched pixels."""
    return [({}, seen_at(question.MARGINS, f(*arguments())))]


def scale(f):
    """What the scale does, with the margin 1."""
    return [({}, seen_at(question.SCALES, f(*arguments())))]


def arguments():
    """The unknowns of the call."""
    return question.QUESTION.unknowns.arguments(*question.QUESTION.names)


GROUPS = [Group("margin", "what the margin does", margin), Group("scale", "what the scale does", scale)]
