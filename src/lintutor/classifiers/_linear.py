"""What the linear classifiers share: scores that are finite, from weights whose last row is the bias."""

import numpy as np
from numpy.typing import ArrayLike

from lintutor import scores
from lintutor._check import Array
from lintutor._estimator import Classifier


class LinearClassifier(Classifier):
    """A classifier that scores with ``W_`` (D + 1, C), the bias in its last row."""

    W_: Array

    def class_scores(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``."""
        return finite_scores(self._begin_predict(X), self.W_[:-1], self.W_[-1])


def finite_scores(rows: Array, templates: Array, bias: Array) -> Array:
    """Return the scores (N, C); of scores that overflowed none is the highest."""
    with np.errstate(over="ignore", invalid="ignore"):
        S = scores.linear_scores(rows, templates, bias)  # (N, C)
    if not np.isfinite(S).all():
        raise FloatingPointError("a score overflowed: a row of X is far too large for these weights")
    return S
