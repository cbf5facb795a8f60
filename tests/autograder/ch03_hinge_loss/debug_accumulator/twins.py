"""The mistakes in a loop over the examples: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

mending = catalogue.beside(__file__, "mending")
problems = catalogue.beside(__file__, "problems")


def REFERENCE(W, X, y, reg):
    """The right answer."""
    return mending.reference(W, X, y, reg)[0]


def accumulator_misspelled(W, X, y, reg):
    loss = 0.0
    for i in range(len(X)):
        scores = X[i] @ W
        margins = np.maximum(0, scores - scores[y[i]] + 1)
        margins[y[i]] = 0
        total_loss += margins.sum()  # noqa: F821, F841
    return loss / len(X) + reg * np.sum(W * W)


def score_indexed_twice(W, X, y, reg):
    loss = 0.0
    for i in range(len(X)):
        scores = X[i] @ W
        true_score = scores[y[i]]
        margins = np.maximum(0, scores - true_score[y[i]] + 1)
        margins[y[i]] = 0
        loss += margins.sum()
    return loss / len(X) + reg * np.sum(W * W)


def maximum_of_one(W, X, y, reg):
    loss = 0.0
    for i in range(len(X)):
        scores = X[i] @ W
        margins = np.maximum(scores - scores[y[i]] + 1)
        margins[y[i]] = 0
        loss += margins.sum()
    return loss / len(X) + reg * np.sum(W * W)


def accumulator_overwritten(W, X, y, reg):
    loss = 0.0
    for i in range(len(X)):
        scores = X[i] @ W
        margins = np.maximum(0, scores - scores[y[i]] + 1)
        margins[y[i]] = 0
        loss = margins.sum()
    return loss / len(X) + reg * np.sum(W * W)


def accumulator_unread(W, X, y, reg):
    loss, total_loss = 0.0, 0.0
    for i in range(len(X)):
        scores = X[i] @ W
        margins = np.maximum(0, scores - scores[y[i]] + 1)
        margins[y[i]] = 0
        total_loss += margins.sum()
    return loss / len(X) + reg * np.sum(W * W)


def label_for_score(W, X, y, reg):
    loss = 0.0
    for i in range(len(X)):
        scores = X[i] @ W
        margins = np.maximum(0, scores - y[i] + 1)
        margins[y[i]] = 0
        loss += margins.sum()
    return loss / len(X) + reg * np.sum(W * W)


def true_score_left_out(W, X, y, reg):
    loss = 0.0
    for i in range(len(X)):
        margins = np.maximum(0, X[i] @ W + 1)
        margins[y[i]] = 0
        loss += margins.sum()
    return loss / len(X) + reg * np.sum(W * W)


def probes():
    """Problems of mixed sizes, without penalty."""
    return problems.sized_problems(np.random.default_rng(30))


def crash(f):
    """How the calls end."""
    errors = {exchange.error for exchange in (f(*case.arguments) for case in probes())}
    return [({}, {"crash": " and ".join(sorted(errors)) or "never"})]


def data_term(f):
    """The loss."""
    seen = []
    for case in probes():
        loss = mending.number(f(*case.arguments).value)
        seen.append((case.sizes, {} if loss is None else {"the loss": loss}))
    return seen


GROUPS = [Group("crash", "the call", crash), Group("loss", "the loss", data_term)]
