"""The linear classifiers: as the course trains them, and tuned on the validation rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lintutor.classifiers import LinearSVM, SoftmaxClassifier
from lintutor.model_selection import Search, grid_search
from lintutor.regularizers import l2_penalty
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments._searched import report, search_linear, trials
from lintutor.reproduction.experiments.images import Images, Rows
from lintutor.reproduction.templates import pack
from lintutor.scores import template_image

__all__ = ["EXPERIMENTS"]


def course_svm(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Train the linear SVM with the one setting of the course, and follow its loss."""
    X, y = images.centered, images.y
    model = LinearSVM(**settings["model"], random_state=seed).fit(X.train, y.train)
    history = model.loss_history_
    start = LinearSVM(**{**settings["model"], "num_iters": 0}, random_state=seed).fit(X.train, y.train)
    return {
        "first_loss": history[0],
        "first_penalty": float(l2_penalty(start.W_, settings["model"]["reg"])[0]),
        "steps_to_decay": steps_to_decay(history),
        "last_loss": float(np.mean(history[-settings["every"] :])),
        "history": history[:: settings["every"]],
        "val": float(model.score(X.val, y.val)),
        "test": float(model.score(X.test, y.test)),
    }


def steps_to_decay(history: Sequence[float]) -> int:
    """Return after how many steps the weights' norm has fallen to 1/e, as far as the loss tells.

    At the course's setting nearly all of the loss is penalty, which falls with the square of the norm
    down to the level of the last fifty losses.
    """
    floor = float(np.mean(history[-50:]))
    squares = (np.asarray(history) - floor) / (history[0] - floor)  # (steps,), from 1 to about 0
    return int(np.argmax(squares < np.exp(-2)))


def course_grid(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Search the grid that a source searched, by the same rule, and test the best."""
    X, y = images.centered, images.y
    model = LinearSVM(**settings["model"], random_state=seed)
    search = grid_search(model, settings["grid"], X.train, y.train, X.val, y.val)
    corners = {
        name: next(trial for trial in trials(search) if corner.items() <= trial.items())
        for name, corner in settings["corners"].items()
    }
    return {**_reported(search, X, y), "corners": corners, **_templates(search, images, seed)}


def tuned(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Search a small grid with momentum and a falling learning rate, and test the best."""
    X, y = images.scaled, images.y
    family = {"svm": LinearSVM, "softmax": SoftmaxClassifier}[settings["family"]]
    search = search_linear(family, X, y, seed, settings)
    return {**_reported(search, X, y), **_templates(search, images, seed)}


def _reported(search: Search, rows: Rows, y: Rows) -> dict[str, Any]:
    """Return the report of a search, and what the best gives on as many test rows as the sources took."""
    first = float(search.best_model.score(rows.test[:1000], y.test[:1000]))
    return {**report(search, rows, y), "test_first_1000": first}


def _templates(search: Search, images: Images, seed: int) -> dict[str, Any]:
    """Return the columns of the best W as pictures, of the first seed only: a record is to be small."""
    if seed:
        return {}
    W, shape = search.best_model.W_[:-1], images.splits.image_shape
    pictures = np.stack([template_image(W, c, shape) for c in range(images.classes)])  # (C, H, W, 3)
    return {"templates": pack(pictures.astype(np.uint8))}


_COURSE = {"num_iters": 1500, "batch_size": 200}
_CORNERS = {
    "low": {"learning_rate": 1e-8, "reg": 666.0},
    "high": {"learning_rate": 4e-6, "reg": 1e5},
}
_TUNED = {
    "num_iters": 2940,  # 12 epochs of 245 steps
    "batch_size": 200,
    "sampling": "epochs",
    "momentum": 0.9,
    "init_std": 1e-4,
}

EXPERIMENTS = (
    Experiment(
        "course_svm",
        "linear SVM with the setting of the course: learning rate 1e-7, reg 2.5e4",
        course_svm,
        {"model": {**_COURSE, "learning_rate": 1e-7, "reg": 2.5e4}, "every": 50},
        {"model": {**_COURSE, "learning_rate": 1e-7, "reg": 2.5e4, "num_iters": 100}},
    ),
    Experiment(
        "course_grid",
        "linear SVM by the grid search of a source: 30 settings",
        course_grid,
        {
            "model": _COURSE,
            "grid": {
                "learning_rate": [4e-6, 4e-7, 3e-7, 2e-7, 1e-7, 1e-8],
                "reg": [666.0, 6666.0, 66666.0, 1e4, 1e5],
            },
            "corners": _CORNERS,
        },
        {
            "model": {**_COURSE, "num_iters": 50},
            "grid": {"learning_rate": [4e-6, 1e-7, 1e-8], "reg": [666.0, 1e5]},
        },
    ),
    Experiment(
        "svm",
        "linear SVM, tuned: momentum, falling rate, grid search",
        tuned,
        {
            "family": "svm",
            "model": _TUNED,
            "grid": {"learning_rate": [3e-4, 1e-3], "reg": [1e-2, 3e-2, 1e-1]},
        },
        {
            "model": {**_TUNED, "num_iters": 50},
            "grid": {"learning_rate": [1e-3], "reg": [1e-2, 3e-2]},
        },
    ),
    Experiment(
        "softmax",
        "softmax classifier, tuned: momentum, falling rate, grid search",
        tuned,
        {
            "family": "softmax",
            "model": _TUNED,
            "grid": {"learning_rate": [1e-3, 3e-3], "reg": [1e-3, 3e-3, 1e-2]},
        },
        {
            "model": {**_TUNED, "num_iters": 50},
            "grid": {"learning_rate": [3e-3], "reg": [1e-3, 3e-3]},
        },
    ),
)
