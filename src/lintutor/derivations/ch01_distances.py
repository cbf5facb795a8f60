"""The derivations of chapter 1, "Nearest neighbors": what a distance is made of and how large it is.

One picture is the row x (D,), another the row t (D,). ``|z|`` is written as its two pieces, so that
what holds for every size is proved for every size. What leaves distances alone stands in
:mod:`~lintutor.derivations.ch01_invariances`.
"""

from collections.abc import Callable

from sympy import Rational

from lintutor.derivations.ch01_symbols import (
    ENTRIES,
    ROWS,
    SQUARES,
    TESTS,
    D,
    Magnitude,
    Mean,
    N,
    Variance,
    a,
    b,
    c,
    d,
    e,
    i,
    j,
    t,
    v,
    x,
    z,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, SumOver, SumWrong

__all__ = ["DERIVATIONS"]


def expand_square() -> Derivation:
    """Return number 3: the squared distance as three sums."""
    x2, product, t2 = SumOver(x[d] ** 2, d, D), SumOver(x[d] * t[d], d, D), SumOver(t[d] ** 2, d, D)
    return Derivation(
        id="distance-expand-square",
        number=3,
        title="The squared distance needs one product of two rows",
        assumptions=ROWS,
        lines=(
            Line(SQUARES),
            Line(SumOver(x[d] ** 2 - 2 * x[d] * t[d] + t[d] ** 2, d, D), "expand each square"),
            Line(x2 - 2 * product + t2, "sum the three parts one by one"),
        ),
        domain=ENTRIES,
        twins=(
            Twin(1, SumOver(x[d] ** 2 + 2 * x[d] * t[d] + t[d] ** 2, d, D), "sign"),
            Twin(2, x2 - product + t2, "factor: the mixed term comes twice"),
            Twin(2, x2 - 2 * product, "missing term"),
            Twin(2, x2 - 2 * product + x2, "index: the wrong row's length"),
        ),
        section="knn-expand-square",
        code="neighbors.l2_distances_no_loops",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def square_order() -> Derivation:
    """Return number 4: squaring keeps the order of what is not negative."""
    return Derivation(
        id="distance-square-order",
        number=4,
        title="Squaring distances keeps their order",
        assumptions=(r"$a \ge 0$ and $b \ge 0$: two distances",),
        lines=(
            Line(a**2 < b**2),
            Line(
                Group(b - a) * Group(b + a) > 0,
                "move both to one side; a difference of squares is a product",
                "iff",
            ),
            Line(
                a < b, r"$b + a$ is not negative; where it is 0, so are both, and neither side holds", "iff"
            ),
        ),
        domain=Domain(scalars=(a, b), given=(a >= 0, b >= 0), draws=60),
        twins=(
            Twin(1, Group(a - b) * Group(b + a) > 0, "sign"),
            Twin(1, Group(b - a) * Group(b - a) > 0, "index: the square of the difference"),
            Twin(2, a <= b, "equal distances are not ordered"),
            Twin(2, b < a, "the other way around"),
        ),
        section="knn-sqrt-monotone",
        code="neighbors.squared_l2_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def l2_below_l1() -> Derivation:
    """Return number 5, first half: the L1 length is at least the L2 length."""
    squares, sizes = SumOver(z[d] ** 2, d, D), SumOver(Magnitude(z[d]), d, D)
    mixed = SumOver(SumWrong(Magnitude(z[d]) * Magnitude(z[e]), e, D, d), d, D)
    return Derivation(
        id="distance-l2-below-l1",
        number=5,
        title="L1 is never below L2",
        assumptions=("$z = x - t$ is a row of $D$ numbers; both lengths are squared here",),
        lines=(
            Line(squares),
            Line(squares + mixed, "no product of two sizes is negative", "<="),
            Line(Group(sizes) ** 2, "that is what the square of a sum multiplies out to"),
        ),
        domain=Domain(sizes={D: (1, 2, 3, 4)}, arrays={z: (D,)}, draws=8),
        twins=(
            Twin(1, squares - mixed, "sign"),
            Twin(2, squares, "missing term: the square of a sum is not the sum of squares"),
            Twin(2, Group(SumOver(z[d], d, D)) ** 2, "missing sizes: entries of both signs cancel"),
        ),
        section="knn-l1-l2-distances",
        code="neighbors.l1_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def l1_below_l2() -> Derivation:
    """Return number 5, second half: the L1 length is at most the root of D times the L2 length."""
    squares, sizes = SumOver(z[d] ** 2, d, D), SumOver(Magnitude(z[d]), d, D)
    gaps = SumOver(SumOver((Magnitude(z[d]) - Magnitude(z[e])) ** 2, e, D), d, D)
    return Derivation(
        id="distance-l1-below-l2",
        number=None,
        title="L1 is at most the root of D times L2",
        assumptions=("$z = x - t$ is a row of $D$ numbers; both lengths are squared here",),
        lines=(
            Line(Group(sizes) ** 2),
            Line(Group(sizes) ** 2 + Rational(1, 2) * gaps, "no square is negative", "<="),
            Line(D * squares, r"each square is $z_d^2 - 2 |z_d| |z_e| + z_e^2$: sum over both"),
        ),
        domain=Domain(sizes={D: (1, 2, 3, 4)}, arrays={z: (D,)}, draws=8),
        twins=(
            Twin(1, Group(sizes) ** 2 - gaps, "sign"),
            Twin(2, squares, "factor D is missing"),
            Twin(2, D**2 * squares, "factor: D for the squared lengths, not its square"),
        ),
        section="knn-l1-l2-distances",
        code="neighbors.l1_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def random_rows() -> Derivation:
    """Return number 6: the mean squared distance of two random rows grows with D."""
    mean, squared = Mean(), SumOver(v[i] ** 2, i, N) / N
    pairs = SumOver(SumOver((v[i] - v[j]) ** 2, j, N), i, N) / N**2
    return Derivation(
        id="distance-random-rows",
        number=6,
        title="The mean squared distance of two random rows",
        assumptions=(
            "every entry of $x$ and of $t$ is drawn by itself from the $N$ values $v_i$, each as likely",
            r"so the mean of $(x_d - t_d)^2$ is the mean over all $N^2$ pairs $(v_i, v_j)$",
            r"$\sigma^2 = \frac{1}{N} \sum_i (v_i - \bar v)^2$ is the variance of the values",
        ),
        lines=(
            Line(SumOver(pairs, d, D)),
            Line(D * pairs, "each of the $D$ entries has the same mean"),
            Line(2 * D * (squared - mean**2), "expand the square and sum over both indices"),
            Line(2 * D * Variance(), r"mean square less square of the mean: the variance $\sigma^2$"),
        ),
        domain=Domain(sizes={D: (1, 2, 3), N: (1, 2, 3)}, arrays={v: (N,)}),
        twins=(
            Twin(1, pairs, "missing factor D"),
            Twin(2, D * (squared - mean**2), "factor: the spread of one row, not of two"),
            Twin(2, 2 * D * (squared + mean**2), "sign"),
            Twin(3, 2 * D * squared, "missing term: the mean of the values is not zero"),
        ),
        section="knn-curse-of-dimensionality",
        code="neighbors.squared_l2_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def mean_is_nearest() -> Derivation:
    """Return that the mean is the one number with the least sum of squared distances."""
    mean = Mean()
    rest = SumOver((v[i] - mean) ** 2, i, N)
    return Derivation(
        id="distance-mean-is-nearest",
        number=None,
        title="The mean is nearest to all values by squared distance",
        assumptions=(r"$c$ is any number, $\bar v = \frac{1}{N}\sum_j v_j$ the mean of the $N$ values",),
        lines=(
            Line(SumOver((v[i] - c) ** 2, i, N)),
            Line(
                rest + N * (mean - c) ** 2,
                r"write $v_i - c = (v_i - \bar v) + (\bar v - c)$; the mixed terms sum to 0",
            ),
            Line(rest, "no square is negative", ">="),
        ),
        domain=Domain(sizes={N: (1, 2, 3)}, arrays={v: (N,)}, scalars=(c,), draws=8),
        twins=(
            Twin(1, rest - N * (mean - c) ** 2, "sign"),
            Twin(1, rest + (mean - c) ** 2, "factor N is missing"),
            Twin(1, rest, "missing term"),
        ),
        section="knn-norms-three-jobs",
        code="neighbors.squared_l2_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


DERIVATIONS: tuple[Callable[[], Derivation], ...] = (
    expand_square,
    square_order,
    l2_below_l1,
    l1_below_l2,
    random_rows,
    mean_is_nearest,
)
