"""The symbols of chapter 1, "Nearest neighbors": two pictures, their difference, a turn, a shuffle."""

from typing import Any

from sympy import IndexedBase, Piecewise, cos, pi, sin, sqrt

from lintutor.derivations.domain import Domain
from lintutor.derivations.notation import Defined, SumOver, abbreviation, index, positive, real, size

D, N = size("D"), size("N")
d, e, i, j, n = (index(name) for name in ("d", "e", "i", "j", "n"))
x, t, z, v = (IndexedBase(name, real=True) for name in "xtzv")
mu = IndexedBase(r"\mu", real=True)
order = IndexedBase(r"\pi", integer=True, nonnegative=True)
a, b, theta = real("a"), real("b"), real("theta")
c = positive("c")

Difference = abbreviation("z", lambda d: x[d] - t[d])
Share = abbreviation("p", lambda: SumOver(v[e] * z[e], e, D) / SumOver(v[e] ** 2, e, D))
Mean = abbreviation(r"\bar v", lambda: SumOver(v[j], j, N) / N)
Variance = abbreviation(r"\sigma^2", lambda: SumOver((v[i] - Mean()) ** 2, i, N) / N)
Cos45 = abbreviation(r"\cos 45^\circ", lambda: cos(pi / 4))
Sin45 = abbreviation(r"\sin 45^\circ", lambda: sin(pi / 4))
RootHalf = abbreviation(r"\tfrac{1}{\sqrt{2}}", lambda: 1 / sqrt(2))


class Magnitude(Defined):
    """``|z|``, written as an explicit ``Piecewise``, so that sums of it have a normal form."""

    is_nonnegative = True

    def unfold(self) -> Any:
        """Return ``z`` where ``z > 0``, else ``-z``."""
        z = self.args[0]
        return Piecewise((z, z > 0), (-z, True))

    def _latex(self, printer: Any) -> str:
        return rf"\left|{printer._print(self.args[0])}\right|"


ENTRIES = Domain(sizes={D: (1, 2, 3)}, arrays={x: (D,), t: (D,)})

SQUARES = SumOver((x[d] - t[d]) ** 2, d, D)
SIZES = SumOver(Magnitude(x[d] - t[d]), d, D)

TESTS = "tests/package/test_derivations_code.py::"

ROWS = ("$x$ and $t$ are two rows of $D$ numbers",)
