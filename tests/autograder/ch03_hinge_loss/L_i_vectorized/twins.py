"""The mistakes of the loss of one column image as code: those of one row of scores, and some of its own."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.losses import hinge_loss_one as reference

one_example = catalogue.beside(__file__, "one_example")
row = catalogue.beside(__file__, "hinge_loss_one/twins")


def REFERENCE(x, y, W):
    """The right answer."""
    return reference(W @ x, y)


def of_image(mistake):
    """The twin that makes a mistake with the scores of a column image."""

    def twin(x, y, W):
        return mistake(W @ x, y)

    return twin


def __getattr__(name):
    """The twins that a row of scores has."""
    return of_image(getattr(row, name))


def rows_for_columns(x, y, W):
    return REFERENCE(x, y, W.T)


def margins_not_summed(x, y, W):
    return np.full(len(W), REFERENCE(x, y, W) / len(W))  # as many as classes; they add up to the loss


def argument_changed(x, y, W):
    loss = REFERENCE(x, y, W)
    W -= W[y]  # not a copy
    return loss


def number_not_returned(x, y, W):
    print(REFERENCE(x, y, W))


# C and D differ, but for one; in that one, W and its transpose give different losses. None at a kink.
rng = np.random.default_rng(4)
SIZES = [(3, 4), (5, 2), (4, 4), (2, 6), (1, 3)]
PROBES = [
    one_example.Picture(rng.normal(size=D).round(2), i % C, rng.normal(scale=1.5, size=(C, D)).round(2))
    for i, (D, C) in enumerate(SIZES)
]
GROUPS = one_example.groups(PROBES)
