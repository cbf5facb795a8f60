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


def _turned(point: Any, coordinate: Any) -> Any:
    """Return a coordinate, 0 or 1, of a point of the plane after a turn by theta."""
    if coordinate == 0:
        return cos(theta) * point[0] - sin(theta) * point[1]
    return sin(theta) * point[0] + cos(theta) * point[1]


Difference = abbreviation("z", lambda d: x[d] - t[d])
TurnedX = abbreviation("x'", lambda k: _turned(x, k))
TurnedT = abbreviation("t'", lambda k: _turned(t, k))
MovedX = abbreviation("x'", lambda d: x[d] - mu[d])
MovedT = abbreviation("t'", lambda d: t[d] - mu[d])
ScaledX = abbreviation("x'", lambda d: c * x[d])
ScaledT = abbreviation("t'", lambda d: c * t[d])
L1 = abbreviation("d_1(x, t)", lambda: SumOver(Magnitude(x[d] - t[d]), d, D))
SquaredL2 = abbreviation("d_2(x, t)^2", lambda: SumOver((x[d] - t[d]) ** 2, d, D))
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


ENTRIES = Domain(sizes={D: (1, 2, 3)}, arrays={x: (D,), t: (D,)}, draws=8)

SQUARES = SumOver((x[d] - t[d]) ** 2, d, D)
SIZES = SumOver(Magnitude(x[d] - t[d]), d, D)

TESTS = "tests/package/test_derivations_code.py::"

ROWS = ("$x$ and $t$ are two rows of $D$ numbers",)
