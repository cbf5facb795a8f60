"""What is read of a submission: files of Python and notebooks, in memory, and the bounds of it.

What cannot be read is kept as an entry that says why, so that its line reaches the learner.
"""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

KINDS = (".py", ".ipynb")
DEPTH = 4  # folders between the top and a file
MB = 2**20
SOURCE, NOTEBOOK, ARCHIVE, TOTAL = MB, 10 * MB, 50 * MB, 30 * MB
JUNK = {"__MACOSX", "__pycache__", "node_modules", "site-packages", "venv", "Thumbs.db", "desktop.ini"}


class Refused(Exception):
    """Why something handed in cannot be read; the text completes "ch03_hinge_loss.py: ..."."""


@dataclass(frozen=True)
class Entry:
    """One Python file or notebook: its bytes, or why they were not read."""

    name: str  # below the top, with slashes: "week3/ch03_hinge_loss.py"
    data: bytes = b""
    problem: str = ""
    time: float = 0.0  # when it was last changed; 0 where that is not known

    @property
    def path(self) -> PurePosixPath:
        """The name as a path."""
        return PurePosixPath(self.name)

    @property
    def depth(self) -> int:
        """How many folders lie between the top and this file."""
        return len(self.path.parts) - 1


@dataclass
class Bundle:
    """Everything of a submission that can matter."""

    entries: list[Entry] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # names of files of other kinds
    remarks: list[str] = field(default_factory=list)
    problem: str = ""  # why nothing could be read at all
    alone: bool = False  # one Python file or notebook was handed in, under whatever name
    deep: bool = False  # there is something below `DEPTH`
    kind: str = "folder"
    room: int = TOTAL  # bytes that may still be read

    def add(self, entry: Entry) -> None:
        """Take an entry in."""
        self.entries.append(entry)
        self.room -= len(entry.data)


def is_junk(name: str) -> bool:
    """Whether a name is hidden or one that systems leave behind."""
    return name.startswith((".", "~$")) or name in JUNK


def limit(name: str) -> int:
    """Return how many bytes a file with this name may have."""
    return {".ipynb": NOTEBOOK, ".zip": ARCHIVE}.get(PurePosixPath(name).suffix.lower(), SOURCE)


def too_large(name: str, most: int) -> str:
    """Return why a file of more than `most` bytes is not read, and what to do about it."""
    whole = limit(name)
    if most < whole:
        return f"it is not read: the submission is larger than {TOTAL // MB} MB; hand in only your answers"
    cures = {SOURCE: "answers are short", NOTEBOOK: "clear its outputs and save it again"}
    return f"it is larger than {whole // MB} MB; {cures.get(whole, 'pack only your answers')}"


def tell(name: str) -> str:
    """Return a name as it can be printed: no control or formatting characters, not too long."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in name[:200])
    return clean if len(clean) <= 100 else f"{clean[:60]}...{clean[-37:]}"
