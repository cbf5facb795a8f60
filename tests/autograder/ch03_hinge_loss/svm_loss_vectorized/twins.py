"""The mistakes of the SVM loss as code: one function a misconception, wrong in one way and right otherwise.

Here stand those of the data term; the others, and what the probes of each group look at, are the same
for every loss of a batch.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.objective import svm_loss_vectorized as reference

shared = catalogue.beside(__file__, "loss_twins")
GROUPS = shared.GROUPS


def REFERENCE(W, X, y, reg):
    """The right answer."""
    return reference(W, X, y, reg)


def __getattr__(name):
    """The twins that every loss has."""
    return shared.made(getattr(shared, name), REFERENCE)


def margins_of(W, X, y):
    """Margins (N, C), 0 in the column of the true class."""
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    return margins


def coefficients_of(margins, y):
    """How often each row of X enters each column of the gradient, (N, C)."""
    counts = (margins > 0).astype(float)
    counts[np.arange(len(y)), y] = -counts.sum(axis=1)
    return counts


# ---------------------------------------------------------------------------------------- data term


def true_class_counted(W, X, y, reg):
    loss, dW = reference(W, X, y, reg)
    return loss + 1, dW


def true_class_counted_twice_over(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)  # holds 1 for the true class
    counts = (margins > 0).astype(float)
    counts[rows, y] = -counts.sum(axis=1)
    return margins.sum() / len(X) + reg * np.sum(W * W), X.T @ counts / len(X) + 2 * reg * W


def sum_not_mean(W, X, y, reg):
    margins = margins_of(W, X, y)
    return margins.sum() + reg * np.sum(W * W), X.T @ coefficients_of(margins, y) + 2 * reg * W


def gradient_not_averaged(W, X, y, reg):
    margins = margins_of(W, X, y)
    loss = margins.sum() / len(X) + reg * np.sum(W * W)
    return loss, X.T @ coefficients_of(margins, y) + 2 * reg * W


def mean_over_classes(W, X, y, reg):
    margins = margins_of(W, X, y)
    dW = X.T @ coefficients_of(margins, y) / margins.size
    return margins.mean() + reg * np.sum(W * W), dW + 2 * reg * W


def true_class_column_forgotten(W, X, y, reg):
    margins = margins_of(W, X, y)
    loss = margins.sum() / len(X) + reg * np.sum(W * W)
    return loss, X.T @ (margins > 0) / len(X) + 2 * reg * W


def true_class_minus_one(W, X, y, reg):
    margins = margins_of(W, X, y)
    counts = (margins > 0).astype(float)
    counts[np.arange(len(y)), y] = -1
    return margins.sum() / len(X) + reg * np.sum(W * W), X.T @ counts / len(X) + 2 * reg * W


def true_class_sign_lost(W, X, y, reg):
    margins = margins_of(W, X, y)
    counts = (margins > 0).astype(float)
    counts[np.arange(len(y)), y] = counts.sum(axis=1)
    return margins.sum() / len(X) + reg * np.sum(W * W), X.T @ counts / len(X) + 2 * reg * W


def margins_as_coefficients(W, X, y, reg):
    margins = margins_of(W, X, y)
    weights = margins.copy()
    weights[np.arange(len(y)), y] = -margins.sum(axis=1)
    return margins.sum() / len(X) + reg * np.sum(W * W), X.T @ weights / len(X) + 2 * reg * W


def gradient_negated(W, X, y, reg):
    margins = margins_of(W, X, y)
    loss = margins.sum() / len(X) + reg * np.sum(W * W)
    return loss, -X.T @ coefficients_of(margins, y) / len(X) + 2 * reg * W


def margins_reversed(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores[rows, y][:, None] - scores + 1)
    margins[rows, y] = 0
    dW = -X.T @ coefficients_of(margins, y) / len(X)
    return margins.sum() / len(X) + reg * np.sum(W * W), dW + 2 * reg * W


def delta_forgotten(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None])
    dW = X.T @ coefficients_of(margins, y) / len(X)
    return margins.sum() / len(X) + reg * np.sum(W * W), dW + 2 * reg * W
