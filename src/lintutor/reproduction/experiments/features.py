"""Features: histograms of gradients and of hues, under a linear SVM and under a two-layer net."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.classifiers import LinearSVM
from lintutor.features import color_histograms_hsv, hog, standardize
from lintutor.model_selection import grid_search
from lintutor.optimizers import cosine_decay
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments.images import Images, Rows
from lintutor.reproduction.experiments.network import train_net

__all__ = ["EXPERIMENTS", "feature_rows"]


def feature_rows(images: Images, settings: Mapping[str, Any]) -> Rows:
    """Return standardized features of all images, float32: gradients by cell, hues of the whole image."""

    def features(pictures: Array) -> Array:
        parts = [hog(pictures, **settings["hog"]), color_histograms_hsv(pictures, settings["hue_bins"])]
        return np.concatenate(parts, axis=1).astype(np.float32)  # (N, F)

    return Rows(*standardize(*(features(part) for part in images.as_pictures())))


def features_svm(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Train a linear SVM on the features, its rate and penalty by grid search."""
    rows, y = feature_rows(images, settings), images.y

    def make(learning_rate: float, reg: float) -> LinearSVM:
        rate = cosine_decay(learning_rate, settings["model"]["num_iters"])
        return LinearSVM(learning_rate=rate, reg=reg, random_state=seed, **settings["model"])

    search = grid_search(make, settings["grid"], rows.train, y.train, rows.val, y.val)
    return {
        "features": rows.train.shape[1],
        "trials": [
            {**trial.settings, "val": trial.val_score, "train": trial.train_score} for trial in search.results
        ],
        "best": search.best.settings,
        "train": search.best.train_score,
        "val": search.best.val_score,
        "test": float(search.best_model.score(rows.test, y.test)),
    }


def features_net(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Choose a two-layer net on the features by a grid of short trainings, then train it for long."""
    rows = feature_rows(images, settings)
    return {"features": rows.train.shape[1], **train_net(rows, images.y, seed, settings)}


_FEATURES = {"hog": {"cell": 8, "bins": 9, "block": 1, "norm": "none"}, "hue_bins": 10}
_SVM = {"num_iters": 4000, "batch_size": 256, "sampling": "epochs", "momentum": 0.9, "init_std": 1e-4}
_NET = {"batch_size": 128, "momentum": 0.9, "sampling": "epochs"}

EXPERIMENTS = (
    Experiment(
        "features_svm",
        "linear SVM on gradient and hue histograms",
        features_svm,
        {
            **_FEATURES,
            "model": _SVM,
            "grid": {"learning_rate": [1e-3, 1e-2], "reg": [1e-4, 1e-3, 1e-2]},
        },
        {"model": {**_SVM, "num_iters": 50}, "grid": {"learning_rate": [1e-2], "reg": [1e-3]}},
    ),
    Experiment(
        "features_net",
        "two-layer net on gradient and hue histograms",
        features_net,
        {
            **_FEATURES,
            "model": {**_NET, "hidden_size": 300},
            "grid": {"learning_rate": [0.01, 0.03], "reg": [1e-4, 1e-3]},
            "short": 800,
            "long": 8000,
            "every": 400,
        },
        {"grid": {"learning_rate": [0.03], "reg": [1e-3]}, "short": 20, "long": 60, "every": 20},
    ),
)
