"""Squared L2 distances of many pairs: one product of matrices, and what it loses made good.

``|x - t|^2 = |x|^2 - 2 x.t + |t|^2`` turns M N D subtractions into one product. Where two rows nearly
agree, large numbers cancel: those few pairs are computed from their difference. Pixels, whole numbers
0 .. 255, need half the bytes: less 128, products of 1024 of them are exact in float32.
"""

from collections.abc import Callable

import numpy as np

from lintutor._check import Array
from lintutor.neighbors._blocks import are_pixels, as_float64, blocks, center_of, direct, rows_within
from lintutor.neighbors._manhattan import NEAR

_EXACT = 1024  # 128**2 times this is 2**24, up to where float32 holds every whole number
_TINY = 1e-280  # squares below it have lost digits of their own


def squared(X: Array, X_train: Array, block_bytes: int) -> Array:
    """Return the squared L2 distance (M, N) of every pair of rows, in float64."""
    return _of_pairs(X, X_train, block_bytes, sum_of_squares, lambda block: block)


def euclidean(X: Array, X_train: Array, block_bytes: int) -> Array:
    """Return the L2 distance (M, N) of every pair of rows, in float64."""
    return _of_pairs(X, X_train, block_bytes, length, lambda block: np.sqrt(block, out=block))


def sum_of_squares(gap: Array) -> Array:
    """Return the sum of squares of each row of differences (k, D)."""
    squares: Array = np.einsum("kd,kd->k", gap, gap)
    return squares


def length(gap: Array) -> Array:
    """Return the length of each row of differences (k, D), where the squares would vanish too."""
    most = np.abs(gap).max(axis=1, initial=0.0)  # (k,)
    scale: Array = np.ldexp(1.0, np.frexp(most)[1])  # a power of two: scaling rounds nothing
    scale *= np.sqrt(sum_of_squares(gap / scale[:, None]))
    return scale


def _of_pairs(
    X: Array,
    X_train: Array,
    block_bytes: int,
    measure: Callable[[Array], Array],
    finish: Callable[[Array], Array],
) -> Array:
    """Return `finish` of the squared distances; of near pairs, `measure` of the differences."""
    distances = np.empty((len(X), len(X_train)))
    pixels = are_pixels(X_train) and are_pixels(X)
    prepare = _centered_pixels if pixels else _centered(center_of(X_train))
    n = rows_within(block_bytes, X.shape[1])
    for rows in blocks(len(X), n):
        x, size_x = prepare(X[rows])  # (m, D), (m,)
        x = -2 * x
        for few in blocks(len(X_train), n):
            t, size_t = prepare(X_train[few])  # (n, D), (n,)
            sizes = size_x[:, None] + size_t  # (m, n)
            block = _product(x, t, distances[rows, few])  # (m, n)
            block += sizes
            if pixels:
                finish(block)
                continue
            sizes *= NEAR
            near = np.nonzero(block <= np.maximum(sizes, _TINY, out=sizes))
            finish(np.maximum(block, 0, out=block))
            if len(near[0]):
                pairs = near[0] + rows.start, near[1] + few.start
                distances[pairs] = direct(X, X_train, pairs, measure)
    return distances


def _centered(center: Array | None) -> Callable[[Array], tuple[Array, Array]]:
    def prepare(rows: Array) -> tuple[Array, Array]:
        moved = as_float64(rows, center)
        return moved, sum_of_squares(moved)

    return prepare


def _centered_pixels(rows: Array) -> tuple[Array, Array]:
    moved = np.empty(rows.shape, np.float32)
    np.subtract(rows, 128, out=moved, dtype=np.float32, casting="unsafe")
    return moved, np.einsum("nd,nd->n", moved, moved, dtype=np.float64)


def _product(x: Array, t: Array, block: Array) -> Array:
    """Fill in ``x @ t.T`` (m, n); float32 in parts that are exact."""
    if x.dtype == np.float64:
        np.matmul(x, t.T, out=block)
        return block
    block[:] = 0
    for part in blocks(x.shape[1], _EXACT):
        block += x[:, part] @ t[:, part].T
    return block
