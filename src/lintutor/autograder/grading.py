"""Grades: turns what happens in the checks into rows."""

from collections.abc import Sequence
from functools import cached_property

from . import catalogue
from .advice import explain
from .begun import settle
from .checks import CheckFailed
from .diagnosis import Finding, diagnose
from .errors import GraderFault, LearnerError
from .results import TAKEN, CheckRow, ExerciseRow, Result, course_secret, tests_digest
from .sessions import session_of, twin
from .submission import Submission

STOPPING = {"parse": "error", "load": "error", "missing": "missing", "stub": "missing"}
WHOLE_FILE = "the file runs from top to bottom"


class Grading:
    """The rows of one submission while its checks run.

    `brief` is for who asks only whether an answer is refused: an exercise ends with the first check that
    costs points, and nothing is explained.
    """

    def __init__(self, submission: Submission, tests_sha256: str | None = None, brief: bool = False) -> None:
        self.submission = submission
        self.brief = brief
        self.tests_sha256 = tests_sha256 or tests_digest(submission.root)
        self.rows: dict[str, ExerciseRow] = {}
        self.grader_fault: str | None = None
        self._no_worker = False  # a fault that every further check would meet
        self._stopped: dict[str, str] = {}
        self._findings: dict[str, list[Finding]] = {}
        self._told: set[str] = set()  # remarks, and files whose broken statements have been told

    @cached_property
    def secret(self) -> bytes:
        """The secret of random inputs."""
        return course_secret()

    @cached_property
    def submission_sha256(self) -> str:
        """Hash of what is graded."""
        return self.submission.handed_in.sha256

    def stopped(self, exercise: catalogue.Exercise) -> str:
        """Return why the remaining checks of an exercise are not run, or nothing."""
        if self._no_worker:
            return "The grader has no worker."
        return self._stopped.get(exercise.id, "")

    def record(
        self,
        exercise: catalogue.Exercise,
        *,
        name: str,
        max_points: float,
        groups: Sequence[str],
        gate: bool,
        error: BaseException | None,
        followed: Sequence[tuple[str, float]],
        seconds: float,
    ) -> CheckRow:
        """Add the row of one check that has ended, with `error` or without."""
        whole = self.rows.setdefault(exercise.id, ExerciseRow(exercise))
        whole.seconds += seconds
        self._tell_of_the_file(exercise, whole)
        row = CheckRow(name, max_points)
        whole.checks.append(row)
        answer = self.submission.answer(exercise)
        whole.printed, whole.source = answer.printed, answer.file
        if error is None:
            row.points = max(0, max_points - sum(lost for _, lost in followed))
            row.status = "followed_through" if followed else "passed"
            row.message = " ".join(text for text, _ in followed)
        elif type(error).__name__ == "Skipped":
            row.message = str(error)
        elif isinstance(error, AssertionError | LearnerError):
            row.status = "failed"
            self._failed(exercise, whole, row, error)
        else:
            row.status = "error"
            row.message = f"the grader failed here: {type(error).__name__}: {error}"
            self.grader_fault = self.grader_fault or f"{name}: {type(error).__name__}: {error}"
            self._no_worker = self._no_worker or isinstance(error, GraderFault)
        if self.brief:
            if row.points < max_points:
                self._stopped.setdefault(exercise.id, "It is refused already.")
        elif row.status == "failed" or (followed and row.points < max_points):
            try:
                self._explain(exercise, whole, row, groups)
            except Exception as fault:
                self.grader_fault = f"diagnosis of {exercise.id}: {type(fault).__name__}: {fault}"
        if gate and row.status in ("failed", "error"):
            self._stopped.setdefault(exercise.id, f"First this must hold: {name}.")
        return row

    def _tell_of_the_file(self, exercise: catalogue.Exercise, whole: ExerciseRow) -> None:
        """Add rows without points: what was taken as the answer, and what in its file did not run."""
        answer = self.submission.answer(exercise)
        remarks = [line for line in self.submission.remarks(exercise) if line not in self._told]
        if remarks:
            whole.checks.append(CheckRow(TAKEN, 0, status="passed", message="\n".join(remarks)))
            self._told.update(remarks)
        names = {entry.function for entry in self.submission.exercises}
        problems = [p.error for p in answer.problems if not names & set(p.names)]
        if problems and answer.file not in self._told:
            self._told.add(answer.file)
            text = f"{explain(problems[0])}\nThe rest of the file is graded all the same."
            whole.checks.append(CheckRow(WHOLE_FILE, 0, status="failed", message=text))

    def lean_on_neighbors(self, exercise: catalogue.Exercise) -> list[str]:
        """Prepare a second try in which the grader's own functions stand in for those that the answer uses.

        Returns
        -------
        list of str
            The functions that are exchanged; empty if a second try could change nothing.
        """
        row = self.rows.get(exercise.id)
        if self.brief or self._no_worker or row is None or row.points >= row.max_points or not exercise.uses:
            return []
        try:
            reached = self.submission.function(exercise).reached()
        except LearnerError:
            return []
        except GraderFault as fault:  # of this submission: the others are graded all the same
            self.grader_fault, self._no_worker = self.grader_fault or str(fault), True
            return []
        named = (
            e for e in self.submission.exercises if e.file == exercise.file and e.function in exercise.uses
        )
        used = {
            entry.function: entry
            for entry in named
            if entry.function in reached and session_of(entry) is None  # objects cannot cross
        }
        if used:
            self.submission.lean_on(exercise, {name: twin(entry) for name, entry in used.items()})
            for memory in (self.rows, self._stopped, self._findings):
                memory.pop(exercise.id, None)
        return list(used)

    def settle(self, exercise: catalogue.Exercise, first: ExerciseRow, used: Sequence[str]) -> None:
        """Keep the better one of two tries, and say what was exchanged in the second."""
        second = self.rows[exercise.id]
        second.seconds += first.seconds
        if second.points <= first.points:
            first.seconds = second.seconds
            self.rows[exercise.id] = first
            return
        names = " and ".join(used)
        text = f"Right with the book's {names} in place of yours, which is graded as an exercise of its own."
        before = {row.name: row for row in first.checks}
        for row in second.checks:
            if row.name in before and row.points > before[row.name].points:
                row.status, row.message = "followed_through", text
        second.checks[:0] = [row for row in first.checks if row.name in (TAKEN, WHOLE_FILE)]

    def _failed(
        self, exercise: catalogue.Exercise, whole: ExerciseRow, row: CheckRow, error: BaseException
    ) -> None:
        if isinstance(error, LearnerError):
            row.message = explain(error)
            row.unwritten = error.kind == "stub" and session_of(exercise) is not None
            if row.unwritten:
                return  # the other methods are graded all the same
            if error.kind in STOPPING:
                whole.stopped = STOPPING[error.kind]
                self._stopped[exercise.id] = "See the first check."
            elif error.kind == "time":
                self._stopped[exercise.id] = "An earlier call did not come to an end."
        elif isinstance(error, CheckFailed):
            row.message, row.counterexample = error.message, error.counterexample
        else:
            row.message = str(error).splitlines()[0] if str(error) else "the check does not hold"

    def _explain(
        self, exercise: catalogue.Exercise, whole: ExerciseRow, row: CheckRow, groups: Sequence[str]
    ) -> None:
        """Add the misconceptions that explain why a check failed; each exercise is diagnosed once."""
        if not groups or whole.stopped or row.unwritten or self._stopped.get(exercise.id):
            return
        if exercise.id not in self._findings:
            self._findings[exercise.id] = diagnose(exercise, self.submission.function(exercise))
        for finding in self._findings[exercise.id]:
            if finding.group in groups:
                if finding.misconception is not None:
                    row.diagnoses.append(finding.misconception.id)
                if finding not in whole.findings:
                    whole.findings.append(finding)

    def result(self) -> Result:
        """Return the result so far."""
        for row in self.rows.values():
            failed = [check for check in row.checks if check.max_points and check.status == "failed"]
            if failed and not row.points and all(check.unwritten for check in failed):
                row.stopped = "missing"  # no method of the class is written yet
        settle(self.rows.values(), self.submission.source)
        order = [entry.id for entry in self.submission.exercises]
        path = self.submission.path
        return Result(
            submission=str(path),
            submitter=path.absolute().stem if path.is_file() else path.absolute().name,
            submission_sha256=self.submission_sha256,
            tests_sha256=self.tests_sha256,
            isolation=self.submission.isolation,
            exercises=sorted(self.rows.values(), key=lambda row: order.index(row.exercise.id)),
            grader_fault=self.grader_fault,
        )
