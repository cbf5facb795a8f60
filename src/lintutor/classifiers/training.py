"""How every classifier that walks downhill is trained: minibatch SGD, watched if asked for.

Book: chapter 7, "SGD"; the two-layer net of chapter 9 is trained the same way.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor._estimator import Classifier
from lintutor.optimizers import Validation, any_of, sgd
from lintutor.optimizers.stopping import Callback

__all__ = ["TrainedClassifier"]

_WATCHED = 1000  # rows of the training data, at most, on which the accuracy is followed


class TrainedClassifier(Classifier):
    """A classifier whose weights lower an objective by minibatch SGD.

    A subclass has the settings below and adds what is its own: ``_objective``, ``_start``,
    ``_scores_with``, ``_keep``. Its weights are one array or a dict of arrays.
    """

    learning_rate: Any
    num_iters: int
    batch_size: int
    sampling: str
    momentum: float
    nesterov: bool
    random_state: int | None
    loss_history_: list[float]
    train_history_: list[tuple[int, float]]
    val_history_: list[tuple[int, float]]

    def _objective(self) -> Any:
        """Return the function ``(weights, X, y) -> (loss, gradient)`` that training lowers."""
        raise NotImplementedError

    def _start(self, rows: Array, rng: np.random.Generator) -> Any:
        """Return the weights to start from, for these rows and ``classes_``."""
        raise NotImplementedError

    def _scores_with(self, weights: Any, rows: Array) -> Array:
        """Return the scores (N, C) that these weights give."""
        raise NotImplementedError

    def _keep(self, weights: Any) -> None:
        """Set the weights that predictions are made with."""
        raise NotImplementedError

    def _rate(self, steps_an_epoch: int) -> Any:
        """Return the learning rate or schedule."""
        return self.learning_rate

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        X_val: ArrayLike | None = None,
        y_val: ArrayLike | None = None,
        *,
        check_every: int = 100,
        patience: int | None = None,
        callback: Callback | None = None,
        progress: bool = False,
    ) -> Self:
        """Train on rows X (N, D) and labels y (N,): strings, bools or whole numbers of at least two kinds.

        Parameters
        ----------
        X : array_like (N, D)
        y : array_like (N,)
        X_val, y_val : array_like (M, D) and (M,), optional
            Examples that are not trained on, to watch the accuracy on: it is kept in ``val_history_``,
            and beside it, in ``train_history_``, that on at most 1000 training rows.
        check_every : int, at least 1
            Steps from one look at the accuracies to the next.
        patience : int, at least 1, optional
            Stop after so many looks without a better validation accuracy, and keep the best weights seen.
        callback : callable (step, loss, weights) -> bool or None, optional
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
        objective = self._objective()
        rows, columns = self._begin_fit(X, y)
        batch_size = as_count("batch_size", self.batch_size)
        rng = np.random.default_rng(self.random_state)
        watches = self._watches(rows, columns, X_val, y_val, check_every, patience)
        weights, self.loss_history_ = sgd(
            objective,
            self._start(rows, rng),
            rows,
            columns,
            learning_rate=self._rate(-(-len(rows) // batch_size)),
            num_iters=as_count("num_iters", self.num_iters, minimum=0),
            batch_size=batch_size,
            sampling=self.sampling,
            momentum=self.momentum,
            nesterov=self.nesterov,
            rng=rng,
            callback=any_of(*(c for c in (callback, *watches) if c is not None)),
            progress=progress,
        )
        if watches:
            train, val = watches
            self.train_history_, self.val_history_ = train.history, val.history
            if patience is not None and val.best_W is not None:
                weights = val.best_W
        self._keep(weights)
        return self

    def _watches(
        self,
        rows: Array,
        columns: Array,
        X_val: ArrayLike | None,
        y_val: ArrayLike | None,
        every: int,
        patience: int | None,
    ) -> tuple[Validation, ...]:
        """Return the callbacks that follow the accuracy in training and in validation, or none."""
        if (X_val is None) != (y_val is None):
            raise ValueError("X_val and y_val belong together: give both or neither")
        if X_val is None:
            if patience is not None:
                raise ValueError("patience needs X_val and y_val to judge by")
            return ()
        held_out, labels = self._begin_predict(X_val), np.asarray(y_val)
        if labels.shape != (len(held_out),) or len(held_out) == 0:
            raise ValueError(f"y_val has {labels.size} labels for {len(held_out)} rows of X_val")
        some = slice(None, None, -(-len(rows) // _WATCHED))  # spread evenly: no draw is spent on it

        def accuracy(weights: Any, rows: Array, labels: Array) -> float:
            winners = self._scores_with(weights, rows).argmax(axis=1)  # (N,)
            return float((self.classes_[winners] == labels).mean())

        sample = rows[some], self.classes_[columns[some]]
        return (
            Validation(lambda weights: accuracy(weights, *sample), every),
            Validation(lambda weights: accuracy(weights, held_out, labels), every, patience),
        )
