"""Measure what others report of CIFAR-10: ``reproduce``."""

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lintutor.progress import bar

from .front import INTERRUPTED, USAGE, WRONG, app, fail

if TYPE_CHECKING:
    from lintutor.reproduction.experiments import Experiment, Images
    from lintutor.reproduction.record import DataOfRecord, Record, Run
    from lintutor.tables import Table

_REHEARSED = 2000, 500, 500  # training, validation and test images of a rehearsal


@app.command(
    epilog="Ends with 0 if every figure that must be reached is, 1 if one is not, 2 if the images or the "
    "record cannot be read or written, 130 after Ctrl-C."
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
    from lintutor.reproduction.record import RecordError

    chosen = [e.for_rehearsal() for e in _chosen(names)] if quick else _chosen(names)
    path = output or Path("_build", "cifar10-quick.json" if quick else "cifar10.json")
    good = True
    try:
        if list_only:
            _list(chosen, path)
        else:
            record = _fill(path, _images(data, quick, note), chosen, quick, again, anew=again and not names)
            print(f"The record: {path}")
            good = _show(record, names or ())
    except RecordError as error:
        fail(str(error), USAGE)
    except BrokenPipeError:
        raise  # nobody reads on
    except OSError as error:
        told = "; what it holds is unharmed" if path.is_file() else ""
        fail(f"{path}: {error.strerror or error}{told}", USAGE)
    except KeyboardInterrupt:
        told = ", without --again," if again else ""
        fail(f"stopped; every result so far is kept, and the same command{told} goes on there", INTERRUPTED)
    if not good:
        raise typer.Exit(WRONG)


def _fill(
    path: Path,
    images: "tuple[Images, DataOfRecord]",
    chosen: "list[Experiment]",
    quick: bool,
    again: bool,
    anew: bool,
) -> "Record":
    """Measure what the record in a file lacks."""
    from lintutor.reproduction import running

    with running.held(path), ExitStack() as shown:
        record = running.open_record(path, images[1], rehearsal=quick, command=_command(quick), anew=anew)
        if again:
            record.runs = [run for run in record.runs if run.experiment not in {e.name for e in chosen}]
        left = _tell_start(record, chosen)
        done = 0

        def starting(experiment: "Experiment", seed: int) -> None:
            shown.enter_context(bar(left, f"{experiment.name} {seed}"))(done)

        def ended(run: "Run") -> None:
            nonlocal done
            done += 1
            shown.close()  # what is printed takes the place of the bar
            _tell(run)

        running.reproduce(record, images[0], path, chosen, starting=starting, done=ended)
    return record


def _chosen(names: list[str] | None) -> "list[Experiment]":
    """Return the experiments of these names, all for none."""
    import difflib

    from lintutor.reproduction.experiments import EXPERIMENTS

    known = {experiment.name: experiment for experiment in EXPERIMENTS}
    for name in names or ():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
            told = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
            fail(f"no experiment {name!r}; {told}", USAGE)
    return [known[name] for name in known if not names or name in names]


def _images(path: Path | None, quick: bool, note: str) -> "tuple[Images, DataOfRecord]":
    """Return CIFAR-10 and what a record says of it."""
    import numpy as np

    from lintutor import datasets
    from lintutor.reproduction.experiments import Images
    from lintutor.reproduction.record import DataOfRecord

    sizes = dict(zip(("num_train", "num_val", "num_test"), _REHEARSED, strict=True)) if quick else {}
    try:
        splits = datasets.load("cifar10", path=path, dtype=np.float32, **sizes)
        where = path or os.environ.get("LINTUTOR_CIFAR10") or datasets.cifar10_folder()
        published = datasets.is_published(where)
    except (OSError, ValueError) as error:
        if not (path or os.environ.get("LINTUTOR_CIFAR10") or datasets.cifar10_folder().exists()):
            fail(
                "CIFAR-10 is not here: `lintutor data cifar10` gets it; --data says where you have it", USAGE
            )
        fail(str(error), USAGE)
        raise  # never reached: fail ends the program
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


def _tell_start(record: "Record", chosen: "list[Experiment]") -> int:
    """Say how much there is to do, and return how many runs are left."""
    from lintutor.reproduction import recorded
    from lintutor.reproduction.running import missing

    lacking, book = list(missing(record, chosen)), recorded()
    left = len(lacking)
    known = (book.find(each.name, seed, each.settings) for each, seed in lacking)
    minutes = sum(run.seconds for run in known if run is not None) / 60
    total = sum(len(e.seeds) for e in chosen)
    kind = {True: "the published images", False: "other images than the published ones", None: "images"}
    told = f"; {total - left} are in the record" if left < total else ""
    told += f"; the book's took {minutes:.0f} minutes" if minutes >= 2 else ""
    print(f"{total} run{'s' * (total != 1)} on {kind[record.data.published]}{told}", flush=True)
    return left


def _tell(run: "Run") -> None:
    """Say in one line what a run gave: its accuracies, if it has any."""
    told = [
        f"{part} {run.results[part]:.3f}"
        for part in ("val", "test")
        if isinstance(run.results.get(part), float)
    ]
    print(f"{run.experiment} {run.seed}: {', '.join([*told, f'{run.seconds:.0f} s'])}", flush=True)


def _show(record: "Record", names: "tuple[str, ...] | list[str]") -> bool:
    """Print what the sources, the book's record and this one have; whether all that must hold does."""
    from lintutor.reproduction import compare, recorded
    from lintutor.reproduction.record import in_digits

    book = {row.figure.name: row.ours for row in compare(recorded())}
    rows, good = [], True
    for row in compare(record):
        if names and row.figure.path[0] not in names:
            continue
        good = good and row.holds is not False
        source = "" if row.figure.source is None else in_digits(row.figure.source)
        word = {True: "yes", False: "NO", None: ""}[None if record.rehearsal else row.holds]
        rows.append([row.figure.what, source, str(book[row.figure.name] or ""), str(row.ours or ""), word])
    if rows:
        print(_fitted(rows, shutil.get_terminal_size((120, 0)).columns))
    if record.rehearsal:
        print("A rehearsal: these figures mean nothing.")
        return True
    return good


def _fitted(rows: list[list[str]], width: int) -> "Table":
    """Return the table of all figures; where it is too wide, without the book's and with names in lines."""
    from textwrap import wrap

    from lintutor.tables import Table

    header = ["figure", "source", "the book", "here", "holds"]
    table = Table(header, rows)
    if max(map(len, repr(table).splitlines())) <= width:
        return table
    rest = [[source, here, holds] for _, source, _, here, holds in rows]
    columns = zip(["source", "here", "holds"], *rest, strict=True)
    room = width - 2 - sum(2 + max(map(len, column)) for column in columns)
    lines = []
    for (what, *_), figures in zip(rows, rest, strict=True):
        first, *more = wrap(what, max(room, 16))
        lines += [[first, *figures], *([f"  {part}", "", "", ""] for part in more)]
    return Table(["figure", "source", "here", "holds"], lines)
