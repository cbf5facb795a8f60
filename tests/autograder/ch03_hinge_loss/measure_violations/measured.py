"""The experiment of the exercise, run by the grader: nothing here is a number that was typed in."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from lintutor import classifiers, datasets, scores
from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "measurements")

SEED, OTHERS = 0, (1, 2, 3, 4)
SETTINGS = {"learning_rate": 0.05, "reg": 1e-3, "batch_size": 200}
LEAST = 0.0015  # what rounding to three decimals and another machine may change


@dataclass(frozen=True)
class Figures:
    """What one model shows on some digits."""

    open_pairs: int
    digits: int
    classes: int
    idle: float
    mistaken: float

    @property
    def pairs(self):
        """How many pairs of a digit and a wrong class there are."""
        return self.digits * (self.classes - 1)

    @property
    def open_share(self):
        """The share of the pairs whose hinge is open."""
        return self.open_pairs / self.pairs


@dataclass(frozen=True)
class Run:
    """One seed: before and after training on the training digits, and after it on the held-out ones."""

    before: Figures
    after: Figures
    held_out: Figures

    @property
    def answer(self):
        """What the exercise asks for."""
        return self.before.open_share, self.after.open_share, self.after.idle


def figures(model, X, y):
    """Count the open hinges of a model."""
    S, rows = model.decision_function(X), np.arange(len(y))
    opened = S - S[rows, y][:, None] + 1 > 0  # (N, C)
    opened[rows, y] = False
    mistaken = float((S.argmax(axis=1) != y).mean())
    return Figures(int(opened.sum()), *S.shape, float((~opened.any(axis=1)).mean()), mistaken)


@measurements.recorded
def run(seed):
    """The experiment with one seed."""
    digits = datasets.load("digits")
    X, held_out = scores.center(digits.X_train / 16, digits.X_val / 16)
    models = [
        classifiers.LinearSVM(num_iters=steps, random_state=seed, **SETTINGS).fit(X, digits.y_train)
        for steps in (0, 1000)
    ]
    before, after = (figures(model, X, digits.y_train) for model in models)
    return Run(before, after, figures(models[1], held_out, digits.y_val))


@cache
def tolerances():
    """How far each figure may be off: three times what other seeds move it, or what rounding does."""
    answers = np.array([run(seed).answer for seed in (SEED, *OTHERS)])
    return tuple(float(each) for each in np.maximum(LEAST, 3 * answers.std(axis=0)))
