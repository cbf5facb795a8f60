"""The mistakes of a prediction as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.scores import predict as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")


def REFERENCE(X, W):
    """The right answer."""
    return reference(X, W)


def tie_to_the_largest(X, W):
    S = X @ W
    return S.shape[1] - 1 - S[:, ::-1].argmax(axis=1)


def lowest_score(X, W):
    return (X @ W).argmin(axis=1)


def highest_size(X, W):
    return np.abs(X @ W).argmax(axis=1)


def labels_from_one(X, W):
    return (X @ W).argmax(axis=1) + 1


def score_for_label(X, W):
    return (X @ W).max(axis=1)


def best_starts_at_zero(X, W):
    S = X @ W
    return np.where((S > 0).any(axis=1), S.argmax(axis=1), 0)


def labels_in_a_column(X, W):
    return REFERENCE(X, W)[:, None]


def one_hot_labels(X, W):
    return np.eye(W.shape[1])[(X @ W).argmax(axis=1)]


def weights_in_rows(X, W):
    return (X @ W.T).argmax(axis=1)


def best_example_of_a_class(X, W):
    return (X @ W).argmax(axis=0)


def one_place_of_all(X, W):
    return (X @ W).argmax()


def result_not_returned(X, W):
    print(REFERENCE(X, W))


def untied():
    """A Hypothesis strategy for small cases without a tie for the first place."""

    def clear(case):
        X, W = case.arguments
        S = np.sort(X @ W, axis=1)
        return S.shape[1] > 1 and bool((S[:, -1] > S[:, -2]).all())

    return tables.small_weighted(bias=False).filter(clear)


def probes(sizes, seed=22):
    """Random cases, always the same, more rows than one so that the labels differ."""
    return tables.random_weighted(np.random.default_rng(seed), sizes, bias=False)


TIED = [
    tables.weighted([[1, 0], [0, 1], [2, 3], [-1, 0]], [[2, 2, 0], [0, 5, 5]]),
    tables.weighted([[1], [-1]], [[1, 3, 3, 1]]),
]
GROUPS = arrays.groups(
    [*probes([*tables.SIZES, (20, 3, 6)]), *TIED], REFERENCE, ("the array of labels",), probes(tables.EQUAL)
)
