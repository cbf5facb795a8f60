"""What the linear classifiers share: scores from weights whose last row is the bias."""

from numpy.typing import ArrayLike

from lintutor import scores
from lintutor._check import Array
from lintutor._estimator import Classifier


class LinearClassifier(Classifier):
    """A classifier that scores with ``W_`` (D + 1, C), the bias in its last row."""

    W_: Array

    def class_scores(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``."""
        return scores.linear_scores(self._begin_predict(X), self.W_[:-1], self.W_[-1])
