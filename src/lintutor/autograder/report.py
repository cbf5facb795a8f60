"""What a learner reads: at most a screen an exercise, never the solution."""

import re
import textwrap

from rich.console import Console
from rich.text import Text

from .diagnosis import Finding
from .project import section_page
from .results import CheckRow, ExerciseRow, Result

MARKS = {
    "passed": ("✓", "green"),
    "followed_through": ("✓", "yellow"),
    "failed": ("✗", "red"),
    "skipped": ("·", "dim"),
    "error": ("!", "magenta"),
}
WIDTH = 88
PRINTED = 5  # lines of the learner's own prints
CRASH = re.compile(r"(line \d+: \w+(?:Error|Exception|Warning)\b)")


def show(result: Result, console: Console) -> None:
    """Print the result of a submission."""
    for row in result.exercises:
        _show_exercise(row, console)
    if len(result.exercises) > 1:
        console.print(
            f"Together {_points(result.score)} of {_points(result.max_score)} points.", style="bold"
        )
    console.print(f"isolation: {result.isolation}", style="dim")


def _points(number: float) -> str:
    return f"{number:g}"


def _show_exercise(row: ExerciseRow, console: Console) -> None:
    head = Text(row.exercise.title, style="bold")
    head.append(f"  {row.exercise.id}", style="dim")
    console.print(head)
    done = row.status == "passed"
    style = "bold green" if done else "bold"
    console.print(Text(f"{_points(row.points)} of {_points(row.max_points)} points", style=style))
    console.print()
    if row.stopped:
        _wrapped(next(check.message for check in row.checks if check.message), console, 2)
    else:
        _show_checks(row, console, all_of_them=done)
    if row.printed and not done:
        lines = row.printed.rstrip().splitlines()
        console.print("  Your code printed, in the first call that printed anything:", style="dim")
        for line in lines[:PRINTED]:
            console.print(Text(f"    {line[: console.width - 4]}", style="dim"))
        if len(lines) > PRINTED:
            console.print(Text(f"    ... and {len(lines) - PRINTED} lines more", style="dim"))
    console.print()
    if done:
        console.print("Everything holds. Well done.", style="green")
    else:
        _show_reasons(row, console)


def _show_checks(row: ExerciseRow, console: Console, all_of_them: bool) -> None:
    """Print each check, or, where some fail, those that do, and count the others."""
    told: set[str] = set()
    for check in row.checks:
        if all_of_them or (check.points < check.max_points and check.status != "skipped"):
            _show_check(check, console, told)
    if not all_of_them:
        right = [c for c in row.checks if c.points == c.max_points]
        skipped = [c for c in row.checks if c.status == "skipped"]
        if right:
            console.print(
                Text(f"  ✓ {_count(right)}, {_points(sum(c.points for c in right))} points", style="green")
            )
        if skipped:
            console.print(Text(f"  · {_count(skipped)} not run", style="dim"))
            _wrapped(skipped[0].message, console, 6, "dim")


def _count(checks: list[CheckRow]) -> str:
    return f"{len(checks)} check{'s' * (len(checks) != 1)}"


def _show_check(check: CheckRow, console: Console, told: set[str]) -> None:
    mark, style = ("~", "yellow") if 0 < check.points < check.max_points else MARKS[check.status]
    line = Text(f"  {mark} ", style=style)
    line.append(check.name, style="default")
    line.append(f"  {_points(check.points)}/{_points(check.max_points)}", style="dim")
    console.print(line)
    if not check.message:
        return
    place = CRASH.search(check.message)
    if place and place[1] in told:
        _wrapped(f"the same as above: {place[1]}", console, 6)
        return
    if place:
        told.add(place[1])
    _wrapped(check.message, console, 6)


def _show_reasons(row: ExerciseRow, console: Console) -> None:
    example = next((check for check in row.checks if check.counterexample), None)
    for finding in row.findings:
        _show_finding(row, finding, console)
    if example is not None:
        if not row.findings:
            console.print("The cause is not one that the grader knows; the numbers may tell.")
        console.print("The smallest case", style="bold")
        for line in example.counterexample.splitlines():
            console.print(Text(f"  {line}"))
        console.print()
    if not any(finding.misconception for finding in row.findings):
        console.print(Text(f"Read: {_place(row, row.exercise.sections[0])}", style="cyan"))
    console.print(Text(f"A hint: lintutor hint {row.exercise.function}", style="cyan"))


def _show_finding(row: ExerciseRow, finding: Finding, console: Console) -> None:
    entry = finding.misconception
    if entry is None:
        console.print("A mistake that the grader cannot name", style="bold yellow")
        _wrapped(finding.remark, console, 2)
    else:
        console.print(Text(entry.title, style="bold yellow"))
        _wrapped(" ".join(entry.explanation.split()), console, 2)
        console.print(Text(f"  Read: {_place(row, entry.section)}", style="cyan"))
    console.print()


def _place(row: ExerciseRow, anchor: str) -> str:
    page = section_page(row.exercise.root, anchor)
    return f"the section {anchor}" if page is None else f"{page}#{anchor}"


def _wrapped(text: str, console: Console, by: int, style: str = "") -> None:
    """Print a text indented; lines of its own stay lines."""
    margin = " " * by
    for line in text.splitlines():
        for part in textwrap.wrap(
            line, max(console.width - 1, by + 20), initial_indent=margin, subsequent_indent=margin
        ):
            console.print(Text(part, style=style))


def console() -> Console:
    """Return a console for the terminal, no wider than is good to read."""
    made = Console(highlight=False)
    return made if made.width <= WIDTH else Console(highlight=False, width=WIDTH)
