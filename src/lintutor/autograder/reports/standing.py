"""Where a learner stands: every exercise with its points, its state and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.console import Console

from ..results import ExerciseRow
from .page import MARKS, Page, points
from .report import CRASH, reason, unwritten

SCHEMA = "lintutor/status/1"


@dataclass(frozen=True)
class Standing:
    """One exercise as it stands."""

    id: str
    title: str
    points: float
    max_points: float
    state: str  # "done", "begun", "not started", "not there" (no such file or function) or "broken"
    next: str  # what to do, empty where all is done
    mark: str

    @property
    def chapter(self) -> str:
        """The chapter's short name."""
        return self.id.partition(".")[0]

    def as_dict(self) -> dict[str, Any]:
        """Return the standing as ``lintutor/status/1`` has it."""
        names = ("id", "title", "points", "max_points", "state", "next")
        return {name: getattr(self, name) for name in names}


def standing(row: ExerciseRow) -> Standing:
    """Return how an exercise stands after a check."""
    state, todo = _state(row)
    most = row.exercise.points
    return Standing(row.exercise.id, row.exercise.title, row.points, most, state, todo, row.status)


def _state(row: ExerciseRow) -> tuple[str, str]:
    name = row.exercise.function
    if row.status == "passed":
        return "done", ""
    if unwritten(row):
        return "not started", f"write {name} in exercises/{row.exercise.file}"
    if row.stopped:
        return "broken" if row.stopped == "error" else "not there", reason(row).partition("\n")[0]
    named = next((f.misconception for f in row.findings if f.misconception is not None), None)
    if named is not None:
        return "begun", named.title
    failed = next(check for check in row.checks if check.points < check.max_points)
    if CRASH.search(failed.message):
        return "begun", failed.message.partition("\n")[0]
    return "begun", f"does not hold yet: {failed.name}"


def totals(rows: Sequence[Standing]) -> tuple[float, float]:
    """Return the points reached and those that could be."""
    return sum(row.points for row in rows), sum(row.max_points for row in rows)


def as_dict(rows: Sequence[Standing]) -> dict[str, Any]:
    """Return all of it as ``lintutor/status/1``."""
    chapters = []
    for chapter, members in groupby(rows, key=lambda row: row.chapter):
        reached, most = totals(list(members))
        chapters.append({"chapter": chapter, "points": reached, "max_points": most})
    reached, most = totals(rows)
    return {
        "schema": SCHEMA,
        "points": reached,
        "max_points": most,
        "chapters": chapters,
        "exercises": [row.as_dict() for row in rows],
    }


def show(rows: Sequence[Standing], console: Console) -> None:
    """Print every exercise by chapter, the totals, and the one thing to do next."""
    page = Page(console.width)
    wide = max((len(row.id) for row in rows), default=0)
    for chapter, group in groupby(rows, key=lambda row: row.chapter):
        members = list(group)
        page.add(f"{chapter}: {_of(*totals(members))} points", "bold")
        for row in members:
            sign, style = MARKS[row.mark]
            page.add(
                f"{sign} {row.id:<{wide}}  {_of(row.points, row.max_points):>8}  {row.state}",
                style,
                indent=2,
            )
            if row.state in ("begun", "broken"):
                page.add(row.next, indent=8, most=2)
        page.add()
    if len({row.chapter for row in rows}) > 1:
        page.add(f"Together {_of(*totals(rows))} points.", "bold")
    _next(rows, page)
    page.print(console)


def _of(reached: float, most: float) -> str:
    return f"{points(reached)} of {points(most)}"


def _next(rows: Sequence[Standing], page: Page) -> None:
    """Name one thing: first what is broken, then what is begun, then what is not."""
    for state in ("broken", "begun", "not there", "not started"):
        for row in rows:
            if row.state == state:
                name = row.id.partition(".")[2]
                page.add(
                    f"Next: {row.next}" if state == "not started" else f"Next: lintutor check {name}", "cyan"
                )
                return
    if rows:
        page.add("All exercises are done.", "green")
