"""The comparator: two expressions are equal, different (with a counterexample), or undecided.

Exact evaluation at many points comes first; only then bounded simplification. The book's derivations
and a learner's answers go through the same function; an answer that nobody has vetted goes through it
in a process of its own, see :mod:`lintutor.derivations.limited`.
"""

import time
from collections.abc import Callable
from typing import Any

import sympy as sp

from lintutor.derivations.domain import Domain
from lintutor.derivations.evaluate import Closure, Env, remembered
from lintutor.derivations.exact import between, context, is_exact, same
from lintutor.derivations.normal import reduces_to_zero
from lintutor.derivations.notation import Row, unfold
from lintutor.derivations.verdict import Verdict

__all__ = ["compare"]

MAX_SIMPLIFY_NODES = 400


def compare(
    a: Any,
    b: Any,
    domain: Domain,
    seconds: float = 30.0,
    before_proof: Callable[[Verdict], None] | None = None,
    upto: Any = None,
) -> Verdict:
    """Compare two expressions over a domain.

    Parameters
    ----------
    a, b : sympy expressions
        In the symbols of the domain.
    domain : Domain
    seconds : float
        After this long no new point is tried.
    before_proof : callable, optional
        Is told what the points said, before simplification starts, which may take its time.
    upto : sympy expression, optional
        Makes b one end of a range and this the other: at a kink, the two one-sided slopes. Any value
        from end to end agrees.

    Returns
    -------
    Verdict

    Raises
    ------
    Unknown
        If an expression has a head that the evaluator has no rule for.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> compare((x + 1) ** 2, x**2 + 2 * x + 1, Domain.of_symbols(x)).status
    'equal'
    >>> compare(x**2, x**3, Domain.of_symbols(x)).detail
    '9 against 27'
    """
    left, right = remembered(a, domain), remembered(b, domain)
    other = right if upto is None else remembered(upto, domain)
    stop = time.monotonic() + seconds
    points = skipped = 0
    exact = True
    for number, point in enumerate(domain.points()):
        try:
            p, q = left(number, point), right(number, point)
            rational = is_exact(p) and is_exact(q)
            agree = same(p, q) or (not rational and _same_closely(left.closure, right.closure, point))
            agree = agree or (other is not right and between(p, q, other(number, point)))
        except ArithmeticError:
            skipped += 1
            continue
        if not agree:
            return Verdict("different", points, skipped, exact, point, f"{_short(p)} against {_short(q)}")
        points += 1
        exact = exact and rational
        if time.monotonic() > stop:
            return Verdict("undecided", points, skipped, exact, detail="no time for more points")
    if points == 0:
        return Verdict("undecided", 0, skipped, exact, detail="no point at which both sides have a value")
    agreed = Verdict("undecided", points, skipped, exact, detail=f"agrees at {points} points")
    if before_proof is not None:
        before_proof(agreed)
    ends = [b] if upto is None else [b, upto]
    if any(reduces_to_zero(a, end, domain) or _simplifies(a, end) for end in ends):
        return Verdict("equal", points, skipped, exact)
    return agreed


def _same_closely(left: Closure, right: Closure, point: Env) -> bool:
    """Compare again with many more digits: rounding is never a counterexample."""
    digits = context.dps
    context.dps = 5 * digits
    try:
        return same(left(point), right(point))
    finally:
        context.dps = digits


def _simplifies(a: Any, b: Any) -> bool:
    """Return whether sympy's simplify brings the difference of two small expressions to zero."""
    if isinstance(a, Row) or isinstance(b, Row):
        return False
    difference = unfold(a - b)
    if difference.has(sp.Sum, sp.Piecewise, sp.KroneckerDelta):
        return False
    nodes = sum(1 for _ in sp.preorder_traversal(difference))
    return nodes <= MAX_SIMPLIFY_NODES and sp.simplify(difference) == 0


def _short(value: Any) -> str:
    return str(value) if is_exact(value) else str(context.nstr(value, 12))
