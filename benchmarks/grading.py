"""Checking and grading, as whole processes and in a batch, against plain pytest and bare interpreters."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.timing import Ratio, compare
from lintutor.autograder import levels
from lintutor.autograder.jobs import Job

ROOT = Path(__file__).resolve().parents[1]
CHECKS = "tests/autograder/ch03_hinge_loss"
COLD = {
    "lintutor check svm_loss_vectorized": ("svm_loss_vectorized", f"{CHECKS}/svm_loss_vectorized"),
    "lintutor check ch03": ("ch03", CHECKS),
}
NUMPY = ["-c", "import numpy"]


def _run(arguments: list[str]) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def run() -> Iterator[Ratio]:
    """Yield the ratios of cold starts, then those of one more submission in a running batch."""
    for claim, (name, checks) in COLD.items():
        ours = _run(["-m", "lintutor", "check", name, "--file", "solutions"])
        yield from compare(
            claim, ours, "pytest of the same checks", _run(["-m", "pytest", "-q", checks]), threads=(None,)
        )
        yield from compare(claim, ours, "python -c 'import numpy'", _run(NUMPY), threads=(None,))
    for level in levels.survey():
        if level.available:
            yield from _batch(level.name)


def _batch(level: str) -> Iterator[Ratio]:
    """One more submission of the chapter, graded by a process that has graded one before."""
    from lintutor.autograder import catalogue

    job = Job(catalogue.exercises("ch03", ROOT), level, seconds=10, core=0)
    try:

        def grade() -> None:
            job.give(ROOT / "solutions")
            while not any("result" in message for message in job.hear() or ()):
                pass

        claim = f"one more submission of ch03, {level}"
        yield from compare(claim, grade, "python -c 'import numpy'", _run(NUMPY), threads=(None,))
    finally:
        job.close()
