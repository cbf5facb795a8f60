"""The wrong ways to work out three scores."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, float)
PIXELS = np.array([12.0, 40, 0, 25])
WEIGHTS = np.array([[0.5, -1, 0], [-0.2, 0.3, 0.25], [2, 1.5, -3], [0.1, 0.4, -0.3]])
BIAS = np.array([3.2, -4.5, 1.7])


def said(scores):
    """Three scores as they would be written down."""
    return tuple(float(score) for score in np.round(scores, 9))


def REFERENCE():
    """The right answer."""
    return said(PIXELS @ WEIGHTS + BIAS)


def predicted_without_bias():
    return said(PIXELS @ WEIGHTS)


def predicted_bias_subtracted():
    return said(PIXELS @ WEIGHTS - BIAS)


def predicted_signs_lost():
    return said(PIXELS @ np.abs(WEIGHTS) + BIAS)


def predicted_zero_as_one():
    return said(np.where(PIXELS == 0, 1, PIXELS) @ WEIGHTS + BIAS)


def predicted_classes_exchanged():
    return said((PIXELS @ WEIGHTS + BIAS)[::-1])


def predicted_pixels_reversed():
    return said(PIXELS[::-1] @ WEIGHTS + BIAS)


def prediction(f):
    """The three parts, as words."""
    return [({}, predictions.seen(f(), KINDS))]


GROUPS = [Group("prediction", "your prediction", prediction)]
