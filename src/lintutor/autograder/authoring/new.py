"""Makes what a new exercise needs, a small sample that works, to be replaced part by part.

The worked answer goes into ``solutions/``, its name into ``chapter.toml``, two misconceptions into
``misconceptions.toml``, everything else into a folder of its own; the stubs are cut again. The files
come from ``scaffolds/``.
"""

import ast
import difflib
import keyword
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .. import catalogue, stubs
from ..catalogue import CatalogueError, Exercise
from ..notebooks import notebook
from ..project import CHECKS
from .pages import sections
from .samples import CLASS, SAMPLES, Sample, filled
from .writing import Changes

__all__ = ["Wanted", "make"]

KEY = re.compile(r"(ch\d\d)\.(\w+)")
FILE = re.compile(r"(ch\d\d)_[a-z_]+")
TODO_SECTION = "todo-section"
HEAD = '''"""Chapter {number}, {subject}: exercises.

Check your work with ``lintutor check {chapter}``; ``lintutor hint {name}`` gives a hint.
"""

import numpy as np
'''


@dataclass(frozen=True)
class Wanted:
    """An exercise to be made.

    Parameters
    ----------
    key : str
        Its id, as ``ch03.margin_of``.
    kind : str
        One of `catalogue.KINDS`.
    as_class : bool
        Whether it asks for a class; only of kind ``code``.
    title : str, optional
        What the book calls it.
    points : int, optional
    after : str, optional
        The exercise that it follows; the last one of its chapter if not told otherwise.
    section : str, optional
        Anchor of the section that explains what is needed.
    file : str, optional
        The name of a new chapter, as ``ch10_convolutions``.
    """

    key: str
    kind: str
    as_class: bool = False
    title: str | None = None
    points: int | None = None
    after: str | None = None
    section: str | None = None
    file: str | None = None


def make(root: Path, wanted: Wanted) -> Changes:
    """Write all that an exercise needs, or nothing; returns what was written.

    Raises
    ------
    CatalogueError
        If it cannot be made, such as for a name that is taken.
    """
    every = catalogue.exercises(root=root)
    sample, points = _sample(wanted)
    chapter, name = _named(wanted.key, wanted.as_class)
    folder = _chapter_folder(root, chapter, wanted.file)
    known = [entry for entry in every if entry.chapter == chapter]
    answers = root / "solutions" / (known[0].file if known else f"{folder.name}.py")
    _refuse_taken(name, every, folder, answers)
    after = _one_of(wanted.after, [entry.function for entry in known], f"exercise of {chapter}")
    if after is None and known:
        after = known[-1].function
    section = _one_of(wanted.section, sections(root / "book"), "section of the book") or TODO_SECTION
    first, second = sample.mistakes
    slug = re.sub(r"_+", "-", name).strip("-").lower()
    values = {
        "asked": sample.asked.replace("@name@", name),
        "kind": wanted.kind,
        "name": name,
        "id": wanted.key,
        "chapter": chapter,
        "title": wanted.title or "TODO: a title",
        "points": str(points),
        "main": str(points - sample.other_points),
        "section": section,
        "slug": slug,
        "twin": slug.replace("-", "_"),
        "group": sample.group,
        "first": first,
        "second": second,
        "first_twin": first.replace("-", "_"),
        "second_twin": second.replace("-", "_"),
    }
    if '"' in values["title"] or "\\" in values["title"]:
        raise CatalogueError(f"--title must hold no quotation mark and no backslash, got {wanted.title!r}")
    parts = filled(CLASS if wanted.as_class else wanted.kind, values)
    _need_helpers(root, parts)
    with Changes() as changes:
        fresh = _fresh(root, answers, known)
        changes.write(answers, _placed(answers, after, parts.pop("answer.py"), chapter, name))
        changes.write(folder / "chapter.toml", _listed(folder / "chapter.toml", answers.name, after, name))
        mistakes = folder / "misconceptions.toml"
        before = mistakes.read_text(encoding="utf-8").rstrip() + "\n" if mistakes.is_file() else ""
        changes.write(mistakes, f"{before}{parts.pop('misconceptions.toml')}".lstrip("\n"))
        for file, text in parts.items():
            changes.write(folder / name / (f"test_{name}.py" if file == "test.py" else file), text)
        _cut_again(root, answers, chapter, fresh, changes)
    return changes


def _named(key: str, as_class: bool) -> tuple[str, str]:
    """Return chapter and name of an id, or say why it is none."""
    found = KEY.fullmatch(key)
    if found is None:
        raise CatalogueError(f"an exercise is named like ch03.margin_of, got {key!r}")
    name = found[2]
    if (
        not name.isidentifier()
        or keyword.iskeyword(name)
        or name.startswith(("_", "test"))
        or not name.isascii()
    ):
        raise CatalogueError(f"{name!r} can be no function's name here: take a plain one, as margin_of")
    if as_class and not name[0].isupper():
        raise CatalogueError(
            f"a class begins with a capital letter, got {name!r}; try {name.title().replace('_', '')}"
        )
    return found[1], name


def _sample(wanted: Wanted) -> tuple[Sample, int]:
    """Return the sample of a kind, and the points of the exercise."""
    _one_of(wanted.kind, catalogue.KINDS, "kind")
    if wanted.as_class and wanted.kind != "code":
        raise CatalogueError(f"--class is for the kind code, got {wanted.kind}")
    sample = SAMPLES[CLASS if wanted.as_class else wanted.kind]
    points = sample.points if wanted.points is None else wanted.points
    if points <= sample.other_points:
        least = sample.other_points + 1
        raise CatalogueError(f"--points must be at least {least}, one for each check; got {points}")
    return sample, points


def _one_of(given: str | None, known: Iterable[str], what: str) -> str | None:
    """Return a name that is known, or nothing if none is given."""
    names = list(known)
    if given is None or given in names:
        return given
    near = difflib.get_close_matches(given, names, n=3, cutoff=0.4)
    told = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names[:8]) or 'none'}"
    raise CatalogueError(f"no {what} {given!r}; {told}")


def _chapter_folder(root: Path, chapter: str, file: str | None) -> Path:
    """Return the folder of a chapter, which may have to be made."""
    found = next((path.parent for path in sorted((root / CHECKS).glob(f"{chapter}_*/chapter.toml"))), None)
    if found is not None:
        if file not in (None, found.name):
            raise CatalogueError(f"{chapter} is {found.name}; leave --file out")
        return found
    if file is None:
        raise CatalogueError(
            f"there is no chapter {chapter}; to begin one, name it: --file {chapter}_its_subject"
        )
    named = FILE.fullmatch(file)
    if named is None or named[1] != chapter:
        raise CatalogueError(f"--file must look like {chapter}_its_subject, got {file!r}")
    for path in (root / CHECKS / file, root / "solutions" / f"{file}.py", root / "exercises" / f"{file}.py"):
        if path.exists():
            raise CatalogueError(f"{path.relative_to(root)} is there already, and no chapter.toml names it")
    return root / CHECKS / file


def _refuse_taken(name: str, every: Iterable[Exercise], folder: Path, answers: Path) -> None:
    """Refuse a name that is in use."""
    for entry in every:
        if entry.function == name:
            raise CatalogueError(f"{name} is taken: it is an exercise of {entry.chapter}, {entry.title!r}")
    if (folder / name).exists():
        raise CatalogueError(f"{name} is taken: there is a folder {folder.name}/{name}")
    if answers.is_file():
        for node in ast.parse(answers.read_text(encoding="utf-8")).body:
            if getattr(node, "name", None) == name:
                raise CatalogueError(
                    f"{name} is taken: solutions/{answers.name} defines it in line {node.lineno}"
                )


def _need_helpers(root: Path, parts: dict[str, str]) -> None:
    """Refuse to write checks whose helpers are not there."""
    asked = {name for text in parts.values() for name in re.findall(r'beside\(__file__, "(\w+)"\)', text)}
    for name in sorted(asked - {file.removesuffix(".py") for file in parts}):
        if not (root / CHECKS / catalogue.COMMON / f"{name}.py").is_file():
            raise CatalogueError(
                f"{CHECKS / catalogue.COMMON / name}.py is missing, which the checks would need"
            )


def _placed(answers: Path, after: str | None, answer: str, chapter: str, name: str) -> str:
    """Return the file of worked answers with a new one behind another."""
    if not answers.is_file():
        subject = answers.stem.partition("_")[2].replace("_", " ")
        return (
            HEAD.format(number=int(chapter[2:]), subject=subject, chapter=chapter, name=name)
            + f"\n\n{answer}"
        )
    text = answers.read_text(encoding="utf-8")
    lines = text.splitlines()
    node = next((n for n in ast.parse(text).body if getattr(n, "name", None) == after), None)
    if node is None:
        raise CatalogueError(f"solutions/{answers.name} has no {after}")
    end = node.end_lineno or len(lines)
    while end < len(lines) and (not lines[end].strip() or lines[end][0].isspace()):
        end += 1  # the marks at its end are comments
    head, tail = "\n".join(lines[:end]).rstrip(), "\n".join(lines[end:]).strip("\n")
    whole = f"{head}\n\n\n{answer}" + (f"\n\n{tail}\n" if tail else "")
    if "np." in answer and "import numpy as np" not in text:
        raise CatalogueError(f"solutions/{answers.name} does not import numpy as np, which the sample needs")
    return whole


def _listed(toml: Path, file: str, after: str | None, name: str) -> str:
    """Return the chapter's file with a new exercise behind another."""
    if not toml.is_file():
        return f'file = "{file}"\nexercises = [\n    "{name}",\n]\n'
    text = toml.read_text(encoding="utf-8")
    before = tomllib.loads(text)
    start = re.search(r"^exercises\s*=\s*\[", text, re.MULTILINE)
    found = re.compile(rf"""(^[ \t]*)?(["']){re.escape(after or "")}\2[ \t]*(,?)""", re.MULTILINE).search(
        text, start.end() if start else 0
    )
    if start is None or found is None:
        raise CatalogueError(
            f"{toml}: key 'exercises' cannot be added to; write it as a list, one name a line"
        )
    between = f"\n{found[1]}" if found[1] else " "
    added = f'{found[0].rstrip(" ,")},{between}"{name}"{"," if found[3] else ""}'
    whole = text[: found.start()] + added + text[found.end() :]
    due = list(before["exercises"])
    due.insert(due.index(after) + 1, name)
    if tomllib.loads(whole) != {**before, "exercises": due}:
        raise CatalogueError(
            f"{toml}: key 'exercises' cannot be added to; write it as a list, one name a line"
        )
    return whole


def _stubs_of(answers: Path, entries: Iterable[Exercise]) -> dict[str, str]:
    """Return the stub and the notebook of a file of worked answers."""
    source = stubs.cut(answers)
    return {answers.name: source, f"{answers.stem}.ipynb": notebook(source, list(entries))}


def _fresh(root: Path, answers: Path, known: list[Exercise]) -> set[str]:
    """Return which of a chapter's stubs hold nobody's answers."""
    if not known:
        return set()
    wanted = _stubs_of(answers, known)
    changed = {path.name for path, _ in stubs.differences(root / "exercises", wanted)}
    return set(wanted) - changed


def _cut_again(root: Path, answers: Path, chapter: str, fresh: set[str], changes: Changes) -> None:
    """Cut a chapter's stubs; what is nobody's stub is kept under another name."""
    entries = catalogue.exercises(chapter, root=root)
    for name, text in _stubs_of(answers, entries).items():
        path = root / "exercises" / name
        if path.exists() and name not in fresh:
            changes.set_aside(path, stubs.aside(path))
        changes.write(path, text)
