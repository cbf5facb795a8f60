"""Searching without a gradient, and what one gradient is worth: random search, local search, step sizes."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.losses import hinge_margins
from lintutor.objective import softmax_loss_vectorized, svm_loss_vectorized
from lintutor.optimizers import random_local_search, random_search
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments.images import Images, Rows
from lintutor.scores import append_ones, linear_scores

__all__ = ["EXPERIMENTS"]

_LOSSES = {"hinge": svm_loss_vectorized, "softmax": softmax_loss_vectorized}

Judge = Callable[[Array], float]


def scores_with(W: Array, rows: Array) -> Array:
    """Return the scores (N, C) of weights whose last row is the bias."""
    W = W.astype(rows.dtype)
    return linear_scores(rows, W[:-1], W[-1])


def accuracy(W: Array, rows: Array, y: Array) -> float:
    """Return the share of rows that the weights give their class."""
    return float((scores_with(W, rows).argmax(axis=1) == y).mean())


def judges(rows: Array, y: Array) -> dict[str, Judge]:
    """Return what a guess can be judged by on some rows, lower is better: its loss or its errors."""
    return {
        "hinge": lambda W: float(hinge_margins(scores_with(W, rows), y).sum(axis=1).mean()),
        "errors": lambda W: 1 - accuracy(W, rows, y),
    }


def outcome(W: Array, judged: float, rows: Rows, y: Rows) -> dict[str, float]:
    """Return how good the weights found are, on the rows they were not judged by."""
    return {"judged": judged, "val": accuracy(W, rows.val, y.val), "test": accuracy(W, rows.test, y.test)}


def guess(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Guess 1,000 weights as the sources do: the lowest hinge loss wins."""
    rows, n = getattr(images, settings["form"]), settings["num_train"]
    judge = judges(rows.train[:n], images.y.train[:n])["hinge"]
    shape = rows.train.shape[1] + 1, images.classes
    W, lowest = random_search(judge, shape, settings["num_tries"], seed, scale=settings["scale"])
    draw = np.random.default_rng(seed)  # the first guesses once more, to look at their losses
    losses = [judge(settings["scale"] * draw.standard_normal(shape)) for _ in range(settings["looks"])]
    first = {"mean": float(np.mean(losses)), "std": float(np.std(losses, ddof=1))}
    return {**outcome(W, lowest, rows, images.y), "first_losses": first}


def walk(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Try 1,000 steps as the sources do: a step is kept if it lowers the hinge loss."""
    rows, n = getattr(images, settings["form"]), settings["num_train"]
    judge = judges(rows.train[:n], images.y.train[:n])["hinge"]
    draw = np.random.default_rng(seed)
    start = settings["init_std"] * draw.standard_normal((rows.train.shape[1] + 1, images.classes))
    W, lowest = random_local_search(judge, start, settings["num_steps"], settings["step_size"], draw)
    return outcome(W, lowest, rows, images.y)


def guess_tuned(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Guess as often, with the images centered and made smaller, and by errors too; choose by validation."""

    def search(judge: Judge, shape: tuple[int, int], trial: Mapping[str, Any]) -> tuple[Array, float]:
        return random_search(judge, shape, settings["num_tries"], seed, scale=settings["scale"])

    return _tuned(images, settings, search)


def walk_tuned(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Try as many steps from zero, on centered and smaller images, by errors too; choose by validation."""

    def search(judge: Judge, shape: tuple[int, int], trial: Mapping[str, Any]) -> tuple[Array, float]:
        start = np.zeros(shape)
        return random_local_search(judge, start, settings["num_steps"], trial["step_size"], seed)

    return _tuned(images, settings, search)


def _tuned(images: Images, settings: Mapping[str, Any], search: Callable[..., Any]) -> dict[str, Any]:
    """Search once for each of the trials and report the test accuracy of the one best in validation."""
    n, trials, found = settings["num_train"], [], []
    for trial in settings["trials"]:
        rows = images.pooled(trial["pool"])
        judge = judges(rows.train[:n], images.y.train[:n])[trial["judge"]]
        W, lowest = search(judge, (rows.train.shape[1] + 1, images.classes), trial)
        trials.append({**trial, "judged": lowest, "val": accuracy(W, rows.val, images.y.val)})
        found.append(W)
    k = max(range(len(trials)), key=lambda k: trials[k]["val"])  # of equal ones the first
    best = settings["trials"][k]
    test = accuracy(found[k], images.pooled(best["pool"]).test, images.y.test)
    return {"trials": trials, "best": best, "val": trials[k]["val"], "test": test}


def step_tables(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Step from a random W along its negative gradient, ten lengths: by form, loss and number of images."""
    columns = images.pixels.train.shape[1] + 1
    W = settings["scale"] * np.random.default_rng(seed).random((columns, images.classes))  # uniform, as there
    tables = {}
    for form in settings["forms"]:
        X = append_ones(getattr(images, form).train)
        for n, (name, loss) in product(settings["num_train"], _LOSSES.items()):
            rows = X[:n], images.y.train[:n]
            tables[f"{form}_{name}_{n}"] = _step_table(loss, W.astype(X.dtype), *rows, settings["powers"])
    return tables


def _step_table(loss: Any, W: Array, X: Array, y: Array, powers: list[int]) -> dict[str, Any]:
    """Return the losses after a step of each length, and the norm as computed and as read off them."""
    start, dW = loss(W, X, y, 0.0)
    steps = [10.0**power for power in powers]
    losses = [float(loss(W - step * dW, X, y, 0.0)[0]) for step in steps]
    return {
        "loss": float(start),
        "steps": steps,
        "losses": losses,
        "best_step": steps[int(np.argmin(losses))],
        "best_loss": min(losses),
        "gradient_norm": float(np.linalg.norm(dW)),
        # A step h along -dW lowers the loss by about h times the square of the norm.
        "norm_from_table": float(np.sqrt(max(float(start) - losses[0], 0.0) / steps[0])),
    }


_TRIALS = [{"pool": pool, "judge": judge} for pool in (1, 4, 8, 16) for judge in ("hinge", "errors")]

# The losses that a source prints fit centered images: see the book.
_GUESSES = {"num_tries": 1000, "scale": 1e-4, "looks": 100}
_STEPS = {"num_steps": 1000, "step_size": 1e-4, "init_std": 1e-3}

EXPERIMENTS = (
    Experiment(
        "random_search",
        "random search as the sources do it: best of 1,000 guesses",
        guess,
        {**_GUESSES, "form": "centered", "num_train": 49000},
        {"num_tries": 20, "looks": 5},
    ),
    Experiment(
        "random_search_raw",
        "random search on raw pixels, 5,000 images",
        guess,
        {**_GUESSES, "form": "pixels", "num_train": 5000},
        {"num_tries": 20, "looks": 5},
    ),
    Experiment(
        "random_search_tuned",
        "random search with centered and smaller images, chosen by validation",
        guess_tuned,
        {"num_tries": 1000, "scale": 1e-4, "num_train": 5000, "trials": _TRIALS},
        {"num_tries": 20, "trials": _TRIALS[2:4]},
    ),
    Experiment(
        "local_search",
        "random local search as the sources do it: 1,000 steps",
        walk,
        {**_STEPS, "form": "centered", "num_train": 49000},
        {"num_steps": 20},
    ),
    Experiment(
        "local_search_raw",
        "random local search on raw pixels, 5,000 images",
        walk,
        {**_STEPS, "form": "pixels", "num_train": 5000},
        {"num_steps": 20},
    ),
    Experiment(
        "local_search_tuned",
        "random local search with centered and smaller images, chosen by validation",
        walk_tuned,
        {
            "num_steps": 1000,
            "num_train": 5000,
            # Errors do not change when all weights are scaled: from zero, every step size is the same.
            "trials": [
                {**trial, "step_size": step}
                for trial in _TRIALS
                for step in ((3e-5, 1e-4, 3e-4) if trial["judge"] == "hinge" else (1e-4,))
            ],
        },
        {"num_steps": 20, "trials": [{"pool": 4, "judge": "hinge", "step_size": 3e-4}]},
    ),
    Experiment(
        "step_sizes",
        "one gradient step of ten lengths from a random W",
        step_tables,
        {
            "scale": 1e-3,
            "powers": list(range(-10, 0)),
            "num_train": [20, 500, 49000],
            "forms": ["pixels", "centered"],
        },
    ),
)
