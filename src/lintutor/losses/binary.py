"""Two classes, one score: the sigmoid, its cross-entropy, and the losses it is compared with.

The sigmoid is the softmax of two scores of which only the difference z matters.

Book: chapter 4, ``softmax-binary-logistic``; the binary hinge in chapter 5.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_integers, as_numbers, as_scalar, like, plain
from lintutor.losses._linear import inexact

__all__ = ["binary_cross_entropy", "binary_hinge_loss", "sigmoid", "sigmoid_squared_error"]


def sigmoid(z: ArrayLike) -> Any:
    """Return ``1 / (1 + exp(-z))``, entry by entry; no exponential overflows.

    Parameters
    ----------
    z : array_like, any shape

    Returns
    -------
    float, or ndarray of the shape of z
        Between 0 and 1, of the precision of z.

    Raises
    ------
    ValueError, TypeError
        If an entry is not a finite number.

    Examples
    --------
    >>> sigmoid([0.0, -1000.0, 1000.0])
    array([0.5, 0. , 1. ])

    See the book: ``softmax-binary-logistic``, ``bp-sigmoid-gate``.
    """
    numbers = inexact(as_numbers("z", z))
    return plain(_sigmoid(numbers), numbers)


def _sigmoid(z: Array) -> Any:
    small = np.exp(-np.abs(z))  # never above 1
    return np.where(z >= 0, 1, small) / (1 + small)


def binary_cross_entropy(z: ArrayLike, y: ArrayLike) -> tuple[Any, Array]:
    """Return the mean cross-entropy loss of two classes and its gradient with respect to the scores.

    One example costs ``log(1 + exp(-z))`` where y is 1 and ``log(1 + exp(z))`` where y is 0: minus the
    logarithm of the probability of what is true. Both terms count, not only the first.

    Parameters
    ----------
    z : array_like (N,)
        The score of class 1; class 0 has score 0.
    y : array_like (N,) of int
        0 or 1.

    Returns
    -------
    loss : float
        Mean over the N examples, in natural logarithms.
    dz : ndarray (N,)
        ``(sigmoid(z) - y) / N``.

    Raises
    ------
    ValueError, TypeError
        If there are no examples, the lengths differ, or a label is neither 0 nor 1.

    Examples
    --------
    >>> loss, dz = binary_cross_entropy([5.0], [0])
    >>> round(loss, 4), dz.round(4)
    (5.0067, array([0.9933]))

    See the book: ``softmax-binary-logistic``.
    """
    scores, labels = _as_binary(z, y, (0, 1))
    scores = inexact(scores)
    against = (1 - 2 * labels) * scores  # (N,), the score of the wrong class over the true one
    losses = np.maximum(0, against) + np.log1p(np.exp(-np.abs(against)))  # (N,)
    dz = (1 - 2 * labels) * _sigmoid(against) / len(labels)  # sigmoid(z) - y, without the difference
    return plain(losses.sum() / len(labels), scores), np.asarray(dz, dtype=scores.dtype)


def binary_hinge_loss(z: ArrayLike, y: ArrayLike, delta: float = 1.0) -> tuple[Any, Array]:
    """Return the mean of ``max(0, delta - y * z)`` and its gradient with respect to the scores.

    Parameters
    ----------
    z : array_like (N,)
        One score an example: positive is a vote for class +1.
    y : array_like (N,) of int
        -1 or +1.
    delta : float, at least 0

    Returns
    -------
    loss : float
        Mean over the N examples.
    dz : ndarray (N,)
        Its gradient; a margin of exactly 0 contributes 0.

    Raises
    ------
    ValueError, TypeError
        If there are no examples, the lengths differ, or a label is neither -1 nor +1.

    Examples
    --------
    >>> loss, dz = binary_hinge_loss([0.5, -2.0], [1, -1])
    >>> loss, dz.tolist()
    (0.25, [-0.5, 0.0])

    See the book: ``hinge-binary-svm``.
    """
    scores, labels = _as_binary(z, y, (-1, 1))
    margins = np.maximum(0, like(as_scalar("delta", delta, minimum=0), scores) - labels * scores)  # (N,)
    dz = -labels * (margins > 0).astype(scores.dtype) / len(labels)
    return plain(margins.sum() / len(labels), scores), plain(dz.astype(scores.dtype), scores)


def sigmoid_squared_error(z: ArrayLike, y: ArrayLike) -> tuple[Any, Array]:
    """Return the mean of ``(sigmoid(z) - y)**2 / 2`` and its gradient: the loss that saturates.

    Its gradient ``(p - y) p (1 - p)`` vanishes where the answer is most wrong, which is why
    classifiers are not trained on it.

    Parameters
    ----------
    z : array_like (N,)
        The score of class 1; class 0 has score 0.
    y : array_like (N,) of int
        0 or 1.

    Returns
    -------
    loss : float
    dz : ndarray (N,)

    Raises
    ------
    ValueError, TypeError
        If there are no examples, the lengths differ, or a label is neither 0 nor 1.

    Examples
    --------
    >>> loss, dz = sigmoid_squared_error([0.0], [1])
    >>> loss, dz.tolist()
    (0.125, [-0.125])

    See the book: ``softmax-why-not-mse``.
    """
    scores, labels = _as_binary(z, y, (0, 1))
    scores = inexact(scores)
    p = _sigmoid(scores)  # (N,)
    dz = (p - labels) * p * _sigmoid(-scores) / len(labels)
    return plain(((p - labels) ** 2 / 2).sum() / len(labels), scores), np.asarray(dz, dtype=scores.dtype)


def _as_binary(z: ArrayLike, y: ArrayLike, allowed: tuple[int, int]) -> tuple[Array, Array]:
    """Return scores (N,) and labels (N,), each one of the two allowed."""
    scores, labels = as_numbers("z", z, 1), as_integers("y", y)
    if len(scores) == 0:
        raise ValueError("z is empty: a mean over no examples is not defined")
    if len(labels) != len(scores):
        raise ValueError(f"y has {len(labels)} labels for {len(scores)} scores")
    wrong = np.flatnonzero(~np.isin(labels, allowed))
    if len(wrong):
        one, other = allowed
        raise ValueError(f"y must hold {one} or {other}, got {labels[wrong[0]]} at index {wrong[0]}")
    return scores, labels.astype(scores.dtype) if scores.dtype != object else labels
