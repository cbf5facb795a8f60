"""Layers of a network as functions: forward gives the output and a cache, backward takes the cache.

A cache holds copies of what backward needs, so that nothing done later to the input can spoil it.

Book: chapter 9, "Backpropagation".
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, like
from lintutor.losses import cross_entropy_on_scores, hinge_on_scores

__all__ = ["affine_backward", "affine_forward", "relu_backward", "relu_forward", "softmax_loss", "svm_loss"]


def affine_forward(x: ArrayLike, w: ArrayLike, b: ArrayLike) -> tuple[Array, tuple[Array, Array]]:
    """Return ``x @ w + b``, each example of x laid out as a row.

    Parameters
    ----------
    x : array_like (N, ...)
        N examples of D numbers each, in any shape.
    w : array_like (D, H)
    b : array_like (H,)

    Returns
    -------
    out : ndarray (N, H)
    cache : (x, w)
        For :func:`affine_backward`.

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, or an entry is not a finite number.

    Examples
    --------
    >>> out, cache = affine_forward([[1.0, 2.0]], [[1.0], [10.0]], [0.5])
    >>> out
    array([[21.5]])

    See the book: ``bp-vector-shapes``.
    """
    x, w, b = as_numbers("x", x), as_numbers("w", w, 2), as_numbers("b", b, 1)
    rows = _rows(x)  # (N, D)
    if rows.shape[1] != w.shape[0]:
        raise ValueError(f"x has {rows.shape[1]} numbers an example, w has {w.shape[0]} rows")
    if len(b) != w.shape[1]:
        raise ValueError(f"b has {len(b)} entries, w has {w.shape[1]} columns")
    return rows @ w + b, (x.copy(), w.copy())  # (N, D) @ (D, H) + (H,) -> (N, H)


def affine_backward(dout: ArrayLike, cache: tuple[Array, Array]) -> tuple[Array, Array, Array]:
    """Return the gradients of an affine layer; each has the only shape that its product can have.

    Parameters
    ----------
    dout : array_like (N, H)
        The gradient that arrives at the output.
    cache : (x, w)
        From :func:`affine_forward`.

    Returns
    -------
    dx : ndarray of the shape of x
    dw : ndarray (D, H)
    db : ndarray (H,)

    Raises
    ------
    ValueError, TypeError
        If dout does not have the shape of the output, or an entry is not a finite number.

    Examples
    --------
    >>> out, cache = affine_forward([[1.0, 2.0]], [[1.0], [10.0]], [0.5])
    >>> dx, dw, db = affine_backward([[3.0]], cache)
    >>> dx.tolist(), dw.tolist(), db.tolist()
    ([[3.0, 30.0]], [[3.0], [6.0]], [3.0])

    See the book: ``bp-vector-shapes``.
    """
    x, w = cache
    rows = _rows(x)  # (N, D)
    dout = _as_upstream(dout, (len(rows), w.shape[1]))
    dx = (dout @ w.T).reshape(x.shape)  # (N, H) @ (H, D) -> (N, D), as x came
    dw = rows.T @ dout  # (D, N) @ (N, H) -> (D, H)
    db = dout.sum(axis=0)  # (H,), for b was added to every row
    return dx, dw, db


def relu_forward(x: ArrayLike) -> tuple[Array, Array]:
    """Return ``max(0, x)``, entry by entry.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    out : ndarray of the shape of x
    cache : ndarray
        x, for :func:`relu_backward`.

    Raises
    ------
    ValueError, TypeError
        If an entry is not a finite number.

    Examples
    --------
    >>> out, cache = relu_forward([-1.0, 0.0, 2.0])
    >>> out
    array([0., 0., 2.])

    See the book: ``bp-relu``.
    """
    x = as_numbers("x", x)
    return np.maximum(x, like(0, x)), x.copy()


def relu_backward(dout: ArrayLike, cache: Array) -> Array:
    """Return the gradient that arrives, set to 0 where the input was not positive.

    Parameters
    ----------
    dout : array_like of the shape of the input
    cache : ndarray
        From :func:`relu_forward`.

    Returns
    -------
    dx : ndarray of the shape of the input

    Raises
    ------
    ValueError, TypeError
        If dout does not have the shape of the input, or an entry is not a finite number.

    Examples
    --------
    >>> out, cache = relu_forward([-1.0, 0.0, 2.0])
    >>> relu_backward([5.0, 5.0, 5.0], cache)
    array([0., 0., 5.])

    See the book: ``bp-relu``.
    """
    dout = _as_upstream(dout, cache.shape)
    return np.where(cache > 0, dout, like(0, dout))


def softmax_loss(x: ArrayLike, y: ArrayLike) -> tuple[Any, Array]:
    """Return the mean cross-entropy loss of scores and its gradient with respect to them.

    The last layer of a network; :func:`lintutor.losses.cross_entropy_on_scores` by the name it has there.

    Parameters
    ----------
    x : array_like (N, C)
        Scores.
    y : array_like (N,) of int
        True classes, 0 .. C-1.

    Returns
    -------
    loss : float
    dx : ndarray (N, C)

    Raises
    ------
    ValueError, TypeError
        If there are no rows, a label is not one of the classes, or a score is not finite.

    Examples
    --------
    >>> loss, dx = softmax_loss([[0.0, 0.0]], [1])
    >>> round(loss, 4), dx.tolist()
    (0.6931, [[0.5, -0.5]])

    See the book: ``bp-two-layer-net``.
    """
    return cross_entropy_on_scores(_as_scores(x), y)


def svm_loss(x: ArrayLike, y: ArrayLike) -> tuple[Any, Array]:
    """Return the mean hinge loss of scores, with margin 1, and its gradient with respect to them.

    The last layer of a network; :func:`lintutor.losses.hinge_on_scores` by the name it has there.

    Parameters
    ----------
    x : array_like (N, C)
        Scores.
    y : array_like (N,) of int
        True classes, 0 .. C-1.

    Returns
    -------
    loss : float
    dx : ndarray (N, C)

    Raises
    ------
    ValueError, TypeError
        If there are no rows, a label is not one of the classes, or a score is not finite.

    Examples
    --------
    >>> loss, dx = svm_loss([[3.2, 5.1, -1.7]], [0])
    >>> round(loss, 2), dx.tolist()
    (2.9, [[-1.0, 1.0, 0.0]])

    See the book: ``bp-two-layer-net``.
    """
    return hinge_on_scores(_as_scores(x), y)


def _rows(x: Array) -> Array:
    """Return examples of any shape as rows (N, D)."""
    if x.ndim == 0:
        raise ValueError("x must hold examples along its first axis, got a single number")
    return x.reshape(len(x), int(np.prod(x.shape[1:])))  # (N, ...) -> (N, D)


def _as_upstream(dout: ArrayLike, shape: tuple[int, ...]) -> Array:
    gradient = as_numbers("dout", dout)
    if gradient.shape != shape:
        raise ValueError(f"dout has shape {gradient.shape}, the output has shape {shape}")
    return gradient


def _as_scores(x: ArrayLike) -> Array:
    scores = as_numbers("x", x, 2)
    if scores.size == 0:
        raise ValueError(f"x must hold at least one row and one column, got shape {scores.shape}")
    return scores
