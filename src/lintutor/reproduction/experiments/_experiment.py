"""What every experiment is: settings, the seeds it runs with, and a function that measures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lintutor.reproduction.experiments.images import Images

__all__ = ["Experiment"]

#: Takes the images, a seed and the settings; returns what was measured, as values that JSON has.
Measure = Callable[[Images, int, Mapping[str, Any]], dict[str, Any]]


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
