"""Puts a stub back: of one exercise, or of a whole chapter.

``reset(root, "ch03.svm_loss_naive")`` changes that function alone in ``exercises/ch03_hinge_loss.py`` and
its cell in the notebook; ``reset(root, "ch03")`` renews both files. What was there before stays beside
the file under a name that ends in ``~``; no such copy is ever written over.
"""

import ast
import json
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import catalogue
from .catalogue import CatalogueError, Exercise
from .project import ProjectError
from .stubs import aside, cut, cut_notebook

__all__ = ["reset"]


def reset(root: Path, name: str) -> list[Path]:
    """Put the stub of one exercise, or the files of one chapter, back as they were.

    Parameters
    ----------
    root : Path
        The project.
    name : str
        An exercise (``ch03.svm_loss_naive`` or ``svm_loss_naive``), a chapter (``ch03``), or one of its
        files (``ch03_hinge_loss.py``, ``ch03_hinge_loss.ipynb``).

    Returns
    -------
    list of Path
        The files that changed; a file that is as it should be is left alone.

    Raises
    ------
    ProjectError
        If the name is unknown, or a file does not parse, so that one function in it cannot be found.
    """
    every = catalogue.exercises(root=root)
    for entry in every:
        if name in (entry.id, entry.function):
            return _reset_one(root, entry)
        stem = entry.file.removesuffix(".py")
        if name in (entry.chapter, stem, entry.file, f"{stem}.ipynb"):
            kinds = (Path(name).suffix,) if Path(name).suffix else (".py", ".ipynb")
            return _replace(root, {f"{stem}{kind}": _whole(root, f"{stem}{kind}") for kind in kinds})
    raise CatalogueError(
        f"no exercise and no chapter {name!r}; there are {', '.join(e.id for e in every[:8])}"
    )


def _reset_one(root: Path, entry: Exercise) -> list[Path]:
    """Put one function back in the file and in the notebook; both are read before one is changed."""
    files = [entry.file, f"{entry.file.removesuffix('.py')}.ipynb"]
    present = [file for file in files if (root / "exercises" / file).exists()]
    texts = {file: _whole(root, file) for file in present or files}
    for file in present:
        part = _with_function if file.endswith(".py") else _with_cell
        texts[file] = part(root / "exercises" / file, texts[file], entry)
    return _replace(root, texts)


def _whole(root: Path, file: str) -> str:
    """Return a file of ``exercises/`` as it is generated."""
    answers = root / "solutions" / f"{Path(file).stem}.py"
    if file.endswith(".py"):
        return cut(answers)
    made = cut_notebook(answers, root)
    assert made is not None, "the exercise was found in the catalogue"
    return made


def _replace(root: Path, texts: dict[str, str]) -> list[Path]:
    """Write the files that differ, each after a copy of what it held."""
    changed = []
    (root / "exercises").mkdir(exist_ok=True)
    for file, text in texts.items():
        path = root / "exercises" / file
        data = text.encode("utf-8")
        if path.exists():
            if path.read_bytes() == data:
                continue
            shutil.copy2(path, aside(path))
        path.write_bytes(data)
        changed.append(path)
    return changed


# ------------------------------------------------------------------------------------- Python files


@dataclass(frozen=True)
class _Span:
    """Where a definition stands, its decorators and the comments right above included: lines from 0."""

    start: int
    end: int


def _with_function(path: Path, stub: str, entry: Exercise) -> str:
    """Return the text of a file with one function as the stub has it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        spans = _spans(text, entry.function)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        where = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        told = error.msg if isinstance(error, SyntaxError) else "it cannot be read as Python"
        raise ProjectError(
            f"{path}{where}: {told}; {entry.function} cannot be found in it. "
            f"Mend that, or put the whole file back: lintutor reset {path.name}"
        ) from None
    lines, given = _lines(text), _lines(stub)
    (home,) = _spans(stub, entry.function)
    fresh = given[home.start : home.end]
    if spans:
        lines[spans[-1].start : spans[-1].end] = fresh
    else:
        lines += ["\n", "\n", *fresh]
    for span in reversed(spans[:-1]):  # of a function defined twice the last one counts
        del lines[span.start : span.end]
    return "".join(lines).replace("\n", "\r\n" if "\r\n" in text else "\n")


def _spans(text: str, name: str) -> list[_Span]:
    """Return where the definitions of one name at the top level of a file stand."""
    lines = _lines(text)
    found = []
    before = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd escapes in the learner's strings
        tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            start = min([node.lineno, *(mark.lineno for mark in node.decorator_list)]) - 1
            while start > before and lines[start - 1].startswith("#"):
                start -= 1
            found.append(_Span(start, node.end_lineno or node.lineno))
        before = node.end_lineno or before
    return found


def _lines(text: str) -> list[str]:
    """Return the lines as Python counts them, each with its end."""
    lines = [f"{line}\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if lines[-1] == "\n":
        lines.pop()
    return lines


# ---------------------------------------------------------------------------------------- notebooks


def _with_cell(path: Path, made: str, entry: Exercise) -> str:
    """Return the text of a notebook with the cell of one exercise as it is generated."""
    generated = json.loads(made)["cells"]
    (place,) = (number for number, cell in enumerate(generated) if _is_of(cell, entry))
    try:
        notebook = json.loads(path.read_bytes())
        cells = notebook["cells"]
        found = [number for number, cell in enumerate(cells) if _is_of(cell, entry)]
        if found:
            cells[found[0]] = generated[place]
            for number in reversed(found[1:]):  # of a cell that was split or copied one is left
                del cells[number]
        else:
            known = {cell.get("id") for cell in cells}
            cells += [cell for cell in generated[place - 1 : place + 2] if cell["id"] not in known]
        text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        text.encode("utf-8")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ProjectError(
            f"{path}: this is not a whole notebook; put it back with: lintutor reset {path.name}"
        ) from None
    return text


def _is_of(cell: dict[str, Any], entry: Exercise) -> bool:
    """Whether a cell is the one made for an exercise."""
    mark = cell.get("metadata", {}).get("lintutor")
    marked = isinstance(mark, dict) and mark.get("exercise") == entry.id
    return marked or cell.get("id") == entry.function
