"""The wrong expectations of a shuffle."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, bool)
X, T = np.array([1, 5, 2, 0]), np.array([3, 1, 2, 4])
ORDER = np.array([2, 0, 3, 1])


def l1(x, t):
    """The L1 distance of two pictures."""
    return float(np.abs(x - t).sum())


def REFERENCE():
    """The right answer, computed."""
    return l1(X[ORDER], T[ORDER]), l1(X[ORDER], T), False


def squares_predicted():
    return float(((X - T) ** 2).sum()), float(((X[ORDER] - T) ** 2).sum()), False


def shuffle_of_one_harmless():
    return l1(X, T), l1(X, T), False


def shuffle_inverted():
    return l1(X, T), l1(X[np.argsort(ORDER)], T), False


def shuffle_blinds():
    return l1(X, T), l1(X[ORDER], T), True


def shuffled(f):
    """The two distances, as words."""
    return [({}, {key: word for key, word in predictions.seen(f(), KINDS).items() if key != "part 2"})]


def blind(f):
    """The third part."""
    return [({}, {key: word for key, word in predictions.seen(f(), KINDS).items() if key == "part 2"})]


GROUPS = [
    Group("shuffled", "the two distances", shuffled),
    Group("blind", "what the classifier can see", blind),
]
