"""L1 distances of many pairs, as fast as numpy goes.

There is no product of matrices to hide in: every ``|x - t|`` has to be looked at. What numpy can save
is passes over memory. With ``|a - b| = 2 max(a, b) - a - b`` one pass takes the maxima and one sums
them; the sums of a and b are known beforehand. Pixels, whole numbers 0 .. 255, go as bytes.
On few columns numpy's three passes for each (subtract, absolute value, add) are the bound: compiled
code that does all three in one takes about half the time.
"""

import numpy as np

from lintutor._check import Array
from lintutor.neighbors._blocks import (
    NEAR,
    add_columns,
    are_pixels,
    as_float64,
    blocks,
    broadcast_in_place,
    center_of,
    direct,
    for_each,
    places,
    rows_within,
)

_FEW_COLUMNS = 32  # up to here it is faster to go through the columns than through the rows
_LONG = 4096  # entries of a row that are summed in one go
_SHORT = 512  # entries that a line should have at least
#: float64 in a block of training rows: within a processor's cache, and work enough for one call that two
#: threads seldom wait for the interpreter between calls.
_CACHED = 3 * 2**16
_TOGETHER = 128  # rows of X in one piece of work
_PIXEL_ROWS, _PIXEL_COLUMNS = 256, 4096  # bytes: 257 rows of 255 are the most that 16 bits can sum


def manhattan(X: Array, X_train: Array, block_bytes: int) -> Array:
    """Return the L1 distance (M, N) of every pair of rows, in float64."""
    distances = np.empty((len(X), len(X_train)))
    if X.shape[1] <= _FEW_COLUMNS:
        add_columns(X, X_train, distances, np.abs)
    elif are_pixels(X_train) and are_pixels(X):
        for rows in blocks(len(X), max(1, block_bytes // (8 * _PIXEL_COLUMNS))):
            _of_pixels(X[rows], X_train, distances[rows])
    else:
        _by_rows(X, X_train, distances, block_bytes)
    return distances


def _by_rows(X: Array, X_train: Array, distances: Array, block_bytes: int) -> None:
    """Take each row of X against blocks of training rows that stay in the processor's cache."""
    center = center_of(X_train)
    D = X.shape[1]
    n = max(1, min(_CACHED, block_bytes // 16) // min(D, _LONG))
    for rows in blocks(len(X), rows_within(block_bytes, D)):
        some = as_float64(X[rows], center)  # (m, D)

        def work(few: slice, rows: slice = rows, some: Array = some) -> None:
            near = _max_trick(some, as_float64(X_train[few], center), distances[rows, few])
            if len(near[0]):
                pairs = near[0] + rows.start, near[1] + few.start
                distances[pairs] = direct(X, X_train, pairs, lambda gap: np.abs(gap).sum(axis=1))

        for_each(work, blocks(len(X_train), n))


def _max_trick(X: Array, T: Array, distances: Array) -> tuple[Array, Array]:
    """Fill in ``2 sum max(x, t) - sum x - sum t``; return the pairs (i, j) that lost too many digits."""
    np.add(-X.sum(axis=1)[:, None], -T.sum(axis=1), out=distances)
    for part in blocks(X.shape[1], _LONG):
        d = part.stop - part.start
        side_by_side = max(1, _SHORT // d)  # rows in one line: numpy takes its time to begin a line
        lines = np.zeros((-(-len(T) // side_by_side), side_by_side * d))
        lines.reshape(-1, d)[: len(T)] = T[:, part]
        larger, twos = np.empty_like(lines), np.full(d, 2.0)
        repeated = X[:, part] if side_by_side == 1 else np.tile(X[:, part], side_by_side)
        with broadcast_in_place():
            for x, total in zip(repeated, distances, strict=True):
                np.maximum(lines, x, out=larger)
                total += (larger.reshape(-1, d) @ twos)[: len(T)]  # (n, d) @ (d,) -> (n,)
    few_x, few_t = NEAR * np.abs(X).sum(axis=1), NEAR * np.abs(T).sum(axis=1)  # (m,), (n,)
    return places(distances <= few_x[:, None] + few_t)


def _of_pixels(X: Array, X_train: Array, distances: Array) -> None:
    """Take each row of X against blocks of training columns, in bytes, without rounding."""
    bytes_of_X = X.astype(np.uint8)  # (M, D)
    sums = bytes_of_X.sum(axis=1, dtype=np.int64)  # (M,)

    def work(piece: tuple[slice, slice]) -> None:
        rows, few = piece
        T = np.ascontiguousarray(X_train[few].astype(np.uint8).T)  # (D, n)
        maxima = _sums_of_maxima(bytes_of_X[rows], T)  # (m, n)
        maxima *= 2
        maxima -= sums[rows, None]
        maxima -= T.sum(axis=0, dtype=np.int64)
        distances[rows, few] = maxima

    columns, rows = blocks(len(X_train), _PIXEL_COLUMNS), list(blocks(len(X), _TOGETHER))
    for_each(work, [(some, few) for few in columns for some in rows])


def _sums_of_maxima(X: Array, T: Array) -> Array:
    """Return ``sum_d max(X[i, d], T[d, j])`` (M, n) of bytes X (M, D) and T (D, n).

    Two neighbors in memory are summed as one number of 16 bits, ``low + 256 high``, modulo 2**16;
    a second sum, of ``high`` alone, tells the two apart. Neither reaches 2**16 in 257 rows.
    """
    n = T.shape[1]
    even = np.zeros((len(T), n + n % 2), np.uint8)  # an even number of columns, so that they pair up
    even[:, :n] = T
    totals = np.zeros((len(X), even.shape[1]))
    for part in blocks(len(T), _PIXEL_ROWS):
        block = even[part]  # (d, n)
        larger = np.empty_like(block)
        words = larger.view("<u2")  # (d, n / 2)
        highs = np.empty_like(words)
        for x, total in zip(X[:, part], totals, strict=True):
            np.maximum(block, x[:, None], out=larger)
            both = np.add.reduce(words, axis=0, dtype=np.uint16)  # (n / 2,)
            np.right_shift(words, 8, out=highs)
            high = np.add.reduce(highs, axis=0, dtype=np.uint16)  # (n / 2,)
            total[0::2] += both - (high << 8)
            total[1::2] += high
    return totals[:, :n]
