"""Penalties: what a set of weights costs, whatever the data.

Book: chapter 5, "Regularization"; previewed in chapter 3.
"""

from typing import Any

from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, as_scalar, like, plain

__all__ = ["l2_penalty"]


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

    See the book: ``hinge-penalty-preview``.
    """
    weights = as_numbers("W", W)
    strength = like(as_scalar("reg", reg, minimum=0), weights)
    value = strength * (weights * weights).sum()
    return plain(value, weights), 2 * strength * weights
