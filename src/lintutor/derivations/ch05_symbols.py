"""The symbols of chapter 5, "Regularization": weights that are scaled, split or stepped across a margin."""

from typing import Any

from sympy import IndexedBase, Sum

from lintutor.derivations.ch03_symbols import C, D, N, V, W, X, delta, e, j, labels, x, y
from lintutor.derivations.domain import Domain
from lintutor.derivations.notation import Defined, Hinge, SumOver, SumWrong, abbreviation, positive, real

u, v, w = (IndexedBase(name, real=True) for name in "uvw")
targets = IndexedBase("y", real=True)
signs = IndexedBase("z", real=True)
losses = IndexedBase("L", real=True)
a, t, beta, sigma = (positive(name) for name in ("a", "t", "beta", "sigma"))
p, q = real("u"), real("v")  # one weight, and where it comes from


class NormSquared(Defined):
    """``|x|^2``, the sum of the squares of the entries of one row or column."""

    is_nonnegative = True

    def unfold(self) -> Any:
        """Return the ``Sum``."""
        base = self.args[0]
        return Sum(base[e] ** 2, (e, 0, D - 1))

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols that the definition leaves free."""
        return set(self.unfold().free_symbols)

    def _latex(self, printer: Any) -> str:
        return rf"|{printer._print(self.args[0])}|^2"


class Size(NormSquared):
    """``|x|^2`` of a row that is declared not to be zero."""

    is_positive = True


def loss_of(score: Any, delta: Any, i: Any) -> Any:
    """Return the hinge loss of row i, for scores given as a function of row and class."""
    true = labels[i]
    return SumWrong(Hinge(score(i, j) - score(i, true) + delta), j, C, true)


def scaled_score(factor: Any) -> Any:
    """Return the scores, as a function of row and class, of the weights V times a factor."""
    return lambda i, j: SumOver(X[i, e] * (factor * V[e, j]), e, D)


BatchScore = abbreviation("s", lambda i, j: SumOver(X[i, e] * V[e, j], e, D))
ScaledLoss = abbreviation(
    "L_i",
    lambda: SumWrong(
        Hinge(SumOver(x[e] * ((1 + a) * W[e, j]), e, D) - SumOver(x[e] * ((1 + a) * W[e, y]), e, D) + delta),
        j,
        C,
        y,
    ),
    after="((1 + a) W)",
)

BATCH = Domain(
    sizes={C: (2, 3, 4), D: (1, 2), N: (1, 2, 3)},
    arrays={X: (N, D), V: (D, C)},
    labels={labels: (N, C)},
)

TESTS = "tests/package/test_derivations_ch05.py::"
