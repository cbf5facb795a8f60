"""From a loss of the scores to a loss of the weights: checks outside, mathematics inside.

The body of a loss is given W (D, C), X (N, D), y (N,) and its settings, all checked, and returns the
mean over the rows with its gradient. What is here refuses bad arguments, and runs the body of a fast
twin on a block of rows after another when X is larger than a cache.
"""

from collections.abc import Callable
from functools import wraps
from numbers import Real
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_labels, as_numbers, as_problem, as_scalar, is_finite, like, plain

__all__ = ["likelihood_loss", "margin_loss", "scores_and_labels"]

Body = Callable[..., tuple[Any, Array]]

#: Multiplications of a block: few enough for the part of BLAS that multiplies without packing first.
_BLOCK = 1_000_000
#: Bytes of X that are worth no blocks: they stay in the cache between the two products.
_CACHE = 16 * 2**20


class MarginLoss(Protocol):
    """What every loss with a margin is called with."""

    def __call__(self, W: ArrayLike, X: ArrayLike, y: ArrayLike, delta: float = 1.0) -> tuple[Any, Array]: ...


class LikelihoodLoss(Protocol):
    """What every loss without a margin is called with."""

    def __call__(self, W: ArrayLike, X: ArrayLike, y: ArrayLike) -> tuple[Any, Array]: ...


def margin_loss(fast: bool) -> Callable[[Body], MarginLoss]:
    """Make a function of ``(W, X, y, delta)`` from its body; `fast` bodies run in blocks of rows."""

    def make(body: Body) -> MarginLoss:
        @wraps(body)
        def with_checks(W: ArrayLike, X: ArrayLike, y: ArrayLike, delta: float = 1.0) -> tuple[Any, Array]:
            weights, rows, labels = as_problem(W, X, y, finite=not fast)
            margin = like(as_scalar("delta", delta, minimum=0), weights)
            loss, dW = _evaluate(body, fast, weights, rows, labels, margin)
            return plain(loss, weights), plain(dW, weights)

        return with_checks

    return make


def likelihood_loss(fast: bool) -> Callable[[Body], LikelihoodLoss]:
    """Make a function of ``(W, X, y)`` from its body; `fast` bodies run in blocks of rows."""

    def make(body: Body) -> LikelihoodLoss:
        @wraps(body)
        def with_checks(W: ArrayLike, X: ArrayLike, y: ArrayLike) -> tuple[Any, Array]:
            weights, rows, labels = as_problem(W, X, y, finite=not fast)
            loss, dW = _evaluate(body, fast, inexact(weights), inexact(rows), labels)
            return plain(loss, weights) if weights.dtype != object else loss, dW

        return with_checks

    return make


def inexact(array: Array) -> Array:
    """Return exact fractions as float64: an exponential of one is no fraction."""
    if array.dtype == object and all(isinstance(entry, Real) for entry in array.flat):
        return array.astype(np.float64)
    return array


def scores_and_labels(S: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return scores (N, C), at least one of each, and their labels (N,), or refuse them."""
    scores = as_numbers("S", S, 2)
    if scores.shape[1] == 0:
        raise ValueError("S must have at least one column, one a class; it has none")
    if scores.shape[0] == 0:
        raise ValueError("S has no rows: a mean over no examples is not defined")
    return scores, as_labels("y", y, len(scores), scores.shape[1], rows="S")


def _evaluate(body: Body, fast: bool, W: Array, X: Array, y: Array, *settings: Any) -> tuple[Any, Array]:
    """Run a body; for a fast one, look for what is not finite in the result, not in all of X."""
    if W.dtype == object:
        return body(W, X, y, *settings)
    with np.errstate(over="ignore", invalid="ignore"):
        loss, dW = (_in_blocks if fast else _at_once)(body, W, X, y, *settings)
    # An entry of X that is not finite is multiplied into its row of dW, if only by 0: nan either way.
    if not (np.isfinite(loss) and is_finite(dW)):
        as_numbers("X", X)
        raise FloatingPointError(f"the loss overflows {W.dtype}: entries of W and X are too large together")
    return loss, dW


def _at_once(body: Body, W: Array, X: Array, y: Array, *settings: Any) -> tuple[Any, Array]:
    return body(W, X, y, *settings)


def _in_blocks(body: Body, W: Array, X: Array, y: Array, *settings: Any) -> tuple[Any, Array]:
    """Average a loss over blocks of rows: X is read once, and no block leaves the cache half done."""
    N, size = len(X), _BLOCK // W.size
    if X.nbytes <= _CACHE or size < 16:  # fewer rows at once would cost more than they save
        return body(W, X, y, *settings)
    loss, dW = 0.0, np.zeros_like(W.T).T  # (D, C), stored as the blocks are
    for start in range(0, N, size):
        rows = slice(start, min(start + size, N))
        part, gradient = body(W, X[rows], y[rows], *settings)
        share = (rows.stop - start) / N
        loss += share * part
        dW += share * gradient
    return loss, dW
