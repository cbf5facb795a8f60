"""Grades what lint wants graded: worked answers, stubs and wrong twins, as few runs as can be."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ..catalogue import Exercise, Misconception
from ..errors import GraderFault
from ..project import ProjectError
from ..results import ExerciseRow, Result
from ..run import grade, grade_each

__all__ = ["Trials", "by_name"]

NAMED = """
from lintutor.autograder import catalogue

{exercise.function} = catalogue.exercise({exercise.id!r}, root={root!r}).module("twins").{name}
"""
DERIVED = """
from lintutor.autograder import catalogue
from lintutor.autograder.expressions import symbol
from lintutor.derivations.tree import decode

twin = catalogue.exercise({exercise.id!r}, root={root!r}).module("twins").{name}


def {exercise.function}(*unknowns):
    known = {{}}

    def named(unknown):
        if isinstance(unknown, list):
            return [named(each) for each in unknown]
        if isinstance(unknown, int):
            return unknown
        known[unknown.name] = unknown
        return symbol(unknown.name)

    return decode(twin(*map(named, unknowns)).tree, known)
"""


def by_name(exercise: Exercise, name: str) -> str:
    """Return a file that takes a function out of the twins: for the transport that can import lintutor."""
    text = DERIVED if exercise.kind == "derive" else NAMED
    return text.format(exercise=exercise, name=name, root=str(exercise.root))


class Trials:
    """The grades of one project's own files, each made when it is first asked for."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], ExerciseRow | GraderFault] = {}
        self._twins: dict[str, dict[str, ExerciseRow | GraderFault]] = {}

    def grade_all(self, exercises: Sequence[Exercise], folder: str, step: Callable[[], None]) -> None:
        """Grade many exercises of ``solutions`` or ``exercises`` in one run.

        Where that is not possible each is graded by itself as it is asked for.
        """
        if not exercises:
            return
        try:
            result = grade(exercises, exercises[0].root / folder, step=step)
        except (GraderFault, ProjectError):
            return
        if result.grader_fault is None:
            self._rows |= {(row.exercise.id, folder): row for row in result.exercises}

    def row(self, exercise: Exercise, folder: str) -> ExerciseRow | None:
        """Return what an exercise of a folder gets, or None if it cannot be graded."""
        found = self._graded(exercise, folder)
        return found if isinstance(found, ExerciseRow) else None

    def fault(self, exercise: Exercise, folder: str) -> GraderFault | None:
        """Return why it cannot be graded."""
        found = self._graded(exercise, folder)
        return found if isinstance(found, GraderFault) else None

    def _graded(self, exercise: Exercise, folder: str) -> ExerciseRow | GraderFault:
        key = exercise.id, folder
        if key not in self._rows:
            try:
                result = grade([exercise], exercise.root / folder / exercise.file)
                self._rows[key] = _only(result)
            except (GraderFault, ProjectError) as error:
                self._rows[key] = GraderFault(str(error))
        return self._rows[key]

    def seconds(self, exercise: Exercise) -> float:
        """Return how long the worked answer takes if it is graded once more."""
        self._rows.pop((exercise.id, "solutions"), None)
        row = self.row(exercise, "solutions")
        return row.seconds if row is not None else 0.0

    def twin(self, exercise: Exercise, mistake: Misconception) -> ExerciseRow:
        """Return what a twin gets.

        Raises
        ------
        GraderFault
            If it cannot be graded.
        """
        if exercise.id not in self._twins:
            self._twins[exercise.id] = self._graded_twins(exercise, exercise.misconceptions)
        found = self._twins[exercise.id][mistake.id]
        if isinstance(found, GraderFault):
            raise found
        return found

    def _graded_twins(
        self, exercise: Exercise, mistakes: Sequence[Misconception]
    ) -> dict[str, ExerciseRow | GraderFault]:
        found: list[ExerciseRow | GraderFault] = []

        def keep(result: Result) -> None:
            try:
                found.append(_only(result))
            except GraderFault as fault:
                found.append(fault)

        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for mistake in mistakes:
                path = Path(folder, mistake.id, exercise.file)
                path.parent.mkdir()
                path.write_text(by_name(exercise, mistake.twin), encoding="utf-8")
                paths.append(path)
            try:
                grade_each([exercise], paths, keep, isolation="in process")
            except GraderFault as fault:
                found += [fault] * (len(mistakes) - len(found))
        return {mistake.id: row for mistake, row in zip(mistakes, found, strict=True)}


def _only(result: Result) -> ExerciseRow:
    if result.grader_fault is not None:
        raise GraderFault(result.grader_fault)
    return result.exercises[0]
