"""The mistakes in the squared length after a turn, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")
QUESTION, turned = question.QUESTION, question.turned


def REFERENCE(u, v, c, s):
    """The right answer."""
    return question.rule(u, v, c, s)


def unit_determinant_assumed(u, v, c, s):
    return u**2 + v**2


def cross_terms_kept(u, v, c, s):
    return (c * u - s * v) ** 2 + (s * u - c * v) ** 2


def minus_lost(u, v, c, s):
    return (c * u + s * v) ** 2 + (s * u + c * v) ** 2


def cross_terms_forgotten(u, v, c, s):
    return c**2 * u**2 + s**2 * v**2


def length_not_squared(u, v, c, s):
    return question.rule(u, v, c, s) ** 0.5


def factor_squared(u, v, c, s):
    return (c**2 + s**2) ** 2 * (u**2 + v**2)


def turned_l1(u, v, c, s):
    return turned.size(c * u - s * v) + turned.size(s * u + c * v)


def length(f):
    """The values at points that tell the mistakes apart."""
    return [({}, QUESTION.seen(f(*QUESTION.unknowns.arguments(*QUESTION.names))))]


GROUPS = [Group("length", "your expression", length)]
