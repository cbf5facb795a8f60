"""Hinge losses: the true class must win by a margin.

Of each kind there is the readable twin (loops) and the fast twin (arrays). The fast one goes through
the scores: ``hinge_on_scores`` gives dL/dS, and ``dW = X.T @ dS`` is the same for every loss.

Book: chapter 3, "Hinge loss".
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_labels, as_numbers, as_scalar, like, plain
from lintutor.losses._linear import margin_loss, scores_and_labels

__all__ = [
    "hinge_loss_half_vectorized",
    "hinge_loss_naive",
    "hinge_loss_one",
    "hinge_loss_vectorized",
    "hinge_margins",
    "hinge_on_scores",
    "squared_hinge_loss_naive",
    "squared_hinge_loss_vectorized",
]


def hinge_loss_one(s: Any, y: int, delta: Any = 1.0) -> Any:
    """Return the hinge loss of one example from its scores.

    The sum over the wrong classes j of ``max(0, s[j] - s[y] + delta)``.

    Parameters
    ----------
    s : array_like (C,)
        Scores, one a class.
    y : int
        The true class, 0 .. C-1.
    delta : float, at least 0
        The margin by which the true class must win.

    Returns
    -------
    float

    Raises
    ------
    ValueError, TypeError
        If y is not one of the classes, or a score is not finite.
    FloatingPointError
        If the scores are so far apart that the loss overflows.

    Examples
    --------
    >>> hinge_loss_one([13.0, -7.0, 11.0], y=0, delta=10.0)
    8.0

    See the book: ``hinge-definition``.
    """
    s, y, delta = _checked_row(s, y, delta)
    loss = 0 * delta
    for j in range(len(s)):
        if j != y:  # the true class does not compete with itself
            loss += max(0, s[j] - s[y] + delta)
    return loss


def _checked_row(s: ArrayLike, y: int, delta: float) -> tuple[Any, int, Any]:
    """Return scores as a list of Python numbers, the label and the margin, or refuse them."""
    scores = as_numbers("s", s, 1)
    label = int(as_labels("y", [y], 1, len(scores))[0])
    margin = like(as_scalar("delta", delta, minimum=0), scores)
    if scores.dtype != object:
        with np.errstate(over="ignore"):
            if not np.isfinite(len(scores) * (np.ptp(scores) + margin)):
                raise FloatingPointError(f"the loss overflows {scores.dtype}: scores are too far apart")
    return scores.tolist(), label, plain(margin, scores)


def hinge_margins(S: ArrayLike, y: ArrayLike, delta: float = 1.0) -> Array:
    """Return every margin ``max(0, S[i, j] - S[i, y[i]] + delta)``, zero at the true class.

    Parameters
    ----------
    S : array_like (N, C)
        Scores.
    y : array_like (N,) of int
        True classes.
    delta : float, at least 0

    Returns
    -------
    ndarray (N, C)
        Row i sums to the loss of example i.

    Raises
    ------
    ValueError, TypeError
        If a label is not one of the classes, or a score is not finite.

    Examples
    --------
    >>> hinge_margins([[3.2, 5.1, -1.7]], [0]).round(2)
    array([[0. , 2.9, 0. ]])

    See the book: ``hinge-loops-to-vectors``.
    """
    scores = as_numbers("S", S, 2)
    labels = as_labels("y", y, len(scores), scores.shape[1], rows="S")
    return margins_of(scores, labels, like(as_scalar("delta", delta, minimum=0), scores))


def margins_of(S: Array, y: Array, delta: Any) -> Array:
    every = np.arange(len(S))  # (N,)
    true = S[every, y][:, None]  # (N, 1), one true score a row
    margins: Array = np.maximum(0, S - true + delta)  # (N, C)
    margins[every, y] = 0
    return margins


@margin_loss(fast=False)
def hinge_loss_naive(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return the mean hinge loss and its gradient, one example and one class at a time.

    Parameters
    ----------
    W : array_like (D, C)
    X : array_like (N, D)
    y : array_like (N,) of int
        True classes, 0 .. C-1.
    delta : float, at least 0

    Returns
    -------
    loss : float
        Mean over the N examples, without a penalty.
    dW : ndarray (D, C)
        Its gradient; a margin of exactly 0 contributes 0.

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, a label is not one of the classes, or an entry is not finite.
    FloatingPointError
        If the loss overflows: entries of W and X are too large together.

    Examples
    --------
    >>> loss, dW = hinge_loss_naive([[0.0, 0.0, 0.0]], [[2.0]], [1])
    >>> loss, dW.tolist()
    (2.0, [[2.0, -4.0, 2.0]])

    See the book: ``hinge-gradient``.
    """
    loss = 0
    dW = np.zeros_like(W)
    for i in range(len(X)):
        s = X[i] @ W  # (C,)
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = s[j] - s[y[i]] + delta
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]  # this score is too high
                dW[:, y[i]] -= X[i]  # the true score is too low, once for every such j
    return loss / len(X), dW / len(X)


@margin_loss(fast=False)
def hinge_loss_half_vectorized(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return what :func:`hinge_loss_naive` returns, with one loop over the examples.

    Same parameters, result and errors.

    Examples
    --------
    >>> loss, dW = hinge_loss_half_vectorized([[0.0, 0.0, 0.0]], [[2.0]], [1])
    >>> loss, dW.tolist()
    (2.0, [[2.0, -4.0, 2.0]])

    See the book: ``hinge-loops-to-vectors``.
    """
    loss = 0
    dW = np.zeros_like(W)
    for i in range(len(X)):
        s = X[i] @ W  # (C,)
        margins = np.maximum(0, s - s[y[i]] + delta)  # (C,)
        margins[y[i]] = 0
        loss += margins.sum()
        active = (margins > 0).astype(W.dtype)  # (C,), 1 where the hinge is open
        active[y[i]] = -active.sum()
        dW += X[i][:, None] * active  # (D, 1) * (C,) -> (D, C)
    return loss / len(X), dW / len(X)


def hinge_on_scores(S: ArrayLike, y: ArrayLike, delta: float = 1.0) -> tuple[Any, Array]:
    """Return the mean hinge loss of scores and its gradient with respect to the scores.

    Parameters
    ----------
    S : array_like (N, C)
    y : array_like (N,) of int
        True classes, 0 .. C-1.
    delta : float, at least 0

    Returns
    -------
    loss : float
        Mean over the N rows.
    dS : ndarray (N, C)
        Its gradient; every row sums to 0, and a margin of exactly 0 contributes 0.

    Raises
    ------
    ValueError, TypeError
        If there are no rows, a label is not one of the classes, or a score is not finite.

    Examples
    --------
    >>> loss, dS = hinge_on_scores([[3.2, 5.1, -1.7]], [0])
    >>> round(loss, 2), dS.tolist()
    (2.9, [[-1.0, 1.0, 0.0]])

    See the book: ``hinge-gradient``, ``bp-two-layer-net``.
    """
    scores, labels = scores_and_labels(S, y)
    loss, dS = _hinge(scores, labels, like(as_scalar("delta", delta, minimum=0), scores))
    return plain(loss, scores), plain(dS, scores)


def _hinge(S: Array, y: Array, delta: Any) -> tuple[Any, Array]:
    margins = margins_of(S, y, delta)  # (N, C)
    dS = (margins > 0) * like(1, S)  # (N, C), 1 where a hinge is open
    dS[np.arange(len(y)), y] = -dS.sum(axis=1)  # the true score, once for every open hinge
    return margins.sum() / len(y), dS / len(y)


@margin_loss(fast=True)
def hinge_loss_vectorized(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return what :func:`hinge_loss_naive` returns, without a loop.

    Same parameters, result and errors. Two matrix products do the work: ``X @ W`` for the scores
    and ``X.T @ dS`` for the gradient.

    Examples
    --------
    >>> loss, dW = hinge_loss_vectorized([[0.0, 0.0, 0.0]], [[2.0]], [1])
    >>> loss, dW.tolist()
    (2.0, [[2.0, -4.0, 2.0]])

    See the book: ``hinge-loops-to-vectors``.
    """
    loss, dS = _hinge(X @ W, y, delta)  # (N, C)
    return loss, (dS.T @ X).T  # (D, C): X.T @ dS, turned, so that X is read along its rows


@margin_loss(fast=False)
def squared_hinge_loss_naive(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return the mean squared hinge loss and its gradient, one example and one class at a time.

    The sum over the wrong classes of ``max(0, s[j] - s[y] + delta) ** 2``, averaged over examples.
    Parameters, result and errors are those of :func:`hinge_loss_naive`.

    Examples
    --------
    >>> loss, dW = squared_hinge_loss_naive([[1.0, 0.0]], [[2.0]], [1])
    >>> loss, dW.tolist()
    (9.0, [[12.0, -12.0]])

    See the book: ``hinge-squared``.
    """
    loss = 0
    dW = np.zeros_like(W)
    for i in range(len(X)):
        s = X[i] @ W  # (C,)
        for j in range(W.shape[1]):
            margin = s[j] - s[y[i]] + delta
            if j != y[i] and margin > 0:
                loss += margin**2
                dW[:, j] += 2 * margin * X[i]
                dW[:, y[i]] -= 2 * margin * X[i]
    return loss / len(X), dW / len(X)


@margin_loss(fast=True)
def squared_hinge_loss_vectorized(W: Array, X: Array, y: Array, delta: Any = 1.0) -> tuple[Any, Array]:
    """Return what :func:`squared_hinge_loss_naive` returns, without a loop.

    Same parameters, result and errors.

    Examples
    --------
    >>> loss, dW = squared_hinge_loss_vectorized([[1.0, 0.0]], [[2.0]], [1])
    >>> loss, dW.tolist()
    (9.0, [[12.0, -12.0]])

    See the book: ``hinge-squared``.
    """
    margins = margins_of(X @ W, y, delta)  # (N, C)
    dS = 2 * margins  # (N, C), the derivative of the square, 0 where the hinge is closed
    dS[np.arange(len(y)), y] = -dS.sum(axis=1)
    return (margins**2).sum() / len(y), (dS.T @ X).T / len(y)  # (D, C)
