"""What a learner reads: first what to fix, at most a screen an exercise, never the solution."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rich.console import Console
from rich.text import Text

from ..advice import UNWRITTEN
from ..diagnosis import Finding
from ..project import section_page
from ..results import CheckRow, ExerciseRow, Result
from .page import Page, points

RIGHT = ("passed", "followed_through")
SCREEN = 38  # lines of one exercise, and two for what stands around it
IN_FULL = 2  # exercises of a chapter that are shown whole
PRINTED = 5  # lines of the learner's own prints
REMARKS = 3
MESSAGE = 8  # lines of one message
CRASH = re.compile(r"(line \d+: \w+(?:Error|Exception|Warning)\b)")
METHOD = re.compile(rf"\w+\.(\w+) is {UNWRITTEN}")


@dataclass(frozen=True)
class Detail:
    """How much is said of an exercise."""

    messages: int = 99  # of checks that fail; of the others their names only
    explanations: int = 9  # of mistakes; of the others their titles only
    example: int = 99  # lines of the smallest case


DETAILS = (Detail(), Detail(3, 2, 24), Detail(2, 1, 14), Detail(1, 1, 8))


def show(result: Result, console: Console) -> None:
    """Print the result of a submission: one exercise whole, a chapter with the first mistakes whole."""
    page = Page(console.width)
    for remark in result.remarks[:REMARKS]:
        page.add(f"Note: {remark}", "dim", hang=2, most=3)
    if result.remarks:
        page.add()
    if len(result.exercises) == 1:
        page.lines += exercise_lines(result.exercises[0], console.width)
    else:
        _chapter(result, page)
    page.add(f"isolation: {result.isolation}", "dim")
    page.print(console)


def unwritten(row: ExerciseRow) -> bool:
    """Whether the learner has not begun this exercise."""
    return row.stopped == "missing" and any(UNWRITTEN in check.message for check in row.checks)


def reason(row: ExerciseRow) -> str:
    """Return the first thing that a check with points complains of, else the first of all."""
    told = [check for check in row.checks if check.message]
    return next((check.message for check in (*(c for c in told if c.max_points), *told)), "")


# ---------------------------------------------------------------------------------------- a chapter


def _chapter(result: Result, page: Page) -> None:
    rows = result.exercises
    for row in rows:
        if row.status == "passed":
            page.mark("passed", f"{row.exercise.title}  {row.exercise.function}", _worth(row), indent=0)
    waiting = [row for row in rows if unwritten(row)]
    if waiting:
        page.add(f"· not started, {points(_most(waiting))} points: {_names(waiting)}", "dim", hang=2)
    for told, group in by_reason(row for row in rows if row.stopped == "missing" and not unwritten(row)):
        page.add(f"· {_names(group)}: {told}", "yellow", most=6, hang=2)
    broken = by_reason(row for row in rows if row.stopped == "error")  # a file can stop all its exercises
    groups = [group for _, group in broken]
    groups += [[row] for row in rows if row.status in ("partial", "failed")]
    whole = [group[0] for group in groups[:IN_FULL]]
    for message in file_problems(row for row in rows if row not in whole):
        page.add(f"! {message}", "yellow", hang=2, most=MESSAGE)
    for group in groups[:IN_FULL]:
        page.add()
        page.lines += exercise_lines(group[0], page.width)
        if len(group) > 1:
            page.add(f"The same stops {_names(group[1:])}.", "yellow")
    page.add()
    others = [row for group in groups[IN_FULL:] for row in group]
    if others:
        page.add(f"Not right yet either: {_names(others)}.", "yellow")
        page.add(f"See them one by one: lintutor check {others[0].exercise.function}", "cyan")
    page.add(f"Together {points(result.score)} of {points(result.max_score)} points.", "bold")
    if not groups and waiting:
        page.add(f"Next: {waiting[0].exercise.function}, in exercises/{waiting[0].exercise.file}", "cyan")


def by_reason(rows: Iterable[ExerciseRow]) -> list[tuple[str, list[ExerciseRow]]]:
    """Put together what has the same reason, but for the name of the function, and say it once."""
    found: dict[str, list[ExerciseRow]] = {}
    for row in rows:
        found.setdefault(reason(row).replace(f" {row.exercise.function};", " of this name;"), []).append(row)
    return [(key if len(group) > 1 else reason(group[0]), group) for key, group in found.items()]


def file_problems(rows: Iterable[ExerciseRow]) -> list[str]:
    """Return what is told of whole files: it costs no points, and is not to be missed."""
    checks = (check for row in rows for check in row.checks)
    return [check.message for check in checks if check.status == "failed" and not check.max_points]


def _names(rows: Sequence[ExerciseRow]) -> str:
    return ", ".join(row.exercise.function for row in rows)


def _most(rows: Sequence[ExerciseRow]) -> float:
    return sum(row.max_points for row in rows)


def _worth(row: ExerciseRow | CheckRow) -> str:
    return f"{points(row.points)}/{points(row.max_points)}" if row.max_points else ""


# ------------------------------------------------------------------------------------- an exercise


def exercise_lines(row: ExerciseRow, width: int) -> list[Text]:
    """Return the feedback on one exercise, at most a screen: where it is long, less is said of more."""
    lines: list[Text] = []
    for detail in DETAILS:
        lines = _exercise(row, width, detail).lines
        if len(lines) <= SCREEN:
            return lines
    return [*lines[: SCREEN - 2], Text("..."), lines[-1]]


def _exercise(row: ExerciseRow, width: int, detail: Detail) -> Page:
    page = Page(width)
    title = Text(row.exercise.title, style="bold")
    title.append(f"  {row.exercise.id}", style="dim")
    page.lines.append(title)
    done = row.status == "passed"
    place = f", for {row.source}" if PurePath(row.source).name not in ("", row.exercise.file) else ""
    style = "bold green" if done else "bold"
    page.add(f"{points(row.points)} of {points(row.max_points)} points{place}", style)
    page.add()
    if done:
        for check in row.checks:
            _check(check, page, True, set())
        page.add()
        page.add("Everything holds. Well done.", "green")
        return page
    if any(check.status == "error" for check in row.checks):
        page.add("The grader failed here. Your answer is not at fault, and this is no result.", "magenta")
        _checks(row, page, detail)
        return page
    if row.stopped:
        for message in dict.fromkeys([*file_problems([row]), reason(row)]):
            page.add(message, indent=2, most=2 * MESSAGE)
    else:
        _findings(row, page, detail)
        if row.findings:
            _smallest_case(row, page, detail)
        _checks(row, page, detail)
        if not row.findings:
            _smallest_case(row, page, detail)
    _prints(row, page)
    if not any(finding.misconception for finding in row.findings):
        page.add(f"Read: {_place(row, row.exercise.sections[0])}", "cyan")
    page.add(f"A hint: lintutor hint {row.exercise.function}", "cyan")
    return page


def _findings(row: ExerciseRow, page: Page, detail: Detail) -> None:
    """Name the mistakes; of the first ones say all that a teacher would."""
    for number, finding in enumerate(row.findings, start=1):
        before = f"{number}. " if len(row.findings) > 1 else ""
        entry = finding.misconception
        title = "A mistake that the grader cannot name" if entry is None else entry.title
        page.add(f"{before}{title}", "bold yellow")
        if number <= detail.explanations:
            page.add(_said(finding), indent=2)
        if entry is not None:
            page.add(f"Read: {_place(row, entry.section)}", "cyan", indent=2)
        if number <= detail.explanations or number == len(row.findings):
            page.add()


def _said(finding: Finding) -> str:
    entry = finding.misconception
    return " ".join((finding.remark if entry is None else entry.explanation).split())


def _smallest_case(row: ExerciseRow, page: Page, detail: Detail) -> None:
    example = next((check.counterexample for check in row.checks if check.counterexample), "")
    if not example:
        return
    if not row.findings:
        page.add("The cause is not one that the grader knows; the numbers may tell.")
    page.add("The smallest case", "bold")
    page.add(example, indent=2, most=detail.example)
    page.add()


def _checks(row: ExerciseRow, page: Page, detail: Detail) -> None:
    """Add the checks that fail, and count the others."""
    told: set[str] = set()
    bad = [check for check in row.checks if _is_bad(check) and not check.unwritten]
    for number, check in enumerate(bad):
        _check(check, page, number < detail.messages, told)
    right = [c for c in row.checks if c.max_points and c.status in RIGHT and not _is_bad(c)]
    skipped = [check for check in row.checks if check.status == "skipped"]
    waiting = [check for check in row.checks if check.unwritten]
    if waiting:
        methods = dict.fromkeys(found[1] for c in waiting if (found := METHOD.search(c.message)))
        worth = sum(check.max_points for check in waiting)
        page.add(f"· {UNWRITTEN}: {', '.join(methods)} ({points(worth)} points)", indent=2, hang=2)
    if right:
        worth = sum(check.points for check in right)
        page.add(f"✓ {_count(right)}, {points(worth)} point{'s' * (worth != 1)}", "green", indent=2)
    if skipped:
        page.add(f"· {_count(skipped)} not run", "dim", indent=2)
        page.add(skipped[0].message, "dim", indent=6)
    page.add()


def _is_bad(check: CheckRow) -> bool:
    return check.status in ("failed", "error") or (check.status in RIGHT and check.points < check.max_points)


def _count(checks: Sequence[CheckRow]) -> str:
    return f"{len(checks)} check{'s' * (len(checks) != 1)}"


def _check(check: CheckRow, page: Page, whole: bool, told: set[str]) -> None:
    sign = check.status if check.points == check.max_points else "partial" if check.points else "failed"
    page.mark(check.status if check.status == "error" else sign, check.name, _worth(check))
    if not (check.message and whole):
        return
    place = CRASH.search(check.message)
    if place and place[1] in told:
        page.add(f"the same as above: {place[1]}", indent=6)
        return
    if place:
        told.add(place[1])
    page.add(check.message, indent=6, most=MESSAGE)


def _prints(row: ExerciseRow, page: Page) -> None:
    if row.printed.strip():
        page.add("Your code printed, in the first call that printed anything:", "dim", indent=2)
        page.add(row.printed.strip("\n"), "dim", indent=4, most=PRINTED + 1)
    if row.printed.strip() or row.stopped:
        page.add()


def _place(row: ExerciseRow, anchor: str) -> str:
    page = section_page(row.exercise.root, anchor)
    return f"the section {anchor}" if page is None else f"{page}#{anchor}"
