"""Proofs of inequalities and statements, by rules that are each sound for every size.

``a >= b`` is proved termwise, or by cases: an atom (a margin, say) is replaced by a positive, a zero
and a negative symbol in turn, and the difference must be nonnegative in each case. A ``max(0, t)`` that is
subtracted is at most zero or at most t, so both pieces are tried. What is affine in a number
between 0 and 1 is nonnegative if it is so at both ends. Exponential and logarithm rise, so they keep an
order, ``log(t) <= t - 1`` and ``exp(t) >= 1 + t``.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import sympy as sp
from sympy import Add, Mul, Pow, S, Symbol
from sympy.core.relational import Relational

from lintutor.derivations.domain import Domain
from lintutor.derivations.logarithms import below_tangents, is_positive
from lintutor.derivations.normal import NotReducible, normal_form, reduces_to_zero
from lintutor.derivations.notation import (
    Defined,
    Every,
    Group,
    Hinge,
    Indicator,
    Ratio,
    Some,
    SumOver,
    SumWrong,
    unfold,
)

__all__ = ["follows", "for_some", "given_brackets", "proves_at_least", "same_statement"]

Split = Sequence[tuple[Any, Any]]


def proves_at_least(a: Any, b: Any, split: Split, unit: Iterable[Any]) -> bool:
    """Return whether ``a >= b`` is proved: termwise, or by the cases that `split` names.

    Parameters
    ----------
    a, b : sympy expressions
    split : sequence of (atom, place)
        Look at atom above, at, and below place; of two places in order, between them too.
    unit : iterable of Symbol
        Unknowns between 0 and 1.

    Examples
    --------
    >>> m = Symbol("m", real=True)
    >>> proves_at_least(Hinge(m), m, [(m, S(0))], [])
    True
    >>> proves_at_least(Hinge(m), 2 * m, [(m, S(0))], [])
    False
    """
    if nonnegative(a - b):
        return True
    if any(nonnegative(below) for below in below_tangents(_opened(a - b), nonnegative)):
        return True
    exponential = isinstance(a, sp.exp) or isinstance(b, sp.exp)
    if exponential and is_positive(a) and is_positive(b) and nonnegative(sp.log(a) - sp.log(b)):
        return True  # the logarithm rises
    kept, less = _without_common(a, b)
    if isinstance(kept, sp.log) or isinstance(less, sp.log):  # the exponential rises
        return proves_at_least(sp.exp(kept), sp.exp(less), split, unit)
    if isinstance(a, (SumOver, SumWrong)) and a.func is b.func and a.args[1:] == b.args[1:]:
        return proves_at_least(a.args[0], b.args[0], split, unit)
    if not split:
        return False
    difference = _spelled(a - b, [atom for atom, _ in split])
    cases = ([(atom, value) for value in _values_around(place, n)] for n, (atom, place) in enumerate(split))
    for case in product(*cases):
        looked_at, left, right = difference, a, b
        for atom, value in case:
            looked_at, left, right = (side.xreplace({atom: value}) for side in (looked_at, left, right))
        if _holds(looked_at, list(unit)):
            continue
        if not (left.has(sp.log, sp.exp) and proves_at_least(_settle(left), _settle(right), (), unit)):
            return False
    return True


def _opened(expr: Any) -> Any:
    """Return `expr` without parentheses and fractions that are there for the reader."""
    return expr.replace(lambda e: isinstance(e, (Group, Ratio)), lambda e: e.unfold())


def _values_around(place: Any, number: int) -> list[Any]:
    """Return what stands for every number above, at and below a place, or a pair of places in order."""
    away = Symbol(f"_t{number}", positive=True)
    if not isinstance(place, tuple):
        return [place + away, place, place - away]
    low, high = place
    if not sp.expand(high - low).is_positive:
        raise ValueError(f"the places {low} and {high} must be known to stand in this order")
    return [high + away, high, low + (high - low) / (1 + away), low, low - away]


def _spelled(expr: Any, atoms: Sequence[Any]) -> Any:
    """Return `expr` with brackets and those abbreviations spelled out that hide one of the atoms."""
    hidden = [
        part
        for part in expr.atoms(Defined)
        if (isinstance(part, Group) or hasattr(part, "letter"))
        and part not in atoms
        and part.free_symbols.intersection(atoms)
    ]
    return _spelled(expr.xreplace({part: part.unfold() for part in hidden}), atoms) if hidden else expr


def _without_common(a: Any, b: Any) -> tuple[Any, Any]:
    """Return both sides without the terms that they share."""
    common = set(Add.make_args(a)) & set(Add.make_args(b))
    left, right = (Add(*[t for t in Add.make_args(side) if t not in common]) for side in (a, b))
    return left, right


def given_brackets(domain: Domain) -> dict[Any, Any]:
    """Return a nonnegative symbol for each bracket that the domain gives as at least 0."""
    given = [r for r in domain.given if isinstance(r, sp.Ge) and r.rhs == 0 and isinstance(r.lhs, Group)]
    return {r.lhs: Symbol(f"_given{number}", nonnegative=True) for number, r in enumerate(given)}


def nonnegative(expr: Any) -> bool:
    """Return whether `expr` is nonnegative by its form alone: sums and products of such parts."""
    if isinstance(expr, Add | Mul):
        return all(nonnegative(a) for a in expr.args)
    if isinstance(expr, SumOver | SumWrong):
        return nonnegative(expr.args[0])
    if isinstance(expr, Pow) and expr.exp.is_even and expr.base.is_real:
        return True
    return expr.is_nonnegative is True


def _one_sign(expr: Any) -> Any:
    """Return `expr`, factored if only that shows its sign."""
    return expr if expr.is_positive or expr.is_nonpositive else sp.factor(expr)


def _settle(expr: Any) -> Any:
    """Replace hinges and indicators whose sign is now known."""
    known: dict[Any, Any] = {}
    for hinge in expr.atoms(Hinge):
        m = _one_sign(sp.expand(hinge.args[0]))
        if m.is_positive or m.is_nonpositive:
            known[hinge] = m if m.is_positive else S.Zero
    for indicator in expr.atoms(Indicator):
        settled = indicator.args[0]
        if isinstance(settled, Relational):
            settled = settled.func(sp.expand(settled.lhs - settled.rhs), 0)
        if settled in (sp.true, sp.false):
            known[indicator] = S.One if settled == sp.true else S.Zero
    return expr.xreplace(known)


def _holds(difference: Any, unit: list[Any]) -> bool:
    difference = sp.expand(_settle(difference), func=False)
    for hinge in difference.atoms(Hinge):
        coefficient = difference.coeff(hinge)
        if difference.has(hinge) and (-coefficient).subs({u: sp.Rational(1, 2) for u in unit}).is_positive:
            pieces = (difference.xreplace({hinge: piece}) for piece in (S.Zero, hinge.args[0]))
            return all(_holds(piece, unit) for piece in pieces)
    return _at_the_ends(difference, unit)


def _at_the_ends(difference: Any, unit: list[Any]) -> bool:
    if not unit:
        return nonnegative(difference) or nonnegative(sp.factor(difference))
    first, *rest = unit
    if sp.expand(difference.diff(first, 2)) != 0:
        return False
    return all(_at_the_ends(sp.expand(difference.subs(first, end)), rest) for end in (0, 1))


def same_statement(p: Any, q: Any, domain: Domain) -> bool:
    """Return whether two statements are the same up to moving terms and positive factors."""
    if isinstance(p, Every) and isinstance(q, Every):
        return bool(p.args[1] == q.args[1]) and same_statement(p.args[0], q.args[0], domain)
    if isinstance(p, sp.And) and isinstance(q, sp.And):
        left, right = list(p.args), list(q.args)
        return (
            len(left) == len(right)
            and all(any(same_statement(a, b, domain) for b in right) for a in left)
            and all(any(same_statement(a, b, domain) for a in left) for b in right)
        )
    kinds: tuple[Any, ...] = (sp.Ge, sp.Le), (sp.Gt, sp.Lt)
    for kind in kinds:
        if isinstance(p, kind) and isinstance(q, kind):
            left, right = p.gts - p.lts, q.gts - q.lts
            return reduces_to_zero(left, right, domain) or (
                _same_sign(left, right) or _same_multiple(left, right, domain)
            )
    return False


def _same_sign(a: Any, b: Any) -> bool:
    """Return whether two expressions without sums differ by a positive factor only."""
    a, b = unfold(a), unfold(b)
    if b == 0 or sp.Tuple(a, b).has(sp.Sum, sp.Piecewise, sp.KroneckerDelta):
        return False
    return sp.factor(sp.cancel(a / b)).is_positive is True


def _same_multiple(a: Any, b: Any, domain: Domain) -> bool:
    """Return whether two expressions, sums and all, differ by a positive rational factor only."""
    try:
        forms = [sp.expand(normal_form(side, domain), func=False) for side in (a, b)]
    except NotReducible:
        return False
    (_, first), (_, second) = (form.as_content_primitive() for form in forms)
    return bool(sp.expand(first - second, func=False) == 0)


def follows(p: Any, q: Any, split: Split, values: Sequence[Any], domain: Domain) -> bool:
    """Return whether statement q is proved from p.

    Either q puts `values` for the variable of "p for every m", or p bounds an unknown by two numbers and
    q, "for every m", is then an inequality that holds by the cases of `split`.
    """
    if same_statement(p, q, domain):
        return True
    if isinstance(p, Every) and values:
        return same_statement(sp.And(*_at_values(p, values)), q, domain)
    if isinstance(q, Every) and isinstance(q.args[0], (sp.Ge, sp.Le)):
        unit, scaled = _bounded(p)
        at_least, at_most = (side.subs(scaled) for side in (q.args[0].gts, q.args[0].lts))
        return proves_at_least(at_least, at_most, split, unit)
    return False


def _bounded(p: Any) -> tuple[list[Any], dict[Any, Any]]:
    """Return unknowns between 0 and 1, and the unknowns that p bounds by numbers written with them."""
    unit, scaled = [], {}
    low = {c.lhs: c.rhs for c in p.args if isinstance(c, sp.Ge) and c.rhs.is_number}
    high = {c.lhs: c.rhs for c in p.args if isinstance(c, sp.Le) and c.rhs.is_number}
    for number, s in enumerate(low.keys() & high.keys()):
        if s.is_Symbol and low[s] <= high[s]:
            share = Symbol(f"_share{number}", nonnegative=True)
            unit.append(share)
            scaled[s] = low[s] + (high[s] - low[s]) * share
    return (unit, scaled) if isinstance(p, sp.And) else ([], {})


def _at_values(p: Any, values: Sequence[Any]) -> list[Any]:
    condition, m = p.args
    return [condition.func(*(_settle(side.subs(m, v)) for side in condition.args)) for v in values]


def for_some(head: Any, previous: Any, this: Any, domain: Domain) -> bool:
    """Return whether ``head >= c 1[some k]`` follows from ``head >= c 1[condition of k]`` for every k."""
    some = [i for i in this.atoms(Indicator) if isinstance(i.args[0], Some)]
    if len(some) != 1:
        return False
    condition, k, n, *left_out = some[0].args[0].args
    factor = this / some[0]
    declared = domain.indices.get(k) == n and all((k, y) in domain.unequal for y in left_out)
    covered = len(left_out) == len([pair for pair in domain.unequal if k in pair])
    free = k not in head.free_symbols and k not in factor.free_symbols
    step = previous == factor * Indicator(condition)
    return bool(declared and covered and free and step and factor.is_nonnegative)
