"""Features: histograms of gradients and of hues, under a linear SVM and under a two-layer net."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.classifiers import LinearSVM, NearestMean
from lintutor.features import color_histograms_hsv, hog, standardize
from lintutor.losses import hinge_margins
from lintutor.model_selection import grid_search
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments._searched import report, search_linear
from lintutor.reproduction.experiments.images import Images, Rows
from lintutor.reproduction.experiments.network import train_net
from lintutor.scores import linear_scores

__all__ = ["EXPERIMENTS", "feature_rows"]


def feature_rows(images: Images, settings: Mapping[str, Any]) -> Rows:
    """Return standardized features of all images, float32: gradients by cell, hues of the whole image."""

    def features(pictures: Array) -> Array:
        parts = [hog(pictures, **settings["hog"]), color_histograms_hsv(pictures, settings["hue_bins"])]
        return np.concatenate(parts, axis=1).astype(np.float32)  # (N, F)

    return Rows(*standardize(*(features(part) for part in images.as_pictures())))


def course_svm(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Train a linear SVM on the features by the grid of the course, and hold it against the class means."""
    rows, y = feature_rows(images, settings), images.y
    model = LinearSVM(**settings["model"], random_state=seed)
    search = grid_search(model, settings["grid"], rows.train, y.train, rows.val, y.val)
    W, nearest = search.best_model.W_, NearestMean().fit(rows.train, y.train)
    margins = hinge_margins(linear_scores(rows.train, W[:-1], W[-1]), y.train)  # (N, C)
    return {
        "features": rows.train.shape[1],
        **report(search, rows, y),
        "data_loss": float(margins.sum(axis=1).mean()),
        "violated": float((margins > 0).sum() / (margins.size - len(margins))),
        "correlation_with_means": float(np.corrcoef(W[:-1].ravel(), nearest.W_[:-1].ravel())[0, 1]),
        "nearest_mean": {
            "val": float(nearest.score(rows.val, y.val)),
            "test": float(nearest.score(rows.test, y.test)),
        },
    }


def tuned_svm(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Train a linear SVM on the features with momentum and a falling rate, by grid search."""
    rows, y = feature_rows(images, settings), images.y
    search = search_linear(LinearSVM, rows, y, seed, settings)
    return {"features": rows.train.shape[1], **report(search, rows, y)}


def features_net(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Choose a two-layer net on the features by a grid of short trainings, then train it for long."""
    rows = feature_rows(images, settings)
    return {"features": rows.train.shape[1], **train_net(rows, images.y, seed, settings)}


_FEATURES = {"hog": {"cell": 8, "bins": 9, "block": 1, "norm": "none"}, "hue_bins": 10}
_COURSE = {"num_iters": 1500, "batch_size": 200}
_MODEL = {"batch_size": 200, "sampling": "epochs", "momentum": 0.9}
_SIZE = {"hidden_size": 500, "num_iters": 2450}  # 10 epochs of 245 steps

EXPERIMENTS = (
    Experiment(
        "course_features_svm",
        "linear SVM on gradient and hue histograms, the grid of the course",
        course_svm,
        {
            **_FEATURES,
            "model": _COURSE,
            "grid": {"learning_rate": [1e-9, 1e-8, 1e-7], "reg": [5e4, 5e5, 5e6]},
        },
        {
            "model": {**_COURSE, "num_iters": 50},
            "grid": {"learning_rate": [1e-7], "reg": [5e4, 5e5]},
        },
    ),
    Experiment(
        "features_svm",
        "linear SVM on gradient and hue histograms, tuned",
        tuned_svm,
        {
            **_FEATURES,
            "model": {**_MODEL, "num_iters": 2450},
            "grid": {"learning_rate": [3e-3, 1e-2, 3e-2], "reg": [1e-4, 1e-3, 1e-2]},
        },
        {"model": {**_MODEL, "num_iters": 50}, "grid": {"learning_rate": [1e-2], "reg": [1e-3]}},
    ),
    Experiment(
        "features_net",
        "two-layer net on gradient and hue histograms, tuned",
        features_net,
        {
            **_FEATURES,
            "model": {**_MODEL, "nesterov": True},
            "grid": {"learning_rate": [0.1, 0.2, 0.4], "reg": [5e-4, 1e-3, 2e-3]},
            "search": _SIZE,
            "final": _SIZE,
            "every": 245,
        },
        {
            "grid": {"learning_rate": [0.2], "reg": [1e-3]},
            "search": {"hidden_size": 20, "num_iters": 20},
            "final": {"hidden_size": 50, "num_iters": 60},
            "every": 20,
        },
    ),
)
