"""The record of a reproduction: which images, which versions, what every run gave; a JSON file.

The file is written anew after every run, in one move, so it is also where an interrupted reproduction
goes on: what stands in it is not measured again.
"""

import json
import math
import os
import platform
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

__all__ = [
    "SCHEMA",
    "DataOfRecord",
    "Record",
    "RecordError",
    "Run",
    "Spread",
    "in_digits",
    "recorded",
    "same",
]

SCHEMA = "lintutor/reproduction/1"
HALF = ".half"  # ends the name of a file that is being written; what a killed program left has it too


class RecordError(ValueError):
    """A file that holds no record, or one that belongs to other images."""


class Spread(NamedTuple):
    """The values that several runs gave, and what they say together."""

    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean of the values."""
        return statistics.fmean(self.values)

    @property
    def std(self) -> float:
        """The standard deviation of the runs, with n - 1; 0.0 of one run."""
        return statistics.stdev(self.values) if len(self.values) > 1 else 0.0

    def __str__(self) -> str:
        if len(self.values) == 1:
            return in_digits(self.mean)
        return f"{in_digits(self.mean)} ± {self.std:.2g} ({len(self.values)})"


@dataclass(frozen=True)
class DataOfRecord:
    """Which images a record is of.

    Attributes
    ----------
    sha256 : str
        Digest of all pixels and labels, in the order of training, validation and test rows.
    published : bool or None
        Whether the files are the published ones, byte for byte; None where nobody can tell.
    note : str
        What must be said beside every figure, such as how the images were made.
    rows : tuple of 3 int
        Training, validation and test rows.
    """

    sha256: str
    published: bool | None
    note: str
    rows: tuple[int, int, int]


@dataclass(frozen=True)
class Run:
    """What one seed of one experiment gave.

    Attributes
    ----------
    experiment : str
    seed : int
    settings : dict
        Those it was run with.
    seconds : float
        How long it took.
    results : dict
        What was measured: numbers, texts, lists and dicts of them.
    """

    experiment: str
    seed: int
    settings: Mapping[str, Any]
    seconds: float
    results: Mapping[str, Any]


@dataclass
class Record:
    """All runs of a reproduction.

    Attributes
    ----------
    data : DataOfRecord
    runs : list of Run
    rehearsal : bool
        True of a run on few images with small settings, whose figures mean nothing.
    command : str
        What reproduces the record.
    versions : dict
        Of Python, numpy, the BLAS beneath it and lintutor; and the machine.
    """

    data: DataOfRecord
    runs: list[Run] = field(default_factory=list)
    rehearsal: bool = False
    command: str = "lintutor reproduce"
    versions: dict[str, str] = field(default_factory=lambda: versions())

    def find(self, experiment: str, seed: int, settings: Mapping[str, Any]) -> Run | None:
        """Return the run of an experiment with a seed and just these settings, if there is one."""
        for run in self.runs:
            if (run.experiment, run.seed) == (experiment, seed) and same(run.settings, settings):
                return run
        return None

    def add(self, run: Run) -> None:
        """Add a run, in the place of an older one of the same experiment and seed."""
        self.runs = [old for old in self.runs if (old.experiment, old.seed) != (run.experiment, run.seed)]
        self.runs.append(run)

    def of(self, experiment: str) -> list[Run]:
        """Return the runs of an experiment, by seed.

        Raises
        ------
        KeyError
            If it was never run.
        """
        found = sorted((run for run in self.runs if run.experiment == experiment), key=lambda run: run.seed)
        if not found:
            known = ", ".join(dict.fromkeys(run.experiment for run in self.runs))
            raise KeyError(f"the record has no run of {experiment!r}; it has {known or 'none at all'}")
        return found

    def spread(self, experiment: str, *path: str | int) -> Spread:
        """Return one number of all runs of an experiment: ``spread("softmax", "test")``.

        Parameters
        ----------
        experiment : str
        *path : str or int
            Where in the results the number stands, key by key.

        Raises
        ------
        KeyError
            If there is no such run or no such number.
        """
        return Spread(tuple(_at(run, path) for run in self.of(experiment)))

    @property
    def seconds(self) -> float:
        """How long all runs took together."""
        return math.fsum(run.seconds for run in self.runs)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the record in one move: the file holds the old one or the new one, never half of one."""
        target = Path(path).resolve()  # a link stays a link
        target.parent.mkdir(parents=True, exist_ok=True)
        head = {"schema": SCHEMA, "command": self.command, "rehearsal": self.rehearsal}
        head |= {"data": asdict(self.data), "versions": self.versions}
        lines = ",\n  ".join(
            json.dumps(asdict(run), ensure_ascii=False, allow_nan=False) for run in self.runs
        )
        top = json.dumps(head, indent=1, ensure_ascii=False, allow_nan=False)
        text = top[:-2] + f',\n "runs": [\n  {lines}\n ]\n}}\n'
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=HALF)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(scratch).chmod(0o644)
            Path(scratch).replace(target)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> "Record":
        """Read a record.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        RecordError
            If the file is no record of this schema.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise RecordError(f"{path}: expected a record of {SCHEMA}, got no text") from None
        return cls.from_text(text, str(path))

    @classmethod
    def from_text(cls, text: str, where: str) -> "Record":
        """Return the record in a JSON text that was found somewhere; see :meth:`read`."""
        try:
            content = json.loads(text, parse_constant=_no_number)
            if content["schema"] != SCHEMA:
                raise RecordError(f"{where}: expected a record of {SCHEMA}, got {content['schema']!r}")
            data = _of_kinds(content["data"], _DATA)
            train, val, test = data.pop("rows")
            runs = [Run(**_of_kinds(run, _RUN)) for run in content["runs"]]
            known = _of_kinds({name: content[name] for name in _HEAD}, _HEAD)
            if len({(run.experiment, run.seed) for run in runs}) < len(runs):
                raise ValueError("a run stands in it twice")
        except RecordError:
            raise
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            told = f"no {error}" if isinstance(error, KeyError) else f"{error}"
            raise RecordError(
                f"{where}: expected a record of {SCHEMA}, got something else ({told})"
            ) from None
        return cls(DataOfRecord(**data, rows=(train, val, test)), runs, **known)


_Kinds = Mapping[str, tuple[type, ...]]
_HEAD: _Kinds = {"rehearsal": (bool,), "command": (str,), "versions": (dict,)}
_DATA: _Kinds = {"sha256": (str,), "published": (bool, type(None)), "note": (str,), "rows": (list,)}
_RUN: _Kinds = {
    "experiment": (str,),
    "seed": (int,),
    "settings": (dict,),
    "seconds": (float, int),
    "results": (dict,),
}


def _of_kinds(values: Any, kinds: _Kinds) -> dict[str, Any]:
    """Return the values if just these are there, each of one of its kinds."""
    if not isinstance(values, dict) or values.keys() != kinds.keys():
        raise ValueError(f"expected {', '.join(kinds)}, got {', '.join(map(str, values))}"[:200])
    for name, kind in kinds.items():
        if type(values[name]) not in kind:
            raise ValueError(f"{name} is {values[name]!r}"[:80])
    return dict(values)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def recorded() -> Record:
    """Return the record that ships with lintutor: the figures that the book quotes.

    Examples
    --------
    >>> recorded().rehearsal
    False
    """
    file = resources.files("lintutor.reproduction").joinpath("recorded.json")
    return Record.from_text(file.read_text(encoding="utf-8"), "recorded.json")


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same once written as JSON: a tuple is a list there.

    Examples
    --------
    >>> same({"k": (1, 2)}, {"k": [1, 2]}), same({"k": 1}, {"k": 2})
    (True, False)
    """
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def in_digits(value: float) -> str:
    """Return a number as a table shows it: whole ones below a million in full, others to four digits.

    Examples
    --------
    >>> in_digits(30730), in_digits(2.302585), in_digits(9.8e-12)
    ('30730', '2.303', '9.8e-12')
    """
    return f"{value:.0f}" if abs(value) < 1e6 and value == round(value) else f"{value:.4g}"


def versions() -> dict[str, str]:
    """Return the versions that a figure may depend on, and the machine in a few words."""
    from lintutor import __version__

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "lintutor": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": f"{blas['name']} {blas['version']}",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }


def _at(run: Run, path: Sequence[str | int]) -> float:
    value: Any = run.results
    there = f"{run.experiment}, seed {run.seed}: no number at {'.'.join(map(str, path))}"
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            raise KeyError(there) from None
    if type(value) not in (int, float):
        raise KeyError(there)
    return float(value)
