"""Expressions as plain nested lists from a closed list of heads: the form in which they cross.

``["Add", ["Symbol", "x"], ["Integer", 1]]`` is x + 1. A tree is measured before anything is built from
it: number of nodes, depth, size of integers. It is built without evaluation, and its symbols become
the grader's own. ``sympify`` and ``parse_expr`` evaluate code and are used nowhere.

sympy is loaded by the functions that need it, so that measuring a tree costs nothing. The file stands
alone, because the grader lends it to its workers.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

__all__ = [
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_NODES",
    "Refused",
    "decode",
    "encode",
    "measure",
    "number",
    "symbol",
]

MAX_NODES = 2_000
MAX_DEPTH = 60
MAX_DIGITS = 12

Tree = list[Any]

#: what a symbol of each kind is assumed to be
KINDS: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "index": {"integer": True, "nonnegative": True},
    "size": {"integer": True, "positive": True},
}

#: head, which is the name of the class in sympy -> (fewest arguments, most arguments)
HEADS: dict[str, tuple[int, int]] = {
    "Add": (1, MAX_NODES),
    "Mul": (1, MAX_NODES),
    "Pow": (2, 2),
    "exp": (1, 1),
    "log": (1, 1),
    "sin": (1, 1),
    "cos": (1, 1),
    "tanh": (1, 1),
    "Abs": (1, 1),
    "sign": (1, 1),
    "Heaviside": (1, 2),
    "DiracDelta": (1, 1),
    "Max": (1, 20),
    "Min": (1, 20),
    "KroneckerDelta": (2, 2),
    "Gt": (2, 2),
    "Ge": (2, 2),
    "Lt": (2, 2),
    "Le": (2, 2),
    "Eq": (2, 2),
    "Ne": (2, 2),
    "And": (1, 20),
    "Or": (1, 20),
    "Not": (1, 1),
}
ATOMS = ("pi", "E", "true", "false")
#: the heads that are built by hand: Integer, Rational, Symbol, Indexed, Piecewise, Sum
SPECIAL = ("Integer", "Rational", "Symbol", "Indexed", "Piecewise", "Sum")


class Refused(ValueError):
    """A tree that is too large, too deep, malformed, or has a head or name outside the list."""


def measure(tree: Any) -> int:
    """Return the number of nodes of a tree; raises Refused where a bound is exceeded.

    Walks with a list of its own, so that no depth can exhaust the interpreter.

    Examples
    --------
    >>> measure(["Add", ["Symbol", "x"], ["Integer", 1]])
    3
    """
    nodes, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if nodes > MAX_NODES:
            raise Refused(f"the expression has more than {MAX_NODES} parts")
        if depth > MAX_DEPTH:
            raise Refused(f"the expression is nested more than {MAX_DEPTH} deep")
        if not isinstance(node, list) or not node or not isinstance(node[0], str):
            raise Refused("a part of the expression is not a list that begins with a head")
        if len(node) > MAX_NODES:
            raise Refused(f"the expression has more than {MAX_NODES} parts")
        head, arguments = node[0], node[1:]
        if head in ("Integer", "Rational"):
            _check_whole(head, arguments)
        elif head in ("Symbol", "Atom"):
            if len(arguments) != 1 or not isinstance(arguments[0], str) or len(arguments[0]) > 40:
                raise Refused(f"{head} needs one short name")
        elif head in HEADS or head in SPECIAL:
            waiting.extend((argument, depth + 1) for argument in arguments)
        else:
            raise Refused(f"{head[:40]!r} is not in the list of heads")
    return nodes


def _check_whole(head: str, arguments: list[Any]) -> None:
    if len(arguments) != (1 if head == "Integer" else 2):
        raise Refused(f"{head} has the wrong number of parts")
    for number in arguments:
        if not isinstance(number, int) or isinstance(number, bool):
            raise Refused(f"{head} needs whole numbers, got {type(number).__name__}")
        if abs(number) >= 10**MAX_DIGITS:
            raise Refused(f"a whole number has more than {MAX_DIGITS} digits")
    if head == "Rational" and arguments[1] == 0:
        raise Refused("a fraction has the denominator 0")


def symbol(name: str, kind: str) -> Any:
    """Return the symbol that a learner's function is given for an unknown of a kind.

    Examples
    --------
    >>> symbol("delta", "positive").is_positive
    True
    """
    import sympy as sp

    return sp.Symbol(name, **KINDS[kind])


@cache
def _heads() -> dict[Any, str]:
    """Return the head of each class of sympy that has one."""
    import sympy as sp

    return {getattr(sp, head): head for head in HEADS}


@cache
def _atoms() -> dict[str, Any]:
    """Return what the atoms are in sympy."""
    import sympy as sp

    return {name: getattr(sp, name) for name in ATOMS}


def encode(expr: Any) -> Tree:
    """Return an expression as a tree; raises Refused where a head is not in the list.

    Examples
    --------
    >>> encode(symbol("x", "real") ** 2)
    ['Pow', ['Symbol', 'x'], ['Integer', 2]]
    """
    import sympy as sp

    if isinstance(expr, sp.Integer):
        return ["Integer", int(expr)]
    if isinstance(expr, sp.Rational):
        return ["Rational", int(expr.p), int(expr.q)]
    if isinstance(expr, sp.Float):
        return number(float(expr))
    if isinstance(expr, sp.Symbol):
        return ["Symbol", expr.name]
    for name, atom in _atoms().items():
        if expr == atom:
            return ["Atom", name]
    if isinstance(expr, sp.Indexed):
        return ["Indexed", ["Symbol", str(expr.base.label)], *map(encode, expr.indices)]
    if isinstance(expr, sp.Piecewise):
        return ["Piecewise", *(encode(part) for piece in expr.args for part in piece.args)]
    if isinstance(expr, sp.Sum):
        return ["Sum", encode(expr.function), *(encode(part) for limit in expr.limits for part in limit)]
    head = _heads().get(getattr(expr, "func", None))
    if head is None:
        raise Refused(f"{type(expr).__name__} is not in the list of heads")
    return [head, *map(encode, expr.args)]


def number(value: float) -> Tree:
    """Return a number as a tree, a decimal as the short fraction that it stands for.

    Examples
    --------
    >>> number(-2), number(0.1)
    (['Integer', -2], ['Rational', 1, 10])
    """
    exact = Fraction(value).limit_denominator(10**6) if abs(value) < 10**MAX_DIGITS else Fraction(0)
    if float(exact) != value:
        raise Refused(f"the number {value:g} stands for no short fraction")
    whole = exact.denominator == 1
    return ["Integer", int(exact)] if whole else ["Rational", exact.numerator, exact.denominator]


def decode(tree: Any, names: Mapping[str, Any]) -> Any:
    """Return the expression of a tree, built without evaluation, in the symbols of `names`.

    Parameters
    ----------
    tree : nested lists
    names : mapping of str to Symbol or IndexedBase
        What a name stands for; a bound index of a sum needs no entry.

    Raises
    ------
    Refused
        For a tree that :func:`measure` refuses, a name that is not known, or parts that do not fit.

    Examples
    --------
    >>> decode(["Mul", ["Integer", 2], ["Symbol", "x"]], {"x": symbol("x", "real")})
    2*x
    """
    measure(tree)
    return _build(tree, dict(names))


def _build(tree: Tree, names: dict[str, Any]) -> Any:
    import sympy as sp

    head, *arguments = tree
    if head == "Integer":
        return sp.Integer(arguments[0])
    if head == "Rational":
        return sp.Rational(*arguments)
    if head in ("Symbol", "Atom"):
        known = names if head == "Symbol" else _atoms()
        if arguments[0] not in known:
            raise Refused(
                f"the name {arguments[0]!r} is not known here; there are {', '.join(sorted(known))}"
            )
        return known[arguments[0]]
    if head == "Sum":
        return _build_sum(arguments, names)
    if head == "Indexed" and not arguments:
        raise Refused("an indexed name needs a name and indices")
    parts = [_build(argument, names) for argument in arguments]
    if head == "Indexed":
        return _build_indexed(parts)
    if head == "Piecewise":
        if len(parts) % 2 or not parts:
            raise Refused("a Piecewise needs pairs of value and condition")
        return sp.Piecewise(*zip(parts[::2], parts[1::2], strict=True), evaluate=False)
    fewest, most = HEADS[head]
    if not fewest <= len(parts) <= most:
        raise Refused(f"{head} cannot have {len(parts)} parts")
    logic = head in ("And", "Or", "Not")
    if any(_is_truth(part) != logic for part in parts):
        raise Refused(f"{head} was given {'a number' if logic else 'a condition'}")
    cls = getattr(sp, head)
    if head == "KroneckerDelta":
        return cls(*parts)  # has no unevaluated form, and its arguments are small
    return cls(*parts, evaluate=False)


def _is_truth(part: Any) -> bool:
    import sympy as sp

    return isinstance(part, (sp.logic.boolalg.Boolean, sp.core.relational.Relational)) and not isinstance(
        part, sp.Symbol
    )


def _build_indexed(parts: list[Any]) -> Any:
    import sympy as sp

    base, *indices = parts
    if not isinstance(base, sp.IndexedBase) or not indices:
        raise Refused("an indexed name needs a name of an array and indices")
    if not all(part.is_Symbol or part.is_Integer for part in indices):
        raise Refused("an index must be a symbol or a whole number")
    return sp.Indexed(base, *indices)


def _build_sum(arguments: list[Any], names: dict[str, Any]) -> Any:
    import sympy as sp

    body, *limits = arguments
    if len(limits) % 3 or not limits or len(limits) > 9:
        raise Refused("a Sum needs a body and, for each index, its name and two bounds")
    inner, triples = dict(names), []
    for variable, low, high in zip(limits[::3], limits[1::3], limits[2::3], strict=True):
        if variable[0] != "Symbol":
            raise Refused("a Sum runs over a symbol")
        symbol = sp.Symbol(variable[1], integer=True, nonnegative=True)
        triples.append((symbol, _build(low, names), _build(high, names)))
        inner[variable[1]] = symbol
    return sp.Sum(_build(body, inner), *triples)
