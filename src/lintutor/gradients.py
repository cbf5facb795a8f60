"""Gradients by arithmetic: nudge a number, see what the loss does.

A numerical gradient is slow and nearly right; a formula is fast and easily wrong. Each is here to
check the other.

Book: chapter 3, ``hinge-gradient``; in full in chapter 6, "Gradients".
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_numbers, as_scalar

__all__ = [
    "GradientCheck",
    "directional_derivative",
    "eval_numerical_gradient",
    "grad_check_sparse",
    "relative_error",
]


def eval_numerical_gradient(
    f: Callable[[Array], float], x: ArrayLike, h: float = 1e-5, *, centered: bool = True
) -> Array:
    """Return the gradient of f at x by finite differences.

    Centered, entry k is ``(f(x + h e_k) - f(x - h e_k)) / (2 h)``: two calls of f an entry, an error
    that falls as h squared, best with h near 6e-6. Forward, it is ``(f(x + h e_k) - f(x)) / h``: one call an
    entry and one more, an error that falls as h, best with h near 1.5e-8.

    Parameters
    ----------
    f : callable (array of the shape of x) -> float
        It is given a copy of x, so it cannot change x.
    x : array_like, any shape
        Integers are taken as float64: a nudge would be lost in an integer array.
    h : float, more than 0
        The nudge.
    centered : bool
        False takes forward differences.

    Returns
    -------
    ndarray of the shape of x, float64

    Raises
    ------
    ValueError
        If h is not positive or lost in rounding beside x, or f returns something else than one finite
        number.

    Examples
    --------
    >>> eval_numerical_gradient(lambda x: (x**2).sum(), [3, -1]).round(6)
    array([ 6., -2.])

    See the book: ``grad-numerical``, ``grad-error-curve``, ``hinge-gradient``.
    """
    point = as_numbers("x", x).astype(np.float64)
    as_scalar("h", h, minimum=0, strict=True)
    start = None if centered else _value(f, point.copy(), ())
    gradient = np.zeros_like(point)
    for k in np.ndindex(point.shape):
        gradient[k] = _slope(f, point, k, h, start)
    return gradient


def _slope(
    f: Callable[[Array], float], point: Array, k: tuple[int, ...], h: float, start: float | None = None
) -> float:
    """Return the centered difference of f along entry k; the forward one, given ``f(point)``."""
    ahead, behind = point.copy(), point.copy()
    ahead[k] += h
    behind[k] -= h
    if ahead[k] == point[k] or behind[k] == point[k]:
        raise ValueError(f"h = {h:g} is lost in rounding beside x = {point[k]:g} at index {k}")
    if start is not None:
        return (_value(f, ahead, k) - start) / h
    return (_value(f, ahead, k) - _value(f, behind, k)) / (2 * h)


def _value(f: Callable[[Array], float], point: Array, k: tuple[int, ...]) -> float:
    value = np.asarray(f(point))
    if value.ndim or not np.isfinite(value):
        raise ValueError(f"f must return one finite number, got {value} at index {k}")
    return float(value)


def directional_derivative(grad: ArrayLike, v: ArrayLike) -> float:
    """Return the slope along v of a function whose gradient is `grad`: ``sum(grad * v)``.

    v is taken as it is: with a v of length 1 the slope is per unit of length, and by the inequality of
    Cauchy and Schwarz it lies between minus and plus the length of the gradient.

    Parameters
    ----------
    grad, v : array_like of one shape

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> directional_derivative([3.0, 4.0], [0.6, 0.8])
    5.0

    See the book: ``grad-derivative-to-gradient``.
    """
    gradient, direction = as_numbers("grad", grad), as_numbers("v", v)
    if gradient.shape != direction.shape:
        raise ValueError(f"grad has shape {gradient.shape}, v has shape {direction.shape}")
    return float((gradient * direction).sum())


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """Return the largest ``|a - b| / max(|a|, |b|)`` over the entries; 0 where both are 0.

    Below 1e-7 two gradients agree to all that float64 differences can show; above 1e-2 one of them
    is wrong, unless a kink lies within the nudge.

    Parameters
    ----------
    a, b : array_like of one shape

    Returns
    -------
    float, 0 to 2

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> relative_error([1.0, 2.0], [1.0, 2.5])
    0.2

    See the book: ``grad-check``, ``hinge-gradient``.
    """
    first, second = as_numbers("a", a), as_numbers("b", b)
    if first.shape != second.shape:
        raise ValueError(f"a has shape {first.shape}, b has shape {second.shape}")
    size = np.maximum(np.abs(first), np.abs(second))
    gap = np.abs(first - second)
    return float(np.max(gap / np.where(size > 0, size, 1), initial=0.0))


class GradientCheck(NamedTuple):
    """One entry of a gradient check."""

    entry: tuple[int, ...]
    numerical: float
    analytic: float
    relative_error: float


def grad_check_sparse(
    f: Callable[[Array], float],
    x: ArrayLike,
    analytic_grad: ArrayLike,
    num_checks: int = 10,
    h: float = 1e-5,
    rng: np.random.Generator | int | None = None,
) -> list[GradientCheck]:
    """Hold a gradient against centered differences at a few entries drawn at random.

    Parameters
    ----------
    f : callable (array of the shape of x) -> float
    x : array_like, any shape, not empty
    analytic_grad : array_like of the shape of x
    num_checks : int
        How many entries to draw, with replacement.
    h : float, more than 0
    rng : numpy Generator, seed, or None

    Returns
    -------
    list of GradientCheck
        ``(entry, numerical, analytic, relative_error)``, one an entry drawn.

    Raises
    ------
    ValueError
        If the gradient has another shape than x, or x is empty.

    Examples
    --------
    >>> check, = grad_check_sparse(lambda x: (x**2).sum(), [3.0], [6.0], num_checks=1)
    >>> check.relative_error < 1e-7
    True

    See the book: ``grad-check``, ``hinge-gradient``.
    """
    point, analytic = as_numbers("x", x).astype(np.float64), as_numbers("analytic_grad", analytic_grad)
    if analytic.shape != point.shape:
        raise ValueError(f"analytic_grad has shape {analytic.shape}, x has shape {point.shape}")
    if point.size == 0:
        raise ValueError("x has no entries to check")
    as_scalar("h", h, minimum=0, strict=True)
    draw = np.random.default_rng(rng)
    checks = []
    for flat in draw.integers(point.size, size=as_count("num_checks", num_checks)):
        index: tuple[Any, ...] = tuple(int(i) for i in np.unravel_index(flat, point.shape))
        numerical, formula = _slope(f, point, index, h), float(analytic[index])
        checks.append(GradientCheck(index, numerical, formula, relative_error(numerical, formula)))
    return checks
