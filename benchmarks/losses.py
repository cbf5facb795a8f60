"""Losses with their gradients against the numpy of a course, PyTorch, and what bounds them all."""

import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from benchmarks.timing import Ratio, compare
from lintutor import objective

D, C, REG = 3073, 10, 0.1


def course_hinge(W: Any, X: Any, y: Any, reg: float) -> tuple[float, Any]:
    """Return loss and gradient in the fewest lines, with no checks of the arguments."""
    N = len(X)
    S = X @ W
    margins = np.maximum(0, S - S[np.arange(N), y].reshape(-1, 1) + 1)
    margins[np.arange(N), y] = 0
    binary = np.zeros(margins.shape)
    binary[margins > 0] = 1
    binary[np.arange(N), y] -= binary.sum(axis=1)
    return margins.sum() / N + reg * np.sum(W * W), X.T.dot(binary) / N + 2 * reg * W


def course_softmax(W: Any, X: Any, y: Any, reg: float) -> tuple[float, Any]:
    """Return loss and gradient in the fewest lines, with no checks of the arguments."""
    N = len(X)
    S = X @ W
    P = np.exp(S - S.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(N), y]).sum() / N
    P[np.arange(N), y] -= 1
    return loss + reg * np.sum(W * W), X.T.dot(P) / N + 2 * reg * W


def bounds(X: Any) -> dict[str, Callable[..., Any]]:
    """Return what no such loss can be faster than: X read once, or its multiplications at BLAS's best."""
    side = round((2 * X.size * C) ** (1 / 3))
    A = np.ones((side, side))
    return {
        "(bound) X.sum(): X read once": lambda *arguments: X.sum(),
        "(bound) as many multiplications, square": lambda *arguments: A @ A,
    }


def torch_losses() -> dict[str, Callable[..., Any]]:
    """Return PyTorch's own losses, forward and backward; nothing where it is not installed."""
    if importlib.util.find_spec("torch") is None:
        return {}
    import torch
    from torch.nn import functional as F

    def step(loss: Callable[..., Any]) -> Callable[..., Any]:
        def run(W: Any, X: Any, y: Any, reg: float) -> tuple[Any, Any]:
            weights = torch.from_numpy(W).requires_grad_()
            value = loss(torch.from_numpy(X) @ weights, torch.from_numpy(y)) + reg * (weights**2).sum()
            value.backward()
            return value, weights.grad

        return run

    # multi_margin_loss means over the classes too; the work is the same
    return {"hinge": step(lambda S, y: F.multi_margin_loss(S, y)), "softmax": step(F.cross_entropy)}


OURS = {"hinge": objective.svm_loss_vectorized, "softmax": objective.softmax_loss_vectorized}
COURSE = {"hinge": course_hinge, "softmax": course_softmax}


def run() -> Iterator[Ratio]:
    """Yield the ratios for growing N at the width of a CIFAR-10 image, and for the twins."""
    rng = np.random.default_rng(0)
    W = 0.01 * rng.standard_normal((D, C))
    torch = torch_losses()
    for N in (200, 2000, 49_000):
        X, y = rng.standard_normal((N, D)), rng.integers(C, size=N)
        for name, ours in OURS.items():
            peers = {"numpy of a course, unchecked": COURSE[name]}
            if name in torch:
                peers["PyTorch, forward and backward"] = torch[name]
            if name == "hinge":
                peers |= bounds(X)
            for peer, theirs in peers.items():
                yield from compare(
                    f"{name} loss and gradient, N={N} D={D} C={C}",
                    lambda ours=ours, X=X, y=y: ours(W, X, y, REG),
                    peer,
                    lambda theirs=theirs, X=X, y=y: theirs(W, X, y, REG),
                    repeats=31 if N == 200 else 5,
                )
    X, y = rng.standard_normal((200, D)), rng.integers(C, size=200)
    for twin in (objective.svm_loss_half_vectorized, objective.svm_loss_naive, objective.softmax_loss_naive):
        fast = (
            objective.softmax_loss_vectorized if "softmax" in twin.__name__ else objective.svm_loss_vectorized
        )
        yield from compare(
            f"{fast.__name__}, N=200",
            lambda fast=fast: fast(W, X, y, REG),
            f"our own {twin.__name__}",
            lambda twin=twin: twin(W, X, y, REG),
            threads=(1,),
        )
