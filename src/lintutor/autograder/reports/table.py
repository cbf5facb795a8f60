"""What an instructor reads: a line a submission, then what the class got wrong."""

import re
import statistics
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from ..catalogue import Exercise
from ..results import ExerciseRow, Result
from . import clean
from .page import MARKS, points
from .report import by_reason, file_problems, unwritten

LEGEND = ("passed", "partial", "failed", "missing", "error")
WORDS = {
    "passed": "all points",
    "partial": "some",
    "failed": "none",
    "missing": "not there or not started",
    "error": "does not load",
}
GROUP = 5  # marks that stand together
NAME, MISTAKES = 24, 60  # columns, at most
MOST = 8  # rows of the summary
NOTES = 3  # lines on what is wrong with the files of one submission


def show(results: Iterable[Result], exercises: Sequence[Exercise], console: Console) -> None:
    """Print the table, then the summary of the class."""
    rows = sorted(results, key=lambda result: result.submission)
    _table(rows, exercises, console)
    for line in _notes(rows):
        console.print(_fitting(line, console.width), style="dim")
    console.print()
    _summary(rows, exercises, console)


# --------------------------------------------------------------------------------------- the table


def _table(rows: Sequence[Result], exercises: Sequence[Exercise], console: Console) -> None:
    names = _names(rows)
    scores = [f"{points(row.score)}/{points(row.max_score)}" if _is_graded(row) else "-" for row in rows]
    wide = max(5, min(NAME, max(map(cell_len, names), default=0), console.width // 3))
    tall = max(6, *map(len, scores), 0)
    marks = max(5, len(exercises) + (len(exercises) - 1) // GROUP)
    left = wide + tall + marks + 2 * 3
    room = max(12, min(MISTAKES, console.width - left - 2 - 7))

    def put(line: Text) -> None:
        console.print(line, no_wrap=True, crop=False, overflow="ignore")

    put(
        Text(
            f"{'name':<{wide}}  {'points':>{tall}}  {'marks':<{marks}}  {'mistakes named':<{room}}  seconds",
            style="bold",
        )
    )
    for row, name, score in zip(rows, names, scores, strict=True):
        named = textwrap.wrap(", ".join(mistakes(row)) if _is_graded(row) else "", room) or [""]
        line = Text(f"{_cut(name, wide)}  {score:>{tall}}  ")
        line.append_text(_marks(row, exercises, marks))
        line.append(f"  {named[0]:<{room}}  {sum(each.seconds for each in row.exercises):>7.1f}")
        put(line)
        for more in named[1:]:
            put(Text(" " * left + more))
    _legend(exercises, console)


def _names(rows: Sequence[Result]) -> list[str]:
    """Return what each submission is called: its submitter, or its path where two have one name."""
    met = Counter(row.submitter for row in rows)
    names = [row.submission if met[row.submitter] > 1 else row.submitter for row in rows]
    return [clean.text(name).replace("\n", " ") for name in names]


def _is_graded(row: Result) -> bool:
    return row.grader_fault is None and bool(row.exercises)


def _marks(row: Result, exercises: Sequence[Exercise], wide: int) -> Text:
    """Return one mark an exercise, in groups that can be counted; what was not graded has none."""
    found = {each.exercise.id: each.status for each in row.exercises} if _is_graded(row) else {}
    line = Text()
    for number, entry in enumerate(exercises):
        if number and number % GROUP == 0:
            line.append(" ")
        sign, style = MARKS[found[entry.id]] if entry.id in found else ("?", "magenta")
        line.append(sign, style=style)
    line.append(" " * (wide - len(line)))
    return line


def _legend(exercises: Sequence[Exercise], console: Console) -> None:
    console.print()
    signs = ", ".join(f"{MARKS[status][0]} {WORDS[status]}" for status in LEGEND)
    console.print(_fitting(f"{signs}, ? not graded", console.width), style="dim")
    order = ", ".join(f"{number}~{entry.function}" for number, entry in enumerate(exercises, start=1))
    fitting = _fitting(f"The marks, in order: {order}", console.width)
    console.print(Text(fitting.plain.replace("~", " ")), style="dim")


def _cut(name: str, wide: int) -> str:
    return set_cell_size(name, wide) if cell_len(name) <= wide else f"{set_cell_size(name, wide - 3)}..."


def _fitting(text: str, width: int) -> Text:
    return Text("\n".join(textwrap.wrap(text, width - 1, subsequent_indent="  ", break_on_hyphens=False)))


def mistakes(row: Result) -> list[str]:
    """Return the ids of the misconceptions that were named, each once."""
    checks = (check for each in row.exercises for check in each.checks)
    return list(dict.fromkeys(key for check in checks for key in check.diagnoses))


def _notes(rows: Sequence[Result]) -> list[str]:
    """Say of each submission what is wrong with its files, once a file's fault."""
    notes = []
    for row in rows:
        stopped = by_reason(each for each in row.exercises if each.stopped and not unwritten(each))
        told = file_problems(row.exercises)
        for text, group in stopped:
            names = ", ".join(each.exercise.function for each in group)
            told.append(f"{names}: {text}" if len(group) < len(row.exercises) else text)
        if row.grader_fault is not None:
            told = [f"not graded, a fault of the grader: {row.grader_fault}"]
        for text in told[:NOTES]:
            first = re.sub(r"\s+", " ", clean.text(text).partition("\n")[0])
            notes.append(f"{clean.text(row.submitter)}: {first}")
    return ["", *notes] if notes else []


# ------------------------------------------------------------------------------------- the summary


def _summary(rows: Sequence[Result], exercises: Sequence[Exercise], console: Console) -> None:
    graded = [row for row in rows if _is_graded(row)]
    failed = len(rows) - len(graded)
    told = f"{len(rows)} submission{'s' * (len(rows) != 1)}"
    if graded:
        scores = [row.score for row in graded]
        most = points(max(row.max_score for row in graded))
        told += f", mean {statistics.mean(scores):.1f}, median {statistics.median(scores):g} of {most} points"
    console.print(f"{told}.", style="bold")
    if failed:
        console.print(
            f"{failed} not graded: the grader failed, nobody's answer is at fault.", style="magenta"
        )
    if rows:
        console.print(f"isolation: {', '.join(sorted({row.isolation for row in rows}))}", style="dim")
    _mistakes(graded, console)
    _losses(graded, exercises, console)


def _mistakes(rows: Sequence[Result], console: Console) -> None:
    """Say which misconceptions were named, and in how many submissions."""
    counted = Counter(key for row in rows for key in mistakes(row))
    titles = {m.id: m.title for row in rows for each in row.exercises for m in each.exercise.misconceptions}
    if not counted:
        return
    console.print("\nMistakes, by the number of submissions that make them", style="bold")
    for key, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:MOST]:
        console.print(_fitting(f"{number:>4}  {titles.get(key, key)} ({key})", console.width))
    if len(counted) > MOST:
        console.print(f"      and {len(counted) - MOST} more", style="dim")


def _losses(rows: Sequence[Result], exercises: Sequence[Exercise], console: Console) -> None:
    """Say which exercises cost the class most."""
    every: dict[str, list[ExerciseRow]] = {entry.id: [] for entry in exercises}
    for row in rows:
        for each in row.exercises:
            every[each.exercise.id].append(each)
    lost = {key: sum(r.max_points - r.points for r in found) for key, found in every.items() if found}
    worst = sorted((key for key in lost if lost[key]), key=lambda key: -lost[key] / len(every[key]))
    if not worst:
        return
    console.print("\nExercises, by the points that the class lost", style="bold")
    for key in worst[:MOST]:
        found = every[key]
        mean = sum(r.points for r in found) / len(found)
        untouched = sum(map(unwritten, found))
        more = f", {untouched} not started" if untouched else ""
        console.print(
            _fitting(f"{key}: mean {mean:.1f} of {points(found[0].max_points)}{more}", console.width)
        )
