"""Tables of the catalogue's files, asked key by key: what is wrong is told with its file and its line."""

import re
import textwrap
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .project import ProjectError

__all__ = ["CatalogueError", "Table", "read_table"]


class CatalogueError(ProjectError):
    """A catalogue that cannot be used, or an exercise that does not exist.

    Parameters
    ----------
    problem : str
        What is wrong.
    path : Path, optional
        The file that it is wrong in.
    line : int
        The line, 0 where it is not known.
    entry : str
        Which table of the file, as in ", misconception half-penalty".
    """

    def __init__(self, problem: str, path: Path | None = None, line: int = 0, entry: str = "") -> None:
        super().__init__(problem if path is None else f"{path}{entry}: {problem}")
        self.problem, self.path, self.line, self.entry = problem, path, line, entry


Broken = list[CatalogueError]


def read_table(path: Path) -> "Table":
    """Return the table that a file holds.

    Raises
    ------
    CatalogueError
        If it cannot be read.
    """
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return Table(tomllib.loads(text), path, text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        at = re.search(r"at line (\d+)", str(error))
        reason = error.strerror if isinstance(error, OSError) else error
        line = int(at[1]) if at else len(text.splitlines())  # it may say "at end of document"
        raise CatalogueError(str(reason), path, line) from None


class Table:
    """One table of a file: it remembers where it stands and which keys were asked for.

    Parameters
    ----------
    data : mapping
    path : Path
        The file.
    text : str
        What the file holds, to find lines in.
    start : int
        Where in the text the table begins.
    entry : str
        Which table of the file it is, if it is not the whole.
    """

    def __init__(
        self, data: Mapping[str, Any], path: Path, text: str, start: int = 0, entry: str = ""
    ) -> None:
        self.data, self.path, self.text, self.start, self.entry = data, path, text, start, entry
        self.asked: set[str] = set()

    def line(self, key: str = "") -> int:
        """Return the line of a key; the one that the table begins with if the key is not there."""
        found = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=", re.MULTILINE).search(self.text, self.start)
        return self.text.count("\n", 0, found.start() if key in self.data and found else self.start) + 1

    def wrong(self, key: str, problem: str) -> CatalogueError:
        """Return the error that says what is wrong with a key."""
        return CatalogueError(f"key {key!r} {problem}", self.path, self.line(key), self.entry)

    def get(self, key: str, kind: type, word: str) -> Any:
        """Return a value of one kind."""
        self.asked.add(key)
        if key not in self.data:
            raise self.wrong(key, "is missing")
        value = self.data[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(key, f"must be {word}, got {value!r}")
        return value

    def text_of(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        """Return a text that is not empty, and looks like `pattern`."""
        value = str(self.get(key, str, "text")).strip()
        if not value:
            raise self.wrong(key, "is empty")
        if pattern is not None and not pattern.fullmatch(value):
            raise self.wrong(key, f"must look like {pattern.pattern}, got {value!r}")
        return value

    def texts(self, key: str, needed: bool = True) -> tuple[str, ...]:
        """Return texts, none of them empty."""
        self.asked.add(key)
        if not needed and key not in self.data:
            return ()
        values = self.get(key, list, "a list of texts")
        if not values or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.wrong(key, "must be a list of texts, none of them empty")
        return tuple(textwrap.dedent(v).strip() for v in values)

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of a list."""
        values = self.get(key, list, f"a list of tables, [[{key}]]")
        if not values or not all(isinstance(v, dict) for v in values):
            raise self.wrong(key, f"must be a list of tables, [[{key}]]")
        heads = [found.start() for found in re.finditer(rf"^\[\[{key}\]\]", self.text, re.MULTILINE)]
        heads += [0] * (len(values) - len(heads))
        return [
            Table(v, self.path, self.text, heads[i], f", {key} {v.get('id', i + 1)}")
            for i, v in enumerate(values)
        ]

    def table(self, key: str) -> "Table":
        """Return the table under a key; an empty one if the key is not there."""
        self.asked.add(key)
        value = self.get(key, dict, f"a table, [{key}]") if key in self.data else {}
        return Table(value, self.path, self.text, max(self.text.find(f"[{key}]"), 0), f", {key}")

    def all_of(self, wanted: Mapping[str, Callable[[], Any]], broken: Broken | None) -> dict[str, Any] | None:
        """Return what each key's reader gives, and refuse the keys that none has asked for.

        The first error is raised; with a list as `broken`, all are added to it and nothing is returned.
        """
        values: dict[str, Any] = {}
        found: Broken = []
        for name, read in wanted.items():
            try:
                values[name] = read()
            except CatalogueError as error:
                found.append(error)
        found += [self.wrong(key, "is not known") for key in self.data if key not in self.asked]
        if not found:
            return values
        if broken is None:
            raise found[0]
        broken += found
        return None
