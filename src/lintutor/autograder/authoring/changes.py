"""What can stand in the place of an expression in a mutant: the rules, by kind.

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
BLIND = ("len", "shape", "abs", "zeros_like", "ones_like")  # a minus in what they are given changes nothing
ZEROS = ("zeros", "zeros_like")  # a minus before them changes nothing
AXES = (0, 1, None)


def replacements(node: ast.expr, parent: ast.AST, name: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield kind and what can stand in the place of one expression.

    Parameters
    ----------
    node : ast.expr
    parent : ast.AST
        What it is a part of, and `name` as which part.
    """
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
    if name == "value":
        return isinstance(parent, ast.Assign | ast.AugAssign | ast.Return)
    if isinstance(parent, ast.Call):
        return name == "args" and _called(parent) not in BLIND
    return isinstance(parent, ast.Tuple | ast.List | ast.ListComp | ast.GeneratorExp)


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
