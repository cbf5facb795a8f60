"""Grid searches as the experiments make them, and what they report of one."""

from collections.abc import Mapping
from math import isnan
from typing import Any

from lintutor.model_selection import Search, grid_search
from lintutor.optimizers import cosine_decay
from lintutor.reproduction.experiments.images import Rows

__all__ = ["report", "search_linear", "trials"]


def search_linear(family: Any, rows: Rows, y: Rows, seed: int, settings: Mapping[str, Any]) -> Search:
    """Search the grid of the settings for a linear classifier whose learning rate falls to zero."""

    def make(learning_rate: float, reg: float) -> Any:
        rate = cosine_decay(learning_rate, settings["model"]["num_iters"])
        return family(learning_rate=rate, reg=reg, random_state=seed, **settings["model"])

    return grid_search(make, settings["grid"], rows.train, y.train, rows.val, y.val)


def trials(search: Search) -> list[dict[str, Any]]:
    """Return the trials of a grid search as JSON has them: nan is None, and no times, which never repeat."""

    def score(value: float) -> float | None:
        return None if isnan(value) else value

    return [
        {**trial.settings, "val": score(trial.val_score), "train": score(trial.train_score)}
        for trial in search.results
    ]


def report(search: Search, rows: Rows, y: Rows) -> dict[str, Any]:
    """Return every trial of a search, and what the best of them gives, on the test rows too."""
    return {
        "trials": trials(search),
        "best": search.best.settings,
        "train": search.best.train_score,
        "val": search.best.val_score,
        "test": float(search.best_model.score(rows.test, y.test)),
    }
