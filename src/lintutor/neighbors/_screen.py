"""Find the nearest rows by L2: a fast look in float32 at all, an exact one in float64 at the few left.

A product of matrices in float32 takes half the time. Its error is bounded for each test row, so that a
training row that comes out too far by twice the bound cannot be among the k nearest; what is left is
measured from the differences. The answer does not depend on how the product was rounded.
"""

import numpy as np

from lintutor._check import Array
from lintutor.neighbors._blocks import as_float64, blocks, direct, places
from lintutor.neighbors._euclidean import length, sum_of_squares

_UNIT = 2.0**-24  # half the gap between 1 and the next float32


class Screen:
    """Training rows (N, D) moved to their middle, scaled to about 1, and kept in float32."""

    def __init__(self, X_train: Array) -> None:
        self.train = X_train
        with np.errstate(over="ignore", invalid="ignore"):
            sample = X_train[:: max(1, len(X_train) // 64)].astype(np.float64)
            self.center = sample.mean(axis=0)  # (D,)
            largest = np.abs(sample - self.center).max(initial=0.0)
            self.scale = np.ldexp(1.0, -np.frexp(largest)[1])  # a power of two: scaling rounds nothing
            self.rows, self.sizes, missed = self._moved(X_train)
            self.longest = float(np.sqrt(self.sizes.max(initial=0.0)))
            self.missed = float(missed.max(initial=0.0))

    def _moved(self, rows: Array) -> tuple[Array, Array, Array]:
        """Return rows in float32 (n, D), their squared lengths and what float32 missed of them (n,)."""
        single = np.empty(rows.shape, np.float32)
        sizes, missed = np.empty(len(rows)), np.empty(len(rows))

        for some in blocks(len(rows), max(1, 2**15 // max(1, rows.shape[1]))):
            moved = as_float64(rows[some], self.center) * self.scale
            single[some] = moved
            sizes[some] = sum_of_squares(moved)
            moved -= single[some]
            missed[some] = np.sqrt(sum_of_squares(moved))
        return single, sizes, missed

    def nearest(self, X: Array, k: int, dtype: np.dtype) -> tuple[Array, Array]:
        """Return indices and distances (M, k) of the k nearest, as rounded to `dtype`."""
        with np.errstate(over="ignore", invalid="ignore"):
            x, sizes, missed = self._moved(X)
            scores = (-2 * x) @ self.rows.T  # (M, N), |t|^2 - 2 x.t once the next line is done
            scores += self.sizes.astype(np.float32)
            bound = self._bound(np.sqrt(sizes), missed, dtype)
            limit = _at_least_kth(scores, k) + 2 * bound  # (M,)
            limit = np.nextafter(limit.astype(np.float32), np.float32(np.inf))
            i, j = places(~(scores > limit[:, None]))  # a score that is no number stays in
            return _first(i, j, direct(X, self.train, (i, j), length).astype(dtype), len(X), k)

    def _bound(self, lengths: Array, missed: Array, dtype: np.dtype) -> Array:
        """Return how far off a score (M,) can be, and a distance that is rounded to `dtype`.

        A sum of D products is off by at most D u / (1 - D u) of the sum of their sizes, in whatever
        order it is taken (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
        """
        D = self.rows.shape[1]
        share = D * _UNIT / (1 - D * _UNIT) if 2 * D * _UNIT < 1 else np.inf
        x, t = lengths + missed, self.longest + self.missed
        product = 2 * (missed * t + x * self.missed + share * x * t)
        addition = 2 * _UNIT * (t * t + 2 * x * t) + D * 2.0**-140  # float32 ends near 2**-149
        rounding = (4 * np.finfo(dtype).eps + (D + 4) * np.finfo(np.float64).eps) * (x + t) ** 2
        return np.asarray(1.01 * (product + addition + rounding))


def smallest(distances: Array, k: int) -> tuple[Array, Array]:
    """Return columns and values (M, k) of the k smallest of each row; of equals, the first."""
    if distances.dtype == object:
        order = np.argsort(distances, axis=1, kind="stable")[:, :k]  # (M, k)
        return order, np.take_along_axis(distances, order, axis=1)
    i, j = places(distances <= _at_least_kth(distances, k)[:, None])
    return _first(i, j, distances[i, j], len(distances), k)


def _at_least_kth(values: Array, k: int) -> Array:
    """Return (M,) a number that at least k values of each row do not exceed, and few more than k.

    The k-th smallest of the minima of groups: each of those k groups holds a value as small.
    """
    M, N = values.shape
    height = max(1, N // max(256, 16 * k))
    groups = N // height
    minima = values[:, : height * groups].reshape(M, height, groups).min(axis=1)  # (M, groups)
    return np.asarray(np.partition(minima, k - 1, axis=1)[:, k - 1])


def _first(i: Array, j: Array, distances: Array, M: int, k: int) -> tuple[Array, Array]:
    """Return, of candidates (row i, column j, distance) with i rising, the k nearest of each row."""
    order = np.lexsort((j, distances, i))
    first = order[np.searchsorted(i, np.arange(M))[:, None] + np.arange(k)]  # (M, k)
    return j[first], distances[first]
