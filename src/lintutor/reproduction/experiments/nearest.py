"""Nearest neighbors and the nearest mean: how far looking up the training images goes."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.classifiers import NearestMean
from lintutor.model_selection import k_fold
from lintutor.neighbors import k_nearest, majority_vote
from lintutor.reproduction.experiments._experiment import Experiment
from lintutor.reproduction.experiments.images import Images

__all__ = ["EXPERIMENTS"]

_METRICS = {"l1": 1, "l2": 2}
_PARTS = 10  # pieces of the test rows: a search that is interrupted goes on at the next piece


def accuracies(labels: Array, indices: Array, y: Array, ks: Sequence[int], classes: int) -> dict[str, float]:
    """Return the accuracy for each k, from the labels and the indices of the nearest training rows."""
    near = labels[indices]  # (M, largest k), nearest first
    return {str(k): float((majority_vote(near[:, :k], classes) == y).mean()) for k in ks}


def few(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Choose k by cross-validation on 5,000 training images, then test, by L1 and by L2.

    Seed 0 takes the first images, as the course does; any other seed draws its own.
    """
    n, ks = settings["num_train"], settings["ks"]
    rows = np.arange(n)
    if seed:
        rows = np.random.default_rng(seed).choice(len(images.y.train), n, replace=False)
    X, y = images.pixels.train[rows], images.y.train[rows]
    results: dict[str, Any] = {}
    for name, p in _METRICS.items():
        folds = []
        for train, val in k_fold(n, settings["num_folds"]):
            indices, _ = k_nearest(X[val], X[train], max(ks), p)
            folds.append(accuracies(y[train], indices, y[val], ks, images.classes))
        means = {str(k): float(np.mean([fold[str(k)] for fold in folds])) for k in ks}
        best = max(ks, key=lambda k: means[str(k)])  # of equal ones the smallest
        indices, _ = k_nearest(images.pixels.test, X, max(ks), p)
        test = accuracies(y, indices, images.y.test, ks, images.classes)
        results[name] = {
            "folds": folds,
            "val": means,
            "k": best,
            "test": test[str(best)],
            "test_1nn": test["1"],
        }
    return results


def validation(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Measure every k on the validation rows, with all training rows to look up."""
    ks, (X, y) = settings["ks"], (images.pixels.train, images.y.train)
    results: dict[str, Any] = {}
    for name, p in _METRICS.items():
        indices, _ = k_nearest(images.pixels.val, X, max(ks), p)
        val = accuracies(y, indices, images.y.val, ks, images.classes)
        results[name] = {"val": val, "k": max(ks, key=lambda k: val[str(k)])}
    return results


def everything(images: Images, part: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Look one tenth of the test rows up among all training and validation rows."""
    ks = settings["ks"]
    X = np.concatenate([images.pixels.train, images.pixels.val])
    y = np.concatenate([images.y.train, images.y.val])
    piece = np.array_split(np.arange(len(images.y.test)), _PARTS)[part]
    results: dict[str, Any] = {"rows": len(piece)}
    for name, p in _METRICS.items():
        indices, _ = k_nearest(images.pixels.test[piece], X, max(ks), p)
        results[name] = accuracies(y, indices, images.y.test[piece], ks, images.classes)
    return results


def means(images: Images, seed: int, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give each image the class whose mean image is nearest by L2."""
    model = NearestMean().fit(images.pixels.train, images.y.train)
    return {
        part: float(model.score(getattr(images.pixels, part), getattr(images.y, part)))
        for part in ("train", "val", "test")
    }


_KS = [1, 3, 5, 8, 10, 12, 15, 20, 50, 100]  # those of the course's assignment

EXPERIMENTS = (
    Experiment(
        "knn_few",
        "k nearest neighbors among 5,000 training images, k by 5-fold cross-validation",
        few,
        {"num_train": 5000, "ks": _KS, "num_folds": 5},
        {"num_train": 500, "ks": [1, 5, 10]},
    ),
    Experiment(
        "knn_validation",
        "k nearest neighbors among all training images: every k on the validation images",
        validation,
        {"ks": _KS},
        {"ks": [1, 5, 10]},
        seeds=(0,),
    ),
    Experiment(
        "knn_all",
        "k nearest neighbors among all 50,000 images, on the test images, a tenth at a time",
        everything,
        {"ks": _KS},
        {"ks": [1, 5, 10]},
        seeds=tuple(range(_PARTS)),
    ),
    Experiment("nearest_mean", "the nearest mean image of a class", means, {}, seeds=(0,)),
)
