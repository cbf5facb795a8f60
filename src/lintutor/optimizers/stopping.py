"""Stopping rules: callbacks that return True when it is time to stop.

:func:`lintutor.optimizers.sgd` calls its callback with ``(step, loss, W)`` before every move; True ends
the walk there. Book: chapter 7, "SGD".
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from lintutor._check import Array, as_count, as_scalar

__all__ = ["Callback", "Validation", "any_of", "gradient_norm_below", "loss_below"]

#: Called with (step, loss, W); True ends the walk.
Callback = Callable[[int, float, Any], bool | None]


def says_stop(answer: Any) -> bool:
    """Return whether a callback answered True; whatever else it returns means nothing."""
    return isinstance(answer, (bool, np.bool_)) and bool(answer)


def any_of(*callbacks: Callback) -> Callback:
    """Return the callback that calls all of these in turn and stops when any of them says so.

    Parameters
    ----------
    *callbacks : callable (step, loss, W) -> bool or None

    Returns
    -------
    callable (step, loss, W) -> bool

    Examples
    --------
    >>> seen = []
    >>> stop = any_of(lambda step, loss, W: seen.append(loss), loss_below(0.5))
    >>> [stop(step, loss, None) for step, loss in enumerate([2.0, 0.4])], seen
    ([False, True], [2.0, 0.4])

    See the book: ``sgd-stopping``.
    """

    def called(step: int, loss: float, W: Any) -> bool:
        answers = [callback(step, loss, W) for callback in callbacks]  # every one is called
        return any(says_stop(answer) for answer in answers)

    return called


def loss_below(threshold: float) -> Callback:
    """Return the callback that stops at the first loss below `threshold`.

    The loss of a batch goes up and down: below the threshold once is not there to stay.

    Parameters
    ----------
    threshold : float

    Returns
    -------
    callable (step, loss, W) -> bool

    Examples
    --------
    >>> loss_below(0.1)(7, 0.05, None)
    True

    See the book: ``sgd-stopping``.
    """
    as_scalar("threshold", threshold)
    return lambda step, loss, W: bool(loss < threshold)


def gradient_norm_below(
    loss_and_grad: Callable[[Any], tuple[Any, Any]], threshold: float, every: int = 1
) -> Callback:
    """Return the callback that stops where the whole gradient is shorter than `threshold`.

    The gradient of a batch never comes to rest, so this one is computed anew, over all that
    `loss_and_grad` sees, every so many steps.

    Parameters
    ----------
    loss_and_grad : callable (W) -> (loss, dW)
    threshold : float, more than 0
        Compared with the Euclidean norm of all entries of dW.
    every : int, at least 1

    Returns
    -------
    callable (step, loss, W) -> bool

    Raises
    ------
    ValueError, TypeError
        If the threshold is not more than 0, or `every` not at least 1.

    Examples
    --------
    >>> stop = gradient_norm_below(lambda W: ((W**2).sum(), 2 * W), threshold=0.1)
    >>> stop(0, 1.0, np.array([1.0])), stop(1, 0.0, np.array([0.01]))
    (False, True)

    See the book: ``sgd-stopping``.
    """
    as_scalar("threshold", threshold, minimum=0, strict=True)
    as_count("every", every)

    def called(step: int, loss: float, W: Any) -> bool:
        if step % every:
            return False
        dW = loss_and_grad(W)[1]
        parts = dW.values() if isinstance(dW, dict) else [dW]
        return bool(np.sqrt(sum(float((part * part).sum()) for part in parts)) < threshold)

    return called


class Validation:
    """Score the weights every so often, keep the best, and stop when there has been none better for a while.

    Parameters
    ----------
    score : callable (W) -> float
        Higher is better: an accuracy on examples that are not trained on.
    every : int, at least 1
        Steps from one scoring to the next.
    patience : int, at least 1, or None
        Stop after so many scorings in a row that were no better than the best; None never stops.

    Attributes
    ----------
    history : list of (int, float)
        Step and score of every scoring.
    best_score : float
    best_step : int
    best_W : ndarray or dict of ndarray
        The weights that had the best score; of equal scores, the first.

    Examples
    --------
    >>> scores = iter([0.5, 0.7, 0.6, 0.7])
    >>> watch = Validation(lambda W: next(scores), every=10, patience=2)
    >>> [step for step in range(40) if watch(step, 1.0, np.zeros(1))]
    [30]
    >>> watch.best_step, watch.best_score
    (10, 0.7)

    See the book: ``sgd-stopping``.
    """

    def __init__(self, score: Callable[[Any], float], every: int = 100, patience: int | None = None) -> None:
        self.score = score
        self.every = as_count("every", every)
        self.patience = None if patience is None else as_count("patience", patience)
        self.history: list[tuple[int, float]] = []
        self.best_score, self.best_step = -np.inf, -1
        self.best_W: Array | dict[str, Array] | None = None
        self._worse = 0

    def __call__(self, step: int, loss: float, W: Any) -> bool:
        """Score W if it is time to; return whether to stop."""
        if step % self.every:
            return False
        score = float(self.score(W))
        self.history.append((step, score))
        if score > self.best_score:
            self.best_score, self.best_step, self._worse = score, step, 0
            self.best_W = {name: part.copy() for name, part in W.items()} if isinstance(W, dict) else W.copy()
        else:
            self._worse += 1
        return self.patience is not None and self._worse >= self.patience
