"""The derivations of chapter 3, "Hinge loss": what it bounds, its shape, its kink."""

from sympy import And, Rational, S

from lintutor.derivations.ch03_symbols import (
    HINGE,
    MARGINS,
    ONE,
    TESTS,
    WRONG_CLASS,
    C,
    D,
    Loss,
    LossMix,
    LossU,
    LossV,
    Margin,
    MarginMix,
    MarginU,
    MarginV,
    Score,
    U,
    V,
    c,
    delta,
    g,
    j,
    k,
    m,
    theta,
    x,
    y,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Every, Group, Hinge, Indicator, Some, SumWrong

__all__ = ["DERIVATIONS"]


def shift_invariance() -> Derivation:
    """Return the invariance of the loss under one constant added to all scores."""
    moved = Group(Score(j) + c) - Group(Score(y) + c) + delta
    return Derivation(
        id="hinge-shift-invariance",
        number=None,
        title="Adding one constant to all scores changes nothing",
        assumptions=(HINGE, MARGINS, "$c$ is any real number"),
        lines=(
            Line(SumWrong(Hinge(moved), j, C, y)),
            Line(SumWrong(Hinge(Score(j) - Score(y) + delta), j, C, y), "$c$ is added once, subtracted once"),
            Line(SumWrong(Hinge(Margin(j)), j, C, y), r"$m_j = s_j - s_y + \delta$"),
            Line(Loss(), "the definition of the loss"),
        ),
        domain=ONE.but(scalars=(delta, c)),
        twins=(
            Twin(1, SumWrong(Hinge(Score(j) - Score(y) + c + delta), j, C, y), "the constant survives"),
            Twin(1, SumWrong(Hinge(Score(y) - Score(j) + delta), j, C, y), "sign of the difference"),
            Twin(2, SumWrong(Margin(j), j, C, y), "missing maximum"),
            Twin(3, Loss() + delta, "counts the true class"),
        ),
        section="hinge-properties",
        code="losses.hinge_loss_one",
        code_test=TESTS + "test_code_ignores_a_constant_added_to_all_scores",
    )


def bounds_errors() -> Derivation:
    """Return number 18: the loss is at least delta wherever the example is not won."""
    rest = SumWrong(Hinge(Margin(j)), j, C, y, k)
    wrong = Indicator(Some(Score(k) >= Score(y), k, C, y))
    return Derivation(
        id="hinge-bounds-errors",
        number=18,
        title="The hinge loss bounds the errors",
        assumptions=(HINGE, MARGINS, WRONG_CLASS, "a tie with the true class counts as wrong"),
        lines=(
            Line(Loss()),
            Line(SumWrong(Hinge(Margin(j)), j, C, y), "the definition of the loss"),
            Line(Hinge(Margin(k)) + rest, "set one wrong class $k$ apart"),
            Line(Hinge(Margin(k)), "no term of a hinge sum is negative", ">="),
            Line(
                delta * Indicator(Margin(k) >= delta),
                r"if $m_k \ge \delta$ both sides say so; if not, the right side is 0",
                ">=",
                split=((Margin(k), delta),),
            ),
            Line(delta * Indicator(Score(k) >= Score(y)), r"$m_k \ge \delta$ says $s_k - s_y \ge 0$"),
            Line(
                delta * wrong,
                "true for every wrong class, so for the winner",
                ">=",
                for_some=True,
            ),
        ),
        domain=ONE.but(indices={y: C, k: C}, unequal=((k, y),)),
        twins=(
            Twin(
                4,
                delta * Indicator(Margin(k) >= 0),
                "wrong indicator: an open hinge may cost less",
            ),
            Twin(4, 2 * delta * Indicator(Margin(k) >= delta), "factor"),
            Twin(2, Hinge(Margin(k)) + SumWrong(Hinge(Margin(j)), j, C, y), "index: counts class k twice"),
            Twin(5, delta * Indicator(Score(k) <= Score(y)), "sign of the comparison"),
            Twin(6, wrong, "missing factor delta"),
            Twin(6, delta * Indicator(Some(Score(k) >= Score(y), k, C)), "index: y beats itself"),
        ),
        section="hinge-properties",
        code="losses.hinge_loss_one",
        code_test=TESTS + "test_loss_of_the_code_bounds_its_errors",
    )


def convex() -> Derivation:
    """Return number 19: the loss is convex in W."""
    left, right = Hinge(MarginU(j)), Hinge(MarginV(j))
    mixed = (1 - theta) * MarginU(j) + theta * MarginV(j)
    apart = SumWrong((1 - theta) * left + theta * right, j, C, y)
    return Derivation(
        id="hinge-convex",
        number=19,
        title="The hinge loss is convex in the weights",
        assumptions=(
            HINGE,
            MARGINS,
            r"$U$ and $V$ are any two weight matrices, $0 \le \theta \le 1$",
            "$m_j(U)$ is the margin at weights $U$",
        ),
        lines=(
            Line(LossMix()),
            Line(SumWrong(Hinge(MarginMix(j)), j, C, y), "the definition of the loss at the mixed weights"),
            Line(
                SumWrong(Hinge(mixed), j, C, y),
                r"a margin is affine in the weights, and $\delta = (1 - \theta) \delta + \theta \delta$",
            ),
            Line(
                apart,
                r"term by term, by the signs of $m_j(U)$ and $m_j(V)$: equal signs give equality, "
                "opposite signs let one hinge cancel part of the other",
                "<=",
                split=((MarginU(j), S.Zero), (MarginV(j), S.Zero)),
            ),
            Line((1 - theta) * LossU() + theta * LossV(), "split the sum: both parts are losses"),
        ),
        domain=Domain(
            sizes={C: (2, 3, 4, 5), D: (1, 2)},
            indices={y: C},
            arrays={x: (D,), U: (D, C), V: (D, C)},
            scalars=(delta,),
            unit=(theta,),
            draws=12,
        ),
        twins=(
            Twin(2, SumWrong(Hinge(mixed + delta), j, C, y), "delta is counted once too often"),
            Twin(3, SumWrong((1 - theta) * left, j, C, y), "missing term"),
            Twin(3, SumWrong((1 - theta) * left - theta * right, j, C, y), "sign"),
            Twin(3, SumWrong(theta * left + (1 - theta) * right, j, C, y), "index: weights swapped"),
            Twin(4, (LossU() + LossV()) * Rational(1, 2), "factor: the midpoint only"),
        ),
        section="hinge-piecewise-linear",
        code="losses.hinge_loss_vectorized",
        code_test=TESTS + "test_loss_of_the_code_is_convex_in_the_weights",
    )


def subgradient() -> Derivation:
    """Return number 20: the subgradients of max(0, m) at 0 are the numbers from 0 to 1."""
    return Derivation(
        id="hinge-subgradient",
        number=20,
        title="At the kink every slope from 0 to 1 is a subgradient",
        assumptions=(
            r"$g$ is a subgradient of $\max(0, m)$ at 0 if the line with slope $g$ through the kink "
            "stays on or below the hinge for every $m$",
        ),
        lines=(
            Line(Every(Hinge(m) >= Hinge(S.Zero) + g * m, m)),
            Line(Every(Hinge(m) - g * m >= 0, m), r"$\max(0, 0) = 0$; bring $g m$ to the left", "iff"),
            Line(And(1 - g >= 0, g >= 0), "put $m = 1$, then $m = -1$", "implies", values=(1, -1)),
            Line(And(g >= 0, g <= 1), "the same, written as an interval", "iff"),
            Line(
                Every(Hinge(m) - g * m >= 0, m),
                r"back again: above 0 the left side is $(1 - g) m \ge 0$, below 0 it is $-g m \ge 0$; "
                "so all lines say the same",
                "implies",
                split=((m, S.Zero),),
            ),
        ),
        domain=Domain(scalars=(g,), draws=60),
        twins=(
            Twin(1, Every(Hinge(m) + g * m >= 0, m), "sign"),
            Twin(2, And(1 - g >= 0, g >= Rational(1, 2)), "takes one half for the only choice and above"),
            Twin(3, And(g >= 0, g <= 2), "factor"),
            Twin(3, And(g >= -1, g <= 1), "the interval of the absolute value"),
            Twin(4, Every(Hinge(m) - 2 * g * m >= 0, m), "factor on the way back"),
        ),
        section="hinge-subgradient",
        code="losses.hinge_loss_vectorized",
        code_test=TESTS + "test_code_picks_a_subgradient_at_the_kink",
    )


DERIVATIONS = (shift_invariance, bounds_errors, convex, subgradient)
