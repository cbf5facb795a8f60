"""Schedules: learning rates that change with the step.

A schedule is a function of the step, 0 and up, that returns the rate of that step; wherever an optimizer
takes a learning rate, it takes a schedule. Book: chapter 7, "SGD".
"""

import math
from collections.abc import Callable
from functools import partial

from lintutor._check import as_count, as_scalar

__all__ = ["Schedule", "constant_rate", "cosine_decay", "exponential_decay", "inverse_decay", "step_decay"]

Schedule = Callable[[int], float]


def constant_rate(rate: float) -> Schedule:
    """Return the schedule that is `rate` at every step.

    Parameters
    ----------
    rate : float, more than 0

    Returns
    -------
    callable (step) -> float

    Raises
    ------
    ValueError, TypeError
        If a setting is out of range; when called, if the step is not a whole number from 0 on.

    Examples
    --------
    >>> [constant_rate(0.1)(step) for step in (0, 1000)]
    [0.1, 0.1]

    See the book: ``sgd-schedules``.
    """
    return partial(_constant, _as_rate(rate))


def _constant(rate: float, step: int) -> float:
    as_count("step", step, minimum=0)
    return rate


def step_decay(rate: float, drop: float = 0.5, every: int = 100) -> Schedule:
    """Return the schedule ``rate * drop ** floor(step / every)``.

    Parameters
    ----------
    rate : float, more than 0
        The rate at step 0.
    drop : float, more than 0 and at most 1
        What the rate is multiplied by, at once, every so many steps.
    every : int, at least 1

    Returns
    -------
    callable (step) -> float

    Raises
    ------
    ValueError, TypeError
        If a setting is out of range; when called, if the step is not a whole number from 0 on.

    Examples
    --------
    >>> [step_decay(0.8, drop=0.5, every=10)(step) for step in (0, 9, 10, 20)]
    [0.8, 0.8, 0.4, 0.2]

    See the book: ``sgd-schedules``.
    """
    if as_scalar("drop", drop, minimum=0, strict=True) > 1:
        raise ValueError(f"drop must be at most 1, got {drop}")
    return partial(_stepped, _as_rate(rate), float(drop), as_count("every", every))


def _stepped(rate: float, drop: float, every: int, step: int) -> float:
    return rate * drop ** (as_count("step", step, minimum=0) // every)


def exponential_decay(rate: float, decay: float) -> Schedule:
    """Return the schedule ``rate * exp(-decay * step)``.

    Parameters
    ----------
    rate : float, more than 0
        The rate at step 0.
    decay : float, at least 0
        The rate falls by the factor e in ``1 / decay`` steps.

    Returns
    -------
    callable (step) -> float

    Raises
    ------
    ValueError, TypeError
        If a setting is out of range; when called, if the step is not a whole number from 0 on.

    Examples
    --------
    >>> [round(exponential_decay(1.0, 0.1)(step), 4) for step in (0, 10, 20)]
    [1.0, 0.3679, 0.1353]

    See the book: ``sgd-schedules``.
    """
    return partial(_exponential, _as_rate(rate), float(as_scalar("decay", decay, minimum=0)))


def _exponential(rate: float, decay: float, step: int) -> float:
    return rate * math.exp(-decay * as_count("step", step, minimum=0))


def inverse_decay(rate: float, decay: float) -> Schedule:
    """Return the schedule ``rate / (1 + decay * step)``, known as 1/t.

    Its sum over all steps is infinite while the sum of its squares is not: what Robbins and Monro, "A
    stochastic approximation method" (1951), ask of a schedule that ends at the minimum.

    Parameters
    ----------
    rate : float, more than 0
        The rate at step 0.
    decay : float, at least 0
        The rate is halved at step ``1 / decay``.

    Returns
    -------
    callable (step) -> float

    Raises
    ------
    ValueError, TypeError
        If a setting is out of range; when called, if the step is not a whole number from 0 on.

    Examples
    --------
    >>> [inverse_decay(1.0, 0.25)(step) for step in (0, 4, 12)]
    [1.0, 0.5, 0.25]

    See the book: ``sgd-schedules``.
    """
    return partial(_inverse, _as_rate(rate), float(as_scalar("decay", decay, minimum=0)))


def _inverse(rate: float, decay: float, step: int) -> float:
    return rate / (1 + decay * as_count("step", step, minimum=0))


def cosine_decay(rate: float, num_steps: int) -> Schedule:
    """Return the schedule ``rate / 2 * (1 + cos(pi * step / num_steps))``, and 0 from `num_steps` on.

    Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017), without restarts.

    Parameters
    ----------
    rate : float, more than 0
        The rate at step 0.
    num_steps : int, at least 1
        The step at which the rate has come down to 0.

    Returns
    -------
    callable (step) -> float

    Raises
    ------
    ValueError, TypeError
        If a setting is out of range; when called, if the step is not a whole number from 0 on.

    Examples
    --------
    >>> [round(cosine_decay(1.0, 100)(step), 4) for step in (0, 50, 75, 100, 200)]
    [1.0, 0.5, 0.1464, 0.0, 0.0]

    See the book: ``sgd-schedules``.
    """
    return partial(_cosine, _as_rate(rate), as_count("num_steps", num_steps))


def _cosine(rate: float, num_steps: int, step: int) -> float:
    share = min(as_count("step", step, minimum=0) / num_steps, 1.0)
    return rate / 2 * (1 + math.cos(math.pi * share))


def _as_rate(rate: float) -> float:
    return float(as_scalar("rate", rate, minimum=0, strict=True))


def as_schedule(learning_rate: float | Schedule) -> Schedule:
    """Return a number as a constant schedule, and a schedule as one whose every rate is checked."""
    if not callable(learning_rate):
        as_scalar("learning_rate", learning_rate, minimum=0, strict=True)
        return lambda step: learning_rate
    return lambda step: float(as_scalar(f"learning_rate at step {step}", learning_rate(step), minimum=0))
