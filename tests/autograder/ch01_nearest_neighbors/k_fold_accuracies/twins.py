"""The mistakes of cross-validation as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
folds = catalogue.beside(__file__, "folds")


def votes_of(X_album, y_album, X_held, k):
    """The labels of the k nearest album rows (M, k), nearest first."""
    dists = ((X_held[:, None] - X_album) ** 2).sum(axis=2)
    return y_album[np.argsort(dists, axis=1)[:, :k]]


def right_of(votes, y_held):
    """The share of the held-out rows that the votes (M, k) name rightly."""
    return float(np.mean([np.bincount(row).argmax() == own for row, own in zip(votes, y_held, strict=True)]))


def rounds_of(N, num_folds):
    """The rows of album and fold of each round."""
    cut = np.array_split(np.arange(N), num_folds)
    return [(np.setdiff1d(np.arange(N), fold), fold) for fold in cut]


def table(X, y, k_choices, rounds, share):
    """The share of each round for each k."""
    return {
        k: [share(votes_of(X[album], y[album], X[held], k), y[held]) for album, held in rounds]
        for k in k_choices
    }


def REFERENCE(X, y, k_choices, num_folds):
    """The right answer."""
    return table(X, y, k_choices, rounds_of(len(X), num_folds), right_of)


def tested_on_the_album(X, y, k_choices, num_folds):
    every = np.arange(len(X))
    return table(X, y, k_choices, [(every, held) for _, held in rounds_of(len(X), num_folds)], right_of)


def roles_exchanged(X, y, k_choices, num_folds):
    return table(X, y, k_choices, [(held, album) for album, held in rounds_of(len(X), num_folds)], right_of)


def album_tests_itself(X, y, k_choices, num_folds):
    return table(X, y, k_choices, [(album, album) for album, _ in rounds_of(len(X), num_folds)], right_of)


def strided_folds(X, y, k_choices, num_folds):
    every = np.arange(len(X))
    cut = [every[f::num_folds] for f in range(num_folds)]
    return table(X, y, k_choices, [(np.setdiff1d(every, fold), fold) for fold in cut], right_of)


def remainder_dropped(X, y, k_choices, num_folds):
    kept = len(X) // num_folds * num_folds
    return table(X, y, k_choices, rounds_of(kept, num_folds), right_of)


def errors_for_accuracies(X, y, k_choices, num_folds):
    def wrong_of(votes, y_held):
        return 1 - right_of(votes, y_held)

    return table(X, y, k_choices, rounds_of(len(X), num_folds), wrong_of)


def counts_for_shares(X, y, k_choices, num_folds):
    def count_of(votes, y_held):
        return len(y_held) * right_of(votes, y_held)

    return table(X, y, k_choices, rounds_of(len(X), num_folds), count_of)


def ties_to_the_first_seen(X, y, k_choices, num_folds):
    def first_of(votes, y_held):
        return float(np.mean([max(row, key=row.count) for row in votes.tolist()] == y_held))

    return table(X, y, k_choices, rounds_of(len(X), num_folds), first_of)


def ties_to_the_largest(X, y, k_choices, num_folds):
    def last_of(votes, y_held):
        last = [max(row, key=lambda label: (row.count(label), label)) for row in votes.tolist()]
        return float(np.mean(last == y_held))

    return table(X, y, k_choices, rounds_of(len(X), num_folds), last_of)


def mean_of_folds(X, y, k_choices, num_folds):
    return {k: float(np.mean(row)) for k, row in REFERENCE(X, y, k_choices, num_folds).items()}


def last_fold_only(X, y, k_choices, num_folds):
    return {k: row[-1:] for k, row in REFERENCE(X, y, k_choices, num_folds).items()}


def rows_shuffled(X, y, k_choices, num_folds):
    found = REFERENCE(X, y, k_choices, num_folds)
    order = np.random.default_rng(0).permutation(len(X))
    X[:], y[:] = X[order], y[order]  # not copies
    return found


LISTS, MEANS, LAST = "lists", "means", "the last fold"


def read(value, case):
    """The accuracies that came, a row a choice of k, and whether they are lists, means or the last of each.

    Both are None if it is no dict of numbers with these keys.
    """
    if not isinstance(value, dict) or set(value) != set(case.k_choices):
        return None, None
    try:
        rows = [np.array(value[k], float) for k in case.k_choices]
        rows = [row[:, 0] if row.ndim == 2 and row.shape[1] == 1 else row for row in rows]
    except (TypeError, ValueError):
        return None, None
    forms = {(case.num_folds,): LISTS, (): MEANS, (1,): LAST}
    (form, *others) = {forms.get(row.shape) for row in rows}
    return (None, None) if others or form is None else (np.array(rows), form)


def as_form(table, form):
    """What comes of a table of accuracies in one of the forms."""
    return {LISTS: table, MEANS: table.mean(axis=1), LAST: table[:, -1:]}[form]


PROBES = [
    folds.random_data(np.random.default_rng(seed), *sizes)
    for seed, sizes in enumerate(((23, 2, 4, (1, 2, 6), 5), (19, 3, 3, (1, 4), 3), (20, 2, 3, (1, 2, 4), 4)))
]


def validation(f):
    """The accuracies, and what is left of them where means or the last fold stand for them."""
    seen = []
    for case in PROBES:
        found, form = read(f(*case.arguments).value, case)
        forms = [each for each in (LISTS, MEANS, LAST) if form in (LISTS, each)]
        seen.append(({}, {each: words(as_form(found, each) if form == LISTS else found) for each in forms}))
    return seen


def words(accuracies):
    """Accuracies as words, so that no factor or offset is ever told: the twins say what it means."""
    return str(np.round(accuracies, 6).tolist())


def shape(f):
    """The form of what comes back."""
    _, form = read(f(*PROBES[0].arguments).value, PROBES[0])
    return [({}, {} if form is None else {"each entry": form})]


def mutation(f):
    """The arguments after the call."""
    exchange = f(*PROBES[0].arguments)
    if exchange.failed:
        return [({}, {})]
    return [({}, answers.kept(("X", "y"), (PROBES[0].X, PROBES[0].y), exchange.arguments))]


GROUPS = [
    Group("shape", "the form of the result", shape),
    Group("mutation", "the arguments after the call", mutation),
    Group("folds", "the accuracies", validation),
]
