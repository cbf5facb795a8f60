"""Says where and why a file of an author's does not load."""

import traceback
from pathlib import Path

from ..project import CHECKS

__all__ = ["raised_at", "why"]


def raised_at(error: BaseException, path: Path, root: Path) -> tuple[Path, int]:
    """Return the innermost place in checks or answers that an error came from: file, line; else `path`."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for file, line in reversed(places):
        if any(Path(file).is_relative_to(root / folder) for folder in (CHECKS, "solutions")):
            return Path(file), line or 0
    return path, 0


def why(error: BaseException) -> str:
    """Return what an error says, in one line."""
    told = "is not Python" if isinstance(error, SyntaxError) else f"does not load: {type(error).__name__}"
    return f"{told}: {error.msg if isinstance(error, SyntaxError) else error}"
