"""Where a file defines a name, and whether that is an answer or still the stub: told by the text alone.

Nothing is parsed or run. A definition goes from its ``def`` to the next statement at the margin, so that a
mistake in one does not hide those below it.
"""

import re
from collections.abc import Iterator

from .cells import follow

__all__ = ["is_answer", "same", "starts", "statement"]

MOST = 20_000  # characters of one definition that are looked at
GIVES = re.compile(
    r"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)"
    r"|(\w+)[ \t]*(?::[^=\n]+)?=(?!=)"
    r"|(?:from[ \t]+([\w.]+)[ \t]+)?import\b((?:[ \t]*\([^)]{0,2000})|[^\n]*))",
    re.MULTILINE,
)
MARGIN = re.compile(r"^[^\s#)\]}]", re.MULTILINE)
OPENS = re.compile(r"(?:async|def|class|from|import)\b|@")  # whatever string may stand open above
DOCSTRING = re.compile(r"^[ \t]*[rR]?(\"\"\"|''').*?\1", re.MULTILINE | re.DOTALL)
HEADER = re.compile(r"[ \t]*(?:async[ \t]+)?(?:def|class)\b")
HEADER_END = re.compile(r":[ \t]*(?:#.*)?$")
EMPTY = re.compile(r"[ \t]*(?:raise NotImplementedError\b.*|pass|\.\.\.|@.*)")


def starts(code: str, module: str = "") -> dict[str, int]:
    """Return where each name that statements at the margin define gets its last meaning.

    An import from `module`, the file's own name, defines nothing: it asks for what stands elsewhere.
    """
    found: dict[str, int] = {}
    for each in GIVES.finditer(code):
        function, variable, origin, imported = each.groups()
        if imported is None:
            found[function or variable] = each.start()
        elif origin != module:
            found |= dict.fromkeys(re.findall(r"\w+", imported), each.start())
    return found


def statement(code: str, start: int) -> str:
    """Return the statement that begins at `start`, up to the next one at the margin."""
    text = code[start : start + MOST]
    end = next((at for at in _margins(text) if at), len(text))
    kept = text[:end].split("\n")
    while not kept[-1].startswith((" ", "\t")) and kept[-1].lstrip()[:1] in ("", "#"):
        kept.pop()  # comments at the margin belong to what follows
    return "\n".join(kept)


def _margins(text: str) -> Iterator[int]:
    """Yield where statements open at the margin, if none of what stands above is still open."""
    closing, depth, continued, seen = "", 0, False, 0
    for found in MARGIN.finditer(text):
        at = found.start()
        if OPENS.match(text, at):
            yield at
            continue
        for line in text[seen:at].split("\n")[:-1]:
            closing, depth, continued = follow(line, closing, depth)
        seen = at
        if not (closing or depth or continued):
            yield at


def same(one: str, other: str) -> bool:
    """Whether two definitions are the same but for comments, docstrings and what editors change."""
    return _code(one) == _code(other)


def is_answer(given: str, stub: str) -> bool:
    """Whether a definition is more than the stub, of whatever edition of the book the stub may be."""
    if not given or same(given, stub):
        return False
    return not all(map(EMPTY.fullmatch, _without_headers(_code(given))))


def _code(text: str) -> list[str]:
    """Return the lines that hold code."""
    lines = DOCSTRING.sub("", text).split("\n")
    return [line.rstrip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _without_headers(lines: list[str]) -> list[str]:
    """Return the lines without those that open a function or a class."""
    left: list[str] = []
    depth = 0
    for line in lines:
        header = depth > 0 or bool(HEADER.match(line))
        _, depth, _ = follow(line, "", depth) if header else ("", 0, False)
        if not header or not (depth or HEADER_END.search(line)):
            left.append(line)
    return left
