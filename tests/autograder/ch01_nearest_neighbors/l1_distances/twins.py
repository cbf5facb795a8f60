"""The mistakes with L1 distances as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue

distances = catalogue.beside(__file__, "distances")
filled_as_if_turned = distances.filled_as_if_turned


def gaps_of(X, X_train):
    """The gaps (M, N, D), with their signs."""
    return np.asarray(X, float)[:, None] - np.asarray(X_train, float)


def REFERENCE(X, X_train):
    """The right answer."""
    return np.abs(gaps_of(X, X_train)).sum(axis=2)


def gaps_not_sized(X, X_train):
    return gaps_of(X, X_train).sum(axis=2)


def size_of_the_total(X, X_train):
    return np.abs(gaps_of(X, X_train).sum(axis=2))


def squares_instead(X, X_train):
    return (gaps_of(X, X_train) ** 2).sum(axis=2)


def root_of_squares(X, X_train):
    return np.sqrt((gaps_of(X, X_train) ** 2).sum(axis=2))


def mean_over_pixels(X, X_train):
    return np.abs(gaps_of(X, X_train)).mean(axis=2)


def largest_gap(X, X_train):
    return np.abs(gaps_of(X, X_train)).max(axis=2)


def total_of_the_album(X, X_train):
    rows, train = np.asarray(X, float), np.asarray(X_train, float)
    found = np.zeros((len(rows), len(train)))
    for i in range(len(rows)):
        found[i] = np.sum(np.abs(train - rows[i]))  # of all rows together
    return found


def bytes_wrapped(X, X_train):
    return np.abs(X[:, None] - X_train).astype(float).sum(axis=2)


def distances_transposed(X, X_train):
    return REFERENCE(X, X_train).T


def matrix_turned(X, X_train):
    return filled_as_if_turned(REFERENCE(X, X_train))


def album_changed(X, X_train):
    found = REFERENCE(X, X_train)
    X_train -= X[0]  # not a copy
    return found


def distances_not_returned(X, X_train):
    print(REFERENCE(X, X_train))


GROUPS = distances.groups(REFERENCE)
