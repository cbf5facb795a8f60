"""Print every claim of speed: ``python -m benchmarks``, or ``make bench``."""

import platform

import numpy as np

from benchmarks import grading, losses
from benchmarks.timing import HEADER


def main() -> None:
    """Run all benchmarks, one line each; a ratio below 1 is faster than the peer."""
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    print(HEADER)
    for module in (losses, grading):
        for ratio in module.run():
            print(ratio.row(), flush=True)


if __name__ == "__main__":
    main()
