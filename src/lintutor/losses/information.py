"""Information: how surprised one is, and how much more so by the wrong probabilities.

All logarithms are natural: the unit is the nat; divide by ``log(2)`` for bits.

Book: chapter 4, ``softmax-information``.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers

__all__ = ["cross_entropy", "entropy", "kl_divergence", "self_information"]


def self_information(p: ArrayLike) -> Any:
    """Return ``-log(p)``, the surprise at an event of probability p, in nats.

    Parameters
    ----------
    p : array_like, any shape
        Probabilities, 0 to 1.

    Returns
    -------
    float, or ndarray of the shape of p
        Infinite where p is 0: what cannot happen would be infinitely surprising.

    Raises
    ------
    ValueError
        If an entry is below 0 or above 1.

    Examples
    --------
    >>> round(self_information(0.5), 4)
    0.6931

    See the book: ``softmax-information``.
    """
    numbers = as_numbers("p", p).astype(np.float64)
    _refuse_outside("p", numbers)
    with np.errstate(divide="ignore"):
        surprise = -np.log(numbers) + 0.0  # + 0.0: certainty is no surprise, not one of -0
    return float(surprise) if surprise.ndim == 0 else surprise


def entropy(p: ArrayLike) -> float:
    """Return the mean surprise ``-sum(p * log(p))`` of a distribution, in nats; 0 log 0 is 0.

    Parameters
    ----------
    p : array_like (C,)
        Probabilities that sum to 1.

    Returns
    -------
    float
        Between 0 and log C.

    Raises
    ------
    ValueError
        If p is not a distribution.

    Examples
    --------
    >>> round(entropy([0.5, 0.5]), 4)
    0.6931

    See the book: ``softmax-information``.
    """
    return cross_entropy(p, p)


def cross_entropy(p: ArrayLike, q: ArrayLike) -> float:
    """Return ``-sum(p * log(q))``: the mean surprise of one who believes q where p is true, in nats.

    The sum runs over the classes. It is no distance: ``cross_entropy(p, p)`` is the entropy of p, not 0.

    Parameters
    ----------
    p, q : array_like (C,)
        Probabilities that sum to 1.

    Returns
    -------
    float
        At least the entropy of p; infinite if q excludes what p allows.

    Raises
    ------
    ValueError
        If p or q is not a distribution, or they differ in length.

    Examples
    --------
    >>> round(cross_entropy([1.0, 0.0], [0.25, 0.75]), 4)
    1.3863

    See the book: ``softmax-information``.
    """
    true, believed = _as_pair(p, q)
    possible = true > 0
    return float((true[possible] * self_information(believed[possible])).sum())


def kl_divergence(p: ArrayLike, q: ArrayLike) -> float:
    """Return ``sum(p * log(p / q))``: the surprise that believing q adds to that of p, in nats.

    Parameters
    ----------
    p, q : array_like (C,)
        Probabilities that sum to 1.

    Returns
    -------
    float
        At least 0, and 0 only where p equals q; infinite if q excludes what p allows. Not symmetric.

    Raises
    ------
    ValueError
        If p or q is not a distribution, or they differ in length.

    Examples
    --------
    >>> round(kl_divergence([0.5, 0.5], [0.25, 0.75]), 4)
    0.1438

    See the book: ``softmax-information``.
    """
    true, believed = _as_pair(p, q)
    possible = true > 0
    true, believed = true[possible], believed[possible]
    with np.errstate(divide="ignore"):
        divergence = (true * (np.log(true) - np.log(believed))).sum()
    return max(0.0, float(divergence))  # it is never below 0; its rounding may be


def _as_pair(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    true, believed = _as_distribution("p", p), _as_distribution("q", q)
    if len(true) != len(believed):
        raise ValueError(f"p has {len(true)} entries, q has {len(believed)}")
    return true, believed


def _as_distribution(name: str, value: ArrayLike) -> Array:
    """Return probabilities (C,) float64 that sum to one."""
    numbers = as_numbers(name, value, 1).astype(np.float64)
    _refuse_outside(name, numbers)
    if not np.isclose(numbers.sum(), 1, rtol=0, atol=1e-6):
        raise ValueError(f"{name} must sum to 1, got {numbers.sum():.9g}")
    return numbers


def _refuse_outside(name: str, numbers: Array) -> None:
    wrong = np.argwhere((numbers < 0) | (numbers > 1))
    if len(wrong):
        where = tuple(int(i) for i in wrong[0])
        place = f" at index {where}" if where else ""
        raise ValueError(f"{name} must lie between 0 and 1, got {numbers[where]}{place}")
