"""Linear classifiers with the estimator interface of scikit-learn.

Book: trained in chapter 3; compared in chapter 7.
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor import scores
from lintutor._check import Array, as_count, as_scalar
from lintutor._estimator import Classifier, NotFittedError
from lintutor.objective import squared_svm_loss, svm_loss_vectorized
from lintutor.optimizers import sgd

__all__ = ["LinearSVM", "NotFittedError"]

_LOSSES = {"hinge": svm_loss_vectorized, "squared_hinge": squared_svm_loss}


class LinearSVM(Classifier):
    """Multiclass linear SVM (Weston and Watkins), trained by minibatch SGD.

    A column of ones is appended to X inside, so the last row of ``W_`` is the bias; the penalty
    counts it with the rest. Center the pixels first: on raw pixels, one learning rate suits no one.

    Parameters
    ----------
    learning_rate : float, more than 0
    reg : float, at least 0
        Multiplies ``sum(W**2)``.
    num_iters : int
        Number of SGD steps.
    batch_size : int
    loss : {"hinge", "squared_hinge"}
    init_std : float, at least 0
        Standard deviation of the initial weights.
    random_state : int or None
        Seed of the initial weights and of the batches.

    Attributes
    ----------
    W_ : ndarray (D + 1, C)
    classes_ : ndarray (C,)
        The labels in sorted order; column j of ``W_`` scores ``classes_[j]``.
    n_features_in_ : int
        D.
    loss_history_ : list of float
        Batch objective at every step.

    Examples
    --------
    >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> svm = LinearSVM(learning_rate=0.1, num_iters=50, random_state=0).fit(X, y)
    >>> svm.predict([[-3.0], [3.0]])
    array([0, 1])

    See the book: ``hinge-trained``.
    """

    def __init__(
        self,
        *,
        learning_rate: float = 1e-3,
        reg: float = 1e-5,
        num_iters: int = 100,
        batch_size: int = 200,
        loss: str = "hinge",
        init_std: float = 1e-3,
        random_state: int | None = None,
    ) -> None:
        self.learning_rate = learning_rate
        self.reg = reg
        self.num_iters = num_iters
        self.batch_size = batch_size
        self.loss = loss
        self.init_std = init_std
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train on rows X (N, D) and labels y (N,), whole numbers of at least two kinds.

        Raises
        ------
        ValueError, TypeError
            If the shapes do not fit, y holds fewer than two classes, or a setting is out of range.
        FloatingPointError
            If the loss overflows: the learning rate is too high.
        """
        if self.loss not in _LOSSES:
            raise ValueError(f"loss must be one of {', '.join(_LOSSES)}, got {self.loss!r}")
        rows, columns = self._begin_fit(X, y)
        rng = np.random.default_rng(self.random_state)
        std = as_scalar("init_std", self.init_std, minimum=0)
        start = std * rng.standard_normal((rows.shape[1] + 1, len(self.classes_)))
        objective, reg = _LOSSES[self.loss], as_scalar("reg", self.reg, minimum=0)
        self.W_, self.loss_history_ = sgd(
            lambda W, X, y: objective(W, X, y, reg),
            start,
            scores.append_ones(rows),
            columns,
            learning_rate=self.learning_rate,
            num_iters=as_count("num_iters", self.num_iters, minimum=0),
            batch_size=self.batch_size,
            rng=rng,
        )
        return self

    def class_scores(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``."""
        rows = self._begin_predict(X)
        return scores.linear_scores(scores.append_ones(rows), self.W_)
