"""Update rules: what one step does with a gradient.

All have the signature of the widest used course in the field, ``(w, dw, config) -> (w, config)``. A
``config`` holds the settings and whatever the rule must remember; the one that comes back belongs into
the next call. Nothing is changed in place. Book: chapter 7, "SGD".
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, as_scalar, like

__all__ = ["sgd_momentum", "sgd_nesterov", "sgd_plain"]

Config = dict[str, Any]


class Rule(Protocol):
    """What every update rule is called with."""

    def __call__(
        self, w: ArrayLike, dw: ArrayLike, config: Mapping[str, Any] | None = None
    ) -> tuple[Array, Config]: ...


def _checked(**defaults: float) -> Callable[[Callable[[Array, Array, Config], tuple[Array, Config]]], Rule]:
    """Fill in the defaults and refuse what does not fit, so that the body of a rule is its mathematics."""

    def decorate(rule: Callable[[Array, Array, Config], tuple[Array, Config]]) -> Rule:
        @wraps(rule)
        def with_checks(
            w: ArrayLike, dw: ArrayLike, config: Mapping[str, Any] | None = None
        ) -> tuple[Array, Config]:
            weights, gradient = as_numbers("w", w), as_numbers("dw", dw)
            if gradient.shape != weights.shape:
                raise ValueError(f"dw has shape {gradient.shape}, w has shape {weights.shape}")
            settings: Config = {**defaults, **(config or {})}
            as_scalar("learning_rate", settings["learning_rate"], minimum=0)
            if "momentum" in defaults:
                as_momentum(settings["momentum"])
                settings["velocity"] = _velocity(settings, weights)
            return rule(weights, gradient, settings)

        return with_checks

    return decorate


def as_momentum(momentum: float) -> float:
    """Return a share of the velocity that is kept: 0 up to but not 1."""
    if as_scalar("momentum", momentum, minimum=0) >= 1:
        raise ValueError(f"momentum must be less than 1, got {momentum}")
    return momentum


def _velocity(settings: Config, weights: Array) -> Array:
    """Return the velocity so far, zero before the first step."""
    if "velocity" not in settings:
        return np.zeros_like(weights)
    velocity = as_numbers("velocity", settings["velocity"])
    if velocity.shape != weights.shape:
        raise ValueError(f"velocity has shape {velocity.shape}, w has shape {weights.shape}")
    return velocity


@_checked(learning_rate=1e-2)
def sgd_plain(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Step against the gradient: ``w - learning_rate * dw``.

    Parameters
    ----------
    w : array_like, any shape
        Weights.
    dw : array_like of the shape of w
        The gradient of the loss at w.
    config : dict, optional
        ``learning_rate``, 1e-2 if left out.

    Returns
    -------
    w : ndarray
        The weights after the step.
    config : dict
        What to give to the next call.

    Raises
    ------
    ValueError, TypeError
        If the shapes differ, an entry is not finite, or a setting is out of range.

    Examples
    --------
    >>> w, config = sgd_plain([1.0], [2.0], {"learning_rate": 0.25})
    >>> w
    array([0.5])

    See the book: ``sgd-gradient-descent``.
    """
    return w - like(config["learning_rate"], w) * dw, config


@_checked(learning_rate=1e-2, momentum=0.9)
def sgd_momentum(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Let the steps gather speed: ``v = momentum * v - learning_rate * dw``, then ``w + v``.

    Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).

    Parameters
    ----------
    w : array_like, any shape
        Weights.
    dw : array_like of the shape of w
        The gradient of the loss at w.
    config : dict, optional
        ``learning_rate``, 1e-2 if left out; ``momentum``, 0 up to but not 1, 0.9 if left out;
        ``velocity``, of the shape of w, zero if left out.

    Returns
    -------
    w : ndarray
        The weights after the step.
    config : dict
        What to give to the next call: the settings and the new velocity.

    Raises
    ------
    ValueError, TypeError
        If the shapes differ, an entry is not finite, or a setting is out of range.

    Examples
    --------
    >>> w, config = sgd_momentum([1.0], [2.0], {"learning_rate": 0.25, "momentum": 0.5})
    >>> w, config = sgd_momentum(w, [2.0], config)
    >>> w, config["velocity"]
    (array([-0.25]), array([-0.75]))

    See the book: ``sgd-momentum``.
    """
    v = like(config["momentum"], w) * config["velocity"] - like(config["learning_rate"], w) * dw
    return w + v, {**config, "velocity": v}


@_checked(learning_rate=1e-2, momentum=0.9)
def sgd_nesterov(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Momentum that looks ahead: its gradient is meant for where the velocity is about to carry w.

    The velocity is that of :func:`sgd_momentum`; the step is ``momentum * v - learning_rate * dw`` with
    the new v. Written this way, w is already the point looked ahead to, so that one gradient a step is
    enough (Sutskever and others, "On the importance of initialization and momentum in deep learning",
    2013; the method is Nesterov's, 1983).

    Parameters and result are those of :func:`sgd_momentum`.

    Examples
    --------
    >>> w, config = sgd_nesterov([1.0], [2.0], {"learning_rate": 0.25, "momentum": 0.5})
    >>> w, config["velocity"]
    (array([0.25]), array([-0.5]))

    See the book: ``sgd-momentum``.
    """
    mu, step_down = like(config["momentum"], w), like(config["learning_rate"], w) * dw
    v = mu * config["velocity"] - step_down
    return w + mu * v - step_down, {**config, "velocity": v}
