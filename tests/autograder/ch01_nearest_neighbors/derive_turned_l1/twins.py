"""The mistakes in the L1 length after a turn, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")
QUESTION, size = question.QUESTION, question.turned.size


def REFERENCE(u, v, c, s):
    """The right answer."""
    return question.rule(u, v, c, s)


def sizes_of_parts(u, v, c, s):
    return size(c * u) + size(s * v) + size(s * u) + size(c * v)


def length_before_the_turn(u, v, c, s):
    return size(u) + size(v)


def sizes_left_out(u, v, c, s):
    return c * u - s * v + s * u + c * v


def minus_lost(u, v, c, s):
    return size(c * u + s * v) + size(s * u + c * v)


def factor_pulled_out(u, v, c, s):
    return (c**2 + s**2) * (size(u) + size(v))


def size_of_the_sum(u, v, c, s):
    return size(c * u - s * v + s * u + c * v)


def turned_the_other_way(u, v, c, s):
    return size(c * u + s * v) + size(c * v - s * u)


def turned_l2(u, v, c, s):
    return ((c * u - s * v) ** 2 + (s * u + c * v) ** 2) ** 0.5


def length(f):
    """The values at points that tell the mistakes apart."""
    return [({}, QUESTION.seen(f(*QUESTION.unknowns.arguments(*QUESTION.names))))]


GROUPS = [Group("length", "your expression", length)]
