"""The Python of a learner's notebook, read as text: nothing of it is run or parsed here.

Code cells are joined in their order, and each keeps the number under which the learner finds it: the
third code cell from the top is cell 3. What is no Python (``%magic``, ``!command``, ``name?``) becomes
``pass`` with the line behind it as a comment, so that line numbers stay. Cells that define nothing, such
as a call to try a function, are left out: an experiment that fails must not cost the answers beside it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .bundle import MB, SOURCE, Refused, tell

CELLS = 2_000
PYTHON_MAGICS = ("%%time", "%%capture", "%%prun")  # what follows them in the cell is Python
# Nothing is drawn or shown while grading, and the worker has no lintutor.
ABSENT = r"(?:import|from)\s+(?:matplotlib|seaborn|IPython|ipywidgets|lintutor)\b"
# All of these are matched on lines without their indentation, and none can take more than linear time.
NOT_PYTHON = re.compile(r"[%!?]|[\w.*, \[\]]+=\s*[%!]\s*\w|[\w.]+\?{1,2}\s*$|" + ABSENT)
DEFINES = re.compile(r"^(?:@|(?:async\s+def|def|class)\s)", re.MULTILINE)
IMPORTS = re.compile(r"^(?:import|from)\s", re.MULTILINE)
TRIAL = re.compile(r"^(?:import|from)\s+lintutor\b", re.MULTILINE)
PLAIN = re.compile(r"[A-Za-z_]\w*\s*(?::[^=]+)?=[^=(]+")  # a constant
PIECE = re.compile(r"\"\"\"|\'\'\'|[\"\'#(\[{)\]}]|\\.?")


@dataclass
class Notebook:
    """What a notebook holds of Python."""

    data: bytes
    cells: tuple[tuple[int, int], ...]  # number of a code cell, its first line in `data`
    remarks: list[str] = field(default_factory=list)


def looks_like_notebook(data: bytes) -> bool:
    """Whether bytes are a notebook, whatever the name of their file."""
    return data.lstrip()[:1] == b"{" and b'"cells"' in data and b'"nbformat"' in data


def read_notebook(data: bytes) -> Notebook:
    """Return the Python of a notebook.

    Raises
    ------
    Refused
        If it is no notebook of format 4, or holds no code.
    """
    lines: list[str] = []
    cells: list[tuple[int, int]] = []
    skipped: list[str] = []
    remarks: list[str] = []
    for number, source, marked in _code_cells(_document(data)):
        if not source.strip():
            continue
        if not marked and not _is_kept(source):
            if not _is_silent(source):
                skipped.append(str(number))
            continue
        cells.append((number, len(lines) + 1))
        if not marked and TRIAL.search(source) and not DEFINES.search(source):
            skipped.append(str(number))
            source = _imports_of(source)
        for line, replaced in _as_python(source):
            lines.append(line)
            if replaced and re.match(ABSENT, replaced):
                remarks.append(
                    f"code cell {number}: `{tell(replaced)}` is left out; the grader has no such module"
                )
    if not cells:
        raise Refused("the notebook defines nothing: its code cells are empty or hold no function")
    if skipped:
        remarks.append(_left_out(skipped))
    code = ("\n".join(lines) + "\n").encode("utf-8", errors="replace")
    if len(code) > SOURCE:
        raise Refused(f"the code of the notebook is larger than {SOURCE // MB} MB; answers are short")
    return Notebook(code, tuple(cells), remarks[:10])


def _document(data: bytes) -> dict[str, Any]:
    """Return the parsed notebook, in bounds, or say why it is none."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("the notebook is not UTF-8 text; save it again in Jupyter") from None
    except RecursionError:
        raise Refused("this is not a notebook: it is nested without end") from None
    except ValueError as error:
        where = f" (line {error.lineno}: {error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        raise Refused(f"this is not a whole notebook{where}; save it again in Jupyter") from None
    if not isinstance(document, dict):
        raise Refused("this is not a notebook: it is JSON, but of another kind")
    version = document.get("nbformat")
    if "worksheets" in document or (type(version) is int and 0 < version < 4):
        raise Refused("this notebook has an old format; open it in Jupyter and save it again")
    if version != 4 or not isinstance(document.get("cells"), list):
        raise Refused("this is not a notebook of format 4; open it in Jupyter and save it again")
    if len(document["cells"]) > CELLS:
        raise Refused(f"the notebook has more than {CELLS} cells")
    return document


def _code_cells(document: dict[str, Any]) -> Iterator[tuple[int, str, bool]]:
    """Yield number, text and whether lintutor made it, for each code cell."""
    number = 0
    for place, cell in enumerate(document["cells"], start=1):
        if not isinstance(cell, dict):
            raise Refused(f"cell {place} of the notebook is not a cell; save it again in Jupyter")
        if cell.get("cell_type") != "code":
            continue
        number += 1
        source = cell.get("source", "")
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str):
            raise Refused(f"code cell {number} of the notebook holds no text; save it again in Jupyter")
        metadata = cell.get("metadata")
        marked = isinstance(metadata, dict) and isinstance(metadata.get("lintutor"), dict)
        yield number, re.sub(r"\r\n?", "\n", source.replace("\0", "")), marked


def _is_kept(source: str) -> bool:
    """Whether a cell can matter to an answer: it defines or imports something, or sets constants."""
    first = source.lstrip().split("\n", 1)[0]
    if first.startswith("%%") and not first.startswith(PYTHON_MAGICS):
        return False
    if DEFINES.search(source) or IMPORTS.search(source):
        return True
    return all(PLAIN.fullmatch(line) for line in _statements(source))


def _left_out(numbers: list[str]) -> str:
    told = ", ".join(numbers[:10]) + (" ..." if len(numbers) > 10 else "")
    if len(numbers) == 1:
        return f"code cell {told} only runs things: left out"
    return f"code cells {told} only run things: left out"


def _imports_of(source: str) -> str:
    """Return a cell that tries something with the book's package, its plain imports alone left standing."""
    return "\n".join(
        line
        if IMPORTS.match(line) and not TRIAL.match(line) and line.isprintable() and not set(line) & set("(\\")
        else f"# {line}"
        for line in source.split("\n")
    )


def _is_silent(source: str) -> bool:
    """Whether a cell holds no Python at all, so that nobody misses it."""
    return source.lstrip().startswith("%%") or all(NOT_PYTHON.match(line) for line in _statements(source))


def _statements(source: str) -> list[str]:
    lines = (line.strip() for line in source.split("\n"))
    return [line for line in lines if line and not line.startswith("#")]


def _as_python(source: str) -> Iterator[tuple[str, str]]:
    """Yield each line as Python, and what it was where that was something else.

    Only a line that starts a statement can be a magic: one inside brackets or a long string is not.
    """
    closing, depth, continued, shell = "", 0, False, False
    lines = source.split("\n")
    if not any(NOT_PYTHON.match(line.strip()) for line in lines):
        yield from ((line, "") for line in lines)
        return
    for line in lines:
        bare = line.strip()
        if continued and shell:
            continued = bare.endswith("\\")
            yield f"# {line}", bare
        elif not (closing or depth or continued) and NOT_PYTHON.match(bare):
            shell, continued = True, bare.endswith("\\")
            yield f"{line[: len(line) - len(line.lstrip())]}pass  # {bare}", bare
        else:
            shell = False
            closing, depth, continued = follow(line, closing, depth)
            yield line, ""


def follow(line: str, closing: str, depth: int) -> tuple[str, int, bool]:
    """Return the state after a line: the quotes of an open string, open brackets, a backslash at the end."""
    for found in PIECE.finditer(line):
        piece = found[0]
        if piece[0] == "\\":
            if found.end() == len(line) and len(piece) == 1:
                return closing, depth, True
        elif closing:
            if piece.startswith(closing):
                closing = ""
        elif piece == "#":
            break
        elif piece[0] in "\"'":
            closing = piece
        else:
            depth = max(0, depth + (1 if piece in "([{" else -1))
    return (closing if len(closing) == 3 else ""), depth, False
