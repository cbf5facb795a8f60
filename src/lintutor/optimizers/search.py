"""Search without a gradient: guess, or take a random step and keep it if it helps.

Both are here to be beaten. Book: chapter 6, "Gradients".
"""

from collections.abc import Callable
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_numbers, as_scalar

__all__ = ["random_local_search", "random_search"]

Loss = Callable[[Array], float]
Seed = np.random.Generator | int | None


def random_search(
    loss: Loss, shape: tuple[int, ...], num_tries: int, rng: Seed = None, *, scale: float = 1e-4
) -> tuple[Array, float]:
    """Guess weights `num_tries` times and return the best guess with its loss.

    Each guess is ``scale * rng.standard_normal(shape)``. Of equal losses the first wins; a loss of nan
    never does.

    Parameters
    ----------
    loss : callable (W) -> float
    shape : tuple of int
        The shape of W.
    num_tries : int, at least 1
    rng : numpy Generator, seed, or None
    scale : float, more than 0
        Standard deviation of the entries of a guess.

    Returns
    -------
    W : ndarray of that shape, float64
    loss : float

    Raises
    ------
    ValueError
        If the loss returns something else than one number, or nan for every guess.

    Examples
    --------
    >>> W, lowest = random_search(lambda W: float(((W - 1) ** 2).sum()), (2,), 100, rng=0, scale=1.0)
    >>> bool(lowest < 0.2)
    True

    See the book: ``sgd-random-search``.
    """
    as_count("num_tries", num_tries)
    as_scalar("scale", scale, minimum=0, strict=True)
    draw = np.random.default_rng(rng)
    best, lowest = None, np.inf
    for _ in range(num_tries):
        W = scale * draw.standard_normal(shape)
        value = _value(loss, W)
        if value < lowest or (best is None and value == lowest):
            best, lowest = W, value
    if best is None:
        raise ValueError(f"loss returned nan for each of the {num_tries} guesses")
    return best, lowest


def random_local_search(
    loss: Loss, W: ArrayLike, num_steps: int, step_size: float, rng: Seed = None
) -> tuple[Array, float]:
    """Try a random step from where you stand, and stay there if the loss is lower; again and again.

    Each trial is ``W + step_size * rng.standard_normal(W.shape)``.

    Parameters
    ----------
    loss : callable (W) -> float
    W : array_like, any shape
        Where to start; it is not changed.
    num_steps : int, at least 0
        How many steps are tried.
    step_size : float, more than 0
        Standard deviation of the entries of a step.
    rng : numpy Generator, seed, or None

    Returns
    -------
    W : ndarray of the shape of W
    loss : float
        At most the loss at the start.

    Raises
    ------
    ValueError
        If the loss returns something else than one number, or is nan at the start.

    Examples
    --------
    >>> W, lowest = random_local_search(lambda W: float((W**2).sum()), [3.0, 4.0], 200, 0.5, rng=0)
    >>> bool(lowest < 0.1)
    True

    See the book: ``sgd-local-search``.
    """
    best = as_numbers("W", W).copy()
    as_count("num_steps", num_steps, minimum=0)
    as_scalar("step_size", step_size, minimum=0, strict=True)
    draw = np.random.default_rng(rng)
    lowest = _value(loss, best.copy())
    if np.isnan(lowest):
        raise ValueError("loss is nan at the W to start from")
    for _ in range(num_steps):
        trial = best + (step_size * draw.standard_normal(best.shape)).astype(best.dtype)
        value = _value(loss, trial)
        if value < lowest:
            best, lowest = trial, value
    return best, lowest


def _value(loss: Loss, W: Array) -> float:
    """Return ``loss(W)``, of which nobody can change W afterwards, as one number that may be nan."""
    W.setflags(write=False)
    value = np.asarray(loss(W))
    W.setflags(write=True)
    if value.ndim or not isinstance(value.item(), Real):
        raise ValueError(f"loss must return one number, got {value!r}")
    return float(value)
