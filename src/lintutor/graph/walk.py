"""The engine, backward: order the graph, then hand gradients from the roots to the inputs.

Book: chapter 9, "Backpropagation".
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from lintutor._check import as_numbers
from lintutor.graph._numbers import is_finite, of_one_kind, refuse_not_finite, settled
from lintutor.graph.value import Value

__all__ = ["backward", "topological_order"]


def topological_order(roots: Value | Iterable[Value]) -> list[Value]:
    """Return all values that the roots were computed from, each after its inputs, the roots included.

    A stack of its own takes the place of recursion, so a chain may be of any length.

    Parameters
    ----------
    roots : Value, or several

    Returns
    -------
    list of Value
        Each value once.

    Raises
    ------
    TypeError
        If a root is no Value.

    Examples
    --------
    >>> x = Value(3.0, "x")
    >>> y = x * x
    >>> [v.op for v in topological_order(y + x)]
    ['input', 'multiply', 'add']

    See the book: ``bp-topological-order``.
    """
    order: list[Value] = []
    met: set[Value] = set()
    stack = [(root, False) for root in reversed(_as_roots(roots))]
    while stack:
        value, inputs_are_placed = stack.pop()
        if inputs_are_placed:
            order.append(value)
        elif value not in met:
            met.add(value)
            stack.append((value, True))
            stack += [(operand, False) for operand in reversed(value.inputs)]
    return order


def backward(roots: Value | Sequence[Value], upstream: Any = 1.0) -> None:
    """Set ``.grad`` of every value that the roots were computed from, the roots included.

    The gradients of an earlier call are forgotten, so calling twice gives the same; within one call a
    value that is used in several places adds up what comes back from each. With several roots the
    gradient is that of their sum. If anything is refused, no gradient changes.

    Parameters
    ----------
    roots : Value, or several
    upstream : array_like, or one a root
        The gradient that arrives at the root, broadcast to its shape; 1 for each entry, if left out.

    Raises
    ------
    ValueError, TypeError
        If an upstream gradient does not have the shape of its root, or is not finite.
    FloatingPointError
        If a gradient is not finite, as that of a square root at 0.

    Examples
    --------
    >>> x = Value([1.0, 2.0])
    >>> backward((x * x).sum())
    >>> x.grad
    array([2., 4.])

    See the book: ``bp-forks-add``.
    """
    every = _as_roots(roots)
    seeds = [upstream] if isinstance(roots, Value) else _one_a_root(upstream, len(every))
    order = topological_order(every)
    grads: dict[Value, Any] = {}
    for root, seed in zip(every, seeds, strict=True):
        _collect(grads, root, _seed(root, seed))
    with np.errstate(all="ignore"):  # what is not finite is refused by name
        for value in reversed(order):  # every user of a value comes before it
            if value.inputs:
                for operand, share in shares(value, grads[value]):
                    _collect(grads, operand, share)
    for value in order:
        value._grad = grads.get(value)


def _collect(grads: dict[Value, Any], value: Value, share: Any) -> None:
    """Add what one user of a value sends back to what the others sent: forks add."""
    if value in grads:
        share = settled(grads[value] + share)
        if not is_finite(share):
            refuse_not_finite("the gradient", [value._data], share)
    grads[value] = share


def shares(value: Value, grad: Any) -> Iterator[tuple[Value, Any]]:
    """Yield each operand of a gate that is no constant, and what reaches it of the gradient."""
    for operand, share in zip(value.inputs, value._shares, strict=True):
        if operand.op == "constant":
            continue
        try:
            part = settled(_summed_to(share(grad), operand._data))
        except (ZeroDivisionError, OverflowError):
            part = np.nan
        if not is_finite(part):
            numbers = [v._data for v in value.inputs]
            refuse_not_finite(f"the gradient of {value.op}", numbers, part)
        yield operand, part


def _summed_to(grad: Any, data: Any) -> Any:
    """Return a gradient in the shape and precision of an operand that broadcasting had stretched."""
    if not isinstance(data, np.ndarray):  # a number may have met an array
        grad = np.sum(grad) if isinstance(grad, np.ndarray) else grad
        return float(grad) if isinstance(data, float) else grad
    shape, ahead = data.shape, np.ndim(grad) - data.ndim
    if np.shape(grad) != shape:
        grad = grad.sum(axis=tuple(range(ahead)))  # axes that the operand does not have
        grad = grad.sum(axis=tuple(k for k, n in enumerate(shape) if n == 1), keepdims=True)
    return grad if grad.dtype == data.dtype else grad.astype(data.dtype)


def _seed(root: Value, upstream: Any) -> Any:
    """Return the gradient that arrives at a root, in the root's shape and precision."""
    given = as_numbers("upstream", upstream)
    try:
        full = np.broadcast_to(given, root.shape)
    except ValueError:
        raise ValueError(f"upstream has shape {given.shape}, the root has shape {root.shape}") from None
    like_root, _ = of_one_kind([settled(full.copy()), root._data])
    return settled(_summed_to(like_root, root._data))


def _as_roots(roots: Value | Iterable[Value]) -> list[Value]:
    every = list(roots) if isinstance(roots, Iterable) else [roots]  # a Value is not iterable
    for root in every:
        if not isinstance(root, Value):
            raise TypeError(f"a root must be a Value, got {type(root).__name__}")
    return every


def _one_a_root(upstream: Any, count: int) -> list[Any]:
    """Return one upstream gradient a root; a single number serves them all."""
    if np.isscalar(upstream):
        return [upstream] * count
    if len(upstream) != count:
        raise ValueError(f"upstream has {len(upstream)} gradients for {count} roots")
    return list(upstream)
