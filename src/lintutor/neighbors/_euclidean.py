"""Squared L2 distances of many pairs: one product of matrices, and what it loses made good.

``|x - t|^2 = |x|^2 - 2 x.t + |t|^2`` turns M N D subtractions into one product. Where two rows nearly
agree, large numbers cancel: those few pairs are computed from their difference. Pixels, whole numbers
0 .. 255, need half the bytes: less 128, products of 1024 of them are exact in float32.
"""

from collections.abc import Callable

import numpy as np

from lintutor._check import Array
from lintutor.neighbors._blocks import (
    NEAR,
    add_columns,
    are_pixels,
    as_float64,
    blocks,
    center_of,
    direct,
    places,
    rows_within,
)

_FEW_COLUMNS = 4  # up to here no product of matrices is worth while
_EXACT = 1024  # 128**2 times this is 2**24, up to where float32 holds every whole number
_MANY = 256  # rows and columns from which it pays to look whether all are pixels
_TINY = 1e-280  # squares below it have lost digits of their own
_CACHED = 2**15  # float64 that stay in a processor's cache

Prepare = Callable[[Array], tuple[Array, Array]]


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
    scale: Array = np.ldexp(1.0, np.frexp(most)[1] - 1)  # a power of two: scaling rounds nothing
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
    if X.shape[1] <= _FEW_COLUMNS:
        add_columns(X, X_train, distances, np.square)
        near = places(distances <= _TINY)
        finish(distances)
        distances[near] = direct(X, X_train, near, measure)
        return distances
    pixels = min(*X.shape, len(X_train)) >= _MANY and are_pixels(X) and are_pixels(X_train)
    center = None if pixels else center_of(X_train)
    prepare = _pixels if pixels else lambda rows: _centered(rows, center)
    m = rows_within(2 * block_bytes if pixels else block_bytes, X.shape[1])  # float32 takes half
    as_it_lies = center is None and X_train.dtype == np.float64 and X_train.flags.c_contiguous and not pixels
    for few in blocks(len(X_train), max(1, len(X_train)) if as_it_lies else m):
        t, size_t = prepare(X_train[few])  # (n, D), (n,)
        for rows in blocks(len(X), m):
            x, size_x = prepare(X[rows])  # (m, D), (m,)
            product = distances[rows, few]  # (m, n)
            _multiply(-2 * x, t, product)
            near = _add_sizes(product, size_x, size_t, finish)
            if not pixels and len(near[0]):
                pairs = near[0] + rows.start, near[1] + few.start
                distances[pairs] = direct(X, X_train, pairs, measure)
    return distances


def _centered(rows: Array, center: Array | None) -> tuple[Array, Array]:
    """Return rows (n, D) less the center, and their squared lengths (n,)."""
    moved = as_float64(rows, center)
    return moved, sum_of_squares(moved)


def _pixels(rows: Array) -> tuple[Array, Array]:
    """Return rows (n, D) of pixels less 128 in float32, and their squared lengths (n,)."""
    moved, sizes = np.empty(rows.shape, np.float32), np.zeros(len(rows))
    for some in blocks(len(rows), max(1, _CACHED // max(1, rows.shape[1]))):
        moved[some] = rows[some]
        moved[some] -= 128
        for part in blocks(rows.shape[1], _EXACT):
            sizes[some] += sum_of_squares(moved[some, part])
    return moved, sizes


def _multiply(x: Array, t: Array, product: Array) -> None:
    """Fill in ``x @ t.T`` (m, n); float32 in parts that are exact."""
    if x.dtype == np.float64:
        np.matmul(x, t.T, out=product)
        return
    for k, part in enumerate(blocks(x.shape[1], _EXACT)):
        some = x[:, part] @ t[:, part].T  # (m, n)
        np.add(product, some, out=product) if k else np.copyto(product, some)


def _add_sizes(
    product: Array, size_x: Array, size_t: Array, finish: Callable[[Array], Array]
) -> tuple[Array, Array]:
    """Make ``-2 x.t`` the `finish` of ``|x|^2 - 2 x.t + |t|^2``; return the pairs (i, j) that are near."""
    near: list[tuple[Array, Array]] = []
    few_x, few_t = NEAR * size_x + _TINY, NEAR * size_t
    for columns in blocks(len(size_t), _CACHED):
        height = max(1, _CACHED // (columns.stop - columns.start))
        limit = np.empty((height, columns.stop - columns.start))
        for rows in blocks(len(size_x), height):
            block = product[rows, columns]
            block += size_x[rows, None]
            block += size_t[columns]
            i, j = places(block <= np.add(few_x[rows, None], few_t[columns], out=limit[: len(block)]))
            if len(i):
                near.append((i + rows.start, j + columns.start))
            finish(block)
    if not near:
        return np.empty(0, int), np.empty(0, int)
    return np.concatenate([i for i, _ in near]), np.concatenate([j for _, j in near])
