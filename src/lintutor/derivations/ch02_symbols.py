"""The symbols of chapter 2, "Score functions": rows, weights, biases, means, and the domains they live in."""

from typing import Any

from sympy import IndexedBase, Sum, Symbol

from lintutor.derivations.domain import Domain
from lintutor.derivations.notation import abbreviation, index, size

C, D, N = size("C"), size("D"), size("N")
a, c, d, e, i, j = (index(name) for name in ("a", "c", "d", "d'", "i", "j"))
W, X, b, mu, v, x, z = (IndexedBase(name, real=True) for name in ("W", "X", "b", "mu", "v", "x", "z"))
theta = Symbol("theta", nonnegative=True)


def over(body: Any) -> Any:
    """Return the sum of `body` over all columns d = 0 .. D-1."""
    return Sum(body, (d, 0, D - 1))


Score = abbreviation("s", lambda j: over(x[d] * W[d, j]) + b[j])
ScoreThere = abbreviation("s'", lambda j: over(z[d] * W[d, j]) + b[j])
Gap = abbreviation("g", lambda: Score(a) - Score(c))
GapThere = abbreviation("g'", lambda: ScoreThere(a) - ScoreThere(c))
Slope = abbreviation("u", lambda d: W[d, a] - W[d, c])
Moved = abbreviation("v", lambda d: z[d] - x[d])

ROW = Domain(sizes={D: (1, 2, 3), C: (2, 3)}, indices={j: C}, arrays={x: (D,), W: (D, C), b: (C,)})
PAIR = ROW.but(indices={a: C, c: C}, unequal=((a, c),))
PLACES = PAIR.but(arrays={x: (D,), z: (D,), W: (D, C), b: (C,)})

TESTS = "tests/package/test_derivations_code.py::"
SCORES = r"one row $x$; scores $s_j = \sum_d x_d W_{dj} + b_j$"
TWO = r"$a$ and $c$ are two classes; $g = s_a - s_c$ is the gap between their scores"
