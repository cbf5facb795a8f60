"""The experiment of the exercise, run by the grader: nothing here is a number that was typed in."""

from functools import cache

import numpy as np

from lintutor import datasets, network, scores

SEED, OTHERS = 0, (1, 2, 3, 4)
SETTINGS = {"hidden_size": 64, "learning_rate": 0.1, "reg": 1e-3, "batch_size": 100}
LEAST = 0.0015  # what rounding to three decimals and another machine may change


@cache
def hidden(seed, steps, biases=True):
    """What enters the ReLU, for each training digit and each unit, and the scores."""
    digits = datasets.load("digits")
    (X,) = scores.center(digits.X_train / 16)
    net = network.TwoLayerNet(num_iters=steps, random_state=seed, **SETTINGS).fit(X, digits.y_train)
    entering = X @ net.params_["W1"] + biases * net.params_["b1"]
    return entering, network.two_layer_scores(net.params_, X)


@cache
def run(seed):
    """The share of open gates before the first step and after the last."""
    return tuple(float((hidden(seed, steps)[0] > 0).mean()) for steps in (0, 200))


@cache
def tolerances():
    """How far each figure may be off: four times what four other seeds move it, or what rounding does."""
    moved = np.abs(np.array([run(seed) for seed in OTHERS]) - run(SEED)).max(axis=0)
    return tuple(float(each) for each in np.maximum(LEAST, 4 * moved))
