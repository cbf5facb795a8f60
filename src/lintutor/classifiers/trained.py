"""The linear SVM and the softmax classifier: one training, two objectives.

Book: the SVM is trained in chapter 3; both are compared in chapter 7.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor import scores
from lintutor._check import Array, as_count, as_scalar
from lintutor.classifiers._linear import LinearClassifier
from lintutor.losses import softmax
from lintutor.objective import softmax_loss_vectorized, squared_svm_loss, svm_loss_vectorized
from lintutor.optimizers import Validation, any_of, sgd

__all__ = ["LinearSVM", "SoftmaxClassifier"]

_HINGES = {"hinge": svm_loss_vectorized, "squared_hinge": squared_svm_loss}


class _TrainedClassifier(LinearClassifier):
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

    def _objective(self) -> Any:
        """Return the function ``(W, X, y, reg) -> (loss, dW)`` that training lowers."""
        raise NotImplementedError

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        X_val: ArrayLike | None = None,
        y_val: ArrayLike | None = None,
        *,
        check_every: int = 100,
        patience: int | None = None,
        callback: Any = None,
        progress: bool = False,
    ) -> Self:
        """Train on rows X (N, D) and labels y (N,): strings, bools or whole numbers of at least two kinds.

        Parameters
        ----------
        X : array_like (N, D)
        y : array_like (N,)
        X_val, y_val : array_like (M, D) and (M,), optional
            Examples to watch the accuracy on; it is kept in ``val_history_``.
        check_every : int, at least 1
            Steps from one look at the validation accuracy to the next.
        patience : int, at least 1, optional
            Stop after so many looks without a better accuracy, and keep the best weights seen.
        callback : callable (step, loss, W) -> bool or None, optional
            Called before each step; True stops there.
        progress : bool
            Show a bar with the loss.

        Raises
        ------
        ValueError, TypeError
            If the shapes do not fit, y holds fewer than two classes, or a setting is out of range.
        FloatingPointError
            If the loss overflows: the learning rate is too high.
        """
        objective, reg = self._objective(), as_scalar("reg", self.reg, minimum=0)
        rows, columns = self._begin_fit(X, y)
        rng = np.random.default_rng(self.random_state)
        watch = self._watch(X_val, y_val, check_every, patience)
        self.W_, self.loss_history_ = sgd(
            lambda W, X, y: objective(W, scores.append_ones(X), y, reg),
            self._start(rows, rng),
            rows,
            columns,
            learning_rate=self.learning_rate,
            num_iters=as_count("num_iters", self.num_iters, minimum=0),
            batch_size=self.batch_size,
            sampling=self.sampling,
            momentum=self.momentum,
            nesterov=self.nesterov,
            rng=rng,
            callback=any_of(*(c for c in (callback, watch) if c is not None)),
            progress=progress,
        )
        if watch is not None:
            self.val_history_ = watch.history
            if patience is not None and watch.best_W is not None:
                self.W_ = np.asarray(watch.best_W)
        return self

    def _start(self, rows: Array, rng: np.random.Generator) -> Array:
        """Return random weights (D + 1, C) in the precision of the rows."""
        std = as_scalar("init_std", self.init_std, minimum=0)
        W = std * rng.standard_normal((rows.shape[1] + 1, len(self.classes_)))
        return np.asarray(W, dtype=np.result_type(rows.dtype, np.float32))

    def _watch(
        self, X_val: ArrayLike | None, y_val: ArrayLike | None, every: int, patience: int | None
    ) -> Validation | None:
        """Return the callback that follows the accuracy on the validation examples, if there are any."""
        if (X_val is None) != (y_val is None):
            raise ValueError("X_val and y_val belong together: give both or neither")
        if X_val is None:
            if patience is not None:
                raise ValueError("patience needs X_val and y_val to judge by")
            return None
        rows, labels = self._begin_predict(X_val), np.asarray(y_val)
        if labels.shape != (len(rows),) or len(rows) == 0:
            raise ValueError(f"y_val has {labels.size} labels for {len(rows)} rows of X_val")

        def accuracy(W: Array) -> float:
            winners = scores.linear_scores(rows, W[:-1], W[-1]).argmax(axis=1)  # (M,)
            return float((self.classes_[winners] == labels).mean())

        return Validation(accuracy, every, patience)


class SoftmaxClassifier(_TrainedClassifier):
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
    val_history_ : list of (int, float)
        Step and validation accuracy, if `fit` was given validation examples.

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

    def _objective(self) -> Any:
        return softmax_loss_vectorized

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return the probabilities (N, C) of rows X (N, D), one column a class of ``classes_``."""
        return softmax(self.class_scores(X))


class LinearSVM(_TrainedClassifier):
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
    val_history_ : list of (int, float)
        Step and validation accuracy, if `fit` was given validation examples.

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

    def _objective(self) -> Any:
        if self.loss not in _HINGES:
            raise ValueError(f"loss must be one of {', '.join(_HINGES)}, got {self.loss!r}")
        return _HINGES[self.loss]
