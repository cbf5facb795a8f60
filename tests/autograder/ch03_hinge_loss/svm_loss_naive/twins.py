"""The mistakes of the SVM loss by loops as code: those of the arrays, and some that only loops make."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.objective import svm_loss_naive as reference

arrays = catalogue.beside(__file__, "svm_loss_vectorized/twins")
GROUPS = arrays.GROUPS


def REFERENCE(W, X, y, reg):
    """The right answer."""
    return reference(W, X, y, reg)


def __getattr__(name):
    """The twins that the loss without a loop has, too, and those that every loss has."""
    if hasattr(arrays.shared, name):
        return arrays.shared.made(getattr(arrays.shared, name), REFERENCE)
    return getattr(arrays, name)


def true_class_always_pushed(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    for i in range(len(X)):
        for j in range(W.shape[1]):
            if j != y[i] and X[i] @ W[:, j] - X[i] @ W[:, y[i]] + 1 <= 0:
                dW[:, y[i]] -= X[i] / len(X)
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


def gradient_overwritten(W, X, y, reg):
    loss, _ = reference(W, X, y, reg)
    dW = np.zeros(W.shape)
    for i in range(len(X)):
        for j in range(W.shape[1]):
            if j != y[i] and X[i] @ W[:, j] - X[i] @ W[:, y[i]] + 1 > 0:
                dW[:, j] = X[i]
                dW[:, y[i]] = -X[i]
    return loss, dW / len(X) + 2 * reg * W


def returned_too_early(W, X, y, reg):
    loss, dW = reference(W, X[:1], y[:1], 0.0)
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


def stops_at_the_true_class(W, X, y, reg):
    return over_classes(lambda label: range(label), W, X, y, reg)


def loop_over_pixels(W, X, y, reg):
    classes = range(min(W.shape))  # where D is larger than C, the crash is another group's
    return over_classes(lambda label: classes, W, X, y, reg)


def over_classes(chosen, W, X, y, reg):
    """Loss and gradient of which only the `chosen` classes of each example are looked at."""
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        for j in chosen(y[i]):
            margin = X[i] @ W[:, j] - X[i] @ W[:, y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
