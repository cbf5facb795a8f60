"""The derivations of chapter 4 on the gradient of the loss: by scores, weights, bias and picture."""

from typing import Any

from sympy import KroneckerDelta, S, exp, log

from lintutor.derivations.ch04_symbols import (
    CROSS_ENTROPY,
    ONE,
    SOFTMAX,
    TESTS,
    TRUE_CLASS,
    C,
    D,
    Loss,
    LossAtRow,
    LossOfRow,
    LossWithBias,
    N,
    P,
    PAtRow,
    POfRow,
    PWithBias,
    Score,
    ScoreWithBias,
    W,
    X,
    b,
    d,
    e,
    i,
    j,
    k,
    labels,
    lam,
    s,
    x,
    y,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import (
    Group,
    Indicator,
    Partial,
    Ratio,
    Some,
    SumOver,
    SumWrong,
    abbreviation,
)

__all__ = ["DERIVATIONS"]

_ROW = Domain(sizes={C: (2, 3, 4), D: (1, 2)}, indices={y: C, d: D}, arrays={x: (D,), W: (D, C)}, draws=2)
_Penalty = abbreviation("R", lambda: SumOver(SumOver(W[e, j] ** 2, e, D), j, C))
Objective = abbreviation("F", lambda: SumOver(LossOfRow(i), i, N) / N + lam * _Penalty())
_Lead = abbreviation("m", lambda j: s[j] - s[y])


def _delta(a: Any, b: Any) -> Any:
    return KroneckerDelta(a, b)


def score_gradient() -> Derivation:
    """Return number 32: the gradient of the loss by the scores."""
    return Derivation(
        id="softmax-score-gradient",
        number=32,
        title="The gradient by the scores: probability minus truth",
        assumptions=(SOFTMAX, CROSS_ENTROPY, TRUE_CLASS),
        lines=(
            Line(Partial(Loss(), s[k])),
            Line(Partial(Group(-log(P(y))), s[k]), r"$L_i = -\log p_y$"),
            Line(-Ratio(S.One, P(y)) * Partial(P(y), s[k]), "the chain rule: only $p_y$ enters the loss"),
            Line(
                -Ratio(_delta(y, k) * P(y) - P(y) * P(k), P(y)),
                "row $y$ of the Jacobian",
            ),
            Line(P(k) - _delta(k, y), "$p_y$ cancels; turn the sign around"),
        ),
        domain=ONE,
        twins=(
            Twin(4, _delta(k, y) - P(k), "sign"),
            Twin(4, P(k) - 1, "index: every class treated as the true one"),
            Twin(4, P(k), "missing term: the true class"),
            Twin(4, P(k) * Group(P(k) - _delta(k, y)), "factor: a probability left over"),
            Twin(3, -Group(_delta(y, k) * P(y) - P(y) * P(k)), "factor: slope of the logarithm forgotten"),
        ),
        section="softmax-gradient",
        code="losses.cross_entropy_on_scores",
        code_test=TESTS + "test_gradient_of_the_code_is_p_minus_one_hot",
    )


def score_gradient_sums_to_zero() -> Derivation:
    """Return the free test: the gradient by the scores sums to zero."""
    return Derivation(
        id="softmax-score-gradient-sums-to-zero",
        number=None,
        title="What the wrong classes are pushed down, the true class is pushed up",
        assumptions=(SOFTMAX, "$y$ is the true class"),
        lines=(
            Line(SumOver(P(k) - _delta(k, y), k, C)),
            Line(SumOver(P(k), k, C) - SumOver(_delta(k, y), k, C), "split the sum"),
            Line(1 - SumOver(_delta(k, y), k, C), "the shares sum to one"),
            Line(S.Zero, "$y$ is one of the classes: the indicator is 1 once"),
        ),
        domain=ONE.but(indices={y: C}, draws=4),
        twins=(
            Twin(1, SumOver(P(k), k, C) + SumOver(_delta(k, y), k, C), "sign"),
            Twin(2, C - SumOver(_delta(k, y), k, C), "factor"),
            Twin(3, S.One, "missing term"),
            Twin(2, P(y) - SumOver(_delta(k, y), k, C), "index: the true class only"),
        ),
        section="softmax-gradient",
        code="losses.cross_entropy_on_scores",
        code_test=TESTS + "test_gradient_of_the_code_is_p_minus_one_hot",
    )


def weight_gradient() -> Derivation:
    """Return number 33: the gradient of the objective by the weights."""
    squares = SumOver(SumOver(W[e, j] ** 2, e, D), j, C)
    mean = SumOver(Partial(LossOfRow(i), W[d, k]), i, N) / N
    error = Group(POfRow(i, k) - _delta(labels[i], k))
    rows = SumOver(X[i, d] * error, i, N) / N
    through = SumOver(Group(POfRow(i, j) - _delta(labels[i], j)) * X[i, d] * _delta(j, k), j, C)
    return Derivation(
        id="softmax-weight-gradient",
        number=33,
        title="The gradient by the weights: pixels times errors, averaged",
        assumptions=(
            r"rows $x_i$ with labels $y_i$; $P_{ij}$ is the softmax of row $i$ of $S = XW$",
            r"$F = \frac{1}{N} \sum_i L_i + \lambda \sum_{d,j} W_{dj}^2$, no one-half",
        ),
        lines=(
            Line(Partial(Objective(), W[d, k])),
            Line(mean + lam * Partial(squares, W[d, k]), "derivatives of sums, constants in front"),
            Line(
                SumOver(through, i, N) / N + lam * Partial(squares, W[d, k]),
                "through the scores: $s_{ij}$ contains $W_{dk}$ with the factor $X_{id}$ if $j = k$",
            ),
            Line(rows + lam * Partial(squares, W[d, k]), "one class is left, $j = k$"),
            Line(
                rows + 2 * lam * W[d, k],
                r"the slope of a square; the first part is entry $dk$ of $\frac{1}{N} X^\top (P - Y)$",
            ),
        ),
        domain=Domain(
            sizes={C: (2, 3), D: (1, 2), N: (1, 2)},
            indices={k: C, d: D},
            arrays={X: (N, D), W: (D, C)},
            labels={labels: (N, C)},
            scalars=(lam,),
            draws=2,
        ),
        twins=(
            Twin(4, rows + lam * W[d, k], "factor: one half smuggled in"),
            Twin(4, N * rows + 2 * lam * W[d, k], "factor: a sum, not the mean"),
            Twin(4, 2 * lam * W[d, k] - rows, "sign: truth minus probability"),
            Twin(4, rows, "missing term: no penalty"),
            Twin(3, SumOver(error, i, N) / N + lam * Partial(squares, W[d, k]), "missing: the pixels"),
        ),
        section="softmax-gradient",
        code="objective.softmax_loss_vectorized",
        code_test=TESTS + "test_softmax_objective_of_the_code_has_the_gradient_of_the_formula",
    )


def picture_gradient() -> Derivation:
    """Return number 34: the gradient by the picture."""
    return Derivation(
        id="softmax-picture-gradient",
        number=34,
        title="The gradient by the picture: a mean template minus the true one",
        assumptions=(r"scores $s_j = \sum_d x_d W_{dj}$, shares $p = \mathrm{softmax}(s)$", CROSS_ENTROPY),
        lines=(
            Line(Partial(LossAtRow(), x[d])),
            Line(
                SumOver(Group(PAtRow(k) - _delta(k, y)) * Partial(Score(k), x[d]), k, C),
                "the chain rule: the pixel reaches the loss through every score",
            ),
            Line(
                SumOver(Group(PAtRow(k) - _delta(k, y)) * W[d, k], k, C),
                "$s_k$ contains $x_d$ times $W_{dk}$",
            ),
            Line(SumOver(PAtRow(k) * W[d, k], k, C) - W[d, y], "the indicator leaves one column"),
        ),
        domain=_ROW,
        twins=(
            Twin(3, W[d, y] - SumOver(PAtRow(k) * W[d, k], k, C), "sign"),
            Twin(3, PAtRow(y) * W[d, y] - W[d, y], "missing sum: the true class only"),
            Twin(3, SumOver(PAtRow(k) * W[d, k], k, C), "missing term: the true column"),
            Twin(2, SumOver(Group(PAtRow(k) - _delta(k, y)) * x[d], k, C), "pixels where weights belong"),
        ),
        section="softmax-gradient",
        code="losses.cross_entropy_on_scores",
        code_test=TESTS + "test_gradient_of_the_code_by_the_picture_and_the_bias",
    )


def bias_gradient() -> Derivation:
    """Return the gradient by the biases."""
    error = Group(PWithBias(j) - _delta(j, y))
    return Derivation(
        id="softmax-bias-gradient",
        number=None,
        title="The gradient by the bias: the error itself",
        assumptions=(
            r"scores $s_j = \sum_d x_d W_{dj} + b_j$, shares $p = \mathrm{softmax}(s)$",
            CROSS_ENTROPY,
        ),
        lines=(
            Line(Partial(LossWithBias(), b[k])),
            Line(
                SumOver(error * Partial(ScoreWithBias(j), b[k]), j, C), "the chain rule, through every score"
            ),
            Line(SumOver(error * _delta(j, k), j, C), "$s_j$ contains its own bias, with the factor 1"),
            Line(PWithBias(k) - _delta(k, y), "one class is left, $j = k$"),
        ),
        domain=_ROW.but(indices={y: C, k: C}, arrays={x: (D,), W: (D, C), b: (C,)}),
        twins=(
            Twin(3, _delta(k, y) - PWithBias(k), "sign"),
            Twin(3, PWithBias(k), "missing term: the true class"),
            Twin(2, SumOver(error, j, C), "index: every bias in every score"),
            Twin(3, b[k] * (PWithBias(k) - _delta(k, y)), "factor: the bias where its slope belongs"),
        ),
        section="softmax-gradient",
        code="losses.cross_entropy_loss_vectorized",
        code_test=TESTS + "test_gradient_of_the_code_by_the_picture_and_the_bias",
    )


def bounds_errors() -> Derivation:
    """Return the bound of the errors by the loss."""
    lead = _Lead(k)
    rest = SumWrong(exp(_Lead(j)), j, C, y, k)
    wrong = Indicator(Some(s[k] >= s[y], k, C, y))
    return Derivation(
        id="softmax-loss-bounds-errors",
        number=None,
        title="The cross-entropy loss bounds the errors, too",
        assumptions=(
            CROSS_ENTROPY,
            r"$k$ is a wrong class, $m_k = s_k - s_y$ its lead",
            "a tie counts as wrong",
        ),
        lines=(
            Line(Loss()),
            Line(log(1 + exp(lead) + rest), "the loss by leads, with one wrong class $k$ set apart"),
            Line(log(1 + exp(lead)), "no exponential is negative, and the logarithm rises", ">="),
            Line(
                log(2) * Indicator(lead >= 0),
                r"if $m_k \ge 0$ then $e^{m_k} \ge 1$; if not, the right side is 0",
                ">=",
                split=((lead, S.Zero),),
            ),
            Line(log(2) * Indicator(s[k] >= s[y]), "the lead says who is ahead"),
            Line(log(2) * wrong, "true for every wrong class, so for the winner", ">=", for_some=True),
        ),
        domain=ONE.but(unequal=((k, y),)),
        twins=(
            Twin(3, Indicator(lead >= 0), "factor: the bound of the hinge"),
            Twin(3, log(2) * Indicator(lead >= -1), "a margin that is not asked for"),
            Twin(2, log(2 + exp(lead)), "the true class counted twice"),
            Twin(5, log(2) * Indicator(Some(s[k] >= s[y], k, C)), "index: y beats itself"),
            Twin(4, log(2) * Indicator(s[k] <= s[y]), "sign of the comparison"),
        ),
        section="softmax-against-hinge",
        code="losses.cross_entropy_loss_one",
        code_test=TESTS + "test_cross_entropy_of_the_code_is_the_definition",
    )


DERIVATIONS = (
    score_gradient,
    score_gradient_sums_to_zero,
    weight_gradient,
    bias_gradient,
    picture_gradient,
    bounds_errors,
)
