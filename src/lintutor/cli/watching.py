"""The loop of ``lintutor watch``, apart from the terminal: bursts of changes in, checks out."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

KINDS = (".py", ".ipynb", ".zip")
SETTLED = 0.3  # seconds; an editor that writes a file anew has it back by then


def rounds(bursts: Iterable[object], paths: Callable[[], Iterable[Path]]) -> Iterator[None]:
    """Yield once at the start, then once for each burst of changes after which some answer differs.

    Parameters
    ----------
    bursts : iterable
        Gives an item whenever something may have changed (`watchfiles.watch`). One that leaves the
        answers as they were starts nothing.
    paths : callable
        Returns the answers' files. Some editors delete a file and write it anew: one that has gone is
        given a moment to come back.
    """
    seen = state(paths())
    yield
    for _ in bursts:
        now = state(paths())
        if len(now) < len(seen):
            time.sleep(SETTLED)
            now = state(paths())
        if now != seen:
            seen = now
            yield


def answers(place: Path) -> list[Path]:
    """Return the files of a folder that can be answers, or the one file."""
    if not place.is_dir():
        return [place]
    return sorted(path for path in place.iterdir() if path.suffix in KINDS and not path.name.startswith("."))


def state(paths: Iterable[Path]) -> dict[Path, bytes]:
    """Return what stands in each file that can be read now, as a hash."""
    found = {}
    for path in paths:
        try:
            found[path] = hashlib.sha256(path.read_bytes()).digest()
        except OSError:
            continue
    return found
