"""Callbacks that write down what they are asked, and numbers as one writes them by hand."""

import numpy as np

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
answers = catalogue.beside(__file__, "answers")
inline, say = problems.inline, problems.say


class Bowl:
    """The loss ``sum(a * (W - c) ** 2)``; remembers where it was asked, and what it told.

    Parameters
    ----------
    a, c : arrays of the shape of W
    """

    def __init__(self, a, c):
        self.a, self.c = np.asarray(a, float), np.asarray(c, float)
        self.points, self.losses = [], []

    def __call__(self, W):
        """Return loss and gradient."""
        W = np.asarray(W, float)
        loss, dW = self.at(W)
        self.points.append(W.copy())
        self.losses.append(loss)
        return loss, dW

    def at(self, W):
        """Loss and gradient, unseen."""
        return float((self.a * (W - self.c) ** 2).sum()), 2 * self.a * (W - self.c)

    def fresh(self):
        """The same bowl, asked nothing yet."""
        return Bowl(self.a, self.c)


class Steps:
    """A loss of a batch that tells a planned row of losses and gradients, whatever it is asked.

    So the weights after any number of steps are known, and nothing depends on which rows were drawn.
    """

    def __init__(self, shape, seed=5):
        self.shape, self.seed = shape, seed
        self.asked = []  # X_batch, y_batch, and what came after or before them

    def told(self, number):
        """Loss and gradient of one call."""
        rng = np.random.default_rng([self.seed, number])
        return float(rng.uniform(1, 2)), rng.normal(size=self.shape)

    def answer(self, X_batch, y_batch, *others):
        """Write down a call and answer it."""
        self.asked.append((np.asarray(X_batch), np.asarray(y_batch), *others))
        return self.told(len(self.asked) - 1)


def of_two(value):
    """The two parts of a result, or None and None."""
    return value if isinstance(value, tuple | list) and len(value) == 2 else (None, None)


def numbers(value):
    """A list of numbers as an array (n,), or None."""
    if isinstance(value, np.ndarray):
        value = value.tolist() if value.ndim == 1 else [None]
    if not isinstance(value, tuple | list):
        return None
    found = [each.item() if isinstance(each, np.ndarray) and each.size == 1 else each for each in value]
    fine = all(answers.is_numeric(each) and np.ndim(each) == 0 for each in found)
    return np.array(found, float) if fine else None


def array(value, shape):
    """An array of real numbers of this shape, or None."""
    fine = answers.is_numeric(value) and np.shape(value) == tuple(shape)
    return np.asarray(value, float) if fine else None


def returned(value):
    """Say what came, as a sentence needs it."""
    given = value if isinstance(value, tuple) else [value]
    return ", ".join(answers.described(part, np.zeros(0)) for part in given[:4]) or "an empty tuple"


def rows_of(X_batch, X):
    """The number of the row of X that each row of a batch is, -1 where it is none."""
    same = (np.asarray(X_batch)[:, None, :] == X[None, :, :]).all(axis=2)  # (B, N)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)
