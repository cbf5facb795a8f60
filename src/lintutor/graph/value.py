"""The engine, forward: values that remember what they were computed from.

Arithmetic on :class:`Value` builds a graph of numbers or of arrays: the same engine. What each
operation does stands in :mod:`lintutor.graph.gates`, the way back in :mod:`lintutor.graph.walk`.

Book: chapter 9, "Backpropagation".
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import as_scalar
from lintutor.graph import gates
from lintutor.graph._numbers import (
    is_finite,
    of_one_kind,
    refuse_not_finite,
    refuse_operands,
    settled,
    shape_of,
    taken,
)

__all__ = ["Value"]

_DRAWS_ITSELF_AT_MOST = 60  # values; a larger graph shows as text unless it is asked to be drawn


class Value:
    """A number or an array, and how it was computed.

    ``+ - * / ** @``, indexing and the methods below make new values. Numbers and arrays that take part
    are constants: no gradient flows to them. The data is copied and frozen, so that nothing done to it
    later can spoil the way back. Shapes broadcast as in numpy.

    Parameters
    ----------
    data : array_like
        A number becomes a float, integers become float64; float32 stays. Exact numbers
        (``fractions.Fraction``) stay exact.
    name : str
        Shown in drawings.

    Attributes
    ----------
    data : float or ndarray (read-only)
    grad : float or ndarray (read-only), of the shape of data, or None
        Set by ``backward``.
    name : str
    op : str
        The gate that made it: ``"add"``, ``"multiply"`` ...; ``"input"``, or ``"constant"``.
    inputs : tuple of Value
        What the gate was given.
    settings : dict
        What else the gate was told, such as the axis of a sum.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit (the message names the operation and the shapes), or data is no number.
    FloatingPointError
        If a result is not finite: a division by 0, a logarithm of 0 ...

    Examples
    --------
    >>> x, y, z = Value(-2, "x"), Value(5, "y"), Value(-4, "z")
    >>> f = (x + y) * z
    >>> f.backward()
    >>> f.data, x.grad, y.grad, z.grad
    (-12.0, -4.0, -4.0, 3.0)

    See the book: ``bp-chain-rule``, ``bp-topological-order``.
    """

    __slots__ = ("__weakref__", "_data", "_grad", "_shares", "inputs", "name", "op", "settings")
    __array_ufunc__ = None  # numpy leaves `array * value` to __rmul__
    __iter__ = None  # a value is one thing, not a sequence

    def __init__(self, data: ArrayLike, name: str = "") -> None:
        if isinstance(data, Value):
            raise TypeError("data is a Value already; give its .data to start a new graph")
        self._data: Any = taken("data", data)
        self._grad: Any = None
        self._shares: tuple[gates.Share, ...] = ()  # one an input: what a gradient sends back to it
        self.inputs: tuple[Value, ...] = ()
        self.name, self.op = str(name), "input"
        self.settings: dict[str, Any] = {}

    @property
    def data(self) -> Any:
        """The number, or the array, which cannot be written to."""
        return self._data

    @property
    def grad(self) -> Any:
        """What the last ``backward`` that reached this value found; None before."""
        return self._grad

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the data; a number has none, ``()``."""
        return shape_of(self._data)

    def __repr__(self) -> str:
        shown = str(self._data) if self.shape == () else f"array of shape {self.shape}"
        return f"Value({shown}, name={self.name!r})" if self.name else f"Value({shown})"

    def _repr_svg_(self) -> str | None:
        from lintutor.graph.drawing import to_svg
        from lintutor.graph.walk import topological_order

        return to_svg(self) if len(topological_order(self)) <= _DRAWS_ITSELF_AT_MOST else None

    def backward(self, upstream: ArrayLike = 1.0) -> None:
        """Set ``.grad`` of this value and of all that it was computed from; twice gives the same."""
        from lintutor.graph.walk import backward

        backward(self, upstream)

    def __add__(self, other: Any) -> "Value":
        return _apply(gates.add, self, other)

    def __radd__(self, other: Any) -> "Value":
        return _apply(gates.add, other, self)

    def __sub__(self, other: Any) -> "Value":
        return _apply(gates.subtract, self, other)

    def __rsub__(self, other: Any) -> "Value":
        return _apply(gates.subtract, other, self)

    def __mul__(self, other: Any) -> "Value":
        return _apply(gates.multiply, self, other)

    def __rmul__(self, other: Any) -> "Value":
        return _apply(gates.multiply, other, self)

    def __truediv__(self, other: Any) -> "Value":
        return _apply(gates.divide, self, other)

    def __rtruediv__(self, other: Any) -> "Value":
        return _apply(gates.divide, other, self)

    def __matmul__(self, other: Any) -> "Value":
        return _apply(gates.matmul, self, other)

    def __rmatmul__(self, other: Any) -> "Value":
        return _apply(gates.matmul, other, self)

    def __neg__(self) -> "Value":
        return _apply(gates.negate, self)

    def __pow__(self, k: Any) -> "Value":
        if isinstance(k, Value):
            raise TypeError("the exponent of ** is a number; a ** b of two values is (b * a.log()).exp()")
        return _apply(gates.power, self, k=as_scalar("the exponent of **", k))

    def __getitem__(self, where: Any) -> "Value":
        parts = where if isinstance(where, tuple) else (where,)
        if any(isinstance(part, Value) for part in parts):
            raise TypeError("an index is made of whole numbers, slices and arrays of them, not of values")
        kept = tuple(np.array(p) if isinstance(p, (list, np.ndarray)) else p for p in parts)
        return _apply(gates.index, self, where=kept)

    def exp(self) -> "Value":
        """Return e to the power of each entry."""
        return _apply(gates.exp, self)

    def log(self) -> "Value":
        """Return the natural logarithm of each entry."""
        return _apply(gates.log, self)

    def relu(self) -> "Value":
        """Return ``max(0, entry)``; the gradient at 0 is 0."""
        return _apply(gates.relu, self)

    def sigmoid(self) -> "Value":
        """Return ``1 / (1 + exp(-entry))``, as one gate."""
        return _apply(gates.sigmoid, self)

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent of each entry."""
        return _apply(gates.tanh, self)

    def maximum(self, other: Any) -> "Value":
        """Return the larger of each two entries; at a tie the gradient goes to this one."""
        return _apply(gates.maximum, self, other)

    def sum(self, axis: gates.Axis = None, keepdims: bool = False) -> "Value":
        """Return the sum along one axis, several, or all."""
        return _apply(gates.sum_, self, axis=axis, keepdims=keepdims)

    def mean(self, axis: gates.Axis = None, keepdims: bool = False) -> "Value":
        """Return the average along one axis, several, or all."""
        return _apply(gates.mean, self, axis=axis, keepdims=keepdims)

    def max(self, axis: int | None = None, keepdims: bool = False) -> "Value":
        """Return the largest entry along one axis or of all; at a tie the gradient goes to the first."""
        return _apply(gates.max_, self, axis=axis, keepdims=keepdims)

    def log_sum_exp(self, axis: gates.Axis = None, keepdims: bool = False) -> "Value":
        """Return ``log(sum(exp(entries)))`` along one axis, several, or all, without overflow."""
        return _apply(gates.log_sum_exp, self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: int) -> "Value":
        """Return the same entries in another shape."""
        return _apply(gates.reshape, self, shape=shape)

    def transpose(self, *axes: int) -> "Value":
        """Return the array with its axes in another order; reversed, if none are named."""
        return _apply(gates.transpose, self, axes=axes or None)

    @property
    def T(self) -> "Value":
        """The array with its axes reversed."""
        return self.transpose()


def _apply(gate: Callable[..., tuple[Any, ...]], *operands: Any, **settings: Any) -> Value:
    """Run a gate forward and return its output as a value that knows the way back."""
    op = gate.__name__.rstrip("_")
    inputs = tuple(v if isinstance(v, Value) else _constant(v, op) for v in operands)
    numbers = of_one_kind([v._data for v in inputs])
    out: Any = np.nan
    shares: list[gates.Share] = []
    try:
        with np.errstate(all="ignore"):
            out, *shares = gate(*numbers, **settings)
    except (ZeroDivisionError, OverflowError):
        pass  # what Python says of numbers, numpy says by inf and nan: told apart below
    except (ValueError, IndexError, TypeError) as error:
        refuse_operands(op, numbers, error)
    result = _made(settled(out), op, inputs, tuple(shares), settings)
    if not is_finite(result._data):
        refuse_not_finite(op, numbers, result._data)
    return result


def _constant(data: Any, op: str) -> Value:
    """Return a number or an array that takes part in an operation, as a value without a gradient."""
    return _made(taken(f"an operand of {op}", data), "constant", (), (), {})


def _made(
    data: Any, op: str, inputs: tuple[Value, ...], shares: tuple[gates.Share, ...], settings: dict[str, Any]
) -> Value:
    value = Value.__new__(Value)
    value._data, value._grad, value._shares = data, None, shares
    value.inputs, value.name, value.op, value.settings = inputs, "", op, settings
    return value
