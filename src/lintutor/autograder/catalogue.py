"""What the exercises say of themselves: read from the files beside their checks.

A chapter is a folder of ``tests/autograder``::

    ch03_hinge_loss/
        chapter.toml             file = "ch03_hinge_loss.py", exercises = ["svm_loss_naive", ...] in order
        misconceptions.toml      [[misconception]] id, group, title, explanation, section
        boards.py                what the checks of the chapter share
        svm_loss_naive/
            exercise.toml        kind, title, points, sections, statement, hints, misconceptions, uses
            test_svm_loss_naive.py   the graded checks
            twins.py             the misconceptions as code, and the probes that tell them apart
    common/                      what chapters share: helpers, and misconceptions.toml

Use::

    from lintutor.autograder import catalogue

    one = catalogue.exercise("ch03.svm_loss_vectorized")
    all_of_chapter_3 = catalogue.exercises("ch03")

Every key of the files is checked; an error names the file, the entry and the key.
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

CHAPTER = re.compile(r"(ch\d\d)_[a-z_]+")
KINDS = ("code", "derive", "debug", "predict", "measure")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HINTS = 3
COMMON = "common"


class CatalogueError(ProjectError):
    """A catalogue that cannot be used, or an exercise that does not exist."""


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
    """One exercise: what the book prints of it and what the grader needs to know.

    `uses` names the exercises of the same file that an answer may lean on: where one of them is wrong,
    the grader puts the book's in its place.
    """

    id: str
    kind: str
    file: str
    function: str
    title: str
    points: int
    statement: str
    hints: tuple[str, ...]
    sections: tuple[str, ...]
    misconceptions: tuple[Misconception, ...]
    uses: tuple[str, ...]
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
        return beside(self.checks, name)


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
    files = sorted((top / CHECKS).glob("*/chapter.toml"))
    watched = [*(path for file in files for path in (file, *file.parent.rglob("*.toml")))]
    watched += (top / CHECKS / COMMON).glob("*.toml")
    stamp = tuple((path, path.stat().st_mtime_ns) for path in watched)
    found = _read_all(top, tuple(files), stamp)
    if chapter is not None:
        found = tuple(entry for entry in found if entry.chapter == chapter)
        if not found:
            raise CatalogueError(f"no exercises in chapter {chapter!r}")
    return found


def beside(path: str | Path, name: str) -> ModuleType:
    """Return the module ``name.py`` from the folder of `path`, the one above it, or the chapters' ``common``.

    ``beside(__file__, "boards")`` are the helpers that a chapter's checks share, ``beside(__file__,
    "problems")`` those of all chapters, ``beside(__file__, "svm_loss_naive/twins")`` is another
    exercise's module. What is nearer comes first.
    """
    above = Path(path).resolve().parents
    folders = [*above[:2], *(folder / COMMON for folder in above[1:3])]
    file = next(
        (f for folder in folders if (f := folder / f"{name}.py").is_file()), folders[0] / f"{name}.py"
    )
    full = f"lintutor_checks.{file.parent.name}.{file.stem}.{abs(hash(file))}"
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
def _read_all(
    root: Path, files: tuple[Path, ...], stamp: tuple[tuple[Path, int], ...]
) -> tuple[Exercise, ...]:
    found: dict[str, Exercise] = {}
    for path in files:
        for entry in read_chapter(path, root):
            if entry.id in found:
                raise CatalogueError(
                    f"{path}: exercise {entry.id} also stands in {found[entry.id].folder.parent.name}"
                )
            found[entry.id] = entry
    return tuple(found.values())


def read_chapter(path: Path, root: Path) -> tuple[Exercise, ...]:
    """Return the exercises that a ``chapter.toml`` lists."""
    matched = CHAPTER.fullmatch(path.parent.name)
    if matched is None:
        raise CatalogueError(f"{path.parent}: a chapter's folder must look like {CHAPTER.pattern}")
    top = _read(path)
    file = top.text("file", re.compile(r"\w+\.py"))
    functions = top.texts("exercises")
    top.no_more()
    strays = {each.parent.name for each in path.parent.glob("*/exercise.toml")} - set(functions)
    if strays:
        raise top.wrong("exercises", f"does not list {', '.join(sorted(strays))}")
    shared: dict[str, Misconception] = {}
    for folder in (path.parent.parent / COMMON, path.parent):
        if (folder / "misconceptions.toml").is_file():
            table = _read(folder / "misconceptions.toml")
            for each in table.tables("misconception"):
                mistake = _misconception(each)
                if mistake.id in shared:
                    raise table.wrong("misconception", f"holds the id {mistake.id!r} twice")
                shared[mistake.id] = mistake
            table.no_more()
    found = []
    for function in functions:
        if not function.isidentifier() or functions.count(function) > 1:
            raise top.wrong("exercises", f"must hold names of functions, each once, got {function!r}")
        table = _read(path.parent / function / "exercise.toml")
        found.append(_exercise(table, f"{matched[1]}.{function}", file, shared, root))
    for entry in found:
        for used in entry.uses:
            if used not in functions:
                raise CatalogueError(f"{entry.folder}/exercise.toml: key 'uses' names no exercise: {used!r}")
    return tuple(found)


def _read(path: Path) -> "_Table":
    try:
        return _Table(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: {error}") from None


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

    def texts(self, key: str, needed: bool = True) -> tuple[str, ...]:
        if not needed and key not in self.data:
            return ()
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


def _exercise(
    table: _Table, key: str, file: str, shared: Mapping[str, Misconception], root: Path
) -> Exercise:
    kind = table.text("kind")
    if kind not in KINDS:
        raise table.wrong("kind", f"must be one of {', '.join(KINDS)}, got {kind!r}")
    points = table.get("points", int, "a whole number")
    if points < 1:
        raise table.wrong("points", f"must be at least 1, got {points}")
    hints = table.texts("hints")
    if len(hints) != HINTS:
        raise table.wrong("hints", f"must hold {HINTS} hints, got {len(hints)}")
    names = table.texts("misconceptions", needed=False)
    for name in names:
        if name not in shared:
            near = difflib.get_close_matches(name, shared, n=1)
            told = f"; did you mean {near[0]!r}?" if near else ""
            raise table.wrong("misconceptions", f"names one that misconceptions.toml lacks: {name!r}{told}")
        if names.count(name) > 1:
            raise table.wrong("misconceptions", f"holds {name!r} twice")
    made = Exercise(
        id=key,
        kind=kind,
        file=file,
        function=key.partition(".")[2],
        title=table.text("title"),
        points=points,
        statement=table.text("statement"),
        hints=hints,
        sections=table.texts("sections"),
        misconceptions=tuple(shared[name] for name in names),
        uses=table.texts("uses", needed=False),
        folder=Path(table.where).parent,
        root=root,
    )
    table.no_more()
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
