"""Optimizers: ways to walk downhill. So far one, minibatch stochastic gradient descent.

Book: used in chapter 3; explained in chapter 7, "SGD".
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_problem, as_scalar

__all__ = ["sample_batch", "sgd"]

LossAndGrad = Callable[[Array, Array, Array], tuple[Any, Array]]


def sample_batch(
    X: ArrayLike, y: ArrayLike, batch_size: int, rng: np.random.Generator | int | None = None
) -> tuple[Array, Array]:
    """Return `batch_size` examples drawn at random with replacement.

    With replacement a batch may be larger than the data, and the minibatch gradient is unbiased.

    Parameters
    ----------
    X : array_like (N, D)
    y : array_like (N,)
    batch_size : int, at least 1
    rng : numpy Generator, seed, or None

    Returns
    -------
    X_batch : ndarray (batch_size, D)
    y_batch : ndarray (batch_size,)

    Raises
    ------
    ValueError
        If X has no rows, or X and y differ in length.

    Examples
    --------
    >>> X_batch, y_batch = sample_batch([[1.0], [2.0]], [0, 1], batch_size=5, rng=0)
    >>> X_batch.shape, y_batch.shape
    ((5, 1), (5,))

    See the book: ``sgd-minibatch``.
    """
    rows, labels = np.asarray(X), np.asarray(y)
    if len(rows) == 0:
        raise ValueError("X has no rows to draw from")
    if len(rows) != len(labels):
        raise ValueError(f"y has {len(labels)} labels for {len(rows)} rows of X")
    drawn = np.random.default_rng(rng).integers(len(rows), size=as_count("batch_size", batch_size))
    return rows[drawn], labels[drawn]


def sgd(
    loss_and_grad: LossAndGrad,
    W: ArrayLike,
    X: ArrayLike,
    y: ArrayLike,
    *,
    learning_rate: float = 1e-3,
    num_iters: int = 100,
    batch_size: int = 200,
    rng: np.random.Generator | int | None = None,
    callback: Callable[[int, float, Array], None] | None = None,
) -> tuple[Array, list[float]]:
    """Lower a loss by minibatch stochastic gradient descent.

    Each step draws a batch and moves W by ``-learning_rate * dW``.

    Parameters
    ----------
    loss_and_grad : callable (W, X_batch, y_batch) -> (loss, dW)
    W : array_like (D, C)
        Where to start; it is not changed.
    X : array_like (N, D)
    y : array_like (N,) of int
    learning_rate : float, more than 0
    num_iters : int, at least 0
        Number of steps.
    batch_size : int, at least 1
        Drawn with replacement, so it may exceed N.
    rng : numpy Generator, seed, or None
    callback : callable (step, loss, W) -> None, optional
        Called before each move with the batch loss; for progress and for early looks at W.

    Returns
    -------
    W : ndarray (D, C)
        The weights after the last step.
    history : list of float
        The loss on each batch, before the step taken from it.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a setting is out of range.
    FloatingPointError
        If the loss stops being finite: the learning rate is too high.

    Examples
    --------
    >>> from lintutor.objective import svm_loss_vectorized
    >>> W, history = sgd(lambda W, X, y: svm_loss_vectorized(W, X, y, 0.0), np.zeros((1, 2)),
    ...                  [[1.0], [-1.0]], [0, 1], learning_rate=0.5, num_iters=20, rng=0)
    >>> history[0], history[-1]
    (1.0, 0.0)

    See the book: ``sgd-minibatch``.
    """
    weights, rows, labels = as_problem(W, X, y)
    as_scalar("learning_rate", learning_rate, minimum=0, strict=True)
    as_count("num_iters", num_iters, minimum=0)
    draw = np.random.default_rng(rng)
    weights = weights.copy()
    history: list[float] = []
    for step in range(num_iters):
        X_batch, y_batch = sample_batch(rows, labels, batch_size, draw)
        try:
            with np.errstate(over="raise", invalid="raise"):
                loss, dW = loss_and_grad(weights, X_batch, y_batch)
                step_down = learning_rate * dW
        except FloatingPointError:
            raise FloatingPointError(
                f"the loss overflowed at step {step}: learning_rate {learning_rate:g} is too high"
            ) from None
        if callback is not None:
            callback(step, float(loss), weights)
        weights -= step_down
        history.append(float(loss))
    return weights, history
