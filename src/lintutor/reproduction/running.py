"""Run the experiments that a record still lacks, one seed at a time, and keep each result at once."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from lintutor._lock import holding
from lintutor.reproduction.experiments import EXPERIMENTS, Experiment, Images
from lintutor.reproduction.record import HALF, DataOfRecord, Record, RecordError, Run, versions

__all__ = ["held", "missing", "open_record", "reproduce"]

Told = Callable[[Run], None]


@contextmanager
def held(path: str | os.PathLike[str]) -> Iterator[None]:
    """Hold the file of a record, so that nobody else fills it; clear up what a killed program left.

    The lock is a hidden file beside the record; it ends with the process, however that ends.

    Raises
    ------
    RecordError
        If another process holds it.
    OSError
        If nothing can be written there.
    """
    target = Path(path).resolve()

    def busy() -> None:
        raise RecordError(
            f"another `lintutor reproduce` fills {path} just now; wait for it, or name another --output"
        )

    with holding(target.with_name(f".{target.name}.lock"), busy):
        left = re.compile(rf"\.{re.escape(target.name)}\.\w{{8}}{re.escape(HALF)}")
        for other in target.parent.iterdir():
            if left.fullmatch(other.name):
                other.unlink()
        yield


def open_record(
    path: str | os.PathLike[str],
    data: DataOfRecord,
    *,
    rehearsal: bool = False,
    command: str = "lintutor reproduce",
    anew: bool = False,
) -> Record:
    """Return the record in a file to go on with, or a new one if there is no such file.

    Parameters
    ----------
    path : path
    data : DataOfRecord
        What the images are. Without a note, that of the file stays; another one is written at once.
    rehearsal : bool
    command : str
        What makes such a record.
    anew : bool
        Return a new one, if the file holds any record: that is replaced once there is a first result.

    Raises
    ------
    RecordError
        If the file holds something else, a record of other images, or one of a rehearsal and this is none.
    """
    if not Path(path).exists():
        return Record(data, rehearsal=rehearsal, command=command)
    try:
        record = Record.read(path)
    except RecordError as error:
        raise RecordError(f"{error}; name another --output, or delete the file") from None
    if anew:
        return Record(data, rehearsal=rehearsal, command=command)
    other = "name another --output, or replace all of it with --again and no experiment"
    if record.rehearsal != rehearsal:
        kinds = "a rehearsal", "a whole reproduction"
        is_one, asked = kinds if record.rehearsal else kinds[::-1]
        raise RecordError(f"{path} is the record of {is_one}, asked for was {asked}; {other}")
    if record.data.sha256 != data.sha256:
        raise RecordError(
            f"{path} is a record of other images ({record.data.sha256[:12]}, these are {data.sha256[:12]}); "
            f"{other}"
        )
    noted, record.command = record.data.note, command
    record.data = replace(data, note=data.note or noted)
    if record.data.note != noted:
        record.save(path)  # there may be nothing left to measure
    return record


def missing(
    record: Record, experiments: Sequence[Experiment] = EXPERIMENTS
) -> Iterator[tuple[Experiment, int]]:
    """Yield the experiments and seeds that the record lacks, or has with other settings."""
    for experiment in experiments:
        for seed in experiment.seeds:
            if record.find(experiment.name, seed, experiment.settings) is None:
                yield experiment, seed


def reproduce(
    record: Record,
    images: Images,
    path: str | os.PathLike[str],
    experiments: Sequence[Experiment] = EXPERIMENTS,
    *,
    starting: Callable[[Experiment, int], None] | None = None,
    done: Told | None = None,
) -> None:
    """Run what the record lacks and write it to `path` after every run.

    Parameters
    ----------
    record : Record
        Of these images; it is filled.
    images : Images
    path : path
    experiments : sequence of Experiment
    starting : callable (experiment, seed), optional
        Told before each run.
    done : callable (run), optional
        Told after each.

    Raises
    ------
    RecordError
        If an experiment returns what no JSON has, such as NaN; what was measured before is kept.
    """
    for experiment, seed in list(missing(record, experiments)):
        if starting is not None:
            starting(experiment, seed)
        start = perf_counter()
        results = experiment.measure(images, seed, experiment.settings)
        seconds = round(perf_counter() - start, 2)
        run = Run(experiment.name, seed, experiment.settings, seconds, _as_json(results, experiment, seed))
        record.add(run)
        record.versions = _both(record.versions, versions())
        record.runs.sort(key=_place)
        record.save(path)
        if done is not None:
            done(run)


def _as_json(results: Mapping[str, Any], experiment: Experiment, seed: int) -> dict[str, Any]:
    """Return the results as they are when the record is read again."""
    try:
        read: dict[str, Any] = json.loads(json.dumps(results, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise RecordError(f"{experiment.name}, seed {seed}: its results are no JSON ({error})") from None
    return read


def _both(had: Mapping[str, str], has: Mapping[str, str]) -> dict[str, str]:
    """Return versions of which each says all that a record was made with."""
    return {
        name: one if (one := had.get(name, two)) == two or two in one.split(" and ") else f"{one} and {two}"
        for name, two in has.items()
    }


def _place(run: Run) -> tuple[int, int]:
    """Return where a run stands in the file: in the order of the experiments, then of the seeds."""
    names = [experiment.name for experiment in EXPERIMENTS]
    return names.index(run.experiment) if run.experiment in names else len(names), run.seed
