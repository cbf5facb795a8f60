"""What a learner asks for: ``check``, ``hint``, ``watch``, ``status``, ``reset``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lintutor.progress import bar

from .front import FAULT, WRONG, Answer, ExerciseName, Seconds, SomeExercise, app, choose, choose_one, fail

if TYPE_CHECKING:
    from rich.console import Console

    from lintutor.autograder.catalogue import Exercise


@app.command(
    epilog="Ends with 0 if every point is reached, 1 if not, 2 after wrong use, 3 if the grader failed."
)
def check(
    exercise: SomeExercise = None,
    file: Answer = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of lintutor/result/1.")] = False,
    seconds: Seconds = 10.0,
) -> None:
    """Check your answers and say which mistake it is."""
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports.clean import json_line
    from lintutor.autograder.run import grade, prepare

    prepare(derives="derive" in (exercise or ""))  # the catalogue, which knows better, takes its time
    root = find_root()
    chosen = choose(exercise, root)
    place = answer_path(file, root, chosen)
    with bar(len(chosen), shown=len(chosen) > 1) as advance:
        result = grade(chosen, place, seconds=seconds, step=lambda: advance(1))
    if json:
        print(json_line(result.as_dict()))
    else:
        from lintutor.autograder.reports import page, report

        report.show(result, page.console())
    if result.grader_fault is not None:
        fail(f"the grader failed, your code is not at fault: {result.grader_fault}", FAULT)
    if any(row.status != "passed" for row in result.exercises):
        raise typer.Exit(WRONG)


def answer_path(file: Path | None, root: Path, chosen: "tuple[Exercise, ...]") -> Path:
    """Return what is to be checked, or say why nothing can be."""
    from lintutor.autograder.project import ProjectError

    path = root / "exercises" if file is None else file
    if not path.exists():
        raise ProjectError(f"{path}: no such file or folder")
    stems = {Path(entry.file).stem for entry in chosen}
    there = path.is_dir() and any(p.stem in stems and p.suffix in (".py", ".ipynb") for p in path.iterdir())
    if path.is_dir() and not there:
        from lintutor.autograder.handed_in import read

        found = read(path, chosen)  # deeper down, or under another name
        if not found.sources:
            wanted: dict[str, list[str]] = {}
            for name, problem in found.problems.items():
                wanted.setdefault(problem, []).append(name)
            problems = "; ".join(f"{_some(names)}: {problem}" for problem, names in wanted.items())
            cure = f". To start again: lintutor reset {chosen[0].chapter}" if file is None else ""
            raise ProjectError(f"there is nothing to check in {path}: {problems}{cure}")
    return path


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


@app.command()
def hint(
    exercise: ExerciseName,
    level: Annotated[int, typer.Option(min=1, max=3, help="1 is general, 3 says most.")] = 1,
) -> None:
    """Print a hint.

    Each level says more than the one before, none says all.
    """
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports.page import console

    one = choose_one(exercise, find_root())
    out = console()
    out.print(f"{one.title}: hint {level} of {len(one.hints)}", style="bold")
    out.print(" ".join(one.hints[level - 1].split()))
    if level < len(one.hints):
        out.print(f"Still stuck? lintutor hint {one.function} --level {level + 1}", style="cyan")


@app.command()
def watch(exercise: SomeExercise = None, file: Answer = None, seconds: Seconds = 10.0) -> None:
    """Check again whenever you save; Ctrl-C ends it."""
    from functools import partial

    import watchfiles

    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports import page

    from .watching import answers, rounds

    root = find_root()
    chosen = choose(exercise, root)
    place = answer_path(file, root, chosen)
    out = page.console()
    changes = watchfiles.watch(
        place if place.is_dir() else place.parent,
        recursive=False,
        rust_timeout=1000,  # look once a second even where the system reports no changes
        yield_on_timeout=True,
    )
    try:
        for _ in rounds(changes, partial(answers, place)):
            out.clear()
            _one_round(chosen, place, seconds, out)
            out.print(f"Watching {place}. Save to check again; Ctrl-C ends it.", style="dim")
    except KeyboardInterrupt:
        print()


def _one_round(chosen: "tuple[Exercise, ...]", place: Path, seconds: float, out: "Console") -> None:
    """Check once; what cannot be checked now is said, and may be put right by the next save."""
    from lintutor.autograder.errors import GraderFault
    from lintutor.autograder.project import ProjectError
    from lintutor.autograder.reports import clean, report
    from lintutor.autograder.run import grade

    try:
        result = grade(chosen, place, seconds=seconds)
    except (ProjectError, GraderFault) as error:
        out.print(clean.text(str(error)), style="red")
        return
    report.show(result, out)
    if result.grader_fault is not None:
        told = f"The grader failed, your code is not at fault: {result.grader_fault}"
        out.print(clean.text(told), style="magenta")


@app.command()
def status(
    exercise: SomeExercise = None,
    file: Answer = None,
    json: Annotated[bool, typer.Option("--json", help="Print one object of lintutor/status/1.")] = False,
    seconds: Seconds = 10.0,
) -> None:
    """Show where you stand: points, state and the next thing to do."""
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports import page, standing
    from lintutor.autograder.reports.clean import json_line
    from lintutor.autograder.run import grade

    root = find_root()
    chosen = choose(exercise, root)
    place = answer_path(file, root, chosen)
    with bar(len(chosen)) as advance:
        result = grade(chosen, place, seconds=seconds, step=lambda: advance(1))
    rows = [standing.standing(row) for row in result.exercises]
    if json:
        print(json_line(standing.as_dict(rows)))
    else:
        standing.show(rows, page.console())
    if result.grader_fault is not None:
        fail(f"the grader failed, your code is not at fault: {result.grader_fault}", FAULT)


@app.command()
def reset(
    exercise: ExerciseName,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Start an exercise or a chapter again.

    What you wrote is kept beside it.
    """
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reset import reset as start_again

    root = find_root()
    names = ", ".join(entry.function for entry in choose(exercise, root))
    if not yes and not typer.confirm(f"Put the stub in place of what you wrote for {names}?"):
        print("Nothing has changed.")
        return
    folder = root / "exercises"
    before = set(folder.glob("*~"))
    written = start_again(root, exercise)
    for path in written:
        print(f"written: {path.relative_to(root)}")
    for path in sorted(set(folder.glob("*~")) - before):
        print(f"what it held: {path.relative_to(root)}")
    if not written:
        print("Nothing has changed: the stub is in place already.")
