"""The two-layer net on raw pixels: as the course starts, and tuned on the validation rows."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.model_selection import grid_search
from lintutor.network import TwoLayerNet
from lintutor.optimizers import cosine_decay
from lintutor.reproduction.experiments._experiment import Experiment, trials
from lintutor.reproduction.experiments.images import Images, Rows

__all__ = ["EXPERIMENTS", "train_net"]


def train_net(rows: Rows, y: Rows, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Search a grid of small nets or short trainings, then train the net meant with the best setting."""

    def make(size: Mapping[str, Any], learning_rate: float, reg: float) -> TwoLayerNet:
        rate = cosine_decay(learning_rate, size["num_iters"])
        return TwoLayerNet(learning_rate=rate, reg=reg, random_state=seed, **settings["model"], **size)

    search = grid_search(
        partial(make, settings["search"]), settings["grid"], rows.train, y.train, rows.val, y.val
    )
    net = make(settings["final"], **search.best.settings)
    net.fit(rows.train, y.train, rows.val, y.val, check_every=settings["every"])
    return {"trials": trials(search), "best": search.best.settings, **_scored(net, rows, y)}


def course_net(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Train the net with the settings that the course's assignment starts with."""
    rows, y = images.centered, images.y
    net = TwoLayerNet(**settings["model"], random_state=seed)
    net.fit(rows.train, y.train, rows.val, y.val, check_every=settings["every"])
    return _scored(net, rows, y)


def tuned_net(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Choose the net by a grid of short trainings, then train it for long, on scaled pixels."""
    return train_net(images.scaled, images.y, seed, settings)


def _scored(net: TwoLayerNet, rows: Rows, y: Rows) -> dict[str, Any]:
    right: Array = net.predict(rows.test) == y.test
    return {
        "train": float(net.score(rows.train, y.train)),
        "val": float(net.score(rows.val, y.val)),
        "test": float(right.mean()),
        "test_first_1000": float(right[:1000].mean()),
        "first_loss": net.loss_history_[0],
        "last_loss": float(np.mean(net.loss_history_[-100:])),
        "curve": {"train": net.train_history_, "val": net.val_history_},
    }


_COURSE = {
    "hidden_size": 50,
    "learning_rate": 1e-4,
    "learning_rate_decay": 0.95,
    "reg": 0.25,
    "num_iters": 1000,
    "batch_size": 200,
    "init_std": 1e-4,
}
_MODEL = {"batch_size": 200, "sampling": "epochs", "momentum": 0.9, "nesterov": True}

EXPERIMENTS = (
    Experiment(
        "course_net",
        "two-layer net on pixels with the settings the course starts with",
        course_net,
        {"model": _COURSE, "every": 100},
        {"model": {**_COURSE, "num_iters": 100}},
    ),
    Experiment(
        "net",
        "two-layer net on pixels, tuned: 500 hidden units, momentum, falling rate",
        tuned_net,
        {
            "model": _MODEL,
            "grid": {"learning_rate": [0.01, 0.03, 0.1], "reg": [1e-3, 2e-3]},
            "search": {"hidden_size": 200, "num_iters": 735},  # 3 epochs of 245 steps
            "final": {"hidden_size": 500, "num_iters": 2940},  # 12
            "every": 245,
        },
        {
            "grid": {"learning_rate": [0.03], "reg": [2e-3]},
            "search": {"hidden_size": 20, "num_iters": 20},
            "final": {"hidden_size": 50, "num_iters": 60},
            "every": 20,
        },
    ),
)
