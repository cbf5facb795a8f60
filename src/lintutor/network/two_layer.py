"""The loss of a two-layer net and its gradients: by the engine, and by hand.

Scores are ``relu(X @ W1 + b1) @ W2 + b2``; the penalty is ``reg * (sum(W1 * W1) + sum(W2 * W2))``,
biases not counted. The engine's twin is the one to read; the twin by hand is the one to train with:
no gradient of X, and nothing written that is not needed.

Book: chapter 9, ``bp-two-layer-net``.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_labels, as_numbers, as_scalar, is_finite, like, plain
from lintutor.graph import Value
from lintutor.network.layers import softmax_loss, svm_loss

__all__ = ["two_layer_loss", "two_layer_loss_graph", "two_layer_scores"]

Params = dict[str, Array]
_SHAPES = {"W1": 2, "b1": 1, "W2": 2, "b2": 1}
LOSSES: dict[str, Callable[[Any, Any], tuple[Any, Array]]] = {"softmax": softmax_loss, "svm": svm_loss}


def two_layer_scores(params: Mapping[str, ArrayLike], X: ArrayLike) -> Array:
    """Return the scores ``relu(X @ W1 + b1) @ W2 + b2``.

    Parameters
    ----------
    params : dict
        W1 (D, H), b1 (H,), W2 (H, C), b2 (C,).
    X : array_like (N, D)

    Returns
    -------
    S : ndarray (N, C)

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, or an entry is not a finite number.
    FloatingPointError
        If the scores overflow.

    Examples
    --------
    >>> params = {"W1": [[1.0, -1.0]], "b1": [0.0, 0.0], "W2": [[1.0], [2.0]], "b2": [0.5]}
    >>> two_layer_scores(params, [[3.0], [-3.0]])
    array([[3.5],
           [6.5]])

    See the book: ``bp-two-layer-net``.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _forward(*_checked(params, X))[1]


class Objective(Protocol):
    """What both twins are called with."""

    def __call__(
        self,
        params: Mapping[str, ArrayLike],
        X: ArrayLike,
        y: ArrayLike,
        reg: float = 0.0,
        loss: str = "softmax",
    ) -> tuple[Any, Params]: ...


def _objective(body: Callable[..., tuple[Any, Params]]) -> Objective:
    """Refuse arguments that do not fit, and results that overflow, so that the body is its mathematics."""

    @wraps(body)
    def with_checks(
        params: Mapping[str, ArrayLike], X: ArrayLike, y: ArrayLike, reg: float = 0.0, loss: str = "softmax"
    ) -> tuple[Any, Params]:
        if loss not in LOSSES:
            raise ValueError(f"loss must be one of {', '.join(LOSSES)}, got {loss!r}")
        W1, b1, W2, b2, rows = arrays = _checked(params, X, finite=False)
        if len(rows) == 0:
            raise ValueError("X has no rows: a mean over no examples is not defined")
        labels = as_labels("y", y, len(rows), W2.shape[1])
        strength = like(as_scalar("reg", reg, minimum=0), W1)
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                value, grads = body(W1, b1, W2, b2, rows, labels, strength, loss)
            _refuse_overflow(np.asarray(value), *grads.values())
        except (
            FloatingPointError,
            ValueError,
        ):  # what is not finite in an argument leaves its trace in the result
            for name, array in zip((*_SHAPES, "X"), arrays, strict=True):
                as_numbers(name, array)
            raise
        return plain(value, W1), {name: plain(grad, W1) for name, grad in grads.items()}

    return with_checks


@_objective
def two_layer_loss(
    W1: Array, b1: Array, W2: Array, b2: Array, X: Array, y: Array, reg: Any, loss: str
) -> tuple[Any, Params]:
    """Return the objective of a two-layer net and its gradients, by hand.

    Parameters
    ----------
    params : dict
        W1 (D, H), b1 (H,), W2 (H, C), b2 (C,).
    X : array_like (N, D)
    y : array_like (N,) of int
        True classes, 0 .. C-1.
    reg : float, at least 0
        Multiplies the sum of the squares of W1 and W2.
    loss : {"softmax", "svm"}

    Returns
    -------
    loss : float
        Mean data loss plus penalty.
    grads : dict
        The gradient of each entry of params, under its name.

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, a label is not one of the classes, or an entry is not a finite number.
    FloatingPointError
        If the scores overflow.

    Examples
    --------
    >>> params = {"W1": np.zeros((3, 4)), "b1": np.zeros(4), "W2": np.zeros((4, 10)), "b2": np.zeros(10)}
    >>> loss, grads = two_layer_loss(params, np.ones((5, 3)), [0, 1, 2, 3, 4])
    >>> round(loss, 4), grads["W2"].shape
    (2.3026, (4, 10))

    See the book: ``bp-two-layer-net``.
    """
    H, S = _forward(W1, b1, W2, b2, X)  # (N, H), (N, C)
    data_loss, dS = LOSSES[loss](S, y)  # dS (N, C)
    penalty = reg * ((W1 * W1).sum() + (W2 * W2).sum())
    dW2 = H.T @ dS  # (H, N) @ (N, C)
    dW2 += 2 * reg * W2
    dH = dS @ W2.T  # (N, C) @ (C, H)
    dH[H <= 0] = 0  # nothing comes back through a closed ReLU
    dW1 = X.T @ dH  # (D, N) @ (N, H)
    dW1 += 2 * reg * W1
    grads = {"W1": dW1, "b1": dH.sum(axis=0), "W2": dW2, "b2": dS.sum(axis=0)}
    return data_loss + penalty, grads


@_objective
def two_layer_loss_graph(
    W1: Array, b1: Array, W2: Array, b2: Array, X: Array, y: Array, reg: Any, loss: str
) -> tuple[Any, Params]:
    """Return what :func:`two_layer_loss` returns: write the loss down, and let the engine walk back.

    Same parameters, result and errors.

    Examples
    --------
    >>> params = {"W1": np.zeros((3, 4)), "b1": np.zeros(4), "W2": np.zeros((4, 10)), "b2": np.zeros(10)}
    >>> loss, grads = two_layer_loss_graph(params, np.ones((5, 3)), [0, 1, 2, 3, 4])
    >>> round(loss, 4), grads["W2"].shape
    (2.3026, (4, 10))

    See the book: ``bp-engine-against-oracle``, ``bp-two-layer-net``.
    """
    V1, c1, V2, c2 = Value(W1, "W1"), Value(b1, "b1"), Value(W2, "W2"), Value(b2, "b2")
    H = (X @ V1 + c1).relu()  # (N, H)
    S = H @ V2 + c2  # (N, C)
    true = S[np.arange(len(y)), y]  # (N,)
    if loss == "softmax":
        data_loss = (S.log_sum_exp(axis=1) - true).mean()
    else:
        wrong = np.arange(W2.shape[1]) != y[:, None]  # (N, C)
        margins = (S - true.reshape(-1, 1) + 1).relu() * wrong  # (N, C)
        data_loss = margins.sum() / len(y)
    objective = data_loss + reg * ((V1 * V1).sum() + (V2 * V2).sum())
    objective.backward()
    return objective.data, {value.name: np.array(value.grad) for value in (V1, c1, V2, c2)}


def _forward(W1: Array, b1: Array, W2: Array, b2: Array, X: Array) -> tuple[Array, Array]:
    """Return the hidden layer after its ReLU (N, H) and the scores (N, C)."""
    H = X @ W1  # (N, D) @ (D, H)
    H += b1
    np.maximum(H, like(0, H), out=H)  # in place: the memory is its own
    S = H @ W2 + b2  # (N, H) @ (H, C)
    _refuse_overflow(S)
    return H, S


def _refuse_overflow(*results: Array) -> None:
    for result in results:
        if result.dtype != object and not is_finite(result):
            raise FloatingPointError(f"the net overflows {result.dtype}: weights or data are too large")


def _checked(params: Mapping[str, ArrayLike], X: ArrayLike, finite: bool = True) -> tuple[Array, ...]:
    """Return W1, b1, W2, b2 and X, of shapes that fit one another and one precision."""
    if sorted(params) != sorted(_SHAPES):
        raise ValueError(f"params must hold {', '.join(_SHAPES)}; it holds {', '.join(params) or 'nothing'}")
    W1, b1, W2, b2 = (
        as_numbers(name, params[name], ndim, finite or ndim == 1) for name, ndim in _SHAPES.items()
    )
    X = as_numbers("X", X, 2, finite)
    for what, has, whose, needs in (
        ("X", X.shape[1], "W1", W1.shape[0]),
        ("b1", len(b1), "W1", W1.shape[1]),
        ("W2", len(W2), "W1", W1.shape[1]),
        ("b2", len(b2), "W2", W2.shape[1]),
    ):
        if has != needs:
            unit = {"X": "columns", "W2": "rows"}.get(what, "entries")
            other = "rows" if what == "X" else "columns"
            raise ValueError(f"{what} has {has} {unit}, {whose} has {needs} {other}")
    common = np.result_type(W1, b1, W2, b2, X)
    return tuple(array.astype(common, copy=False) for array in (W1, b1, W2, b2, X))
