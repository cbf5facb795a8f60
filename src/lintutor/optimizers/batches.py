"""Minibatches: a few examples at a time, drawn at random or dealt out epoch by epoch.

Book: chapter 7, "SGD".
"""

from collections.abc import Iterator
from itertools import count

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count

__all__ = ["epoch_batches", "sample_batch"]


def sample_batch(
    X: ArrayLike,
    y: ArrayLike,
    batch_size: int,
    rng: np.random.Generator | int | None = None,
    *,
    replace: bool = True,
) -> tuple[Array, Array]:
    """Return `batch_size` examples drawn at random.

    Either way each example is as likely to be drawn as any other, so the mean gradient of a batch is
    an unbiased estimate of the mean gradient of all. Without replacement its variance is smaller by
    the factor ``(N - batch_size) / (N - 1)``.

    Parameters
    ----------
    X : array_like (N, ...)
    y : array_like (N,)
    batch_size : int, at least 1
    rng : numpy Generator, seed, or None
    replace : bool
        True draws with replacement: an example may come twice, and a batch may exceed the data.
        False draws different examples, so that ``batch_size`` is at most N.

    Returns
    -------
    X_batch : ndarray (batch_size, ...)
    y_batch : ndarray (batch_size,)

    Raises
    ------
    ValueError
        If X has no rows, X and y differ in length, or there are too few rows to draw without replacement.

    Examples
    --------
    >>> X_batch, y_batch = sample_batch([[1.0], [2.0]], [0, 1], batch_size=5, rng=0)
    >>> X_batch.shape, y_batch.shape
    ((5, 1), (5,))

    See the book: ``sgd-minibatch``.
    """
    rows, labels = np.asarray(X), np.asarray(y)
    n, size = _length(rows, labels), as_count("batch_size", batch_size)
    draw = np.random.default_rng(rng)
    if replace:
        drawn = draw.integers(n, size=size)  # (B,)
    elif size <= n:
        drawn = draw.choice(n, size=size, replace=False)  # (B,)
    else:
        raise ValueError(f"batch_size must be at most {n}, the rows of X, without replacement; got {size}")
    return rows[drawn], labels[drawn]


def epoch_batches(
    X: ArrayLike,
    y: ArrayLike,
    batch_size: int,
    rng: np.random.Generator | int | None = None,
    *,
    num_epochs: int | None = 1,
) -> Iterator[tuple[Array, Array]]:
    """Yield batches in shuffled order so that every example comes once an epoch.

    Each epoch is shuffled anew. It has ``ceil(N / batch_size)`` batches, of which the last may be smaller.

    Parameters
    ----------
    X : array_like (N, ...)
    y : array_like (N,)
    batch_size : int, at least 1
    rng : numpy Generator, seed, or None
    num_epochs : int, at least 1, or None
        How often every example comes; None goes on forever.

    Yields
    ------
    X_batch : ndarray (B, ...)
    y_batch : ndarray (B,)

    Raises
    ------
    ValueError
        If X has no rows, or X and y differ in length.

    Examples
    --------
    >>> sizes = [len(y) for X, y in epoch_batches(np.zeros((5, 1)), np.arange(5), batch_size=2, rng=0)]
    >>> sizes
    [2, 2, 1]

    See the book: ``sgd-minibatch``.
    """
    rows, labels = np.asarray(X), np.asarray(y)
    n, size = _length(rows, labels), as_count("batch_size", batch_size)
    epochs = count() if num_epochs is None else range(as_count("num_epochs", num_epochs))
    draw = np.random.default_rng(rng)

    def dealt() -> Iterator[tuple[Array, Array]]:
        for _ in epochs:
            order = draw.permutation(n)  # (N,)
            for start in range(0, n, size):
                batch = order[start : start + size]  # (B,)
                yield rows[batch], labels[batch]

    return dealt()


def _length(rows: Array, labels: Array) -> int:
    """Return N, or refuse data of which no batch can be made."""
    if rows.ndim == 0 or len(rows) == 0:
        raise ValueError("X has no rows to draw from")
    if labels.ndim == 0 or len(rows) != len(labels):
        raise ValueError(f"y has {labels.size} labels for {len(rows)} rows of X")
    return len(rows)
