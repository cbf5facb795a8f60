"""Distances of all pairs of rows, the readable twins: two loops, one, none.

All take ``(X, X_train)`` with rows (M, D) and (N, D) and return (M, N): row i holds the distances of
``X[i]`` to every training row. Exact numbers in give exact numbers out.

Book: chapter 1, "Nearest neighbors".
"""

from collections.abc import Callable
from functools import wraps
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array
from lintutor.neighbors._arguments import as_row_pairs, finite, result_type, root

__all__ = [
    "l1_distances_one_loop",
    "l1_distances_two_loops",
    "l2_distances_no_loops",
    "l2_distances_one_loop",
    "l2_distances_two_loops",
]


class _Distances(Protocol):
    """What every readable twin is called with."""

    def __call__(self, X: ArrayLike, X_train: ArrayLike) -> Array: ...


def _checked(distances: Callable[[Array, Array], Array]) -> _Distances:
    """Refuse arguments that do not fit, so that the body of a twin is its mathematics and no more."""

    @wraps(distances)
    def with_checks(X: ArrayLike, X_train: ArrayLike) -> Array:
        rows, train = as_row_pairs(X, X_train)
        dtype = result_type(rows, train)
        with np.errstate(over="ignore", invalid="ignore"):
            return finite(distances(rows.astype(dtype), train.astype(dtype)))

    return with_checks


@_checked
def l2_distances_two_loops(X: Array, X_train: Array) -> Array:
    """Return the L2 distance of every pair of rows, one pair at a time.

    ``distances[i, j] = sqrt(sum((X[i] - X_train[j]) ** 2))``.

    Parameters
    ----------
    X : array_like (M, D)
    X_train : array_like (N, D)

    Returns
    -------
    ndarray (M, N)

    Raises
    ------
    ValueError, TypeError
        If the widths differ, an entry is not a finite number, or a distance overflows.

    Examples
    --------
    >>> l2_distances_two_loops([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[5., 1.]])

    See the book: ``knn-two-one-zero-loops``.
    """
    distances = np.zeros((len(X), len(X_train)), X.dtype)  # (M, N)
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = root(np.sum((X[i] - X_train[j]) ** 2))
    return distances


@_checked
def l2_distances_one_loop(X: Array, X_train: Array) -> Array:
    """Return what :func:`l2_distances_two_loops` returns, with one loop over the rows of X.

    Same parameters, result and errors.

    Examples
    --------
    >>> l2_distances_one_loop([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[5., 1.]])

    See the book: ``knn-two-one-zero-loops``.
    """
    distances = np.zeros((len(X), len(X_train)), X.dtype)  # (M, N)
    for i in range(len(X)):
        distances[i] = root(np.sum((X_train - X[i]) ** 2, axis=1))  # (N, D) - (D,) -> (N,)
    return distances


@_checked
def l2_distances_no_loops(X: Array, X_train: Array) -> Array:
    """Return the L2 distance of every pair of rows, without a loop.

    The square is expanded, ``|x - t|^2 = |x|^2 - 2 x.t + |t|^2``, so that one matrix product does the
    work. Where x and t nearly agree, large numbers cancel and digits are lost: a square that comes
    out below 0 is taken for 0. :func:`l2_distances` makes that good. Same parameters, result and errors
    as :func:`l2_distances_two_loops`.

    Examples
    --------
    >>> l2_distances_no_loops([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[5., 1.]])

    See the book: ``knn-expand-square``.
    """
    x2 = np.sum(X**2, axis=1)[:, None]  # (M, 1)
    t2 = np.sum(X_train**2, axis=1)  # (N,)
    squares = x2 - 2 * X @ X_train.T + t2  # (M, 1) - (M, N) + (N,) -> (M, N)
    return np.asarray(root(np.maximum(squares, 0)))


@_checked
def l1_distances_two_loops(X: Array, X_train: Array) -> Array:
    """Return the L1 distance of every pair of rows, one pair at a time.

    ``distances[i, j] = sum(abs(X[i] - X_train[j]))``. Parameters, result and errors are those of
    :func:`l2_distances_two_loops`.

    Examples
    --------
    >>> l1_distances_two_loops([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[7., 1.]])

    See the book: ``knn-l1-no-expansion``.
    """
    distances = np.zeros((len(X), len(X_train)), X.dtype)  # (M, N)
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = np.sum(np.abs(X[i] - X_train[j]))
    return distances


@_checked
def l1_distances_one_loop(X: Array, X_train: Array) -> Array:
    """Return what :func:`l1_distances_two_loops` returns, with one loop over the rows of X.

    Without any loop, the differences (M, N, D) of 500 and 5000 images would take 61 GB. Same parameters,
    result and errors.

    Examples
    --------
    >>> l1_distances_one_loop([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[7., 1.]])

    See the book: ``knn-l1-no-expansion``.
    """
    distances = np.zeros((len(X), len(X_train)), X.dtype)  # (M, N)
    for i in range(len(X)):
        distances[i] = np.sum(np.abs(X_train - X[i]), axis=1)  # (N, D) - (D,) -> (N,)
    return distances
