"""A normal form for sums with Kronecker deltas and pieces: equal forms mean equal for every size.

The rules are few. Pieces become indicators, ``max(0, m) = m * 1[m > 0]``; indicators and deltas are
idempotent; ``KroneckerDelta(j, k) * f(j) = KroneckerDelta(j, k) * f(k)``; a sum over the whole declared
range of j of ``KroneckerDelta(j, k) * f(j)`` is ``f(k)``; what does not depend on j leaves the sum.
Each uses the declared ranges, which is why a difference that comes out as zero is zero in general.
"""

from typing import Any

import sympy as sp
from sympy import Add, Function, KroneckerDelta, Mul, Pow, S
from sympy.core.relational import Relational

from lintutor.derivations.domain import Domain
from lintutor.derivations.logarithms import is_positive, logarithm
from lintutor.derivations.notation import Row, unfold

__all__ = ["NotReducible", "normal_form", "reduces_to_zero"]

Ind = Function("Ind")  # Ind(e) is 1 where e > 0, else 0
SumOf = Function("SumOf")  # SumOf(body, level, low, high): a sum that stays, its index renamed
MAX_ADDENDS = 4_000
MAX_CANCELLED = 60


class NotReducible(ValueError):
    """The expression has something in it that the normal form has no rule for, or grows too large."""


def reduces_to_zero(a: Any, b: Any, domain: Domain) -> bool:
    """Return whether a - b reduces to zero under the declared ranges, for every size.

    Examples
    --------
    >>> from lintutor.derivations.notation import SumWrong, index, size
    >>> C, j, y = size("C"), index("j"), index("y")
    >>> reduces_to_zero(SumWrong(S(1), j, C, y), C - 1, Domain(sizes={C: (2,)}, indices={y: C}))
    True
    """
    if isinstance(a, Row) and isinstance(b, Row):
        pairs = zip(a.args, b.args, strict=True)
        return len(a.args) == len(b.args) and all(reduces_to_zero(p, q, domain) for p, q in pairs)
    if isinstance(a, Row) or isinstance(b, Row):
        return False
    known = _index_of_known_size(domain)
    if known is not None:
        values = range(domain.fixed[domain.indices[known]])
        cases = (domain.but(fixed={**domain.fixed, known: value}) for value in values)
        return all(reduces_to_zero(a, b, case) for case in cases)
    try:
        form = normal_form(a - b, domain)
    except NotReducible:
        return False
    return bool(form == 0) or _cancels(form)


def _index_of_known_size(domain: Domain) -> Any:
    """Return an index that runs through a fixed number of values and has none yet, or None."""
    free = (i for i, size in domain.indices.items() if size in domain.fixed and i not in domain.fixed)
    return next(free, None)


def _cancels(form: Any) -> bool:
    """Return whether a short form with denominators is zero over their common one."""
    if not any(power.base.is_Add and power.exp.is_negative for power in form.atoms(Pow)):
        return False
    return len(Add.make_args(form)) <= MAX_CANCELLED and bool(sp.cancel(form) == 0)


def normal_form(expr: Any, domain: Domain) -> Any:
    """Return the normal form of an expression; raises NotReducible where there is none."""
    return _Normalizer(domain).run(unfold(expr))


class _Normalizer:
    def __init__(self, domain: Domain) -> None:
        self.domain = domain
        self.unequal = {frozenset(pair) for pair in domain.unequal}
        self.scope: dict[Any, Any] = {}  # bound indices on the way down, with their last values
        self.holds: set[Any] = set()
        for relation in domain.given:
            form = self._condition(unfold(relation).subs(dict(domain.fixed)))
            if isinstance(form, Ind):
                self.holds.add(form)

    def run(self, expr: Any) -> Any:
        return self._form(expr.subs(dict(self.domain.fixed)) if self.domain.fixed else expr)

    def _form(self, e: Any) -> Any:
        if isinstance(e, Add):
            return self._reduce(Add(*[self._form(a) for a in e.args]))
        if isinstance(e, Mul):
            return self._product([self._form(a) for a in e.args])
        if isinstance(e, Pow) and e.exp.is_Integer and 0 < e.exp <= 8:
            return self._product([self._form(e.base)] * int(e.exp))
        if isinstance(e, Pow):
            return Pow(self._form(e.base), self._form(e.exp))
        if isinstance(e, sp.Sum):
            return self._nested(e.function, list(e.limits))
        if isinstance(e, sp.Piecewise):
            return self._pieces(e)
        if isinstance(e, (sp.Derivative, sp.Integral, sp.Subs, Relational)):
            raise NotReducible(f"no rule for {type(e).__name__}")
        if isinstance(e, sp.Abs):
            m = e.args[0]
            return self._pieces(sp.Piecewise((m, m > 0), (-m, True)))
        if isinstance(e, (sp.Max, sp.Min)):
            raise NotReducible("write a maximum as pieces")
        if isinstance(e, sp.Product):
            raise NotReducible("a product that is in no logarithm")
        if isinstance(e, sp.log):
            return self._reduce(Add(*[self._logarithm(factor) for factor in Mul.make_args(e.args[0])]))
        if isinstance(e, Function) and not isinstance(e, KroneckerDelta):
            return e.func(*[self._form(a) for a in e.args])
        return e

    def _logarithm(self, e: Any) -> Any:
        """Return the logarithm of a positive number: of a product, the sum of the logarithms."""
        if isinstance(e, sp.Product):
            return self._form(sp.Sum(sp.log(e.function), *e.limits))
        if isinstance(e, Pow) and isinstance(e.base, sp.Product):
            return self._product([self._form(e.exp), self._logarithm(e.base)])
        form = self._form(e)
        if not is_positive(form):
            raise NotReducible(f"the logarithm of {form}, which is not known to be positive")
        return logarithm(form)

    def _nested(self, body: Any, limits: list[Any]) -> Any:
        if not limits:
            return self._form(body)
        *inner, (variable, low, high) = limits
        outer, self.scope = self.scope, {**self.scope, variable: (low, high)}
        form = self._nested(body, inner)
        self.scope = outer
        return self._sum(form, variable, low, high)

    def _pieces(self, e: Any) -> Any:
        total, rest = S.Zero, S.One
        for value, condition in e.args:
            holds = self._condition(condition)
            total += self._product([self._form(value), rest, holds])
            rest = self._product([rest, 1 - holds])
        if rest != 0:
            raise NotReducible("the pieces do not cover every case")
        return self._reduce(total)

    def _condition(self, c: Any) -> Any:
        """Return the indicator of a condition."""
        if c in (sp.true, sp.false):
            return S.One if c == sp.true else S.Zero
        if isinstance(c, sp.And):
            return self._product([self._condition(a) for a in c.args])
        if isinstance(c, sp.Or):
            return 1 - self._product([1 - self._condition(a) for a in c.args])
        if isinstance(c, sp.Not):
            return 1 - self._condition(c.args[0])
        if isinstance(c, (sp.Eq, sp.Ne)) and c.lhs.is_integer and c.rhs.is_integer:
            delta = KroneckerDelta(c.lhs, c.rhs)
            return delta if isinstance(c, sp.Eq) else 1 - delta
        if isinstance(c, (sp.Gt, sp.Lt)):
            return self._positive(c.gts - c.lts)
        if isinstance(c, (sp.Ge, sp.Le)):
            return 1 - self._positive(c.lts - c.gts)
        raise NotReducible(f"no rule for the condition {c}")

    def _positive(self, difference: Any) -> Any:
        form = self._form(difference)
        return self._sign(Ind(form))

    def _sign(self, ind: Any) -> Any:
        """Return 1 or 0 where the sign of the argument is known, else the indicator, scaled."""
        argument = sp.expand(ind.args[0])
        if argument.is_positive:
            return S.One
        if argument.is_nonpositive:
            return S.Zero
        argument = _without_positive_factors(argument)
        content, primitive = argument.as_content_primitive()
        scaled = Ind(sp.expand(primitive)) if content.is_positive else Ind(argument)
        return S.One if scaled in self.holds else scaled

    def _product(self, factors: list[Any]) -> Any:
        total = S.One
        for factor in factors:  # reduce on the way: idempotent parts keep the expansion small
            total = self._reduce(sp.expand_mul(total * factor))
        return total

    def _reduce(self, expr: Any) -> Any:
        addends = Add.make_args(sp.expand(expr, power_base=False, log=False, func=False))
        if len(addends) > MAX_ADDENDS:
            raise NotReducible(f"more than {MAX_ADDENDS} terms")
        return Add(*[self._term(a) for a in addends])

    def _term(self, term: Any) -> Any:
        """Apply the rules of deltas and indicators to one product."""
        while True:
            before = term
            for delta in sorted(term.atoms(KroneckerDelta), key=str):
                if not _is_factor(delta, term):
                    continue
                a, b = sorted(delta.args, key=lambda s: (s.is_number is False, str(s)))
                if frozenset((a, b)) in self.unequal:
                    return S.Zero
                rest = _without(term, delta)
                moved = rest.xreplace({b: a}) if b.is_Symbol or b.is_Indexed else rest
                term = delta * self._tidy(moved)
                if moved != rest:
                    break
            term = Mul(*[_idempotent(f) for f in Mul.make_args(term)])
            if term == before:
                return term

    def _tidy(self, expr: Any) -> Any:
        """Renew indicators whose arguments a substitution has touched."""
        changed = {ind: self._sign(ind) for ind in expr.atoms(Ind)}
        return expr.xreplace({old: new for old, new in changed.items() if old != new})

    def _sum(self, body: Any, j: Any, low: Any, high: Any) -> Any:
        if low.is_Integer and high.is_Integer and high - low < 64:
            parts = [self._tidy(body.xreplace({j: sp.Integer(v)})) for v in range(int(low), int(high) + 1)]
            return self._reduce(Add(*parts))
        total = S.Zero
        for term in Add.make_args(sp.expand(body, func=False)):
            outside, inside = term.as_independent(j, as_Add=False)
            total += outside * self._sum_term(inside, j, low, high)
        return self._reduce(total)

    def _sum_term(self, inside: Any, j: Any, low: Any, high: Any) -> Any:
        if inside == 1:
            return high - low + 1
        for factor in Mul.make_args(inside):
            if isinstance(factor, KroneckerDelta) and j in factor.args:
                (other,) = [a for a in factor.args if a != j] or [None]
                if other is not None and j not in other.free_symbols and self._covers(other, low, high):
                    return self._form_again(_without(inside, factor).xreplace({j: other}))
        level = sp.Symbol(f"_{_height(inside) + 1}", integer=True, nonnegative=True)
        return SumOf(self._tidy(inside.xreplace({j: level})), level, low, high)

    def _form_again(self, expr: Any) -> Any:
        return self._reduce(self._tidy(expr))

    def _covers(self, other: Any, low: Any, high: Any) -> bool:
        """Return whether `other` always lies in low .. high: it is declared so, or bound so."""
        if other in self.scope:
            return bool(self.scope[other] == (low, high))
        upper = self.domain.size_of_index(other)
        return upper is not None and low == 0 and bool(sp.expand(upper - 1 - high) == 0)


def _is_factor(delta: Any, term: Any) -> bool:
    return any(f == delta or (f.is_Pow and f.base == delta) for f in Mul.make_args(term))


def _without(term: Any, factor: Any) -> Any:
    return Mul(*[f for f in Mul.make_args(term) if not (f == factor or (f.is_Pow and f.base == factor))])


def _without_positive_factors(argument: Any) -> Any:
    """Return an expression of the same sign, divided by the positive factors that its terms share."""
    terms = [term.as_powers_dict() for term in Add.make_args(argument)]
    common = Mul(
        *[
            base ** min(powers[base] for powers in terms)
            for base in terms[0]
            if base.is_positive and not base.is_number and all(S(powers[base]).is_Integer for powers in terms)
        ]
    )
    return sp.expand(Add(*[term / common for term in Add.make_args(argument)]))


def _idempotent(factor: Any) -> Any:
    if factor.is_Pow and isinstance(factor.base, (KroneckerDelta, Ind)) and factor.exp.is_positive:
        return factor.base
    return factor


def _height(expr: Any) -> int:
    return max((int(s.args[1].name[1:]) for s in expr.atoms(SumOf)), default=0)
