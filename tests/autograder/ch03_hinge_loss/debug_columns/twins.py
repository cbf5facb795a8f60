"""The mistakes with data in columns: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

mending = catalogue.beside(__file__, "mending")


def REFERENCE(W, X, y):
    """The right answer."""
    loss, dW = mending.reference(W.T, X.T, y, 0.0)
    return loss, dW.T


def divided_by(number, W, X, y):
    """Loss and gradient as sums over the examples, divided by another number than theirs."""
    loss, dW = REFERENCE(W, X, y)
    return loss * len(y) / number, dW * len(y) / number


def divided_by_features(W, X, y):
    return divided_by(X.shape[0], W, X, y)


def divided_by_classes(W, X, y):
    return divided_by(W.shape[0], W, X, y)


def sum_not_mean(W, X, y):
    return divided_by(1, W, X, y)


def gradient_not_averaged(W, X, y):
    loss, dW = REFERENCE(W, X, y)
    return loss, dW * len(y)


def gradient_in_rows(W, X, y):
    loss, dW = REFERENCE(W, X, y)
    return loss, dW.T


def column_as_row(W, X, y):
    columns = np.arange(len(y))
    scores = W @ X
    margins = np.maximum(0, scores - scores[columns, y][:, None] + 1)  # as if there were a row an example
    margins[columns, y] = 0
    counts = (margins > 0).astype(float)
    counts[columns, y] = -counts.sum(axis=1)
    return margins.sum() / X.shape[1], counts @ X.T / X.shape[1]


def probes():
    """Problems in columns; N, D and C differ."""
    return mending.columns(np.random.default_rng(32))


def data_term(f):
    """Loss and gradient."""
    return [(case.rows.sizes, mending.visible(case.read(f(*case.arguments).value))) for case in probes()]


def shape(f):
    """The shape of the gradient, and how the calls end."""
    seen = []
    for case in probes():
        exchange, wanted = f(*case.arguments), case.rows.W.T.shape
        words = {"call": "crashes" if exchange.failed else "ends"}
        for name, form in (("(C, D)", wanted), ("(D, C)", wanted[::-1])):
            if mending.two(exchange.value, form).dW is not None:
                words["gradient"] = name
        seen.append(({}, words))
    return seen


GROUPS = [Group("shape", "the shape of the gradient", shape), Group("data", "the data term", data_term)]
