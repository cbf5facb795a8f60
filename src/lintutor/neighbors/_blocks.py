"""Large matrices in blocks: how long a block is, who works on it, what is known of its numbers."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, TypeVar

import numpy as np

from lintutor._check import Array

Piece = TypeVar("Piece")

#: Scratch memory of a thread where the caller names no other bound.
BLOCK_BYTES = 2**24
#: Beside the numbers it came from, a distance below this share has lost too many digits.
NEAR = 2.0**-10


def blocks(length: int, size: int) -> Iterator[slice]:
    """Yield slices that cover 0 .. length-1 in order, each `size` long but the last."""
    for start in range(0, length, size):
        yield slice(start, min(start + size, length))


def rows_within(block_bytes: int, width: int) -> int:
    """Return how many float64 rows of `width` fit in `block_bytes`, at least one.

    No more than would make a square of pairs of rows larger than that.
    """
    numbers = max(1, block_bytes // 8)
    return max(1, min(numbers // max(1, width), int(numbers**0.5)))


def thread_count() -> int:
    """Return the number of threads to use: what the environment grants, else one for each core."""
    if sys.platform == "emscripten":  # a browser's page has one
        return 1
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        granted = os.environ.get(name, "")
        if granted.isdigit() and int(granted) > 0:
            return int(granted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def for_each(work: Callable[[Piece], None], pieces: Iterable[Piece]) -> None:
    """Call `work` on every piece, in threads where there are some; numpy lets go of the lock.

    Pieces must not depend on one another nor on the number of threads: then no result does. It pays
    for pieces of long calls; beside products of BLAS, whose own threads wait busily, it costs more.
    """
    todo = list(pieces)
    threads = min(thread_count(), len(todo))
    if threads > 1:
        try:
            with ThreadPoolExecutor(threads) as pool:
                running = [pool.submit(copy_context().run, work, piece) for piece in todo]
        except RuntimeError:  # no thread can be started here
            pass
        else:
            for each in running:
                each.result()
            return
    for piece in todo:
        work(piece)


@contextmanager
def broadcast_in_place() -> Iterator[None]:
    """Let numpy broadcast long rows where they lie; with its usual buffer it copies them first."""
    usual = np.setbufsize(16)
    try:
        yield
    finally:
        np.setbufsize(usual)


def as_float64(rows: Array, center: Array | None = None) -> Array:
    """Return rows as contiguous float64, less `center`; the rows themselves if they are that already."""
    wide = np.ascontiguousarray(rows, dtype=np.float64)
    return wide if center is None else wide - center


def center_of(rows: Array) -> Array | None:
    """Return a point amid rows that lie far from zero beside their spread; None if they do not.

    Distances do not change when both sets of rows are moved by it; numbers of the size of a
    distance lose fewer digits than numbers of the size of an offset.
    """
    sample = rows[:: max(1, len(rows) // 64)].astype(np.float64)
    if sample.size == 0:
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        center = sample.mean(axis=0)  # (D,)
        far = 8 * np.abs(sample - center).sum() < np.abs(sample).sum()
    return center if far and np.isfinite(center).all() else None


def are_pixels(rows: Array) -> bool:
    """Return whether every entry is a whole number 0 .. 255."""
    if rows.dtype == np.uint8:
        return True
    with np.errstate(invalid="ignore"):
        return all(  # most that are none show it in the first block
            bool((rows[some].astype(np.uint8) == rows[some]).all())
            for some in blocks(len(rows), max(1, 2**15 // max(1, rows.shape[1])))
        )


def places(chosen: Array) -> tuple[Array, Array]:
    """Return rows and columns of what is true in a matrix, by rising row; fast where little is."""
    if not chosen.any():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    row, column = np.divmod(np.flatnonzero(chosen), chosen.shape[1])
    return row, column


def direct(X: Array, X_train: Array, pairs: tuple[Array, ...], measure: Callable[[Any], Any]) -> Array:
    """Return `measure` of the differences ``X[i] - X_train[j]`` of some pairs (i, j), a few at a time."""
    i, j = pairs
    found = np.empty(len(i))
    for few in blocks(len(i), max(1, 2**16 // max(1, X.shape[1]))):
        found[few] = measure(as_float64(X[i[few]]) - as_float64(X_train[j[few]]))  # of (few, D)
    return found


def add_columns(X: Array, X_train: Array, total: Array, term: Callable[..., Any]) -> None:
    """Fill `total` (M, N) with the sum over the columns of `term` of the differences."""
    columns = as_float64(X_train.T)  # (D, N)
    if len(columns) == 0:
        total[:] = 0

    for rows in blocks(len(X), max(1, 2**15 // max(1, min(len(X_train), 2**13)))):
        some = as_float64(X[rows])  # (m, D)
        for few in blocks(len(X_train), 2**13):
            block = total[rows, few]  # (m, n)
            gap = np.empty(block.shape)
            with broadcast_in_place():
                for k, (x, t) in enumerate(zip(some.T, columns[:, few], strict=True)):
                    here = gap if k else block
                    term(np.subtract(x[:, None], t, out=here), out=here)
                    if k:
                        block += gap
