"""The mistakes in the vote: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

cases = catalogue.beside(__file__, "KNearestNeighbor/problems_of_knn")


def REFERENCE(dists, y_train, k):
    """The right answer."""
    ballots = y_train[np.argsort(dists, axis=1)[:, :k]]
    return np.array([np.bincount(row).argmax() for row in ballots])


def sorted_down_the_columns(dists, y_train, k):
    order = np.argsort(dists, axis=0)
    return np.array([np.bincount(y_train[order[i, :k]]).argmax() for i in range(len(dists))])


def place_of_the_largest_label(dists, y_train, k):
    order = np.argsort(dists, axis=1)
    return np.array([np.argmax(y_train[order[i, :k]]) for i in range(len(dists))])


def both_vote_mistakes(dists, y_train, k):
    order = np.argsort(dists, axis=0)
    return np.array([np.argmax(y_train[order[i, :k]]) for i in range(len(dists))])


def largest_label_wins(dists, y_train, k):
    order = np.argsort(dists, axis=1)
    return np.array([np.max(y_train[order[i, :k]]) for i in range(len(dists))])


def votes_counted_without_labels(dists, y_train, k):
    order = np.argsort(dists, axis=1)
    return np.array([np.bincount(y_train[order[i, :k]]).max() for i in range(len(dists))])


def votes_to_probe():
    """Votes with several new pictures, ties among them."""
    return [
        vote for vote in cases.clear_votes(np.random.default_rng(17)) if len(vote.dists) > 1
    ] + cases.tied_votes()


def vote(f):
    """The labels, as words."""
    seen = []
    for each in votes_to_probe():
        value = f(each.dists, each.y_train, each.k).value
        fine = (
            isinstance(value, np.ndarray) and value.shape == each.winners.shape and value.dtype.kind in "iuf"
        )
        seen.append(({}, {"the labels": str([round(float(v), 6) for v in value])} if fine else {}))
    return seen


GROUPS = [Group("mended-vote", "the vote", vote)]
