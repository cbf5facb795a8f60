"""Lp distances for any p, infinity included: nothing to expand, nothing to look up beforehand."""

import numpy as np

from lintutor._check import Array
from lintutor.neighbors._blocks import as_float64, blocks, broadcast_in_place, for_each, rows_within


def minkowski(X: Array, X_train: Array, p: float, block_bytes: int) -> Array:
    """Return the Lp distance (M, N) of every pair of rows, in float64."""
    distances = np.empty((len(X), len(X_train)))
    D = X.shape[1]
    for rows in blocks(len(X), rows_within(block_bytes, D)):
        some = as_float64(X[rows])  # (m, D)

        def work(few: slice, rows: slice = rows, some: Array = some) -> None:
            columns = as_float64(X_train[few])  # (n, D)
            gap = np.empty_like(columns)
            for i, x in enumerate(some, start=rows.start):
                with broadcast_in_place():
                    np.subtract(columns, x, out=gap)
                distances[i, few] = lengths(gap, p)

        for_each(work, blocks(len(X_train), max(1, min(2**15, block_bytes // 16) // max(1, D))))
    return distances


def lengths(gap: Array, p: float) -> Array:
    """Return the Lp length of each row of differences (n, D), which are overwritten.

    The largest difference is taken out first, so that no power overflows.
    """
    np.abs(gap, out=gap)
    most: Array = gap.max(axis=1, initial=0.0)  # (n,)
    if np.isinf(p):
        return most
    gap /= np.where(most > 0, most, 1)[:, None]
    np.power(gap, p, out=gap)
    most *= gap.sum(axis=1) ** (1 / p)
    return most
