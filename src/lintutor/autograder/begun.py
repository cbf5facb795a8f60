"""Exercises that start from broken code: as long as that code is as it was given, nothing is begun."""

from .handed_in import HandedIn
from .project import ProjectError
from .report import UNWRITTEN
from .results import CheckRow, ExerciseRow, Result
from .text import bare

__all__ = ["settle"]


def settle(result: Result, handed_in: HandedIn) -> Result:
    """Return `result` with each debugging exercise that is as it was given called not written yet.

    Its mistakes are those that the learner is to find: they are no mistakes of the learner's, and naming
    them would give the answer away.
    """
    for row in result.exercises:
        source = handed_in.sources.get(row.exercise.file)
        if row.exercise.kind == "debug" and not row.points and source and _as_given(row, source.data):
            _call_unwritten(row)
    return result


def _as_given(row: ExerciseRow, source: bytes) -> bool:
    """Whether the code below the docstring still stands in the file, word for word."""
    try:
        stub = row.exercise.stub()
    except ProjectError:
        return False
    code = bare(stub.rpartition('"""')[2].encode())
    return bool(code) and code in bare(source)


def _call_unwritten(row: ExerciseRow) -> None:
    row.stopped, row.printed = "missing", ""
    row.findings.clear()
    row.checks = [CheckRow(check.name, check.max_points) for check in row.checks]
    text = f"{row.exercise.file}: {UNWRITTEN}. The code is as it was given: find what is wrong with it."
    for check in row.checks[:1]:
        check.status, check.message = "failed", text
