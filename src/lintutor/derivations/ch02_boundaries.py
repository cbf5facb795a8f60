"""The derivations of chapter 2, "Score functions": where two scores tie, and what no tie can be."""

from collections.abc import Callable

from sympy import Pow, Rational, Sum

from lintutor.derivations.ch02_symbols import (
    PLACES,
    SCORES,
    TESTS,
    TWO,
    C,
    D,
    Gap,
    GapThere,
    Moved,
    Score,
    ScoreThere,
    Slope,
    W,
    a,
    b,
    c,
    d,
    e,
    over,
    theta,
    x,
    z,
)
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, abbreviation

__all__ = ["DERIVATIONS"]

HALF = Rational(1, 2)
DIRECTION = r"$u_d = W_{da} - W_{dc}$: the template of $a$ less that of $c$"
DIFFER = "the two templates differ, so $u$ is not zero"
ELSEWHERE = r"$z$ is another place, with scores $s'_j$ and gap $g'$; the way there is $v_d = z_d - x_d$"
LONG = over(Slope(d) ** 2)
SOMEWHERE = PLACES.but(given=(LONG > 0,))
Step = abbreviation("r", lambda: Gap() * Pow(LONG, -1))
Between = abbreviation("p", lambda d: (1 - theta) * x[d] + theta * z[d])
GapBetween = abbreviation(
    "g''", lambda: over(Between(d) * W[d, a]) + b[a] - over(Between(d) * W[d, c]) - b[c]
)


def gap_is_linear() -> Derivation:
    """Return how the gap of two scores changes along a way."""
    return Derivation(
        id="score-gap-changes",
        number=None,
        title="The gap changes by the way, times the difference of the templates",
        assumptions=(SCORES, TWO, DIRECTION, ELSEWHERE),
        lines=(
            Line(GapThere() - Gap()),
            Line(
                Group(ScoreThere(a) - ScoreThere(c)) - Group(Score(a) - Score(c)),
                "the definition of the gaps",
            ),
            Line(over(Moved(d) * W[d, a]) - over(Moved(d) * W[d, c]), "the biases cancel"),
            Line(over(Moved(d) * Slope(d)), "collect"),
        ),
        domain=PLACES,
        twins=(
            Twin(3, -over(Moved(d) * Slope(d)), "sign"),
            Twin(3, over(Moved(d)), "missing factor: the templates"),
            Twin(2, over(Moved(d) * W[d, a]) + over(Moved(d) * W[d, c]), "sign of the second score"),
            Twin(2, over(z[d] * W[d, a]) - over(x[d] * W[d, c]), "index: one score at each place"),
        ),
        section="score-half-planes",
        code="scores.linear_scores",
        code_test=TESTS + "test_gap_of_the_code_changes_as_the_formula_says",
    )


def reaches_the_tie() -> Derivation:
    """Return number 10, first half: how far the tie is if you walk straight to it."""
    gap = Group(Score(a) - Score(c))
    return Derivation(
        id="score-distance-to-tie",
        number=10,
        title="How far it is to a tie",
        assumptions=(
            SCORES,
            TWO,
            DIRECTION,
            DIFFER,
            r"the way from $x$ goes by $-r u_d$ in each value, with $r = g / \sum_d u_d^2$: "
            "it changes the gap by $-g$, so it ends at a tie",
        ),
        lines=(
            Line(over((Step() * Slope(d)) ** 2)),
            Line(Step() ** 2 * LONG, "the factor does not depend on $d$"),
            Line(
                gap**2 * Pow(LONG, -1),
                r"put $r$ in, and one of its two denominators cancels; the root is $|s_a - s_c| / |u|$",
            ),
        ),
        domain=SOMEWHERE.but(arrays={x: (D,), W: (D, C), b: (C,)}),
        twins=(
            Twin(2, gap**2 * Pow(LONG, -2), "divides twice"),
            Twin(2, gap**2, "forgets to divide: a gap is no distance"),
            Twin(2, gap * Pow(LONG, -1), "missing square"),
            Twin(2, HALF * gap**2 * Pow(LONG, -1), "factor"),
            Twin(2, Group(Score(a) + Score(c)) ** 2 * Pow(LONG, -1), "sign"),
            Twin(1, Step() * LONG, "missing square of the factor"),
        ),
        section="score-half-planes",
        code="scores.linear_scores",
        code_test=TESTS + "test_walking_the_distance_to_a_tie_closes_the_gap_of_the_code",
    )


def no_shorter_way() -> Derivation:
    """Return number 10, second half: no way to a tie is shorter."""
    cross = Group(Moved(d) * Slope(e) - Moved(e) * Slope(d)) ** 2
    return Derivation(
        id="score-no-shorter-way",
        number=None,
        title="No way to a tie is shorter",
        assumptions=(SCORES, TWO, DIRECTION, ELSEWHERE, "at a tie $g' = 0$"),
        lines=(
            Line(over(Moved(d) ** 2) * LONG),
            Line(
                over(Moved(d) * Slope(d)) ** 2 + HALF * Sum(Sum(cross, (e, 0, D - 1)), (d, 0, D - 1)),
                "multiply the double sum out: this is Lagrange's identity",
            ),
            Line(over(Moved(d) * Slope(d)) ** 2, "squares are not negative", ">="),
            Line(Group(GapThere() - Gap()) ** 2, "the derivation above: a way changes the gap by this much"),
        ),
        domain=PLACES,
        twins=(
            Twin(2, 2 * over(Moved(d) * Slope(d)) ** 2, "factor"),
            Twin(1, over(Moved(d) * Slope(d)) ** 2, "missing term: Lagrange's squares"),
            Twin(3, Group(GapThere() + Gap()) ** 2, "sign"),
            Twin(
                1,
                over(Moved(d) * Slope(d)) ** 2 + Sum(Sum(cross, (e, 0, D - 1)), (d, 0, D - 1)),
                "counts every pair twice",
            ),
        ),
        section="score-half-planes",
        code="scores.linear_scores",
        code_test=TESTS + "test_walking_the_distance_to_a_tie_closes_the_gap_of_the_code",
    )


def between_two_places() -> Derivation:
    """Return the gap at a place between two others: who wins at both ends wins between."""
    return Derivation(
        id="score-between",
        number=None,
        title="Who wins at both ends wins between",
        assumptions=(
            SCORES,
            TWO,
            DIRECTION,
            r"$z$ is another place, with gap $g'$; between lies $p_d = (1 - \theta) x_d + \theta z_d$, "
            r"with gap $g''$ and $0 \le \theta \le 1$",
        ),
        lines=(
            Line(GapBetween()),
            Line(over(Between(d) * Slope(d)) + b[a] - b[c], "the definition of the gap at $p$"),
            Line(
                (1 - theta) * Group(over(x[d] * Slope(d)) + b[a] - b[c])
                + theta * Group(over(z[d] * Slope(d)) + b[a] - b[c]),
                r"split the sum; each bias is $(1 - \theta)$ of itself plus $\theta$ of itself",
            ),
            Line((1 - theta) * Gap() + theta * GapThere(), "the definition of the gaps at $x$ and at $z$"),
        ),
        domain=PLACES.but(unit=(theta,)),
        twins=(
            Twin(3, theta * Gap() + (1 - theta) * GapThere(), "index: the ends exchanged"),
            Twin(3, Gap() + theta * GapThere(), "missing factor"),
            Twin(3, (1 - theta) * Gap() - theta * GapThere(), "sign"),
            Twin(3, HALF * (Gap() + GapThere()), "factor: the middle only"),
            Twin(1, over(Between(d) * Slope(d)), "missing term: the biases"),
        ),
        section="score-limits",
        code="scores.linear_scores",
        code_test=TESTS + "test_gap_of_the_code_between_two_places_is_the_mixture",
    )


DERIVATIONS: tuple[Callable[[], Derivation], ...] = (
    gap_is_linear,
    reaches_the_tie,
    no_shorter_way,
    between_two_places,
)
