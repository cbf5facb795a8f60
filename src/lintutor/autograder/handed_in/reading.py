"""What a learner handed in, whatever it is: a file, a notebook, a zip or a folder.

Use::

    handed = read(path, exercises)
    handed.sources["ch03_hinge_loss.py"].data    # the Python to send to a worker
    handed.problems["ch03_hinge_loss.py"]        # or why there is none, in one line

Everything happens in memory. Nothing is written, imported, evaluated or trusted, and nothing that a
submission contains makes `read` raise.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..catalogue import Exercise
from ..project import ProjectError
from .bundle import Bundle, Entry, Refused, is_junk, tell
from .choice import Choice, Reader
from .gathering import gather
from .neighbors import neighbors

__all__ = ["HandedIn", "Source", "read", "submissions"]

REMARKS = 20  # that are kept


@dataclass(frozen=True)
class Source:
    """The Python of one answer file.

    `cells` holds, for a notebook, the number of each code cell and the line of `data` where it begins.
    """

    file: str
    shown: str
    data: bytes
    cells: tuple[tuple[int, int], ...] = ()

    def place(self, line: int | None) -> str:
        """Return where a line of `data` is for the learner: ``ch03_hinge_loss.ipynb, cell 3, line 2``."""
        name = PurePosixPath(self.shown).name
        if line is None:
            return name
        before = [cell for cell in self.cells if cell[1] <= line]
        if not before:
            return f"{name}, line {line}"
        number, first = before[-1]
        return f"{name}, cell {number}, line {line - first + 1}"


@dataclass(frozen=True)
class HandedIn:
    """A submission, read.

    `sources` and `problems` go by exercise file; `neighbors` are the Python files beside the answers, the
    answers too, by module name; `sha256` stands for all that was read and what was chosen of it.
    """

    path: Path
    sources: Mapping[str, Source]
    problems: Mapping[str, str]
    neighbors: Mapping[str, bytes]
    sha256: str
    remarks: tuple[str, ...]


def read(path: Path, exercises: Sequence[Exercise]) -> HandedIn:
    """Return what `path` holds for some exercises.

    A file is looked for at the top and up to four folders down. Where it is missing, unreadable or still
    the stub and exactly one other file defines its functions, that one is taken. Of a notebook and a Python
    file, the one that is no longer the stub is taken; of two that have both changed, the one changed last.
    A ``.py`` or notebook that is handed in alone is taken under any name.
    """
    wanted = {entry.file: entry.root for entry in exercises}
    name = path.name or path.absolute().name
    bundle, reader = gather(path), Reader()
    chosen: dict[str, Entry] = {}
    sources: dict[str, Source] = {}
    problems: dict[str, str] = {}
    remarks = list(bundle.remarks)
    for file, root in wanted.items():
        functions = [entry.function for entry in exercises if entry.file == file]
        choice = Choice(bundle, reader, file, functions, root)
        try:
            if bundle.problem:
                raise Refused(bundle.problem)
            alone = bundle.alone and len(wanted) == 1
            taken = bundle.entries[0] if alone else choice.entry(name)
            sources[file] = _source(taken, file, bundle, reader)
            chosen[file] = taken
            notes = reader.notebook(taken).remarks
            remarks += [*choice.remarks, *(f"{tell(taken.name)}: {note}" for note in notes)]
        except Refused as error:
            problems[file] = str(error)
    answers = {file.removesuffix(".py"): source.data for file, source in sources.items()}
    near, more = neighbors(answers, {entry.path.parent for entry in chosen.values()}, bundle.entries)
    digest = _digest(bundle, chosen)
    return HandedIn(path, sources, problems, near, digest, tuple(dict.fromkeys([*remarks, *more]))[:REMARKS])


def submissions(folder: Path) -> list[Path]:
    """Return the submissions in a folder, one a child, sorted; what systems leave behind is passed over.

    Raises
    ------
    ProjectError
        If the folder cannot be read.
    """
    try:
        return sorted(child for child in folder.iterdir() if not is_junk(child.name))
    except OSError as error:
        raise ProjectError(f"{folder}: {error.strerror}") from None


def _source(entry: Entry, file: str, bundle: Bundle, reader: Reader) -> Source:
    """Return an entry as the answer to a file, or refuse in one line."""
    problem = reader.problem(entry)
    if problem:
        plain = entry.name == file or bundle.alone
        raise Refused(problem if plain else f"{problem} ({tell(entry.name)})")
    notebook = reader.notebook(entry)
    return Source(file, tell(entry.name), notebook.data, notebook.cells)


def _digest(bundle: Bundle, chosen: Mapping[str, Entry]) -> str:
    """Return the hash over what was read and chosen, the same for a folder and a zip of it."""
    top = _common(entry.path.parts[:-1] for entry in bundle.entries)
    total = hashlib.sha256()
    rows = [(entry.name, entry.data or entry.problem.encode()) for entry in bundle.entries]
    rows += [(entry.name, file.encode()) for file, entry in chosen.items()]
    rows = [("/".join(PurePosixPath(name).parts[top:]), data) for name, data in rows]
    for name, data in sorted([*rows, ("", bundle.problem.encode())]):
        total.update(f"{len(name)} {len(data)} {name}\0".encode("utf-8", errors="surrogatepass"))
        total.update(data)
    return total.hexdigest()


def _common(folders: Iterable[tuple[str, ...]]) -> int:
    """Return how many folders all paths have in common."""
    columns = zip(*folders, strict=False)
    count = 0
    for column in columns:
        if len(set(column)) > 1:
            break
        count += 1
    return count
