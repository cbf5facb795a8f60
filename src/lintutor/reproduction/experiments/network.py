"""The two-layer net on raw pixels: as the course starts, and tuned on the validation rows."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.model_selection import grid_search
from lintutor.network import TwoLayerNet
from lintutor.optimizers import cosine_decay
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments._searched import trials
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


def ablations(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Train a smaller net well, then once more for each choice, with that one made as the course starts."""
    y, base = images.y, settings["model"]
    forms = {"scaled": images.scaled, "raw": Rows(*(rows / np.float32(255) for rows in images.pixels))}
    found: dict[str, Any] = {}
    for name, change in settings["variants"].items():
        choice = {**base, **change}
        rows, rate = forms[choice.pop("rows")], choice.pop("learning_rate")
        if choice.pop("decay"):
            rate = cosine_decay(rate, choice["num_iters"])
        net = TwoLayerNet(learning_rate=rate, random_state=seed, **choice).fit(rows.train, y.train)
        found[name] = {"val": float(net.score(rows.val, y.val))}
    return found


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

_BASE = {
    **_MODEL,
    "rows": "scaled",
    "hidden_size": 200,
    "learning_rate": 0.03,
    "decay": True,
    "reg": 2e-3,
    "num_iters": 735,  # 3 epochs
    "init_std": "he",
}
_VARIANTS: dict[str, dict[str, Any]] = {
    "all of it": {},
    "pixels not centered": {"rows": "raw"},
    "no momentum": {"momentum": 0.0, "nesterov": False},
    "no decay of the rate": {"decay": False},
    "50 hidden units": {"hidden_size": 50},
    "no penalty": {"reg": 0.0},
    "tiny first weights": {"init_std": 1e-4},
    "batches with replacement": {"sampling": "replacement"},
}

EXPERIMENTS = (
    Experiment(
        "course_net",
        "two-layer net on pixels with the settings the course starts with",
        course_net,
        {"model": _COURSE, "every": 100},
        {"model": {**_COURSE, "num_iters": 100}},
    ),
    Experiment(
        "net_ablations",
        "a smaller net on pixels, with one choice at a time left out",
        ablations,
        {"model": _BASE, "variants": _VARIANTS},
        {"model": {**_BASE, "num_iters": 20}, "variants": _VARIANTS},
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
