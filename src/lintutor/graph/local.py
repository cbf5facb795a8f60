"""Three gates backward, each by itself, before there is an engine: local gradient times upstream gradient.

Book: chapter 9, "Backpropagation".
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, plain

__all__ = ["max_backward", "multiply_backward", "sigmoid_backward"]


def multiply_backward(x: ArrayLike, y: ArrayLike, dout: ArrayLike) -> tuple[Any, Any]:
    """Return what the gradient of ``x * y`` sends back to x and to y: each gets it times the other.

    Parameters
    ----------
    x, y : array_like of one shape
        What was multiplied, entry by entry.
    dout : array_like of that shape
        The gradient that arrives at the product.

    Returns
    -------
    dx, dy : float, or ndarray of that shape

    Raises
    ------
    ValueError, TypeError
        If the shapes differ, or an entry is not a finite number.

    Examples
    --------
    >>> multiply_backward(3.0, -4.0, 2.0)
    (-8.0, 6.0)

    See the book: ``bp-gate-patterns``.
    """
    x, y, dout = _of_one_shape(x=x, y=y, dout=dout)
    return plain(dout * y, dout), plain(dout * x, dout)


def max_backward(x: ArrayLike, y: ArrayLike, dout: ArrayLike) -> tuple[Any, Any]:
    """Return what the gradient of ``max(x, y)`` sends back: all to the larger, at a tie to x.

    Parameters
    ----------
    x, y : array_like of one shape
        What was compared, entry by entry.
    dout : array_like of that shape
        The gradient that arrives at the maximum.

    Returns
    -------
    dx, dy : float, or ndarray of that shape

    Raises
    ------
    ValueError, TypeError
        If the shapes differ, or an entry is not a finite number.

    Examples
    --------
    >>> max_backward(2.0, -1.0, 5.0)
    (5.0, 0.0)

    See the book: ``bp-gate-patterns``.
    """
    x, y, dout = _of_one_shape(x=x, y=y, dout=dout)
    nothing = np.zeros_like(dout)
    return plain(np.where(x >= y, dout, nothing), dout), plain(np.where(x >= y, nothing, dout), dout)


def sigmoid_backward(out: ArrayLike, dout: ArrayLike) -> Any:
    """Return what the gradient of a sigmoid sends back: ``dout * (1 - out) * out``.

    Parameters
    ----------
    out : array_like, 0 to 1
        What the sigmoid returned; its operand is not needed.
    dout : array_like of the shape of out
        The gradient that arrives.

    Returns
    -------
    float, or ndarray of the shape of out

    Raises
    ------
    ValueError, TypeError
        If the shapes differ, an entry is not a finite number, or out leaves 0 to 1.

    Examples
    --------
    >>> sigmoid_backward(0.5, 4.0)
    1.0

    See the book: ``bp-sigmoid-gate``.
    """
    out, dout = _of_one_shape(out=out, dout=dout)
    if np.any((out < 0) | (out > 1)):
        raise ValueError("out must lie in 0..1: it is what the sigmoid returned, not what it was given")
    return plain(dout * (1 - out) * out, dout)


def _of_one_shape(**arguments: ArrayLike) -> list[Array]:
    """Return arguments as numbers of one shape, or say which differs from the first."""
    arrays = {name: as_numbers(name, value) for name, value in arguments.items()}
    first = next(iter(arrays))
    for name, array in arrays.items():
        if array.shape != arrays[first].shape:
            raise ValueError(f"{name} has shape {array.shape}, {first} has shape {arrays[first].shape}")
    return list(arrays.values())
