"""Small wrong changes of a worked answer, all that the rules of `changes` give: one change a mutant.

A mutant differs from the worked answer in one place of its syntax tree, between the marks of the
exercise. Where a statement is changed as a whole, it is dropped, or its operator is another one.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..project import ProjectError
from ..stubs import BEGIN, END, STUB
from .changes import KINDS, OPERATORS, replacements

__all__ = ["KINDS", "Mutant", "mutants"]


@dataclass(frozen=True)
class Mutant:
    """One wrong change: its kind, the statement before and after, where it stands, and the whole file."""

    kind: str
    line: int
    before: str
    after: str
    source: str

    @property
    def change(self) -> tuple[str, str]:
        """What names it, wherever it stands: the statement before and after."""
        return self.before, self.after


def mutants(path: Path, function: str) -> list[Mutant]:
    """Return all mutants of the worked answer of one exercise.

    Parameters
    ----------
    path : Path
        A file of worked answers.
    function : str
        The function or class of the exercise; only what stands between its marks is changed.

    Returns
    -------
    list of Mutant
        In the order of the file, no two with the same source, none with that of the worked answer.

    Raises
    ------
    ProjectError
        If the file has no such function, or no marks in it.
    """
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    tree = ast.parse(text)
    named = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == function]
    if not named:
        raise ProjectError(f"{path} has no function or class {function!r}")
    (top,) = named[-1:]
    inside = _marked(lines, top)
    if not inside:
        raise ProjectError(f"{path}: nothing of {function} stands between {BEGIN!r} and {END!r}")
    first = min([top.lineno, *(each.lineno for each in top.decorator_list)])
    before, after = lines[: first - 1], lines[top.end_lineno or first :]
    seen = {ast.unparse(top)}
    found = []
    for statement, body, at in _statements(top, inside):
        for kind, changed in _changes(statement):
            new = changed if changed is not None else ast.Pass()
            body[at] = new
            written = ast.unparse(top)
            body[at] = statement
            if written in seen:
                continue
            seen.add(written)
            source = "\n".join([*before, written, *after]) + "\n"
            found.append(Mutant(kind, statement.lineno, _head(statement), _head(new), source))
    return found


def _marked(lines: list[str], top: ast.stmt) -> set[int]:
    """Return the numbers of the lines of a function that are the learner's to write."""
    inside, on = set(), False
    for number in range(top.lineno, (top.end_lineno or top.lineno) + 2):
        mark = lines[number - 1].strip() if number <= len(lines) else ""
        if mark in (BEGIN, STUB, END):
            on = mark == BEGIN
        elif on:
            inside.add(number)
    return inside


def _statements(node: ast.AST, inside: set[int]) -> Iterator[tuple[ast.stmt, list[ast.stmt], int]]:
    """Yield each statement between the marks with the list that it stands in and its place there."""
    for name in ("body", "orelse", "finalbody", "handlers"):
        block = getattr(node, name, None)
        if not isinstance(block, list):
            continue
        for at, child in enumerate(block):
            if isinstance(child, ast.stmt) and child.lineno in inside:
                yield child, block, at
            yield from _statements(child, inside)


def _head(statement: ast.stmt) -> str:
    """Return a statement as text; of one that holds others, what stands before the colon."""
    if hasattr(statement, "body"):
        short = copy.copy(statement)
        short.body = [ast.Pass()]
        for rest in ("orelse", "finalbody", "handlers"):
            if hasattr(short, rest):
                setattr(short, rest, [])
        if isinstance(short, ast.Try):
            return "try:"
        return ast.unparse(short).rpartition("\n")[0]
    return ast.unparse(statement)


def _changes(statement: ast.stmt) -> Iterator[tuple[str, ast.stmt | None]]:
    """Yield kind and changed copy of one statement, without those that it holds; None drops it."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return  # a docstring
    if isinstance(statement, ast.Break):
        yield "logic", ast.Continue()
    if isinstance(statement, ast.Continue):
        yield "logic", ast.Break()
    for place in _places(statement):
        for kind, new in replacements(place.node, place.parent, place.name):
            yield kind, place.changed(statement, new)
    if isinstance(statement, ast.AugAssign):
        for other in OPERATORS.get(type(statement.op), ()):
            yield "arithmetic", _with(statement, op=other())
    if not isinstance(statement, ast.Pass | ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        yield "statement", None


@dataclass
class _Place:
    """Where an expression stands: the way to it from its statement."""

    way: tuple[tuple[str, int | None], ...]
    node: ast.expr
    parent: ast.AST
    name: str

    def changed(self, statement: ast.stmt, new: ast.expr) -> ast.stmt:
        """Return a copy of the statement with another expression here; its blocks are not copied."""
        return _put(statement, self.way, new)  # type: ignore[return-value]


def _put(node: ast.AST, way: tuple[tuple[str, int | None], ...], new: ast.AST) -> ast.AST:
    if not way:
        return new
    (name, at), *rest = way
    made = copy.copy(node)
    value = getattr(node, name)
    if at is None:
        setattr(made, name, _put(value, tuple(rest), new))
    else:
        own = list(value)
        own[at] = _put(own[at], tuple(rest), new)
        setattr(made, name, own)
    return made


def _with(node: ast.stmt, **fields: ast.AST) -> ast.stmt:
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _places(node: ast.AST, way: tuple[tuple[str, int | None], ...] = ()) -> Iterator[_Place]:
    """Yield every expression of a statement, outside of the statements that it holds."""
    for name, value in ast.iter_fields(node):
        parts = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for at, child in parts:
            if isinstance(child, ast.stmt | ast.ExceptHandler) or not isinstance(child, ast.AST):
                continue
            step = (*way, (name, at))
            if isinstance(child, ast.expr):
                yield _Place(step, child, node, name)
            yield from _places(child, step)
