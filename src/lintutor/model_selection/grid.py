"""Grid search: train at every combination of settings, choose by the validation examples.

Book: chapter 7, "SGD".
"""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from time import perf_counter
from typing import Any, NamedTuple

from numpy.typing import ArrayLike

from lintutor.model_selection.folds import fresh, refuse_duplicates
from lintutor.model_selection.splits import as_pair
from lintutor.progress import bar

__all__ = ["Search", "Trial", "grid_search"]


class Trial(NamedTuple):
    """One point of a grid: its settings, how well it did, how long it took, what went wrong."""

    settings: dict[str, Any]
    val_score: float
    train_score: float
    seconds: float
    error: str | None = None

    def as_row(self) -> dict[str, Any]:
        """Return the trial as one flat row, for a table or a line of JSON."""
        return {**self.settings, **{k: v for k, v in self._asdict().items() if k != "settings"}}


class Search(NamedTuple):
    """All trials in the order of the grid, the best of them, and its trained model."""

    results: list[Trial]
    best: Trial
    best_model: Any


def grid_search(
    model: Any,
    grid: Mapping[str, Sequence[Any]],
    X_train: ArrayLike,
    y_train: ArrayLike,
    X_val: ArrayLike,
    y_val: ArrayLike,
    *,
    progress: bool = True,
    on_trial: Callable[[Trial], None] | None = None,
) -> Search:
    """Train at every point of a grid of settings and choose by the validation examples.

    Parameters
    ----------
    model : estimator, or callable that makes one from settings
        An estimator gives the settings that are not searched, and is left as it is; a class, or a
        ``functools.partial`` of one, will do as well.
    grid : dict: name of a setting -> values
        Every combination is tried; the last name changes fastest.
    X_train, y_train : array_like (N, ...) and (N,)
    X_val, y_val : array_like (M, ...) and (M,)
    progress : bool
        Show a bar with the best score so far.
    on_trial : callable (Trial) -> None, optional
        Called after each trial, to log it.

    Returns
    -------
    Search
        ``(results, best, best_model)``. Of equal validation scores the first wins. A trial that diverges
        (FloatingPointError) has the score nan and its text in ``error``, and never wins.

    Raises
    ------
    ValueError
        If the grid is empty or holds a value twice, or the examples do not fit.
    FloatingPointError
        If every trial diverges.

    Examples
    --------
    >>> from lintutor.classifiers import LinearSVM
    >>> X, y = [[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1]
    >>> results, best, svm = grid_search(LinearSVM(num_iters=50, random_state=0),
    ...     {"learning_rate": [1e-9, 0.1], "reg": [0.0, 1e-3]}, X, y, X, y, progress=False)
    >>> len(results), best.settings, best.val_score
    (4, {'learning_rate': 0.1, 'reg': 0.0}, 1.0)

    See the book: ``sgd-hyperparameter-search``.
    """
    train, val = as_pair(X_train, y_train), as_pair(X_val, y_val)
    points = _points(grid)
    results: list[Trial] = []
    best, best_model = None, None
    with bar(len(points), "grid", shown=progress) as advance:
        for settings in points:
            candidate = model(**settings) if callable(model) else fresh(model).set_params(**settings)
            trial = _tried(candidate, settings, train, val)
            results.append(trial)
            if on_trial is not None:
                on_trial(trial)
            if trial.error is None and (best is None or trial.val_score > best.val_score):
                best, best_model = trial, candidate
            advance(1, f"best {best.val_score:.3f}" if best else "")
    if best is None:
        raise FloatingPointError(f"all {len(points)} trials failed; the first: {results[0].error}")
    return Search(results, best, best_model)


def _tried(model: Any, settings: dict[str, Any], train: Any, val: Any) -> Trial:
    """Train and score one model; a run that diverges is a result too."""
    start = perf_counter()
    try:
        model.fit(*train)
        val_score, train_score = float(model.score(*val)), float(model.score(*train))
    except FloatingPointError as error:
        return Trial(settings, math.nan, math.nan, perf_counter() - start, str(error))
    failed = "the validation score is nan" if math.isnan(val_score) else None
    return Trial(settings, val_score, train_score, perf_counter() - start, failed)


def _points(grid: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return every combination of the values, the last name changing fastest."""
    if not grid:
        raise ValueError("grid must name at least one setting")
    for name, values in grid.items():
        if isinstance(values, str) or not hasattr(values, "__len__"):
            raise TypeError(f"grid[{name!r}] must be a list of values, got {values!r}")
        refuse_duplicates(f"grid[{name!r}]", values)
    return [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
