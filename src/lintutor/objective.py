"""The objective: data loss plus penalty, the one number that training lowers.

Every objective has the signature of the whole book, ``(W, X, y, reg) -> (loss, dW)``.

Book: chapter 3, "Hinge loss", and chapter 4, "Softmax and cross-entropy"; in full in chapter 5.
"""

from collections.abc import Callable
from typing import Any

from numpy.typing import ArrayLike

from lintutor._check import Array
from lintutor.losses import (
    cross_entropy_loss_naive,
    cross_entropy_loss_vectorized,
    hinge_loss_half_vectorized,
    hinge_loss_naive,
    hinge_loss_vectorized,
    squared_hinge_loss_vectorized,
)
from lintutor.regularizers import l2_penalty

__all__ = [
    "full_loss",
    "softmax_loss_naive",
    "softmax_loss_vectorized",
    "squared_svm_loss",
    "svm_loss_half_vectorized",
    "svm_loss_naive",
    "svm_loss_vectorized",
]

DataLoss = Callable[[Any, Any, Any], tuple[Any, Array]]
Penalty = Callable[[Any, float], tuple[Any, Array]]


def full_loss(
    data_loss: DataLoss, penalty: Penalty, W: ArrayLike, X: ArrayLike, y: ArrayLike, reg: float
) -> tuple[Any, Array]:
    """Return data loss plus penalty, and the sum of their gradients.

    Parameters
    ----------
    data_loss : callable (W, X, y) -> (loss, dW)
        A mean over the examples.
    penalty : callable (W, reg) -> (value, gradient)
    W : array_like (D, C)
    X : array_like (N, D)
    y : array_like (N,) of int
    reg : float, at least 0

    Returns
    -------
    loss : float
    dW : ndarray (D, C)

    Raises
    ------
    ValueError, TypeError
        What the data loss and the penalty raise.

    Examples
    --------
    >>> loss, dW = full_loss(hinge_loss_vectorized, l2_penalty, [[1.0, 0.0]], [[2.0]], [0], reg=0.5)
    >>> loss, dW.tolist()
    (0.5, [[1.0, 0.0]])

    See the book: ``reg-full-loss``.
    """
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss + value, dW + gradient


def svm_loss_naive(
    W: ArrayLike, X: ArrayLike, y: ArrayLike, reg: float, delta: float = 1.0
) -> tuple[Any, Array]:
    """Return the SVM objective and its gradient, by loops.

    Parameters
    ----------
    W : array_like (D, C)
    X : array_like (N, D)
    y : array_like (N,) of int
        True classes, 0 .. C-1.
    reg : float, at least 0
        Multiplies ``sum(W**2)``.
    delta : float, at least 0

    Returns
    -------
    loss : float
        Mean hinge loss plus ``reg * sum(W**2)``.
    dW : ndarray (D, C)

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, a label is not one of the classes, or an entry is not finite.
    FloatingPointError
        If the loss overflows: entries of W and X are too large together.

    Examples
    --------
    >>> loss, dW = svm_loss_naive([[1.0, 0.0]], [[2.0]], [1], reg=0.5)
    >>> loss, dW.tolist()
    (3.5, [[3.0, -2.0]])

    See the book: ``hinge-gradient``.
    """
    return full_loss(lambda W, X, y: hinge_loss_naive(W, X, y, delta), l2_penalty, W, X, y, reg)


def svm_loss_half_vectorized(
    W: ArrayLike, X: ArrayLike, y: ArrayLike, reg: float, delta: float = 1.0
) -> tuple[Any, Array]:
    """Return what :func:`svm_loss_naive` returns, with one loop over the examples.

    Examples
    --------
    >>> svm_loss_half_vectorized([[1.0, 0.0]], [[2.0]], [1], reg=0.5)[0]
    3.5

    See the book: ``hinge-loops-to-vectors``.
    """
    return full_loss(lambda W, X, y: hinge_loss_half_vectorized(W, X, y, delta), l2_penalty, W, X, y, reg)


def svm_loss_vectorized(
    W: ArrayLike, X: ArrayLike, y: ArrayLike, reg: float, delta: float = 1.0
) -> tuple[Any, Array]:
    """Return what :func:`svm_loss_naive` returns, without a loop.

    Examples
    --------
    >>> svm_loss_vectorized([[1.0, 0.0]], [[2.0]], [1], reg=0.5)[0]
    3.5

    See the book: ``hinge-loops-to-vectors``.
    """
    return full_loss(lambda W, X, y: hinge_loss_vectorized(W, X, y, delta), l2_penalty, W, X, y, reg)


def squared_svm_loss(
    W: ArrayLike, X: ArrayLike, y: ArrayLike, reg: float, delta: float = 1.0
) -> tuple[Any, Array]:
    """Return the objective with the squared hinge (L2-SVM) and its gradient.

    Parameters, result and errors are those of :func:`svm_loss_naive`.

    Examples
    --------
    >>> squared_svm_loss([[1.0, 0.0]], [[2.0]], [1], reg=0.5)[0]
    9.5

    See the book: ``hinge-squared``.
    """
    return full_loss(lambda W, X, y: squared_hinge_loss_vectorized(W, X, y, delta), l2_penalty, W, X, y, reg)


def softmax_loss_naive(W: ArrayLike, X: ArrayLike, y: ArrayLike, reg: float) -> tuple[Any, Array]:
    """Return the softmax classifier's objective and its gradient, by loops.

    Parameters
    ----------
    W : array_like (D, C)
    X : array_like (N, D)
    y : array_like (N,) of int
        True classes, 0 .. C-1.
    reg : float, at least 0
        Multiplies ``sum(W**2)``.

    Returns
    -------
    loss : float
        Mean cross-entropy loss plus ``reg * sum(W**2)``.
    dW : ndarray (D, C)

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, a label is not one of the classes, or an entry is not finite.
    FloatingPointError
        If the loss overflows: entries of W and X are too large together.

    Examples
    --------
    >>> loss, dW = softmax_loss_naive([[1.0, 1.0]], [[2.0]], [1], reg=0.5)
    >>> round(loss, 4), dW.tolist()
    (1.6931, [[2.0, 0.0]])

    See the book: ``softmax-vectorized``.
    """
    return full_loss(cross_entropy_loss_naive, l2_penalty, W, X, y, reg)


def softmax_loss_vectorized(W: ArrayLike, X: ArrayLike, y: ArrayLike, reg: float) -> tuple[Any, Array]:
    """Return what :func:`softmax_loss_naive` returns, without a loop.

    Examples
    --------
    >>> round(softmax_loss_vectorized([[1.0, 1.0]], [[2.0]], [1], reg=0.5)[0], 4)
    1.6931

    See the book: ``softmax-vectorized``.
    """
    return full_loss(cross_entropy_loss_vectorized, l2_penalty, W, X, y, reg)
