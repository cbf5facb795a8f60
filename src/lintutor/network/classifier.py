"""A two-layer net with the estimator interface of scikit-learn.

Book: chapter 9, ``bp-two-layer-net``.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_scalar
from lintutor.classifiers.training import TrainedClassifier
from lintutor.losses import softmax
from lintutor.network.two_layer import LOSSES, two_layer_loss, two_layer_scores
from lintutor.optimizers import step_decay

__all__ = ["TwoLayerNet"]


class TwoLayerNet(TrainedClassifier):
    """Affine, ReLU, affine, and softmax or hinge loss, trained by minibatch SGD.

    Everything is computed in the precision of X: float32 trains in about half the time of float64.
    Center and scale X first.

    Parameters
    ----------
    hidden_size : int
        H, the number of hidden units.
    learning_rate : float, more than 0, or schedule (step -> rate)
    learning_rate_decay : float, more than 0 and at most 1
        What the rate is multiplied by after each epoch; 1 with a schedule.
    momentum : float, 0 up to but not 1
    nesterov : bool
    reg : float, at least 0
        Multiplies the sum of the squares of both weight matrices; biases are not penalized.
    num_iters : int
        Number of SGD steps; an epoch is ``ceil(N / batch_size)`` of them.
    batch_size : int
    sampling : {"replacement", "epochs"}
        How batches are drawn; see :func:`lintutor.optimizers.sgd`.
    init_std : float, at least 0, or "he"
        Standard deviation of the initial weights; "he" is ``sqrt(2 / rows)`` of each matrix (He, Zhang,
        Ren and Sun, "Delving deep into rectifiers", 2015). Biases start at 0.
    loss : {"softmax", "svm"}
    random_state : int or None
        Seed of the initial weights and of the batches.

    Attributes
    ----------
    params_ : dict
        W1 (D, H), b1 (H,), W2 (H, C), b2 (C,).
    classes_ : ndarray (C,)
        The labels in sorted order; column j of the scores belongs to ``classes_[j]``.
    n_features_in_ : int
        D.
    loss_history_ : list of float
        Batch objective at every step.
    train_history_, val_history_ : list of (int, float)
        Step and accuracy, if `fit` was given validation examples.

    Examples
    --------
    >>> X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
    >>> net = TwoLayerNet(hidden_size=8, learning_rate=0.5, reg=0.0, num_iters=500, random_state=0)
    >>> net.fit(X, y).predict(X)
    array([0, 1, 1, 0])

    See the book: ``bp-two-layer-net``.
    """

    def __init__(
        self,
        *,
        hidden_size: int = 50,
        learning_rate: float | Callable[[int], float] = 0.1,
        learning_rate_decay: float = 1.0,
        momentum: float = 0.0,
        nesterov: bool = False,
        reg: float = 1e-4,
        num_iters: int = 1000,
        batch_size: int = 200,
        sampling: str = "replacement",
        init_std: float | str = "he",
        loss: str = "softmax",
        random_state: int | None = None,
    ) -> None:
        self.hidden_size = hidden_size
        self.learning_rate = learning_rate
        self.learning_rate_decay = learning_rate_decay
        self.momentum = momentum
        self.nesterov = nesterov
        self.reg = reg
        self.num_iters = num_iters
        self.batch_size = batch_size
        self.sampling = sampling
        self.init_std = init_std
        self.loss = loss
        self.random_state = random_state

    def _objective(self) -> Any:
        if self.loss not in LOSSES:
            raise ValueError(f"loss must be one of {', '.join(LOSSES)}, got {self.loss!r}")
        reg = as_scalar("reg", self.reg, minimum=0)
        return lambda params, X, y: two_layer_loss(params, X, y, reg, self.loss)

    def _start(self, rows: Array, rng: np.random.Generator) -> dict[str, Array]:
        """Return random weights and zero biases, in the precision of the data."""
        sizes = rows.shape[1], as_count("hidden_size", self.hidden_size), len(self.classes_)
        params = {}
        for layer, (before, after) in enumerate(pairwise(sizes), start=1):
            if self.init_std == "he":
                std = (2 / before) ** 0.5
            else:
                std = float(as_scalar("init_std", self.init_std, minimum=0))
            weights = std * rng.standard_normal((before, after))
            params[f"W{layer}"] = weights.astype(rows.dtype)
            params[f"b{layer}"] = np.zeros(after, dtype=rows.dtype)
        return params

    def _scores_with(self, weights: dict[str, Array], rows: Array) -> Array:
        return two_layer_scores(weights, rows)

    def _keep(self, weights: dict[str, Array]) -> None:
        self.params_ = weights

    def _rate(self, steps_an_epoch: int) -> Any:
        """Return the rate of every step: a schedule as it is, a number with its decay."""
        if callable(self.learning_rate):
            if self.learning_rate_decay != 1:
                raise ValueError("learning_rate is a schedule: learning_rate_decay must be 1")
            return self.learning_rate
        as_scalar("learning_rate", self.learning_rate, minimum=0, strict=True)
        as_scalar("learning_rate_decay", self.learning_rate_decay, minimum=0, strict=True)
        return step_decay(self.learning_rate, drop=self.learning_rate_decay, every=steps_an_epoch)

    def class_scores(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``."""
        rows = self._begin_predict(X)
        return two_layer_scores(self.params_, rows)

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return the probabilities (N, C) of the classes for rows X (N, D).

        Raises
        ------
        AttributeError
            If the loss is "svm": its scores are no logarithms of probabilities.
        """
        if self.loss != "softmax":
            raise AttributeError(f"predict_proba needs loss='softmax', this net has {self.loss!r}")
        return softmax(self.class_scores(X))
