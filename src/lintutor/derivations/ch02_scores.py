"""The derivations of chapter 2, "Score functions": equal scores in other layouts, and means as templates.

What the tie of two scores looks like stands in :mod:`~lintutor.derivations.ch02_boundaries`.
"""

from collections.abc import Callable

from sympy import Integer, Piecewise, Rational, Sum

from lintutor.derivations.ch02_symbols import (
    PAIR,
    ROW,
    SCORES,
    TESTS,
    C,
    D,
    N,
    Score,
    W,
    X,
    a,
    b,
    c,
    d,
    i,
    j,
    mu,
    over,
    v,
    x,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, abbreviation

__all__ = ["DERIVATIONS"]

Turned = abbreviation("V", lambda j, d: W[d, j])
Longer = abbreviation(r"\hat x", lambda d: Piecewise((x[d], d < D), (Integer(1), True)))
Taller = abbreviation(r"\hat W", lambda d, j: Piecewise((W[d, j], d < D), (b[j], True)))
Mean = abbreviation(r"\mu", lambda d, j: mu[d, j])
Near = abbreviation("t", lambda j: over(x[d] * Mean(d, j)) - Rational(1, 2) * over(Mean(d, j) ** 2))
Added = abbreviation("s'", lambda j: over(x[d] * Group(W[d, j] + v[d])) + b[j])
NewBias = abbreviation("b'", lambda j: b[j] - over(v[d] * W[d, j]))

BATCH = Domain(sizes={N: (1, 2), D: (2, 3), C: (2, 4)}, indices={i: N, j: C}, arrays={X: (N, D), W: (D, C)})
MEANS = Domain(
    sizes={D: (1, 2, 3), C: (2, 3)},
    indices={a: C, c: C},
    unequal=((a, c),),
    arrays={x: (D,), mu: (D, C)},
    draws=6,
)


def two_layouts() -> Derivation:
    """Return the equality of the two ways to write a batch of scores."""
    return Derivation(
        id="score-two-layouts",
        number=None,
        title="Pictures as rows or as columns: the same scores",
        assumptions=(
            r"$X$ holds one picture a row, $W$ one class a column",
            r"$V$ holds one class a row: $V_{jd} = W_{dj}$; the picture is a column, $x_d = X_{id}$",
        ),
        lines=(
            Line(over(X[i, d] * W[d, j])),
            Line(
                over(Turned(j, d) * X[i, d]),
                "$V$ is $W$ with rows and columns exchanged: this is entry $j$ of $V x$",
            ),
        ),
        domain=BATCH,
        twins=(
            Twin(1, over(X[i, d] * W[j, d]), "index: forgets that V was turned"),
            Twin(1, over(X[d, i] * Turned(j, d)), "index: turns the picture instead"),
            Twin(1, -over(Turned(j, d) * X[i, d]), "sign"),
            Twin(1, Turned(j, 0) * X[i, 0], "missing terms: one pixel only"),
        ),
        section="score-linear-map",
        code="scores.linear_scores",
        code_test=TESTS + "test_scores_of_the_code_are_the_sums_in_both_layouts",
    )


def bias_trick() -> Derivation:
    """Return number 9: a column of ones carries the bias."""
    return Derivation(
        id="score-bias-trick-equal",
        number=9,
        title="A one behind the pixels carries the bias",
        assumptions=(
            r"$\hat x$ is $x$ with a one behind it: $\hat x_d = x_d$ for $d < D$, and $\hat x_D = 1$",
            r"$\hat W$ is $W$ with a last row $b$: $\hat W_{dj} = W_{dj}$ for $d < D$, $\hat W_{Dj} = b_j$",
        ),
        lines=(
            Line(Sum(Longer(d) * Taller(d, j), (d, 0, D))),
            Line(
                Sum(Longer(d) * Taller(d, j), (d, 0, D - 1)) + Longer(D) * Taller(D, j),
                "set the last of the $D + 1$ terms apart",
            ),
            Line(over(x[d] * W[d, j]) + 1 * b[j], r"before the last, $\hat x$ and $\hat W$ are $x$ and $W$"),
            Line(Score(j), "the definition of the score"),
        ),
        domain=ROW,
        twins=(
            Twin(2, over(x[d] * W[d, j]), "missing term: the bias"),
            Twin(2, over(x[d] * W[d, j]) - b[j], "sign"),
            Twin(2, over(x[d] * W[d, j]) + D * b[j], "factor: the bias once a pixel"),
            Twin(2, over(x[d] * W[d, j] + b[j]), "the bias inside the sum"),
            Twin(3, Score(j) + 1, "counts the one by itself"),
        ),
        section="score-bias-trick",
        code="scores.bias_trick",
        code_test=TESTS + "test_bias_trick_of_the_code_gives_the_same_scores",
    )


def nearest_mean_expanded() -> Derivation:
    """Return the squared distance to a mean as a score."""
    return Derivation(
        id="score-nearest-mean-expanded",
        number=None,
        title="A squared distance is a score, turned around",
        assumptions=(
            r"$\mu_{dc}$ is value $d$ of the mean of class $c$",
            r"$t_c = \sum_d x_d \mu_{dc} - \frac{1}{2} \sum_d \mu_{dc}^2$: a linear score with its bias",
        ),
        lines=(
            Line(over((x[d] - Mean(d, c)) ** 2)),
            Line(
                over(x[d] ** 2) - 2 * over(x[d] * Mean(d, c)) + over(Mean(d, c) ** 2),
                "multiply out, and sum each part",
            ),
            Line(over(x[d] ** 2) - 2 * Near(c), r"only the first part does not know the class"),
        ),
        domain=MEANS,
        twins=(
            Twin(1, over(x[d] ** 2) + over(Mean(d, c) ** 2), "missing term: the product"),
            Twin(
                1, over(x[d] ** 2) - over(x[d] * Mean(d, c)) + over(Mean(d, c) ** 2), "factor of the product"
            ),
            Twin(2, over(x[d] ** 2) + 2 * Near(c), "sign"),
            Twin(2, -2 * Near(c), "drops what all classes share"),
        ),
        section="score-nearest-mean",
        code="classifiers.NearestMean",
        code_test=TESTS + "test_class_scores_of_nearest_mean_are_the_formula_up_to_one_number_a_row",
    )


def nearest_mean_linear() -> Derivation:
    """Return number 8: the nearest mean has the highest score."""
    return Derivation(
        id="score-nearest-mean-linear",
        number=8,
        title="The nearest mean is the highest score",
        assumptions=(
            r"$\mu_{dc}$ is value $d$ of the mean of class $c$; $a$ is any other class",
            r"$t_c = \sum_d x_d \mu_{dc} - \frac{1}{2} \sum_d \mu_{dc}^2$",
            "squared distances rank like distances (chapter 1)",
        ),
        lines=(
            Line(over((x[d] - Mean(d, c)) ** 2) <= over((x[d] - Mean(d, a)) ** 2)),
            Line(
                over(x[d] ** 2) - 2 * Near(c) <= over(x[d] ** 2) - 2 * Near(a),
                "both squares, multiplied out",
                "iff",
            ),
            Line(-2 * Near(c) <= -2 * Near(a), r"$\sum_d x_d^2$ stands on both sides", "iff"),
            Line(Near(c) >= Near(a), r"dividing by $-2$ turns the sign around", "iff"),
        ),
        domain=MEANS,
        twins=(
            Twin(3, Near(c) <= Near(a), "sign: dividing by a negative number"),
            Twin(3, over(x[d] * Mean(d, c)) >= over(x[d] * Mean(d, a)), "missing term: no bias"),
            Twin(1, over(x[d] ** 2) - Near(c) <= over(x[d] ** 2) - 2 * Near(a), "factor"),
            Twin(
                3,
                over(x[d] * Mean(d, c)) - over(Mean(d, c) ** 2)
                >= over(x[d] * Mean(d, a)) - over(Mean(d, a) ** 2),
                "factor: the bias without its one half",
            ),
        ),
        section="score-nearest-mean",
        code="classifiers.nearest_mean_weights",
        code_test=TESTS + "test_weights_of_the_nearest_mean_are_the_formula",
    )


def common_template() -> Derivation:
    """Return the gap between two scores when every class gets the same template added."""
    return Derivation(
        id="score-common-template",
        number=None,
        title="What every template shares decides nothing",
        assumptions=(
            SCORES,
            r"$s'_j = \sum_d x_d (W_{dj} + v_d) + b_j$: any column $v$, added to every column of $W$",
        ),
        lines=(
            Line(Added(a) - Added(c)),
            Line(
                Score(a) + over(x[d] * v[d]) - Group(Score(c) + over(x[d] * v[d])),
                "each score rises by the same number, which depends on the picture alone",
            ),
            Line(Score(a) - Score(c), "added once, subtracted once"),
        ),
        domain=PAIR.but(arrays={x: (D,), W: (D, C), b: (C,), v: (D,)}),
        twins=(
            Twin(1, Score(a) + over(v[d]) - Group(Score(c) + over(x[d] * v[d])), "missing factor"),
            Twin(2, Score(c) - Score(a), "sign"),
            Twin(2, Score(a) - Score(c) + over(x[d] * v[d]), "adds to one class only"),
            Twin(2, 2 * Group(Score(a) - Score(c)), "factor"),
        ),
        section="score-not-probabilities",
        code="scores.linear_scores",
        code_test=TESTS + "test_gap_of_the_code_ignores_a_column_added_to_all",
    )


def centered() -> Derivation:
    """Return number 11: centering the pixels moves the bias and nothing else."""
    return Derivation(
        id="score-centering-moves-bias",
        number=11,
        title="Centering is a change of bias",
        assumptions=(SCORES, r"$v$ is any row subtracted from $x$: the mean picture, say"),
        lines=(
            Line(over(Group(x[d] - v[d]) * W[d, j]) + b[j]),
            Line(over(x[d] * W[d, j]) - over(v[d] * W[d, j]) + b[j], "multiply out and split the sum"),
            Line(
                over(x[d] * W[d, j]) + NewBias(j),
                r"a new bias $b'_j = b_j - \sum_d v_d W_{dj}$: it does not depend on the picture",
            ),
        ),
        domain=ROW.but(arrays={x: (D,), W: (D, C), b: (C,), v: (D,)}),
        twins=(
            Twin(1, over(x[d] * W[d, j]) + over(v[d] * W[d, j]) + b[j], "sign"),
            Twin(1, over(x[d] * W[d, j]) - over(v[d]) + b[j], "missing factor: the weights"),
            Twin(2, over(x[d] * W[d, j]) + b[j], "missing term: keeps the old bias"),
            Twin(2, over(x[d] * W[d, j]) + 2 * NewBias(j), "factor"),
        ),
        section="score-centering-scaling",
        code="scores.center",
        code_test=TESTS + "test_centering_in_the_code_is_a_change_of_bias",
    )


DERIVATIONS: tuple[Callable[[], Derivation], ...] = (
    two_layouts,
    bias_trick,
    nearest_mean_expanded,
    nearest_mean_linear,
    common_template,
    centered,
)
