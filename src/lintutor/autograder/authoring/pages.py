"""What the book's pages say of exercises: their sections, and where each exercise is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Place", "Section", "sections", "shown"]

ANCHOR = re.compile(r"\(([\w-]+)\)=\s*")
HEADING = re.compile(r"(#{1,6})\s")
FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})(.*)")
SHOWN = re.compile(r"\{exercise\}\s*(\S+)")


@dataclass(frozen=True)
class Section:
    """A section of the book."""

    anchor: str
    page: Path
    line: int


@dataclass(frozen=True)
class Place:
    """Where a page shows an exercise: the sections around it, the innermost last."""

    exercise: str
    page: Path
    line: int
    sections: tuple[str, ...]


def sections(book: Path) -> dict[str, Section]:
    """Return the sections of all pages, by their anchors."""
    return {
        found[1]: Section(found[1], page, number)
        for page in sorted(book.rglob("*.md"))
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := ANCHOR.fullmatch(line))
    }


def shown(book: Path) -> list[Place]:
    """Return where the pages show exercises."""
    return [place for page in sorted(book.rglob("*.md")) for place in _shown(page)]


def _shown(page: Path) -> Iterator[Place]:
    """Follow the headings of one page, passing over what stands in code."""
    around: list[tuple[int, str]] = []
    anchors: list[str] = []
    fences: list[tuple[str, bool]] = []  # those that are open, and whether each holds code
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        marked = FENCE.fullmatch(line)
        if marked and fences and marked[1].startswith(fences[-1][0]) and not marked[2].strip():
            fences.pop()
        elif fences and fences[-1][1]:
            continue
        elif marked:
            if found := SHOWN.match(marked[2].strip()):
                yield Place(found[1], page, number, tuple(anchor for _, anchor in around))
            fences.append((marked[1], "{" not in marked[2] or "{code" in marked[2]))
        elif found := ANCHOR.fullmatch(line):
            anchors.append(found[1])
        elif not fences and (found := HEADING.match(line)):
            level = len(found[1])
            around = [(depth, anchor) for depth, anchor in around if depth < level]
            around += [(level, anchor) for anchor in anchors]
            anchors = []
        elif line.strip():
            anchors = []
