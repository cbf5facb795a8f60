"""Chapter 5: two classes, the constant C of a binary SVM, and how wide its margin is."""

from sympy import Rational, S

from lintutor.derivations.ch03_symbols import (
    HINGE,
    MARGINS,
    ONE,
    C,
    D,
    Loss,
    Margin,
    N,
    Score,
    W,
    X,
    d,
    delta,
    e,
    i,
    j,
    lam,
    x,
    y,
)
from lintutor.derivations.ch05_symbols import TESTS, NormSquared, Size, signs, u, w
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, Hinge, Ratio, Row, SumOver, SumWrong, abbreviation

__all__ = ["DERIVATIONS"]

_HALF = Rational(1, 2)
_squares = SumOver(w[d] ** 2, d, D)
_OneHinge = abbreviation("h", lambda i: Hinge(1 - signs[i] * SumOver(X[i, e] * w[e], e, D)))
_hinges = SumOver(_OneHinge(i), i, N)
_BINARY = Domain(
    sizes={D: (1, 2, 3), N: (1, 2, 3)},
    arrays={X: (N, D), w: (D,), signs: (N,)},
    scalars=(lam,),
    draws=4,
)
_LIBRARY = r"the hinge of row $i$ is $h_i = \max(0, 1 - z_i \sum_d X_{id} w_d)$"


def two_classes() -> Derivation:
    """Return number 21: with two classes the loss is a hinge of one weight vector."""
    sign = abbreviation("z", lambda: 2 * y - 1)()
    difference = SumOver(x[d] * (W[d, 1] - W[d, 0]), d, D)
    return Derivation(
        id="margin-two-classes",
        number=21,
        title="Two classes: one hinge, and one weight vector",
        assumptions=(
            HINGE,
            MARGINS,
            "$C = 2$; $z = 2 y - 1$ is the label as a sign: $-1$ for class 0, $+1$ for class 1",
        ),
        lines=(
            Line(Loss()),
            Line(SumWrong(Hinge(Margin(j)), j, C, y), "the definition of the loss"),
            Line(Hinge(Score(1 - y) - Score(y) + delta), "one wrong class is left, $1 - y$"),
            Line(
                Hinge(delta - sign * (Score(1) - Score(0))),
                "for $y = 1$ the difference is $s_0 - s_1$, for $y = 0$ it is $s_1 - s_0$",
            ),
            Line(
                Hinge(delta - sign * difference),
                "only the difference of the two columns acts: $w = W_{:,1} - W_{:,0}$",
            ),
        ),
        domain=ONE.but(sizes={D: (1, 2, 3)}, fixed={C: 2}, draws=8),
        twins=(
            Twin(3, Hinge(delta + sign * (Score(1) - Score(0))), "sign"),
            Twin(2, Hinge(Score(y) - Score(1 - y) + delta), "index: true and wrong class exchanged"),
            Twin(4, Hinge(delta - 2 * sign * difference), "factor"),
            Twin(3, Hinge(delta - y * (Score(1) - Score(0))), "takes the label 0 for a sign"),
        ),
        section="hinge-binary-svm",
        code="losses.binary_hinge_loss",
        code_test=TESTS + "test_code_with_two_classes_is_one_hinge",
    )


def split_norm() -> Derivation:
    """Return number 22: how two columns share one difference most cheaply."""
    both = SumOver(u[d] ** 2 + (u[d] + w[d]) ** 2, d, D)
    around = SumOver((u[d] + w[d] * _HALF) ** 2, d, D)
    return Derivation(
        id="margin-split-norm",
        number=22,
        title="Two columns with a given difference cost at least half of its square",
        assumptions=("$u$ is the column of class 0, $u + w$ that of class 1: their difference is $w$",),
        lines=(
            Line(both),
            Line(2 * around + _HALF * _squares, r"complete the square around $u = -\frac{1}{2} w$"),
            Line(
                _HALF * _squares,
                r"a sum of squares is never negative; it is 0 for $-\frac{1}{2} w$ and $\frac{1}{2} w$ only",
                ">=",
            ),
        ),
        domain=Domain(sizes={D: (1, 2, 3, 4)}, arrays={u: (D,), w: (D,)}, draws=8),
        twins=(
            Twin(1, 2 * around + _squares, "factor"),
            Twin(1, 2 * SumOver((u[d] - w[d] * _HALF) ** 2, d, D) + _HALF * _squares, "sign"),
            Twin(1, around + _HALF * _squares, "factor: one column only"),
            Twin(2, _squares, "all of the difference in one column"),
        ),
        section="hinge-binary-svm",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_code_with_two_classes_is_one_hinge",
    )


def constant() -> Derivation:
    """Return number 23: the constant C of a binary SVM, for one penalized weight vector."""
    return Derivation(
        id="margin-svm-constant",
        number=23,
        title="The constant C of a binary SVM",
        assumptions=(_LIBRARY, r"one weight vector $w$, penalized by $\lambda \sum_d w_d^2$"),
        lines=(
            Line(_hinges / N + lam * _squares),
            Line(
                2 * lam * Group(_HALF * _squares + Ratio(S.One, 2 * N * lam) * _hinges),
                r"take $2 \lambda$ out: libraries minimize $\frac{1}{2} |w|^2 + C \sum_i h_i$, "
                r"so $C = \frac{1}{2 N \lambda}$",
            ),
        ),
        domain=_BINARY,
        twins=(
            Twin(1, 2 * lam * Group(_HALF * _squares + _hinges / (N * lam)), "factor: forgets the 2"),
            Twin(
                1, 2 * lam * Group(_HALF * _squares + _hinges / (2 * lam)), "forgets that C multiplies a sum"
            ),
            Twin(1, 2 * lam * Group(_HALF * _squares - _hinges / (2 * N * lam)), "sign"),
            Twin(1, _HALF * _squares + _hinges / (2 * N * lam), "factor: equal up to a factor is not equal"),
        ),
        section="hinge-binary-svm",
        code="objective.svm_loss_vectorized",
        code_test=TESTS + "test_objective_of_the_code_is_a_librarys_up_to_a_factor",
    )


def constant_of_two_columns() -> Derivation:
    """Return the constant C for the W of this book, whose two columns share the difference."""
    return Derivation(
        id="margin-svm-constant-two-columns",
        number=None,
        title="The constant C for a W with two columns is twice as large",
        assumptions=(
            _LIBRARY,
            r"the columns of $W$ are $-\frac{1}{2} w$ and $\frac{1}{2} w$, as training leaves them; "
            r"the penalty is $\lambda$ times the sum of all squares",
        ),
        lines=(
            Line(_hinges / N + lam * SumOver((-w[d] * _HALF) ** 2 + (w[d] * _HALF) ** 2, d, D)),
            Line(_hinges / N + lam * _HALF * _squares, r"two quarters of $w_d^2$ are one half"),
            Line(
                lam * Group(_HALF * _squares + Ratio(S.One, N * lam) * _hinges),
                r"take $\lambda$ out: $C = \frac{1}{N \lambda}$",
            ),
        ),
        domain=_BINARY,
        twins=(
            Twin(1, _hinges / N + lam * _squares, "factor: the penalty of one vector"),
            Twin(2, lam * Group(_HALF * _squares + _hinges / (2 * N * lam)), "factor: the C of one vector"),
            Twin(2, lam * Group(_HALF * _squares - _hinges / (N * lam)), "sign"),
            Twin(2, lam * Group(_HALF * _squares + _hinges / lam), "forgets that C multiplies a sum"),
        ),
        section="hinge-binary-svm",
        code="objective.svm_loss_vectorized",
        code_test=TESTS + "test_objective_of_the_code_is_a_librarys_up_to_a_factor",
    )


def shortest() -> Derivation:
    """Return the shortest step by which a score rises: it goes along w."""
    rise = abbreviation("a", lambda: SumOver(w[e] * u[e], e, D))()
    norm = Size(w)
    rest = SumOver((u[d] - rise / norm * w[d]) ** 2, d, D)
    return Derivation(
        id="margin-shortest",
        number=None,
        title="The shortest way from one score to another goes along w",
        assumptions=(
            "$u$ is any step; the score $w^\\top x + b$ rises by $a = \\sum_d w_d u_d$ on it",
            "$w$ is not zero",
        ),
        lines=(
            Line(SumOver(u[d] ** 2, d, D)),
            Line(rest + rise**2 / norm, "split the step into its part along $w$ and what is left"),
            Line(rise**2 / norm, "what is left costs length and does not raise the score", ">="),
        ),
        domain=Domain(sizes={D: (1, 2, 3)}, arrays={u: (D,), w: (D,)}, given=(norm > 0,), draws=12),
        twins=(
            Twin(1, rest - rise**2 / norm, "sign"),
            Twin(1, rest + rise / norm, "missing square"),
            Twin(2, 2 * rise**2 / norm, "factor"),
            Twin(2, rise**2, "forgets the length of w"),
        ),
        section="hinge-max-margin",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_margin_drawn_by_the_code_is_two_over_the_norm",
    )


def width() -> Derivation:
    """Return number 26: the margin is 2 / |w| wide."""
    norm = type("n", (abbreviation("n", lambda: NormSquared(w)),), {"is_positive": True})()
    step = 2 / norm * w[d]
    return Derivation(
        id="margin-width",
        number=26,
        title="The margin is 2 / |w| wide",
        assumptions=(
            r"the step $u = \frac{2}{n} w$ goes straight across the margin, with $n = |w|^2$ not zero",
            "each row holds two numbers: how much the score rises on the step, and its length squared",
        ),
        lines=(
            Line(Row(SumOver(w[d] * step, d, D), SumOver(step**2, d, D))),
            Line(
                Row(2 / norm * NormSquared(w), (2 / norm) ** 2 * NormSquared(w)), "constants leave the sums"
            ),
            Line(
                Row(S(2), 4 / norm),
                r"the score goes from $-1$ to $1$, and the length is $\sqrt{4 / n} = 2 / |w|$",
            ),
        ),
        domain=Domain(sizes={D: (1, 2, 3, 4)}, arrays={w: (D,)}, given=(norm > 0,), draws=12),
        twins=(
            Twin(2, Row(S(2), 2 / norm), "factor: half the square"),
            Twin(2, Row(S(1), 4 / norm), "from the boundary to one side only"),
            Twin(2, Row(S(2), 4 * norm), "a longer w for a wider margin"),
            Twin(1, Row(2 / norm * NormSquared(w), 2 / norm * NormSquared(w)), "missing square"),
        ),
        section="hinge-max-margin",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_margin_drawn_by_the_code_is_two_over_the_norm",
    )


DERIVATIONS = (two_classes, split_norm, constant, constant_of_two_columns, shortest, width)
