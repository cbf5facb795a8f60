"""The hinge loss against the numpy that one writes without this package."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.timing import Ratio, compare
from lintutor import objective


def obvious_numpy(W: Any, X: Any, y: Any, reg: float) -> tuple[float, Any]:
    """Return loss and gradient in the fewest lines, with no checks of the arguments."""
    N = len(X)
    S = X @ W
    margins = np.maximum(0, S - S[np.arange(N), y].reshape(-1, 1) + 1)
    margins[np.arange(N), y] = 0
    binary = np.zeros(margins.shape)
    binary[margins > 0] = 1
    binary[np.arange(N), y] -= binary.sum(axis=1)
    return margins.sum() / N + reg * np.sum(W * W), X.T.dot(binary) / N + 2 * reg * W


def run() -> Iterator[Ratio]:
    """Yield the ratios for growing N at the width of a CIFAR-10 image, and for the three twins."""
    rng = np.random.default_rng(0)
    D, C = 3073, 10
    W = 0.01 * rng.standard_normal((D, C))
    for N in (200, 2000, 10_000):
        X, y = rng.standard_normal((N, D)), rng.integers(C, size=N)
        yield compare(
            f"svm_loss_vectorized, N={N} D={D} C={C}",
            lambda X=X, y=y: objective.svm_loss_vectorized(W, X, y, 0.1),
            "unchecked numpy of a course",
            lambda X=X, y=y: obvious_numpy(W, X, y, 0.1),
        )
    X, y = rng.standard_normal((200, D)), rng.integers(C, size=200)
    for twin in (objective.svm_loss_half_vectorized, objective.svm_loss_naive):
        yield compare(
            f"svm_loss_vectorized, N=200 D={D} C={C}",
            lambda: objective.svm_loss_vectorized(W, X, y, 0.1),
            f"our own {twin.__name__}",
            lambda twin=twin: twin(W, X, y, 0.1),
        )
