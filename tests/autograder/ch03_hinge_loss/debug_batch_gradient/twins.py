"""The mistakes in the loss of a batch: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

mending = catalogue.beside(__file__, "mending")


def REFERENCE(W, X, y, rows, reg):
    """The right answer."""
    return mending.reference(W, X[rows], y[rows], reg)


def summed(W, X, y):
    """The hinge losses added up, and their gradient, without a penalty."""
    picked = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[picked, y][:, None] + 1)
    margins[picked, y] = 0
    counts = (margins > 0).astype(float)
    counts[picked, y] = -counts.sum(axis=1)
    return margins.sum(), X.T @ counts


def full_set_used(W, X, y, rows, reg):
    loss, dW = summed(W, X, y)
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


def divided_by_full_size(W, X, y, rows, reg):
    loss, dW = summed(W, X[rows], y[rows])
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


def full_set_divided_by_batch(W, X, y, rows, reg):
    loss, dW = summed(W, X, y)
    return loss / len(rows) + reg * np.sum(W * W), dW / len(rows) + 2 * reg * W


def gradient_of_full_set(W, X, y, rows, reg):
    loss, _ = summed(W, X[rows], y[rows])
    _, dW = summed(W, X, y)
    return loss / len(rows) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


def repeats_lost(W, X, y, rows, reg):
    kept = np.unique(rows)
    loss, dW = summed(W, X[kept], y[kept])
    return loss / len(kept) + reg * np.sum(W * W), dW / len(kept) + 2 * reg * W


def penalty_missing_from_loss(W, X, y, rows, reg):
    loss, dW = summed(W, X[rows], y[rows])
    return loss / len(rows), dW / len(rows) + 2 * reg * W


def penalty_missing(W, X, y, rows, reg):
    loss, dW = summed(W, X[rows], y[rows])
    return loss / len(rows), dW / len(rows)


def penalty_missing_from_gradient(W, X, y, rows, reg):
    loss, dW = summed(W, X[rows], y[rows])
    return loss / len(rows) + reg * np.sum(W * W), dW / len(rows)


def probes(reg):
    """Batches, the larger ones with repeats."""
    return mending.batches(np.random.default_rng(31), reg)


def parts(f, case):
    """Loss and gradient of one probe."""
    return mending.visible(mending.two(f(*case.arguments).value, case.whole.W.shape))


def batch(f):
    """Without penalty: which examples are in it."""
    return [(case.sizes, parts(f, case)) for case in probes(0.0)]


def penalty(f):
    """What reg changes, whatever the data term is."""
    seen = []
    for case in probes(0.5):
        with_reg, without = parts(f, case), parts(f, case.with_reg(0.0))
        seen.append((case.sizes, {k: with_reg[k] - without[k] for k in with_reg if k in without}))
    return seen


GROUPS = [Group("batch", "the data term", batch), Group("penalty", "the penalty", penalty)]
