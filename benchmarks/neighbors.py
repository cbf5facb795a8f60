"""Distances and nearest neighbors against scipy and scikit-learn, on noise and on pixels."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.metrics import euclidean_distances, pairwise_distances
from sklearn.neighbors import KNeighborsClassifier

from benchmarks.timing import Ratio, compare
from lintutor import neighbors
from lintutor.neighbors import KNearestNeighbors

#: Test rows, training rows, columns: the first is a fold of CIFAR-10, the last is for a plane in a figure.
SIZES = ((500, 5000, 3072), (500, 5000, 64), (100, 1000, 3072), (1000, 2000, 2))
KINDS: dict[str, Callable[[np.random.Generator, tuple[int, int]], Any]] = {
    "noise": lambda rng, shape: rng.standard_normal(shape),
    "pixels": lambda rng, shape: rng.integers(0, 256, shape).astype(np.float64),
}


def run() -> Iterator[Ratio]:
    """Yield L2, L1, predictions, and the loops against one another."""
    rng = np.random.default_rng(0)
    for M, N, D in SIZES:
        for kind, draw in KINDS.items():
            X, T = draw(rng, (M, D)), draw(rng, (N, D))
            size = f"{kind} {M} x {N} x {D}"
            yield from _distances(size, X, T, repeats=7 if M * N * D < 10**9 else 3)
            if N == 5000:
                yield from _predictions(size, X, T, rng.integers(10, size=N))
    yield from _loops(rng)


def _distances(size: str, X: Any, T: Any, repeats: int) -> Iterator[Ratio]:
    yield from compare(
        f"l2_distances, {size}",
        lambda: neighbors.l2_distances(X, T),
        "scikit-learn euclidean_distances",
        lambda: euclidean_distances(X, T),
        repeats=repeats,
    )
    yield from compare(
        f"l2_distances, {size}",
        lambda: neighbors.l2_distances(X, T),
        "scipy cdist",
        lambda: cdist(X, T),
        repeats=repeats if repeats > 3 else 1,
    )
    yield from compare(
        f"l1_distances, {size}",
        lambda: neighbors.l1_distances(X, T),
        "scipy cdist cityblock",
        lambda: cdist(X, T, "cityblock"),
        repeats=repeats if repeats > 3 else 1,
    )
    yield from compare(
        f"l1_distances, {size}",
        lambda: neighbors.l1_distances(X, T),
        "scikit-learn manhattan, n_jobs=2",
        lambda: pairwise_distances(X, T, "manhattan", n_jobs=2),
        repeats=repeats if repeats > 3 else 1,
        threads=(2,),
    )


def _predictions(size: str, X: Any, T: Any, y: Any) -> Iterator[Ratio]:
    """Five neighbors vote; training is in the time, as the work of one can be put off to the other."""
    for p in (2, 1):
        yield from compare(
            f"fit and predict k=5 p={p}, {size}",
            lambda p=p: KNearestNeighbors(k=5, p=p).fit(T, y).predict(X),
            "KNeighborsClassifier brute",
            lambda p=p: KNeighborsClassifier(5, p=p, algorithm="brute").fit(T, y).predict(X),
            repeats=3 if p == 2 else 1,
        )


def _loops(rng: np.random.Generator) -> Iterator[Ratio]:
    """The readable twins: two loops, one, none; L1 gains nothing from the second loop it saves."""
    X, T = rng.standard_normal((50, 3072)), rng.standard_normal((500, 3072))
    for ours, peer in (
        (neighbors.l2_distances_one_loop, neighbors.l2_distances_two_loops),
        (neighbors.l2_distances_no_loops, neighbors.l2_distances_one_loop),
        (neighbors.l2_distances, neighbors.l2_distances_no_loops),
        (neighbors.l1_distances_one_loop, neighbors.l1_distances_two_loops),
        (neighbors.l1_distances, neighbors.l1_distances_one_loop),
    ):
        yield from compare(
            f"{ours.__name__}, 50 x 500 x 3072",
            lambda ours=ours: ours(X, T),
            f"our own {peer.__name__}",
            lambda peer=peer: peer(X, T),
        )
