"""scikit-learn's own checks of an estimator, on every classifier of the package: none is excepted."""

import warnings

import pytest
from sklearn.utils.estimator_checks import estimator_checks_generator

from lintutor import classifiers, neighbors, network

# The checks train on blobs of unit variance and want them learned: settings for such data.
FAST = {"learning_rate": 0.05, "num_iters": 300, "random_state": 0}
MODELS = [
    classifiers.LinearSVM(**FAST),
    classifiers.LinearSVM(**FAST, momentum=0.5, nesterov=True),
    classifiers.SoftmaxClassifier(**FAST),
    classifiers.NearestMean(),
    neighbors.KNearestNeighbors(),
    neighbors.KNearestNeighbors(k=3, p=1, weights="distance"),
    network.TwoLayerNet(num_iters=300, batch_size=20, random_state=0),
]


def every_check():
    """Yield each model with each check that scikit-learn has for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Estimator .* does not inherit from")
        for model in MODELS:
            for fresh, check in estimator_checks_generator(model, mark=None):
                yield pytest.param(fresh, check, id=f"{type(model).__name__}-{check.func.__name__}")


@pytest.mark.parametrize(("model", "check"), every_check())
def test_the_estimator_passes(model, check):
    check(model)
