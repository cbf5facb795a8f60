"""The symbols of chapter 9, "Backpropagation".

``g`` is the gradient that arrives at a gate from above. What a gate, or a layer, is part of enters its
derivations through that gradient only: near a point the loss moves as upstream times output does.
"""

import random
from collections.abc import Iterator

from sympy import Expr, IndexedBase, exp

from lintutor.derivations.ch03_symbols import C, D, N, W, X, d, e, g, i, j, k, x
from lintutor.derivations.domain import Domain
from lintutor.derivations.evaluate import Env
from lintutor.derivations.notation import Hinge, SumOver, abbreviation, index, real, size

__all__ = [
    "A0",
    "AFFINE",
    "NET",
    "NET_TEXT",
    "TESTS",
    "UPSTREAM",
    "W1",
    "W2",
    "Active",
    "C",
    "D",
    "G",
    "H",
    "Hidden",
    "K",
    "N",
    "NetLoss",
    "W",
    "X",
    "a",
    "b",
    "b1",
    "b2",
    "bias",
    "d",
    "e",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "q",
    "sigma",
    "t",
    "u",
    "v",
    "x",
    "z",
]

H, K = size("H"), size("K")
h, l, m, f = (index(name) for name in ("h", "l", "m", "h'"))  # noqa: E741
a, b, q, t = (real(name) for name in "abqt")
u, v, z, bias = (IndexedBase(name, real=True) for name in "uvzb")
G, A0 = IndexedBase("G", real=True), IndexedBase("A", real=True)
W1, b1, W2, b2 = (IndexedBase(name, real=True) for name in ("W^{(1)}", "b^{(1)}", "W^{(2)}", "b^{(2)}"))


def sigma(argument: Expr) -> Expr:
    """Return the sigmoid of an argument, written out."""
    return 1 / (1 + exp(-argument))


Hidden = abbreviation("A", lambda i, h: SumOver(X[i, e] * W1[e, h], e, D) + b1[h])
Active = abbreviation("R", lambda i, h: Hinge(Hidden(i, h)))
NetScore = abbreviation("S", lambda i, j: SumOver(Active(i, f) * W2[f, j], f, H) + b2[j])
NetLoss = abbreviation("L", lambda: SumOver(SumOver(G[i, k] * NetScore(i, k), k, C), i, N))


def _closed_units(point: Env, rng: random.Random) -> Iterator[Env]:
    """Yield the point again with every hidden unit shut, and with one of them far open."""
    first = point["b^{(1)}"]
    yield {**point, "b^{(1)}": tuple(-100 for _ in first)}
    yield {**point, "b^{(1)}": tuple(100 if n == 0 else -100 for n in range(len(first)))}


AFFINE = Domain(
    sizes={N: (1, 2, 3), D: (1, 2), C: (1, 2, 3)},
    indices={i: N, d: D, j: C},
    arrays={X: (N, D), W: (D, C), bias: (C,), G: (N, C)},
    draws=2,
)
NET = Domain(
    sizes={N: (1, 2), D: (1, 2), H: (1, 2), C: (2, 3)},
    indices={d: D, h: H, j: C},
    arrays={X: (N, D), W1: (D, H), b1: (H,), W2: (H, C), b2: (C,), G: (N, C)},
    special=_closed_units,
    draws=2,
)

TESTS = "tests/package/test_derivations_code_ch09.py::"
UPSTREAM = "$g$ is the gradient that arrives at the gate's output"
NET_TEXT = (
    r"hidden layer $A_{ih} = \sum_d X_{id} W^{(1)}_{dh} + b^{(1)}_h$, "
    r"after its ReLU $R_{ih} = \max(0, A_{ih})$, scores $S_{ij} = \sum_h R_{ih} W^{(2)}_{hj} + b^{(2)}_j$",
    r"$G_{ij}$ is the gradient that arrives at $S_{ij}$: near the point, the loss moves as "
    r"$L = \sum_{i, j} G_{ij} S_{ij}$ does",
)
