"""What can be counted and checked before any training: shapes, first losses, gradients."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.gradients import eval_numerical_gradient, grad_check_sparse
from lintutor.objective import softmax_loss_vectorized, svm_loss_vectorized
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments.images import Images
from lintutor.scores import append_ones

__all__ = ["EXPERIMENTS"]

_LOSSES = {"hinge": svm_loss_vectorized, "softmax": softmax_loss_vectorized}


def first_losses(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Take the losses of small random weights, and the accuracy of blind guesses."""
    X, y = append_ones(images.scaled.train), images.y.train
    rng = np.random.default_rng(seed)
    W = (settings["init_std"] * rng.standard_normal((X.shape[1], images.classes))).astype(X.dtype)
    losses = {name: float(loss(W, X, y, 0.0)[0]) for name, loss in _LOSSES.items()}
    guesses = rng.integers(images.classes, size=len(images.y.test))
    return {
        **losses,
        "chance": float((guesses == images.y.test).mean()),
        "pixels": images.pixels.train.shape[1],
        "with_bias": X.shape[1],
        "parameters": W.size,
        "deviation": images.deviation,
    }


def evaluations(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Count the losses that a numerical gradient of all weights takes, centered and forward."""
    X = append_ones(images.scaled.train[:1])
    W = settings["init_std"] * np.random.default_rng(seed).standard_normal((X.shape[1], images.classes))
    taken = {}
    for name, centered in (("forward", False), ("centered", True)):
        calls = 0

        def loss(W: Array) -> float:
            nonlocal calls
            calls += 1
            return float((W[:, 0] @ X[0]) ** 2)

        eval_numerical_gradient(loss, W, settings["h"], centered=centered)
        taken[name] = calls
    return taken


def gradient_check(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Check gradients on a few hundred images, penalty off and on, in pixels of 0..255 as the course does."""
    n = settings["num_train"]
    X, y = append_ones(images.centered.train[:n].astype(np.float64)), images.y.train[:n]
    rng = np.random.default_rng(seed)
    W = settings["init_std"] * rng.standard_normal((X.shape[1], images.classes))
    results: dict[str, Any] = {}
    for name, loss in _LOSSES.items():
        for reg in settings["regs"]:

            def value(W: Array, loss: Any = loss, reg: float = reg) -> float:
                return float(loss(W, X, y, reg)[0])

            analytic = loss(W, X, y, reg)[1]
            checks = grad_check_sparse(value, W, analytic, settings["num_checks"], settings["h"], rng)
            errors = sorted(check.relative_error for check in checks)
            results[f"{name}_reg{reg:g}"] = {
                "smallest": errors[0],
                "median": float(np.median(errors)),
                "largest": errors[-1],
                "above_1e-5": sum(error > 1e-5 for error in errors),
            }
    return results


EXPERIMENTS = (
    Experiment(
        "first_losses",
        "shapes, chance, and the losses of small random weights",
        first_losses,
        {"init_std": 1e-4},
    ),
    Experiment(
        "evaluations",
        "how many losses a numerical gradient of all weights takes",
        evaluations,
        {"init_std": 1e-4, "h": 1e-5},
        seeds=(0,),
    ),
    Experiment(
        "gradient_check",
        "gradients against centered differences, penalty off and on",
        gradient_check,
        {"num_train": 500, "init_std": 1e-4, "regs": [0.0, 50.0], "num_checks": 100, "h": 1e-5},
        {"num_train": 100, "num_checks": 10},
    ),
)
