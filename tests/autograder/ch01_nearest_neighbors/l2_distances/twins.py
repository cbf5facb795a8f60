"""The mistakes with L2 distances as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

distances = catalogue.beside(__file__, "distances")
filled_as_if_turned = distances.filled_as_if_turned


def squares_of(X, X_train):
    """The squared gaps (M, N, D)."""
    return (np.asarray(X, float)[:, None] - np.asarray(X_train, float)) ** 2


def REFERENCE(X, X_train):
    """The right answer."""
    return np.sqrt(squares_of(X, X_train).sum(axis=2))


def root_forgotten(X, X_train):
    return squares_of(X, X_train).sum(axis=2)


def sizes_instead(X, X_train):
    return np.sqrt(squares_of(X, X_train)).sum(axis=2)


def square_of_the_gaps_sum(X, X_train):
    return np.abs((np.asarray(X, float)[:, None] - np.asarray(X_train, float)).sum(axis=2))


def expanded(X, X_train, mixed):
    """The squares of the distances multiplied out, with the mixed term so many times."""
    rows, train = np.asarray(X, float), np.asarray(X_train, float)
    return (rows**2).sum(axis=1)[:, None] - mixed * rows @ train.T + (train**2).sum(axis=1)


def mixed_term_once(X, X_train):
    return np.sqrt(np.maximum(expanded(X, X_train, 1), 0))


def no_number_at_equal_rows(X, X_train):
    with np.errstate(invalid="ignore"):
        return np.sqrt(expanded(X, X_train, 2))


def mean_over_pixels(X, X_train):
    return np.sqrt(squares_of(X, X_train).mean(axis=2))


def total_of_the_album(X, X_train):
    rows, train = np.asarray(X, float), np.asarray(X_train, float)
    found = np.zeros((len(rows), len(train)))
    for i in range(len(rows)):
        found[i] = np.sqrt(np.sum((train - rows[i]) ** 2))  # of all rows together
    return found


def bytes_wrapped(X, X_train):
    return np.sqrt(((X[:, None] - X_train) ** 2).astype(float).sum(axis=2))


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


GROUPS = [*distances.groups(REFERENCE), Group("equal-rows", "equal rows", distances.equal_rows)]
