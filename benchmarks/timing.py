"""Time two calls in turn, A B A B ..., and report the median of the ratios pair by pair."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ratio:
    """How long ours takes over how long the peer takes: below 1 is faster than the peer."""

    claim: str
    peer: str
    ours: float
    theirs: float
    ratio: float

    def row(self) -> str:
        """Return one line of the table."""
        times = f"{1e3 * self.ours:>10.3g} {1e3 * self.theirs:>10.3g} {self.ratio:>7.2f}"
        return f"{self.claim:<52} {self.peer:<34} {times}"


HEADER = f"{'what':<52} {'peer':<34} {'ours ms':>10} {'peer ms':>10} {'ratio':>7}"


def compare(
    claim: str, ours: Callable[[], Any], peer: str, theirs: Callable[[], Any], repeats: int = 7
) -> Ratio:
    """Run both `repeats` times in turn, after one warm-up of each."""
    ours()
    theirs()
    times: list[tuple[float, float]] = []
    for _ in range(repeats):
        start = time.perf_counter()
        ours()
        middle = time.perf_counter()
        theirs()
        times.append((middle - start, time.perf_counter() - middle))
    return Ratio(
        claim,
        peer,
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(a / b for a, b in times),
    )
