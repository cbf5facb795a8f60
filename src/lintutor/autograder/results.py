"""The result of a submission in its one documented form, ``lintutor/result/1``.

One object a submission, one line when printed as JSON::

    {"schema": "lintutor/result/1", "submission", "submitter", "submission_sha256", "tests_sha256",
     "versions", "isolation", "score", "max_score", "grader_fault",
     "exercises": [{"id", "file", "points", "max_points", "status", "seconds",
                    "checks": [{"name", "points", "max_points", "status", "message", "diagnoses",
                                "counterexample"}]}]}

An exercise is ``passed``, ``partial``, ``failed``, ``missing`` (no file, no function, not written yet)
or ``error`` (the file does not load). A check is ``passed``, ``failed``, ``skipped``,
``followed_through`` (right on top of a mistake that was counted elsewhere) or ``error`` (of the grader).
"""

import hashlib
import hmac
import os
import platform
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from .catalogue import Exercise
from .diagnosis import Finding
from .project import CHECKS

SCHEMA = "lintutor/result/1"
SECRET = "LINTUTOR_SECRET"  # the variable that holds the course's secret
TAKEN = "the file that is graded"  # a row without points that says which, where that is not plain


@dataclass
class CheckRow:
    """One check: what it was worth, what it gave, and why."""

    name: str
    max_points: float
    points: float = 0
    status: str = "skipped"
    message: str = ""
    diagnoses: list[str] = field(default_factory=list)
    counterexample: str = ""
    unwritten: bool = False  # a method that it needs is not written yet

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the schema has it."""
        names = ("name", "points", "max_points", "status", "message", "diagnoses", "counterexample")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "CheckRow":
        """Return the row that `as_dict` wrote."""
        return cls(**data)


@dataclass
class ExerciseRow:
    """One exercise: its checks, and what was found about its mistakes."""

    exercise: Exercise
    checks: list[CheckRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seconds: float = 0.0
    stopped: str = ""  # "missing" or "error" where the checks could not run at all
    printed: str = ""  # by the learner's code, in the first call that printed
    source: str = ""  # the file that the answer was taken from

    @property
    def points(self) -> float:
        """Points reached."""
        return sum(row.points for row in self.checks)

    @property
    def max_points(self) -> float:
        """Points that could be reached."""
        return sum(row.max_points for row in self.checks)

    @property
    def status(self) -> str:
        """``passed``, ``partial``, ``failed``, ``missing`` or ``error``."""
        if self.stopped:
            return self.stopped
        if self.points >= self.max_points:
            return "passed"
        return "partial" if self.points else "failed"

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the schema has it."""
        return {
            "id": self.exercise.id,
            "file": self.exercise.file,
            "points": self.points,
            "max_points": self.max_points,
            "status": self.status,
            "seconds": round(self.seconds, 3),
            "checks": [row.as_dict() for row in self.checks],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], exercise: Exercise) -> "ExerciseRow":
        """Return the row that `as_dict` wrote; what it does not hold (findings, prints) is not restored."""
        checks = [CheckRow.from_dict(row) for row in data["checks"]]
        stopped = data["status"] if data["status"] in ("missing", "error") else ""
        return cls(exercise, checks, seconds=data["seconds"], stopped=stopped)


@dataclass
class Result:
    """All of one submission."""

    submission: str
    submitter: str
    submission_sha256: str
    tests_sha256: str
    isolation: str
    exercises: list[ExerciseRow]
    grader_fault: str | None = None

    @property
    def score(self) -> float:
        """Points reached."""
        return sum(row.points for row in self.exercises)

    @property
    def max_score(self) -> float:
        """Points that could be reached."""
        return sum(row.max_points for row in self.exercises)

    @property
    def remarks(self) -> list[str]:
        """What was taken as the answer, where that is not plain."""
        rows = (check for row in self.exercises for check in row.checks)
        return [line for row in rows if row.name == TAKEN for line in row.message.splitlines()]

    def as_dict(self) -> dict[str, Any]:
        """Return the result as the schema has it."""
        return {
            "schema": SCHEMA,
            "submission": self.submission,
            "submitter": self.submitter,
            "submission_sha256": self.submission_sha256,
            "tests_sha256": self.tests_sha256,
            "versions": versions(),
            "isolation": self.isolation,
            "score": self.score,
            "max_score": self.max_score,
            "grader_fault": self.grader_fault,
            "exercises": [row.as_dict() for row in self.exercises],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], exercises: Iterable[Exercise]) -> "Result":
        """Return the result that `as_dict` wrote."""
        known = {entry.id: entry for entry in exercises}
        rows = [ExerciseRow.from_dict(row, known[row["id"]]) for row in data["exercises"]]
        names = ("submission", "submitter", "submission_sha256", "tests_sha256", "isolation", "grader_fault")
        return cls(**{name: data[name] for name in names}, exercises=rows)


@lru_cache
def versions() -> dict[str, str]:
    """Return the versions that a result can depend on."""
    from importlib.metadata import version

    names = ("lintutor", "numpy", "pytest", "hypothesis")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def tests_digest(root: Path) -> str:
    """Return the SHA-256 over sorted names and bytes of the graded checks and the catalogue."""
    folder, total = root / CHECKS, hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".toml") and "__pycache__" not in path.parts and path.is_file():
            data = path.read_bytes()
            total.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
            total.update(data)
    return total.hexdigest()


def course_secret() -> bytes:
    """Return the secret that random inputs are drawn from.

    ``LINTUTOR_SECRET`` if it is set; else a file of the user's, made at random when first needed, so
    that a regrade on this machine draws the same inputs and nobody can know them beforehand.
    """
    given = os.environ.get(SECRET)
    if given:
        return given.encode()
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "lintutor"
    path = folder / "secret"
    try:
        return path.read_bytes()
    except OSError:
        fresh = secrets.token_hex(32).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(fresh)
    except FileExistsError:
        return path.read_bytes()
    except OSError:
        return fresh  # nowhere to keep it: good for this run only
    return fresh


def seed(secret: bytes, *parts: str) -> int:
    """Return the seed that a secret gives for a submission, the tests and one check."""
    return int.from_bytes(hmac.new(secret, "\0".join(parts).encode(), "sha256").digest()[:16], "big")
