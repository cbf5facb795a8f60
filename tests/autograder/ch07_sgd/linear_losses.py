"""The two losses of a batch that the classifiers lower, on numpy alone, and one example of each by hand."""

import numpy as np

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
inline, paren, say = problems.inline, problems.paren, problems.say


def hinge(W, X, y):
    """The mean hinge loss with its gradient, no penalty."""
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    counts = (margins > 0).astype(float)
    counts[rows, y] = -counts.sum(axis=1)
    return margins.sum() / len(X), X.T @ counts / len(X)


def cross_entropy(W, X, y):
    """The mean cross-entropy loss with its gradient, no penalty."""
    scores = X @ W
    return of_shifted(scores - scores.max(axis=1, keepdims=True), X, y)


def of_shifted(scores, X, y):
    """The cross-entropy of scores as they are, which may overflow."""
    rows = np.arange(len(X))
    with np.errstate(all="ignore"):
        powers = np.exp(scores)
        sums = powers.sum(axis=1)
        errors = powers / sums[:, None]
        errors[rows, y] -= 1
        return np.mean(np.log(sums) - scores[rows, y]), X.T @ errors / len(X)


def hinge_by_hand(scores, label):
    """Lines for the board, the loss, and how often x enters each column of the gradient."""
    margins = np.maximum(0, scores - scores[label] + 1)
    margins[label] = 0
    lines = [
        f"class {j}: max(0, {say(score)} - {paren(scores[label])} + 1) = {say(margins[j])}"
        for j, score in enumerate(scores)
        if j != label
    ]
    times = (margins > 0).astype(float)
    times[label] = -times.sum()
    return lines, margins.sum(), times


def cross_entropy_by_hand(scores, label):
    """Lines for the board, the loss, and how often x enters each column of the gradient."""
    top = scores.max() if np.abs(scores).max() > 50 else 0.0
    lines = [f"the largest is subtracted: {inline(scores - top)}"] if top else []
    powers, true = np.exp(scores - top), scores[label] - top
    loss = np.log(powers.sum()) - true
    lines.append(f"exponentials {inline(powers)}, sum {say(powers.sum())}")
    lines.append(f"log {say(powers.sum())} - {paren(true)} = {say(loss)}")
    times = powers / powers.sum()
    times[label] -= 1
    return lines, loss, times
