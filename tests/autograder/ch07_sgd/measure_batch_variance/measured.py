"""The experiment of the exercise, run by the grader: nothing here is a number that was typed in."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from lintutor import datasets, losses, optimizers, scores
from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "measurements")

SEED, OTHERS = 0, (1, 2, 3, 4)
SMALL, LARGE = 10, 160
BATCHES = 1000
ENTRIES = 640
LEAST = 0.002  # what rounding to three digits and another machine may change, as a share


@dataclass(frozen=True)
class Run:
    """One seed: means over the batches of two sizes."""

    error: tuple[float, float]  # of the squared distance from the gradient of all
    root: tuple[float, float]  # of the distance
    length: tuple[float, float]  # of the squared length of the batch's gradient

    @property
    def answer(self):
        """What the exercise asks for."""
        return (*self.error, slope(*self.error))


def slope(small, large):
    """The slope between two batch sizes, both axes logarithmic."""
    return float(np.log(large / small) / np.log(LARGE / SMALL))


@cache
def examples():
    """The digits, and the gradient of each alone, flat."""
    digits = datasets.load("digits")
    (X,) = scores.center(digits.X_train / 16)
    W = 0.5 * np.random.default_rng(1).standard_normal((64, 10))
    return X, digits.y_train, W


@measurements.recorded
def run(seed):
    """The experiment with one seed."""
    X, y, W = examples()
    whole = losses.cross_entropy_loss_vectorized(W, X, y)[1]
    rng = np.random.default_rng(seed)
    found = []
    for size in (SMALL, LARGE):
        squares = []
        for _ in range(BATCHES):
            batch = optimizers.sample_batch(X, y, size, rng)
            gradient = losses.cross_entropy_loss_vectorized(W, *batch)[1]
            error = ((gradient - whole) ** 2).sum()
            squares.append((error, np.sqrt(error), (gradient**2).sum()))
        found.append(np.mean(squares, axis=0))
    return Run(*(tuple(float(each) for each in pair) for pair in zip(*found, strict=True)))


@cache
def tolerances():
    """How far each figure may be off, as a share: four times what other seeds move it, or rounding."""
    answers = np.array([run(seed).answer for seed in (SEED, *OTHERS)])
    return tuple(
        float(each) for each in np.maximum(LEAST, 4 * answers.std(axis=0) / np.abs(answers.mean(axis=0)))
    )
