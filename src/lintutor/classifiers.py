"""Linear classifiers with the estimator interface of scikit-learn.

Book: trained in chapter 3; compared in chapter 7.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor import scores
from lintutor._check import Array, as_count, as_integers, as_numbers, as_scalar
from lintutor.objective import squared_svm_loss, svm_loss_vectorized
from lintutor.optimizers import sgd

__all__ = ["LinearSVM", "NotFittedError"]

_LOSSES = {"hinge": svm_loss_vectorized, "squared_hinge": squared_svm_loss}


class NotFittedError(ValueError, AttributeError):
    """A method was called that needs `fit` to have run."""


class LinearSVM:
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
        rows, labels = as_numbers("X", X, 2), as_integers("y", y)
        if len(rows) != len(labels):
            raise ValueError(f"y has {len(labels)} labels for {len(rows)} rows of X")
        self.classes_, columns = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"y must hold at least two classes, got {len(self.classes_)}")
        self.n_features_in_ = rows.shape[1]
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

    def decision_function(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``."""
        if not hasattr(self, "W_"):
            raise NotFittedError("this LinearSVM is not fitted yet: call fit(X, y) first")
        rows = as_numbers("X", X, 2)
        if rows.shape[1] != self.n_features_in_:
            raise ValueError(f"X has {rows.shape[1]} columns, fit saw {self.n_features_in_}")
        return scores.linear_scores(scores.append_ones(rows), self.W_)

    def predict(self, X: ArrayLike) -> Array:
        """Return the label (N,) of the highest score of each row; a tie goes to the smallest."""
        winners = self.decision_function(X).argmax(axis=1)  # (N,)
        return np.asarray(self.classes_[winners])

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the share of rows whose label is predicted rightly, 0 to 1."""
        labels = as_integers("y", y)
        predicted = self.predict(X)
        if len(labels) != len(predicted):
            raise ValueError(f"y has {len(labels)} labels for {len(predicted)} rows of X")
        if len(labels) == 0:
            raise ValueError("X has no rows: an accuracy over no examples is not defined")
        return float((predicted == labels).mean())

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the settings by name; `deep` is there for scikit-learn and changes nothing."""
        return {name: getattr(self, name) for name in self._settings()}

    def set_params(self, **params: Any) -> Self:
        """Change settings by name and return self.

        Raises
        ------
        ValueError
            If a name is not a setting.
        """
        for name, value in params.items():
            if name not in self._settings():
                raise ValueError(f"LinearSVM has no setting {name!r}; it has {', '.join(self._settings())}")
            setattr(self, name, value)
        return self

    @classmethod
    def _settings(cls) -> tuple[str, ...]:
        return tuple(cls.__init__.__kwdefaults__ or ())

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"LinearSVM({inside})"
