"""``lintutor check`` of one exercise, as a whole process, against plain pytest and a bare interpreter."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.timing import Ratio, compare

ROOT = Path(__file__).resolve().parents[1]
CHECK = ["-m", "lintutor", "check", "svm_loss_vectorized", "--file", "solutions"]
PEERS = {
    "pytest of the same checks": ["-m", "pytest", "-q", "tests/autograder/ch03_hinge_loss"],
    "python -c 'import numpy, hypothesis'": ["-c", "import numpy, hypothesis"],
}


def _run(arguments: list[str]) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def run() -> Iterator[Ratio]:
    """Yield the ratios of whole processes."""
    for peer, arguments in PEERS.items():
        yield compare("lintutor check svm_loss_vectorized", _run(CHECK), peer, _run(arguments))
