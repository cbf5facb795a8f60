"""The derivations of chapter 1, "Nearest neighbors": what leaves distances as they are, and what does not.

A turn, a mirror, a shuffle, a picture subtracted from all, a factor for all.
"""

from collections.abc import Callable

from sympy import Abs, KroneckerDelta, Max, cos, sin, sqrt

from lintutor.derivations.ch01_symbols import (
    L1,
    SIZES,
    SQUARES,
    TESTS,
    Cos45,
    D,
    Difference,
    Magnitude,
    MovedT,
    MovedX,
    RootHalf,
    ScaledT,
    ScaledX,
    Share,
    Sin45,
    SquaredL2,
    TurnedT,
    TurnedX,
    a,
    b,
    c,
    d,
    mu,
    n,
    order,
    t,
    theta,
    v,
    x,
    z,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, Row, SumOver

__all__ = ["DERIVATIONS"]


def rotation() -> Derivation:
    """Return number 1: a turn of the axes keeps the L2 distance."""
    across, up = Difference(0), Difference(1)
    turned = (cos(theta) * across - sin(theta) * up) ** 2 + (sin(theta) * across + cos(theta) * up) ** 2
    squares = (cos(theta) ** 2 + sin(theta) ** 2) * across**2 + (sin(theta) ** 2 + cos(theta) ** 2) * up**2
    return Derivation(
        id="distance-rotation",
        number=1,
        title="A turn of the axes keeps the L2 distance",
        assumptions=(
            r"$x$ and $t$ are two points of the plane, both turned by the same angle $\theta$",
            r"$x'_0 = \cos\theta\, x_0 - \sin\theta\, x_1$ and "
            r"$x'_1 = \sin\theta\, x_0 + \cos\theta\, x_1$; $t'$ likewise",
            r"$z_d = x_d - t_d$",
        ),
        lines=(
            Line((TurnedX(0) - TurnedT(0)) ** 2 + (TurnedX(1) - TurnedT(1)) ** 2),
            Line(turned, "the turn of a difference is the difference of the turns"),
            Line(squares, r"the mixed terms $\mp 2 \cos\theta \sin\theta\, z_0 z_1$ cancel"),
            Line(across**2 + up**2, r"$\cos^2\theta + \sin^2\theta = 1$"),
        ),
        domain=Domain(arrays={x: (2,), t: (2,)}, scalars=(theta,), draws=20),
        twins=(
            Twin(
                1, turned - 4 * cos(theta) * sin(theta) * across * up, "sign: both rows of the turn subtract"
            ),
            Twin(
                2, squares + 2 * cos(theta) * sin(theta) * across * up, "missing term: a mixed term is left"
            ),
            Twin(3, 2 * (across**2 + up**2), "factor"),
            Twin(3, across**2 - up**2, "sign"),
        ),
        section="knn-rotation",
        code="neighbors.l2_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def mirror() -> Derivation:
    """Return that a mirror keeps the L2 length in any dimension; every rotation is a chain of mirrors."""
    share, squares = Share(), SumOver(z[d] ** 2, d, D)
    along, length = SumOver(v[d] * z[d], d, D), SumOver(v[d] ** 2, d, D)
    return Derivation(
        id="distance-mirror",
        number=None,
        title="A mirror keeps the L2 length, in any dimension",
        assumptions=(
            "$z$ is the difference of two rows, $v$ the direction across the mirror, not zero",
            r"$p = \sum_d v_d z_d \,/ \sum_d v_d^2$: as much of $z$ lies along $v$, and turns around",
        ),
        lines=(
            Line(SumOver((z[d] - 2 * share * v[d]) ** 2, d, D)),
            Line(
                squares - 4 * share * along + 4 * share**2 * length,
                "expand the square, and sum its three parts",
            ),
            Line(
                squares - 4 * share * Group(share * length) + 4 * share**2 * length,
                r"$\sum_d v_d z_d = p \sum_d v_d^2$, the definition of $p$",
            ),
            Line(squares, "the two parts with $p$ cancel"),
        ),
        domain=Domain(sizes={D: (1, 2, 3)}, arrays={z: (D,), v: (D,)}, draws=12),
        twins=(
            Twin(1, squares + 4 * share**2 * length, "missing term: the mixed one"),
            Twin(1, squares - 2 * share * along + 4 * share**2 * length, "factor"),
            Twin(2, squares + 4 * share * Group(share * length) + 4 * share**2 * length, "sign"),
            Twin(3, squares + along, "a part survives"),
        ),
        section="knn-rotation",
        code="neighbors.l2_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def rotation_l1() -> Derivation:
    """Return that L1 after a turn by 45 degrees is the root of two times the largest coordinate."""
    return Derivation(
        id="distance-rotation-l1",
        number=None,
        title="Turned by 45 degrees, L1 measures the largest coordinate",
        assumptions=(
            r"a turn by 45 degrees takes the difference $(a, b)$ to $\frac{1}{\sqrt{2}} (a - b,\ a + b)$",
            r"both sides are $\sqrt{2}$ times the L1 length of that",
        ),
        lines=(
            Line(Abs(a - b) + Abs(a + b)),
            Line(
                (Abs(a) + Abs(b)) + Abs(Abs(a) - Abs(b)),
                "if $a$ and $b$ have one sign, the sum is the larger; else the difference",
            ),
            Line(2 * Max(Abs(a), Abs(b)), "a sum of two sizes and their gap is twice the larger one"),
        ),
        domain=Domain.of_symbols(a, b, draws=40),
        twins=(
            Twin(1, Abs(a) + Abs(b), "missing term"),
            Twin(1, (Abs(a) + Abs(b)) - Abs(Abs(a) - Abs(b)), "sign"),
            Twin(2, 2 * (Abs(a) + Abs(b)), "L1 again: it would be kept"),
            Twin(2, Max(Abs(a), Abs(b)), "factor"),
        ),
        section="knn-rotation",
        code="neighbors.lp_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def rotation_l1_example() -> Derivation:
    """Return number 2: the points (0, 1) and (1, 0), turned by 45 degrees."""
    return Derivation(
        id="distance-rotation-l1-example",
        number=2,
        title="The L1 length of the difference (1, −1), turned by 45 degrees",
        assumptions=(r"a turn takes $(1, -1)$ to $(\cos 45° + \sin 45°,\ \sin 45° - \cos 45°)$",),
        lines=(
            Line(Abs(Cos45() + Sin45()) + Abs(Sin45() - Cos45())),
            Line(2 * RootHalf(), r"both are $1/\sqrt{2}$: the sizes are $2/\sqrt{2}$ and 0"),
            Line(sqrt(2), r"$2 / \sqrt{2} = \sqrt{2}$"),
        ),
        domain=Domain(draws=20),
        twins=(
            Twin(1, 4 * RootHalf(), "sign: the second size is not 0"),
            Twin(1, RootHalf(), "factor: one of two equal parts"),
            Twin(2, 2 * sqrt(2), "factor"),
        ),
        section="knn-rotation",
        code="neighbors.l1_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def shuffle() -> Derivation:
    """Return number 7: one shuffle of the pixels of both pictures changes no distance."""
    by_place = SumOver((x[order[d]] - t[order[d]]) ** 2, d, D)
    by_size = SumOver(Magnitude(x[order[d]] - t[order[d]]), d, D)
    hits = KroneckerDelta(n, order[d])
    looked_up = [
        SumOver(SumOver(hits * term, n, D), d, D) for term in (Magnitude(x[n] - t[n]), (x[n] - t[n]) ** 2)
    ]
    counted = [
        SumOver(term * SumOver(hits, d, D), n, D) for term in (Magnitude(x[n] - t[n]), (x[n] - t[n]) ** 2)
    ]
    misses = SumOver(Group(SumOver(hits, d, D) - 1) ** 2, n, D)
    return Derivation(
        id="distance-shuffle",
        number=7,
        title="One shuffle of all pixels changes no distance",
        assumptions=(
            r"place $d$ of both pictures now shows pixel $\pi_d$; each pixel is shown exactly once",
            "left: the L1 distance; right: the square of the L2 distance",
        ),
        lines=(
            Line(Row(by_size, by_place)),
            Line(Row(*looked_up), r"of all pixels $n$, pick the one that place $d$ shows"),
            Line(Row(*counted), "sum over the places first"),
            Line(Row(L1(), SquaredL2()), "each pixel is shown once, so each count is 1"),
        ),
        domain=Domain(
            sizes={D: (1, 2, 3, 4)},
            arrays={x: (D,), t: (D,)},
            labels={order: (D, D)},
            given=(misses <= 0,),
            draws=8,
        ),
        twins=(
            Twin(1, Row(looked_up[0], SQUARES * 2), "factor"),
            Twin(
                2,
                Row(counted[0], SumOver((x[n] - t[n]) ** 2 * (D - SumOver(hits, d, D)), n, D)),
                "counts the others",
            ),
            Twin(
                3,
                Row(SumOver(Magnitude(x[d] - t[order[d]]), d, D), SQUARES),
                "index: shuffles one picture only",
            ),
            Twin(3, Row(SIZES, SumOver((x[d] + t[d]) ** 2, d, D)), "sign"),
        ),
        section="knn-pixel-shuffle",
        code="neighbors.l1_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def shift() -> Derivation:
    """Return that subtracting one picture from all pictures changes no distance."""
    gap, half = MovedX(d) - MovedT(d), MovedX(d) - t[d]
    return Derivation(
        id="distance-shift",
        number=None,
        title="Subtracting one picture from all changes no distance",
        assumptions=(
            r"$x'_d = x_d - \mu_d$ and $t'_d = t_d - \mu_d$: one picture $\mu$ for both",
            r"with all entries of $\mu$ equal it is the overall mean",
            "left: the L1 distance; right: the square of the L2 distance",
        ),
        lines=(
            Line(Row(SumOver(Magnitude(gap), d, D), SumOver(gap**2, d, D))),
            Line(Row(L1(), SquaredL2()), r"$\mu_d$ is subtracted from both and cancels"),
        ),
        domain=Domain(sizes={D: (1, 2, 3)}, arrays={x: (D,), t: (D,), mu: (D,)}, draws=8),
        twins=(
            Twin(
                1,
                Row(SumOver(Magnitude(half), d, D), SQUARES),
                "subtracts from the test pictures only",
            ),
            Twin(1, Row(SIZES, SumOver((x[d] - t[d] - 2 * mu[d]) ** 2, d, D)), "sign"),
            Twin(1, Row(SIZES, SumOver((x[d] - t[d]) ** 2 + mu[d] ** 2, d, D)), "a term survives"),
        ),
        section="knn-preprocessing-invariances",
        code="neighbors.l1_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


def scale() -> Derivation:
    """Return that one factor for all pixels multiplies every distance alike."""
    gap = ScaledX(d) - ScaledT(d)
    return Derivation(
        id="distance-scale",
        number=None,
        title="One factor for all pixels multiplies all distances",
        assumptions=(
            r"$x'_d = c\, x_d$ and $t'_d = c\, t_d$ with one number $c > 0$",
            "left: the L1 distance; right: the square of the L2 distance",
        ),
        lines=(
            Line(Row(SumOver(Magnitude(gap), d, D), SumOver(gap**2, d, D))),
            Line(
                Row(SumOver(c * Magnitude(x[d] - t[d]), d, D), SumOver(c**2 * (x[d] - t[d]) ** 2, d, D)),
                "$c$ is positive and leaves the size as it is",
            ),
            Line(Row(c * L1(), c**2 * SquaredL2()), "the same factor in every term: no order changes"),
        ),
        domain=Domain(sizes={D: (1, 2, 3)}, arrays={x: (D,), t: (D,)}, scalars=(c,), draws=8),
        twins=(
            Twin(2, Row(c**2 * SIZES, c**2 * SQUARES), "factor: L1 is not squared"),
            Twin(2, Row(c * SIZES, c * SQUARES), "factor: L2 is"),
            Twin(2, Row(D * c * SIZES, c**2 * SQUARES), "counts the factor once a pixel"),
            Twin(1, Row(SIZES, SQUARES), "missing factor"),
        ),
        section="knn-preprocessing-invariances",
        code="neighbors.l1_distances",
        code_test=TESTS + "test_distances_keep_what_their_derivations_say",
    )


DERIVATIONS: tuple[Callable[[], Derivation], ...] = (
    rotation,
    mirror,
    rotation_l1,
    rotation_l1_example,
    shuffle,
    shift,
    scale,
)
