"""The nearest neighbor classifier, with the interface of scikit-learn.

Book: chapter 1, "Nearest neighbors".
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array
from lintutor._estimator import Classifier
from lintutor.neighbors._blocks import are_pixels
from lintutor.neighbors.nearest import Neighbors, as_neighbors
from lintutor.neighbors.voting import vote_counts

__all__ = ["KNearestNeighbors"]

_WEIGHTS = ("uniform", "distance")


class KNearestNeighbors(Classifier):
    """Predict by a vote of the k nearest training rows (Fix and Hodges 1951, Cover and Hart 1967).

    Training keeps the data and no more; the work is done when a label is asked for.

    Parameters
    ----------
    k : int, at least 1
        How many neighbors vote.
    p : float, more than 0
        Which distance: 1, 2, any other power, or ``inf``.
    weights : {"uniform", "distance"}
        Each vote counts 1, or 1 / distance; then a training row at distance 0 outvotes all others.

    Attributes
    ----------
    X_train_ : ndarray (N, D)
        A copy of the training rows; pixels, whole numbers 0 .. 255, are kept as bytes.
    y_train_ : ndarray (N,) of int64
        For each training row the place of its label in ``classes_``.
    classes_ : ndarray (C,)
        The labels in sorted order.
    n_features_in_ : int
        D.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [5.0], [6.0]], ["low", "low", "high", "high"]
    >>> knn = KNearestNeighbors(k=3).fit(X, y)
    >>> knn.predict([[0.4], [5.2]]).tolist()
    ['low', 'high']
    >>> knn.predict_proba([[0.4]]).round(2)
    array([[0.33, 0.67]])

    See the book: ``knn-in-practice``.
    """

    def __init__(self, *, k: int = 1, p: float = 2, weights: str = "uniform") -> None:
        self.k = k
        self.p = p
        self.weights = weights

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Keep rows X (N, D) and their labels y (N,), of at least two kinds.

        Raises
        ------
        ValueError, TypeError
            If the shapes do not fit, y holds fewer than two classes, or a setting is out of range.
        """
        if self.weights not in _WEIGHTS:
            raise ValueError(f"weights must be one of {', '.join(_WEIGHTS)}, got {self.weights!r}")
        rows, columns = self._begin_fit(X, y)
        as_neighbors("k", self.k, len(rows))
        self.X_train_ = rows.astype(np.uint8) if rows.dtype != object and are_pixels(rows) else rows.copy()
        self.y_train_ = columns
        self._neighbors = Neighbors(self.X_train_, self.p)
        return self

    def kneighbors(self, X: ArrayLike) -> tuple[Array, Array]:
        """Return distances and indices (M, k) of the nearest training rows, in scikit-learn's order.

        Nearest first; of training rows at one distance, the smaller index first.
        """
        rows = self._begin_predict(X)
        indices, distances = self._neighbors.find(rows, as_neighbors("k", self.k, len(self.X_train_)))
        return distances, indices

    def class_scores(self, X: ArrayLike) -> Array:
        """Return the votes (M, C) for each class of ``classes_``, as shares of all votes of a row."""
        distances, indices = self.kneighbors(X)
        worth = closeness(distances) if self.weights == "distance" else None
        votes = vote_counts(self.y_train_[indices], len(self.classes_), worth)  # (M, C)
        votes /= votes.sum(axis=1, keepdims=True)
        return votes

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return the share of the votes (M, C) that each class of ``classes_`` has; rows sum to 1."""
        return self.class_scores(X)


def closeness(distances: Array) -> Array:
    """Return votes (M, k) that count 1 / distance, as shares of the nearest's; at 0, 1 and the rest 0."""
    far = distances.astype(np.float64)
    nearest = far.min(axis=1, keepdims=True)  # (M, 1)
    return np.asarray(np.where(nearest > 0, nearest / np.where(far > 0, far, 1), far == 0))
