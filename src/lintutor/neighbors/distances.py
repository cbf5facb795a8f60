"""Distances of all pairs of rows: the functions that a professional calls.

The signature of the readable twins, ``(X, X_train)`` to (M, N). Memory beyond the result is bounded,
whatever M, N and D: no array (M, N, D) is ever made. Work is done in float64 and given back in the
precision that came in. Exact numbers go through the loops of the twins and stay exact.

Book: chapter 1, "Nearest neighbors".
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor.neighbors import twins
from lintutor.neighbors._arguments import MEASURED, all_finite, as_power, as_row_pairs, finite, result_type
from lintutor.neighbors._blocks import BLOCK_BYTES
from lintutor.neighbors._euclidean import euclidean, squared
from lintutor.neighbors._manhattan import manhattan
from lintutor.neighbors._powers import minkowski

__all__ = ["l1_distances", "l2_distances", "lp_distances", "squared_l2_distances"]


def l1_distances(X: ArrayLike, X_train: ArrayLike, *, block_bytes: int = BLOCK_BYTES) -> Array:
    """Return the L1 distance of every pair of rows, ``sum(abs(X[i] - X_train[j]))``.

    Parameters
    ----------
    X : array_like (M, D)
    X_train : array_like (N, D)
    block_bytes : int
        About how much scratch memory a thread may take.

    Returns
    -------
    ndarray (M, N)
        float32 if both came as float32, else float64. Identical rows are at exactly 0.

    Raises
    ------
    ValueError, TypeError
        If the widths differ, an entry is not a finite number, or a distance overflows.

    Examples
    --------
    >>> l1_distances([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[7., 1.]])

    See the book: ``knn-l1-l2-distances``.
    """
    rows, train = as_row_pairs(X, X_train)
    size = as_count("block_bytes", block_bytes)
    if result_type(rows, train) not in MEASURED:
        return twins.l1_distances_two_loops(rows, train)
    return _in_range(lambda x, t: manhattan(x, t, size), rows, train)


def l2_distances(X: ArrayLike, X_train: ArrayLike, *, block_bytes: int = BLOCK_BYTES) -> Array:
    """Return the L2 distance of every pair of rows, ``sqrt(sum((X[i] - X_train[j]) ** 2))``.

    By way of one matrix product, as :func:`l2_distances_no_loops`; pairs so near that the product
    would lose their digits are computed from their difference. Parameters, result and errors are those
    of :func:`l1_distances`.

    Examples
    --------
    >>> l2_distances([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[5., 1.]])
    >>> l2_distances([[1e8, 1.0]], [[1e8, 1.0], [1e8, 3.0]])
    array([[0., 2.]])

    See the book: ``knn-l1-l2-distances``.
    """
    rows, train = as_row_pairs(X, X_train)
    size = as_count("block_bytes", block_bytes)
    if result_type(rows, train) not in MEASURED:
        return twins.l2_distances_two_loops(rows, train)
    return _in_range(lambda x, t: euclidean(x, t, size), rows, train)


def squared_l2_distances(X: ArrayLike, X_train: ArrayLike, *, block_bytes: int = BLOCK_BYTES) -> Array:
    """Return the squared L2 distance of every pair of rows: it ranks them as the distance does.

    Parameters, result and errors are those of :func:`l1_distances`.

    Examples
    --------
    >>> squared_l2_distances([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[25.,  1.]])

    See the book: ``knn-sqrt-monotone``.
    """
    rows, train = as_row_pairs(X, X_train)
    size = as_count("block_bytes", block_bytes)
    dtype = result_type(rows, train)
    with np.errstate(over="ignore", invalid="ignore"):
        if dtype not in MEASURED:
            gaps = [[x - t for t in train] for x in rows]
            return finite(_matrix([[np.sum(gap**2) for gap in row] for row in gaps], rows, train))
        return finite(squared(rows, train, size).astype(dtype, copy=False))


def lp_distances(X: ArrayLike, X_train: ArrayLike, p: float, *, block_bytes: int = BLOCK_BYTES) -> Array:
    """Return the Lp distance of every pair of rows, ``sum(abs(X[i] - X_train[j]) ** p) ** (1 / p)``.

    Parameters
    ----------
    X : array_like (M, D)
    X_train : array_like (N, D)
    p : float, more than 0
        ``inf`` gives the largest difference (Chebyshev). Below 1 the result is not a metric: a
        detour can be shorter than the straight way.
    block_bytes : int
        About how much scratch memory a thread may take.

    Returns
    -------
    ndarray (M, N)
        float32 if both came as float32, else float64. Identical rows are at exactly 0.

    Raises
    ------
    ValueError, TypeError
        If p is not positive, the widths differ, an entry is not a finite number, or a distance
        overflows.

    Examples
    --------
    >>> lp_distances([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]], p=np.inf)
    array([[4., 1.]])
    >>> lp_distances([[0.0, 0.0]], [[3.0, 0.0], [1.0, 1.0]], p=0.5)
    array([[3., 4.]])

    See the book: ``knn-p-norms``.
    """
    power = as_power(p)
    if power == 1:
        return l1_distances(X, X_train, block_bytes=block_bytes)
    if power == 2:
        return l2_distances(X, X_train, block_bytes=block_bytes)
    rows, train = as_row_pairs(X, X_train)
    size = as_count("block_bytes", block_bytes)
    if result_type(rows, train) not in MEASURED:
        return finite(_matrix([[_length(x - t, power) for t in train] for x in rows], rows, train))
    return _in_range(lambda x, t: minkowski(x, t, float(power), size), rows, train)


def _matrix(entries: list[list[Any]], X: Array, X_train: Array) -> Array:
    """Return nested lists as an array (M, N), empty ones included."""
    return np.array(entries, dtype=result_type(X, X_train)).reshape(len(X), len(X_train))


def _length(gap: Array, p: Any) -> Any:
    """Return the Lp length of one row of differences, exact where the arithmetic allows."""
    if p == np.inf:
        return max(abs(gap), default=0)
    exact: Any = Fraction(p) if float(p).is_integer() else p
    return np.sum(abs(gap) ** exact) ** (1 / exact)


def _in_range(distances: Callable[[Array, Array], Array], X: Array, X_train: Array) -> Array:
    """Return the distances; where they overflow on the way, those of rows scaled down, scaled up."""
    dtype = result_type(X, X_train)
    with np.errstate(over="ignore", invalid="ignore"):
        found = distances(X, X_train)
        if not all_finite(found):
            largest = max(float(np.abs(rows).max()) for rows in (X, X_train))
            scale = np.ldexp(1.0, np.frexp(largest)[1] - 1)  # a power of two: scaling rounds nothing
            found = distances(X.astype(np.float64) / scale, X_train.astype(np.float64) / scale) * scale
        return finite(found.astype(dtype, copy=False))
