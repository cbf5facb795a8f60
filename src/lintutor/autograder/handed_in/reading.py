"""What a learner handed in, whatever it is: a file, a notebook, a zip or a folder.

Use::

    handed = read(path, exercises)
    handed.answers["ch03.svm_loss_naive"]        # the sources that hold its answer, best first
    handed.sources["ch03_hinge_loss.py"].data    # the Python that most of the file's answers stand in
    handed.problems["ch03_hinge_loss.py"]        # or why there is none, in one line

Everything happens in memory. Nothing is written, imported, evaluated or trusted, and nothing that a
submission contains makes `read` raise.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..catalogue import Exercise
from ..project import ProjectError
from .bundle import Bundle, Entry, Refused, is_junk, tell
from .choice import Choice, Chosen, Reader
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
        """Return where a line of `data` is for the learner: ``ch03_x.ipynb, code cell 3, line 2``."""
        name = PurePosixPath(self.shown).name
        if line is None:
            return name
        before = [cell for cell in self.cells if cell[1] <= line]
        if not before:
            return f"{name}, line {line}"
        number, first = before[-1]
        return f"{name}, code cell {number}, line {line - first + 1}"


@dataclass(frozen=True)
class HandedIn:
    """A submission, read.

    `answers` goes by exercise: the source that answers it, and a second one where two have answers that
    differ. `sources`, the one of most answers, and `problems` go by exercise file. `neighbors` are the Python
    files beside the answers, the answers too, by module name. `sha256` stands for all that was read and what
    was chosen of it. A remark that is in `concerns` is about those exercises alone.
    """

    path: Path
    sources: Mapping[str, Source]
    problems: Mapping[str, str]
    neighbors: Mapping[str, bytes]
    sha256: str
    remarks: tuple[str, ...]
    answers: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    scripts: Mapping[str, bytes] = field(default_factory=dict)  # the .py of a file
    concerns: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def beside(self, source: Source) -> Mapping[str, bytes]:
        """Return what a source can import: to a notebook, the chapter's name means the Python file."""
        script = self.scripts.get(source.file, source.data)
        module = source.file.removesuffix(".py")
        return self.neighbors if script == source.data else {**self.neighbors, module: script}

    def said_of(self, exercise: str) -> list[str]:
        """Return the remarks on one exercise, and those on all."""
        return [line for line in self.remarks if exercise in self.concerns.get(line, (exercise,))]


def read(path: Path, exercises: Sequence[Exercise]) -> HandedIn:
    """Return what `path` holds for some exercises.

    A file is looked for at the top and up to four folders down, as ``.py`` and as notebook. Each exercise is
    answered by the one in which it is written, no longer as in the stub; where both hold answers and these
    differ, by the one changed last or, where times do not tell, by the ``.py``. What is written in neither
    may stand in one other file, whatever its name. A ``.py`` or notebook that is handed in alone is taken
    under any name.
    """
    name = path.name or path.absolute().name
    bundle, reader = gather(path), Reader()
    files = list(dict.fromkeys(entry.file for entry in exercises))
    found = _Found()
    for file in files:
        asked = [entry for entry in exercises if entry.file == file]
        choice = Choice(bundle, reader, file, [entry.function for entry in asked], asked[0].root)
        try:
            if bundle.problem:
                raise Refused(bundle.problem)
            alone = bundle.alone and len(files) == 1
            found.add(
                file, asked, Chosen(bundle.entries[0]) if alone else choice.choose(name), bundle, reader
            )
        except Refused as error:
            found.problems[file] = str(error)
    modules = {file.removesuffix(".py"): source.data for file, source in found.sources.items()}
    near, more = neighbors(modules, {entry.path.parent for _, entry in found.used}, bundle.entries)
    digest = _digest(bundle, found.used)
    remarks = tuple(dict.fromkeys([*bundle.remarks, *found.remarks, *more]))[:REMARKS]
    concerns = {line: frozenset(found.remarks[line]) for line in remarks if line in found.remarks}
    return HandedIn(
        path, found.sources, found.problems, near, digest, remarks, found.answers, found.scripts, concerns
    )


class _Found:
    """What has been chosen so far."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.problems: dict[str, str] = {}
        self.answers: dict[str, tuple[Source, ...]] = {}
        self.scripts: dict[str, bytes] = {}
        self.remarks: dict[str, set[str]] = {}  # and the exercises that each concerns
        self.used: list[tuple[str, Entry]] = []  # what for: a file or an exercise

    def add(
        self, file: str, asked: Sequence[Exercise], chosen: Chosen, bundle: Bundle, reader: Reader
    ) -> None:
        """Take in what answers one file."""
        made = {chosen.main.name: _source(chosen.main, file, bundle, reader)}
        self.sources[file] = made[chosen.main.name]
        self.used.append((file, chosen.main))
        ids = {entry.function: entry.id for entry in asked}
        for line, functions in chosen.remarks:
            self.remarks.setdefault(line, set()).update(ids[name] for name in functions)
        for function, key in ids.items():
            for taken in chosen.of(function):
                if taken.name not in made:
                    made[taken.name] = _source(taken, file, bundle, reader)
                if taken is not chosen.main:
                    self.used.append((key, taken))
                for note in reader.notebook(taken).remarks:
                    self.remarks.setdefault(f"{tell(taken.name)}: {note}", set()).add(key)
            self.answers[key] = tuple(made[taken.name] for taken in chosen.of(function))
        if chosen.script is not None:
            self.scripts[file] = reader.python(chosen.script)


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


def _digest(bundle: Bundle, used: Iterable[tuple[str, Entry]]) -> str:
    """Return the hash over what was read and chosen, the same for a folder and a zip of it."""
    top = _common(entry.path.parts[:-1] for entry in bundle.entries)
    total = hashlib.sha256()
    rows = [(entry.name, entry.data or entry.problem.encode()) for entry in bundle.entries]
    rows += [(entry.name, what.encode()) for what, entry in used]
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
