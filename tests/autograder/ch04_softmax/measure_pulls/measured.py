"""The experiment of the exercise, run by the grader: nothing here is a number that was typed in."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from lintutor import classifiers, datasets, losses, scores
from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "measurements")

SEED, OTHERS = 0, (1, 2, 3, 4)
SETTINGS = {"learning_rate": 0.5, "reg": 1e-3, "num_iters": 1000, "batch_size": 200}
LEAST = 0.0015  # what rounding to three decimals and another machine may change


@dataclass(frozen=True)
class Figures:
    """What one model shows on some digits."""

    true_share: float
    largest_share: float
    right: float
    done: float
    digits: int
    pull_of_done: float
    pull_by_digit: float

    @property
    def answer(self):
        """What the exercise asks for."""
        return self.true_share, self.done, self.pull_of_done


def figures(model, X, y):
    """Shares, margins and pulls of a model."""
    S, rows = model.decision_function(X), np.arange(len(y))
    P = losses.softmax(S)
    margins = S - S[rows, y][:, None] + 1  # (N, C)
    margins[rows, y] = 0
    done = (margins <= 0).all(axis=1)  # (N,)
    pull = np.abs(P - np.eye(P.shape[1])[y]).sum(axis=1)  # (N,)
    return Figures(
        true_share=float(P[rows, y].mean()),
        largest_share=float(P.max(axis=1).mean()),
        right=float((S.argmax(axis=1) == y).mean()),
        done=float(done.mean()),
        digits=len(y),
        pull_of_done=float(pull[done].sum() / pull.sum()),
        pull_by_digit=float(pull[done].mean() / pull[~done].mean()),
    )


@measurements.recorded
def run(seed):
    """The figures of the training digits and of the held-out ones, with one seed."""
    digits = datasets.load("digits")
    X, held_out = scores.center(digits.X_train / 16, digits.X_val / 16)
    model = classifiers.SoftmaxClassifier(random_state=seed, **SETTINGS).fit(X, digits.y_train)
    return figures(model, X, digits.y_train), figures(model, held_out, digits.y_val)


@cache
def tolerances():
    """How far each figure may be off: three times what other seeds move it, or what rounding does."""
    answers = np.array([run(seed)[0].answer for seed in (SEED, *OTHERS)])
    return tuple(float(each) for each in np.maximum(LEAST, 3 * answers.std(axis=0)))
