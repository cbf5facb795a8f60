"""What an instructor asks for: ``grade`` and ``doctor``."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lintutor.progress import bar

from .front import FAULT, WRONG, Seconds, app, choose

if TYPE_CHECKING:
    from lintutor.autograder.catalogue import Exercise
    from lintutor.autograder.levels import Level
    from lintutor.autograder.results import Result

UNSAFE = "process"  # limits time and memory, hides nothing of the machine


@app.command(
    epilog="Ends with 0 if every submission was graded, whatever its marks, 2 after wrong use, 3 if the "
    "grader failed on any."
)
def grade(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER",
            help="Each child is a submission: a folder, .py, .ipynb or .zip. A file is one submission.",
        ),
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="EXERCISE", help="Grade this exercise or chapter only; can be repeated."),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Submissions that are graded at a time.")] = 1,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be graded; run nothing.")
    ] = False,
    isolation: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="bubblewrap, account or process (default: the best one here)."),
    ] = None,
    seconds: Seconds = 10.0,
    memory: Annotated[
        int, typer.Option(min=256, metavar="MB", help="Memory that an answer may have.")
    ] = 1024,
    json: Annotated[
        bool, typer.Option("--json", help="Print one line of lintutor/result/1 a submission, as it is done.")
    ] = False,
) -> None:
    """Grade a folder of submissions.

    Each is kept apart from this machine and from the others.
    """
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports.clean import json_line
    from lintutor.autograder.run import grade_all

    exercises = _only(only or [], find_root())
    paths = _submissions(folders)
    level = _level(isolation)
    if dry_run:
        _would_grade(exercises, paths, level)
        return
    done: list[Result] = []
    results = grade_all(exercises, paths, level, seconds=seconds, jobs=jobs, memory=memory * 2**20)
    try:
        with bar(len(paths), shown=not (json and sys.stdout.isatty())) as advance:
            for result in results:
                done.append(result)
                if json:
                    print(json_line(result.as_dict()), flush=True)
                advance(1)
    finally:
        if not json and done:
            from lintutor.autograder.reports import page, table

            table.show(done, exercises, page.console(wide=True))
        if len(done) < len(paths):
            print(f"lintutor: {len(paths) - len(done)} of {len(paths)} not graded", file=sys.stderr)
    if any(result.grader_fault is not None for result in done):
        raise typer.Exit(FAULT)


def _only(names: Sequence[str], root: Path) -> "tuple[Exercise, ...]":
    """Return the exercises of all names, each once, in the order of the book."""
    wanted = {entry.id for name in names for entry in choose(name, root)}
    return tuple(entry for entry in choose(None, root) if not names or entry.id in wanted)


def _submissions(folders: Sequence[Path]) -> list[Path]:
    """Return the submissions in some folders, each once; a file is one."""
    from lintutor.autograder.handed_in import submissions
    from lintutor.autograder.project import ProjectError

    found: dict[Path, Path] = {}
    for folder in folders:
        if not folder.exists():
            raise ProjectError(f"{folder}: no such file or folder")
        inside = submissions(folder) if folder.is_dir() else [folder]
        if not inside:
            raise ProjectError(f"{folder}: no submission in it; each is a folder, a .py, .ipynb or .zip file")
        for path in inside:
            found.setdefault(path.absolute(), path)
    return list(found.values())


def _level(named: str | None) -> str:
    """Return the level of isolation to grade at: the one that was named, or the best that hides the machine.

    Raises
    ------
    ProjectError
        If the named one is not to be had here, or none was named and only the weakest is.
    """
    from lintutor.autograder import levels
    from lintutor.autograder.project import ProjectError

    if named is None and (best := levels.best()) is not None:
        return best
    known = {level.name: level for level in levels.survey()}
    if named is None:
        told = "; ".join(f"{name}: {_why_not(level)}" for name, level in known.items() if not level.available)
        raise ProjectError(
            f"nothing here keeps others' code from your machine ({told}). See `lintutor doctor`. "
            f"To run it all the same, with your files in its reach, say --isolation {UNSAFE}"
        )
    if named not in known:
        raise ProjectError(f"no isolation {named!r}; there are {', '.join(known)}")
    if not known[named].available:
        raise ProjectError(f"isolation {named!r} is not to be had here: {_why_not(known[named])}")
    return named


def _why_not(level: "Level") -> str:
    return " ".join(f"{level.why_not}. {level.remedy}".split()).replace("..", ".").rstrip(". ")


def _would_grade(exercises: "Sequence[Exercise]", paths: Sequence[Path], level: str) -> None:
    """Say which file of each submission would be graded, or why none would."""
    from lintutor.autograder.handed_in import read
    from lintutor.autograder.reports import clean

    for path in paths:
        found = read(path, exercises)
        told = [source.shown for source in found.sources.values()]
        told += [f"{file}: {problem}" for file, problem in found.problems.items()]
        told += found.remarks
        print(clean.text(f"{path}: {'; '.join(told)}").replace("\n", " "))
    ids = ", ".join(entry.id for entry in exercises)
    print(f"{len(paths)} submission{'s' * (len(paths) != 1)}, isolation: {level}, exercises: {ids}")


@app.command(epilog="Ends with 0 if others' work can be graded here, else with 1.")
def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print one object of lintutor/doctor/1.")] = False,
) -> None:
    """Say what keeps others' code apart here.

    Says too how to get the levels of isolation that this machine lacks.
    """
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports import doctor as doctors
    from lintutor.autograder.reports.clean import json_line

    found = doctors.examine(find_root())
    if json:
        print(json_line(found.as_dict()))
    else:
        from lintutor.autograder.reports import page

        doctors.show(found, page.console())
    if found.best is None:
        raise typer.Exit(WRONG)
