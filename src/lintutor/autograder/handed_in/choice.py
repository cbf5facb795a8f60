"""Which of the files handed in answers an exercise file.

It is never guessed: where two could be meant, both are named; where it is not plain, a remark says so.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from .. import stubs
from ..notebooks import parts
from ..project import ProjectError
from .bundle import DEPTH, Bundle, Entry, Refused, tell
from .cells import Notebook, looks_like_notebook, read_notebook
from .text import bare, check_text

CHAPTER_FILE = re.compile(r"ch\d\d_\w+")
SAME_TIME = 2  # seconds: archives keep even ones


class Reader:
    """The Python of the entries of a bundle, each read once."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, Notebook]] = {}

    def problem(self, entry: Entry) -> str:
        """Return why an entry cannot be an answer, or nothing."""
        return self._once(entry)[0]

    def notebook(self, entry: Entry) -> Notebook:
        """Return the Python of an entry; a file of Python is a notebook without cells."""
        return self._once(entry)[1]

    def python(self, entry: Entry) -> bytes:
        """Return the Python of an entry; of one with a problem, its bytes as they are."""
        return self.notebook(entry).data

    def _once(self, entry: Entry) -> tuple[str, Notebook]:
        if entry.name not in self._read:
            plain = Notebook(entry.data, ())
            try:
                self._read[entry.name] = (
                    entry.problem,
                    plain if entry.problem else self._parsed(entry, plain),
                )
            except Refused as error:
                self._read[entry.name] = (str(error), plain)
        return self._read[entry.name]

    def _parsed(self, entry: Entry, plain: Notebook) -> Notebook:
        if not entry.data.strip():
            raise Refused("the file is empty")
        if entry.path.suffix.lower() == ".ipynb" or looks_like_notebook(entry.data):
            return read_notebook(entry.data)
        check_text(entry.data)
        return plain


class Choice:
    """Chooses the answer to one exercise file among the entries of a bundle."""

    def __init__(
        self, bundle: Bundle, reader: Reader, file: str, functions: Sequence[str], root: Path
    ) -> None:
        self.bundle, self.reader, self.file, self.root = bundle, reader, file, root
        self.functions = set(functions)
        self.stem = file.removesuffix(".py")
        self.remarks: list[str] = []
        names = "|".join(re.escape(name) for name in functions)
        self._defines = re.compile(
            rf"^(?:async[ \t]+def|def|class)[ \t]+(?:{names})\b".encode(), re.MULTILINE
        )
        self._stubs: list[bytes] | None = None

    def entry(self, name: str) -> Entry:
        """Return the entry to take from the submission called `name`, or refuse in one line."""
        named = [entry for entry in self.bundle.entries if entry.path.stem == self.stem]
        named.sort(key=lambda entry: (entry.depth, entry.path.suffix.lower() != ".py", entry.name))
        answers = [entry for entry in named if not self.reader.problem(entry) and not self._is_stub(entry)]
        if answers:
            taken = self._one([entry for entry in answers if entry.depth == answers[0].depth])
            if named[0] is not taken and not self.remarks:
                self._tell_why(taken, named)
            return taken
        others = self._others()
        if len(others) == 1:
            self._tell_why(others[0], named)
            return others[0]
        if not named:
            raise Refused(self._missing(name, others))
        return next((entry for entry in named if not self.reader.problem(entry)), named[0])

    def _one(self, near: list[Entry]) -> Entry:
        """Return the one answer of those that lie equally deep, or refuse to guess."""
        different = list({self.reader.python(entry): entry for entry in reversed(near)}.values())[::-1]
        if len(different) == 1:
            return different[0]
        kinds = [entry.path.suffix.lower() for entry in different]
        if kinds != [".py", ".ipynb"]:
            told = " and ".join(tell(entry.name) for entry in different[:3])
            raise Refused(f"there is more than one answer: {told}; keep one")
        script, notebook = different
        if abs(script.time - notebook.time) < SAME_TIME:
            self.remarks.append(f"{tell(script.name)} and {tell(notebook.name)} differ; the .py is graded")
            return script
        newer, older = sorted(different, key=lambda entry: -entry.time)
        self.remarks.append(f"{tell(newer.name)} is newer than {tell(older.name)} and is graded")
        return newer

    def _tell_why(self, taken: Entry, named: list[Entry]) -> None:
        """Remark on the file that one would have looked at first, and what is the matter with it."""
        name, state = self.file, "is missing"
        if named:
            problem = self.reader.problem(named[0])
            name, state = (
                tell(named[0].name),
                f"cannot be read ({problem})" if problem else "is still the stub",
            )
        self.remarks.append(f"taken from {tell(taken.name)}; {name} {state}")

    def _others(self) -> list[Entry]:
        """Return the files under other names that define wanted functions, copies once."""
        found: dict[bytes, Entry] = {}
        for entry in self.bundle.entries:
            stem = entry.path.stem
            if stem == self.stem or self._is_known(stem):
                continue
            if not any(name.encode() in entry.data for name in self.functions) or self.reader.problem(entry):
                continue
            code = self.reader.python(entry)
            if self._defines.search(code):
                found.setdefault(code, entry)
        return list(found.values())

    def _is_known(self, stem: str) -> bool:
        """Whether a name is that of another chapter's answers."""
        return bool(CHAPTER_FILE.fullmatch(stem)) and (self.root / "solutions" / f"{stem}.py").is_file()

    def _is_stub(self, entry: Entry) -> bool:
        """Whether each function stands there as the stub has it, and only there."""
        if self._stubs is None:
            self._stubs = self._find_stubs()
        code = bare(self.reader.python(entry))
        if not self._stubs or len(self._defines.findall(code)) != len(self._stubs):
            return False
        return all(stub in code for stub in self._stubs)

    def _find_stubs(self) -> list[bytes]:
        path = self.root / "solutions" / self.file
        try:
            found = _functions(path, path.stat().st_mtime_ns)
        except (OSError, ProjectError):
            return []  # nothing to compare with
        return [text for name, text in found.items() if name in self.functions]

    def _missing(self, name: str, others: list[Entry]) -> str:
        """Return why there is no answer, with what there is instead."""
        entries, kind = self.bundle.entries, self.bundle.kind
        if others:
            told = " and ".join(tell(entry.name) for entry in others[:3])
            return (
                f"no such file, and {told} each define some of its functions; put the answers into one file"
            )
        for other in self.bundle.others:
            if PurePosixPath(other).name.startswith((f"{self.file}.", f"{self.stem}.ipynb.")):
                return f"no such file; rename {tell(other)}, it should end in .py or .ipynb"
        seen = [tell(entry.name) for entry in entries] or [tell(other) for other in self.bundle.others]
        if len(entries) == 1 and (problem := self.reader.problem(entries[0])):
            return f"{problem} ({seen[0]})"
        if kind == "file":
            return f"{seen[0]} was handed in, which defines none of its functions"
        if not seen:
            more = f" down to {DEPTH} folders below its top" if self.bundle.deep else ""
            return f"the {kind} {tell(name)} is empty{more}"
        told = ", ".join(seen[:5]) + (" ..." if len(seen) > 5 else "")
        if entries:
            return f"no such file in {tell(name)}, and no other defines its functions; it holds {told}"
        return f"{tell(name)} holds no Python file and no notebook, only {told}"


@lru_cache(maxsize=64)
def _functions(path: Path, stamp: int) -> dict[str, bytes]:
    """Return the functions of a stub; `stamp` says how old the worked answers are."""
    return {name: bare(text.encode()) for name, text in parts(stubs.cut(path))[2].items()}
