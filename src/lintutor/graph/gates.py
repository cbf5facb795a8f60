"""The gates: what each operation computes and, beside it, what it does to a gradient.

A gate takes plain numbers or arrays. It returns its output and, one an operand, the function that
turns the gradient `g` of the output into that operand's share: upstream times local. Where an operand
was broadcast, :mod:`lintutor.graph.value` sums the share back to the operand's shape.

Book: chapter 9, "Backpropagation".
"""

from collections.abc import Callable
from typing import Any

import numpy as np

Axis = int | tuple[int, ...] | None
Share = Callable[[Any], Any]
One = tuple[Any, Share]
Two = tuple[Any, Share, Share]


def add(a: Any, b: Any) -> Two:
    """Add: the gradient goes to both as it is."""
    return a + b, lambda g: g, lambda g: g


def subtract(a: Any, b: Any) -> Two:
    """Subtract: the second gets it with the other sign."""
    return a - b, lambda g: g, lambda g: -g


def negate(a: Any) -> One:
    """Change the sign, of the gradient too."""
    return -a, lambda g: -g


def multiply(a: Any, b: Any) -> Two:
    """Multiply: each gets the gradient times the other."""
    return a * b, lambda g: g * b, lambda g: g * a


def divide(a: Any, b: Any) -> Two:
    """Divide."""
    return a / b, lambda g: g / b, lambda g: -g * (a / b) / b


def power(a: Any, k: Any) -> One:
    """Raise to a constant power; the power 0 is 1 everywhere, and flat."""
    return a**k, lambda g: g * (k * a ** (k - 1) if k else 0)


def exp(a: Any) -> One:
    """Exponentiate: the local gradient is the output."""
    out = np.exp(a)
    return out, lambda g: g * out


def log(a: Any) -> One:
    """Take the natural logarithm."""
    return np.log(a), lambda g: g / a


def relu(a: Any) -> One:
    """Keep what is positive; where the operand was not, nothing comes back, at 0 neither."""
    return np.maximum(a, 0), lambda g: np.where(a > 0, g, 0)


def sigmoid(a: Any) -> One:
    """Squash to 0 .. 1; exp sees nothing positive, so it cannot overflow."""
    small = np.exp(-np.abs(a))
    out = np.where(a >= 0, 1, small) / (1 + small)
    return out, lambda g: g * (1 - out) * out


def tanh(a: Any) -> One:
    """Squash to -1 .. 1."""
    out = np.tanh(a)
    return out, lambda g: g * (1 - out * out)


def maximum(a: Any, b: Any) -> Two:
    """Take the larger: the gradient is routed to it, at a tie to the first."""
    first = a >= b
    return np.where(first, a, b), lambda g: np.where(first, g, 0), lambda g: np.where(first, 0, g)


def matmul(a: Any, b: Any) -> Two:
    """Multiply matrices; a vector is a row on the left and a column on the right."""
    if not (np.ndim(a) in (1, 2) and np.ndim(b) in (1, 2)):
        raise ValueError("a matrix product takes operands of one or two axes")
    if a.shape[-1] != b.shape[0]:
        raise ValueError(f"{a.shape[-1]} columns do not meet {b.shape[0]} rows")
    rows = a.reshape(-1, a.shape[-1])  # (N, D)
    columns = b.reshape(b.shape[0], -1)  # (D, C)

    def to_a(g: Any) -> Any:
        return (np.reshape(g, (len(rows), columns.shape[1])) @ columns.T).reshape(a.shape)  # (N, C) @ (C, D)

    def to_b(g: Any) -> Any:
        return (rows.T @ np.reshape(g, (len(rows), columns.shape[1]))).reshape(b.shape)  # (D, N) @ (N, C)

    return a @ b, to_a, to_b


def sum_(a: Any, axis: Axis, keepdims: bool) -> One:
    """Sum: every term gets the gradient of its sum."""
    shape, kept = np.shape(a), _kept(a, axis)
    return np.sum(a, axis, keepdims=keepdims), lambda g: np.broadcast_to(np.reshape(g, kept), shape)


def mean(a: Any, axis: Axis, keepdims: bool) -> One:
    """Average: a sum, divided by the number of its terms."""
    total, to_a = sum_(a, axis, keepdims)
    count = np.size(a) // max(np.size(total), 1)
    return total / count, lambda g: to_a(g / count)


def max_(a: Any, axis: int | None, keepdims: bool) -> One:
    """Take the largest along an axis: the gradient is routed to it, at a tie to the first."""
    kept = _kept(a, axis)
    first = np.zeros(np.shape(a), dtype=bool)
    winner = np.argmax(a, axis, keepdims=True)
    if axis is None:
        first.flat[winner.item()] = True
    else:
        np.put_along_axis(first, winner, True, axis)
    return np.max(a, axis, keepdims=keepdims), lambda g: np.where(first, np.reshape(g, kept), 0)


def log_sum_exp(a: Any, axis: Axis, keepdims: bool) -> One:
    """Take the logarithm of a sum of exponentials; the local gradient is the softmax."""
    kept = _kept(a, axis)
    top = np.max(a, axis, keepdims=True)  # subtracted, so that exp cannot overflow
    powers = np.exp(a - top)
    total = np.sum(powers, axis, keepdims=True)
    out = top + np.log(total)
    softmax = powers / total
    return out if keepdims else np.squeeze(out, axis), lambda g: np.reshape(g, kept) * softmax


def reshape(a: Any, shape: tuple[int, ...]) -> One:
    """Arrange the same numbers in another shape."""
    before = np.shape(a)
    return np.reshape(a, shape), lambda g: np.reshape(g, before)


def transpose(a: Any, axes: tuple[int, ...] | None) -> One:
    """Permute the axes; reversed, if none are named."""
    back = None if axes is None else np.argsort(axes)
    return np.transpose(a, axes), lambda g: np.transpose(g, back)


def index(a: Any, where: Any) -> One:
    """Pick entries: an entry picked twice gets both gradients."""

    def to_a(g: Any) -> Any:
        share = np.zeros_like(a)
        np.add.at(share, where, g)
        return share

    return np.asarray(a)[where], to_a


def _kept(a: Any, axis: Axis) -> tuple[int, ...]:
    """Return the shape of `a` with the axes that are reduced kept as 1."""
    shape = np.shape(a)
    axes = range(len(shape)) if axis is None else np.atleast_1d(axis) % max(len(shape), 1)
    return tuple(1 if k in axes else n for k, n in enumerate(shape))
