"""What the exercises say of themselves: read from ``exercises.toml`` beside the checks.

Use::

    from lintutor.autograder import catalogue

    one = catalogue.exercise("ch03.svm_loss_vectorized")
    all_of_chapter_3 = catalogue.exercises("ch03")

Every key of the file is checked; an error names the file, the entry and the key.
"""

import difflib
import importlib.util
import re
import sys
import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from .project import CHECKS, ProjectError, find_root

__all__ = ["CatalogueError", "Exercise", "Misconception", "ProjectError", "beside", "exercise", "exercises"]

IDENTIFIER = re.compile(r"ch\d\d\.[A-Za-z_]\w*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HINTS = 3


class CatalogueError(ProjectError):
    """An ``exercises.toml`` that cannot be used, or an exercise that does not exist."""


@dataclass(frozen=True)
class Misconception:
    """A mistake that the grader can name, as a teacher would explain it."""

    id: str
    group: str
    title: str
    explanation: str
    section: str

    @property
    def twin(self) -> str:
        """Name of the function in ``twins.py`` that makes this mistake."""
        return self.id.replace("-", "_")


@dataclass(frozen=True)
class Exercise:
    """One exercise: what the book prints of it and what the grader needs to know."""

    id: str
    file: str
    function: str
    title: str
    points: int
    statement: str
    hints: tuple[str, ...]
    sections: tuple[str, ...]
    misconceptions: tuple[Misconception, ...]
    folder: Path
    root: Path

    @property
    def chapter(self) -> str:
        """The chapter's short name, such as ``ch03``."""
        return self.id.partition(".")[0]

    @property
    def checks(self) -> Path:
        """The file of graded checks."""
        return self.folder / f"test_{self.function}.py"

    def stub(self) -> str:
        """Return the source that the learner starts from: imports and the unfinished function."""
        from .stubs import cut_function

        return cut_function(self.root / "solutions" / self.file, self.function)

    def misconception(self, key: str) -> Misconception:
        """Return the misconception with this id."""
        for entry in self.misconceptions:
            if entry.id == key:
                return entry
        raise CatalogueError(f"{self.id} has no misconception {key!r}")

    def module(self, name: str) -> ModuleType:
        """Return the module ``name.py`` that stands beside this exercise's checks."""
        return beside(self.folder / "exercises.toml", name)


def exercise(key: str, root: str | Path | None = None) -> Exercise:
    """Return the exercise with the id `key`, such as ``ch03.svm_loss_vectorized``.

    Raises
    ------
    CatalogueError
        If there is no such exercise (the message lists near names) or the catalogue is broken.
    """
    known = {entry.id: entry for entry in exercises(root=root)}
    if key not in known:
        near = difflib.get_close_matches(key, known, n=3, cutoff=0.4) or sorted(known)[:5]
        raise CatalogueError(f"no exercise {key!r}; did you mean {' or '.join(near)}?")
    return known[key]


def exercises(chapter: str | None = None, root: str | Path | None = None) -> tuple[Exercise, ...]:
    """Return all exercises, or those of one chapter (``ch03``), in the order of their files."""
    top = find_root() if root is None else Path(root).resolve()
    files = sorted((top / CHECKS).glob("*/exercises.toml"))
    stamp = tuple((path, path.stat().st_mtime_ns) for path in files)
    found = _read_all(top, stamp)
    if chapter is not None:
        found = tuple(entry for entry in found if entry.chapter == chapter)
        if not found:
            raise CatalogueError(f"no exercises in chapter {chapter!r}")
    return found


def beside(path: str | Path, name: str) -> ModuleType:
    """Return the module ``name.py`` from the folder of `path`: helpers shared by a chapter's checks."""
    file = Path(path).resolve().with_name(f"{name}.py")
    full = f"lintutor_checks.{file.parent.name}.{name}.{abs(hash(file))}"
    if full not in sys.modules:
        if not file.is_file():
            raise CatalogueError(f"{file} is missing")
        spec = importlib.util.spec_from_file_location(full, file)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[full]
            raise
    return sys.modules[full]


@lru_cache(maxsize=8)
def _read_all(root: Path, stamp: tuple[tuple[Path, int], ...]) -> tuple[Exercise, ...]:
    found: dict[str, Exercise] = {}
    for path, _ in stamp:
        for entry in read_file(path, root):
            if entry.id in found:
                raise CatalogueError(
                    f"{path}: exercise {entry.id} also stands in {found[entry.id].folder.name}"
                )
            found[entry.id] = entry
    return tuple(found.values())


def read_file(path: Path, root: Path) -> tuple[Exercise, ...]:
    """Return the exercises of one ``exercises.toml``."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: {error}") from None
    top = _Table(data, str(path))
    tables = top.tables("exercise")
    top.no_more()
    return tuple(_exercise(table, path, root) for table in tables)


class _Table:
    """One table of the file that remembers where it stands and which keys were asked for."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self.data, self.where, self.asked = data, where, set[str]()

    def wrong(self, key: str, problem: str) -> CatalogueError:
        return CatalogueError(f"{self.where}: key {key!r} {problem}")

    def get(self, key: str, kind: type, word: str) -> Any:
        self.asked.add(key)
        if key not in self.data:
            raise self.wrong(key, "is missing")
        value = self.data[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(key, f"must be {word}, got {value!r}")
        return value

    def text(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        value = str(self.get(key, str, "text")).strip()
        if not value:
            raise self.wrong(key, "is empty")
        if pattern is not None and not pattern.fullmatch(value):
            raise self.wrong(key, f"must look like {pattern.pattern}, got {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list, "a list of texts")
        if not values or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.wrong(key, "must be a list of texts, none of them empty")
        return tuple(textwrap.dedent(v).strip() for v in values)

    def tables(self, key: str) -> list["_Table"]:
        values = self.get(key, list, f"a list of tables, [[{key}]]")
        if not values or not all(isinstance(v, dict) for v in values):
            raise self.wrong(key, f"must be a list of tables, [[{key}]]")
        return [_Table(v, f"{self.where}, {key} {v.get('id', i + 1)}") for i, v in enumerate(values)]

    def no_more(self) -> None:
        for key in self.data.keys() - self.asked:
            raise self.wrong(key, "is not known")


def _exercise(table: _Table, path: Path, root: Path) -> Exercise:
    key = table.text("id", IDENTIFIER)
    function = table.text("function")
    if function != key.partition(".")[2]:
        raise table.wrong("function", f"must be the id's second part, got {function!r}")
    points = table.get("points", int, "a whole number")
    if points < 1:
        raise table.wrong("points", f"must be at least 1, got {points}")
    hints = table.texts("hints")
    if len(hints) != HINTS:
        raise table.wrong("hints", f"must hold {HINTS} hints, got {len(hints)}")
    made = Exercise(
        id=key,
        file=table.text("file", re.compile(r"\w+\.py")),
        function=function,
        title=table.text("title"),
        points=points,
        statement=table.text("statement"),
        hints=hints,
        sections=table.texts("sections"),
        misconceptions=tuple(_misconception(entry) for entry in table.tables("misconception")),
        folder=path.parent,
        root=root,
    )
    table.no_more()
    names = [entry.id for entry in made.misconceptions]
    for name in names:
        if names.count(name) > 1:
            raise table.wrong("misconception", f"holds the id {name!r} twice")
    return made


def _misconception(table: _Table) -> Misconception:
    made = Misconception(
        id=table.text("id", SLUG),
        group=table.text("group", SLUG),
        title=table.text("title"),
        explanation=table.text("explanation"),
        section=table.text("section", SLUG),
    )
    table.no_more()
    return made
