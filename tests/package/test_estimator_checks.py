"""scikit-learn's own checks of an estimator, on every classifier of the package."""

import warnings

import pytest
from sklearn.utils.estimator_checks import estimator_checks_generator

from lintutor import classifiers, neighbors, network

# The checks train on blobs of unit variance and want them learned: settings for such data.
FAST = {"learning_rate": 0.05, "num_iters": 300}
MODELS = [
    classifiers.LinearSVM(**FAST),
    classifiers.LinearSVM(**FAST, momentum=0.5, nesterov=True),
    classifiers.SoftmaxClassifier(**FAST),
    classifiers.NearestMean(),
    neighbors.KNearestNeighbors(),
    network.TwoLayerNet(num_iters=300),
]
# Checks that do not apply: name of the class -> name of the check -> why a maintainer would agree.
DO_NOT_APPLY: dict[str, dict[str, str]] = {}


def every_check():
    """Yield each model with each check that scikit-learn has for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Estimator .* does not inherit from")
        for model in MODELS:
            for fresh, check in estimator_checks_generator(model, mark=None):
                yield pytest.param(fresh, check, id=f"{type(model).__name__}-{check.func.__name__}")


@pytest.mark.parametrize(("model", "check"), every_check())
def test_the_estimator_passes(model, check):
    reason = DO_NOT_APPLY.get(type(model).__name__, {}).get(check.func.__name__)
    if reason is None:
        check(model)
    else:  # once it passes, it is to be struck off the list
        with pytest.raises(Exception):  # noqa: B017
            check(model)


def test_every_check_said_not_to_apply_exists_and_has_a_reason():
    names = {p.values[1].func.__name__ for p in every_check()}
    for listed in DO_NOT_APPLY.values():
        assert set(listed) <= names
        assert all(len(reason) > 20 for reason in listed.values())
