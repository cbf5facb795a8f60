"""The mistakes of the linear scores as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.scores import linear_scores as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")


def REFERENCE(X, W, b):
    """The right answer."""
    return reference(X, W, b)


def bias_left_out(X, W, b):
    return X @ W


def bias_subtracted(X, W, b):
    return X @ W - b


def bias_summed(X, W, b):
    return X @ W + b.sum()


def bias_of_the_example(X, W, b):
    return np.stack([x @ W + b[i] for i, x in enumerate(X)])


def bias_for_each_pixel(X, W, b):
    return X @ W + X.shape[1] * b


def bias_accumulated(X, W, b):
    S = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        row = b  # not a copy
        for d in range(X.shape[1]):
            row += X[i, d] * W[d]
        S[i] = row
    return S


def last_product_kept(X, W, b):
    return X[:, -1:] * W[-1] + b


def cut_to_whole_numbers(X, W, b):
    return np.trunc(X @ W + b)


def scores_transposed(X, W, b):
    return REFERENCE(X, W, b).T


def weights_in_rows(X, W, b):
    return X @ W.T + b


def bias_down_the_rows(X, W, b):
    return X @ W + b[:, None]


def returned_in_the_loop(X, W, b):
    return REFERENCE(X, W, b)[0]


def result_not_returned(X, W, b):
    print(REFERENCE(X, W, b))


def probes(sizes, seed=21):
    """Random cases, always the same."""
    return tables.random_weighted(np.random.default_rng(seed), sizes)


SIZES = [(5, 3, 4), (4, 2, 3), (7, 2, 5), (3, 5, 2), (4, 6, 3)]  # more examples than classes
GROUPS = arrays.groups(probes(SIZES), REFERENCE, ("the table of scores",), probes(tables.EQUAL))
