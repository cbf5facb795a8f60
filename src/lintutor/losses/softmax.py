"""Softmax and the cross-entropy loss: scores read as logarithms of odds.

Every exponential here is taken of a score minus the largest one: none overflows, and the largest is
exactly 1. The loss is ``log_sum_exp(s) - s[y]``, with ``log1p`` over all but the largest term: a loss
of 1e-48 comes out as 1e-48, not as 0.

Book: chapter 4, "Softmax and cross-entropy".
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_labels, as_numbers, as_scalar, plain
from lintutor.losses._linear import inexact, likelihood_loss, scores_and_labels

__all__ = [
    "cross_entropy_loss_naive",
    "cross_entropy_loss_one",
    "cross_entropy_loss_vectorized",
    "cross_entropy_on_scores",
    "log_softmax",
    "log_sum_exp",
    "softmax",
]


def _as_scores(S: ArrayLike) -> Array:
    """Return scores (..., C), at least one class."""
    scores = inexact(as_numbers("S", S))
    if scores.ndim == 0 or scores.shape[-1] == 0:
        raise ValueError(f"S must have at least one score in its last axis, got shape {scores.shape}")
    return scores


def log_sum_exp(S: ArrayLike) -> Any:
    """Return ``log(sum(exp(s)))`` over the last axis: a smooth maximum, at most log C above it.

    Parameters
    ----------
    S : array_like (..., C)
        Scores of any finite size.

    Returns
    -------
    float, or ndarray (...)

    Raises
    ------
    ValueError, TypeError
        If there is no score, or one is not finite.

    Examples
    --------
    >>> round(log_sum_exp([1000.0, 1000.0]), 4)
    1000.6931

    See the book: ``softmax-stability``.
    """
    scores = _as_scores(S)
    top, _, rest = _top_and_rest(scores)
    return plain((top + np.log1p(rest))[..., 0], scores)


def _top_and_rest(S: Array) -> tuple[Array, Array, Array]:
    """Return the largest score (..., 1), all exp(s - largest) (..., C), and their sum without it (..., 1)."""
    rows = S.reshape(-1, S.shape[-1])  # (M, C)
    every, winner = np.arange(len(rows)), rows.argmax(axis=1)  # (M,)
    top = rows[every, winner]  # (M,)
    E = np.exp(rows - top[:, None])  # (M, C), none above 1
    E[every, winner] = 0
    rest = E.sum(axis=1)  # (M,), without the 1 of the winner, which would swallow small terms
    E[every, winner] = 1
    one_a_row = (*S.shape[:-1], 1)
    return top.reshape(one_a_row), E.reshape(S.shape), rest.reshape(one_a_row)


def log_softmax(S: ArrayLike) -> Array:
    """Return ``s - log_sum_exp(s)`` along the last axis: the logarithms of :func:`softmax`.

    Parameters
    ----------
    S : array_like (..., C)

    Returns
    -------
    ndarray (..., C)
        Finite also where the probability itself underflows to 0.

    Raises
    ------
    ValueError, TypeError
        If there is no score, or one is not finite.

    Examples
    --------
    >>> log_softmax([0.0, 1000.0])
    array([-1000.,     0.])

    See the book: ``softmax-stability``.
    """
    scores = _as_scores(S)
    top, _, rest = _top_and_rest(scores)
    return np.asarray((scores - top) - np.log1p(rest))  # (..., C)


def softmax(S: ArrayLike, temperature: float = 1.0) -> Array:
    """Return positive shares along the last axis that sum to one: ``exp(s) / sum(exp(s))``.

    Parameters
    ----------
    S : array_like (..., C)
        Scores of any finite size.
    temperature : float, more than 0
        Divides the scores: towards 0 the largest takes all, towards infinity all are equal.

    Returns
    -------
    ndarray (..., C)

    Raises
    ------
    ValueError, TypeError
        If there is no score, one is not finite, or the temperature is not positive.

    Examples
    --------
    >>> softmax([123.0, 456.0, 789.0])
    array([5.75274406e-290, 2.39848787e-145, 1.00000000e+000])

    See the book: ``softmax-function``, ``softmax-stability``.
    """
    scores = _as_scores(S)
    if as_scalar("temperature", temperature, minimum=0, strict=True) != 1:
        scores = (scores - scores.max(axis=-1, keepdims=True)) / temperature  # (..., C), none above 0
    _, E, rest = _top_and_rest(scores)
    return np.asarray(E / (1 + rest))  # (..., C)


def cross_entropy_loss_one(s: ArrayLike, y: int) -> Any:
    """Return the cross-entropy loss of one example: ``-s[y] + log(sum(exp(s)))``, in natural logarithms.

    Parameters
    ----------
    s : array_like (C,)
        Scores, one a class.
    y : int
        The true class, 0 .. C-1.

    Returns
    -------
    float
        Minus the logarithm of the probability that softmax gives to the true class.

    Raises
    ------
    ValueError, TypeError
        If y is not one of the classes, or a score is not finite.

    Examples
    --------
    >>> round(cross_entropy_loss_one([3.2, 5.1, -1.7], y=0), 2)
    2.04

    See the book: ``softmax-cross-entropy-loss``.
    """
    scores = inexact(as_numbers("s", s, 1))
    label = as_labels("y", [y], 1, len(scores))
    return plain(_cross_entropy(scores[None, :], label)[0], scores)


def cross_entropy_on_scores(S: ArrayLike, y: ArrayLike) -> tuple[Any, Array]:
    """Return the mean cross-entropy loss of scores and its gradient with respect to the scores.

    Parameters
    ----------
    S : array_like (N, C)
    y : array_like (N,) of int
        True classes, 0 .. C-1.

    Returns
    -------
    loss : float
        Mean over the N rows, in natural logarithms.
    dS : ndarray (N, C)
        ``(softmax(S) - onehot(y)) / N``; every row sums to 0.

    Raises
    ------
    ValueError, TypeError
        If there are no rows, a label is not one of the classes, or a score is not finite.

    Examples
    --------
    >>> loss, dS = cross_entropy_on_scores([[0.0, 0.0]], [1])
    >>> round(loss, 4), dS.tolist()
    (0.6931, [[0.5, -0.5]])

    See the book: ``softmax-gradient``, ``bp-two-layer-net``.
    """
    scores, labels = scores_and_labels(S, y)
    scores = inexact(scores)
    loss, dS = _cross_entropy(scores, labels)
    return plain(loss, scores), dS


def _cross_entropy(S: Array, y: Array) -> tuple[Any, Array]:
    every = np.arange(len(y))  # (N,)
    top, E, rest = _top_and_rest(S)  # (N, 1), (N, C), (N, 1)
    losses = (top[:, 0] - S[every, y]) + np.log1p(rest[:, 0])  # (N,)
    dS = E / ((1 + rest) * len(y))  # (N, C), the probabilities over N
    dS[every, y] = 0
    dS[every, y] = -dS.sum(axis=1)  # p - 1, kept exact where p is nearly 1
    return losses.sum() / len(y), dS


@likelihood_loss(fast=False)
def cross_entropy_loss_naive(W: Array, X: Array, y: Array) -> tuple[Any, Array]:
    """Return the mean cross-entropy loss and its gradient, one example and one class at a time.

    Parameters
    ----------
    W : array_like (D, C)
    X : array_like (N, D)
    y : array_like (N,) of int
        True classes, 0 .. C-1.

    Returns
    -------
    loss : float
        Mean over the N examples of ``log(sum(exp(s))) - s[y]``, without a penalty.
    dW : ndarray (D, C)
        Its gradient.

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, a label is not one of the classes, or an entry is not finite.
    FloatingPointError
        If the loss overflows: entries of W and X are too large together.

    Examples
    --------
    >>> loss, dW = cross_entropy_loss_naive([[0.0, 0.0]], [[2.0]], [1])
    >>> round(loss, 4), dW.tolist()
    (0.6931, [[1.0, -1.0]])

    See the book: ``softmax-vectorized``.
    """
    loss = 0
    dW = np.zeros_like(W)
    for i in range(len(X)):
        s = X[i] @ W  # (C,)
        top = max(s)
        exponentials = [np.exp(score - top) for score in s]  # the largest is exp(0): no overflow
        total = sum(exponentials)
        loss += top - s[y[i]] + np.log(total)
        for j in range(W.shape[1]):
            p = exponentials[j] / total
            dW[:, j] += (p - (j == y[i])) * X[i]
    return loss / len(X), dW / len(X)


@likelihood_loss(fast=True)
def cross_entropy_loss_vectorized(W: Array, X: Array, y: Array) -> tuple[Any, Array]:
    """Return what :func:`cross_entropy_loss_naive` returns, without a loop.

    Same parameters, result and errors; keeps more digits where the loss is tiny.

    Examples
    --------
    >>> loss, dW = cross_entropy_loss_vectorized([[0.0, 0.0]], [[2.0]], [1])
    >>> round(loss, 4), dW.tolist()
    (0.6931, [[1.0, -1.0]])

    See the book: ``softmax-vectorized``.
    """
    loss, dS = _cross_entropy(X @ W, y)  # (N, C)
    return loss, (dS.T @ X).T  # (D, C): X.T @ dS, turned, so that X is read along its rows
