"""The linear SVM and the softmax classifier: one training, two objectives.

Book: the SVM is trained in chapter 3; both are compared in chapter 7.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor import scores
from lintutor._check import Array, as_scalar
from lintutor.classifiers._linear import LinearClassifier
from lintutor.classifiers.training import TrainedClassifier
from lintutor.losses import softmax
from lintutor.objective import softmax_loss_vectorized, squared_svm_loss, svm_loss_vectorized

__all__ = ["LinearSVM", "SoftmaxClassifier"]

_HINGES = {"hinge": svm_loss_vectorized, "squared_hinge": squared_svm_loss}


class _LinearTrained(TrainedClassifier, LinearClassifier):
    """A linear classifier whose ``W_`` lowers an objective by minibatch SGD."""

    def __init__(
        self,
        *,
        learning_rate: Any = 1e-3,
        reg: float = 1e-5,
        num_iters: int = 100,
        batch_size: int = 200,
        sampling: str = "replacement",
        momentum: float = 0.0,
        nesterov: bool = False,
        init_std: float = 1e-3,
        random_state: int | None = None,
    ) -> None:
        self.learning_rate = learning_rate
        self.reg = reg
        self.num_iters = num_iters
        self.batch_size = batch_size
        self.sampling = sampling
        self.momentum = momentum
        self.nesterov = nesterov
        self.init_std = init_std
        self.random_state = random_state

    def _loss(self) -> Any:
        """Return the function ``(W, X, y, reg) -> (loss, dW)`` that training lowers."""
        raise NotImplementedError

    def _objective(self) -> Any:
        loss, reg = self._loss(), as_scalar("reg", self.reg, minimum=0)
        return lambda W, X, y: loss(W, scores.append_ones(X), y, reg)

    def _start(self, rows: Array, rng: np.random.Generator) -> Array:
        """Return random weights (D + 1, C) in the precision of the rows."""
        std = as_scalar("init_std", self.init_std, minimum=0)
        W = std * rng.standard_normal((rows.shape[1] + 1, len(self.classes_)))
        return np.asarray(W, dtype=np.result_type(rows.dtype, np.float32))

    def _scores_with(self, weights: Array, rows: Array) -> Array:
        return scores.linear_scores(rows, weights[:-1], weights[-1])

    def _keep(self, weights: Array) -> None:
        self.W_ = np.asarray(weights)


class SoftmaxClassifier(_LinearTrained):
    """Softmax classifier (multinomial logistic regression), trained by minibatch SGD.

    A column of ones is appended to X inside, so the last row of ``W_`` is the bias; the penalty
    counts it with the rest. Center the pixels first: on raw pixels, one learning rate suits no one.

    Parameters
    ----------
    learning_rate : float, more than 0, or schedule (step -> rate)
    reg : float, at least 0
        Multiplies ``sum(W**2)``.
    num_iters : int
        Number of SGD steps.
    batch_size : int
    sampling : {"replacement", "epochs"}
        How batches are drawn; see :func:`lintutor.optimizers.sgd`.
    momentum : float, 0 up to but not 1
    nesterov : bool
    init_std : float, at least 0
        Standard deviation of the initial weights.
    random_state : int or None
        Seed of the initial weights and of the batches.

    Attributes
    ----------
    W_ : ndarray (D + 1, C)
        float32 if X is, else float64.
    classes_ : ndarray (C,)
        The labels in sorted order; column j of ``W_`` scores ``classes_[j]``.
    n_features_in_ : int
        D.
    loss_history_ : list of float
        Batch objective at every step.
    train_history_, val_history_ : list of (int, float)
        Step and accuracy, if `fit` was given validation examples.

    Examples
    --------
    >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> model = SoftmaxClassifier(learning_rate=0.5, num_iters=100, random_state=0).fit(X, y)
    >>> model.predict_proba([[-3.0], [0.0], [3.0]]).round(1)
    array([[1. , 0. ],
           [0.5, 0.5],
           [0. , 1. ]])

    See the book: ``sgd-linear-svm-softmax``.
    """

    def _loss(self) -> Any:
        return softmax_loss_vectorized

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return the probabilities (N, C) of rows X (N, D), one column a class of ``classes_``."""
        return softmax(self.class_scores(X))


class LinearSVM(_LinearTrained):
    """Multiclass linear SVM (Weston and Watkins), trained by minibatch SGD.

    A column of ones is appended to X inside, so the last row of ``W_`` is the bias; the penalty
    counts it with the rest. Center the pixels first: on raw pixels, one learning rate suits no one.

    Parameters
    ----------
    learning_rate : float, more than 0, or schedule (step -> rate)
    reg : float, at least 0
        Multiplies ``sum(W**2)``.
    num_iters : int
        Number of SGD steps.
    batch_size : int
    sampling : {"replacement", "epochs"}
        How batches are drawn; see :func:`lintutor.optimizers.sgd`.
    loss : {"hinge", "squared_hinge"}
    momentum : float, 0 up to but not 1
    nesterov : bool
    init_std : float, at least 0
        Standard deviation of the initial weights.
    random_state : int or None
        Seed of the initial weights and of the batches.

    Attributes
    ----------
    W_ : ndarray (D + 1, C)
        float32 if X is, else float64.
    classes_ : ndarray (C,)
        The labels in sorted order; column j of ``W_`` scores ``classes_[j]``.
    n_features_in_ : int
        D.
    loss_history_ : list of float
        Batch objective at every step.
    train_history_, val_history_ : list of (int, float)
        Step and accuracy, if `fit` was given validation examples.

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
        learning_rate: Any = 1e-3,
        reg: float = 1e-5,
        num_iters: int = 100,
        batch_size: int = 200,
        sampling: str = "replacement",
        loss: str = "hinge",
        momentum: float = 0.0,
        nesterov: bool = False,
        init_std: float = 1e-3,
        random_state: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            reg=reg,
            num_iters=num_iters,
            batch_size=batch_size,
            sampling=sampling,
            momentum=momentum,
            nesterov=nesterov,
            init_std=init_std,
            random_state=random_state,
        )
        self.loss = loss

    def _loss(self) -> Any:
        if self.loss not in _HINGES:
            raise ValueError(f"loss must be one of {', '.join(_HINGES)}, got {self.loss!r}")
        return _HINGES[self.loss]
