"""The mistakes in the loss of a classifier, whatever the loss is: one class a misconception."""

import inspect

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

shared = catalogue.beside(__file__, "loss_twins")


def weights(f):
    """Whether self.W is after the loss what it was."""
    seen = []
    for case in shared.probes(0.25):
        exchange = f(*case.arguments, "W")
        same = np.array_equal(exchange.value, case.W)
        seen.append(({}, {} if exchange.failed else {"self.W": "as it was" if same else "changed"}))
    return seen


OWN = {"mutation": Group("mutation", "the weights after the loss", weights)}
GROUPS = [OWN.get(group.id, group) for group in shared.GROUPS]


def twins(right, other):
    """The right answer and the twins of a classifier, by name.

    Parameters
    ----------
    right, other : callable (W, X, y) -> (loss, dW)
        The data term that is asked for, and the one of the other classifier.
    """

    class REFERENCE:
        """The right answer in parts; training is the base class's business and stands here for the checks."""

        def __init__(self):
            self.W = None

        def data(self, X, y):
            """The data term."""
            return right(self.W, X, y)

        def penalty(self, reg, N):
            """What the penalty adds to loss and gradient."""
            return reg * np.sum(self.W**2), 2 * reg * self.W

        def loss(self, X_batch, y_batch, reg):
            loss, dW = self.data(X_batch, y_batch)
            value, slope = self.penalty(reg, len(X_batch))
            return loss + value, dW + slope

        def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
            rng, history = np.random.default_rng(1), []
            if self.W is None:
                self.W = 0.001 * rng.standard_normal((X.shape[1], y.max() + 1))
            for _ in range(num_iters):
                rows = rng.integers(len(X), size=batch_size)
                loss, dW = self.loss(X[rows], y[rows], reg)
                history.append(loss)
                self.W = self.W - learning_rate * dW
            return history

        def predict(self, X):
            return (X @ self.W).argmax(axis=1)

    class the_other_loss(REFERENCE):
        def data(self, X, y):
            return other(self.W, X, y)

    class sum_not_mean(REFERENCE):
        def data(self, X, y):
            loss, dW = super().data(X, y)
            return len(X) * loss, len(X) * dW

    class gradient_not_averaged(REFERENCE):
        def data(self, X, y):
            loss, dW = super().data(X, y)
            return loss, len(X) * dW

    class gradient_negated(REFERENCE):
        def data(self, X, y):
            loss, dW = super().data(X, y)
            return loss, -dW

    class half_penalty(REFERENCE):
        def penalty(self, reg, N):
            return 0.5 * reg * np.sum(self.W**2), reg * self.W

    class penalty_gradient_halved(REFERENCE):
        def penalty(self, reg, N):
            return reg * np.sum(self.W**2), reg * self.W

    class penalty_missing(REFERENCE):
        def penalty(self, reg, N):
            return 0.0, 0.0

    class penalty_missing_from_gradient(REFERENCE):
        def penalty(self, reg, N):
            return reg * np.sum(self.W**2), 0.0

    class penalty_missing_from_loss(REFERENCE):
        def penalty(self, reg, N):
            return 0.0, 2 * reg * self.W

    class penalty_gradient_divided(REFERENCE):
        def penalty(self, reg, N):
            return reg * np.sum(self.W**2), 2 * reg * self.W / N

    class penalty_divided(REFERENCE):
        def penalty(self, reg, N):
            return reg * np.sum(self.W**2) / N, 2 * reg * self.W / N

    class weights_changed(REFERENCE):
        def loss(self, X_batch, y_batch, reg):
            result = super().loss(X_batch, y_batch, reg)
            slope = self.W  # not a copy
            slope *= 2 * reg
            return result

    class gradient_transposed(REFERENCE):
        def loss(self, X_batch, y_batch, reg):
            loss, dW = super().loss(X_batch, y_batch, reg)
            return loss, dW.T

    class swapped_return(REFERENCE):
        def loss(self, X_batch, y_batch, reg):
            loss, dW = super().loss(X_batch, y_batch, reg)
            return dW, loss

    class loss_alone(REFERENCE):
        def loss(self, X_batch, y_batch, reg):
            return super().loss(X_batch, y_batch, reg)[0]

    class nothing_returned(REFERENCE):
        def loss(self, X_batch, y_batch, reg):
            print(*super().loss(X_batch, y_batch, reg))

    return {name: value for name, value in locals().items() if inspect.isclass(value)}
