"""Splits and folds: which examples to learn from, which to choose by, which to report.

Book: chapter 1, "Nearest neighbors".
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, refuse_masked

__all__ = ["Split", "k_fold", "train_val_test_split"]

Seed = np.random.Generator | int | None


class Split(NamedTuple):
    """Rows to learn from, rows to choose by, rows to report once."""

    X_train: Array
    y_train: Array
    X_val: Array
    y_val: Array
    X_test: Array
    y_test: Array


def train_val_test_split(
    X: ArrayLike,
    y: ArrayLike,
    val: float | int = 0.1,
    test: float | int = 0.2,
    *,
    stratify: bool = False,
    shuffle: bool = True,
    rng: Seed = None,
) -> Split:
    """Split examples into three parts that share none.

    Parameters
    ----------
    X : array_like (N, ...)
    y : array_like (N,)
    val, test : float or int
        A fraction f, 0 up to but not 1, means ``ceil(f * N)`` examples; an int is their number.
    stratify : bool
        Give every class its share of the test part, then of the validation part, as near as whole
        examples allow: the largest remainders are rounded up, of equal ones the smallest label first.
    shuffle : bool
        False takes the first examples to train, the next to validate, the last to test.
    rng : numpy Generator, seed, or None

    Returns
    -------
    Split
        ``(X_train, y_train, X_val, y_val, X_test, y_test)``, all copies.

    Raises
    ------
    ValueError
        If X and y differ in length, or nothing is left to train on.

    Examples
    --------
    >>> split = train_val_test_split(np.zeros((10, 2)), np.arange(10), val=0.2, test=0.3, rng=0)
    >>> len(split.y_train), len(split.y_val), len(split.y_test)
    (5, 2, 3)

    See the book: ``knn-data-driven-pipeline``.
    """
    rows, labels = as_pair(X, y)
    n = len(rows)
    held = [_size("val", val, n), _size("test", test, n)]
    if sum(held) >= n:
        raise ValueError(f"val and test take {sum(held)} of {n} examples: none is left to train on")
    order = np.random.default_rng(rng).permutation(n) if shuffle else np.arange(n)  # (N,)
    if stratify:
        parts = _stratified(order, labels, held)
    else:
        parts = np.split(order, [n - sum(held), n - held[1]])
    train, validation, report = parts
    return Split(
        rows[train], labels[train], rows[validation], labels[validation], rows[report], labels[report]
    )


def _size(name: str, part: float | int, n: int) -> int:
    """Return a number of examples, given as such or as a fraction of all."""
    if isinstance(part, (int, np.integer)):
        return as_count(name, part, minimum=0)
    if not isinstance(part, (float, np.floating)) or not 0 <= part < 1:
        raise ValueError(f"{name} must be a fraction, 0 up to but not 1, or a whole number, got {part!r}")
    return math.ceil(part * n)


def _stratified(order: Array, labels: Array, held: Sequence[int]) -> list[Array]:
    """Return train, validation and test indices in which every class has its share."""
    rest, parts = order, list[Array]()
    for size in reversed(held):  # test first, then validation out of what is left
        _, columns, counts = np.unique(labels[rest], return_inverse=True, return_counts=True)
        taken = np.zeros(len(rest), dtype=bool)
        for c, take in enumerate(_apportioned(counts, size)):
            taken[np.flatnonzero(columns == c)[counts[c] - take :]] = True
        parts.insert(0, rest[taken])
        rest = rest[~taken]
    return [rest, *parts]


def _apportioned(counts: Array, size: int) -> Array:
    """Return how many of `size` each class gets: its share, rounded up where the remainder is largest."""
    shares = counts * size / counts.sum()  # (C,)
    takes: Array = np.floor(shares).astype(np.int64)  # (C,)
    takes[np.argsort(takes - shares, kind="stable")[: size - takes.sum()]] += 1
    return takes


def k_fold(n: int, num_folds: int, shuffle: bool = False, rng: Seed = None) -> Iterator[tuple[Array, Array]]:
    """Yield the indices to train on and to validate on, once for each fold.

    The folds are contiguous pieces of 0 .. n-1, in order, whose sizes differ by at most one, the larger
    ones first: as ``np.array_split`` cuts, and scikit-learn's ``KFold``. Shuffled, they are the same
    pieces of a random permutation. Both index arrays are sorted.

    Parameters
    ----------
    n : int
        Number of examples.
    num_folds : int, 2 .. n
    shuffle : bool
        Wanted where the examples are sorted, by label or in time.
    rng : numpy Generator, seed, or None

    Yields
    ------
    train_indices : ndarray of int64
    val_indices : ndarray of int64

    Raises
    ------
    ValueError, TypeError
        If there are fewer than two folds or more folds than examples.

    Examples
    --------
    >>> for train, val in k_fold(5, 2):
    ...     print(train, val)
    [3 4] [0 1 2]
    [0 1 2] [3 4]

    See the book: ``knn-cross-validation``.
    """
    as_count("n", n)
    if as_count("num_folds", num_folds, minimum=2) > n:
        raise ValueError(f"num_folds must be at most {n}, one example a fold, got {num_folds}")
    order = np.random.default_rng(rng).permutation(n) if shuffle else np.arange(n)  # (n,)

    def folds() -> Iterator[tuple[Array, Array]]:
        for fold in np.array_split(order, num_folds):
            held_out = np.zeros(n, dtype=bool)
            held_out[fold] = True
            yield np.flatnonzero(~held_out), np.flatnonzero(held_out)

    return folds()


def as_pair(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return rows and labels of one length."""
    rows, labels = _as_array("X", X), _as_array("y", y)
    if rows.ndim == 0 or len(rows) == 0:
        raise ValueError("X has no rows to split")
    if labels.ndim == 0 or len(labels) != len(rows):
        raise ValueError(f"y has {labels.size} labels for {len(rows)} rows of X")
    return rows, labels


def _as_array(name: str, value: ArrayLike) -> Array:
    refuse_masked(name, value)
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be a rectangular array; its rows differ in length") from None
