"""Penalties: what a set of weights costs, whatever the data.

None has a one-half: ``reg`` multiplies the bare sum. A bias row inside W is penalized with the rest;
give ``W[:-1]`` to leave it out.

Book: chapter 5, "Regularization"; previewed in chapter 3.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, as_scalar, like, plain

__all__ = ["elastic_net_penalty", "elastic_net_prox", "l1_penalty", "l2_penalty", "soft_threshold"]


def l2_penalty(W: ArrayLike, reg: float) -> tuple[Any, Array]:
    """Return ``reg * sum(W**2)`` and its gradient ``2 * reg * W``: no one-half anywhere.

    Parameters
    ----------
    W : array_like, any shape
        Weights; a bias row inside W is penalized with the rest.
    reg : float, at least 0
        Strength of the penalty.

    Returns
    -------
    value : float
    gradient : ndarray of the shape of W

    Raises
    ------
    ValueError, TypeError
        If reg is negative, or an entry of W is not a finite number.

    Examples
    --------
    >>> value, gradient = l2_penalty([[1.0, -2.0]], reg=0.5)
    >>> value, gradient.tolist()
    (2.5, [[1.0, -2.0]])

    See the book: ``reg-l2``, ``hinge-penalty-preview``.
    """
    weights, strength = _checked(W, reg)
    value = strength * (weights * weights).sum()
    return plain(value, weights), 2 * strength * weights


def l1_penalty(W: ArrayLike, reg: float) -> tuple[Any, Array]:
    """Return ``reg * sum(|W|)`` and a subgradient, ``reg * sign(W)``.

    At a weight of exactly 0 every slope from -reg to reg supports the penalty; 0 is returned.

    Parameters
    ----------
    W : array_like, any shape
    reg : float, at least 0

    Returns
    -------
    value : float
    gradient : ndarray of the shape of W

    Raises
    ------
    ValueError, TypeError
        If reg is negative, or an entry of W is not a finite number.

    Examples
    --------
    >>> value, gradient = l1_penalty([[1.0, -2.0, 0.0]], reg=0.5)
    >>> value, gradient.tolist()
    (1.5, [[0.5, -0.5, 0.0]])

    See the book: ``reg-l1``.
    """
    weights, strength = _checked(W, reg)
    value = strength * np.abs(weights).sum()
    return plain(value, weights), plain(strength * _sign(weights), weights)


def elastic_net_penalty(W: ArrayLike, reg: float, beta: float) -> tuple[Any, Array]:
    """Return ``reg * sum(beta * W**2 + |W|)`` and a subgradient.

    Parameters
    ----------
    W : array_like, any shape
    reg : float, at least 0
        Strength of the whole penalty.
    beta : float, at least 0
        Weight of the squares beside the absolute values.

    Returns
    -------
    value : float
    gradient : ndarray of the shape of W
        ``reg * (2 * beta * W + sign(W))``.

    Raises
    ------
    ValueError, TypeError
        If reg or beta is negative, or an entry of W is not a finite number.

    References
    ----------
    H. Zou and T. Hastie, Regularization and variable selection via the elastic net, Journal of the
    Royal Statistical Society B 67 (2005), 301-320.

    Examples
    --------
    >>> value, gradient = elastic_net_penalty([[1.0, -2.0]], reg=0.5, beta=2.0)
    >>> value, gradient.tolist()
    (6.5, [[2.5, -4.5]])

    See the book: ``reg-elastic-net``.
    """
    squares, slope = l2_penalty(W, reg)
    absolutes, sign = l1_penalty(W, reg)
    share = like(as_scalar("beta", beta, minimum=0), slope)
    return plain(share * squares + absolutes, slope), share * slope + sign


def soft_threshold(W: ArrayLike, t: float) -> Array:
    """Return ``sign(W) * max(|W| - t, 0)``: every entry moved t towards 0, and no further than 0.

    It is the minimizer of ``(V - W)**2 / 2 + t * |V|``, which is how an L1 penalty makes exact zeros.

    Parameters
    ----------
    W : array_like, any shape
    t : float, at least 0

    Returns
    -------
    ndarray of the shape of W

    Raises
    ------
    ValueError, TypeError
        If t is negative, or an entry of W is not a finite number.

    Examples
    --------
    >>> soft_threshold([3.0, -0.5, -2.0], t=1.0)
    array([ 2.,  0., -1.])

    See the book: ``reg-l1``.
    """
    weights = as_numbers("W", W)
    threshold = like(as_scalar("t", t, minimum=0), weights)
    beyond = np.maximum(weights - threshold, 0) - np.maximum(-weights - threshold, 0)  # one of them is 0
    return np.asarray(plain(beyond, weights)) if weights.ndim else np.asarray(beyond)


def elastic_net_prox(W: ArrayLike, t: float, beta: float) -> Array:
    """Return the minimizer of ``(V - W)**2 / 2 + t * (beta * V**2 + |V|)`` over V.

    It is ``soft_threshold(W, t) / (1 + 2 * t * beta)``.

    Parameters
    ----------
    W : array_like, any shape
    t : float, at least 0
    beta : float, at least 0

    Returns
    -------
    ndarray of the shape of W

    Raises
    ------
    ValueError, TypeError
        If t or beta is negative, or an entry of W is not a finite number.

    Examples
    --------
    >>> elastic_net_prox([3.0, -0.5], t=1.0, beta=0.5)
    array([1., 0.])

    See the book: ``reg-elastic-net``.
    """
    moved = soft_threshold(W, t)
    share = like(as_scalar("beta", beta, minimum=0), moved)
    return np.asarray(moved / (1 + 2 * like(t, moved) * share))


def _checked(W: ArrayLike, reg: float) -> tuple[Array, Any]:
    weights = as_numbers("W", W)
    return weights, like(as_scalar("reg", reg, minimum=0), weights)


def _sign(weights: Array) -> Array:
    """Return -1, 0 or 1; numpy's own has no loop for exact numbers."""
    if weights.dtype != object:
        return np.asarray(np.sign(weights))
    return np.asarray((weights > 0).astype(int) - (weights < 0).astype(int))
