"""Expressions of the grader's own: what right answers and known mistakes are built of, without sympy.

An `Expression` is a tree (:mod:`lintutor.derivations.tree`) with operators, so that a rule reads like one
in sympy and also runs with sympy's symbols; `Eq`, `Max`, `Piecewise`, `exp` and `log`
are called as sympy's are::

    x, delta = symbol("x"), symbol("delta")
    slope = x * Piecewise((1, x + delta > 0), (0, True))

Nothing is simplified and no unknown is more than a name: what it may be is said to whoever compares.
Only the worker and the process that compares load sympy, and both do so while the grader does other work.
"""

from dataclasses import dataclass
from typing import Any

from lintutor.derivations.tree import Tree, number

__all__ = ["Abs", "Condition", "Eq", "Expression", "Max", "Piecewise", "exp", "log", "symbol"]


@dataclass(frozen=True, eq=False)
class Condition:
    """A comparison of two expressions, as a tree: for a `Piecewise`, and for nothing else."""

    tree: Tree

    def __bool__(self) -> bool:
        """Refuse to be true or false: that depends on the unknowns."""
        raise TypeError("a condition is neither true nor false before its unknowns are known")


@dataclass(frozen=True, eq=False)
class Expression:
    """A number that depends on unknowns, as a tree.

    Examples
    --------
    >>> x = symbol("x")
    >>> (x / 2).tree
    ['Mul', ['Symbol', 'x'], ['Pow', ['Integer', 2], ['Integer', -1]]]
    >>> (1 > x).tree
    ['Lt', ['Symbol', 'x'], ['Integer', 1]]
    """

    tree: Tree

    def __add__(self, other: Any) -> "Expression":
        return _made("Add", self, other)

    def __radd__(self, other: Any) -> "Expression":
        return _made("Add", other, self)

    def __mul__(self, other: Any) -> "Expression":
        return _made("Mul", self, other)

    def __rmul__(self, other: Any) -> "Expression":
        return _made("Mul", other, self)

    def __pow__(self, other: Any) -> "Expression":
        return _made("Pow", self, other)

    def __rpow__(self, other: Any) -> "Expression":
        return _made("Pow", other, self)

    def __neg__(self) -> "Expression":
        return -1 * self

    def __sub__(self, other: Any) -> "Expression":
        return self + -1 * _number(other)

    def __rsub__(self, other: Any) -> "Expression":
        return _number(other) + -self

    def __truediv__(self, other: Any) -> "Expression":
        return self * _number(other) ** -1

    def __rtruediv__(self, other: Any) -> "Expression":
        return _number(other) * self**-1

    def __gt__(self, other: Any) -> Condition:
        return Condition(["Gt", self.tree, _number(other).tree])

    def __ge__(self, other: Any) -> Condition:
        return Condition(["Ge", self.tree, _number(other).tree])

    def __lt__(self, other: Any) -> Condition:
        return Condition(["Lt", self.tree, _number(other).tree])

    def __le__(self, other: Any) -> Condition:
        return Condition(["Le", self.tree, _number(other).tree])


def symbol(name: str) -> Expression:
    """Return the unknown of that name."""
    return Expression(["Symbol", name])


def Eq(a: Any, b: Any) -> Condition:
    """Return the condition that two numbers are equal (``==`` asks whether they are one object)."""
    return Condition(["Eq", _number(a).tree, _number(b).tree])


def Max(*parts: Any) -> Expression:
    """Return the largest of some numbers."""
    return _made("Max", *parts)


def Abs(part: Any) -> Expression:
    """Return the absolute value."""
    return _made("Abs", part)


def exp(part: Any) -> Expression:
    """Return the exponential of a number."""
    return _made("exp", part)


def log(part: Any) -> Expression:
    """Return the natural logarithm of a number."""
    return _made("log", part)


def Piecewise(*pieces: tuple[Any, Condition | bool]) -> Expression:
    """Return the value whose condition is the first to hold.

    Examples
    --------
    >>> Piecewise((1, symbol("x") > 0), (0, True)).tree[3:]
    [['Integer', 0], ['Atom', 'true']]
    """
    parts = [part for value, condition in pieces for part in (_number(value).tree, _condition(condition))]
    return Expression(["Piecewise", *parts])


def _made(head: str, *parts: Any) -> Expression:
    return Expression([head, *(_number(part).tree for part in parts)])


def _number(value: Any) -> Expression:
    """Return a number of Python's as an expression, and an expression as it is."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Expression(number(value))
    raise TypeError(f"expected a number or an expression, got {_named(value)}")


def _condition(value: Any) -> Tree:
    if isinstance(value, Condition):
        return value.tree
    if isinstance(value, bool):
        return ["Atom", str(value).lower()]
    raise TypeError(f"expected a condition, True or False, got {_named(value)}")


def _named(value: Any) -> str:
    return "a condition" if isinstance(value, Condition) else f"{value!r}"
