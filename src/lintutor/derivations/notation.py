"""The book's notation as sympy objects: each prints short and unfolds to its definition.

Every abbreviation (``s_j``, ``m_j``, ``max(0, .)``, ``1[.]``, a sum over the wrong classes) is a class
with :meth:`Defined.unfold`, which returns plain sympy: ``Sum``, ``Indexed``, ``KroneckerDelta`` and
explicit ``Piecewise``. The printer shows the abbreviation, the verifier works on the definition.

Symbols live here and nowhere else: two symbols of one name but other assumptions do not cancel.
"""

from collections.abc import Callable
from typing import Any

from sympy import (
    Abs,
    Basic,
    Expr,
    Idx,
    Indexed,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Piecewise,
    Pow,
    Product,
    S,
    Sum,
    Symbol,
    exp,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanFunction

__all__ = [
    "At",
    "Defined",
    "Every",
    "Group",
    "Hinge",
    "Indicator",
    "Partial",
    "ProductOver",
    "Ratio",
    "Row",
    "Sigmoid",
    "Some",
    "SumOver",
    "SumWrong",
    "abbreviation",
    "has_kinked_derivative",
    "index",
    "is_condition",
    "positive",
    "real",
    "size",
    "unfold",
]


def size(name: str) -> Symbol:
    """Return a symbol for a positive whole number: C, D, N."""
    return Symbol(name, integer=True, positive=True)


def index(name: str) -> Symbol:
    """Return a symbol for an index, a whole number from 0 up."""
    return Symbol(name, integer=True, nonnegative=True)


def real(name: str) -> Symbol:
    """Return a symbol for a real number."""
    return Symbol(name, real=True)


def positive(name: str) -> Symbol:
    """Return a symbol for a real number above zero."""
    return Symbol(name, positive=True)


class Defined(Expr):  # type: ignore[misc]
    """An abbreviation: a sympy expression with a short name and a definition."""

    is_commutative = True
    is_real = True

    def __new__(cls, *args: Any) -> Any:
        """Build without evaluating anything."""
        for arg in args:
            if not isinstance(arg, (Basic, int)):
                raise TypeError(f"{cls.__name__} takes sympy objects and whole numbers, got {arg!r}")
        return Expr.__new__(cls, *[a if isinstance(a, Basic) else Integer(a) for a in args])

    def unfold(self) -> Expr:
        """Return the definition, one level deep; each abbreviation has its own."""
        raise NotImplementedError(f"{type(self).__name__} defines no unfold()")

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols that the definition leaves free."""
        return set(self.unfold().free_symbols)

    def _eval_derivative(self, variable: Any) -> Expr:
        return self.unfold().diff(variable)


class Group(Defined):
    """Parentheses that the reader should see: ``(s_j + c)`` stays together."""

    def unfold(self) -> Expr:
        """Return what stands inside."""
        return self.args[0]


class Hinge(Defined):
    """``max(0, m)``, written as an explicit ``Piecewise`` (``Heaviside(0)`` would be one half)."""

    is_nonnegative = True

    def unfold(self) -> Expr:
        """Return ``m`` where ``m > 0``, else 0."""
        m = self.args[0]
        return Piecewise((m, m > 0), (S.Zero, True))


class Indicator(Defined):
    """``1[condition]``: one where the condition holds, else zero."""

    is_nonnegative = True

    def unfold(self) -> Expr:
        """Return the ``Piecewise`` of 1 and 0."""
        return Piecewise((S.One, self.args[0]), (S.Zero, True))


class SumOver(Defined):
    """``SumOver(f, j, n)``: the sum of f over j = 0 .. n-1."""

    def unfold(self) -> Expr:
        """Return the ``Sum``."""
        f, j, n = self.args
        return Sum(f, (j, 0, n - 1))


class ProductOver(Defined):
    """``ProductOver(f, j, n)``: the product of f over j = 0 .. n-1."""

    def unfold(self) -> Expr:
        """Return the ``Product``."""
        f, j, n = self.args
        return Product(f, (j, 0, n - 1))


class Ratio(Defined):
    """``Ratio(a, b)``: a over b, printed as one fraction."""

    def unfold(self) -> Expr:
        """Return the quotient."""
        return self.args[0] / self.args[1]


class Sigmoid(Defined):
    """The sigmoid of z, ``1 / (1 + exp(-z))``: a number between 0 and 1."""

    is_positive = True

    def unfold(self) -> Expr:
        """Return the quotient that it stands for."""
        return 1 / (1 + exp(-self.args[0]))


class SumWrong(Defined):
    """``SumWrong(f, j, n, y, ...)``: the sum of f over j = 0 .. n-1 except j = y (and further ones)."""

    def unfold(self) -> Expr:
        """Return the ``Sum`` with a factor ``1 - KroneckerDelta`` for each class left out."""
        f, j, n, *left_out = self.args
        for y in left_out:
            f = (1 - KroneckerDelta(j, y)) * f
        return Sum(f, (j, 0, n - 1))


class Partial(Defined):
    """``Partial(f, v)``: the partial derivative of f by v, not yet carried out."""

    def unfold(self) -> Expr:
        """Return the derivative, by sympy's ``diff`` of the unfolded f."""
        f, v = self.args
        return unfold(f).diff(v)


class At(Defined):
    """``At(f, A, value)``: f with every entry of the indexed A (or the symbol A) set to `value`."""

    def unfold(self) -> Expr:
        """Return f with the value put in."""
        f, base, value = self.args
        full = unfold(f)
        if isinstance(base, IndexedBase):
            return full.replace(lambda e: isinstance(e, Indexed) and e.base == base, lambda e: value)
        return full.subs(base, value)


class Row(Defined):
    """A row of expressions, compared entry by entry."""

    def unfold(self) -> Expr:
        """Return the row with every entry unfolded."""
        return Row(*[unfold(a) for a in self.args])


class _Quantifier(BooleanFunction):  # type: ignore[misc]
    """A condition bound over a variable; see :class:`Every` and :class:`Some`."""

    @classmethod
    def eval(cls, *args: Any) -> None:
        """Leave the quantifier as it is written."""


class Every(_Quantifier):
    """``Every(condition, m)``: the condition holds for every real m."""


class Some(_Quantifier):
    """``Some(condition, k, n, y)``: it holds for at least one k = 0 .. n-1 other than y."""


def unfold(expr: Any) -> Any:
    """Return `expr` with every abbreviation replaced by its definition, all the way down.

    Examples
    --------
    >>> m = real("m")
    >>> unfold(Hinge(m) + 1)
    Piecewise((m, m > 0), (0, True)) + 1
    """
    if isinstance(expr, Row):
        return Row(*[unfold(a) for a in expr.args])
    if isinstance(expr, Defined):
        return unfold(expr.unfold())
    if not getattr(expr, "args", ()) or isinstance(expr, (Indexed, Idx)):
        return expr
    args = [unfold(a) for a in expr.args]
    if all(new is old for new, old in zip(args, expr.args, strict=True)):
        return expr
    return expr.func(*args)


def abbreviation(name: str, definition: Callable[..., Any], after: str = "") -> type[Defined]:
    """Return a class of abbreviations ``name_index`` with the definition given as a function.

    Parameters
    ----------
    name : str
        The letter the reader sees.
    definition : callable
        From the indices to the sympy expression that the letter stands for.
    after : str
        TeX printed after the indices.

    Examples
    --------
    >>> x = IndexedBase("x", real=True)
    >>> double = abbreviation("t", lambda j: 2 * x[j])
    >>> double(index("j")).unfold()
    2*x[j]
    """

    def unfolded(self: Any) -> Any:
        return definition(*self.args)

    doc = f"The abbreviation {name}."
    return type(name, (Defined,), {"letter": name, "after": after, "unfold": unfolded, "__doc__": doc})


def is_condition(expr: Any) -> bool:
    """Return whether `expr` is a statement (true or false) and not a number."""
    return isinstance(expr, (Relational, Boolean)) and not isinstance(expr, Symbol)


def has_kinked_derivative(expr: Any) -> bool:
    """Return whether `expr` holds a derivative of something with kinks or jumps.

    The square of a hinge has none: its slope, ``2 max(0, m)``, is 0 on both sides of ``m = 0``.

    Examples
    --------
    >>> m = real("m")
    >>> has_kinked_derivative(Partial(Hinge(m), m)), has_kinked_derivative(Partial(Hinge(m) ** 2, m))
    (True, False)
    """
    if isinstance(expr, Partial):
        return _kinked(expr.args[0])
    if isinstance(expr, Defined) and not isinstance(expr, (Hinge, Indicator, Row, At, SumOver, SumWrong)):
        return has_kinked_derivative(expr.unfold())
    return any(has_kinked_derivative(part) for part in getattr(expr, "args", ()))


def _kinked(expr: Any) -> bool:
    if isinstance(expr, Pow) and isinstance(expr.base, Hinge) and expr.exp.is_Integer and expr.exp >= 2:
        return _kinked(expr.base.args[0])
    if isinstance(expr, (Hinge, Indicator, Piecewise, Abs, Max, Min, KroneckerDelta)):
        return not isinstance(expr, KroneckerDelta)  # a delta compares indices, which do not move
    if isinstance(expr, Defined) and not isinstance(expr, (Partial, SumOver, SumWrong)):
        return _kinked(expr.unfold())
    return any(_kinked(part) for part in getattr(expr, "args", ()))
