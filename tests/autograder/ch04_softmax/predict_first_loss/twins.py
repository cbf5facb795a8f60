"""The wrong expectations of a first softmax loss."""

import math

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, float)
# classes, examples, the score that all have, strength of the penalty
SITUATIONS = [(10, 50, 0.0, 0.0), (4, 7, 1000.0, 0.0), (1000, 20, 0.0, 50.0)]


def each(rule):
    """The prediction that a rule gives for the three situations."""
    return tuple(float(rule(*situation)) for situation in SITUATIONS)


def REFERENCE():
    """The right answer: equal shares, and a penalty of zeros that is zero."""
    return each(lambda C, N, s, reg: math.log(C))


def predicted_base_ten():
    return each(lambda C, N, s, reg: math.log10(C))


def predicted_base_two():
    return each(lambda C, N, s, reg: math.log2(C))


def predicted_zero():
    return each(lambda C, N, s, reg: 0)


def predicted_hinge():
    return each(lambda C, N, s, reg: C - 1)


def predicted_share():
    return each(lambda C, N, s, reg: 1 / C)


def predicted_negative():
    return each(lambda C, N, s, reg: -math.log(C))


def predicted_sum_over_examples():
    return each(lambda C, N, s, reg: N * math.log(C))


def predicted_with_the_score():
    return each(lambda C, N, s, reg: math.log(C) + s)


def predicted_penalty():
    return each(lambda C, N, s, reg: math.log(C) + reg)


def predicted_wrong_classes_only():
    return each(lambda C, N, s, reg: math.log(C - 1))


def prediction(f):
    """The three parts, as words."""
    return [({}, predictions.seen(f(), KINDS))]


GROUPS = [Group("prediction", "your prediction", prediction)]
