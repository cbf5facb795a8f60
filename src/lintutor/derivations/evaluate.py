"""Exact evaluation of expressions at points, derivatives and ties included.

An expression is turned once into nested Python closures and then called at many points, which are
integers or ``fractions.Fraction``. Functions that leave the rationals (exp, log, roots) go through
mpmath at 50 digits. Derivatives are carried along as dual numbers, independently of sympy's ``diff``.
Nothing here lets sympy evaluate: a hostile power is refused by its size before it is computed.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from lintutor.derivations.exact import (
    CONSTANTS,
    FUNCTIONS,
    MAX_BITS,
    Dual,
    Kink,
    NoValue,
    TooLarge,
    Unknown,
    bits,
    comparable,
    parts,
    power,
    same,
)
from lintutor.derivations.notation import At, Defined, Every, Partial, Row, Some, SumOver, SumWrong
from lintutor.derivations.processes import Computed

__all__ = ["Closure", "Env", "Remembered", "compile_expr", "remembered"]

Env = dict[str, Any]
Closure = Callable[[Env], Any]
MAX_TERMS = 10_000


def compile_expr(expr: Any) -> Closure:
    """Return a function from a point to the exact value of `expr` there.

    Parameters
    ----------
    expr : sympy expression, relation or row
        Abbreviations of :mod:`lintutor.derivations.notation` are unfolded on the way.

    Returns
    -------
    callable (dict) -> int, Fraction, mpf, bool or tuple
        The point maps names to numbers, and names of arrays to nested tuples.

    Raises
    ------
    Unknown
        For a head that has no rule; the call raises Kink, NoValue, TooLarge, ZeroDivisionError.

    Examples
    --------
    >>> x = sp.Symbol("x")
    >>> compile_expr(x**2 / 3)({"x": 2})
    Fraction(4, 3)
    """
    if isinstance(expr, sp.Integer):
        number: Any = int(expr)
        return lambda env: number
    if isinstance(expr, sp.Rational):
        number = Fraction(int(expr.p), int(expr.q))
        return lambda env: number
    if expr in (sp.true, sp.false):
        truth = bool(expr)
        return lambda env: truth
    if expr in CONSTANTS:
        return lambda env: +CONSTANTS[expr]
    if isinstance(expr, sp.Symbol):
        name = expr.name
        return lambda env: env[name]
    for heads, rule in RULES:
        if isinstance(expr, heads):
            return rule(expr)
    raise Unknown(f"no rule for {type(expr).__name__}")


def _add(expr: Any) -> Closure:
    parts = [compile_expr(a) for a in expr.args]

    def run(env: Env) -> Any:
        total: Any = 0
        for part in parts:
            total = total + part(env)
        return total

    return run


def _mul(expr: Any) -> Closure:
    parts = [compile_expr(a) for a in expr.args]

    def run(env: Env) -> Any:
        product: Any = 1
        for part in parts:
            product = product * part(env)
        if not isinstance(product, Dual) and bits(product) > MAX_BITS:
            raise TooLarge(f"a product with more than {MAX_BITS} bits")
        return product

    return run


def _pow(expr: Any) -> Closure:
    base, exponent = compile_expr(expr.args[0]), compile_expr(expr.args[1])
    return lambda env: power(base(env), exponent(env))


def _indexed(expr: Any) -> Closure:
    name = expr.base.label.name
    indices = [compile_expr(i) for i in expr.indices]

    def run(env: Env) -> Any:
        where = tuple(i(env) for i in indices)
        value = env[name]
        for i in where:
            if not 0 <= i < len(value):
                raise NoValue(f"{name} has no entry {where}")
            value = value[i]
        return Dual(value, 1) if env.get("along") == (name, where) else value

    return run


def _loop(body: Closure, name: str, low: Closure, high: Closure, skip: list[Closure]) -> Callable[[Env], Any]:
    """Return a generator of the values of `body` as `name` runs from low to high."""

    def run(env: Env) -> Iterator[Any]:
        first, last, left_out = low(env), high(env), [s(env) for s in skip]
        if last - first > MAX_TERMS:
            raise TooLarge(f"a sum of more than {MAX_TERMS} terms")
        inner = dict(env)
        if "choices" in env:
            inner["choices"] = env["choices"]  # one list, shared on purpose
        for value in range(int(first), int(last) + 1):
            if value not in left_out:
                inner[name] = value
                yield body(inner)

    return run


def _total(values: Callable[[Env], Any]) -> Closure:
    def run(env: Env) -> Any:
        total: Any = 0
        for value in values(env):
            total = total + value
        return total

    return run


def _sum(expr: Any) -> Closure:
    body = compile_expr(expr.function)
    for variable, low, high in expr.limits:
        body = _total(_loop(body, variable.name, compile_expr(low), compile_expr(high), []))
    return body


def _product_over(expr: Any) -> Closure:
    body = compile_expr(expr.function)
    for variable, low, high in expr.limits:
        body = _multiplied(_loop(body, variable.name, compile_expr(low), compile_expr(high), []))
    return body


def _multiplied(values: Callable[[Env], Any]) -> Closure:
    def run(env: Env) -> Any:
        product: Any = 1
        for value in values(env):
            product = product * value
            if not isinstance(product, Dual) and bits(product) > MAX_BITS:
                raise TooLarge(f"a product with more than {MAX_BITS} bits")
        return product

    return run


def _sum_over(expr: Any) -> Closure:
    f, j, n, *left_out = expr.args
    skip = [compile_expr(y) for y in left_out]
    return _total(_loop(compile_expr(f), j.name, lambda env: 0, compile_expr(n - 1), skip))


def _some(expr: Any) -> Closure:
    condition, k, n, *left_out = expr.args
    skip = [compile_expr(y) for y in left_out]
    values = _loop(compile_expr(condition), k.name, lambda env: 0, compile_expr(n - 1), skip)
    return lambda env: any(values(env))


def _every(expr: Any) -> Closure:
    condition, name = compile_expr(expr.args[0]), expr.args[1].name
    grid = [Fraction(n, 2) for n in range(-6, 7)]
    return lambda env: all(condition({**env, name: value}) for value in grid)


def _delta(expr: Any) -> Closure:
    a, b = compile_expr(expr.args[0]), compile_expr(expr.args[1])
    return lambda env: int(a(env) == b(env))


def _relation(expr: Any) -> Closure:
    a, b = compile_expr(expr.lhs), compile_expr(expr.rhs)
    tests: dict[Any, Any] = {
        sp.Gt: lambda x, y: x > y,
        sp.Ge: lambda x, y: x >= y,
        sp.Lt: lambda x, y: x < y,
        sp.Le: lambda x, y: x <= y,
        sp.Eq: lambda x, y: x == y,
        sp.Ne: lambda x, y: x != y,
    }
    test = tests[expr.func]

    def run(env: Env) -> bool:
        left, right = comparable(parts(a(env))[0], parts(b(env))[0])
        if "choices" in env and left == right and expr.func not in (sp.Eq, sp.Ne):
            return _choose(env)
        return bool(test(left, right))

    return run


def _choose(env: Env) -> bool:
    """On a boundary, under a derivative: take the side that the driver asks for."""
    state = env["choices"]
    taken = state["next"]
    state["next"] += 1
    if taken == len(state["plan"]):
        if taken >= 6:
            raise Kink("too many ties at once")
        state["plan"].append(False)
    return bool(state["plan"][taken])


def _piecewise(expr: Any) -> Closure:
    pieces = [(compile_expr(e), compile_expr(c)) for e, c in expr.args]

    def run(env: Env) -> Any:
        for value, condition in pieces:
            if condition(env):
                return value(env)
        raise NoValue("no piece applies")

    return run


def _step(expr: Any) -> Closure:
    """Heaviside and sign as the pieces they are."""
    m, *at_zero = expr.args
    below, here = (0, at_zero[0] if at_zero else sp.S.Half) if expr.func is sp.Heaviside else (-1, 0)
    above_zero, below_zero = (relation(m, 0, evaluate=False) for relation in (sp.Gt, sp.Lt))
    return _piecewise(sp.Piecewise((1, above_zero), (below, below_zero), (here, True), evaluate=False))


def _impulse(expr: Any) -> Closure:
    """The derivative of a step: 0, with no value at the step itself."""
    m = compile_expr(expr.args[0])

    def run(env: Env) -> int:
        if parts(m(env))[0] == 0:
            raise NoValue("an impulse")
        return 0

    return run


def _logic(expr: Any) -> Closure:
    parts = [compile_expr(a) for a in expr.args]
    if isinstance(expr, sp.Not):
        return lambda env: not parts[0](env)
    combine = all if isinstance(expr, sp.And) else any
    return lambda env: combine(part(env) for part in parts)


def _partial(expr: Any) -> Closure:
    """Compile a derivative: at a tie every side is tried, and all must agree."""
    f, variable = compile_expr(expr.args[0]), expr.args[1]
    name = variable.base.label.name if isinstance(variable, sp.Indexed) else variable.name
    indices = [compile_expr(i) for i in getattr(variable, "indices", ())]

    def run(env: Env) -> Any:
        inner = dict(env)
        if indices:
            inner["along"] = (name, tuple(i(env) for i in indices))
        else:
            inner[name] = Dual(env[name], 1)
        plan: list[bool] = []
        found: list[tuple[Any, Any]] = []
        while True:
            inner["choices"] = {"plan": plan, "next": 0}
            found.append(parts(f(inner)))
            while plan and plan[-1]:
                plan.pop()
            if not plan:
                break
            plan[-1] = True
        if any(not same(pair, found[0]) for pair in found[1:]):
            raise Kink("the one-sided derivatives differ")
        return found[0][1]

    return run


def _row(expr: Any) -> Closure:
    parts = [compile_expr(a) for a in expr.args]
    return lambda env: tuple(part(env) for part in parts)


def _call(expr: Any) -> Closure:
    if expr.func not in FUNCTIONS or len(expr.args) != 1:
        raise Unknown(f"no rule for {type(expr).__name__}")
    function, argument = FUNCTIONS[expr.func], compile_expr(expr.args[0])
    return lambda env: function(argument(env))


def _extreme(expr: Any) -> Closure:
    """Max and Min as the pieces they are, so that ties are seen."""
    parts = list(expr.args)
    if isinstance(expr, sp.Abs):
        parts = [parts[0], sp.Mul(-1, parts[0], evaluate=False)]
    relation = sp.Ge if not isinstance(expr, sp.Min) else sp.Le
    closures = [compile_expr(p) for p in parts]
    closer = [[_relation(relation(p, q, evaluate=False)) for q in parts] for p in parts]

    def run(env: Env) -> Any:
        best = 0
        for i in range(1, len(parts)):
            if not closer[best][i](env):
                best = i
        return closures[best](env)

    return run


class Remembered:
    """A compiled expression that keeps its values, since each line is compared with two others."""

    def __init__(self, closure: Closure) -> None:
        self.closure = closure
        self._values: dict[int, Any] = {}

    def __call__(self, number: int, point: Env) -> Any:
        """Return the value at a point, which is number so-and-so of its domain."""
        if number not in self._values:
            try:
                self._values[number] = self.closure(point)
            except ArithmeticError as error:
                self._values[number] = error.with_traceback(None)
        found = self._values[number]
        if isinstance(found, ArithmeticError):
            raise found.with_traceback(None)
        return found


@lru_cache(maxsize=8)
def remembered(expr: Any, domain: Any) -> Remembered:
    """Return the compiled expression with its values over the points of a domain."""
    return Remembered(compile_expr(expr))


RULES: list[tuple[Any, Callable[[Any], Closure]]] = [
    (sp.Add, _add),
    (sp.Mul, _mul),
    (sp.Pow, _pow),
    (sp.Indexed, _indexed),
    (sp.Sum, _sum),
    (sp.Product, _product_over),
    ((SumOver, SumWrong), _sum_over),
    (Partial, _partial),
    (Row, _row),
    (At, lambda e: compile_expr(e.unfold())),
    (Computed, lambda e: e.closure(compile_expr)),
    (Defined, lambda e: compile_expr(e.unfold())),
    (Some, _some),
    (Every, _every),
    (sp.Piecewise, _piecewise),
    (sp.KroneckerDelta, _delta),
    ((sp.Max, sp.Min, sp.Abs), _extreme),
    (Relational, _relation),
    ((sp.And, sp.Or, sp.Not), _logic),
    ((sp.Heaviside, sp.sign), _step),
    (sp.DiracDelta, _impulse),
    (sp.Function, _call),
    (sp.exp, _call),
]
