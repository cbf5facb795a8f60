"""The mistakes with L1 distances as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue

distances = catalogue.beside(__file__, "distances")


def REFERENCE(X, X_train):
    """The right answer."""
    gaps = np.asarray(X, float)[:, None] - np.asarray(X_train, float)  # (M, N, D)
    return np.abs(gaps).sum(axis=2)


def gaps_not_sized(X, X_train):
    return (np.asarray(X, float)[:, None] - np.asarray(X_train, float)).sum(axis=2)


def squares_instead(X, X_train):
    return ((np.asarray(X, float)[:, None] - np.asarray(X_train, float)) ** 2).sum(axis=2)


def root_of_squares(X, X_train):
    return np.sqrt(((np.asarray(X, float)[:, None] - np.asarray(X_train, float)) ** 2).sum(axis=2))


def mean_over_pixels(X, X_train):
    return np.abs(np.asarray(X, float)[:, None] - np.asarray(X_train, float)).mean(axis=2)


def largest_gap(X, X_train):
    return np.abs(np.asarray(X, float)[:, None] - np.asarray(X_train, float)).max(axis=2)


def total_of_the_album(X, X_train):
    rows, train = np.asarray(X, float), np.asarray(X_train, float)
    found = np.zeros((len(rows), len(train)))
    for i in range(len(rows)):
        found[i] = np.sum(np.abs(train - rows[i]))  # of all rows together
    return found


def bytes_wrapped(X, X_train):
    return np.abs(X[:, None] - X_train).astype(float).sum(axis=2)


def distances_transposed(X, X_train):
    return np.abs(np.asarray(X, float)[:, None] - np.asarray(X_train, float)).sum(axis=2).T


def album_changed(X, X_train):
    found = np.abs(np.asarray(X, float)[:, None] - np.asarray(X_train, float)).sum(axis=2)
    X_train -= X[0]  # not a copy
    return found


def distances_not_returned(X, X_train):
    print(np.abs(np.asarray(X, float)[:, None] - np.asarray(X_train, float)).sum(axis=2))


GROUPS = distances.groups(REFERENCE)
