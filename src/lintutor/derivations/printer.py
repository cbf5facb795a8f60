"""One printer for the book's notation: the TeX that readers see comes from the verified objects."""

from typing import Any

import sympy as sp
from sympy import Add, KroneckerDelta, Mul, Pow, Sum
from sympy.printing.latex import LatexPrinter

from lintutor.derivations.notation import (
    Defined,
    Group,
    Hinge,
    Indicator,
    Partial,
    ProductOver,
    Ratio,
    Sigmoid,
    SumOver,
    SumWrong,
)

__all__ = ["RELATIONS", "to_tex"]

RELATIONS = {"=": "=", ">=": r"\ge", "<=": r"\le", "iff": r"\iff", "implies": r"\implies"}
_NAMES = {"theta": r"\theta", "delta": r"\delta", "lamda": r"\lambda", "lambda": r"\lambda"}
_SUMS = (Sum, SumOver, SumWrong)


def to_tex(expr: Any, drop: Any = None) -> str:
    r"""Return the TeX of `expr` in the book's notation.

    Parameters
    ----------
    expr : sympy expression, relation or statement
    drop : index, optional
        Leave this index away: what holds for each entry is printed once for the whole column.

    Examples
    --------
    >>> from lintutor.derivations.notation import index, real
    >>> to_tex(Hinge(real("m")) * KroneckerDelta(index("j"), index("y")))
    '\\max(0, m) \\, \\mathbb{1}[j = y]'
    """
    return str(_BookPrinter(drop).doprint(expr))


class _BookPrinter(LatexPrinter):  # type: ignore[misc]
    def __init__(self, drop: Any = None) -> None:
        super().__init__({"order": "none"})
        self.drop = drop

    def _subscript(self, indices: Any) -> str:
        shown = [self._print(i) for i in indices if i != self.drop]
        joint = "" if all(len(t) == 1 or t.endswith("'") for t in shown) else ", "
        return f"_{{{joint.join(shown)}}}" if shown else ""

    def _print_Symbol(self, e: Any, style: str = "plain") -> str:
        return _NAMES.get(e.name) or str(super()._print_Symbol(e, style))

    def _print_Indexed(self, e: Any) -> str:
        letter = e.base.label.name
        if letter in "UVW" and self.drop in e.indices:  # one column of a matrix is a small letter
            letter = letter.lower()
        return str(letter) + self._subscript(e.indices)

    def _print_IndexedBase(self, e: Any) -> str:
        return str(e.label.name)

    def _print_Defined(self, e: Any) -> str:
        return f"{e.letter}{self._subscript(e.args)}{getattr(e, 'after', '')}"

    def _print_Computed(self, e: Any) -> str:
        return str(e.tex(self._print))

    def _print_Group(self, e: Any) -> str:
        return _bracketed(self._print(e.args[0]))

    def _print_Hinge(self, e: Any) -> str:
        return rf"\max(0, {self._print(e.args[0])})"

    def _print_Indicator(self, e: Any) -> str:
        return rf"\mathbb{{1}}[{self._print(e.args[0])}]"

    def _print_KroneckerDelta(self, e: Any, exp: str | None = None) -> str:
        a, b = sorted(e.args, key=_place)
        power = f"^{{{exp}}}" if exp else ""
        return rf"\mathbb{{1}}[{self._print(a)} = {self._print(b)}]{power}"

    def _print_Piecewise(self, e: Any) -> str:
        if len(e.args) == 2 and e.args[1].expr == 0 and e.args[1].cond == sp.true:
            value, condition = e.args[0]
            if isinstance(condition, sp.Gt) and condition.rhs == 0 and condition.lhs == value:
                return self._print_Hinge(Hinge(value))
            if value == 1:
                return self._print_Indicator(Indicator(condition))
        return str(super()._print_Piecewise(e))

    def _sum(self, under: str, body: Any) -> str:
        inside = self._print(body)
        bracket = isinstance(body, Add) or inside.startswith("-")
        return rf"\sum_{{{under}}} " + (rf"\bigl({inside}\bigr)" if bracket else inside)

    def _print_Sum(self, e: Any) -> str:
        body, *rest = e.args
        text = self._sum(self._print(rest[0][0]), body)
        for limit in rest[1:]:
            text = rf"\sum_{{{self._print(limit[0])}}} " + text
        return str(text)

    def _print_SumOver(self, e: Any) -> str:
        under, body = [self._print(e.args[1])], e.args[0]
        while isinstance(body, SumOver):  # one sign for a double sum
            under.append(self._print(body.args[1]))
            body = body.args[0]
        return self._sum(", ".join(under), body)

    def _print_ProductOver(self, e: Any) -> str:
        inside = self._print(e.args[0])
        return rf"\prod_{{{self._print(e.args[1])}}} " + (
            rf"\bigl({inside}\bigr)" if e.args[0].is_Add else inside
        )

    def _print_Ratio(self, e: Any) -> str:
        return rf"\frac{{{self._print(e.args[0])}}}{{{self._print(e.args[1])}}}"

    def _print_Sigmoid(self, e: Any) -> str:
        return rf"\sigma({self._print(e.args[0])})"

    def _print_log(self, e: Any) -> str:
        argument = e.args[0].args[0] if isinstance(e.args[0], Group) else e.args[0]
        inside = self._print(argument)
        bare = isinstance(argument, (*_SUMS, ProductOver, Ratio, sp.Symbol, sp.Indexed, sp.Integer, Sigmoid))
        if bare or bool(getattr(argument, "letter", "")):
            return rf"\log {inside}"
        return rf"\log{_bracketed(inside)}"

    def _print_SumWrong(self, e: Any) -> str:
        _, j, _, *left_out = e.args
        return self._sum(rf"{self._print(j)} \ne {', '.join(map(self._print, left_out))}", e.args[0])

    def _print_Partial(self, e: Any) -> str:
        f, v = e.args
        name = self._print(v)
        if len(getattr(f, "letter", "")) and not f.args:
            return rf"\frac{{\partial {self._print(f)}}}{{\partial {name}}}"
        if getattr(f, "letter", "") and len(self._print(f)) < 8:
            return rf"\frac{{\partial {self._print(f)}}}{{\partial {name}}}"
        inside = self._print(f)
        if isinstance(f, Add):
            inside = rf"\Bigl({inside}\Bigr)"
        return rf"\frac{{\partial}}{{\partial {name}}} {inside}"

    def _print_At(self, e: Any) -> str:
        f, base, value = e.args
        return rf"{self._print(f)}\big|_{{{self._print(base)} = {self._print(value)}}}"

    def _print_Row(self, e: Any) -> str:
        entries = r",\; ".join(map(self._print, e.args))
        return rf"\bigl[{entries}\bigr]"

    def _print_Every(self, e: Any) -> str:
        return rf"{self._print(e.args[0])} \;\; \forall {self._print(e.args[1])}"

    def _print_Some(self, e: Any) -> str:
        condition, k, _, *left_out = e.args
        outside = rf" \ne {', '.join(map(self._print, left_out))}" if left_out else ""
        return rf"\exists {self._print(k)}{outside}: {self._print(condition)}"

    def _print_And(self, e: Any) -> str:
        low = next((a for a in e.args if isinstance(a, sp.Ge) and a.rhs.is_number), None)
        high = next((a for a in e.args if isinstance(a, sp.Le) and a.rhs.is_number), None)
        if len(e.args) == 2 and low is not None and high is not None and low.lhs == high.lhs:
            return rf"{self._print(low.rhs)} \le {self._print(low.lhs)} \le {self._print(high.rhs)}"
        return r" \text{ and } ".join(self._print(a) for a in sorted(e.args, key=str))

    def _print_Add(self, e: Any, order: str | None = None) -> str:
        terms = sorted(e.args, key=_term_rank)
        if any(isinstance(f, sp.exp) for t in terms for f in (t, *getattr(t, "args", ()))):
            terms.sort(key=lambda t: t != 1)  # 1 + exp(z)
        if _negative(terms[0]):
            lead = next((t for t in terms if not _negative(t)), terms[0])
            terms = [lead, *(t for t in terms if t is not lead)]
        text = self._print(terms[0])
        for term in terms[1:]:
            text += f" - {self._print(-term)}" if _negative(term) else f" + {self._print(term)}"
        return str(text)

    def _print_Mul(self, e: Any) -> str:
        coefficient, rest = e.as_coeff_Mul(rational=True)
        factors = sorted(Mul.make_args(rest), key=_factor_rank)
        below = [f for f in factors if _stands_below(f)]
        if below:  # one fraction; but 1/N stays in front of its sum
            above = Mul(*[f for f in factors if f not in below])
            fraction = rf"\frac{{{self._print(above)}}}{{{self._print(Mul(*[1 / f for f in below]))}}}"
            sign = "-" if coefficient < 0 else ""
            return f"{sign}{fraction}" if abs(coefficient) == 1 else f"{self._print(coefficient)} {fraction}"
        text = []
        if coefficient < 0:
            coefficient = -coefficient
            text.append("-")
        if coefficient != 1:
            text.append(self._print(coefficient))
        for place, factor in enumerate(factors):
            last = place == len(factors) - 1
            if isinstance(factor, Pow) and factor.exp == -1:
                text.append(rf"\frac{{1}}{{{self._print(factor.base)}}}")
            elif isinstance(factor, Add) and not factor.has(*_SUMS):
                text.append(_bracketed(self._print(factor)))
            elif isinstance(factor, Add) or (isinstance(factor, _SUMS) and not last):
                text.append(rf"\Bigl({self._print(factor)}\Bigr)")
            else:
                wide = isinstance(factor, (Indicator, KroneckerDelta, Hinge)) and not last
                text.append(self._print(factor) + (r" \," if wide else ""))
        return " ".join(text).replace("- ", "-", 1) if text[0] == "-" else " ".join(text)


def _bracketed(inside: str) -> str:
    """Return TeX in parentheses that are tall where it is."""
    tall = any(word in inside for word in (r"\sum", r"\frac", r"\prod"))
    return rf"\Bigl({inside}\Bigr)" if tall else f"({inside})"


def _stands_below(factor: Any) -> bool:
    """Return whether a factor is a denominator of more than one letter."""
    below = isinstance(factor, Pow) and factor.exp.is_Rational and factor.exp.is_negative
    return bool(below and not (factor.exp == -1 and factor.base.is_Symbol))


def _negative(term: Any) -> bool:
    return bool(term.as_coeff_Mul(rational=True)[0] < 0)


def _place(symbol: Any) -> tuple[int, str]:
    """Order in ``1[a = b]``: the index that runs first, the one that stays second."""
    running = ("j", "d'", "i", "y", "d", "k")
    name = str(symbol)
    return (running.index(name) if name in running else len(running)), name


def _factor_rank(factor: Any) -> tuple[int, str]:
    """Order of factors: constants, indicators, entries, brackets of deltas, sums and logarithms."""
    if isinstance(factor, Pow):
        rank = 0 if factor.exp == -1 else 4
    elif isinstance(factor, Sigmoid):
        rank = 1
    elif isinstance(factor, Add):
        rank = 5 if factor.has(KroneckerDelta, Sum, SumOver, SumWrong) else 1
    elif isinstance(factor, sp.Symbol):
        rank = 2
    elif isinstance(factor, (Indicator, KroneckerDelta, Hinge)):
        rank = 3
    else:
        rank = 6 if isinstance(factor, (Partial, sp.log, *_SUMS)) else 4
    return rank, "" if isinstance(factor, Sigmoid) else str(factor)


def _term_rank(term: Any) -> tuple[int, bool, str]:
    """Order of terms: scores, margins, sums, penalties and plain letters, numbers, logarithms."""
    _, rest = term.as_coeff_Mul(rational=True)
    factors = Mul.make_args(rest)
    if rest == 1:
        rank = 3
    elif any(isinstance(f, sp.log) for f in factors):
        rank = 4
    elif any(str(f) == "lambda" for f in factors) or not rest.atoms(sp.Indexed, Defined):
        rank = 2
    else:
        rank = 1 if any(isinstance(f, _SUMS) for f in factors) else 0
    return rank, _negative(term), str(term)
