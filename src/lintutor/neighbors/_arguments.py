"""What the functions on pairs of rows accept, and what they give back."""

from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, plain

#: What the fast twins take; exact numbers and wider ones go through loops.
MEASURED = (np.uint8, np.float32, np.float64)


def as_rows(name: str, value: ArrayLike) -> Array:
    """Return rows (n, D) of finite numbers; bytes stay bytes, half precision becomes single."""
    if getattr(value, "dtype", None) == np.uint8 and np.ndim(value) == 2:
        return np.asarray(value)
    rows = as_numbers(name, value, 2)
    return rows.astype(np.float32) if rows.dtype == np.float16 else rows


def as_row_pairs(X: ArrayLike, X_train: ArrayLike) -> tuple[Array, Array]:
    """Return rows (M, D) and training rows (N, D) of one width, both exact if one of them is."""
    rows, train = as_rows("X", X), as_rows("X_train", X_train)
    if rows.shape[1] != train.shape[1]:
        raise ValueError(f"X has {rows.shape[1]} columns, X_train has {train.shape[1]}")
    if (rows.dtype == object) != (train.dtype == object):
        rows, train = (plain(r.astype(object), np.empty(0, object)) for r in (rows, train))
    return rows, train


def as_power(p: Any) -> float:
    """Return p, a number more than 0 or infinity."""
    if isinstance(p, bool) or not isinstance(p, (int, float, Fraction, np.number)):
        raise TypeError(f"p must be a number, got {type(p).__name__}")
    if not p > 0:
        raise ValueError(f"p must be more than 0, got {p}")
    return p  # type: ignore[return-value]


def result_type(X: Array, X_train: Array) -> np.dtype[Any]:
    """Return the dtype of distances: float32 where nothing that came in is wider, bytes aside."""
    wide = np.result_type(X, X_train)
    return np.dtype(np.float64) if wide == np.uint8 else wide


def all_finite(distances: Array) -> bool:
    """Return whether no entry overflowed; one pass over the memory in the usual case."""
    return distances.dtype == object or bool(np.isfinite(distances.sum()) or np.isfinite(distances).all())


def finite(distances: Array) -> Array:
    """Return the distances, or refuse rows so far apart that one overflowed."""
    if not all_finite(distances):
        i, j = (int(k) for k in np.argwhere(~np.isfinite(distances))[0])
        raise ValueError(f"X[{i}] and X_train[{j}] are too far apart for {distances.dtype}")
    return distances


def root(square: Any) -> Any:
    """Return the square root of a number or of an array; of an exact square, exactly."""
    if isinstance(square, np.ndarray) and square.dtype == object:
        return np.array([root(entry) for entry in square.flat], dtype=object).reshape(square.shape)
    if isinstance(square, (float, np.floating, np.ndarray)):
        return np.sqrt(square)
    square = Fraction(square) if isinstance(square, int) else square
    if isinstance(square, Fraction):
        over, under = isqrt(square.numerator), isqrt(square.denominator)
        if Fraction(over, under) ** 2 == square:
            return Fraction(over, under)
    return square ** Fraction(1, 2)
