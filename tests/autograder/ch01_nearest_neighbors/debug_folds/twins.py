"""The mistakes in the rounds: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

folds = catalogue.beside(__file__, "folds")


def rounds(X, y, num_folds, join, kept_X, kept_y):
    """The rounds; `join` puts pictures together, `kept_X` and `kept_y` (g, f) say what is in the album."""
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    found = []
    for f in range(num_folds):
        X_album = join([X_folds[g] for g in range(num_folds) if kept_X(g, f)])
        y_album = np.concatenate([y_folds[g] for g in range(num_folds) if kept_y(g, f)])
        found.append((X_album, y_album, X_folds[f], y_folds[f]))
    return found


def others(g, f):
    """All folds but the one that is held out."""
    return g != f


def all_folds(g, f):
    """All folds."""
    return True


def REFERENCE(X, y, num_folds):
    """The right answer."""
    return rounds(X, y, num_folds, np.concatenate, others, others)


def folds_stacked(X, y, num_folds):
    return rounds(X, y, num_folds, np.stack, others, others)


def held_labels_kept(X, y, num_folds):
    return rounds(X, y, num_folds, np.concatenate, others, all_folds)


def both_fold_mistakes(X, y, num_folds):
    return rounds(X, y, num_folds, np.stack, others, all_folds)


def held_fold_kept(X, y, num_folds):
    return rounds(X, y, num_folds, np.concatenate, all_folds, all_folds)


def album_is_the_next_fold(X, y, num_folds):
    def following(g, f):
        return g == (f + 1) % num_folds

    return rounds(X, y, num_folds, np.concatenate, following, following)


PROBES = [folds.random_data(np.random.default_rng(3), N, 2, 3, (1,), F) for N, F in ((6, 3), (8, 4))]


def parts(f):
    """The shapes of the parts and the labels of the album, as words."""
    seen = []
    for case in PROBES:
        value = f(case.X, case.y, case.num_folds).value
        if (
            isinstance(value, list | tuple)
            and value
            and all(isinstance(r, tuple | list) and len(r) == 4 for r in value)
        ):
            words = {f"round {n}": str([np.shape(part) for part in each]) for n, each in enumerate(value)}
            words |= {f"labels {n}": str(np.ravel(each[1]).tolist()) for n, each in enumerate(value)}
            seen.append(({}, words))
        else:
            seen.append(({}, {}))
    return seen


GROUPS = [Group("rounds", "the parts of a round", parts)]
