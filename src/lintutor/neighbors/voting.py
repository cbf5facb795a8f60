"""Votes: which class the nearest neighbors name, and to whom a tie goes.

Book: chapter 1, ``knn-vote-and-ties``.
"""

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_labels, as_numbers, refuse_masked

__all__ = ["majority_vote", "majority_vote_loops", "vote_counts"]


def majority_vote_loops(labels: ArrayLike, num_classes: int, weights: ArrayLike | None = None) -> Array:
    """Return the label with the most votes in each row, one vote at a time.

    Parameters
    ----------
    labels : array_like (M, k) of int
        The votes, each a class 0 .. C-1.
    num_classes : int
        C.
    weights : array_like (M, k), at least 0, optional
        What each vote counts; 1 if not given.

    Returns
    -------
    ndarray (M,) of int64
        A tie goes to the smallest label.

    Raises
    ------
    ValueError, TypeError
        If a label is not one of the classes, a weight is negative, or there are no votes.

    Examples
    --------
    >>> majority_vote_loops([[2, 1, 1], [2, 0, 1]], num_classes=3)
    array([1, 0])

    See the book: ``knn-vote-and-ties``.
    """
    votes, worth = _as_votes(labels, num_classes, weights)
    winners = np.zeros(len(votes), np.int64)  # (M,)
    for i in range(len(votes)):
        counts = [0.0] * num_classes
        for label, weight in zip(votes[i], worth[i], strict=True):
            counts[label] += weight
        for c in range(num_classes):
            if counts[c] > counts[winners[i]]:  # more, not as many: the smaller label keeps a tie
                winners[i] = c
    return winners


def majority_vote(labels: ArrayLike, num_classes: int, weights: ArrayLike | None = None) -> Array:
    """Return what :func:`majority_vote_loops` returns, without a loop.

    Same parameters, result and errors.

    Examples
    --------
    >>> majority_vote([[2, 1, 1], [2, 0, 1]], num_classes=3)
    array([1, 0])
    >>> majority_vote([[2, 1, 1]], num_classes=3, weights=[[3.0, 1.0, 1.0]])
    array([2])

    See the book: ``knn-vote-and-ties``.
    """
    votes = vote_counts(labels, num_classes, weights)  # (M, C)
    return np.asarray(votes.argmax(axis=1))  # (M,), the first of equals: the smallest label


def vote_counts(labels: ArrayLike, num_classes: int, weights: ArrayLike | None = None) -> Array:
    """Return how many votes, or what weight of votes, each class has in each row.

    Parameters and errors are those of :func:`majority_vote_loops`.

    Returns
    -------
    ndarray (M, C)

    Examples
    --------
    >>> vote_counts([[2, 1, 1], [2, 0, 1]], num_classes=3)
    array([[0., 2., 1.],
           [1., 1., 1.]])

    See the book: ``knn-vote-and-ties``.
    """
    votes, worth = _as_votes(labels, num_classes, weights)
    M, C = len(votes), num_classes
    row_and_class = np.arange(M)[:, None] * C + votes  # (M, k), one bin a row and class
    return np.bincount(row_and_class.ravel(), worth.ravel(), minlength=M * C).reshape(M, C)


def _as_votes(labels: ArrayLike, num_classes: int, weights: ArrayLike | None) -> tuple[Array, Array]:
    """Return votes (M, k) int64 and what each is worth (M, k) float64."""
    refuse_masked("labels", labels)
    votes = np.asarray(labels)
    if votes.ndim != 2 or votes.shape[1] == 0:
        raise ValueError(f"labels must have two axes, (M, k) with k at least 1, got shape {votes.shape}")
    flat = as_labels("labels", votes.ravel(), votes.size, as_count("num_classes", num_classes))
    if weights is None:
        return flat.reshape(votes.shape), np.ones(votes.shape)
    worth = as_numbers("weights", weights, 2).astype(np.float64)
    if worth.shape != votes.shape:
        raise ValueError(f"weights have shape {worth.shape}, labels have shape {votes.shape}")
    if worth.size and worth.min() < 0:
        i, j = (int(k) for k in np.argwhere(worth < 0)[0])
        raise ValueError(f"weights must be at least 0, got {worth[i, j]} at index ({i}, {j})")
    return flat.reshape(votes.shape), worth
