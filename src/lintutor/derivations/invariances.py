"""The derivations of the table of invariances: what keeps scores as they are.

Distances are in ``ch01_invariances``; here are the scores of every model that begins with ``X @ W``.
"""

from collections.abc import Callable

from sympy import Eq, IndexedBase, KroneckerDelta, Sum

from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, SumOver, abbreviation, index, size

__all__ = ["DERIVATIONS"]

D = size("D")
d, e, n = index("d"), index("e"), index("n")
x, w, v = (IndexedBase(name, real=True) for name in "xwv")
order = IndexedBase(r"\pi", integer=True, nonnegative=True)
PartOfX = abbreviation("p", lambda: SumOver(v[e] * x[e], e, D) / SumOver(v[e] ** 2, e, D))
PartOfW = abbreviation("q", lambda: SumOver(v[e] * w[e], e, D) / SumOver(v[e] ** 2, e, D))
SCORE = SumOver(x[d] * w[d], d, D)


def mirrored_scores() -> Derivation:
    """Return that mirroring pictures and weights keeps every score; a rotation is a chain of mirrors."""
    p, q = PartOfX(), PartOfW()
    along_w, along_x, length = (SumOver(v[d] * u[d], d, D) for u in (w, x, v))
    return Derivation(
        id="invariance-mirrored-scores",
        number=None,
        title="Pictures and weights in one mirror: the same scores",
        assumptions=(
            r"$x$ is a picture, $w$ a column of weights, $v$ the direction across the mirror, not zero",
            r"$p = \sum_d v_d x_d / \sum_d v_d^2$, and $q$ the same of $w$: as much of each lies along $v$",
        ),
        lines=(
            Line(SumOver((x[d] - 2 * p * v[d]) * (w[d] - 2 * q * v[d]), d, D)),
            Line(
                SCORE - 2 * p * along_w - 2 * q * along_x + 4 * p * q * length,
                "multiply out, and sum the four parts",
            ),
            Line(
                SCORE - 2 * p * Group(q * length) - 2 * q * Group(p * length) + 4 * p * q * length,
                r"$\sum_d v_d w_d = q \sum_d v_d^2$, and $\sum_d v_d x_d = p \sum_d v_d^2$",
            ),
            Line(SCORE, "the last three parts cancel"),
        ),
        domain=Domain(sizes={D: (1, 2, 3)}, arrays={x: (D,), w: (D,), v: (D,)}, draws=12),
        twins=(
            Twin(1, SCORE - 2 * p * along_w + 4 * p * q * length, "missing term: one of the mixed ones"),
            Twin(1, SCORE - 2 * p * along_w - 2 * q * along_x + 2 * p * q * length, "factor"),
            Twin(3, SCORE - 4 * p * q * length, "sign: as if only the pictures were mirrored"),
            Twin(3, -SCORE, "sign"),
        ),
        section="invariances-proofs",
    )


def shuffled_scores() -> Derivation:
    """Return that one shuffle of pixels and of the rows of W keeps every score."""
    hits = KroneckerDelta(n, order[d])
    term = x[n] * w[n]
    once = Eq(Sum((Sum(KroneckerDelta(n, order[d]), (d, 0, D - 1)) - 1) ** 2, (n, 0, D - 1)), 0)
    return Derivation(
        id="invariance-shuffled-scores",
        number=None,
        title="Pixels and weights in one new order: the same scores",
        assumptions=(r"place $d$ of the picture and of the weights shows entry $\pi_d$, each entry once",),
        lines=(
            Line(SumOver(x[order[d]] * w[order[d]], d, D)),
            Line(
                SumOver(SumOver(hits * term, n, D), d, D),
                r"of all entries $n$, pick the one that place $d$ shows",
            ),
            Line(SumOver(term * SumOver(hits, d, D), n, D), "sum over the places first"),
            Line(SCORE, "each entry is shown once, so each count is 1"),
        ),
        domain=Domain(
            sizes={D: (1, 2, 3, 4)},
            arrays={x: (D,), w: (D,)},
            labels={order: (D, D)},
            given=(once,),
            draws=12,
        ),
        twins=(
            Twin(1, SumOver(x[n] * w[n] * D, n, D), "factor"),
            Twin(3, SumOver(x[order[d]] * w[d], d, D), "index: shuffles the picture only"),
            Twin(3, SCORE + w[0], "an entry counted twice"),
        ),
        section="invariances-proofs",
    )


DERIVATIONS: tuple[Callable[[], Derivation], ...] = (mirrored_scores, shuffled_scores)
