"""What a learner handed in, whatever it is: a file, a notebook, a zip or a folder.

Use::

    handed = read(path, exercises)
    handed.sources["ch03_hinge_loss.py"].data    # the Python to send to a worker
    handed.problems["ch03_hinge_loss.py"]        # or why there is none, in one line

Everything happens in memory. Nothing is written, imported, evaluated or trusted, and nothing that a
submission contains makes `read` raise.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import stubs
from .bundle import DEPTH, Bundle, Entry, Refused, gather, is_junk, tell
from .catalogue import Exercise
from .cells import Notebook, looks_like_notebook, read_notebook
from .neighbors import neighbors
from .project import ProjectError
from .text import bare, check_text

__all__ = ["HandedIn", "Source", "read", "submissions"]

CHAPTER_FILE = re.compile(r"ch\d\d_\w+")


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

    A file is looked for at the top and up to four folders down. Where it is missing or still the stub and
    exactly one other file defines its functions, that one is taken. Of a notebook and a Python file, the
    one that is no longer the stub is taken, else the one changed last. A ``.py`` or notebook that is
    handed in alone is taken under any name.
    """
    wanted = {entry.file: entry for entry in exercises}
    bundle = gather(path)
    sources: dict[str, Source] = {}
    problems: dict[str, str] = {}
    remarks = list(bundle.remarks)
    for file, first in wanted.items():
        functions = {entry.function for entry in exercises if entry.file == file}
        search = _Search(path.name, bundle, file, functions, first.root, alone=len(wanted) == 1)
        try:
            sources[file] = search.source()
        except Refused as error:
            problems[file] = str(error)
        remarks += search.remarks
    near, more = neighbors(sources.values(), bundle.entries)
    digest = _digest(bundle, sources)
    return HandedIn(path, sources, problems, near, digest, tuple(dict.fromkeys([*remarks, *more])))


def submissions(folder: Path) -> list[Path]:
    """Return the submissions in a folder, one a child, sorted; what systems leave behind is passed over."""
    return sorted(child for child in folder.iterdir() if not is_junk(child.name))


class _Search:
    """Finds the answer to one exercise file in a bundle."""

    def __init__(
        self, name: str, bundle: Bundle, file: str, functions: set[str], root: Path, alone: bool
    ) -> None:
        self.name, self.bundle, self.file, self.functions, self.root = name, bundle, file, functions, root
        self.alone = bundle.alone and alone
        self.stem = file.removesuffix(".py")
        self.remarks: list[str] = []
        self._notebooks: dict[str, Notebook] = {}
        self._stubs: set[bytes] | None = None  # as a file and as a notebook

    def source(self) -> Source:
        """Return the answer, or refuse in one line."""
        if self.bundle.problem:
            raise Refused(self.bundle.problem)
        named = [entry for entry in self.bundle.entries if entry.path.stem == self.stem]
        depth = min((entry.depth for entry in named), default=0)
        named = [entry for entry in named if entry.depth == depth]
        if self.alone:
            return self._made(self.bundle.entries[0])
        if all(self._is_stub(entry) for entry in named):
            others = self._others()
            if len(others) == 1:
                why = "which is still the stub" if named else "which is missing"
                self._remark(f"taken from {tell(others[0].name)} in place of {self.file}, {why}")
                return self._made(others[0])
            if not named:
                raise Refused(self._missing(others))
        return self._made(self._one(named))

    def _one(self, named: list[Entry]) -> Entry:
        """Return the entry to take of those with the right name, or refuse to guess."""
        if len(named) == 1:
            return named[0]
        named = sorted(named, key=lambda entry: entry.path.suffix.lower() != ".py")
        good = [entry for entry in named if not self._problem(entry)] or named
        changed = [entry for entry in good if not self._is_stub(entry)]
        if not changed:
            return good[0]
        different = list({self._python(entry): entry for entry in reversed(changed)}.values())[::-1]
        if len(different) == 1:
            self._remark(f"taken from {tell(different[0].name)}, {self._why(named, different[0])}")
            return different[0]
        scripts = [entry for entry in different if entry.path.suffix.lower() == ".py"]
        if len(different) > 2 or len(scripts) != 1:
            told = " and ".join(tell(entry.name) for entry in different[:3])
            raise Refused(f"there is more than one answer: {told}; keep one")
        newer = max(different, key=lambda entry: entry.time)
        other = min(different, key=lambda entry: entry.time)
        if newer.time - other.time < 2:  # archives keep even seconds
            self._remark(f"both {tell(scripts[0].name)} and a notebook hold answers: the .py is graded")
            return scripts[0]
        self._remark(f"{tell(newer.name)} is newer than {tell(other.name)} and is graded")
        return newer

    def _why(self, named: list[Entry], taken: Entry) -> str:
        other = next(entry for entry in named if entry is not taken)
        if self._problem(other):
            return f"since {tell(other.name)} cannot be read: {self._problem(other)}"
        return f"since {tell(other.name)} " + ("is the stub" if self._is_stub(other) else "says the same")

    def _others(self) -> list[Entry]:
        """Return the files under other names that define wanted functions."""
        names = "|".join(sorted(re.escape(name) for name in self.functions)).encode()
        defines = re.compile(rb"^(?:async[ \t]+def|def|class)[ \t]+(?:" + names + rb")\b", re.MULTILINE)
        found: dict[bytes, Entry] = {}
        for entry in self.bundle.entries:
            stem = entry.path.stem
            if stem == self.stem or self._problem(entry) or self._is_known(stem):
                continue
            if defines.search(self._python(entry)):
                found.setdefault(self._python(entry), entry)
        return list(found.values())

    def _is_known(self, stem: str) -> bool:
        """Whether a name is that of another chapter's answers."""
        return bool(CHAPTER_FILE.fullmatch(stem)) and (self.root / "solutions" / f"{stem}.py").is_file()

    def _missing(self, others: list[Entry]) -> str:
        if others:
            told = " and ".join(tell(entry.name) for entry in others[:3])
            return (
                f"no such file, and {told} each define some of its functions; put the answers into one file"
            )
        for name in self.bundle.others:
            if PurePosixPath(name).name.startswith((f"{self.file}.", f"{self.stem}.ipynb.")):
                return f"no such file; rename {tell(name)}, it should end in .py or .ipynb"
        seen = [tell(entry.name) for entry in self.bundle.entries] or [tell(n) for n in self.bundle.others]
        kind = self.bundle.kind
        if kind == "file":
            return f"{seen[0]} was handed in, which defines none of its functions"
        if len(self.bundle.entries) == 1 and (problem := self._problem(self.bundle.entries[0])):
            return f"{problem} ({seen[0]})"
        if not seen:
            more = f" down to {DEPTH} folders below its top" if self.bundle.deep else ""
            return f"the {kind} {tell(self.name)} is empty{more}"
        if self.bundle.entries:
            told = ", ".join(seen[:5]) + (" ..." if len(seen) > 5 else "")
            return f"no such file in {tell(self.name)}, and no other defines its functions; it holds {told}"
        told = ", ".join(seen[:3]) + (" ..." if len(seen) > 3 else "")
        return f"{tell(self.name)} holds no Python file and no notebook, only {told}"

    def _made(self, entry: Entry) -> Source:
        problem = self._problem(entry)
        if problem:
            where = "" if entry.name in (self.file, self.name) else f" ({tell(entry.name)})"
            raise Refused(f"{problem}{where}")
        notebook = self._notebooks.get(entry.name)
        for remark in notebook.remarks if notebook else ():
            self._remark(f"{tell(entry.name)}: {remark}")
        cells = notebook.cells if notebook else ()
        return Source(self.file, tell(entry.name), self._python(entry), cells)

    def _problem(self, entry: Entry) -> str:
        """Return why an entry cannot be an answer, or nothing."""
        if entry.problem:
            return entry.problem
        try:
            self._check(entry)
        except Refused as error:
            return str(error)
        return ""

    def _check(self, entry: Entry) -> None:
        if entry.name in self._notebooks:
            return
        if not entry.data.strip():
            raise Refused("the file is empty")
        if entry.path.suffix.lower() == ".ipynb" or looks_like_notebook(entry.data):
            self._notebooks[entry.name] = read_notebook(entry.data)
        else:
            check_text(entry.data)

    def _python(self, entry: Entry) -> bytes:
        """Return the Python of an entry; of one with a problem, its bytes as they are."""
        if self._problem(entry):
            return entry.data
        return self._notebooks[entry.name].data if entry.name in self._notebooks else entry.data

    def _is_stub(self, entry: Entry) -> bool:
        """Whether nothing was written into a file yet."""
        if self._problem(entry):
            return False
        if self._stubs is None:
            self._stubs = _stubs(self.root, self.file)
        return bare(self._python(entry)) in self._stubs

    def _remark(self, text: str) -> None:
        self.remarks.append(text)


def _stubs(root: Path, file: str) -> set[bytes]:
    """Return what the untouched stub of a file reads like, as a file and as a notebook."""
    path = root / "solutions" / file
    found = set()
    try:
        found.add(bare(stubs.cut(path).encode()))
        made = stubs.cut_notebook(path, root)
        if made is not None:
            found.add(bare(read_notebook(made.encode()).data))
    except (ProjectError, Refused):
        pass  # nothing to compare with
    return found


def _digest(bundle: Bundle, sources: Mapping[str, Source]) -> str:
    """Return the hash over what was read and chosen, the same for a folder and a zip of it."""
    top = _common(entry.path.parts[:-1] for entry in bundle.entries)
    total = hashlib.sha256()
    rows = [(entry.name, entry.data or entry.problem.encode()) for entry in bundle.entries]
    rows += [(source.shown, file.encode()) for file, source in sources.items()]
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
