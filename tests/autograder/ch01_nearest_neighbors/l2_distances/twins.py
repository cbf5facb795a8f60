"""The mistakes with L2 distances as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue

distances = catalogue.beside(__file__, "distances")


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


def album_changed(X, X_train):
    found = REFERENCE(X, X_train)
    X_train -= X[0]  # not a copy
    return found


def distances_not_returned(X, X_train):
    print(REFERENCE(X, X_train))


GROUPS = distances.groups(REFERENCE)
