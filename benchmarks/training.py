"""Minibatch SGD against scikit-learn's at equal passes over the examples, and where a step's time goes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.losses import course_hinge
from benchmarks.timing import Ratio, compare
from lintutor import optimizers
from lintutor.objective import svm_loss_vectorized

D, C, BATCH, STEPS, REG = 3073, 10, 200, 1500, 1e-3


def blurred_templates(N: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Return N rows of noise (N, D) over one faint template a class, a one in the last column, and labels."""
    y = np.arange(N) % C
    X = rng.standard_normal((N, D))
    for c, template in enumerate(np.random.default_rng(0).standard_normal((C, D))):
        X[y == c] += 0.05 * template
    X[:, -1] = 1
    return X, y


def objective(W: Any, X: Any, y: Any) -> tuple[float, Any]:
    return svm_loss_vectorized(W, X, y, REG)


def walk(X: Any, y: Any, steps: int) -> Any:
    """Return the weights after so many steps of lintutor's SGD."""
    start = 1e-3 * np.random.default_rng(0).standard_normal((D, C))
    rate = optimizers.cosine_decay(1e-3, steps)
    return optimizers.sgd(
        objective, start, X, y, learning_rate=rate, num_iters=steps, batch_size=BATCH, rng=0
    )[0]


def run() -> Iterator[Ratio]:
    """Yield whole trainings with the accuracy that each reaches, then one step beside its parts."""
    rng = np.random.default_rng(1)
    for N, threads in ((5000, (1, 2)), (49_000, (1,))):
        X, y = blurred_templates(N, rng)
        yield from _trainings(X, y, blurred_templates(2000, rng), threads)
    yield from _parts(X[:5000], y[:5000])


def _trainings(X: Any, y: Any, held_out: Any, threads: tuple[int, ...]) -> Iterator[Ratio]:
    """Compare as many passes of both; scikit-learn makes one update an example and class."""
    from sklearn.linear_model import SGDClassifier

    passes = round(STEPS * BATCH / len(X))
    steps = passes * len(X) // BATCH
    theirs = SGDClassifier(max_iter=passes, tol=None, fit_intercept=False, random_state=0)  # the hinge
    trained: dict[str, Any] = {}

    def ours() -> None:
        trained["W"] = walk(X, y, steps)

    for ratio in compare(
        f"{steps} steps of sgd, N={len(X)}",
        ours,
        f"SGDClassifier, {passes} passes",
        lambda: theirs.fit(X, y),
        repeats=1,
        threads=threads,
    ):
        rows, labels = held_out
        accuracy = ((rows @ trained["W"]).argmax(axis=1) == labels).mean()
        yield replace(
            ratio,
            claim=f"{ratio.claim}: {100 * accuracy:.1f}% right",
            peer=f"{ratio.peer}: {100 * theirs.score(rows, labels):.1f}%",
        )


def _parts(X: Any, y: Any, steps: int = 100) -> Iterator[Ratio]:
    """Compare steps of ours with the loop that a course writes, and with what no step can do without."""
    W, coefficients = 1e-3 * np.ones((D, C)), np.ones((BATCH, C))
    drawn = np.random.default_rng(0).integers(len(X), size=(steps, BATCH))
    batch = X[drawn[0]]

    def course() -> None:
        V = W.copy()
        for rows in drawn:
            V -= 1e-6 * course_hinge(V, X[rows], y[rows], REG)[1]

    def gather() -> None:
        for rows in drawn:
            X[rows]

    def multiply() -> None:
        for _ in drawn:
            batch @ W
            batch.T @ coefficients

    parts: dict[str, Callable[[], None]] = {
        "the loop of a course": course,
        "(part) the rows of the batches": gather,
        "(part) two matrix products": multiply,
    }
    for peer, part in parts.items():
        claim = f"{steps} steps of sgd, N={len(X)}"
        yield from compare(claim, lambda: walk(X, y, steps), peer, part, repeats=5)
