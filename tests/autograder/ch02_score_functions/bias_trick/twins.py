"""The mistakes of the bias trick as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.scores import bias_trick as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")


def REFERENCE(X, W, b):
    """The right answer."""
    return reference(X, W, b)


def ones_first(X, W, b):
    return np.hstack([np.ones((len(X), 1)), X]), np.vstack([b, W])


def ones_column_first(X, W, b):
    return np.hstack([np.ones((len(X), 1)), X]), np.vstack([W, b])


def bias_row_first(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]), np.vstack([b, W])


def zeros_appended(X, W, b):
    return np.hstack([X, np.zeros((len(X), 1))]), np.vstack([W, b])


def ones_in_both(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]), np.vstack([W, np.ones(len(b))])


def bias_negated(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]), np.vstack([W, -b])


def appended_flat(X, W, b):
    return tuple(np.ravel(each) for each in REFERENCE(X, W, b))


def ones_as_a_row(X, W, b):
    return np.vstack([X, np.ones((1, X.shape[1]))]), REFERENCE(X, W, b)[1]


def bias_as_a_column(X, W, b):
    return REFERENCE(X, W, b)[0], np.hstack([W, b[:, None]])


def bias_not_appended(X, W, b):
    return REFERENCE(X, W, b)[0], W.copy()


def pair_exchanged(X, W, b):
    return REFERENCE(X, W, b)[::-1]


def product_returned(X, W, b):
    X1, W1 = REFERENCE(X, W, b)
    return X1 @ W1


def result_not_returned(X, W, b):
    print(*REFERENCE(X, W, b))


def probes(sizes, seed=23):
    """Random cases, always the same; N, D + 1 and C differ too, so that an exchange shows."""
    return tables.random_weighted(np.random.default_rng(seed), sizes)


SIZES = [(6, 3, 2), (2, 4, 3), (7, 2, 5)]
EQUAL = [(4, 3, 3), (3, 4, 4)]
GROUPS = arrays.groups(probes(SIZES), REFERENCE, ("X1", "W1"), probes(EQUAL), ignored=(arrays.RESHAPED,))
