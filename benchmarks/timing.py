"""Time two calls in turn, A B A B ..., with one thread and with two, and weigh their memory.

The ratio is the median of the ratios pair by pair: a machine that slows down slows down both. Memory
is what the process holds at its highest during one call, beyond what it held before: any allocator's,
as the kernel counts it (Linux only).
"""

import ctypes
import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

Call = Callable[[], Any]
_TIMES = f"{'threads':>7} {'ours ms':>9} {'peer ms':>9} {'ratio':>6}"
HEADER = f"{'what':<44} {'peer':<38} {_TIMES} {'MB':>6} {'peer':>6}"


@dataclass(frozen=True)
class Ratio:
    """How long ours takes over how long the peer takes: below 1 is faster than the peer."""

    claim: str
    peer: str
    threads: int | None
    ours: float
    theirs: float
    ratio: float
    memory: tuple[float, float] | None

    def row(self) -> str:
        """Return one line of the table."""
        times = f"{1e3 * self.ours:>9.3g} {1e3 * self.theirs:>9.3g} {self.ratio:>6.2f}"
        memory = "".join(f" {size:>6.1f}" for size in self.memory) if self.memory else ""
        return f"{self.claim:<44} {self.peer:<38} {self.threads or '':>7} {times}{memory}"


def compare(
    claim: str,
    ours: Call,
    peer: str,
    theirs: Call,
    *,
    repeats: int = 7,
    threads: tuple[int | None, ...] = (1, 2),
) -> Iterator[Ratio]:
    """Run both `repeats` times in turn for each number of threads, after one warm-up of each.

    ``threads=(None,)`` is for whole processes, which choose for themselves.
    """
    memory = None
    for number in threads:
        with _limited(number):
            ours()
            theirs()
            if memory is None and number is not None:
                memory = _peak(ours), _peak(theirs)
            times = [(_seconds(ours), _seconds(theirs)) for _ in range(repeats)]
        yield Ratio(
            claim,
            peer,
            number,
            statistics.median(a for a, _ in times),
            statistics.median(b for _, b in times),
            statistics.median(a / b for a, b in times),
            memory if memory and None not in memory else None,  # type: ignore[arg-type]
        )


@contextmanager
def _limited(threads: int | None) -> Iterator[None]:
    """Hold BLAS, OpenMP, lintutor and, where it is loaded, PyTorch to so many threads."""
    before = os.environ.get("OMP_NUM_THREADS")
    with nullcontext() if threads is None else threadpool_limits(threads):
        try:
            if threads is not None:
                os.environ["OMP_NUM_THREADS"] = str(threads)
                if "torch" in sys.modules:
                    sys.modules["torch"].set_num_threads(threads)
            yield
        finally:
            if before is None:
                os.environ.pop("OMP_NUM_THREADS", None)
            else:
                os.environ["OMP_NUM_THREADS"] = before


def _seconds(call: Call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _peak(call: Call) -> float | None:
    """Return how many MB a call holds at its highest, None where the kernel does not say."""
    try:
        gc.collect()
        _give_back()
        Path("/proc/self/clear_refs").write_text("5")  # forget the highest so far
        before = _status("VmRSS")
        result = call()
        return max(0.0, _status("VmHWM") - before) if result is not NotImplemented else None
    except OSError:
        return None


def _give_back() -> None:
    """Return freed memory to the kernel, or what a call takes again would not be seen."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)


def _status(key: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return float(line.split()[1]) / 1024
    raise OSError(f"no {key}")
