"""Lines on a terminal: wrapped, marked, and with nothing in them that a submission could do harm with."""

import textwrap

from rich.console import Console
from rich.text import Text

from . import clean

__all__ = ["MARKS", "Page", "console", "points"]

MARKS = {
    "passed": ("✓", "green"),
    "partial": ("~", "yellow"),
    "failed": ("✗", "red"),
    "missing": ("·", "dim"),
    "error": ("!", "magenta"),
    "followed_through": ("✓", "yellow"),
    "skipped": ("·", "dim"),
}
WIDTH = 88


class Page:
    """Lines to be printed; every text of a submission is made harmless on its way in."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[Text] = []

    def add(self, text: str = "", style: str = "", indent: int = 0, most: int = 99, hang: int = 0) -> None:
        """Add a text, wrapped; lines of its own stay lines, those after `most` are left out."""
        wrapped: list[str] = []
        for line in clean.text(text).splitlines() or [""]:
            inner = indent + len(line) - len(line.lstrip())
            wrapped += textwrap.wrap(
                line,
                max(self.width - 1, inner + 20),
                initial_indent=" " * indent,
                subsequent_indent=" " * (inner + hang + 2 * (inner > indent)),
            ) or [""]
        if len(wrapped) > most:
            wrapped[most - 1 :] = [f"{' ' * indent}... and {len(wrapped) - most + 1} lines more"]
        self.lines += [Text(line, style=style) for line in wrapped]

    def mark(self, status: str, text: str, worth: str, indent: int = 2) -> None:
        """Add a line that opens with the mark of a status."""
        sign, style = MARKS[status]
        line = Text(f"{' ' * indent}{sign} ", style=style)
        line.append(clean.text(text), style="default")
        line.append(f"  {worth}" if worth else "", style="dim")
        self.lines.append(line)

    def print(self, console: Console) -> None:
        """Print the lines."""
        for line in self.lines:
            console.print(line)


def points(number: float) -> str:
    """Return points as people write them."""
    return f"{number:g}"


def console(stderr: bool = False, wide: bool = False) -> Console:
    """Return a console for the terminal, no wider than is good to read unless `wide`."""
    made = Console(highlight=False, markup=False, emoji=False, stderr=stderr)
    if not wide:
        made.width = min(made.width, WIDTH)
    return made
