"""The mistakes of the softmax loss by loops as code: those of the arrays, and some that only loops make."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.objective import softmax_loss_naive as reference

arrays = catalogue.beside(__file__, "softmax_loss_vectorized/twins")
GROUPS = arrays.GROUPS
shares_of, truth_of = arrays.shares_of, arrays.truth_of


def REFERENCE(W, X, y, reg):
    """The right answer."""
    return reference(W, X, y, reg)


def __getattr__(name):
    """The twins that the loss without a loop has, too, and those that every loss has."""
    if hasattr(arrays.shared, name):
        return arrays.shared.made(getattr(arrays.shared, name), REFERENCE)
    return getattr(arrays, name)


def columns_overwritten(W, X, y, reg):
    loss, _ = reference(W, X, y, reg)
    errors = shares_of(W, X) - truth_of(W, y)
    return loss, np.outer(X[-1], errors[-1]) / len(X) + 2 * reg * W


def first_example_only(W, X, y, reg):
    loss, dW = reference(W, X[:1], y[:1], 0.0)
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


def true_class_skipped(W, X, y, reg):
    loss, _ = reference(W, X, y, reg)
    errors = shares_of(W, X) * (1 - truth_of(W, y))
    return loss, X.T @ errors / len(X) + 2 * reg * W
