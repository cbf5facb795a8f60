"""The nearest class mean, which is a linear classifier: the bridge from neighbors to templates.

Book: chapter 2, "Score functions".
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor import scores
from lintutor._check import Array, as_integers, as_numbers
from lintutor.classifiers._linear import LinearClassifier

__all__ = ["NearestMean", "nearest_mean_weights"]


def nearest_mean_weights(X: ArrayLike, y: ArrayLike) -> Array:
    """Return the weights whose scores rank the classes by distance to their mean, the nearest highest.

    Column c holds the mean ``m`` of class c, and below it the bias ``-(m @ m) / 2``: of the squared
    distance ``x @ x - 2 * x @ m + m @ m``, all that differs from class to class, times minus one half.

    Parameters
    ----------
    X : array_like (N, D)
    y : array_like (N,) of int
        Classes 0 .. C-1, each of which must occur.

    Returns
    -------
    W : ndarray (D + 1, C)
        For rows with a last column of ones.

    Raises
    ------
    ValueError, TypeError
        If the shapes do not fit, a label is negative, a class has no example, or an entry is not finite.
    FloatingPointError
        If the squares of the means overflow.

    Examples
    --------
    >>> nearest_mean_weights([[1.0], [3.0], [6.0]], [0, 0, 1])
    array([[  2.,   6.],
           [ -2., -18.]])

    See the book: ``score-nearest-mean``.
    """
    rows, labels = as_numbers("X", X, 2), as_integers("y", y)
    if len(rows) != len(labels):
        raise ValueError(f"y has {len(labels)} labels for {len(rows)} rows of X")
    if len(rows) == 0:
        raise ValueError("X has no rows: a mean over no examples is not defined")
    if labels.min() < 0:
        raise ValueError(f"y must not be negative, got {labels.min()}")
    classes = np.arange(labels.max() + 1)  # (C,)
    members = (labels[:, None] == classes).astype(rows.dtype)  # (N, C), 1 where a row is of the class
    if not members.any(axis=0).all():
        raise ValueError(f"class {members.any(axis=0).argmin()} has no example to take the mean of")
    with np.errstate(over="raise", invalid="raise"):
        means = rows.T @ members / members.sum(axis=0)  # (D, N) @ (N, C) -> (D, C)
        bias = -(means * means).sum(axis=0) / 2  # (C,)
    return np.concatenate([means, bias[None, :]], axis=0)


class NearestMean(LinearClassifier):
    """The class whose mean is nearest, in Euclidean distance; a tie goes to the smallest label.

    What scikit-learn calls ``NearestCentroid``.

    Attributes
    ----------
    W_ : ndarray (D + 1, C)
        :func:`nearest_mean_weights` of the training rows.
    classes_ : ndarray (C,)
        The labels in sorted order; column j of ``W_`` scores ``classes_[j]``.
    n_features_in_ : int
        D.

    Examples
    --------
    >>> NearestMean().fit([[1.0], [3.0], [6.0]], ["cat", "cat", "dog"]).predict([[3.9], [4.1]])
    array(['cat', 'dog'], dtype='<U3')

    See the book: ``score-nearest-mean``.
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Learn the mean of each class from rows X (N, D) and labels y (N,).

        Raises
        ------
        ValueError, TypeError
            If the shapes do not fit or y holds fewer than two classes.
        """
        self.W_ = nearest_mean_weights(*self._begin_fit(X, y))
        return self

    def class_scores(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``.

        They are those of ``W_`` up to a number that all classes of a row share: the origin is moved
        between the means, because far from it the differences of the scores would be lost to rounding.
        """
        rows = self._begin_predict(X)
        center = self.W_[:-1].mean(axis=1)  # (D,)
        means = self.W_[:-1] - center[:, None]  # (D, C)
        return scores.linear_scores(rows - center, means, -(means * means).sum(axis=0) / 2)
