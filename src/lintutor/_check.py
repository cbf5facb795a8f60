"""One way to refuse bad input: the argument's name, what was expected, what came.

Numbers come out as floating point of the precision they came in (integers as float64). Exact
arithmetic passes through: an object array that holds exact numbers (``fractions.Fraction``, sympy
rationals) stays exact, so that a function can be held against its formula to the last digit.
"""

from fractions import Fraction
from numbers import Number
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]


def refuse_masked(name: str, value: ArrayLike) -> None:
    """Refuse a masked array: numpy would hand out what lies under the mask without a word."""
    if type(value) is not np.ndarray and np.any(getattr(value, "mask", False)):
        raise TypeError(f"{name} has masked entries: fill them first")


def _shape(value: np.ndarray) -> str:
    return f"shape {value.shape}"


def as_numbers(name: str, value: ArrayLike, ndim: int | None = None, finite: bool = True) -> Array:
    """Return `value` as an array of finite floating-point (or exact) numbers with `ndim` axes.

    With ``finite=False`` infinite entries and NaN pass: for callers that see them in their result.
    """
    refuse_masked(name, value)
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name} must be a rectangular array of numbers; its rows differ in length"
        ) from None
    if array.dtype == object:
        array = _as_exact(name, array)
    elif array.dtype.kind in "biu":
        array = array.astype(np.float64)
    elif array.dtype.kind != "f":
        raise TypeError(f"{name} must hold real numbers, not {array.dtype}")
    if ndim is not None and array.ndim != ndim:
        axes = {0: "be a single number", 1: "have one axis", 2: "have two axes"}[ndim]
        raise ValueError(f"{name} must {axes}, got {_shape(array)}")
    if finite and array.dtype != object and not is_finite(array):
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} must be finite, got {array[where]} at index {where}")
    return array


def is_finite(array: Array) -> bool:
    """Return whether every entry is finite; one pass over the memory in the usual case."""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(array.sum()) or np.isfinite(array).all())


def _as_exact(name: str, array: Array) -> Array:
    """Return an object array of exact numbers, or float64 if it only boxes ordinary numbers."""
    for entry in array.flat:
        if not isinstance(entry, Number):
            raise TypeError(f"{name} must hold real numbers, not {type(entry).__name__}")
    if all(isinstance(entry, (int, float, np.number)) for entry in array.flat):
        return array.astype(np.float64)
    exact = np.empty(array.shape, dtype=object)
    for k in np.ndindex(array.shape):
        number: Any = array[k]
        exact[k] = Fraction(number) if isinstance(number, (int, float)) else number
    return exact


def like(value: Any, array: Array) -> Any:
    """Return `value` in the precision of `array`, so that float32 stays float32 and exact stays exact."""
    if array.dtype != object:
        return array.dtype.type(value)
    return Fraction(value) if isinstance(value, (int, float)) else value


def plain(value: Any, array: Array) -> Any:
    """Return a result as a Python float or an array of floats; exact, where `array` is exact."""
    if array.dtype != object:
        return float(value) if np.ndim(value) == 0 else value
    if np.ndim(value) == 0:
        return like(value.item() if isinstance(value, np.ndarray) else value, array)
    return np.array([like(entry, array) for entry in value.flat], dtype=object).reshape(value.shape)


def as_integers(name: str, value: ArrayLike) -> Array:
    """Return `value` as a vector of int64; whole numbers stored as floats are accepted."""
    refuse_masked(name, value)
    array = np.asarray(value)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one axis, got {_shape(array)}")
    if array.dtype.kind == "f" and (np.abs(array) < 2**53).all() and (array == np.round(array)).all():
        return array.astype(np.int64)
    if array.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold whole numbers, not {array.dtype}")
    return array.astype(np.int64)


def as_labels(name: str, value: ArrayLike, n: int, num_classes: int, rows: str = "X") -> Array:
    """Return labels (N,) int64, one a row of the array named `rows` and each a class 0 .. C-1."""
    labels = as_integers(name, value)
    if len(labels) != n:
        raise ValueError(f"{name} has {len(labels)} labels for {n} rows of {rows}")
    if n and (labels.min() < 0 or labels.max() >= num_classes):
        bad = int(np.flatnonzero((labels < 0) | (labels >= num_classes))[0])
        raise ValueError(f"{name} must lie in 0..{num_classes - 1}, got {labels[bad]} at index {bad}")
    return labels


def as_problem(W: ArrayLike, X: ArrayLike, y: ArrayLike, finite: bool = True) -> tuple[Array, Array, Array]:
    """Return weights (D, C), rows (N, D) and labels (N,) that fit one another, W and X of one dtype.

    With ``finite=False`` the rows may hold infinite entries and NaN.
    """
    weights, rows = as_numbers("W", W, 2), as_numbers("X", X, 2, finite)
    if rows.shape[1] != weights.shape[0]:
        raise ValueError(f"X has {rows.shape[1]} columns, W has {weights.shape[0]} rows")
    if weights.shape[1] == 0:
        raise ValueError("W must have at least one column, one a class; it has none")
    if rows.shape[0] == 0:
        raise ValueError("X has no rows: a mean over no examples is not defined")
    labels = as_labels("y", y, rows.shape[0], weights.shape[1])
    if weights.dtype != rows.dtype:
        common = np.result_type(weights, rows)
        weights, rows = weights.astype(common), rows.astype(common)
    return weights, rows, labels


def as_scalar(name: str, value: Any, minimum: float | None = None, strict: bool = False) -> Any:
    """Return a single finite number, at least `minimum` (more than it, if `strict`)."""
    if isinstance(value, bool) or not isinstance(value, Number):
        if isinstance(value, np.ndarray) and value.ndim == 0:
            return as_scalar(name, value.item(), minimum, strict)
        raise TypeError(f"{name} must be a number, got {type(value).__name__}")
    if isinstance(value, complex) or not np.isfinite(float(value)):  # type: ignore[arg-type]
        raise ValueError(f"{name} must be a finite real number, got {value}")
    if minimum is not None and (float(value) < minimum or (strict and float(value) == minimum)):  # type: ignore[arg-type]
        raise ValueError(f"{name} must be {'more than' if strict else 'at least'} {minimum}, got {value}")
    return value


def as_count(name: str, value: Any, minimum: int = 1) -> int:
    """Return a whole number, at least `minimum`."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {value}")
    return int(value)
