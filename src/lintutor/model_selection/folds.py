"""Cross-validation: every example is held out once, by a model that was trained without it.

Book: chapter 1, "Nearest neighbors".
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array
from lintutor.model_selection.splits import Seed, as_pair, k_fold
from lintutor.progress import bar

__all__ = ["cross_val_score", "k_fold_accuracies"]


def cross_val_score(
    model: Any,
    X: ArrayLike,
    y: ArrayLike,
    num_folds: int = 5,
    *,
    shuffle: bool = False,
    rng: Seed = None,
    progress: bool = False,
) -> Array:
    """Return the score on each fold of a model that was trained on the other folds.

    Parameters
    ----------
    model : estimator
        Copies of it are trained; it is left as it is.
    X : array_like (N, ...)
    y : array_like (N,)
    num_folds : int, 2 .. N
        See :func:`k_fold`.
    shuffle : bool
    rng : numpy Generator, seed, or None
    progress : bool
        Show a bar.

    Returns
    -------
    ndarray (num_folds,) float64

    Raises
    ------
    ValueError
        If X and y differ in length, or there are more folds than examples.

    Examples
    --------
    >>> from lintutor.classifiers import NearestMean
    >>> X, y = np.array([[0.0], [9.0], [1.0], [8.0], [4.0], [7.0]]), np.array([0, 1, 0, 1, 1, 1])
    >>> cross_val_score(NearestMean(), X, y, num_folds=3)
    array([1. , 1. , 0.5])

    See the book: ``knn-cross-validation``.
    """
    rows, labels = as_pair(X, y)
    folds = k_fold(len(rows), num_folds, shuffle, rng)
    accuracies = np.empty(num_folds)
    with bar(num_folds, "folds", shown=progress) as advance:
        for k, (train, val) in enumerate(folds):
            trained = fresh(model).fit(rows[train], labels[train])
            accuracies[k] = trained.score(rows[val], labels[val])
            advance(1, f"{accuracies[k]:.3f}")
    return accuracies


def k_fold_accuracies(
    make_model: Callable[[Any], Any],
    X: ArrayLike,
    y: ArrayLike,
    choices: Sequence[Any],
    num_folds: int = 5,
    *,
    shuffle: bool = False,
    rng: Seed = None,
    progress: bool = False,
) -> dict[Any, list[float]]:
    """Return, for each choice, the accuracies of its model on the folds; all choices see the same folds.

    Parameters
    ----------
    make_model : callable (choice) -> estimator
    X : array_like (N, ...)
    y : array_like (N,)
    choices : sequence
        Such as the number of neighbors; none may come twice.
    num_folds : int, 2 .. N
        See :func:`k_fold`.
    shuffle : bool
    rng : numpy Generator, seed, or None
    progress : bool
        Show a bar.

    Returns
    -------
    dict
        choice -> list of `num_folds` accuracies, in the order of the choices.

    Raises
    ------
    ValueError
        If a choice comes twice, X and y differ in length, or there are more folds than examples.

    Examples
    --------
    >>> from lintutor.classifiers import SoftmaxClassifier
    >>> X, y = np.array([[0.0], [9.0], [1.0], [8.0]]) - 4.5, np.array([0, 1, 0, 1])
    >>> k_fold_accuracies(lambda steps: SoftmaxClassifier(num_iters=steps, learning_rate=0.1, random_state=0),
    ...                   X, y, choices=[50, 100], num_folds=2)
    {50: [1.0, 1.0], 100: [1.0, 1.0]}

    See the book: ``knn-cross-validation``.
    """
    rows, labels = as_pair(X, y)
    refuse_duplicates("choices", choices)
    seed = int(np.random.default_rng(rng).integers(2**63)) if shuffle else None  # the same folds for all
    accuracies = {}
    with bar(len(choices), "choices", shown=progress) as advance:
        for choice in choices:
            model = make_model(choice)
            scores = cross_val_score(model, rows, labels, num_folds, shuffle=shuffle, rng=seed)
            accuracies[choice] = scores.tolist()
            advance(1, f"{choice}: {scores.mean():.3f}")
    return accuracies


def refuse_duplicates(name: str, values: Sequence[Any]) -> None:
    """Refuse an empty list of values and a value that comes twice."""
    if len(values) == 0:
        raise ValueError(f"{name} must hold at least one value, it is empty")
    for k, value in enumerate(values):
        if any(value is other or value == other for other in values[:k]):
            raise ValueError(f"{name} holds {value!r} twice")


def fresh(model: Any) -> Any:
    """Return a model of the same settings that has seen nothing."""
    return type(model)(**deepcopy(model.get_params(deep=False)))
