"""The mistakes in a training loop: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.autograder.inside.codec import Seed

spies = catalogue.beside(__file__, "spies")


def walked(loss_and_grad, W, learning_rate, batches):
    """Walk along batches."""
    history = []
    for X_batch, y_batch in batches:
        loss, dW = loss_and_grad(W, X_batch, y_batch)
        history.append(loss)
        W = W - learning_rate * dW
    return W, history


def REFERENCE(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    """The right answer."""
    drawn = [rng.integers(len(X), size=batch_size) for _ in range(num_iters)]
    return walked(loss_and_grad, W, learning_rate, [(X[rows], y[rows]) for rows in drawn])


def batch_drawn_unused(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    return walked(loss_and_grad, W, learning_rate, num_iters * [(X, y)])


def same_batch_every_step(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    rows = np.random.default_rng(0).integers(len(X), size=batch_size)
    return walked(loss_and_grad, W, learning_rate, num_iters * [(X[rows], y[rows])])


def batch_drawn_once(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    rows = rng.integers(len(X), size=batch_size)
    return walked(loss_and_grad, W, learning_rate, num_iters * [(X[rows], y[rows])])


def labels_of_all(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    drawn = [rng.integers(len(X), size=batch_size) for _ in range(num_iters)]
    return walked(loss_and_grad, W, learning_rate, [(X[rows], y) for rows in drawn])


def batch_of_the_first_rows(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    return walked(loss_and_grad, W, learning_rate, num_iters * [(X[:batch_size], y[:batch_size])])


def table(N, D=2):
    """Examples with rows of their own and labels of their own."""
    return 10.0 * np.arange(1, N + 1)[:, None] + np.arange(D), np.arange(N)[::-1].copy()


class Watched:
    """A planned row of losses and gradients; what the loop asked about is written down."""

    def __init__(self, shape=(2, 3)):
        self.steps = spies.Steps(shape)

    def __call__(self, W, X_batch, y_batch):
        """Return loss and gradient."""
        loss, dW = self.steps.told(len(self.steps.asked))
        self.steps.asked.append((np.asarray(X_batch), np.asarray(y_batch), np.array(W, float)))
        return loss, dW

    def rows(self, X, batch_size):
        """The rows of each batch (steps, batch_size), or None if some batch is not of that size."""
        batches = [X_batch for X_batch, _, _ in self.steps.asked]
        if not batches or any(np.shape(b) != (batch_size, X.shape[1]) for b in batches):
            return None
        return np.array([spies.rows_of(batch, X) for batch in batches])


def watch(f, seed, steps=4, batch_size=6):
    """What a loop of some steps asks about."""
    X, y = table(40)
    watched = Watched()
    f(watched, np.zeros((2, 3)), X, y, 0.5, steps, batch_size, Seed(seed))
    return watched, X, y


def batch(f):
    """Which examples the loss is asked about, as a word."""
    (one, X, _), (other, _, _) = watch(f, 3), watch(f, 4)
    if not one.steps.asked:
        return [({}, {})]
    if all(len(X_batch) == 40 for X_batch, _, _ in one.steps.asked):
        return [({}, {"the batch": "all examples"})]
    rows, others = one.rows(X, 6), other.rows(X, 6)
    if rows is None or others is None:
        return [({}, {})]
    if any(len(y_batch) == 40 for _, y_batch, _ in one.steps.asked):
        return [({}, {"the batch": "with all labels"})]
    if (rows == np.arange(6)).all():
        return [({}, {"the batch": "the first rows"})]
    if (rows == rows[0]).all():
        return [({}, {"the batch": "always the same" if np.array_equal(rows, others) else "drawn once"})]
    return [({}, {"the batch": "new at each step"})]


GROUPS = [Group("batch", "the batch", batch)]
