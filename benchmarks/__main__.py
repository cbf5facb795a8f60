"""Print every claim of speed: ``python -m benchmarks``, or ``make bench``; names choose some of them."""

import importlib
import platform
import sys

import numpy as np

from benchmarks.timing import HEADER

TOPICS = ("importing", "neighbors", "losses", "training", "features", "network", "grading")


def main(topics: tuple[str, ...]) -> None:
    """Run the benchmarks of the topics, one line each; a ratio below 1 is faster than the peer."""
    unknown = [topic for topic in topics if topic not in TOPICS]
    if unknown:
        raise SystemExit(f"no benchmarks named {', '.join(unknown)}; there are {', '.join(TOPICS)}")
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    print(HEADER)
    for topic in topics or TOPICS:
        for ratio in importlib.import_module(f"benchmarks.{topic}").run():
            print(ratio.row(), flush=True)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
