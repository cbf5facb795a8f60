"""What a learner reads: at most a screen an exercise, never the solution."""

from rich.console import Console
from rich.padding import Padding
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
        told = next(check for check in row.checks if check.message)
        _indented(told.message, console)
    else:
        for check in row.checks:
            _show_check(check, console)
    console.print()
    if done:
        console.print("Everything holds. Well done.", style="green")
    else:
        _show_reasons(row, console)


def _show_check(check: CheckRow, console: Console) -> None:
    mark, style = MARKS[check.status]
    line = Text(f"  {mark} ", style=style)
    line.append(check.name, style="dim" if check.status == "skipped" else "")
    line.append(f"  {_points(check.points)}/{_points(check.max_points)}", style="dim")
    console.print(line)
    if check.message and check.status != "skipped":
        _indented(check.message, console, 6)


def _show_reasons(row: ExerciseRow, console: Console) -> None:
    unknown = False
    for finding in row.findings:
        _show_finding(row, finding, console)
        unknown |= finding.misconception is None
    if not row.findings and not row.stopped and any(c.status == "failed" for c in row.checks):
        unknown = not all(c.max_points <= 2 for c in row.checks if c.status == "failed")
    example = next((check for check in row.checks if check.counterexample), None)
    if example is not None:
        console.print("The smallest case", style="bold")
        for line in example.counterexample.splitlines():
            console.print(Padding(Text(line, no_wrap=False), (0, 0, 0, 2)))
        console.print()
    if row.stopped or unknown or not row.findings:
        _indented(f"Read: {_place(row, row.exercise.sections[0])}", console, 0, "cyan")
    console.print(Text(f"A hint: lintutor hint {row.exercise.function}", style="cyan"))


def _show_finding(row: ExerciseRow, finding: Finding, console: Console) -> None:
    entry = finding.misconception
    if entry is None:
        console.print("A mistake without a name", style="bold yellow")
        _indented(f"{finding.remark} Start from the smallest case below.", console)
    else:
        console.print(Text(entry.title, style="bold yellow"))
        _indented(" ".join(entry.explanation.split()), console)
        _indented(f"Read: {_place(row, entry.section)}", console, 2, "cyan")
    console.print()


def _place(row: ExerciseRow, anchor: str) -> str:
    page = section_page(row.exercise.root, anchor)
    return f"section {anchor}" if page is None else f"{page}, section {anchor}"


def _indented(text: str, console: Console, by: int = 2, style: str = "") -> None:
    for paragraph in text.split("\n\n"):
        console.print(Padding(Text(paragraph, style=style), (0, 0, 0, by)))


def console() -> Console:
    """Return a console for the terminal, no wider than is good to read."""
    made = Console(highlight=False)
    if made.width > WIDTH:
        made = Console(highlight=False, width=WIDTH)
    return made
