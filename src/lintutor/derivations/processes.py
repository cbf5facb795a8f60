"""What is repeated or drawn: a rule applied t times, an average over all batches.

Both are evaluated by doing it, step by step or batch by batch. A rule that is affine in what it moves is
also known in closed form for every t, which is how a statement about any number of steps is proved.

Book: chapter 7, "SGD".
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product
from typing import Any

from sympy import (
    Add,
    Expr,
    Function,
    Indexed,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Mul,
    Pow,
    Sum,
    Symbol,
    expand,
)

from lintutor.derivations.exact import NoValue, TooLarge
from lintutor.derivations.notation import Defined, SumOver, has_kinked_derivative, index, unfold

__all__ = ["Average", "Computed", "Iterated"]

MAX_ROUNDS = 10_000


class Computed(Defined):
    """An abbreviation that is evaluated by a procedure of its own."""

    def closure(self, compile_expr: Callable[[Any], Any]) -> Callable[[dict[str, Any]], Any]:
        """Return a function from a point to the value there."""
        raise NotImplementedError(f"{type(self).__name__} defines no closure()")

    def tex(self, to_tex: Callable[[Any], str]) -> str:
        """Return the TeX, given the printer of the parts."""
        raise NotImplementedError(f"{type(self).__name__} defines no tex()")


class Iterated(Computed):
    """``Iterated(f, w, start, t)``: what w has become after t times ``w <- f(w)``, from `start`.

    Examples
    --------
    >>> from lintutor.derivations.notation import index, real, unfold
    >>> w, t = real("w"), index("t")
    >>> unfold(Iterated(w / 2, w, real("s"), t))
    s/2**t
    """

    def __new__(cls, f: Any, w: Symbol, start: Any, t: Any) -> Any:
        """Build without evaluating anything."""
        if has_kinked_derivative(f):
            raise ValueError("the rule that is repeated holds a derivative of something with kinks")
        return super().__new__(cls, f, w, start, t)

    @property
    def free_symbols(self) -> set[Any]:
        """All but the w that is moved."""
        f, w, start, t = self.args
        return set((f.free_symbols - {w}) | start.free_symbols | t.free_symbols)

    def unfold(self) -> Expr:
        """Return the closed form of an affine rule ``w <- c w + b``, else an opaque function."""
        f, w, start, t = self.args
        rule = expand(unfold(f))
        c, b = rule.coeff(w, 1), rule.coeff(w, 0)
        if rule.is_polynomial(w) and expand(rule - c * w - b) == 0 and w not in c.free_symbols:
            s = index("s'")
            return c**t * start + b * SumOver(c**s, s, t)
        return Function("iterated")(rule, w, start, t)

    def closure(self, compile_expr: Callable[[Any], Any]) -> Callable[[dict[str, Any]], Any]:
        """Apply the rule t times."""
        rule, start, times = (compile_expr(self.args[k]) for k in (0, 2, 3))
        name = self.args[1].name

        def run(env: dict[str, Any]) -> Any:
            value, rounds = start(env), int(times(env))
            if rounds > MAX_ROUNDS:
                raise TooLarge(f"a rule applied more than {MAX_ROUNDS} times")
            for _ in range(rounds):
                value = rule({**env, name: value})
            return value

        return run

    def tex(self, to_tex: Callable[[Any], str]) -> str:
        """Return ``(w -> f)^t (start)``."""
        f, w, start, t = map(to_tex, self.args)
        return rf"\bigl({w} \mapsto {f}\bigr)^{{{t}}}({start})"


class Average(Computed):
    r"""``Average(f, I, B, N, distinct)``: the mean of f over every batch ``I_0 .. I_{B-1}`` from 0 .. N-1.

    With `distinct` 1, no number comes twice in a batch; with 0 it may.
    """

    def __new__(cls, f: Any, batch: IndexedBase, B: Any, N: Any, distinct: Any = 0) -> Any:
        """Build without evaluating anything."""
        return super().__new__(cls, f, batch, B, N, Integer(distinct))

    @property
    def free_symbols(self) -> set[Any]:
        """All but the batch that is drawn."""
        f, batch, B, N, _ = self.args
        return set((f.free_symbols - {batch, batch.label}) | B.free_symbols | N.free_symbols)

    def unfold(self) -> Expr:
        """Return the average of single places and of pairs of places, else an opaque function.

        One place holds each number equally often. Two different places hold each pair equally often: each
        ordered pair, or with `distinct` each pair of different numbers.
        """
        f, batch, *rest = self.args
        body = unfold(f)
        terms = [self._of_product(term) for term in Add.make_args(expand(body, func=False))]
        taken = {index("i'"), index("j'")} & body.atoms(Symbol)  # their names are needed
        if taken or any(term is None for term in terms):
            return Function("average")(body, batch.label, *rest)
        return Add(*terms)

    def _of_product(self, term: Expr) -> Expr | None:
        """Return the average of one product, or None where no rule fits."""
        batch, B = self.args[1:3]
        drawn = [f for f in Mul.make_args(term) if batch.label in f.free_symbols]
        fixed = Mul(*[f for f in Mul.make_args(term) if batch.label not in f.free_symbols])
        if len(drawn) == 1 and isinstance(drawn[0], Pow) and drawn[0].exp == 2:
            drawn = [drawn[0].base] * 2
        if not drawn:
            return fixed
        places = [place for f in drawn if (place := self._at_one_place(f)) is not None]
        if len(places) < len(drawn) or len(places) > 2:
            return None
        if len(places) == 1:
            mean = self._mean(places[0])
            return fixed * (B * mean if isinstance(drawn[0], Sum) else mean)
        if not all(isinstance(f, Sum) for f in drawn):
            return None
        return fixed * (B * self._mean(places[0] * places[1]) + B * (B - 1) * self._mean_of_pair(*places))

    def _at_one_place(self, factor: Expr) -> Expr | None:
        """Return what a factor has of one place, its number called i', or None where it has more."""
        batch, B = self.args[1:3]
        if isinstance(factor, Sum):
            if len(factor.limits) != 1 or factor.limits[0][1:] != (0, B - 1):
                return None
            at = factor.limits[0][0]
            body = factor.function
        else:
            places = {e for e in factor.atoms(Indexed) if e.base == batch}
            at = next(iter(places)).indices[0] if len(places) == 1 else None
            body = factor
        if at is None or any(batch.label in inner.free_symbols for inner in body.atoms(Sum)):
            return None
        told = body.xreplace({batch[at]: index("i'")})
        return None if batch.label in told.free_symbols or at in told.free_symbols else told

    def _mean(self, told: Expr) -> Expr:
        N, i = self.args[3], index("i'")
        return Sum(told, (i, 0, N - 1)) / N

    def _mean_of_pair(self, one: Expr, other: Expr) -> Expr:
        """Return the mean of a product over pairs of different places."""
        N, i, j = self.args[3], index("i'"), index("j'")
        if self.args[4] == 0:
            return self._mean(one) * self._mean(other)
        different = (1 - KroneckerDelta(i, j)) * one * other.xreplace({i: j})
        return Sum(different, (j, 0, N - 1), (i, 0, N - 1)) / (N * (N - 1))

    def closure(self, compile_expr: Callable[[Any], Any]) -> Callable[[dict[str, Any]], Any]:
        """Go through all batches."""
        value, size, rows = (compile_expr(self.args[k]) for k in (0, 2, 3))
        name, distinct = self.args[1].label.name, bool(self.args[4])

        def run(env: dict[str, Any]) -> Any:
            B, N = int(size(env)), int(rows(env))
            if N**B > MAX_ROUNDS:
                raise TooLarge(f"more than {MAX_ROUNDS} batches")
            batches = permutations(range(N), B) if distinct else product(range(N), repeat=B)
            total: Any = 0
            count = 0
            for batch in batches:
                total = total + value({**env, name: batch})
                count += 1
            if not count:
                raise NoValue(f"no batch of {B} different numbers below {N}")
            return total * Fraction(1, count)

        return run

    def tex(self, to_tex: Callable[[Any], str]) -> str:
        """Return the letter of an expectation, with what is drawn below it."""
        return rf"\mathbb{{E}}_{{{to_tex(self.args[1])}}}\left[{to_tex(self.args[0])}\right]"
