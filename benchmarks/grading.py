"""Checking and grading, as whole processes and in a batch, against plain pytest and bare interpreters.

Each exercise is checked once, right and with its mistakes, to find the slowest: what is claimed of one
exercise is claimed of that one. The limits that the project states, 1 s for an exercise, 5 for a chapter
and 30 for all, stand below as peers.
"""

import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.timing import Ratio, compare
from lintutor.autograder import catalogue, levels
from lintutor.autograder.jobs import Job
from lintutor.autograder.run import grade_each

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS, CHECKS = ROOT / "solutions", ROOT / "tests" / "autograder"
USUAL, CHAPTER = "ch03.svm_loss_vectorized", "ch03"
LIMITS = {"an exercise": 1, "a chapter": 5, "all": 30}  # seconds
NUMPY = ["-c", "import numpy"]
TRIALS = 3  # of the exercises that look slowest


def run() -> Iterator[Ratio]:
    """Yield the ratios of cold starts, then those of one more submission in a running batch."""
    every = {entry.id: entry for entry in catalogue.exercises(root=ROOT)}
    slowest = max(every, key=lambda key: _seconds(every[key], SOLUTIONS))
    yield from _cold("an exercise", every[USUAL].function, every[USUAL].folder)
    yield from _cold("an exercise", every[slowest].function, every[slowest].folder, "slowest")
    with tempfile.TemporaryDirectory() as folder:
        wrong, path = _slowest_mistake(Path(folder))
        yield from _cold("an exercise", wrong.function, wrong.folder, "slowest mistake", path)
    yield from _cold("a chapter", CHAPTER, next(CHECKS.glob(f"{CHAPTER}_*")))
    yield from _cold("all", "", CHECKS)
    for level in levels.survey():
        if level.available:
            yield from _batch(level.name)


def _cold(limit: str, name: str, checks: Path, remark: str = "", path: Path = SOLUTIONS) -> Iterator[Ratio]:
    """Compare a command with pytest of the same checks, with an import of numpy and with its limit."""
    ours = _run(["-m", "lintutor", "check", *filter(None, [name]), "--file", str(path)])
    plain = ["-m", "pytest", "-q", str(checks), "--submission", str(path), "--isolation", "process"]
    claim = f"check {name or 'all'}{', ' * bool(remark)}{remark}"
    repeats = 3 if limit == "all" else 7
    found = list(
        compare(claim, ours, "pytest of the same checks", _run(plain), repeats=repeats, threads=(None,))
    )
    yield from found
    yield from compare(claim, ours, "python -c 'import numpy'", _run(NUMPY), repeats=repeats, threads=(None,))
    for ratio in found:
        most = LIMITS[limit]
        yield replace(ratio, peer=f"(limit) {most} s", theirs=most, ratio=ratio.ours / most)


def _run(arguments: list[str]) -> Callable[[], object]:
    """Return a call of Python; 1 is the answer to a wrong answer, anything above is a failure."""

    def call() -> None:
        ended = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True)
        if ended.returncode > 1:
            raise SystemExit(f"{' '.join(arguments)} ends with {ended.returncode}: {ended.stderr[-500:]}")

    return call


def _seconds(entry: catalogue.Exercise, path: Path) -> float:
    """Return how long the command takes for one exercise, once."""
    begun = time.perf_counter()
    _run(["-m", "lintutor", "check", entry.id, "--file", str(path)])()
    return time.perf_counter() - begun


def _slowest_mistake(folder: Path) -> tuple[catalogue.Exercise, Path]:
    """Return the exercise with the mistake that takes longest to be explained, and a file that makes it.

    All mistakes but the first of each exercise, which also loads what the others need, are graded once by
    this process, then the slowest few by one of their own.
    """
    sys.path.insert(0, str(ROOT / "tests" / "package"))
    from answer_files import standalone, twin_of

    found: list[tuple[float, catalogue.Exercise, Path]] = []
    for entry in catalogue.exercises(root=ROOT):
        if entry.kind == "derive":
            continue  # their twins are no files of sympy
        paths = []
        for mistake in entry.misconceptions:
            paths.append(folder / f"{entry.id}.{mistake.id}.py")
            paths[-1].write_text(standalone(entry, twin_of(entry, mistake.id)), encoding="utf-8")
        found += [(seconds, entry, path) for path, seconds in _spent(entry, paths)]
    return max(
        ((entry, path) for _, entry, path in sorted(found, key=lambda each: -each[0])[:TRIALS]),
        key=lambda each: _seconds(*each),
    )


def _spent(entry: catalogue.Exercise, paths: list[Path]) -> Iterator[tuple[Path, float]]:
    """Yield each file but the first and the seconds of processor that its grade takes."""
    ends: list[float] = []
    grade_each([entry], paths, lambda _: ends.append(time.process_time()), "in process")
    spent = (later - earlier for earlier, later in itertools.pairwise(ends))
    yield from zip(paths[1:], spent, strict=True)


def _batch(level: str) -> Iterator[Ratio]:
    """One more submission of the chapter, graded by a process that has graded one before."""
    job = Job(catalogue.exercises(CHAPTER, ROOT), level, seconds=10, core=0)
    try:

        def one_more() -> None:
            job.give(SOLUTIONS)
            while not any("result" in message for message in job.hear() or ()):
                pass

        claim = f"one more submission of {CHAPTER}, {level}"
        yield from compare(claim, one_more, "python -c 'import numpy'", _run(NUMPY), threads=(None,))
    finally:
        job.close()
