"""The modules beside an answer that it may import, such as helpers.py or another chapter's answers."""

import sys
from collections.abc import Iterable, Mapping, Set
from pathlib import PurePosixPath

from .bundle import MB, Entry, tell

COUNT, SIZE = 50, 4 * MB
TAKEN = sys.stdlib_module_names | {"numpy", "sympy", "mpmath", "lintutor", "pytest", "hypothesis"}


def neighbors(
    answers: Mapping[str, bytes], folders: Set[PurePosixPath], entries: Iterable[Entry]
) -> tuple[dict[str, bytes], list[str]]:
    """Return the modules in some folders, the answers first, and what was left out of them."""
    found = dict(answers)
    remarks = []
    size = 0
    for entry in entries:
        name = entry.path.stem
        if entry.path.parent not in folders or entry.path.suffix != ".py" or not name.isidentifier():
            continue
        if name in found or entry.problem:
            continue
        if name in TAKEN:
            remarks.append(f"{tell(entry.name)} has the name of a module of Python and is left out")
        elif len(found) >= COUNT or size + len(entry.data) > SIZE:
            remarks.append(f"{tell(entry.name)} is left out: there are too many modules beside the answers")
        else:
            found[name] = entry.data
            size += len(entry.data)
    return found, remarks[:10]
