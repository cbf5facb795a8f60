"""The wrong expectations of a loss at W = 0."""

import math

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, float)
# classes, examples, margin, strength of the penalty
SITUATIONS = [(10, 50, 1.0, 0.0), (4, 7, 5.0, 0.0), (100, 20, 0.5, 1000.0)]


def each(rule):
    """The prediction that a rule gives for the three situations."""
    return tuple(float(rule(*situation)) for situation in SITUATIONS)


def REFERENCE():
    """The right answer: every wrong class violates its margin by delta, and the penalty of zeros is zero."""
    return each(lambda C, N, delta, reg: (C - 1) * delta)


def predicted_with_true_class():
    return each(lambda C, N, delta, reg: C * delta)


def predicted_zero():
    return each(lambda C, N, delta, reg: 0)


def predicted_mean_over_classes():
    return each(lambda C, N, delta, reg: delta)


def predicted_delta_one():
    return each(lambda C, N, delta, reg: C - 1)


def predicted_sum_over_examples():
    return each(lambda C, N, delta, reg: N * (C - 1) * delta)


def predicted_penalty():
    return each(lambda C, N, delta, reg: (C - 1) * delta + reg)


def predicted_softmax():
    return each(lambda C, N, delta, reg: math.log(C))


def predicted_error_rate():
    return each(lambda C, N, delta, reg: (C - 1) / C)


def prediction(f):
    """The three parts, as words."""
    return [({}, predictions.seen(f(), KINDS))]


GROUPS = [Group("prediction", "your prediction", prediction)]
