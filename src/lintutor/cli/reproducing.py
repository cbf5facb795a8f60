"""Measure what others report of CIFAR-10: ``reproduce``."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .front import USAGE, WRONG, app, fail

if TYPE_CHECKING:
    from lintutor.reproduction.experiments import Experiment, Images
    from lintutor.reproduction.record import DataOfRecord, Record, Run

_REHEARSED = 2000, 500, 500  # training, validation and test images of a rehearsal


@app.command(
    epilog="Ends with 0 if all asked for is measured and every figure that must be reached is, else with 1."
)
def reproduce(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="EXPERIMENT", help="Run these only (default: all).")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Where CIFAR-10 lies (default: where `lintutor data` put it)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The record (default: _build/cifar10.json).")
    ] = None,
    note: Annotated[
        str,
        typer.Option(metavar="TEXT", help="What must be said beside every figure, such as of other images."),
    ] = "",
    quick: Annotated[
        bool, typer.Option("--quick", help="A rehearsal of a minute, whose figures mean nothing.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Measure again what the record has.")] = False,
    list_only: Annotated[
        bool,
        typer.Option("--list", help="Say what there is to measure and what the record has; run nothing."),
    ] = False,
) -> None:
    """Measure what others report of CIFAR-10.

    An interrupted run goes on where it was: every result is kept as soon as it is there.
    """
    from lintutor.reproduction import running
    from lintutor.reproduction.record import RecordError

    chosen = [e.for_rehearsal() for e in _chosen(names)] if quick else _chosen(names)
    path = output or Path("_build", "cifar10-quick.json" if quick else "cifar10.json")
    if list_only:
        _list(chosen, path)
        return
    images, of = _images(data, quick, note)
    try:
        if again and not names:
            path.unlink(missing_ok=True)
        record = running.open_record(path, of, rehearsal=quick, command=_command(quick))
    except RecordError as error:
        fail(str(error), USAGE)
        raise  # never reached: fail ends the program
    if again:
        record.runs = [run for run in record.runs if run.experiment not in {e.name for e in chosen}]
    _tell_start(record, chosen)
    running.reproduce(record, images, path, chosen, done=_tell)
    print(f"The record: {path}")
    if not _show(record, names or ()):
        raise typer.Exit(WRONG)


def _chosen(names: list[str] | None) -> "list[Experiment]":
    """Return the experiments of these names, all for none."""
    from lintutor.reproduction.experiments import EXPERIMENTS

    known = {experiment.name: experiment for experiment in EXPERIMENTS}
    for name in names or ():
        if name not in known:
            fail(f"no experiment {name!r}; there are {', '.join(known)}", USAGE)
    return [known[name] for name in known if not names or name in names]


def _images(path: Path | None, quick: bool, note: str) -> "tuple[Images, DataOfRecord]":
    """Return CIFAR-10 and what a record says of it."""
    import numpy as np

    from lintutor import datasets
    from lintutor.reproduction.experiments import Images
    from lintutor.reproduction.record import DataOfRecord

    sizes = dict(zip(("num_train", "num_val", "num_test"), _REHEARSED, strict=True)) if quick else {}
    try:
        where = path or os.environ.get("LINTUTOR_CIFAR10") or datasets.cifar10_folder()
        splits = datasets.load("cifar10", path=where, dtype=np.float32, **sizes)
        published = datasets.is_published(where)
    except (OSError, ValueError) as error:
        fail(str(error), USAGE)
        raise
    images = Images(splits)
    rows = len(images.y.train), len(images.y.val), len(images.y.test)
    return images, DataOfRecord(images.sha256, published, note, rows)


def _command(quick: bool) -> str:
    """Return the command that makes such a record, on any machine."""
    return "lintutor reproduce --quick" if quick else "lintutor reproduce"


def _list(chosen: "list[Experiment]", path: Path) -> None:
    from lintutor.reproduction.record import Record
    from lintutor.tables import Table

    record = Record.read(path) if path.exists() else None
    rows = [[e.name, f"{_had(record, e)} of {len(e.seeds)}", e.title] for e in chosen]
    print(Table(["experiment", "runs", "what"], rows))


def _had(record: "Record | None", experiment: "Experiment") -> int:
    if record is None:
        return 0
    found = (record.find(experiment.name, seed, experiment.settings) for seed in experiment.seeds)
    return sum(run is not None for run in found)


def _tell_start(record: "Record", chosen: "list[Experiment]") -> None:
    from lintutor.reproduction.running import missing

    left = len(list(missing(record, chosen)))
    total = sum(len(e.seeds) for e in chosen)
    kind = {True: "the published images", False: "other images than the published ones", None: "images"}
    told = f"; {total - left} are in the record" if left < total else ""
    print(f"{total} runs on {kind[record.data.published]}{told}", flush=True)


def _tell(run: "Run") -> None:
    """Say in one line what a run gave: its accuracies, if it has any."""
    told = [
        f"{part} {run.results[part]:.3f}"
        for part in ("val", "test")
        if isinstance(run.results.get(part), float)
    ]
    print(f"{run.experiment} {run.seed}: {' '.join([*told, f'{run.seconds:.0f} s'])}", flush=True)


def _show(record: "Record", names: "tuple[str, ...] | list[str]") -> bool:
    """Print what the sources, the book's record and this one have; whether all that must hold does."""
    from lintutor.reproduction import compare, recorded
    from lintutor.tables import Table

    book = {row.figure.name: row.ours for row in compare(recorded())}
    rows, good = [], True
    for row in compare(record):
        if names and row.figure.path[0] not in names:
            continue
        good = good and row.holds is not False
        source = "" if row.figure.source is None else f"{row.figure.source:.4g}"
        word = {True: "yes", False: "NO", None: ""}[row.holds]
        rows.append([row.figure.what, source, str(book[row.figure.name] or ""), str(row.ours or ""), word])
    print(Table(["figure", "source", "the book", "here", "holds"], rows))
    if record.rehearsal:
        print("A rehearsal: these figures mean nothing.")
        return True
    return good
