"""The mistakes in the classifier that looks at the test set: the given ones and what mending makes."""

import numpy as np

from lintutor.autograder import catalogue

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


def both_lines_as_given(X_train, y_train, X_test):
    return summed(X_train - X_train.mean(axis=0), y_train, X_test - X_test.mean(axis=0), share=-1)


def batch_centered_by_itself(X_train, y_train, X_test):
    return summed(X_train - X_train.mean(axis=0), y_train, X_test - X_test.mean(axis=0))


def bias_lacks_its_half(X_train, y_train, X_test):
    mean = X_train.mean(axis=0)
    return summed(X_train - mean, y_train, X_test - mean, share=-1)


def both_splits_in_the_mean(X_train, y_train, X_test):
    mean = np.concatenate([X_train, X_test]).mean(axis=0)
    return summed(X_train - mean, y_train, X_test - mean)


def test_rows_not_centered(X_train, y_train, X_test):
    return summed(X_train - X_train.mean(axis=0), y_train, X_test)


def bias_turned_positive(X_train, y_train, X_test):
    mean = X_train.mean(axis=0)
    return summed(X_train - mean, y_train, X_test - mean, share=0.5)


def bias_of_uncentered_means(X_train, y_train, X_test):
    mean = X_train.mean(axis=0)
    raw = np.stack([X_train[y_train == c].mean(axis=0) for c in range(y_train.max() + 1)], axis=1)
    return summed(X_train - mean, y_train, X_test - mean, share=0) - (raw**2).sum(axis=0) / 2


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


PROBES = random_cases(np.random.default_rng(28))
GROUPS = [group for group in arrays.groups(PROBES, REFERENCE, ("the table of scores",)) if group.id == "data"]
