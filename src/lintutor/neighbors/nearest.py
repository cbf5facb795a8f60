"""The k nearest training rows, in blocks of test rows: memory does not grow with their number.

Book: chapter 1, "Nearest neighbors".
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor.neighbors._arguments import MEASURED, as_power, as_row_pairs, finite, result_type
from lintutor.neighbors._blocks import BLOCK_BYTES, blocks
from lintutor.neighbors._screen import Screen, smallest
from lintutor.neighbors.distances import lp_distances

__all__ = ["k_nearest"]


def k_nearest(
    X: ArrayLike, X_train: ArrayLike, k: int, p: float = 2, *, block_bytes: int = BLOCK_BYTES
) -> tuple[Array, Array]:
    """Return the k training rows nearest to each row of X, nearest first.

    Of training rows at one distance, the smaller index comes first, at the k-th place too.

    Parameters
    ----------
    X : array_like (M, D)
    X_train : array_like (N, D)
    k : int, 1 .. N
    p : float, more than 0
        Which distance: 1, 2, any other power, or ``inf``.
    block_bytes : int
        About how much scratch memory a thread may take. A search by L2 also makes a copy of X_train in
        float32, its first look; what it returns is measured in float64.

    Returns
    -------
    indices : ndarray (M, k) of int64
        Rows of X_train.
    distances : ndarray (M, k)
        In rising order.

    Raises
    ------
    ValueError, TypeError
        If k or p is out of range, the widths differ, an entry is not a finite number, or a distance
        overflows.

    Examples
    --------
    >>> indices, distances = k_nearest([[0.0]], [[3.0], [1.0], [-1.0]], k=2)
    >>> indices, distances
    (array([[1, 2]]), array([[1., 1.]]))

    See the book: ``knn-sqrt-monotone``.
    """
    rows, train = as_row_pairs(X, X_train)
    as_neighbors("k", k, len(train))
    return Neighbors(train, p, as_count("block_bytes", block_bytes)).find(rows, k)


def as_neighbors(name: str, k: Any, n: int) -> int:
    """Return a number of neighbors, 1 .. n."""
    if as_count(name, k) > n:
        raise ValueError(f"{name} is {k}, but there are only {n} training rows")
    return int(k)


class Neighbors:
    """Training rows made ready for searches by one distance."""

    def __init__(self, X_train: Array, p: float, block_bytes: int = BLOCK_BYTES) -> None:
        self.train, self.p, self.block_bytes = X_train, as_power(p), block_bytes
        self.screen = Screen(X_train) if self.p == 2 and X_train.dtype in MEASURED else None

    def find(self, X: Array, k: int) -> tuple[Array, Array]:
        """Return indices and distances (M, k), as :func:`k_nearest`."""
        dtype = result_type(X, self.train)
        indices, distances = np.empty((len(X), k), np.int64), np.empty((len(X), k), dtype)
        widest = max(1, *self.train.shape)
        for rows in blocks(len(X), max(1, min(1024, self.block_bytes // (4 * widest)))):
            if self.screen is not None and dtype in MEASURED:
                nearest = self.screen.nearest(X[rows], k, dtype)
            else:
                measured = lp_distances(X[rows], self.train, self.p, block_bytes=self.block_bytes)
                nearest = smallest(measured, k)
            indices[rows], distances[rows] = nearest
        return indices, finite(distances)
