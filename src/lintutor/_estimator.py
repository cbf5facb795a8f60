"""What every classifier of the package has in common: settings, labels, accuracy.

The interface is scikit-learn's: settings are keyword arguments of the constructor, kept as they came;
`fit` checks them and sets attributes that end in an underscore. Some error texts hold a phrase that
scikit-learn's own checks of an estimator look for.
"""

import sys
import warnings
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, refuse_masked

__all__ = ["Classifier", "DataConversionWarning", "NotFittedError"]


class NotFittedError(ValueError, AttributeError):
    """A method was called that needs `fit` to have run."""


class DataConversionWarning(UserWarning):
    """Labels came in a shape that had to be changed."""


class Classifier:
    """A classifier without its mathematics: a subclass adds `__init__`, `fit` and `class_scores`.

    Attributes
    ----------
    classes_ : ndarray (C,)
        The labels in sorted order; column j of the scores belongs to ``classes_[j]``.
    n_features_in_ : int
        D.
    """

    classes_: Array
    n_features_in_: int

    def class_scores(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D), one column a class of ``classes_``."""
        raise NotImplementedError

    def decision_function(self, X: ArrayLike) -> Array:
        """Return the scores (N, C) of rows X (N, D); for two classes, as in scikit-learn, one number a row.

        That number (N,) is the score of ``classes_[1]`` minus the score of ``classes_[0]``.
        """
        S = self.class_scores(X)  # (N, C)
        return S[:, 1] - S[:, 0] if S.shape[1] == 2 else S

    def predict(self, X: ArrayLike) -> Array:
        """Return the label (N,) of the highest score of each row; a tie goes to the smallest."""
        winners = self.class_scores(X).argmax(axis=1)  # (N,)
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
        rows, labels = _as_rows(X), _as_targets(y)
        if len(rows) != len(labels):
            raise ValueError(f"y has {len(labels)} labels for {len(rows)} rows of X")
        if rows.shape[1] == 0:
            raise ValueError(f"X has 0 feature(s) (shape={rows.shape}) while a minimum of 1 is required.")
        if len(rows) == 0:
            raise ValueError("X has no rows to learn from")
        classes, columns = np.unique(labels, return_inverse=True)
        if len(classes) < 2:
            raise ValueError(f"y must hold at least two classes, got {len(classes)} class")
        self.classes_, self.n_features_in_ = classes, rows.shape[1]
        return rows, columns

    def _begin_predict(self, X: ArrayLike) -> Array:
        """Return rows (N, D) of the width that `fit` saw."""
        name = type(self).__name__
        if not hasattr(self, "n_features_in_"):
            error = _or_theirs(NotFittedError)
            raise error(f"this {name} is not fitted yet: call fit(X, y) first")
        rows = _as_rows(X)
        if rows.shape[1] != self.n_features_in_:
            has, expects = rows.shape[1], self.n_features_in_
            raise ValueError(f"X has {has} features, but {name} is expecting {expects} features as input")
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
                has = ", ".join(self._settings()) or "none"
                raise ValueError(f"{type(self).__name__} has no setting {name!r}; it has {has}")
            setattr(self, name, value)
        return self

    @classmethod
    def _settings(cls) -> tuple[str, ...]:
        return tuple(cls.__init__.__kwdefaults__ or ()) if cls.__init__ is not object.__init__ else ()

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({inside})"

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn, which alone calls this, that here is a classifier that needs labels."""
        from sklearn.utils import ClassifierTags, Tags, TargetTags  # type: ignore[import-untyped]

        return Tags(
            estimator_type="classifier",
            target_tags=TargetTags(required=True),
            classifier_tags=ClassifierTags(),
        )


def _as_rows(X: ArrayLike) -> Array:
    """Return X as finite numbers (N, D), or say which of the usual mistakes it is."""
    refuse_masked("X", X)
    if hasattr(X, "tocsr"):
        raise TypeError("X must be an array, got a sparse matrix: pass X.toarray()")
    array = np.asarray(X) if hasattr(X, "__array__") else X
    if isinstance(array, np.ndarray):
        if array.dtype.kind == "c":
            raise ValueError("Complex data not supported: X must hold real numbers")
        if array.ndim == 1:
            raise ValueError(
                "X must have two axes, one row an example. "
                "Reshape your data: X.reshape(-1, 1) for one feature, X.reshape(1, -1) for one example"
            )
        if array.dtype == object:
            array = _unboxed(array)
    try:
        return as_numbers("X", array, 2)
    except ValueError as error:
        if "finite" in str(error):
            raise ValueError(f"{error}; NaN and inf are no numbers to learn from") from None
        raise


def _unboxed(array: Array) -> Array:
    """Return an array of Python objects as float64; a string is no number, even if it reads like one."""
    for k, entry in np.ndenumerate(array):
        if isinstance(entry, str):
            raise ValueError(f"X must hold real numbers, got the string {entry!r} at index {k}")
    try:
        return array.astype(np.float64)
    except TypeError as error:
        raise TypeError(f"X must hold real numbers: {error}") from None


def _as_targets(y: ArrayLike) -> Array:
    """Return labels (N,): strings, bools or whole numbers, which may be stored as floats."""
    refuse_masked("y", y)
    if y is None:
        raise ValueError("y is missing: fit requires y to be passed, but the target y is None")
    labels = np.asarray(y)
    if labels.ndim == 2 and labels.shape[1] == 1:
        text = "A column-vector y was passed when a 1d array was expected: y is read as y.ravel()"
        warnings.warn(text, _or_theirs(DataConversionWarning), stacklevel=4)
        labels = labels[:, 0]  # (N, 1) -> (N,)
    if labels.ndim != 1:
        raise ValueError(f"y must have one axis, got shape {labels.shape}")
    if labels.dtype == object:
        labels = np.array(labels.tolist()) if len({type(label) for label in labels}) == 1 else labels
    if labels.dtype.kind == "f":
        if not np.isfinite(labels).all():
            raise ValueError("Input y contains infinity or a value too large, or NaN: labels must be finite")
        if (labels != np.round(labels)).any():
            raise ValueError("Unknown label type: continuous. y must hold classes: whole numbers or strings")
    elif labels.dtype.kind not in "biuU":
        raise TypeError(f"y must hold strings, bools or whole numbers, all of one kind, not {labels.dtype}")
    return labels


def _or_theirs(ours: type[Any]) -> Any:
    """Return `ours`; where scikit-learn is loaded, a kind of both, for code that expects its own."""
    theirs = getattr(sys.modules.get("sklearn.exceptions"), ours.__name__, None)
    if theirs is None:
        return ours
    return type(ours.__name__, (ours, theirs), {"__reduce__": lambda error: (ours, error.args)})
