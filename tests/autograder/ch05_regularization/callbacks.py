"""The functions that `full_loss` is given: data losses and penalties, strict about their arguments."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.losses import cross_entropy_loss_vectorized, hinge_loss_vectorized
from lintutor.regularizers import l1_penalty, l2_penalty

problems = catalogue.beside(__file__, "problems")


def data_loss_of(function):
    """A data loss with exactly three arguments; what goes wrong is told by its name."""

    def data_loss(W, X, y):
        for name, value, axes in (("W", W, 2), ("X", X, 2), ("y", y, 1)):
            if np.ndim(value) != axes:
                raise TypeError(f"data_loss(W, X, y): {name} came with {np.ndim(value)} axes, not {axes}")
        if np.shape(X)[1] != np.shape(W)[0] or len(y) != len(X):
            raise ValueError(
                f"data_loss(W, X, y) needs shapes (D, C), (N, D), (N,); it got {np.shape(W)}, "
                f"{np.shape(X)}, {np.shape(y)}"
            )
        return function(np.asarray(W), np.asarray(X), np.asarray(y))

    data_loss.__qualname__ = "data_loss"
    return data_loss


def penalty_of(function):
    """A penalty with exactly two arguments."""

    def penalty(W, reg):
        if np.ndim(W) != 2 or np.ndim(reg) != 0:
            raise TypeError(
                f"penalty(W, reg): W came with {np.ndim(W)} axes, not 2, or reg with {np.ndim(reg)}, not 0"
            )
        return function(np.asarray(W), float(reg))

    penalty.__qualname__ = "penalty"
    return penalty


def nothing(W, reg):
    """No penalty."""
    return 0.0, np.zeros(np.shape(W))


HINGE = data_loss_of(hinge_loss_vectorized)
CROSS_ENTROPY = data_loss_of(cross_entropy_loss_vectorized)
L2, L1, NOTHING = penalty_of(l2_penalty), penalty_of(l1_penalty), penalty_of(nothing)


class Recorder:
    """Callbacks that accept anything and note in which shapes it comes."""

    def __init__(self, shape):
        self.shape, self.asked = shape, []

    def data_loss(self, *given):
        """A data loss of 1, without a slope."""
        self.asked.append(("data_loss", [np.shape(each) for each in given]))
        return 1.0, np.zeros(self.shape)

    def penalty(self, *given):
        """A penalty of 1, without a slope."""
        self.asked.append(("penalty", [np.shape(each) for each in given]))
        return 1.0, np.zeros(self.shape)
