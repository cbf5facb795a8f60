"""The mistakes in the classifier that looks at the test set: the given ones and what mending makes."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")


def summed(Z_train, y_train, Z_test, share=-0.5):
    """Scores of rows that are prepared already; the bias is this share of the squared lengths."""
    means = np.stack([Z_train[y_train == c].mean(axis=0) for c in range(y_train.max() + 1)], axis=1)
    return Z_test @ means + share * (means**2).sum(axis=0)


def REFERENCE(X_train, y_train, X_test):
    """The right answer."""
    mean = X_train.mean(axis=0)
    return summed(X_train - mean, y_train, X_test - mean)


# ---------------------------------------------------------------------------------------- centering


def batch_centered_by_itself(X_train, y_train, X_test):
    return summed(X_train - X_train.mean(axis=0), y_train, X_test - X_test.mean(axis=0))


def both_splits_in_the_mean(X_train, y_train, X_test):
    mean = np.concatenate([X_train, X_test]).mean(axis=0)
    return summed(X_train - X_train.mean(axis=0), y_train, X_test - mean)


# --------------------------------------------------------------------------------------------- bias


def bias_lacks_its_half(X_train, y_train, X_test):
    mean = X_train.mean(axis=0)
    return summed(X_train - mean, y_train, X_test - mean, share=-1)


def bias_turned_positive(X_train, y_train, X_test):
    mean = X_train.mean(axis=0)
    return summed(X_train - mean, y_train, X_test - mean, share=0.5)


def bias_averaged(X_train, y_train, X_test):
    mean = X_train.mean(axis=0)
    return summed(X_train - mean, y_train, X_test - mean, share=-0.5 / X_train.shape[1])


def bias_of_uncentered_means(X_train, y_train, X_test):
    mean = X_train.mean(axis=0)
    raw = np.stack([X_train[y_train == c].mean(axis=0) for c in range(y_train.max() + 1)], axis=1)
    return summed(X_train - mean, y_train, X_test - mean, share=0) - (raw**2).sum(axis=0) / 2


def test_rows_not_centered(X_train, y_train, X_test):
    return summed(X_train - X_train.mean(axis=0), y_train, X_test)


# -------------------------------------------------------------------------------------------- cases


def case(X_train, y_train, X_test):
    """Training rows, their classes and test rows."""
    given = {
        "X_train": np.array(X_train, float),
        "y_train": np.array(y_train),
        "X_test": np.array(X_test, float),
    }
    N, D = given["X_train"].shape
    sizes = {"N": N, "M": len(given["X_test"]), "D": D, "C": int(given["y_train"].max()) + 1}
    return arrays.Case(given, sizes)


TINY = [
    case([[0], [2], [7]], [0, 0, 1], [[4]]),
    case([[0], [2], [7]], [0, 0, 1], [[4], [10]]),
    case([[0, 2], [4, 2], [2, 8]], [0, 1, 1], [[2, 4], [5, 5]]),
]


def random_cases(rng, count=4):
    """Random rows; the test rows lie elsewhere than the training rows."""
    found = []
    for labelled in tables.random_labelled(rng, [(9, 3, 4), (7, 4, 2), (12, 2, 3), (8, 5, 3)][:count]):
        X, y = labelled.arguments
        found.append(case(X, y, rng.normal(size=(6, X.shape[1])) + 1))
    return found


def at_the_mean(given):
    """The same training rows, and the training mean as the only test row: centered, it is 0."""
    X_train, y_train, _ = given.arguments
    return case(X_train, y_train, [X_train.mean(axis=0)])


def mirrored(given):
    """The test rows together with their mirror images: their mean is the training mean."""
    X_train, y_train, X_test = given.arguments
    return case(X_train, y_train, np.concatenate([X_test, 2 * X_train.mean(axis=0) - X_test]))


# ------------------------------------------------------------------------------------------- groups

PROBES = random_cases(np.random.default_rng(28))


def scores(f, given):
    """The scores of one case, or None."""
    value = f(*given.arguments).value
    due = REFERENCE(*given.arguments).shape
    return np.asarray(value) if arrays.answers.is_numeric(value) and np.shape(value) == due else None


def centering(f):
    """How the scores of some rows change with the company that they come in."""
    seen = []
    for probe in PROBES:
        own, among = scores(f, probe), scores(f, mirrored(probe))
        sight = {} if own is None or among is None else {"the effect of the company": own - among[: len(own)]}
        seen.append((probe.sizes, sight))
    return seen


def bias(f):
    """The scores of the training mean: only the biases are left."""
    seen = []
    for probe in PROBES:
        S = scores(f, at_the_mean(probe))
        seen.append((probe.sizes, {} if S is None else {"the row of biases": S[0]}))
    return seen


GROUPS = [Group("centering", "the centering", centering), Group("bias", "the biases", bias)]
