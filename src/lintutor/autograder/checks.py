"""What the graded checks use: `CheckFailed` with its counterexample, and the search for a small one."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from .errors import LearnerError

EXAMPLES = 25  # of Hypothesis, in one search


class CheckFailed(AssertionError):
    """A check that the answer fails: one or two sentences, and the smallest case as arithmetic by hand."""

    def __init__(self, message: str, counterexample: str = "") -> None:
        super().__init__(message)
        self.message, self.counterexample = message, counterexample


def first(cases: Iterable[Any], wrong: Callable[[Any], bool]) -> Any:
    """Return the first of `cases` that `wrong` says yes to, or None.

    An answer that crashes at some cases is judged by the others: the crash costs its own check. If it
    crashes at every case, the first crash is raised and says at which.
    """
    crash: LearnerError | None = None
    judged = False
    for case in cases:
        try:
            if wrong(case):
                return case
            judged = True
        except LearnerError as error:
            if error.kind != "call":
                raise
            error.message += f" (with {case})"
            crash = crash or error
    if crash is not None and not judged:
        raise crash
    return None


def smallest(strategy: Any, wrong: Callable[[Any], bool], rng: np.random.Generator) -> Any:
    """Return the smallest case that Hypothesis finds `wrong` for, or None if it finds none."""
    import random

    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import NoSuchExample

    quiet = settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )

    def judged(case: Any) -> bool:
        try:
            return wrong(case)
        except LearnerError as error:
            if error.kind != "call":
                raise
            return False

    try:
        return find(strategy, judged, settings=quiet, random=random.Random(int(rng.integers(2**62))))
    except NoSuchExample:
        return None


def near(answer: Any, expected: Any, precision: Any = np.float64) -> bool:
    """Whether an answer agrees with what is expected, as closely as numbers of this precision can."""
    got, want = np.asarray(answer, np.float64), np.asarray(expected, np.float64)
    if got.shape != want.shape or not np.isfinite(got).all():
        return False
    bound = 1e-8 if np.dtype(precision) == np.float64 else 2e-4
    return bool(np.abs(got - want).max(initial=0) <= bound * (1 + np.abs(want).max(initial=0)))


def slope(function: Callable[[Any], float], x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    """Return the gradient of `function` at `x` by centered differences, one entry after another."""
    found = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        high, low = x.copy(), x.copy()
        high[index] += step
        low[index] -= step
        found[index] = (function(high) - function(low)) / (2 * step)
    return found


__all__ = ["CheckFailed", "LearnerError", "first", "near", "slope", "smallest"]
