"""What lint looks at: the catalogue as far as it can be read, and the files around it, each read once."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from .. import catalogue
from ..project import CHECKS, ProjectError
from ..tables import Broken, CatalogueError, Table, read_table
from .findings import Unreadable
from .pages import Place, Section, sections, shown
from .trials import Trials
from .worked import Answers

__all__ = ["Chapter", "Check", "Item", "Material"]

Function = Callable[..., Any]
ID = re.compile(r"id\s*=\s*[\"']([^\"']+)")


@dataclass(frozen=True)
class Check:
    """One graded check: its function and what its marks say."""

    function: Function
    points: int
    groups: tuple[str, ...]
    cases: int

    @property
    def line(self) -> int:
        """Where it stands."""
        return int(self.function.__code__.co_firstlineno)


class Item:
    """An exercise, with what stands beside it."""

    def __init__(self, entry: catalogue.Exercise, chapter: "Chapter") -> None:
        self.entry, self.chapter, self.material = entry, chapter, chapter.material

    @property
    def toml(self) -> Path:
        """The file that describes it."""
        return self.entry.folder / "exercise.toml"

    @cached_property
    def table(self) -> Table:
        """That file, for its lines."""
        return read_table(self.toml)

    @property
    def answers(self) -> Answers:
        """The worked answers that hold its own."""
        return self.chapter.answers

    @property
    def line(self) -> int:
        """Where its worked answer begins."""
        if self.entry.function not in self.answers.defined:
            raise Unreadable
        return self.answers.defined[self.entry.function].lineno

    @cached_property
    def stub(self) -> str:
        """What the learner starts from."""
        try:
            return self.entry.stub()
        except (ProjectError, SyntaxError):
            raise Unreadable from None

    def module(self, name: str) -> ModuleType:
        """Return the module of this name beside its checks."""
        try:
            return self.entry.module(name)
        except Exception:
            raise Unreadable from None

    @cached_property
    def twins(self) -> ModuleType:
        """The misconceptions as code."""
        module = self.module("twins")
        if not callable(getattr(module, "REFERENCE", None)):
            raise Unreadable
        return module

    def twin_line(self, name: str) -> int:
        """Return the line of a twin, 0 if it stands in another file."""
        body = self.material.tree(self.entry.folder / "twins.py").body
        lines = [node.lineno for node in body if getattr(node, "name", None) == name]
        return lines[0] if lines else 0

    def demand_twins(self) -> None:
        """Say nothing as long as a twin is missing: the grader needs them all."""
        if not all(callable(getattr(self.twins, m.twin, None)) for m in self.entry.misconceptions):
            raise Unreadable

    @cached_property
    def groups(self) -> list[Any]:
        """The groups whose probes tell the twins apart."""
        found = getattr(self.twins, "GROUPS", None)
        if not isinstance(found, list | tuple):
            raise Unreadable
        return list(found)

    @cached_property
    def checks(self) -> list[Check]:
        """The graded checks, by their marks."""
        module = self.module(self.entry.checks.stem)
        return [
            _check(value)
            for name, value in vars(module).items()
            if name.startswith("test") and hasattr(value, "__code__")
        ]

    @property
    def told(self) -> Iterator[tuple[str, Path, int, str]]:
        """What learners read before they have solved it: what it is, its file and line, the text."""
        line = self.table.line
        yield "the statement", self.toml, line("statement"), self.entry.statement
        places = _places(self.table.text, self.entry.hints, line("hints"))
        for number, (at, hint) in enumerate(zip(places, self.entry.hints, strict=True), start=1):
            yield f"hint {number}", self.toml, at, hint
        for mistake in self.entry.misconceptions:
            path, at = self.material.where(mistake.id, self.chapter.folder)
            yield f"the explanation of {mistake.id}", path, at, mistake.explanation


def _check(function: Function) -> Check:
    marks = getattr(function, "pytestmark", [])
    points = [mark.args[0] for mark in marks if mark.name == "points" and mark.args]
    cases = 1
    for mark in marks:
        if mark.name == "parametrize":
            cases *= len(list(mark.args[1]))
    groups = tuple(group for mark in marks if mark.name == "about" for group in mark.args)
    return Check(function, points[0] if points else 0, groups, cases)


def _places(text: str, parts: Sequence[str], start: int) -> list[int]:
    """Return the lines of a file in which some texts begin."""
    lines = text.splitlines()
    found = []
    for part in parts:
        first = part.splitlines()[0].strip()
        at = next((n for n in range(start, len(lines) + 1) if first and first in lines[n - 1]), start)
        found.append(at)
    return found


class Chapter:
    """One chapter's folder, with the exercises of it that can be read."""

    def __init__(self, folder: Path, material: "Material") -> None:
        self.folder, self.material = folder, material
        self.name = folder.name.partition("_")[0]
        self.broken: Broken = []
        entries = catalogue.read_chapter(folder / "chapter.toml", material.root, self.broken)
        self.items = [Item(entry, self) for entry in entries]
        file = entries[0].file if entries else f"{folder.name}.py"
        self.answers = Answers(material.root / "solutions" / file)

    @property
    def toml(self) -> Path:
        """The file that lists its exercises."""
        return self.folder / "chapter.toml"

    @property
    def whole(self) -> bool:
        """Whether all of it could be read."""
        return not self.broken


class Material:
    """A project as lint sees it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        folders = sorted(path.parent for path in (root / CHECKS).glob("*/chapter.toml"))
        self.chapters = [Chapter(folder, self) for folder in folders]
        self.trials = Trials()
        self._known: dict[Path, dict[str, int]] = {}
        self._mentioned: dict[Path, frozenset[str]] = {}
        self._trees: dict[Path, ast.Module] = {}

    @property
    def items(self) -> list[Item]:
        """All exercises that can be read."""
        return [item for chapter in self.chapters for item in chapter.items]

    @cached_property
    def broken(self) -> list[CatalogueError]:
        """What cannot be read; what chapters share is told once."""
        found = {str(error): error for chapter in self.chapters for error in chapter.broken}
        return list(found.values())

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections of the book, by their anchors."""
        return sections(self.root / "book")

    @cached_property
    def shown(self) -> list[Place]:
        """Where the book shows exercises."""
        return shown(self.root / "book")

    def where(self, key: str, folder: Path) -> tuple[Path, int]:
        """Return file and line of a misconception that a chapter can name."""
        files = [place / "misconceptions.toml" for place in (folder, folder.parent / catalogue.COMMON)]
        found = ((path, self._ids(path)[key]) for path in files if key in self._ids(path))
        return next(found, (files[0], 0))

    def _ids(self, path: Path) -> dict[str, int]:
        """Return the lines of the ids in a file of misconceptions."""
        if path not in self._known:
            lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
            named = ((number, ID.match(line)) for number, line in enumerate(lines, start=1))
            self._known[path] = {match[1]: number for number, match in named if match}
        return self._known[path]

    def sources(self, within: Path) -> list[Path]:
        """Return the files of Python in a folder."""
        return [path for path in sorted(within.rglob("*.py")) if "__pycache__" not in path.parts]

    def tree(self, path: Path) -> ast.Module:
        """Return the syntax of a file, an empty one where it cannot be read."""
        if path not in self._trees:
            try:
                self._trees[path] = ast.parse(path.read_text(encoding="utf-8"))
            except (OSError, SyntaxError, UnicodeDecodeError):
                self._trees[path] = ast.Module([], [])
        return self._trees[path]

    def mentioned(self, within: Path) -> frozenset[str]:
        """Return the names that the files of a folder use, or ask an object for."""
        if within not in self._mentioned:
            trees = [self.tree(path) for path in self.sources(within)]
            names = (name for tree in trees for node in ast.walk(tree) for name in _names(node))
            self._mentioned[within] = frozenset(names)
        return self._mentioned[within]


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        yield node.value  # getattr(module, "name")
