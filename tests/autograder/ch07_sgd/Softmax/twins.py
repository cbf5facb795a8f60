"""The mistakes of the loss of ``Softmax``: one class a misconception."""

import numpy as np

from lintutor.autograder import catalogue

linear_losses = catalogue.beside(__file__, "linear_losses")
loss_twins = catalogue.beside(__file__, "loss_twins")
right, other = linear_losses.cross_entropy, linear_losses.hinge
GROUPS = [group for group in loss_twins.GROUPS if group.id in ("data", "penalty", "bookkeeping")]


class REFERENCE:
    """The right answer; training is the base class's business, and stands here for the checks."""

    def __init__(self):
        self.W = None

    def loss(self, X_batch, y_batch, reg):
        return right(self.W, X_batch, y_batch, reg)

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


class sum_not_mean(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        loss, dW = right(self.W, X_batch, y_batch, 0.0)
        count = len(X_batch)
        return count * loss + reg * np.sum(self.W**2), count * dW + 2 * reg * self.W


class gradient_negated(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        loss, dW = right(self.W, X_batch, y_batch, 0.0)
        return loss + reg * np.sum(self.W**2), -dW + 2 * reg * self.W


class the_other_loss(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        return other(self.W, X_batch, y_batch, reg)


class half_penalty(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        loss, dW = right(self.W, X_batch, y_batch, 0.0)
        return loss + 0.5 * reg * np.sum(self.W**2), dW + reg * self.W


class penalty_gradient_halved(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        loss, dW = right(self.W, X_batch, y_batch, 0.0)
        return loss + reg * np.sum(self.W**2), dW + reg * self.W


class penalty_missing(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        return right(self.W, X_batch, y_batch, 0.0)


class penalty_missing_from_gradient(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        loss, dW = right(self.W, X_batch, y_batch, 0.0)
        return loss + reg * np.sum(self.W**2), dW


class loss_alone(REFERENCE):
    def loss(self, X_batch, y_batch, reg):
        return right(self.W, X_batch, y_batch, reg)[0]
