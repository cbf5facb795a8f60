"""Which of the files handed in answers which exercise.

It is never guessed: where two could be meant, both are named; where it is not plain, a remark says so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path, PurePosixPath

from .. import stubs
from ..notebooks import parts
from ..project import ProjectError
from .bundle import DEPTH, KINDS, Bundle, Entry, Refused, tell
from .cells import Notebook, looks_like_notebook, read_notebook
from .definitions import is_answer, same, starts, statement
from .text import check_text

CHAPTER_FILE = re.compile(r"ch\d\d_\w+")
SAME_TIME = 2  # seconds: archives keep even ones
NAMES = 8  # that one remark lists


class Reader:
    """The Python of the entries of a bundle, each read once."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, Notebook]] = {}
        self._texts: dict[str, str] = {}

    def problem(self, entry: Entry) -> str:
        """Return why an entry cannot be an answer, or nothing."""
        return self._once(entry)[0]

    def notebook(self, entry: Entry) -> Notebook:
        """Return the Python of an entry; a file of Python is a notebook without cells."""
        return self._once(entry)[1]

    def python(self, entry: Entry) -> bytes:
        """Return the Python of an entry; of one with a problem, its bytes as they are."""
        return self.notebook(entry).data

    def text(self, entry: Entry) -> str:
        """Return the Python of an entry as text, whatever bytes there are."""
        if entry.name not in self._texts:
            self._texts[entry.name] = (
                self.python(entry).decode("utf-8", errors="replace").replace("\r\n", "\n")
            )
        return self._texts[entry.name]

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


@dataclass
class Chosen:
    """What answers one exercise file: a main entry, and the entries of each of its functions.

    A function has two entries where both hold an answer and they differ: the first is to be graded, the
    second if the first does not load. A remark goes with the functions that it concerns.
    """

    main: Entry
    script: Entry | None = None  # what the name of the file means in an import
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    remarks: list[tuple[str, list[str]]] = field(default_factory=list)

    def of(self, function: str) -> list[Entry]:
        """Return the entries of a function."""
        return self.entries.get(function, [self.main])


class Choice:
    """Chooses the answers to one exercise file among the entries of a bundle, each exercise by itself."""

    def __init__(
        self, bundle: Bundle, reader: Reader, file: str, functions: Sequence[str], root: Path
    ) -> None:
        self.bundle, self.reader, self.file, self.root = bundle, reader, file, root
        self.functions = list(functions)
        self.stem = file.removesuffix(".py")
        named = [entry for entry in bundle.entries if entry.path.stem == self.stem]
        self.named = sorted(named, key=lambda e: (e.depth, e.path.suffix.lower() != ".py", e.name))
        self._starts: dict[str, dict[str, int]] = {}

    @cached_property
    def _stubs(self) -> dict[str, str]:
        """The functions of the stub, each as text."""
        return _stubs(self.root / "solutions" / self.file)

    def choose(self, name: str) -> Chosen:
        """Return what answers each exercise in the submission called `name`, or refuse in one line."""
        usable = [entry for entry in self.named if not self.reader.problem(entry)]
        others = self._others()
        tiers = [list(group) for _, group in groupby(usable, key=lambda entry: entry.depth)]
        remarks: list[tuple[str, list[str]]] = []
        entries: dict[str, list[Entry]] = {}
        if len(usable) + len(others) == 1:  # nothing to choose, and no need to read it
            entries = {function: [*usable, *others] for function in self.functions}
        for function in self.functions:
            found = entries.get(function) or self._written(function, tiers)
            try:
                found = found or self._written(function, [others])
            except Refused as error:
                if not usable:
                    raise
                remarks.append((f"{function}: {error}", [function]))
            if found:
                entries[function] = found
        script = next((entry for entry in usable if entry.path.suffix.lower() == ".py"), None)
        chosen = Chosen(self._main(name, usable, others, entries), script, entries)
        for function, found in entries.items():
            if len(found) == 2 and self._same(function, *found):
                entries[function] = [chosen.main] if chosen.main in found else found[:1]
        chosen.remarks = [*remarks, *self._where_from(chosen), *self._not_read(chosen)]
        for function in self.functions:
            if function not in entries:  # nobody has written it: where is its stub?
                held = (entry for entry in [chosen.main, *usable] if self._text(entry, function))
                entries[function] = [next(held, chosen.main)]
        return chosen

    def _main(
        self, name: str, usable: list[Entry], others: list[Entry], entries: Mapping[str, list[Entry]]
    ) -> Entry:
        """Return the entry with most answers; where there are none, the one to say so of."""
        counted = Counter(found[0].name for found in entries.values())
        if counted:
            return max((e for e in [*usable, *others] if e.name in counted), key=lambda e: counted[e.name])
        if not usable and len(others) == 1:
            return others[0]
        if not self.named:
            raise Refused(self._missing(name, others))
        return (usable or self.named)[0]

    # ------------------------------------------------------------------------------- one exercise

    def _text(self, entry: Entry, function: str) -> str:
        """Return the definition of a function as an entry has it, or nothing."""
        code = self.reader.text(entry)
        if entry.name not in self._starts:
            self._starts[entry.name] = starts(code, self.stem)
        start = self._starts[entry.name].get(function)
        return "" if start is None else statement(code, start)

    def _written(self, function: str, tiers: list[list[Entry]]) -> list[Entry]:
        """Return the entries that answer a function, of those nearest to the top; or refuse to guess."""
        stub = self._stubs.get(function, "")
        for tier in tiers:
            found = [entry for entry in tier if is_answer(self._text(entry, function), stub)]
            if found:
                return self._ordered(function, found)
        return []

    def _ordered(self, function: str, found: list[Entry]) -> list[Entry]:
        """Return the entry to grade, and a second one where both a script and a notebook have answers."""
        kinds = {kind: [e for e in found if e.path.suffix.lower() == kind] for kind in KINDS}
        for alike in kinds.values():
            if not all(self._same(function, entry, alike[0]) for entry in alike):
                told = " and ".join(tell(entry.name) for entry in alike[:3])
                raise Refused(f"there is more than one answer: {told}; keep one")
        if not all(kinds.values()):
            return found[:1]
        pair = [alike[0] for alike in kinds.values()]
        if pair[1].time - pair[0].time >= SAME_TIME:
            pair.reverse()
        return pair

    def _same(self, function: str, one: Entry, other: Entry) -> bool:
        return one is other or same(self._text(one, function), self._text(other, function))

    def _has_answers(self, entry: Entry) -> bool:
        return any(is_answer(self._text(entry, each), self._stubs.get(each, "")) for each in self.functions)

    # ------------------------------------------------------------------------------------ remarks

    def _where_from(self, chosen: Chosen) -> Iterator[tuple[str, list[str]]]:
        """Remark on answers that were not found where one would look first, and on those found twice."""
        alone: dict[str, list[str]] = {}
        twice: dict[tuple[str, str], list[str]] = {}
        for function, found in chosen.entries.items():
            if len(found) == 2:
                twice.setdefault((found[0].name, found[1].name), []).append(function)
            else:
                alone.setdefault(found[0].name, []).append(function)
        if not twice and len(alone) < 2:
            yield from self._why_not_the_first(chosen)
        else:
            for name in sorted(alone.keys() - {chosen.main.name}):
                main = tell(chosen.main.name)
                yield f"{_listed(alone[name])}: taken from {tell(name)}; not written in {main}", alone[name]
        times = {entry.name: entry.time for entry in self.bundle.entries}
        for (first, second), functions in twice.items():
            newer = times[first] - times[second] >= SAME_TIME
            why = f"{tell(first)} is newer and" if newer else f"neither is newer, so {tell(first)}"
            where = " and ".join(sorted((tell(first), tell(second)), key=lambda name: name[-3:] != ".py"))
            yield f"{_listed(functions)}: {where} have different answers; {why} is graded", functions

    def _why_not_the_first(self, chosen: Chosen) -> Iterator[tuple[str, list[str]]]:
        """Say what is the matter with the file that one would have looked at first."""
        name, state = self.file, "is missing"
        if self.named:
            first = self.named[0]
            if first is chosen.main or self._has_answers(first):
                return
            problem = self.reader.problem(first)
            name = tell(first.name)
            state = f"cannot be read ({problem})" if problem else "is still the stub"
        yield f"taken from {tell(chosen.main.name)}; {name} {state}", self.functions

    def _not_read(self, chosen: Chosen) -> Iterator[tuple[str, list[str]]]:
        """Say of a file beside the one that is graded why nothing of it counts."""
        for entry in self.named[1:] if self.named and self.named[0] is not chosen.main else self.named:
            problem = self.reader.problem(entry)
            if problem and entry is not chosen.main and entry.depth <= chosen.main.depth:
                yield f"{tell(entry.name)} cannot be read ({problem})", self.functions

    # -------------------------------------------------------------------------------- other files

    def _others(self) -> list[Entry]:
        """Return the files under other names that define wanted functions, copies once."""
        found: dict[bytes, Entry] = {}
        for entry in self.bundle.entries:
            stem = entry.path.stem
            if stem == self.stem or self._is_known(stem):
                continue
            names = [name for name in self.functions if name.encode() in entry.data]
            if not names or self.reader.problem(entry):
                continue
            if any(self._text(entry, name) for name in names):
                found.setdefault(self.reader.python(entry), entry)
        return list(found.values())

    def _is_known(self, stem: str) -> bool:
        """Whether a name is that of another chapter's answers."""
        return bool(CHAPTER_FILE.fullmatch(stem)) and (self.root / "solutions" / f"{stem}.py").is_file()

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


def _listed(functions: Sequence[str]) -> str:
    """Return names as one says them, not too many."""
    told = list(functions)
    if len(told) > NAMES:
        told[NAMES - 1 :] = [f"{len(told) - NAMES + 1} more"]
    return " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))


def _stubs(path: Path) -> dict[str, str]:
    """Return the functions of the stub that is cut out of some worked answers."""
    try:
        return _cut(path, path.stat().st_mtime_ns)
    except (OSError, ProjectError):
        return {}  # nothing to compare with


@lru_cache(maxsize=64)
def _cut(path: Path, stamp: int) -> dict[str, str]:
    """Return them; `stamp` says how old the worked answers are."""
    return parts(stubs.cut(path))[2]
