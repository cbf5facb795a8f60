"""What every classifier of the package has in common: settings, labels, accuracy.

The interface is scikit-learn's: settings are keyword arguments of the constructor, kept as they came;
`fit` checks them and sets attributes that end in an underscore.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers

__all__ = ["Classifier", "NotFittedError"]


class NotFittedError(ValueError, AttributeError):
    """A method was called that needs `fit` to have run."""


class Classifier:
    """A classifier without its mathematics: a subclass adds `__init__`, `fit` and `decision_function`.

    Attributes
    ----------
    classes_ : ndarray (C,)
        The labels in sorted order; column j of the scores belongs to ``classes_[j]``.
    n_features_in_ : int
        D.
    """

    classes_: Array
    n_features_in_: int

    def decision_function(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``."""
        raise NotImplementedError

    def predict(self, X: ArrayLike) -> Array:
        """Return the label (N,) of the highest score of each row; a tie goes to the smallest."""
        winners = self.decision_function(X).argmax(axis=1)  # (N,)
        return np.asarray(self.classes_[winners])

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the share of rows whose label is predicted rightly, 0 to 1."""
        labels, predicted = np.asarray(y), self.predict(X)
        if labels.shape != predicted.shape:
            raise ValueError(f"y has {labels.size} labels for {len(predicted)} rows of X")
        if len(labels) == 0:
            raise ValueError("X has no rows: an accuracy over no examples is not defined")
        return float((predicted == labels).mean())

    def _begin_fit(self, X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Return rows (N, D) and columns (N,): for each label its place in ``classes_``."""
        rows, labels = as_numbers("X", X, 2), np.asarray(y)
        if len(rows) != len(labels):
            raise ValueError(f"y has {len(labels)} labels for {len(rows)} rows of X")
        self.classes_, columns = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"y must hold at least two classes, got {len(self.classes_)}")
        self.n_features_in_ = rows.shape[1]
        return rows, columns

    def _begin_predict(self, X: ArrayLike) -> Array:
        """Return rows (N, D) of the width that `fit` saw."""
        if not hasattr(self, "n_features_in_"):
            raise NotFittedError(f"this {type(self).__name__} is not fitted yet: call fit(X, y) first")
        rows = as_numbers("X", X, 2)
        if rows.shape[1] != self.n_features_in_:
            raise ValueError(f"X has {rows.shape[1]} columns, fit saw {self.n_features_in_}")
        return rows

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
                has = ", ".join(self._settings())
                raise ValueError(f"{type(self).__name__} has no setting {name!r}; it has {has}")
            setattr(self, name, value)
        return self

    @classmethod
    def _settings(cls) -> tuple[str, ...]:
        return tuple(cls.__init__.__kwdefaults__ or ())

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({inside})"
