"""The symbols of chapter 3, "Hinge loss", and where its statements are claimed to hold.

One example has the row x (D,) and the label y; the weights W (D, C) give the scores
``s_j = sum_d x_d W_dj`` and the margins ``m_j = s_j - s_y + delta``.
"""

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from sympy import IndexedBase, Sum, Symbol

from lintutor.derivations.domain import Domain
from lintutor.derivations.evaluate import Env
from lintutor.derivations.notation import (
    Defined,
    Hinge,
    SumWrong,
    abbreviation,
    index,
    positive,
    real,
    size,
)

C, D, N = size("C"), size("D"), size("N")
i, j, k, y, d, e = (index(name) for name in ("i", "j", "k", "y", "d", "d'"))
x, W, X, U, V = (IndexedBase(name, real=True) for name in "xWXUV")
labels = IndexedBase("y", integer=True, nonnegative=True)
delta, lam, theta = positive("delta"), positive("lambda"), Symbol("theta", nonnegative=True)
c, g, m = real("c"), real("g"), real("m")


def _scores(weight: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    return lambda j: Sum(x[e] * weight(e, j), (e, 0, D - 1))


Score = abbreviation("s", _scores(lambda e, j: W[e, j]))
Margin = abbreviation("m", lambda j: Score(j) - Score(y) + delta)
Loss = abbreviation("L_i", lambda: SumWrong(Hinge(Margin(j)), j, C, y))
SquaredLoss = abbreviation("Q_i", lambda: SumWrong(Hinge(Margin(j)) ** 2, j, C, y))


def _loss_at(name: str, weight: Callable[[Any, Any], Any]) -> tuple[type[Defined], type[Defined]]:
    """Return margins and loss for other weights, printed with the weights in parentheses."""
    score = _scores(weight)
    margin = abbreviation("m", lambda j: score(j) - score(y) + delta, after=f"({name})")
    loss = abbreviation("L_i", lambda: SumWrong(Hinge(margin(j)), j, C, y), after=f"({name})")
    return margin, loss


MarginU, LossU = _loss_at("U", lambda e, j: U[e, j])
MarginV, LossV = _loss_at("V", lambda e, j: V[e, j])
MarginMix, LossMix = _loss_at(
    r"(1-\theta) U + \theta V", lambda e, j: (1 - theta) * U[e, j] + theta * V[e, j]
)


def _kinks_and_ties(point: Env, rng: random.Random) -> Iterator[Env]:
    """Yield the point again with a margin exactly 0, or two scores tied, others open or all closed."""
    row, weights, true, delta = point["x"], point["W"], point["y"], point["delta"]
    length = sum(v * v for v in row)
    classes = range(len(weights[0]))
    target = point.get("k", true)
    if target == true:
        target = rng.choice([label for label in classes if label != true])
    kind = rng.choice(["kink", "tie", "lone tie", "no weights"])
    if kind == "no weights" or not length:
        yield {**point, "W": tuple(tuple(0 for _ in w) for w in weights)}
        return
    gaps: dict[Any, Any] = {label: -2 * delta for label in classes if kind == "lone tie" and label != true}
    gaps[target] = -delta if kind == "kink" else 0  # the score of the class, less the true one
    columns = [
        [w[true] + Fraction(gaps[label]) * v / length for w, v in zip(weights, row, strict=True)]
        if label in gaps
        else [w[label] for w in weights]
        for label in classes
    ]
    yield {**point, "W": tuple(zip(*columns, strict=True))}


ONE = Domain(
    sizes={C: (2, 3, 4, 5), D: (1, 2)},
    indices={y: C},
    arrays={x: (D,), W: (D, C)},
    scalars=(delta,),
    special=_kinks_and_ties,
)
ENTRY = ONE.but(indices={y: C, d: D})
WRONG = ONE.but(indices={y: C, k: C, d: D}, unequal=((k, y),))

TESTS = "tests/package/test_derivations_code.py::"

HINGE = r"one example with row $x$ and label $y$; scores $s_j = \sum_d x_d W_{dj}$"
MARGINS = r"margins $m_j = s_j - s_y + \delta$ with $\delta > 0$"
OFF_KINK = r"off the kinks: no margin $m_j$ with $j \ne y$ is exactly 0"
WRONG_CLASS = r"$k$ is a wrong class: $k \ne y$"
