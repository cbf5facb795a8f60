"""What every experiment is: settings, the seeds it runs with, and a function that measures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from lintutor.model_selection import Search
from lintutor.reproduction.experiments.images import Images

__all__ = ["Experiment", "trials"]

#: Takes the images, a seed and the settings; returns what was measured, as values that JSON has.
Measure = Callable[[Images, int, Mapping[str, Any]], dict[str, Any]]


def trials(search: Search) -> list[dict[str, Any]]:
    """Return the trials of a grid search as JSON has them: nan is None, and no times, which never repeat."""

    def score(value: float) -> float | None:
        return None if isnan(value) else value

    return [
        {**trial.settings, "val": score(trial.val_score), "train": score(trial.train_score)}
        for trial in search.results
    ]


@dataclass(frozen=True)
class Experiment:
    """One thing to measure, several times.

    Attributes
    ----------
    name : str
    title : str
        One line for a list.
    measure : callable (images, seed, settings) -> dict
    settings : dict
        All that was chosen, as values that JSON has.
    rehearsal : dict
        What to change in the settings for a run of seconds that shows whether everything works.
    seeds : tuple of int
        What it is run with, once each. Of a search by one distance, which has nothing to draw, the
        numbers stand for parts of the test rows.
    """

    name: str
    title: str
    measure: Measure
    settings: Mapping[str, Any]
    rehearsal: Mapping[str, Any] = field(default_factory=dict)
    seeds: tuple[int, ...] = (0, 1, 2)

    def for_rehearsal(self) -> "Experiment":
        """Return the same experiment, small: its first two seeds, its settings cut down."""
        settings = {**self.settings, **self.rehearsal}
        return Experiment(self.name, self.title, self.measure, settings, {}, self.seeds[:2])
