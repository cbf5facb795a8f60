"""Exercises that start from broken code: as long as that code is as it was given, nothing is begun."""

from collections.abc import Callable, Iterable

from .advice import UNWRITTEN
from .catalogue import Exercise
from .handed_in import Source
from .handed_in.text import bare
from .project import ProjectError
from .results import CheckRow, ExerciseRow

__all__ = ["settle"]


def settle(rows: Iterable[ExerciseRow], source_of: Callable[[Exercise], Source | None]) -> None:
    """Call each debugging exercise not written yet that is as it was given in the source that answers it.

    Its mistakes are those that the learner is to find: they are no mistakes of the learner's, and naming
    them would give the answer away.
    """
    for row in rows:
        source = source_of(row.exercise)
        if row.exercise.kind == "debug" and not row.points and source and _as_given(row, source.data):
            _call_unwritten(row, source.shown)


def _as_given(row: ExerciseRow, source: bytes) -> bool:
    """Whether the code below the docstring still stands in the file, word for word."""
    try:
        stub = row.exercise.stub()
    except ProjectError:
        return False
    code = bare(stub.rpartition('"""')[2].encode())
    return bool(code) and code in bare(source)


def _call_unwritten(row: ExerciseRow, shown: str) -> None:
    row.stopped, row.printed = "missing", ""
    row.findings.clear()
    told = [check for check in row.checks if not check.max_points]  # of the file, not of the exercise
    row.checks = [CheckRow(check.name, check.max_points) for check in row.checks if check.max_points]
    text = f"{shown}: {UNWRITTEN}. The code is as it was given: find what is wrong with it."
    for check in row.checks[:1]:
        check.status, check.message = "failed", text
    row.checks[:0] = told
