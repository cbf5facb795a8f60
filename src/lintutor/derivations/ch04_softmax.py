"""The derivations of chapter 4 on softmax, log-sum-exp and the gradient of the loss on them."""

from typing import Any

from sympy import IndexedBase, Integer, KroneckerDelta, S, exp, log

from lintutor.derivations.ch04_symbols import (
    CROSS_ENTROPY,
    ONE,
    PAIR,
    SOFTMAX,
    TESTS,
    C,
    Loss,
    P,
    c,
    j,
    k,
    l,
    log_sum_exp,
    m,
    s,
    softmax_of,
    v,
    y,
)
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import At, Group, Partial, Ratio, SumOver, SumWrong, abbreviation

__all__ = ["DERIVATIONS"]

_LSE = log_sum_exp(lambda a: s[a])
_total = SumOver(exp(s[l]), l, C)


def _delta(a: Any, b: Any) -> Any:
    return KroneckerDelta(a, b)


def sums_to_one() -> Derivation:
    """Return the sum of the shares."""
    return Derivation(
        id="softmax-sums-to-one",
        number=None,
        title="The shares are positive and sum to one",
        assumptions=(SOFTMAX,),
        lines=(
            Line(SumOver(P(j), j, C)),
            Line(SumOver(softmax_of(lambda a: s[a], j), j, C), "the definition of softmax"),
            Line(Ratio(SumOver(exp(s[j]), j, C), _total), "the denominator is the same for every $j$"),
            Line(S.One, r"numerator and denominator are one sum; a sum of exponentials is never 0"),
        ),
        domain=PAIR.but(indices={}, draws=6),
        twins=(
            Twin(3, C, "factor: each share taken for 1"),
            Twin(2, Ratio(SumOver(exp(s[j]), j, C), SumOver(s[l], l, C)), "scores summed, not exponentials"),
            Twin(2, Ratio(exp(SumOver(s[j], j, C)), _total), "the exponential of the sum"),
            Twin(3, S.Zero, "missing term"),
        ),
        section="softmax-function",
        code="losses.softmax",
        code_test=TESTS + "test_softmax_of_the_code_is_the_definition",
    )


def shift_invariance() -> Derivation:
    """Return number 27: one constant added to all scores."""
    moved = Group(s[j] + c)
    every = SumOver(exp(s[l] + c), l, C)
    return Derivation(
        id="softmax-shift-invariance",
        number=27,
        title="Adding one constant to all scores changes no share",
        assumptions=(SOFTMAX, "$c$ is any real number"),
        lines=(
            Line(Ratio(exp(moved.args[0]), every)),
            Line(
                Ratio(exp(c, evaluate=False) * exp(s[j]), SumOver(exp(c) * exp(s[l]), l, C)),
                "the exponential of a sum is a product",
            ),
            Line(Ratio(exp(c) * exp(s[j]), exp(c) * _total), "$e^c$ does not depend on the class"),
            Line(Ratio(exp(s[j]), _total), "cancel $e^c$, which is not 0"),
            Line(P(j), "the definition of softmax"),
        ),
        domain=PAIR.but(indices={j: C}, arrays={s: (C,)}, scalars=(c,)),
        twins=(
            Twin(1, Ratio(exp(c) + exp(s[j]), every), "the exponential of a sum taken for a sum"),
            Twin(2, Ratio(exp(c) * exp(s[j]), C * exp(c) * _total), "factor: the constant taken out C times"),
            Twin(3, Ratio(exp(c) * exp(s[j]), _total), "the constant survives above"),
            Twin(4, Ratio(exp(s[l]), _total).xreplace({s[l]: -s[j]}), "sign of the score"),
        ),
        section="softmax-function",
        code="losses.softmax",
        code_test=TESTS + "test_softmax_of_the_code_ignores_a_constant_added_to_all_scores",
    )


def odds() -> Derivation:
    """Return what a difference of scores means."""
    return Derivation(
        id="softmax-odds",
        number=None,
        title="A difference of scores is a logarithm of odds",
        assumptions=(SOFTMAX,),
        lines=(
            Line(log(Ratio(P(j), P(k)))),
            Line(log(P(j)) - log(P(k)), "the logarithm of a quotient"),
            Line(Group(s[j] - _LSE) - Group(s[k] - _LSE), r"$\log p_j = s_j - \log \sum_l e^{s_l}$"),
            Line(s[j] - s[k], "what all classes share cancels"),
        ),
        domain=PAIR,
        twins=(
            Twin(3, s[k] - s[j], "sign"),
            Twin(3, exp(s[j] - s[k]), "the odds, not their logarithm"),
            Twin(2, Group(s[j] - _LSE) - Group(s[k] + _LSE), "sign of the shared term"),
            Twin(1, Ratio(log(P(j)), log(P(k))), "quotient of logarithms"),
        ),
        section="softmax-function",
        code="losses.log_softmax",
        code_test=TESTS + "test_log_softmax_of_the_code_gives_the_odds",
    )


def lse_shift() -> Derivation:
    """Return the identity that makes the computation safe."""
    return Derivation(
        id="softmax-log-sum-exp-shift",
        number=None,
        title="Take any number out of the exponentials and add it outside",
        assumptions=("$m$ is any real number; code takes the largest score",),
        lines=(
            Line(_LSE),
            Line(log(SumOver(exp(m) * exp(s[l] - m), l, C)), "$s_l = m + (s_l - m)$"),
            Line(log(exp(m) * SumOver(exp(s[l] - m), l, C)), "$e^m$ does not depend on the class"),
            Line(m + log(SumOver(exp(s[l] - m), l, C)), "the logarithm of a product"),
        ),
        domain=PAIR.but(indices={}, scalars=(m,), draws=6),
        twins=(
            Twin(3, m + log(SumOver(exp(s[l] + m), l, C)), "sign: adds where it should subtract"),
            Twin(3, log(SumOver(exp(s[l] - m), l, C)), "missing term: not added back"),
            Twin(3, m * log(SumOver(exp(s[l] - m), l, C)), "product where a sum belongs"),
            Twin(2, log(exp(C * m) * SumOver(exp(s[l] - m), l, C)), "factor: taken out C times"),
        ),
        section="softmax-stability",
        code="losses.log_sum_exp",
        code_test=TESTS + "test_log_sum_exp_of_the_code_is_the_formula_and_within_its_bounds",
    )


_gap = IndexedBase("g", nonnegative=True)
_below = SumOver(exp(-_gap[l]), l, C)


def lse_above() -> Derivation:
    """Return the lower half of number 28."""
    rest = SumWrong(exp(s[l]), l, C, k)
    return Derivation(
        id="softmax-log-sum-exp-at-least",
        number=None,
        title="Log-sum-exp is at least every score, so at least the largest",
        assumptions=("$k$ is any class",),
        lines=(
            Line(_LSE),
            Line(log(exp(s[k]) + rest), "set one class apart"),
            Line(s[k], "no exponential is negative, and the logarithm rises", ">="),
        ),
        domain=ONE.but(indices={k: C}),
        twins=(
            Twin(2, s[k] + log(C), "the bound from above"),
            Twin(2, 2 * s[k], "factor"),
            Twin(1, log(exp(s[k]) + _total), "index: class k counted twice"),
            Twin(2, exp(s[k]), "no logarithm"),
        ),
        section="softmax-stability",
        code="losses.log_sum_exp",
        code_test=TESTS + "test_log_sum_exp_of_the_code_is_the_formula_and_within_its_bounds",
    )


def lse_bounds() -> Derivation:
    """Return number 28: log-sum-exp is at most log C above the largest score."""
    return Derivation(
        id="softmax-log-sum-exp-at-most",
        number=28,
        title="Log-sum-exp is at most log C above the largest score",
        assumptions=(r"$m$ is the largest score, and $s_l = m - g_l$ with gaps $g_l \ge 0$",),
        lines=(
            Line(log(SumOver(exp(m - _gap[l]), l, C))),
            Line(m + log(_below), "take $e^m$ out of the sum and the logarithm"),
            Line(m + log(SumOver(Integer(1), l, C)), r"$e^{-g} \le 1$ for a gap $g \ge 0$", "<="),
            Line(m + log(C), "$C$ ones"),
        ),
        domain=PAIR.but(indices={}, arrays={_gap: (C,)}, scalars=(m,), special=None, draws=8),
        twins=(
            Twin(3, m, "missing term: the maximum itself"),
            Twin(2, m + log(SumOver(Integer(1), l, C)) - log(2), "one class less"),
            Twin(1, m - log(_below), "sign"),
            Twin(3, m + C, "no logarithm of C"),
        ),
        section="softmax-stability",
        code="losses.log_sum_exp",
        code_test=TESTS + "test_log_sum_exp_of_the_code_is_the_formula_and_within_its_bounds",
    )


def lse_gradient() -> Derivation:
    """Return number 29: the gradient of log-sum-exp is softmax."""
    return Derivation(
        id="softmax-log-sum-exp-gradient",
        number=29,
        title="The slope of log-sum-exp along a score is its share",
        assumptions=(SOFTMAX,),
        lines=(
            Line(Partial(_LSE, s[k])),
            Line(Ratio(S.One, _total) * Partial(_total, s[k]), r"$\log a$ has slope $1 / a$"),
            Line(
                Ratio(S.One, _total) * SumOver(exp(s[l]) * _delta(l, k), l, C),
                "an exponential is its own slope, and $s_k$ stands in one term only",
            ),
            Line(Ratio(exp(s[k]), _total), "that term is left"),
            Line(P(k), "the definition of softmax"),
        ),
        domain=ONE.but(indices={k: C}),
        twins=(
            Twin(2, Ratio(S.One, _total) * SumOver(s[l] * _delta(l, k), l, C), "exponential lost"),
            Twin(3, exp(s[k]), "missing denominator"),
            Twin(3, Ratio(_total, _total), "every term left"),
            Twin(4, -P(k), "sign"),
        ),
        section="softmax-gradient",
        code="losses.cross_entropy_on_scores",
        code_test=TESTS + "test_gradient_of_the_code_is_p_minus_one_hot",
    )


def jacobian() -> Derivation:
    """Return number 30: the Jacobian of softmax."""
    total = _total
    return Derivation(
        id="softmax-jacobian",
        number=30,
        title="The Jacobian of softmax",
        assumptions=(SOFTMAX,),
        lines=(
            Line(Partial(P(j), s[k])),
            Line(Partial(Ratio(exp(s[j]), total), s[k]), "the definition of softmax"),
            Line(
                Ratio(_delta(j, k) * exp(s[j]) * total - exp(s[j]) * exp(s[k]), Group(total) ** 2),
                "the quotient rule: the numerator moves only if $k = j$, the denominator always",
            ),
            Line(
                _delta(j, k) * Ratio(exp(s[j]), total) - Ratio(exp(s[j]), total) * Ratio(exp(s[k]), total),
                "divide each part",
            ),
            Line(_delta(j, k) * P(j) - P(j) * P(k), r"entry $jk$ of $\mathrm{diag}(p) - p\,p^\top$"),
        ),
        domain=PAIR,
        twins=(
            Twin(4, _delta(j, k) * P(j), "missing term: the denominator moves too"),
            Twin(4, _delta(j, k) * P(j) + P(j) * P(k), "sign"),
            Twin(4, P(j) - P(j) * P(k), "index: as if k = j everywhere"),
            Twin(4, _delta(j, k) * P(j) - P(j) ** 2, "index: p_j twice"),
            Twin(
                2,
                Ratio(_delta(j, k) * exp(s[j]) * total - exp(s[j]) * exp(s[k]), total),
                "factor: denominator not squared",
            ),
        ),
        section="softmax-gradient",
        code="losses.softmax",
        code_test=TESTS + "test_softmax_of_the_code_has_the_jacobian_of_the_formula",
    )


_Mean = abbreviation(r"\bar v", lambda: SumOver(P(l) * v[l], l, C))


def variance() -> Derivation:
    """Return number 31: the Jacobian is a covariance, so never negative."""
    entry = Group(_delta(j, k) * P(j) - P(j) * P(k))
    return Derivation(
        id="softmax-jacobian-is-a-variance",
        number=31,
        title="In every direction the Jacobian gives a variance",
        assumptions=(
            SOFTMAX,
            r"$v$ is any direction in the scores, $\bar v = \sum_l p_l v_l$ its mean under $p$",
        ),
        lines=(
            Line(SumOver(SumOver(v[j] * entry * v[k], k, C), j, C)),
            Line(
                SumOver(P(j) * v[j] ** 2, j, C) - SumOver(P(j) * v[j], j, C) * SumOver(P(k) * v[k], k, C),
                "multiply out; the indicator leaves $k = j$",
            ),
            Line(SumOver(P(j) * v[j] ** 2, j, C) - _Mean() ** 2, r"both sums are $\bar v$"),
            Line(
                SumOver(P(j) * Group(v[j] - _Mean()) ** 2, j, C),
                r"a mean of squares less the square of the mean: $\mathrm{Var}_p(v)$",
            ),
            Line(S.Zero, "shares and squares are not negative", ">="),
        ),
        domain=PAIR.but(indices={}, arrays={s: (C,), v: (C,)}, draws=6),
        twins=(
            Twin(2, SumOver(P(j) * v[j] ** 2, j, C) + _Mean() ** 2, "sign"),
            Twin(2, SumOver(P(j) * v[j] ** 2, j, C), "missing term"),
            Twin(3, SumOver(Group(v[j] - _Mean()) ** 2, j, C), "factor: the weights p_j"),
            Twin(
                1,
                SumOver((P(j) - P(j) ** 2) * v[j] ** 2, j, C),
                "index: diagonal only",
            ),
            Twin(4, S.One, "a bound that is not there"),
        ),
        section="softmax-gradient",
        code="losses.softmax",
        code_test=TESTS + "test_softmax_of_the_code_has_the_jacobian_of_the_formula",
    )


def at_zero() -> Derivation:
    """Return the loss where all scores are zero."""
    return Derivation(
        id="softmax-at-zero",
        number=None,
        title="The loss at zero scores is the logarithm of the number of classes",
        assumptions=(CROSS_ENTROPY, "all scores are 0, as at $W = 0$"),
        lines=(
            Line(At(Loss(), s, 0)),
            Line(log(SumOver(Integer(1), l, C)), "every score is 0, and $e^0 = 1$"),
            Line(log(C), "$C$ ones"),
        ),
        domain=ONE.but(sizes={C: (2, 3, 4, 5)}, indices={y: C}, special=None),
        twins=(
            Twin(2, C, "no logarithm"),
            Twin(2, log(C - 1), "index: the true class left out"),
            Twin(2, log(C) / log(10), "logarithm to base ten"),
            Twin(1, log(SumOver(Integer(0), l, C) + 1), "e to the 0 taken for 0"),
        ),
        section="softmax-initial-loss",
        code="losses.cross_entropy_loss_vectorized",
        code_test=TESTS + "test_cross_entropy_of_the_code_at_zero_weights_is_log_c",
    )


def loss_by_gaps() -> Derivation:
    """Return the loss as a function of the leads of the wrong classes."""
    lead = SumWrong(exp(s[l] - s[y]), l, C, y)
    return Derivation(
        id="softmax-loss-by-leads",
        number=None,
        title="The loss sees the leads of the wrong classes, and is never zero",
        assumptions=(CROSS_ENTROPY,),
        lines=(
            Line(Loss()),
            Line(-log(P(y)), r"the definition: $p_y = e^{s_y} / \sum_l e^{s_l}$"),
            Line(log(Ratio(_total, exp(s[y]))), "minus a logarithm is the logarithm of the inverse"),
            Line(log(SumOver(exp(s[l] - s[y]), l, C)), "divide every term"),
            Line(log(1 + lead), "the true class leads itself by 0, and $e^0 = 1$"),
        ),
        domain=ONE.but(indices={y: C}, draws=4),
        twins=(
            Twin(4, log(lead), "the true class left out of the denominator"),
            Twin(4, log(1 + SumWrong(exp(s[y] - s[l]), l, C, y)), "sign of the lead"),
            Twin(4, 1 + log(lead), "the one outside the logarithm"),
            Twin(2, -log(Ratio(_total, exp(s[y]))), "sign"),
        ),
        section="softmax-cross-entropy-loss",
        code="losses.cross_entropy_loss_one",
        code_test=TESTS + "test_cross_entropy_of_the_code_is_the_definition",
    )


DERIVATIONS = (
    sums_to_one,
    odds,
    shift_invariance,
    lse_shift,
    lse_above,
    lse_bounds,
    loss_by_gaps,
    at_zero,
    lse_gradient,
    jacobian,
    variance,
)
