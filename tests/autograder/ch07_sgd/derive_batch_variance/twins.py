"""The mistakes in the variance of a batch's mean, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")
of_one = question.of_one


def REFERENCE(g, B):
    """The right answer."""
    return question.rule(0, g, B)


def variance_without_batch(g, B):
    return of_one(g)


def variance_over_batch_squared(g, B):
    return of_one(g) / B**2


def variance_about_zero(g, B):
    return sum(each**2 for each in g) / len(g) / B


def variance_over_one_less(g, B):
    return of_one(g) * len(g) / (len(g) - 1) / B


def deviation_for_variance(g, B):
    return (of_one(g) / B) ** (1 / 2)


def variance_of_the_sum(g, B):
    return of_one(g) * B


def variance(f):
    """The values at points that tell the mistakes apart, for several numbers of examples."""
    return [
        ({"N": len(each.names[0])}, each.seen(f(*each.unknowns.arguments(*each.names))))
        for each in question.QUESTIONS
    ]


GROUPS = [Group("variance", "your expression", variance)]
