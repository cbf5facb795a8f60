"""The derivations of chapter 6, "Gradients": which direction is steepest, and the product ``X^T dS``.

A gradient g (D,) and a direction u (D,), not zero; v is u at length 1. Differences and their errors stand in
:mod:`~lintutor.derivations.ch06_differences`.
"""

from typing import Any

from sympy import Indexed, IndexedBase, KroneckerDelta, Pow, S

from lintutor.derivations.ch03_symbols import C, D, N, W, X, d, e, i, j, k
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Defined, Group, Partial, Ratio, SumOver, abbreviation

__all__ = ["DERIVATIONS"]

_TESTS = "tests/package/test_derivations_code_ch06.py::"
g, u, dS = IndexedBase("g", real=True), IndexedBase("u", real=True), IndexedBase("dS", real=True)


class _Length(Defined):
    """The length of a vector that is not zero."""

    is_positive = True

    def unfold(self) -> Any:
        return Pow(SumOver(self.base[e] ** 2, e, D), S.Half)


class LengthOfGradient(_Length):
    """The length of g."""

    letter, base = r"\lVert g \rVert", g


class _LengthOfDirection(_Length):
    letter, base = r"\lVert u \rVert", u


class _Share(Ratio):
    """A fraction of positive parts."""

    is_positive = True


Unit = abbreviation("v", lambda d: Ratio(u[d], _LengthOfDirection()))
_DIRECTIONS = Domain(
    sizes={D: (1, 2, 3)},
    arrays={g: (D,), u: (D,)},
    given=(SumOver(g[e] ** 2, e, D) > 0, SumOver(u[e] ** 2, e, D) > 0),
    draws=8,
)
_UNIT = r"$v$ has length 1: $v_d = u_d / \lVert u \rVert$ for any direction $u \ne 0$"
_NOT_FLAT = r"the gradient $g$ is not zero; $\lVert g \rVert = \sqrt{\sum_d g_d^2}$"


def steepest_descent() -> Derivation:
    """Return number 45: no direction of length 1 goes down faster than the gradient is long."""
    slope, length = SumOver(g[d] * Unit(d), d, D), LengthOfGradient()
    gap = SumOver((g[d] + length * Unit(d)) ** 2, d, D)
    return Derivation(
        id="grad-steepest-descent",
        number=45,
        title="No direction of length 1 descends faster than the length of the gradient",
        assumptions=(_UNIT, _NOT_FLAT),
        lines=(
            Line(slope),
            Line(
                _Share(1, 2 * length) * gap - length,
                r"multiply out, with $\sum_d v_d^2 = 1$: the sum of squares is"
                r" $2 \lVert g \rVert^2 + 2 \lVert g \rVert \sum_d g_d v_d$",
            ),
            Line(-length, r"squares are never negative; all are 0 only for $v = -g / \lVert g \rVert$", ">="),
        ),
        domain=_DIRECTIONS,
        twins=(
            Twin(2, length, "sign: bounds the ascent"),
            Twin(2, -(length**2), "power: the square of the length"),
            Twin(2, S.Zero, "no direction would go down"),
            Twin(1, gap / length - length, "factor: the 2 of the product"),
            Twin(1, gap / (2 * length), "missing term: the lengths"),
        ),
        section="grad-derivative-to-gradient",
        code="gradients.directional_derivative",
        code_test=_TESTS + "test_slopes_of_the_code_stay_above_minus_the_length_of_the_gradient",
    )


def steepest_attained() -> Derivation:
    """Return the slope against the gradient: the bound is reached."""
    length = LengthOfGradient()
    return Derivation(
        id="grad-steepest-attained",
        number=None,
        title="Straight against the gradient the bound is reached",
        assumptions=(_NOT_FLAT, r"$v = -g / \lVert g \rVert$"),
        lines=(
            Line(SumOver(g[d] * Group(-Ratio(g[d], length)), d, D)),
            Line(-Ratio(SumOver(g[d] ** 2, d, D), length), "the length does not depend on $d$"),
            Line(-length, r"the sum is $\lVert g \rVert^2$"),
        ),
        domain=_DIRECTIONS.but(arrays={g: (D,)}, given=_DIRECTIONS.given[:1]),
        twins=(
            Twin(2, length, "sign"),
            Twin(2, -S.One, "takes the length of v for the slope"),
            Twin(2, -(length**2), "power: forgets that v has length 1"),
            Twin(1, -(SumOver(g[d], d, D) ** 2) / length, "the square of the sum, not the sum of squares"),
        ),
        section="grad-derivative-to-gradient",
        code="gradients.directional_derivative",
        code_test=_TESTS + "test_slopes_of_the_code_stay_above_minus_the_length_of_the_gradient",
    )


Score = abbreviation("S", lambda i, j: SumOver(X[i, e] * W[e, j], e, D))


class _Upstream(Defined):
    """Entry (i, j) of dS, the slope of the loss by one score."""

    letter = "dS"

    def unfold(self) -> Any:
        return Indexed(dS, *self.args)


def matrix_product() -> Derivation:
    """Return dL/dW = X^T dS, by indices."""
    up = _Upstream(i, j)
    itself = KroneckerDelta(e, d) * KroneckerDelta(j, k)
    return Derivation(
        id="grad-matrix-product",
        number=None,
        title="From the slopes by scores to the slopes by weights: a matrix product",
        assumptions=(
            r"scores $S_{ij} = \sum_d X_{id} W_{dj}$, and $dS_{ij} = \partial L / \partial S_{ij}$"
            " for any loss $L$ of the scores",
            r"a weight reaches the loss through scores only: its slope is the sum, over all scores, of"
            r" $dS_{ij}$ times the slope of $S_{ij}$",
        ),
        lines=(
            Line(SumOver(SumOver(up * Partial(Score(i, j), W[d, k]), j, C), i, N)),
            Line(
                SumOver(SumOver(up * SumOver(X[i, e] * itself, e, D), j, C), i, N),
                "a score is linear in the weights; a weight has slope 1 by itself, 0 by any other",
            ),
            Line(
                SumOver(SumOver(up * X[i, d] * KroneckerDelta(j, k), j, C), i, N),
                "one term of the inner sum is left, $d' = d$",
            ),
            Line(
                SumOver(X[i, d] * _Upstream(i, k), i, N), "and one class, $j = k$: entry $(d, k)$ of $X^T dS$"
            ),
        ),
        domain=Domain(
            sizes={C: (2, 3), D: (1, 2, 3), N: (1, 2)},
            indices={k: C, d: D},
            arrays={X: (N, D), W: (D, C), dS: (N, C)},
        ),
        twins=(
            Twin(3, -SumOver(X[i, d] * _Upstream(i, k), i, N), "sign"),
            Twin(3, SumOver(X[i, d] * _Upstream(i, k), i, N) / N, "factor: averaged once more"),
            Twin(3, SumOver(W[d, j] * _Upstream(S.Zero, j), j, C), "index: the gradient by the row"),
            Twin(3, SumOver(SumOver(X[i, d] * up, j, C), i, N), "missing indicator: every class pulls"),
        ),
        section="grad-matrix-calculus",
        code="losses.hinge_loss_vectorized",
        code_test=_TESTS + "test_gradient_of_the_code_is_the_product_of_the_formula",
    )


DERIVATIONS = (steepest_descent, steepest_attained, matrix_product)
