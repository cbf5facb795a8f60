"""Rules on what learners read: hints that lead on, and nothing left to be written."""

import re
from collections.abc import Iterator
from pathlib import Path

from ..findings import Finding, Findings, rule
from ..material import Chapter, Item

TODO = re.compile(r"\bTODO\b")
RUN = 8  # words in a row that are no accident
WORD = re.compile(r"[^\W_]+")


@rule("hint-repeats", of="exercise")
def hints_lead_on(item: Item) -> Findings:
    """No hint says again what the statement or another hint says."""
    texts = [(what, line, text) for what, path, line, text in item.told if path == item.toml]
    for number, (what, line, text) in enumerate(texts):
        for earlier, _, other in texts[:number]:
            if again := _repeated(text, other):
                told = f"{what} repeats {earlier}: {again!r}"
                yield Finding(item.toml, line, told, "say something more specific instead")


def _repeated(text: str, other: str) -> str:
    """Return words of a text that stand in another one, too: most of the shorter one, or many in a row."""
    words, others = ([word.lower() for word in WORD.findall(part)] for part in (text, other))
    least = min(RUN, len(words), len(others))
    runs = {tuple(others[at : at + least]) for at in range(len(others) - least + 1)} if least else set()
    for at in range(len(words) - least + 1):
        if tuple(words[at : at + least]) in runs:
            return " ".join(words[at : at + least])
    return ""


@rule("todo", of="exercise")
def nothing_is_left(item: Item) -> Findings:
    """No file of an exercise holds a TODO, nor do the misconceptions that it lists."""
    for path in sorted(item.entry.folder.glob("*")):
        if path.suffix in (".py", ".toml"):
            yield from _todos(path, enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    node = item.answers.defined.get(item.entry.function)
    if node is not None:
        lines = list(enumerate(item.answers.text.splitlines(), start=1))
        yield from _todos(item.answers.path, iter(lines[node.lineno - 1 : node.end_lineno]))
    for mistake in item.entry.misconceptions:
        found = next((t for t in (mistake.title, mistake.explanation, mistake.section) if TODO.search(t)), "")
        if found:
            where = item.material.where(mistake.id, item.chapter.folder)
            text = f"{mistake.id} is not written yet: {_cut(found)}"
            yield Finding(*where, text, "explain it as to a student at your desk")


@rule("todo-in-chapter", of="chapter")
def nothing_is_left_for_all(chapter: Chapter) -> Findings:
    """No file that the exercises of a chapter share holds a TODO."""
    for path in sorted(chapter.folder.glob("*")):
        if path.suffix == ".py" or path == chapter.toml:
            yield from _todos(path, enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))


def _todos(path: Path, lines: Iterator[tuple[int, str]]) -> Findings:
    for number, line in lines:
        if TODO.search(line):
            yield Finding(path, number, f"not written yet: {_cut(line)}", "write it")


def _cut(text: str) -> str:
    """Return a text from its TODO on, if it is not too long."""
    one = " ".join(text[text.index("TODO") :].split()).rstrip("\"'")
    return f"{one[:80]}..." if len(one) > 83 else one
