"""The mistakes of centering as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.scores import center as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")


def REFERENCE(X_train, X_test):
    """The right answer."""
    return reference(np.asarray(X_train), np.asarray(X_test))


def test_mean_for_test(X_train, X_test):
    return X_train - X_train.mean(axis=0), X_test - X_test.mean(axis=0)


def mean_of_both_splits(X_train, X_test):
    mean = np.concatenate([X_train, X_test]).mean(axis=0)
    return X_train - mean, X_test - mean


def one_mean_for_all_pixels(X_train, X_test):
    return X_train - X_train.mean(), X_test - X_train.mean()


def mean_of_each_row(X_train, X_test):
    return X_train - X_train.mean(axis=1, keepdims=True), X_test - X_test.mean(axis=1, keepdims=True)


def mean_cut(X_train, X_test):
    mean = np.trunc(X_train.mean(axis=0))
    return X_train - mean, X_test - mean


def test_left_alone(X_train, X_test):
    return X_train - X_train.mean(axis=0), X_test + 0.0


def mean_added(X_train, X_test):
    return X_train + X_train.mean(axis=0), X_test + X_train.mean(axis=0)


def standardized_instead(X_train, X_test):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std > 0, std, 1)
    return (X_train - mean) / std, (X_test - mean) / std


def means_of_rows_as_a_row(X_train, X_test):
    means = X_train.mean(axis=1)  # (N,): as many as rows, taken for as many as columns
    return X_train - means, X_test - means


def splits_changed(X_train, X_test):
    centered = REFERENCE(X_train, X_test)
    mean = X_train.mean(axis=0)
    X_train -= mean
    X_test -= mean
    return centered


def splits_exchanged(X_train, X_test):
    return REFERENCE(X_train, X_test)[::-1]


def training_split_alone(X_train, X_test):
    return REFERENCE(X_train, X_test)[0]


def mean_returned_too(X_train, X_test):
    return *REFERENCE(X_train, X_test), X_train.mean(axis=0)


def result_not_returned(X_train, X_test):
    print(*REFERENCE(X_train, X_test))


PROBES = tables.random_splits(np.random.default_rng(27))
SQUARE = tables.random_splits(np.random.default_rng(29), [(3, 3, 3), (4, 4, 4)])
GROUPS = arrays.groups(PROBES, REFERENCE, ("the training split", "the test split"), SQUARE)
