"""What the engine asks of its numbers: one kind, frozen, finite, and errors that say what came."""

import math
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np

from lintutor._check import as_numbers


def shape_of(data: Any) -> tuple[int, ...]:
    """Return the shape of an array; a number has none."""
    return data.shape if isinstance(data, np.ndarray) else ()


def taken(name: str, data: Any) -> Any:
    """Return what is given as a float, an exact number, or an array of its own, all finite."""
    if type(data) is float and math.isfinite(data):
        return data
    return settled(np.array(as_numbers(name, data)))


def settled(data: Any) -> Any:
    """Return a number as a Python number, an array as one that nobody can write to."""
    if type(data) is float:  # the usual case of a graph of numbers, told first
        return data
    if not isinstance(data, (np.ndarray, np.generic)):
        return float("nan") if isinstance(data, complex) else data  # (-8.0) ** (1 / 3) is complex
    if data.ndim == 0:
        return float(data) if data.dtype != object else data.item()
    if data.dtype == object:
        data = as_numbers("an array of exact numbers", data)
    data.setflags(write=False)
    return data


def is_exact(data: Any) -> bool:
    """Return whether numbers are exact: fractions, or what sympy calls rational."""
    return data.dtype == object if isinstance(data, np.ndarray) else not isinstance(data, float)


def of_one_kind(operands: list[Any]) -> list[Any]:
    """Return operands that are all exact if one of them is: a float is a fraction, exactly."""
    for data in operands:
        if type(data) is not float and is_exact(data):
            break
    else:
        return operands
    return [data if is_exact(data) else _exact(data) for data in operands]


def _exact(data: Any) -> Any:
    if not isinstance(data, np.ndarray):
        return Fraction(data)
    return np.array([Fraction(float(k)) for k in data.flat] + [None], dtype=object)[:-1].reshape(data.shape)


def is_finite(data: Any) -> bool:
    """Return whether every number is finite; one pass over the memory in the usual case."""
    if type(data) is float:
        return math.isfinite(data)
    if is_exact(data):
        return True
    with np.errstate(all="ignore"):
        return bool(np.isfinite(data.sum()) or np.isfinite(data).all())


def refuse_not_finite(what: str, operands: list[Any], out: Any) -> NoReturn:
    """Raise, with the first entry that is not finite and what the operation was given there."""
    shape = shape_of(out)
    where = tuple(int(i) for i in np.argwhere(~np.isfinite(out))[0])
    place = f", at index {where}" if where else ""
    given = " and ".join(_entry(data, where, shape) for data in operands)
    raise FloatingPointError(f"{what} of {given} is not a finite number{place}")


def _entry(data: Any, where: tuple[int, ...], shape: tuple[int, ...]) -> str:
    """Return the entry of an operand that met the result at an index, or the operand's shape."""
    try:
        return str(np.broadcast_to(np.asarray(data), shape)[where])
    except ValueError:
        return _described(data)


def _described(data: Any) -> str:
    return f"shape {data.shape}" if isinstance(data, np.ndarray) else "a number"


def refuse_operands(op: str, operands: list[Any], error: Exception) -> NoReturn:
    """Raise what numpy said of operands that do not fit, with the operation and all shapes."""
    given = " and ".join(_described(data) for data in operands)
    if isinstance(error, TypeError) and any(is_exact(data) for data in operands):
        raise TypeError(f"{op} has no exact result: give it floating-point numbers") from None
    kinds = (IndexError, TypeError, ValueError)
    kind = next(kind for kind in kinds if isinstance(error, kind))
    raise kind(f"{op} of {given}: {error}") from None
