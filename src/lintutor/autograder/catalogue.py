"""What the exercises say of themselves: read from the files beside their checks.

A chapter is a folder of ``tests/autograder``::

    ch03_hinge_loss/
        chapter.toml             file = "ch03_hinge_loss.py", exercises = ["svm_loss_naive", ...] in order
        misconceptions.toml      [[misconception]] id, group, title, explanation, section; [sections] where
                                 this chapter teaches what a misconception of common/ is about
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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from .project import CHECKS, ProjectError, find_root
from .tables import Broken, CatalogueError, Table, read_table

__all__ = ["CatalogueError", "Exercise", "Misconception", "ProjectError", "beside", "exercise", "exercises"]

CHAPTER = re.compile(r"(ch\d\d)_[a-z_]+")
KINDS = ("code", "derive", "debug", "predict", "measure")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HINTS = 3
COMMON = "common"


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


def read_chapter(path: Path, root: Path, broken: Broken | None = None) -> tuple[Exercise, ...]:
    """Return the exercises that a ``chapter.toml`` lists.

    Parameters
    ----------
    path : Path
        The ``chapter.toml``.
    root : Path
        The project.
    broken : list, optional
        Takes every error; what can be read is returned all the same. Without it the first error is raised.
    """
    troubles: Broken = []
    found = _read_chapter(path, root, troubles)
    if broken is not None:
        broken += troubles
    elif troubles:
        raise troubles[0]
    return found


def _read_chapter(path: Path, root: Path, broken: Broken) -> tuple[Exercise, ...]:
    matched = CHAPTER.fullmatch(path.parent.name)
    if matched is None:
        text = f"{path.parent}: a chapter's folder must look like {CHAPTER.pattern}"
        broken.append(CatalogueError(text))
        return ()
    present = sorted(each.parent.name for each in path.parent.glob("*/exercise.toml"))
    file, functions = _listed(path, present, broken)
    shared: dict[str, Misconception] = {}
    for folder in (path.parent.parent / COMMON, path.parent):
        if (folder / "misconceptions.toml").is_file():
            _misconceptions(folder / "misconceptions.toml", shared, broken)
    found = []
    for function in functions:
        try:
            table = read_table(path.parent / function / "exercise.toml")
        except CatalogueError as error:
            broken.append(error)
            continue
        made = _exercise(table, f"{matched[1]}.{function}", file, shared, root, functions, broken)
        if made is not None:
            found.append(made)
    return tuple(found)


def _listed(path: Path, present: Sequence[str], broken: Broken) -> tuple[str, tuple[str, ...]]:
    """Return the file of a chapter and its functions; where that cannot be read, what the folders tell."""
    try:
        top = read_table(path)
    except CatalogueError as error:
        broken.append(error)
        return f"{path.parent.name}.py", tuple(present)

    def exercises() -> tuple[str, ...]:
        functions = top.texts("exercises")
        strays = sorted(set(present) - set(functions))
        if strays:
            raise top.wrong("exercises", f"does not list {', '.join(strays)}")
        for function in functions:
            if not function.isidentifier() or functions.count(function) > 1:
                raise top.wrong("exercises", f"must hold names of functions, each once, got {function!r}")
        return functions

    wanted = {"file": lambda: top.text_of("file", re.compile(r"\w+\.py")), "exercises": exercises}
    values = top.all_of(wanted, broken)
    if values is None:
        return f"{path.parent.name}.py", tuple(present)
    return values["file"], values["exercises"]


def _misconceptions(path: Path, shared: dict[str, Misconception], broken: Broken) -> None:
    """Add the misconceptions of a file to those that a chapter can name, and set sections of shared ones."""
    try:
        table = read_table(path)
    except CatalogueError as error:
        broken.append(error)
        return

    def sections() -> dict[str, str]:
        own = table.table("sections")
        for key in own.data:
            if key not in shared:
                raise own.wrong(key, f"names no misconception of {COMMON}/misconceptions.toml")
        return {key: own.text_of(key, SLUG) for key in own.data}

    wanted = {"sections": sections, "all": lambda: table.tables("misconception")}
    found = table.all_of(wanted, broken) or {"sections": {}, "all": ()}
    for key, anchor in found["sections"].items():
        shared[key] = replace(shared[key], section=anchor)
    for each in found["all"]:
        values = each.all_of(
            {
                "id": partial(each.text_of, "id", SLUG),
                "group": partial(each.text_of, "group", SLUG),
                "title": partial(each.text_of, "title"),
                "explanation": partial(each.text_of, "explanation"),
                "section": partial(each.text_of, "section", SLUG),
            },
            broken,
        )
        if values is None:  # its name is known all the same
            values = {key.name: str(each.data.get(key.name, "")) for key in fields(Misconception)}
        if values["id"] in shared:
            broken.append(table.wrong("misconception", f"holds the id {values['id']!r} twice"))
        shared[values["id"]] = Misconception(**values)


def _exercise(
    table: Table,
    key: str,
    file: str,
    shared: Mapping[str, Misconception],
    root: Path,
    functions: Sequence[str],
    broken: Broken,
) -> Exercise | None:
    def kind() -> str:
        word = table.text_of("kind")
        if word not in KINDS:
            raise table.wrong("kind", f"must be one of {', '.join(KINDS)}, got {word!r}")
        return word

    def points() -> int:
        number: int = table.get("points", int, "a whole number")
        if number < 1:
            raise table.wrong("points", f"must be at least 1, got {number}")
        return number

    def hints() -> tuple[str, ...]:
        texts = table.texts("hints")
        if len(texts) != HINTS:
            raise table.wrong("hints", f"must hold {HINTS} hints, got {len(texts)}")
        return texts

    def misconceptions() -> tuple[Misconception, ...]:
        names = table.texts("misconceptions", needed=False)
        for name in names:
            if name not in shared:
                near = difflib.get_close_matches(name, shared, n=1)
                told = f"; did you mean {near[0]!r}?" if near else ""
                raise table.wrong(
                    "misconceptions", f"names one that misconceptions.toml lacks: {name!r}{told}"
                )
            if names.count(name) > 1:
                raise table.wrong("misconceptions", f"holds {name!r} twice")
        return tuple(shared[name] for name in names)

    def uses() -> tuple[str, ...]:
        names = table.texts("uses", needed=False)
        for name in names:
            if name not in functions:
                raise table.wrong("uses", f"names no exercise: {name!r}")
        return names

    wanted: dict[str, Callable[[], Any]] = {
        "kind": kind,
        "title": partial(table.text_of, "title"),
        "points": points,
        "statement": partial(table.text_of, "statement"),
        "hints": hints,
        "sections": partial(table.texts, "sections"),
        "misconceptions": misconceptions,
        "uses": uses,
    }
    values = table.all_of(wanted, broken)
    if values is None:
        return None
    folder, function = table.path.parent, key.partition(".")[2]
    return Exercise(id=key, file=file, function=function, folder=folder, root=root, **values)
