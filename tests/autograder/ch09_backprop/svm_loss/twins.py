"""The mistakes of the hinge loss of scores, as code."""

import numpy as np

from lintutor.autograder import catalogue

shared = catalogue.beside(__file__, "on_scores")


def REFERENCE(x, y):
    """The right answer."""
    return loss_of(x, y)


def loss_of(x, y):
    """Loss and gradient."""
    margins = margins_of(x, y)
    return margins.sum() / len(x), signed(margins > 0, y) / len(x)


def margins_of(x, y, delta=1.0):
    """Margins (N, C), 0 in the column of the true class."""
    rows = np.arange(len(x))
    margins = np.maximum(0, x - x[rows, y][:, None] + delta)
    margins[rows, y] = 0
    return margins


def signed(weights, y):
    """What each open hinge adds to its class, and takes from the true one."""
    weights = weights * 1.0
    weights[np.arange(len(y)), y] = -weights.sum(axis=1)
    return weights


def __getattr__(name):
    """The twins that every loss of scores has."""
    return shared.made(getattr(shared, name), loss_of)


def true_class_charged(x, y):
    loss, dx = loss_of(x, y)
    return loss + 1, dx


def true_score_not_lowered(x, y):
    margins = margins_of(x, y)
    return margins.sum() / len(x), (margins > 0) / len(x)


def true_score_lowered_once(x, y):
    margins = margins_of(x, y)
    dx = (margins > 0) * 1.0
    dx[np.arange(len(y)), y] = -1
    return margins.sum() / len(x), dx / len(x)


def margins_sent_back(x, y):
    margins = margins_of(x, y)
    return margins.sum() / len(x), signed(margins, y) / len(x)


def margin_without_delta(x, y):
    margins = margins_of(x, y, 0.0)
    return margins.sum() / len(x), signed(margins > 0, y) / len(x)


GROUPS = shared.groups(REFERENCE)
