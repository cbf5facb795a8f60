"""The mistakes of the squared hinge as code: here those of its data term, the others are every loss's."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.objective import squared_svm_loss as reference
from lintutor.objective import svm_loss_vectorized as plain

shared = catalogue.beside(__file__, "loss_twins")
margins_of = catalogue.beside(__file__, "svm_loss_vectorized/twins").margins_of
GROUPS = shared.GROUPS


def REFERENCE(W, X, y, reg):
    """The right answer."""
    return reference(W, X, y, reg)


def __getattr__(name):
    """The twins that every loss has."""
    return shared.made(getattr(shared, name), REFERENCE)


def objective(data, coefficients, W, X, y, reg):
    """Loss and gradient from the sum of an array over the batch and the coefficients of the wrong classes."""
    coefficients[np.arange(len(y)), y] = -coefficients.sum(axis=1)
    return np.sum(data) / len(X) + reg * np.sum(W * W), X.T @ coefficients / len(X) + 2 * reg * W


# ---------------------------------------------------------------------------------------- the square


def not_squared(W, X, y, reg):
    return plain(W, X, y, reg)


def square_of_the_sum(W, X, y, reg):
    margins = margins_of(W, X, y)
    total = margins.sum(axis=1, keepdims=True)
    return objective(total**2, 2 * total * (margins > 0), W, X, y, reg)


def squared_before_clipping(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = scores - scores[rows, y][:, None] + 1
    margins[rows, y] = 0
    return objective(margins**2, 2 * margins, W, X, y, reg)


def square_halved(W, X, y, reg):
    margins = margins_of(W, X, y)
    return objective(margins**2 / 2, margins, W, X, y, reg)


def slope_of_square_halved(W, X, y, reg):
    margins = margins_of(W, X, y)
    return objective(margins**2, 1 * margins, W, X, y, reg)


def plain_coefficients(W, X, y, reg):
    margins = margins_of(W, X, y)
    return objective(margins**2, (margins > 0).astype(float), W, X, y, reg)


def squares_as_coefficients(W, X, y, reg):
    margins = margins_of(W, X, y)
    return objective(margins**2, margins**2, W, X, y, reg)


# ---------------------------------------------------------------------------- as with the plain hinge


def true_class_counted(W, X, y, reg):
    loss, dW = reference(W, X, y, reg)
    return loss + 1, dW


def sum_not_mean(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return loss * len(X) + reg * np.sum(W * W), dW * len(X) + 2 * reg * W


def gradient_not_averaged(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return loss + reg * np.sum(W * W), dW * len(X) + 2 * reg * W


def mean_over_classes(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return loss / W.shape[1] + reg * np.sum(W * W), dW / W.shape[1] + 2 * reg * W


def true_class_column_forgotten(W, X, y, reg):
    margins = margins_of(W, X, y)
    loss = np.sum(margins**2) / len(X) + reg * np.sum(W * W)
    return loss, X.T @ (2 * margins) / len(X) + 2 * reg * W


def gradient_negated(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return loss + reg * np.sum(W * W), -dW + 2 * reg * W


def margins_reversed(W, X, y, reg):
    margins = margins_of(-W, X, y)
    return objective(margins**2, -2 * margins, W, X, y, reg)


def delta_forgotten(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None])
    return objective(margins**2, 2 * margins, W, X, y, reg)
