"""Gradient descent, on all examples at once or on a minibatch at a time.

Both walk the same way: loss and gradient, a look by the callback, a move. W may be one array or a
dict of arrays by name (the layers of a network); the gradient comes in the same form.

Book: used in chapter 3; explained in chapter 7, "SGD".
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from numbers import Real
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_numbers
from lintutor.optimizers.batches import epoch_batches, sample_batch
from lintutor.optimizers.rules import Config, as_momentum, sgd_momentum, sgd_nesterov, sgd_plain
from lintutor.optimizers.schedules import Schedule, as_schedule
from lintutor.optimizers.stopping import Callback, says_stop
from lintutor.progress import Advance, bar

__all__ = ["gradient_descent", "sgd"]

Named = dict[str, Array]
_LONE = "W"  # the name of weights that came as a single array


def gradient_descent(
    loss_and_grad: Callable[[Any], tuple[Any, Any]],
    W: ArrayLike | Mapping[str, ArrayLike],
    learning_rate: float | Schedule = 1e-3,
    num_steps: int = 100,
    *,
    momentum: float = 0.0,
    nesterov: bool = False,
    callback: Callback | None = None,
    progress: bool = False,
) -> tuple[Any, list[float]]:
    """Lower a loss by steps against its gradient.

    Parameters
    ----------
    loss_and_grad : callable (W) -> (loss, dW)
    W : array_like, any shape, or dict of them
        Where to start; it is not changed.
    learning_rate : float, more than 0, or schedule (step -> rate)
    num_steps : int, at least 0
    momentum : float, 0 up to but not 1
    nesterov : bool
        Look ahead; needs momentum.
    callback : callable (step, loss, W) -> bool or None, optional
        Called before each move; True stops there, without the move.
    progress : bool
        Show a bar with the loss.

    Returns
    -------
    W : ndarray, or dict of them
        The weights after the last move.
    history : list of float
        The loss before each move, and where the callback stopped.

    Raises
    ------
    ValueError, TypeError
        If the gradient has another shape than W, or a setting is out of range.
    FloatingPointError
        If loss or gradient stop being finite: the learning rate is too high.

    Examples
    --------
    >>> W, history = gradient_descent(lambda W: ((W**2).sum(), 2 * W), [1.0, -2.0], 0.25, 3)
    >>> W, history
    (array([ 0.125, -0.25 ]), [5.0, 1.25, 0.3125])

    See the book: ``sgd-gradient-descent``.
    """
    steps = as_count("num_steps", num_steps, minimum=0)
    with bar(steps, "gradient descent", shown=progress) as advance:
        rule = _Rule(learning_rate, momentum, nesterov)
        return _walk(loss_and_grad, tuple, W, steps, rule, callback, advance)


def sgd(
    loss_and_grad: Callable[[Any, Array, Array], tuple[Any, Any]],
    W: ArrayLike | Mapping[str, ArrayLike],
    X: ArrayLike,
    y: ArrayLike,
    *,
    learning_rate: float | Schedule = 1e-3,
    num_iters: int = 100,
    batch_size: int = 200,
    momentum: float = 0.0,
    nesterov: bool = False,
    sampling: str = "replacement",
    rng: np.random.Generator | int | None = None,
    callback: Callback | None = None,
    progress: bool = False,
) -> tuple[Any, list[float]]:
    """Lower a loss by minibatch stochastic gradient descent.

    Each step takes a batch and moves W against the gradient on that batch.

    Parameters
    ----------
    loss_and_grad : callable (W, X_batch, y_batch) -> (loss, dW)
        It refuses what does not fit; the classes that y may hold are its business.
    W : array_like, any shape, or dict of them
        Where to start; it is not changed.
    X : array_like (N, ...)
    y : array_like (N,)
    learning_rate : float, more than 0, or schedule (step -> rate)
    num_iters : int, at least 0
        Number of steps.
    batch_size : int, at least 1
    momentum : float, 0 up to but not 1
    nesterov : bool
        Look ahead; needs momentum.
    sampling : {"replacement", "epochs"}
        Draw each batch with replacement, so that it may exceed N; or shuffle the examples, deal them
        out, and shuffle again when all have come.
    rng : numpy Generator, seed, or None
    callback : callable (step, loss, W) -> bool or None, optional
        Called before each move with the loss on the batch; True stops there, without the move.
    progress : bool
        Show a bar with the loss.

    Returns
    -------
    W : ndarray, or dict of them
        The weights after the last move.
    history : list of float
        The loss on each batch, before the move made from it.

    Raises
    ------
    ValueError, TypeError
        If X and y do not fit, the gradient has another shape than W, or a setting is out of range.
    FloatingPointError
        If loss or gradient stop being finite: the learning rate is too high.

    Examples
    --------
    >>> from lintutor.objective import svm_loss_vectorized
    >>> W, history = sgd(lambda W, X, y: svm_loss_vectorized(W, X, y, 0.0), np.zeros((1, 2)),
    ...                  [[1.0], [-1.0]], [0, 1], learning_rate=0.5, num_iters=20, rng=0)
    >>> history[0], history[-1]
    (1.0, 0.0)

    See the book: ``sgd-minibatch``.
    """
    rows, labels = as_numbers("X", X), np.asarray(y)
    size, draw = as_count("batch_size", batch_size), np.random.default_rng(rng)
    batch: Callable[[], tuple[Array, ...]]
    if sampling == "epochs":
        batch = partial(next, epoch_batches(rows, labels, size, draw, num_epochs=None))
    elif sampling == "replacement":
        batch = partial(sample_batch, rows, labels, size, draw)
    else:
        raise ValueError(f"sampling must be one of replacement, epochs, got {sampling!r}")
    steps = as_count("num_iters", num_iters, minimum=0)
    with bar(steps, "SGD", shown=progress) as advance:
        rule = _Rule(learning_rate, momentum, nesterov)
        return _walk(loss_and_grad, batch, W, steps, rule, callback, advance)


class _Rule:
    """An update rule with its settings, and what it remembers of every array that it moves."""

    def __init__(self, learning_rate: float | Schedule, momentum: float, nesterov: bool) -> None:
        kept = as_momentum(momentum)
        if nesterov and not kept:
            raise ValueError("nesterov looks ahead along the velocity: it needs momentum more than 0")
        self.rate = as_schedule(learning_rate)
        self._config: Config = {"momentum": kept} if kept else {}
        self._rule = sgd_nesterov if nesterov else sgd_momentum if kept else sgd_plain
        self._memory: dict[str, Config] = {}

    def moved(self, rate: float, weights: Named, gradient: Named) -> Named:
        """Return the weights after a step at this rate, in new arrays."""
        after = {}
        for name, w in weights.items():
            config = self._memory.get(name, self._config) | {"learning_rate": rate}
            after[name], self._memory[name] = self._rule(w, gradient[name], config)
        return after


def _walk(
    loss_and_grad: Callable[..., tuple[Any, Any]],
    batch: Callable[[], tuple[Array, ...]],
    W: ArrayLike | Mapping[str, ArrayLike],
    num_steps: int,
    rule: _Rule,
    callback: Callback | None,
    advance: Advance,
) -> tuple[Any, list[float]]:
    """Measure, look, move, again and again; what `batch` returns is given to the loss after W.

    A batch is held by nobody once its loss is known: its memory serves for the next one.
    """
    weights, history = _named(W), []
    shaped: Callable[[Named], Any] = dict if isinstance(W, Mapping) else itemgetter(_LONE)
    rate = None  # of the latest move
    for step in range(num_steps):
        try:
            with np.errstate(over="raise", invalid="raise"):
                loss, dW = loss_and_grad(shaped(weights), *batch())
                gradient = _gradient(dW, weights)
                if np.ndim(loss) or not isinstance(loss, (Real, np.ndarray)):
                    raise TypeError(f"the loss must be one number, got {loss!r}")
                _refuse_overflow(loss, gradient)
                rate = rule.rate(step)
                after = rule.moved(rate, weights, gradient)
        except FloatingPointError:
            raise FloatingPointError(_overflow(step, rate)) from None
        history.append(float(loss))
        if callback is not None and says_stop(callback(step, history[-1], shaped(weights))):
            break
        weights = after
        advance(1, f"loss {history[-1]:.4g}")
    return shaped(weights), history


def _named(W: ArrayLike | Mapping[str, ArrayLike]) -> Named:
    """Return copies of the weights by name; a single array gets a name too."""
    if not isinstance(W, Mapping):
        return {_LONE: as_numbers(_LONE, W).copy()}
    if not W:
        raise ValueError("W must hold at least one array, got an empty dict")
    return {name: as_numbers(name, part).copy() for name, part in W.items()}


def _gradient(dW: Any, weights: Named) -> Named:
    """Return the gradient by name, each part of the shape and precision of its weights."""
    parts = dW if isinstance(dW, Mapping) else {_LONE: dW}
    if parts.keys() != weights.keys():
        raise ValueError(f"the gradient has {', '.join(parts)}; the weights are {', '.join(weights)}")
    gradient = {name: np.asarray(parts[name], dtype=w.dtype) for name, w in weights.items()}
    for name, w in weights.items():
        if gradient[name].shape != w.shape:
            raise ValueError(f"the gradient of {name} has shape {gradient[name].shape}, {name} has {w.shape}")
    return gradient


def _refuse_overflow(loss: Any, gradient: Named) -> None:
    """Raise FloatingPointError if an overflow left no other trace than inf or nan."""
    if not all(math.isfinite(number) for number in (loss, *(part.sum() for part in gradient.values()))):
        raise FloatingPointError


def _overflow(step: int, rate: float | None) -> str:
    """Return what went wrong: before the first move, no rate can be to blame."""
    if rate is None:
        return "the loss or its gradient overflowed at step 0: at the W to start from, or data far too large"
    return f"the loss overflowed at step {step}: learning_rate {rate:g} is too high"
