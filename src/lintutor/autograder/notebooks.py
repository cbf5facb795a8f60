"""Makes the learner's notebook of a chapter from its stub and what the catalogue says.

The notebook opens with a title and the imports. Each exercise follows with its text, a cell with its
stub, and a cell that asks for a check. A cell made here names its exercise in its metadata, so that the
grader finds it among the learner's own. The same stub gives the same bytes.
"""

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .catalogue import Exercise
from .project import ProjectError, section_page

__all__ = ["notebook", "parts"]

FORMAT = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    },
}
HOW = """\
Read [the chapter]({page}) first. Put your code where a cell says so. To check an exercise, save the
notebook (Ctrl-S) and run the cell under it, or type the command without its `!` in a terminal. Cells of
your own may stand anywhere; those that define nothing are not graded.

You can write some answers here and others into [{file}]({file}): each exercise is graded where you have
written it. If you have written one in both, and not the same, the file saved last counts, and the report
says so."""


def notebook(stub: str, exercises: Sequence[Exercise]) -> str:
    """Return the notebook of one file of stubs, as text.

    Parameters
    ----------
    stub : str
        The stub file, as `stubs.cut` gives it.
    exercises : Sequence of Exercise
        The exercises of that file, in their order.

    Raises
    ------
    ProjectError
        If the stub lacks one of the functions.
    """
    title, shared, functions = parts(stub, {entry.function for entry in exercises})
    first = exercises[0]
    page = f"../book/{first.file.removesuffix('.py')}.md"
    cells = [
        _cell("title", "markdown", f"# {title}\n\n{HOW.format(page=page, file=first.file)}"),
        _cell("imports", "code", shared, {"chapter": first.chapter}),
    ]
    for entry in exercises:
        if entry.function not in functions:
            raise ProjectError(f"{entry.root}/solutions/{entry.file} has no function {entry.function!r}")
        ask = f"# Save the notebook first.\n!lintutor check {entry.function}"
        cells += [
            _cell(f"{entry.function}-text", "markdown", _text(entry)),
            _cell(entry.function, "code", functions[entry.function], {"exercise": entry.id}),
            _cell(f"{entry.function}-check", "code", ask),
        ]
    made = {**FORMAT, "cells": cells}
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n"  # as Jupyter writes it


def _cell(key: str, kind: str, text: str, mark: dict[str, str] | None = None) -> dict[str, Any]:
    """Return one cell; its id is its place in the chapter, not a random one."""
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": key[-64:].lstrip("-"),
        "metadata": {"lintutor": mark} if mark else {},
        "source": text.strip("\n").splitlines(keepends=True),
    }
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}


def parts(stub: str, names: set[str] | None = None) -> tuple[str, str, dict[str, str]]:
    """Return the title, what all exercises share, and the text of each of their functions by name.

    `names` are those functions; without it all are. Comments above a function go with it.
    """
    lines = stub.splitlines()
    title, shared, found, end = "Exercises", [], dict[str, str](), 0
    for place, node in enumerate(ast.parse(stub).body):
        text = "\n".join(lines[end : node.end_lineno]).strip("\n")
        end = node.end_lineno or end
        if place == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            title = str(node.value.value).strip().split("\n", 1)[0].rstrip(".")
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and (names is None or node.name in names):
            found[node.name] = text
        else:
            shared.append(text)
    return title, "\n\n".join(shared), found


def _text(entry: Exercise) -> str:
    """Return the text of an exercise, with links that work in the repository."""
    links = [_link(entry.root, anchor) for anchor in entry.sections]
    points = "1 point" if entry.points == 1 else f"{entry.points} points"
    return f"## {entry.title}\n\n**{points}**\n\n{entry.statement}\n\nRead: {', '.join(links)}"


def _link(root: Path, anchor: str) -> str:
    """Return a link to a section: its page and the heading, under the name that GitHub gives it."""
    page = section_page(root, anchor)
    if page is None:
        return anchor
    text = (root / page).read_text(encoding="utf-8")
    found = re.search(rf"^\({re.escape(anchor)}\)=\n+#+ +(.+)$", text, re.MULTILINE)
    if found is None:
        return f"[{page}](../{page})"
    heading = found[1].strip()
    slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
    return f"[{heading}](../{page}#{slug})"
