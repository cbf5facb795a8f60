"""The mistakes of cross-validation as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

folds = catalogue.beside(__file__, "folds")


def REFERENCE(X, y, k_choices, num_folds):
    """The right answer."""
    return folds.accuracies(X, y, k_choices, num_folds)


def votes_of(X_album, y_album, X_held, k):
    """The labels of the k nearest album rows (M, k), nearest first."""
    dists = ((X_held[:, None] - X_album) ** 2).sum(axis=2)
    return y_album[np.argsort(dists, axis=1)[:, :k]]


def share_right(X_album, y_album, X_held, y_held, k):
    """The share of the held-out rows that the vote names rightly."""
    votes = votes_of(X_album, y_album, X_held, k)
    return float(np.mean([np.bincount(row).argmax() == own for row, own in zip(votes, y_held, strict=True)]))


def rounds_of(N, num_folds):
    """The rows of album and fold of each round."""
    cut = np.array_split(np.arange(N), num_folds)
    return [(np.setdiff1d(np.arange(N), fold), fold) for fold in cut]


def tested_on_the_album(X, y, k_choices, num_folds):
    rounds = rounds_of(len(X), num_folds)
    return {k: [share_right(X, y, X[held], y[held], k) for _, held in rounds] for k in k_choices}


def roles_exchanged(X, y, k_choices, num_folds):
    rounds = rounds_of(len(X), num_folds)
    return {
        k: [share_right(X[held], y[held], X[album], y[album], k) for album, held in rounds] for k in k_choices
    }


def strided_folds(X, y, k_choices, num_folds):
    every = np.arange(len(X))
    cut = [every[f::num_folds] for f in range(num_folds)]
    rounds = [(np.setdiff1d(every, fold), fold) for fold in cut]
    return {
        k: [share_right(X[album], y[album], X[held], y[held], k) for album, held in rounds] for k in k_choices
    }


def remainder_dropped(X, y, k_choices, num_folds):
    size = len(X) // num_folds
    X, y = X[: size * num_folds], y[: size * num_folds]
    rounds = rounds_of(len(X), num_folds)
    return {
        k: [share_right(X[album], y[album], X[held], y[held], k) for album, held in rounds] for k in k_choices
    }


def errors_for_accuracies(X, y, k_choices, num_folds):
    rounds = rounds_of(len(X), num_folds)
    return {
        k: [1 - share_right(X[album], y[album], X[held], y[held], k) for album, held in rounds]
        for k in k_choices
    }


def counts_for_shares(X, y, k_choices, num_folds):
    rounds = rounds_of(len(X), num_folds)
    return {
        k: [len(held) * share_right(X[album], y[album], X[held], y[held], k) for album, held in rounds]
        for k in k_choices
    }


def ties_to_the_first_seen(X, y, k_choices, num_folds):
    found = {k: [] for k in k_choices}
    for album, held in rounds_of(len(X), num_folds):
        for k in k_choices:
            votes = votes_of(X[album], y[album], X[held], k).tolist()
            first = [max(row, key=row.count) for row in votes]
            found[k].append(float(np.mean(np.array(first) == y[held])))
    return found


def mean_of_folds(X, y, k_choices, num_folds):
    rounds = rounds_of(len(X), num_folds)
    return {
        k: float(np.mean([share_right(X[album], y[album], X[held], y[held], k) for album, held in rounds]))
        for k in k_choices
    }


def last_fold_only(X, y, k_choices, num_folds):
    found = {}
    for album, held in rounds_of(len(X), num_folds):
        for k in k_choices:
            found[k] = [share_right(X[album], y[album], X[held], y[held], k)]  # the list is made anew
    return found


def rows_shuffled(X, y, k_choices, num_folds):
    rounds = rounds_of(len(X), num_folds)
    found = {
        k: [share_right(X[album], y[album], X[held], y[held], k) for album, held in rounds] for k in k_choices
    }
    order = np.random.default_rng(0).permutation(len(X))
    X[:], y[:] = X[order], y[order]  # not copies
    return found


def lists_of(value, case):
    """The lists of accuracies in the order of the choices, or None."""
    if not isinstance(value, dict) or set(value) != set(case.k_choices):
        return None
    rows = [value[k] for k in case.k_choices]
    if not all(isinstance(row, list | tuple | np.ndarray) and len(row) == case.num_folds for row in rows):
        return None
    try:
        table = np.array([[float(v) for v in row] for row in rows])
    except (TypeError, ValueError):
        return None
    return table


PROBES = [
    folds.random_data(np.random.default_rng(seed), *sizes)
    for seed, sizes in enumerate(((23, 2, 4, (1, 2, 6), 5), (19, 3, 3, (1, 4), 3), (20, 2, 3, (1, 2, 4), 4)))
]


def validation(f):
    """The accuracies."""
    seen = []
    for case in PROBES:
        table = lists_of(f(*case.arguments).value, case)
        seen.append(({}, {} if table is None else {"the accuracies": table}))
    return seen


def shape(f):
    """The form of what comes back."""
    exchange = f(*PROBES[0].arguments)
    if exchange.failed or not isinstance(exchange.value, dict) or not exchange.value:
        return [({}, {})]
    row = next(iter(exchange.value.values()))
    form = (
        f"a list of {len(row)}" if isinstance(row, list | tuple | np.ndarray) and np.ndim(row) else "a number"
    )
    return [({}, {"each entry": form})]


def mutation(f):
    """The arguments after the call."""
    exchange = f(*PROBES[0].arguments)
    if exchange.failed:
        return [({}, {})]
    names = ("X", "y")
    before = (PROBES[0].X, PROBES[0].y)
    kept = {
        name: "as it was" if np.array_equal(own, theirs) else "changed"
        for name, own, theirs in zip(names, before, exchange.arguments, strict=False)
    }
    return [({}, kept)]


GROUPS = [
    Group("shape", "the form of the result", shape),
    Group("mutation", "the arguments after the call", mutation),
    Group("folds", "the accuracies", validation),
]
