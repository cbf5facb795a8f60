"""Writes several files as one step: all of them, or none."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["Changes"]


class Changes:
    """Files that are written together; whatever goes wrong before the end, all is as it was.

    Use::

        with Changes() as changes:
            changes.write(path, text)
            check_that_it_is_good()
    """

    def __init__(self) -> None:
        self.written: list[Path] = []
        self.kept: list[Path] = []
        self._undo: list[Callable[[], object]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            while self._undo:
                with contextlib.suppress(OSError):
                    self._undo.pop()()

    def write(self, path: Path, text: str) -> None:
        """Write one file, and the folders above it that are not there."""
        for folder in reversed([each for each in path.parents if not each.exists()]):
            self._undo.append(folder.rmdir)
            folder.mkdir()
        if path.exists():
            before = path.read_bytes()
            self._undo.append(lambda: path.write_bytes(before))
        else:
            self._undo.append(lambda: path.unlink(missing_ok=True))
        path.write_text(text, encoding="utf-8", newline="\n")
        self.written.append(path)

    def write_all(self, texts: Mapping[Path, str]) -> None:
        """Write several."""
        for path, text in texts.items():
            self.write(path, text)

    def set_aside(self, path: Path, aside: Path) -> None:
        """Give a file another name."""
        self._undo.append(lambda: aside.rename(path))
        path.rename(aside)
        self.kept.append(aside)
