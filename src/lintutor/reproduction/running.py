"""Run the experiments that a record still lacks, one seed at a time, and keep each result at once."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from lintutor.reproduction.experiments import EXPERIMENTS, Experiment, Images
from lintutor.reproduction.record import DataOfRecord, Record, RecordError, Run

__all__ = ["missing", "open_record", "reproduce"]

Told = Callable[[Run], None]


def open_record(
    path: str | os.PathLike[str],
    data: DataOfRecord,
    *,
    rehearsal: bool = False,
    command: str = "lintutor reproduce",
) -> Record:
    """Return the record in a file to go on with, or a new one if there is no such file.

    Raises
    ------
    RecordError
        If the file holds something else, a record of other images, or one of a rehearsal and this is none.
    """
    if not Path(path).exists():
        return Record(data, rehearsal=rehearsal, command=command)
    record = Record.read(path)
    if record.data.sha256 != data.sha256:
        raise RecordError(
            f"{path} is a record of other images ({record.data.sha256[:12]}, these are {data.sha256[:12]}); "
            "name another --output, or say --again to replace it"
        )
    if record.rehearsal != rehearsal:
        kinds = "a rehearsal", "a whole reproduction"
        is_one, asked = kinds if record.rehearsal else kinds[::-1]
        raise RecordError(
            f"{path} is the record of {is_one}, asked for was {asked}; name another --output, or say --again"
        )
    record.data, record.command = data, command
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
    """
    for experiment, seed in list(missing(record, experiments)):
        if starting is not None:
            starting(experiment, seed)
        start = perf_counter()
        results = experiment.measure(images, seed, experiment.settings)
        run = Run(experiment.name, seed, experiment.settings, round(perf_counter() - start, 2), results)
        record.add(run)
        record.runs.sort(key=_place)
        record.save(path)
        if done is not None:
            done(run)


def _place(run: Run) -> tuple[int, int]:
    """Return where a run stands in the file: in the order of the experiments, then of the seeds."""
    names = [experiment.name for experiment in EXPERIMENTS]
    return names.index(run.experiment) if run.experiment in names else len(names), run.seed
