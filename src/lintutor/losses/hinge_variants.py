"""Other hinges of many classes: which wrong classes count, and against what.

The loss of :mod:`lintutor.losses.hinge` (Weston and Watkins) adds up all wrong classes; Crammer and
Singer take the best of them; one-vs-rest compares every score with 0 instead of with another score.

Book: chapter 3, ``hinge-variants``.
"""

from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.losses._linear import margin_loss
from lintutor.losses.hinge import margins_of

__all__ = [
    "crammer_singer_loss_naive",
    "crammer_singer_loss_vectorized",
    "one_vs_rest_hinge_loss_naive",
    "one_vs_rest_hinge_loss_vectorized",
]


@margin_loss(fast=False)
def crammer_singer_loss_naive(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return the mean hinge loss of Crammer and Singer and its gradient, one example at a time.

    Only the best of the wrong classes counts: the mean over the examples of
    ``max(0, max over j != y of s[j] - s[y] + delta)``. Where wrong classes tie for the best, the
    gradient goes to the smallest label. With one class there is no wrong one, and the loss is 0.
    Parameters, result and errors are those of :func:`hinge_loss_naive`.

    References
    ----------
    K. Crammer and Y. Singer, On the Algorithmic Implementation of Multiclass Kernel-based Vector
    Machines, Journal of Machine Learning Research 2 (2001), 265-292.

    Examples
    --------
    >>> loss, dW = crammer_singer_loss_naive([[0.0, 1.0, 2.0]], [[1.0]], [0])
    >>> loss, dW.tolist()
    (3.0, [[-1.0, 0.0, 1.0]])

    See the book: ``hinge-variants``.
    """
    loss = 0
    dW = np.zeros_like(W)
    for i in range(len(X)):
        s = X[i] @ W  # (C,)
        best, worst = 0, None
        for j in range(W.shape[1]):
            margin = s[j] - s[y[i]] + delta
            if j != y[i] and margin > best:
                best, worst = margin, j
        if worst is not None:
            loss += best
            dW[:, worst] += X[i]
            dW[:, y[i]] -= X[i]
    return loss / len(X), dW / len(X)


@margin_loss(fast=True)
def crammer_singer_loss_vectorized(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return what :func:`crammer_singer_loss_naive` returns, without a loop.

    Same parameters, result and errors.

    Examples
    --------
    >>> loss, dW = crammer_singer_loss_vectorized([[0.0, 1.0, 2.0]], [[1.0]], [0])
    >>> loss, dW.tolist()
    (3.0, [[-1.0, 0.0, 1.0]])

    See the book: ``hinge-variants``.
    """
    margins = margins_of(X @ W, y, delta)  # (N, C), 0 at the true class
    every, worst = np.arange(len(y)), margins.argmax(axis=1)  # (N,)
    best = margins[every, worst]  # (N,)
    dS = np.zeros_like(margins)
    dS[every, worst] = best > 0
    dS[every, y] = -dS.sum(axis=1)
    return best.sum() / len(y), (dS.T @ X).T / len(y)  # (D, C)


@margin_loss(fast=False)
def one_vs_rest_hinge_loss_naive(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return the mean one-vs-rest hinge loss and its gradient, one example and one class at a time.

    Every class is a binary problem of its own, with sign t = +1 for its examples and -1 for all
    others: the sum over all classes j of ``max(0, delta - t[j] * s[j])``, averaged over examples. No
    score is compared with another. Parameters, result and errors are those of :func:`hinge_loss_naive`.

    Examples
    --------
    >>> loss, dW = one_vs_rest_hinge_loss_naive([[0.0, 3.0]], [[1.0]], [0])
    >>> loss, dW.tolist()
    (5.0, [[-1.0, 1.0]])

    See the book: ``hinge-variants``.
    """
    loss = 0
    dW = np.zeros_like(W)
    for i in range(len(X)):
        s = X[i] @ W  # (C,)
        for j in range(W.shape[1]):
            sign = 1 if j == y[i] else -1
            margin = delta - sign * s[j]
            if margin > 0:
                loss += margin
                dW[:, j] -= sign * X[i]
    return loss / len(X), dW / len(X)


@margin_loss(fast=True)
def one_vs_rest_hinge_loss_vectorized(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return what :func:`one_vs_rest_hinge_loss_naive` returns, without a loop.

    Same parameters, result and errors.

    Examples
    --------
    >>> loss, dW = one_vs_rest_hinge_loss_vectorized([[0.0, 3.0]], [[1.0]], [0])
    >>> loss, dW.tolist()
    (5.0, [[-1.0, 1.0]])

    See the book: ``hinge-variants``.
    """
    S = X @ W  # (N, C)
    signs = np.full_like(S, -1)  # (N, C)
    signs[np.arange(len(y)), y] = 1
    margins = np.maximum(0, delta - signs * S)
    dS = -signs * (margins > 0)
    return margins.sum() / len(y), (dS.T @ X).T / len(y)  # (D, C)
