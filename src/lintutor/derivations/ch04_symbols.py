"""The symbols of chapter 4, "Softmax and cross-entropy", and where its statements are claimed to hold.

One example has the scores s (C,) and the label y; ``p_j = exp(s_j) / sum_k exp(s_k)``. Where the weights
matter, the row x (D,) gives the scores ``s_j = sum_d x_d W_dj``.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from sympy import IndexedBase, exp, log

from lintutor.derivations.ch03_symbols import C, D, N, W, X, c, d, e, i, j, k, labels, lam, x, y
from lintutor.derivations.domain import Domain
from lintutor.derivations.evaluate import Env
from lintutor.derivations.notation import Defined, Ratio, SumOver, abbreviation, index, real

__all__ = [
    "CROSS_ENTROPY",
    "ONE",
    "PAIR",
    "SOFTMAX",
    "TESTS",
    "TRUE_CLASS",
    "C",
    "D",
    "Loss",
    "LossAtRow",
    "LossOfRow",
    "LossWithBias",
    "N",
    "P",
    "PAtRow",
    "POfRow",
    "PWithBias",
    "Score",
    "ScoreWithBias",
    "W",
    "X",
    "b",
    "c",
    "d",
    "e",
    "i",
    "j",
    "k",
    "l",
    "labels",
    "lam",
    "log_sum_exp",
    "m",
    "s",
    "softmax_of",
    "v",
    "x",
    "y",
    "z",
]

l, m, z = index("l"), real("m"), real("z")  # noqa: E741  a class, beside j and k
b, s, v = (IndexedBase(name, real=True) for name in "bsv")


def softmax_of(score: Callable[[Any], Any], j: Any) -> Any:
    """Return ``exp(s_j) / sum_l exp(s_l)`` for scores given as a function of the class."""
    return Ratio(exp(score(j)), SumOver(exp(score(l)), l, C))


def log_sum_exp(score: Callable[[Any], Any]) -> Any:
    """Return ``log(sum_l exp(s_l))``."""
    return log(SumOver(exp(score(l)), l, C))


def _positive(kind: type[Defined]) -> type[Defined]:
    """Return the same abbreviation, known to be positive."""
    return type(kind.__name__, (kind,), {"is_positive": True, "__doc__": kind.__doc__})


P = _positive(abbreviation("p", lambda j: softmax_of(lambda a: s[a], j)))
Loss = abbreviation("L_i", lambda: log_sum_exp(lambda a: s[a]) - s[y])

Score = abbreviation("s", lambda j: SumOver(x[e] * W[e, j], e, D))
PAtRow = _positive(abbreviation("p", lambda j: softmax_of(Score, j)))
LossAtRow = abbreviation("L_i", lambda: log_sum_exp(Score) - Score(y))

ScoreWithBias = abbreviation("s", lambda j: SumOver(x[e] * W[e, j], e, D) + b[j])
PWithBias = _positive(abbreviation("p", lambda j: softmax_of(ScoreWithBias, j)))
LossWithBias = abbreviation("L_i", lambda: log_sum_exp(ScoreWithBias) - ScoreWithBias(y))

RowScore = abbreviation("s", lambda i, j: SumOver(X[i, e] * W[e, j], e, D))
POfRow = _positive(abbreviation("P", lambda i, j: softmax_of(lambda a: RowScore(i, a), j)))
LossOfRow = abbreviation("L", lambda i: log_sum_exp(lambda a: RowScore(i, a)) - RowScore(i, labels[i]))


def _ties(point: Env, rng: random.Random) -> Iterator[Env]:
    """Yield the point again with all scores equal."""
    yield {**point, "s": tuple(point["s"][0] for _ in point["s"])}


ONE = Domain(
    sizes={C: (2, 3, 4)},
    indices={y: C, k: C},
    arrays={s: (C,)},
    special=_ties,
    draws=2,
)
PAIR = ONE.but(indices={j: C, k: C})

TESTS = "tests/package/test_derivations_code_ch04.py::"

SOFTMAX = r"scores $s$, and $p_j = e^{s_j} / \sum_l e^{s_l}$"
CROSS_ENTROPY = r"$L_i = \log \sum_l e^{s_l} - s_y$, the cross-entropy loss of one example"
TRUE_CLASS = r"$y$ is the true class, $k$ any class"
