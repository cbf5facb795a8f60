"""Mutation testing of the checks: every small wrong change of a worked answer has to be refused.

Each mutant is handed in as a learner's file and graded, in processes of its own. One that gets full
marks is either no mistake, since it does what was asked for, or a hole in the checks. The first kind is
listed with the reason in ``equivalents.toml`` beside the checks::

    [[equivalent]]
    reason = "At a margin of exactly 0 both add nothing to the loss."
    changes = [
        ["if margin > 0:", "if margin >= 0:"],
    ]

A listed change that is refused, or that no rule makes any more, is an error of the list. Random inputs
come from a fixed secret: the same mutants and the same checks give the same table.
"""

import contextlib
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..catalogue import CatalogueError, Exercise
from ..errors import GraderFault
from ..results import SECRET
from ..run import grade_all
from .mutations import Mutant, mutants

__all__ = ["ENOUGH", "Tally", "equivalents", "tally"]

ENOUGH = 0.99  # of the mutants that are not equivalent have to be refused
KINDS = ("code", "debug")  # of exercises whose worked answer is a program
FILE = "equivalents.toml"
CALL_SECONDS = 3.0
Change = tuple[str, str]


@dataclass
class Tally:
    """What became of the mutants of one exercise."""

    exercise: Exercise
    refused: int = 0
    equivalent: list[tuple[Mutant, str]] = field(default_factory=list)  # with the reason
    survivors: list[Mutant] = field(default_factory=list)  # neither refused nor listed
    stale: list[str] = field(default_factory=list)  # what is wrong with the list

    @property
    def made(self) -> int:
        """How many mutants were graded."""
        return self.refused + len(self.equivalent) + len(self.survivors)

    @property
    def share(self) -> float:
        """The share refused of those that are not equivalent; 1 where there are none."""
        wrong = self.refused + len(self.survivors)
        return self.refused / wrong if wrong else 1.0

    @property
    def enough(self) -> bool:
        """Whether the checks refuse enough and the list is right."""
        return self.share >= ENOUGH and not self.stale


def equivalents(exercise: Exercise) -> dict[Change, str]:
    """Return the changes that are listed as no mistakes, and why.

    Raises
    ------
    CatalogueError
        If the list has another form, or holds a change twice.
    """
    path = exercise.folder / FILE
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: {error}") from None
    found: dict[Change, str] = {}
    for entry in _entries(table, path):
        for change in entry["changes"]:
            if tuple(change) in found:
                raise CatalogueError(f"{path}: the change {change!r} is listed twice")
            found[tuple(change)] = entry["reason"]
    return found


def _entries(table: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    entries = table.pop("equivalent", [])
    if table or not isinstance(entries, list):
        raise CatalogueError(f"{path}: only tables [[equivalent]] can stand in it, got {sorted(table)}")
    for entry in entries:
        reason, changes = entry.get("reason"), entry.get("changes")
        told = (
            f"{path}: an [[equivalent]] needs 'reason', a text, and 'changes', pairs of texts; got {entry!r}"
        )
        if set(entry) != {"reason", "changes"} or not isinstance(reason, str) or not reason.strip():
            raise CatalogueError(told)
        if not isinstance(changes, list) or not changes:
            raise CatalogueError(told)
        for change in changes:
            texts = isinstance(change, list) and all(isinstance(text, str) for text in change)
            if not texts or len(change) != 2:
                raise CatalogueError(told)
    return entries


def tally(
    exercise: Exercise,
    jobs: int = 1,
    sample: int | None = None,
    seed: int = 0,
    step: Callable[[int], None] = lambda steps: None,
) -> Tally:
    """Grade the mutants of one exercise.

    Parameters
    ----------
    exercise : Exercise
        Of kind ``code`` or ``debug``.
    jobs : int
        Processes that grade at a time.
    sample : int, optional
        How many mutants, drawn with `seed`; all by default. A sample finds no change that is listed but
        not made.
    step : callable (int) -> None
        Told of every mutant that is done.

    Raises
    ------
    ValueError
        If the worked answer of the exercise is no program.
    GraderFault
        If a mutant cannot be graded, or the worked answer itself is refused.
    """
    if exercise.kind not in KINDS:
        raise ValueError(f"exercise must be of kind {' or '.join(KINDS)}, got {exercise.id}, {exercise.kind}")
    every = mutants(exercise.root / "solutions" / exercise.file, exercise.function)
    listed = equivalents(exercise)
    found = Tally(exercise)
    if sample is None:
        made = {mutant.change for mutant in every}
        found.stale += [f"no mutant is {_told(change)}" for change in listed if change not in made]
    elif sample < len(every):
        chosen = np.random.default_rng(seed).choice(len(every), sample, replace=False)
        every = [every[at] for at in sorted(chosen)]
    for mutant, refused in _graded(exercise, every, jobs):
        step(1)
        if refused and mutant.change in listed:
            found.stale.append(f"refused, so no right answer: {_told(mutant.change)}")
        if refused:
            found.refused += 1
        elif mutant.change in listed:
            found.equivalent.append((mutant, listed[mutant.change]))
        else:
            found.survivors.append(mutant)
    found.survivors.sort(key=lambda mutant: mutant.line)
    found.equivalent.sort(key=lambda pair: pair[0].line)
    return found


def _told(change: Change) -> str:
    return " -> ".join(repr(text) for text in change)


def _graded(exercise: Exercise, every: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant and whether it lost a point. The worked answer goes with them: it must not."""
    right = exercise.root / "solutions" / exercise.file
    with tempfile.TemporaryDirectory(prefix="lintutor-mutants-") as folder, _fixed_secret():
        files = {right: Mutant("", 0, "", "", "")}
        for number, mutant in enumerate(every):
            path = Path(folder) / f"{number:05}.py"
            path.write_text(mutant.source, encoding="utf-8")
            files[path] = mutant
        paths = list(files)
        for result in grade_all([exercise], paths, "process", CALL_SECONDS, jobs, brief=True):
            if result.grader_fault is not None:
                told = files[Path(result.submission)].change
                raise GraderFault(f"{exercise.id}, mutant {_told(told)}: {result.grader_fault}")
            refused = result.score < result.max_score
            if Path(result.submission) != right:
                yield files[Path(result.submission)], refused
            elif refused:
                raise GraderFault(f"{exercise.id}: the worked answer loses points")


@contextlib.contextmanager
def _fixed_secret() -> Iterator[None]:
    """Draw the same inputs whenever the same mutants are graded by the same checks."""
    before = os.environ.get(SECRET)
    os.environ[SECRET] = "mutants"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SECRET]
        else:
            os.environ[SECRET] = before
