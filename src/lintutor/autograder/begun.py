"""Exercises that start from broken code: as long as that code is as it was given, nothing is begun."""

from collections.abc import Callable, Iterable

from .advice import UNWRITTEN
from .catalogue import Exercise
from .handed_in import Source
from .handed_in.definitions import same, starts, statement
from .project import ProjectError
from .results import CheckRow, ExerciseRow

__all__ = ["settle"]


def settle(rows: Iterable[ExerciseRow], source_of: Callable[[Exercise], Source | None]) -> None:
    """Call each debugging exercise not written yet that is as it was given in the source that answers it.

    Its mistakes are those that the learner is to find: they are no mistakes of the learner's, and naming
    them would give the answer away. What it does right was given, and gets no points.
    """
    for row in rows:
        source = source_of(row.exercise)
        if row.exercise.kind == "debug" and source and _as_given(row, source.data):
            _call_unwritten(row, source.shown)


def _as_given(row: ExerciseRow, source: bytes) -> bool:
    """Whether the function is the given one: the last of that name, but for comments and white space."""
    try:
        stub = row.exercise.stub()
    except ProjectError:
        return False
    code = source.decode("utf-8", "replace").replace("\r\n", "\n")
    mine, given = (_definition(text, row.exercise.function) for text in (code, stub))
    return bool(given) and same(mine, given)


def _definition(code: str, function: str) -> str:
    start = starts(code).get(function)
    return "" if start is None else statement(code, start)


def _call_unwritten(row: ExerciseRow, shown: str) -> None:
    row.stopped, row.printed = "missing", ""
    row.findings.clear()
    told = [check for check in row.checks if not check.max_points]  # of the file, not of the exercise
    row.checks = [CheckRow(check.name, check.max_points) for check in row.checks if check.max_points]
    text = f"{shown}: {UNWRITTEN}. The code is as it was given: find what is wrong with it."
    for check in row.checks[:1]:
        check.status, check.message = "failed", text
    row.checks[:0] = told
