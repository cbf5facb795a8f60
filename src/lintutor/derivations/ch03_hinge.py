"""The derivations of chapter 3, "Hinge loss": the loss at zero weights and the gradients of one example.

One example has the row x (D,) and the label y; the weights W (D, C) give the scores
``s_j = sum_d x_d W_dj`` and the margins ``m_j = s_j - s_y + delta``. Bounds and convexity stand in
:mod:`~lintutor.derivations.ch03_bounds`, the mean with its penalty in
:mod:`~lintutor.derivations.ch03_objective`.
"""

from typing import Any

from sympy import KroneckerDelta, S

from lintutor.derivations.ch03_symbols import (
    ENTRY,
    HINGE,
    MARGINS,
    OFF_KINK,
    ONE,
    TESTS,
    WRONG,
    WRONG_CLASS,
    C,
    Loss,
    Margin,
    Score,
    SquaredLoss,
    W,
    d,
    delta,
    j,
    k,
    x,
    y,
)
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import At, Hinge, Indicator, Partial, Row, SumOver, SumWrong

__all__ = ["DERIVATIONS"]


def _moves(label: Any) -> Any:
    """Return the slope of the margin m_j by W_d,label: x_d where j is that label, -x_d where y is."""
    return x[d] * (KroneckerDelta(j, label) - KroneckerDelta(y, label))


def _open(label: Any) -> Any:
    return Indicator(Margin(label) > 0)


def at_zero() -> Derivation:
    """Return number 12: the loss at W = 0."""
    start = At(Loss(), W, 0)
    scores = At(Score(j), W, 0) - At(Score(y), W, 0) + delta
    return Derivation(
        id="hinge-at-zero",
        number=12,
        title="The loss at zero weights counts the wrong classes",
        assumptions=(HINGE, MARGINS, "all weights are 0"),
        lines=(
            Line(start),
            Line(SumWrong(Hinge(scores), j, C, y), "the definition of the loss, at $W = 0$"),
            Line(SumWrong(Hinge(delta), j, C, y), r"every score is $\sum_d x_d \cdot 0 = 0$"),
            Line(SumWrong(delta, j, C, y), r"$\delta$ is positive, so the maximum picks it"),
            Line((C - 1) * delta, "there are $C - 1$ wrong classes, and each adds the same"),
        ),
        domain=ONE.but(special=None),
        twins=(
            Twin(4, C * delta, "counts the true class too"),
            Twin(4, (C + 1) * delta, "sign: adds where one class is left out"),
            Twin(4, C - 1, "forgets the factor delta"),
            Twin(2, SumOver(Hinge(delta), j, C), "index: the sum runs over every class"),
            Twin(3, SumWrong(S.Zero, j, C, y), "takes the other side of the maximum"),
        ),
        section="hinge-initial-loss",
        code="losses.hinge_loss_vectorized",
        code_test=TESTS + "test_code_at_zero_weights_gives_the_formula",
    )


def counts_true_class() -> Derivation:
    """Return number 13: a sum that does not leave the true class out."""
    hinge = Hinge(Margin(j))
    return Derivation(
        id="hinge-counts-true-class",
        number=13,
        title="Counting the true class adds delta",
        assumptions=(HINGE, MARGINS),
        lines=(
            Line(SumOver(hinge, j, C)),
            Line(Hinge(Margin(y)) + SumWrong(hinge, j, C, y), "set the true class, $j = y$, apart"),
            Line(Hinge(delta) + SumWrong(hinge, j, C, y), r"$m_y = s_y - s_y + \delta = \delta$"),
            Line(delta + SumWrong(hinge, j, C, y), r"$\delta$ is positive"),
            Line(Loss() + delta, "the sum over the wrong classes is the loss"),
        ),
        domain=ONE,
        twins=(
            Twin(4, Loss() - delta, "sign"),
            Twin(4, Loss() + C * delta, "factor: one delta a class"),
            Twin(4, Loss(), "missing term: the true class adds nothing"),
            Twin(2, Hinge(Score(y) + delta) + SumWrong(hinge, j, C, y), "index: forgets to subtract s_y"),
        ),
        section="hinge-properties",
        code="losses.hinge_loss_one",
        code_test=TESTS + "test_code_that_counted_every_class_would_be_delta_too_high",
    )


def gradient_wrong_class() -> Derivation:
    """Return number 14: the gradient by the column of a wrong class."""
    opened = _open(j)
    return Derivation(
        id="hinge-gradient-wrong-class",
        number=14,
        title="The gradient for a wrong class: its own hinge, times the row",
        assumptions=(HINGE, MARGINS, WRONG_CLASS, OFF_KINK),
        lines=(
            Line(Partial(Loss(), W[d, k])),
            Line(Partial(SumWrong(Hinge(Margin(j)), j, C, y), W[d, k]), "the definition of the loss"),
            Line(
                SumWrong(opened * Partial(Margin(j), W[d, k]), j, C, y),
                r"$\max(0, m)$ has slope 1 where $m > 0$ and slope 0 where $m < 0$",
            ),
            Line(
                SumWrong(opened * _moves(k), j, C, y),
                "$m_j$ contains $W_{dj}$ with the factor $x_d$ and $W_{dy}$ with the factor $-x_d$",
            ),
            Line(
                SumWrong(opened * x[d] * KroneckerDelta(j, k), j, C, y),
                r"$k \ne y$: the column of the true class is another one",
            ),
            Line(_open(k) * x[d], "one term of the sum is left, $j = k$"),
        ),
        domain=WRONG,
        twins=(
            Twin(5, -_open(k) * x[d], "sign"),
            Twin(5, 2 * _open(k) * x[d], "factor of the squared hinge"),
            Twin(5, x[d], "wrong indicator: counts closed hinges too"),
            Twin(5, Indicator(Margin(k) > delta) * x[d], "wrong indicator: a wrong score above the true one"),
            Twin(5, _open(y) * x[d], "index: asks for the margin of the true class"),
            Twin(3, SumWrong(opened * x[d], j, C, y), "missing term: every margin moves with this column"),
        ),
        section="hinge-gradient",
        code="losses.hinge_loss_naive",
        code_test=TESTS + "test_code_gives_the_gradient_formulas_kinks_included",
        off_kinks=True,
        column=d,
    )


def gradient_true_class() -> Derivation:
    """Return number 15: the gradient by the column of the true class."""
    opened = _open(j)
    return Derivation(
        id="hinge-gradient-true-class",
        number=15,
        title="The gradient for the true class: minus one row for every open hinge",
        assumptions=(HINGE, MARGINS, OFF_KINK),
        lines=(
            Line(Partial(Loss(), W[d, y])),
            Line(Partial(SumWrong(Hinge(Margin(j)), j, C, y), W[d, y]), "the definition of the loss"),
            Line(
                SumWrong(opened * Partial(Margin(j), W[d, y]), j, C, y),
                r"$\max(0, m)$ has slope 1 where $m > 0$ and slope 0 where $m < 0$",
            ),
            Line(
                SumWrong(-opened * x[d], j, C, y),
                "each $m_j$ contains $-s_y$: the factor is $-x_d$",
            ),
            Line(-SumWrong(opened, j, C, y) * x[d], "the row does not depend on $j$: count the open hinges"),
        ),
        domain=ENTRY,
        twins=(
            Twin(4, SumWrong(opened, j, C, y) * x[d], "sign"),
            Twin(4, -2 * SumWrong(opened, j, C, y) * x[d], "factor"),
            Twin(4, -SumOver(opened, j, C) * x[d], "index: counts the true class, whose margin is delta"),
            Twin(4, -_open(y) * x[d], "missing sum: one hinge only"),
            Twin(3, SumWrong(-x[d], j, C, y), "wrong indicator: counts closed hinges too"),
        ),
        section="hinge-gradient",
        code="losses.hinge_loss_naive",
        code_test=TESTS + "test_code_gives_the_gradient_formulas_kinks_included",
        off_kinks=True,
        column=d,
    )


def squared_gradient() -> Derivation:
    """Return number 16: the gradient of the squared hinge by a wrong class's column."""
    square = Hinge(Margin(j)) ** 2
    inner = 2 * Hinge(Margin(j))
    return Derivation(
        id="hinge-squared-gradient",
        number=16,
        title="The squared hinge: the slope grows with the margin",
        assumptions=(HINGE, MARGINS, WRONG_CLASS, r"$Q_i = \sum_{j \ne y} \max(0, m_j)^2$, kinks included"),
        lines=(
            Line(Partial(SquaredLoss(), W[d, k])),
            Line(Partial(SumWrong(square, j, C, y), W[d, k]), "the definition of the squared loss"),
            Line(
                SumWrong(inner * Partial(Margin(j), W[d, k]), j, C, y),
                r"$\max(0, m)^2$ has slope $2 \max(0, m)$ everywhere: at $m = 0$ both sides give 0",
            ),
            Line(
                SumWrong(inner * _moves(k), j, C, y),
                "$m_j$ contains $W_{dj}$ with the factor $x_d$ and $W_{dy}$ with the factor $-x_d$",
            ),
            Line(2 * Hinge(Margin(k)) * x[d], r"$k \ne y$, and one term of the sum is left, $j = k$"),
        ),
        domain=WRONG,
        twins=(
            Twin(4, -2 * Hinge(Margin(k)) * x[d], "sign"),
            Twin(4, Hinge(Margin(k)) * x[d], "factor: the 2 of the square is missing"),
            Twin(4, 2 * Margin(k) * x[d], "wrong indicator: no maximum, closed hinges pull"),
            Twin(4, 2 * _open(k) * x[d], "missing term: the margin itself"),
            Twin(4, 2 * Hinge(Margin(y)) * x[d], "index: the margin of the true class"),
        ),
        section="hinge-squared",
        code="losses.squared_hinge_loss_naive",
        code_test=TESTS + "test_code_gives_the_gradient_formulas_kinks_included",
        column=d,
    )


def squared_gradient_true_class() -> Derivation:
    """Return the gradient of the squared hinge by the true class's column."""
    inner = 2 * Hinge(Margin(j))
    return Derivation(
        id="hinge-squared-gradient-true-class",
        number=None,
        title="The squared hinge: the true class takes all the pull, reversed",
        assumptions=(HINGE, MARGINS, r"$Q_i = \sum_{j \ne y} \max(0, m_j)^2$, kinks included"),
        lines=(
            Line(Partial(SquaredLoss(), W[d, y])),
            Line(
                SumWrong(inner * Partial(Margin(j), W[d, y]), j, C, y),
                r"$\max(0, m)^2$ has slope $2 \max(0, m)$ everywhere",
            ),
            Line(SumWrong(-inner * x[d], j, C, y), "each $m_j$ contains $-s_y$: the factor is $-x_d$"),
            Line(-2 * SumWrong(Hinge(Margin(j)), j, C, y) * x[d], "constants and the row leave the sum"),
            Line(-2 * Loss() * x[d], "the sum is the plain hinge loss"),
        ),
        domain=ENTRY,
        twins=(
            Twin(4, 2 * Loss() * x[d], "sign"),
            Twin(4, -Loss() * x[d], "factor: the 2 of the square is missing"),
            Twin(4, -2 * SquaredLoss() * x[d], "squares again"),
            Twin(3, -2 * SumOver(Hinge(Margin(j)), j, C) * x[d], "index: the true class is counted"),
        ),
        section="hinge-squared",
        code="losses.squared_hinge_loss_naive",
        code_test=TESTS + "test_code_gives_the_gradient_formulas_kinks_included",
        column=d,
    )


def columns_sum_to_zero() -> Derivation:
    """Return number 17: the gradient's columns cancel."""
    opened = _open(j)
    both = SumOver(KroneckerDelta(j, k), k, C) - SumOver(KroneckerDelta(y, k), k, C)
    return Derivation(
        id="hinge-gradient-columns-sum-to-zero",
        number=17,
        title="The columns of the data gradient sum to zero",
        assumptions=(HINGE, MARGINS, OFF_KINK),
        lines=(
            Line(SumOver(Partial(Loss(), W[d, k]), k, C)),
            Line(
                SumOver(SumWrong(opened * _moves(k), j, C, y), k, C),
                "the derivative by one weight, before anything is collected",
            ),
            Line(SumWrong(opened * x[d] * both, j, C, y), "exchange the sums: only the brackets contain $k$"),
            Line(
                SumWrong(opened * x[d] * (SumOver(KroneckerDelta(j, k), k, C) - 1), j, C, y),
                "$y$ is one of the classes: the indicator is 1 once",
            ),
            Line(S.Zero, "$j$ is one of the classes too, so every bracket is $1 - 1 = 0$"),
        ),
        domain=ENTRY,
        twins=(
            Twin(2, SumWrong(opened * x[d] * SumOver(KroneckerDelta(j, k), k, C), j, C, y), "missing term"),
            Twin(3, SumWrong(opened * x[d] * (SumOver(KroneckerDelta(j, k), k, C) + 1), j, C, y), "sign"),
            Twin(4, SumWrong(opened, j, C, y) * x[d], "forgets the column of the true class"),
            Twin(
                1,
                SumWrong(SumWrong(opened * _moves(k), j, C, y), k, C, y),
                "index: no true column",
            ),
        ),
        section="hinge-gradient",
        code="losses.hinge_loss_vectorized",
        code_test=TESTS + "test_columns_of_the_data_gradient_of_the_code_sum_to_zero",
        off_kinks=True,
    )


def three_classes() -> Derivation:
    """Return the coefficients [1, -2, 1]: three classes, y = 1, every wrong hinge open."""
    zero, two = S.Zero, S(2)
    return Derivation(
        id="hinge-three-class-gradient",
        number=None,
        title="Three classes, both hinges open: the coefficients 1, -2, 1",
        assumptions=(HINGE, MARGINS, "$C = 3$, $y = 1$", "$m_0 > 0$ and $m_2 > 0$"),
        lines=(
            Line(Row(Partial(Loss(), W[d, 0]), Partial(Loss(), W[d, 1]), Partial(Loss(), W[d, 2]))),
            Line(
                Row(_open(zero) * x[d], -(_open(zero) + _open(two)) * x[d], _open(two) * x[d]),
                "the two gradient formulas, wrong class and true class",
            ),
            Line(Row(x[d], -2 * x[d], x[d]), "both indicators are 1"),
        ),
        domain=ENTRY.but(
            fixed={C: 3, y: 1}, given=(Margin(zero) > 0, Margin(two) > 0), special=None, draws=8
        ),
        twins=(
            Twin(2, Row(x[d], 2 * x[d], x[d]), "sign"),
            Twin(2, Row(x[d], -x[d], x[d]), "factor: the true class moves once for two open hinges"),
            Twin(2, Row(-2 * x[d], x[d], x[d]), "index: the wrong column is the true one"),
            Twin(1, Row(_open(zero) * x[d], S.Zero, _open(two) * x[d]), "missing term: the true class"),
        ),
        section="hinge-gradient",
        code="losses.hinge_loss_half_vectorized",
        code_test=TESTS + "test_code_gives_one_minus_two_one",
        off_kinks=True,
        column=d,
    )


DERIVATIONS = (
    at_zero,
    counts_true_class,
    gradient_wrong_class,
    gradient_true_class,
    squared_gradient,
    squared_gradient_true_class,
    columns_sum_to_zero,
    three_classes,
)
