"""Small wrong changes of a worked answer, all that a few rules give: one change a mutant.

A mutant differs from the worked answer in one place of its syntax tree, between the marks of the
exercise. The rules, by kind:

arithmetic
    another operator for ``+ - * / // % ** @`` (in ``+=`` too), one operand alone
comparison
    each other one of ``< <= > >= == !=``, ``is`` and ``in`` turned round
index
    a neighbor of an index, indices in another order, a slice without an end or with another one, a
    ``range`` with one step more or less, no index at all
axis
    another axis or none, ``keepdims`` turned round, no ``.T``
constant
    a number plus and minus one, 0, 1, negated, doubled, halved; ``True`` for ``False``
sign
    no minus where there is one, a minus before a value, an argument or an index where there is none
logic
    ``and`` for ``or``, a condition turned round, ``break`` for ``continue``
function
    ``maximum`` for ``minimum`` and others like it, or the argument of a call in place of its result
statement
    nothing in place of a statement
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..project import ProjectError
from ..stubs import BEGIN, END, STUB

__all__ = ["KINDS", "Mutant", "mutants"]

KINDS = (
    "arithmetic", "comparison", "index", "axis", "constant", "sign", "logic", "function", "statement",
)  # fmt: skip
OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult, ast.Div),
    ast.Sub: (ast.Add, ast.Mult, ast.Div),
    ast.Mult: (ast.Add, ast.Sub, ast.Div, ast.Pow),
    ast.Div: (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult, ast.Mod),
    ast.Mod: (ast.FloorDiv, ast.Mult),
    ast.Pow: (ast.Mult, ast.Add),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
TWINS = [
    ("maximum", "minimum"), ("max", "min"), ("argmax", "argmin"), ("sum", "mean"), ("zeros", "ones"),
    ("zeros_like", "ones_like"), ("floor", "ceil"), ("exp", "expm1"), ("log", "log1p"), ("any", "all"),
]  # fmt: skip
OTHER_NAME = {**dict(TWINS), **{b: a for a, b in TWINS}}
NUMBERS = (ast.BinOp, ast.Call, ast.Name, ast.Subscript, ast.Attribute)  # what a minus can stand before
ZEROS = ("zeros", "zeros_like")  # a minus before them changes nothing
AXES = (0, 1, None)


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
        for kind, new in _replaced(place.node, place.parent, place.name):
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


def _replaced(node: ast.expr, parent: ast.AST, name: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield kind and what can stand in the place of one expression."""
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        if isinstance(node, ast.Subscript):
            yield from _indices(node)
        return
    if isinstance(parent, ast.FormattedValue | ast.JoinedStr | ast.arg | ast.Raise):
        return
    if isinstance(node, ast.BinOp):
        for other in OPERATORS.get(type(node.op), ()):
            yield "arithmetic", ast.BinOp(node.left, other(), node.right)
        yield "arithmetic", node.left
        yield "arithmetic", node.right
    elif isinstance(node, ast.Compare):
        yield from _comparisons(node)
    elif isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "logic", ast.BoolOp(other_op, node.values)
        for at in range(len(node.values)):
            rest = node.values[:at] + node.values[at + 1 :]
            yield "logic", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp):
        yield "logic" if isinstance(node.op, ast.Not) else "sign", node.operand
    elif isinstance(node, ast.IfExp):
        yield "logic", ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Constant):
        yield from _constants(node, parent, name)
    elif isinstance(node, ast.Subscript):
        yield from _indices(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "axis", node.value
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    if name == "test" and isinstance(parent, ast.If | ast.While | ast.IfExp | ast.comprehension):
        yield "logic", ast.UnaryOp(ast.Not(), node)
    if name == "ifs":
        yield "logic", ast.UnaryOp(ast.Not(), node)
    if isinstance(node, NUMBERS) and _takes_sign(parent, name) and _called(node) not in ZEROS:
        yield "sign", ast.UnaryOp(ast.USub(), node)


def _takes_sign(parent: ast.AST, name: str) -> bool:
    """Whether a value stands where a minus would change a result: it is kept, given back or passed on."""
    return (name == "value" and isinstance(parent, ast.Assign | ast.AugAssign | ast.Return)) or (
        isinstance(parent, ast.Call | ast.Tuple | ast.List | ast.ListComp | ast.GeneratorExp)
        and name in ("args", "elts", "elt")
    )


def _comparisons(node: ast.Compare) -> Iterator[tuple[str, ast.expr]]:
    for at, op in enumerate(node.ops):
        others = (
            [OPPOSITES[type(op)]] if type(op) in OPPOSITES else [c for c in COMPARISONS if c is not type(op)]
        )
        for other in others:
            yield (
                "comparison",
                ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators),
            )


def _constants(node: ast.Constant, parent: ast.AST, name: str) -> Iterator[tuple[str, ast.expr]]:
    value = node.value
    if isinstance(value, bool):
        is_keepdims = isinstance(parent, ast.keyword) and parent.arg == "keepdims"
        yield "axis" if is_keepdims else "constant", ast.Constant(not value)
    elif isinstance(parent, ast.keyword) and parent.arg == "axis":
        for axis in AXES:
            if axis != value and (axis, value) != (1, -1):  # of a matrix the same
                yield "axis", ast.Constant(axis)
    elif isinstance(value, int | float):
        others: list[float] = [value + 1, value - 1, 0, 1, -value, 2 * value]
        if isinstance(value, float):
            others.append(value / 2)
        kind = "index" if name == "slice" or isinstance(parent, ast.Slice) else "constant"
        for other in dict.fromkeys(others):
            if other != value:
                yield kind, ast.Constant(other)


def _indices(node: ast.Subscript) -> Iterator[tuple[str, ast.expr]]:
    def indexed(new: ast.expr) -> ast.expr:
        return ast.Subscript(node.value, new, node.ctx)

    if isinstance(node.ctx, ast.Load):
        yield "index", node.value
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]

    def whole(at: int, new: ast.expr) -> ast.expr:
        own = [*parts[:at], new, *parts[at + 1 :]]
        return indexed(ast.Tuple(own, ast.Load()) if isinstance(node.slice, ast.Tuple) else own[0])

    for at, part in enumerate(parts):
        if isinstance(part, ast.Slice):
            for end in ("lower", "upper", "step"):
                if getattr(part, end) is not None:
                    yield "index", whole(at, _with_end(part, end, None))
            for end in ("lower", "upper"):
                bound = getattr(part, end)
                if bound is not None and not isinstance(bound, ast.Constant):
                    for moved in _neighbors(bound):
                        yield "index", whole(at, _with_end(part, end, moved))
        elif not isinstance(part, ast.Constant | ast.UnaryOp):
            for moved in _neighbors(part):
                yield "index", whole(at, moved)
    for at in range(len(parts) - 1):
        swapped = [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]
        yield "index", indexed(ast.Tuple(swapped, ast.Load()))


def _with_end(part: ast.Slice, end: str, value: ast.expr | None) -> ast.Slice:
    made = copy.copy(part)
    setattr(made, end, value)
    return made


def _neighbors(node: ast.expr) -> list[ast.expr]:
    return [ast.BinOp(node, op, ast.Constant(1)) for op in (ast.Add(), ast.Sub())]


def _called(node: ast.expr) -> str:
    """Return the last name of what is called, or nothing where an expression is no call."""
    function = getattr(node, "func", None)
    return str(getattr(function, "attr", getattr(function, "id", "")))


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    name = _called(node)
    if name in OTHER_NAME:
        other: ast.expr = ast.Name(OTHER_NAME[name], ast.Load())
        if isinstance(node.func, ast.Attribute):
            other = ast.Attribute(node.func.value, OTHER_NAME[name], ast.Load())
        yield "function", ast.Call(other, node.args, node.keywords)
    is_method = isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name)
    if isinstance(node.func, ast.Attribute) and (
        is_method or name in ("copy", "astype", "sum", "mean", "reshape")
    ):
        yield "function", node.func.value
    elif node.args and not isinstance(node.args[0], ast.Starred) and name != "range":
        yield "function", node.args[0]
    if name == "range":
        yield from _ranges(node)
    for at, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:at], *node.keywords[at + 1 :]]
        if keyword.arg == "axis":
            yield "axis", ast.Call(node.func, node.args, rest)
        elif keyword.arg not in (None, "keepdims"):
            yield "function", ast.Call(node.func, node.args, rest)


def _ranges(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    for at, bound in enumerate(node.args[:2]):
        if not isinstance(bound, ast.Constant):
            for moved in _neighbors(bound):
                yield "index", ast.Call(node.func, [*node.args[:at], moved, *node.args[at + 1 :]], [])
    if len(node.args) == 1:
        yield "index", ast.Call(node.func, [ast.Constant(1), *node.args], [])
