"""The mistakes in the expected value of a batch's mean, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")


def REFERENCE(g, p, B):
    """The right answer."""
    return question.rule(0, g, p, B)


def expected_over_batch(g, p, B):
    return REFERENCE(g, p, B) / B


def expected_sum_of_the_batch(g, p, B):
    return B * REFERENCE(g, p, B)


def chances_ignored(g, p, B):
    return sum(g) / len(g)


def sum_divided_by_batch(g, p, B):
    return sum(g) / B


def averaged_once_more(g, p, B):
    return REFERENCE(g, p, B) / len(g)


def numbers_and_chances_apart(g, p, B):
    return sum(g) * sum(p)


def expectation(f):
    """The values at points that tell the mistakes apart, for several numbers of examples."""
    return [
        ({"N": len(each.names[0])}, each.seen(f(*each.unknowns.arguments(*each.names))))
        for each in question.QUESTIONS
    ]


GROUPS = [Group("expectation", "your expression", expectation)]
