"""What the sources report, beside what a record has: figure by figure, with the reason where they differ."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

from lintutor.reproduction.record import Record, Spread

__all__ = ["FIGURES", "Comparison", "Figure", "compare"]

Kind = Literal["equal", "at least", "beside"]


@dataclass(frozen=True)
class Figure:
    """A figure that a source reports, and where a record has ours.

    Attributes
    ----------
    name : str
    what : str
        In a few words, for a table.
    source : float, int or None
        What is reported; None of a figure that no source gives.
    path : tuple of str or int
        The experiment, then the keys of its results.
    kind : {"equal", "at least", "beside"}
        Whether ours must be the same (to three digits; every run's to the last one, of a whole number),
        must not fall below it, or stands beside it because the two are not one experiment.
    why : str
        Why the two differ, or need not.
    """

    name: str
    what: str
    source: float | int | None
    path: tuple[Any, ...]
    kind: Kind
    why: str


@dataclass(frozen=True)
class Comparison:
    """A figure of the sources and ours; `ours` is None where the record has no such run yet."""

    figure: Figure
    ours: Spread | None

    @property
    def holds(self) -> bool | None:
        """Whether ours is what the figure's kind asks for; None where nothing is asked or measured."""
        source, kind = self.figure.source, self.figure.kind
        if self.ours is None or source is None or kind == "beside":
            return None
        if kind == "equal" and isinstance(source, int):
            return all(value == source for value in self.ours.values)
        if kind == "equal":
            return abs(self.ours.mean - source) <= 2e-3 * abs(source)
        return self.ours.mean >= source


def compare(record: Record, figures: Iterable[Figure] | None = None) -> list[Comparison]:
    """Return every figure of the sources beside the record's.

    Parameters
    ----------
    record : Record
    figures : iterable of Figure, default FIGURES

    Examples
    --------
    >>> from lintutor.reproduction import recorded
    >>> all(row.holds is not False for row in compare(recorded()))
    True
    """
    return [Comparison(figure, _ours(record, figure)) for figure in (FIGURES if figures is None else figures)]


def _ours(record: Record, figure: Figure) -> Spread | None:
    try:
        return record.spread(*figure.path)
    except KeyError:
        return None


def _read() -> tuple[Figure, ...]:
    """Return the figures of ``figures.toml``, in its order."""
    text = resources.files("lintutor.reproduction").joinpath("figures.toml").read_text(encoding="utf-8")
    return tuple(
        Figure(name, entry["what"], entry.get("source"), tuple(entry["path"]), entry["kind"], entry["why"])
        for name, entry in tomllib.loads(text).items()
    )


FIGURES: tuple[Figure, ...] = _read()
