"""What is repeated or drawn: a rule applied t times, an average over all batches.

Both are evaluated by doing it, step by step or batch by batch. A rule that is affine in what it moves is
also known in closed form for every t, which is how a statement about any number of steps is proved.

Book: chapter 7, "SGD".
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product
from typing import Any

from sympy import Expr, Function, IndexedBase, Integer, Symbol, expand

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
        """Return an opaque function: only equal averages are known to be equal."""
        f, batch, *rest = self.args
        return Function("average")(unfold(f), batch.label, *rest)

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
