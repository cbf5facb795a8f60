"""What it costs to import the package, beside the import of numpy."""

import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks.timing import Ratio, compare


def _python(code: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def run() -> Iterator[Ratio]:
    """Yield the ratio of whole processes; the start of Python is in both."""
    yield from compare(
        "import lintutor",
        _python("import lintutor"),
        "import numpy",
        _python("import numpy"),
        repeats=21,
        threads=(None,),
    )
