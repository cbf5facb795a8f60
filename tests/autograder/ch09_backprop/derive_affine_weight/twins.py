"""The mistakes in the slope along a weight, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")


def REFERENCE(x, g):
    """The right answer."""
    return question.rule(0, x, g)


def total(terms):
    """The sum of some expressions."""
    first, *rest = terms
    return sum(rest, first)


def first_example_only(x, g):
    return x[0] * g[0]


def last_example_only(x, g):
    return x[-1] * g[-1]


def averaged_over_examples(x, g):
    return question.rule(0, x, g) / len(x)


def sums_multiplied(x, g):
    return total(x) * total(g)


def bias_for_weight(x, g):
    return total(g)


def inputs_for_gradient(x, g):
    return total(x)


def negative_for_gradient(x, g):
    return -question.rule(0, x, g)


def slope(f):
    """The values at points that tell the mistakes apart, for several N."""
    return [
        ({"N": len(each.names[0])}, each.seen(f(*each.unknowns.arguments(*each.names))))
        for each in question.QUESTIONS
    ]


GROUPS = [Group("slope", "your expression", slope)]
