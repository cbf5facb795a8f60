"""Reads a learner's file statement by statement, so that one broken line does not cost the whole file.

Where the file parses, each top-level statement is a `Block`. Where it does not, it is cut at the lines
that open a function, a class or an import at the margin, and what parses of that is kept.
Nothing of the learner's runs here, so what is said here cannot be forged.
"""

import __future__

import ast
import io
import re
import tokenize
import types
from dataclasses import dataclass
from typing import Any

LOOPS: dict[type[ast.AST], str] = {
    ast.For: "for loop",
    ast.AsyncFor: "for loop",
    ast.While: "while loop",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}
LOOPING_CALLS = {
    "map",
    "vectorize",
    "apply_along_axis",
    "apply_over_axes",
    "fromiter",
    "frompyfunc",
    "nditer",
}
MARGIN = re.compile(r"(def|class|async|from|import|@)\b|@")
DEFINED = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)", re.MULTILINE)
FUTURE = 0
for _feature in __future__.all_feature_names:
    FUTURE |= getattr(__future__, _feature).compiler_flag


@dataclass
class Block:
    """A stretch of the file: where it begins, the names that it defines, its code or why it has none."""

    line: int
    names: list[str]
    code: types.CodeType | None = None
    error: Exception | None = None


def read(data: bytes, file: str) -> tuple[list[Block], dict[str, Any]]:
    """Return the blocks of a file and the outline of its functions.

    Raises
    ------
    Exception
        What the parser says, if no part of the file can be used.
    """
    try:
        tree = _parse(data, file)
        flags = compile(data, file, "exec", dont_inherit=True).co_flags & FUTURE
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        return _pieces(data, file, error)
    return [_block(node, file, flags) for node in tree.body], outline(tree)


def _parse(source: bytes | str, file: str) -> ast.Module:
    tree = compile(source, file, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def _block(node: ast.stmt, file: str, flags: int = 0) -> Block:
    code = compile(ast.Module([node], []), file, "exec", flags, dont_inherit=True)
    return Block(node.lineno, _bound(node), code)


def _bound(node: ast.stmt) -> list[str]:
    """Return the names that a statement gives a meaning to."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


def _pieces(data: bytes, file: str, error: Exception) -> tuple[list[Block], dict[str, Any]]:
    """Return what can be used of a file that does not parse as a whole."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        lines = data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except (SyntaxError, UnicodeDecodeError, LookupError):
        raise error from None
    starts = [0]
    for number, line in enumerate(lines):
        decorated = number > 0 and lines[number - 1].startswith("@")
        if number and MARGIN.match(line) and not decorated:
            starts.append(number)
    blocks, outlines, used = [], {}, False
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        text = "\n" * start + "\n".join(lines[start:end]) + "\n"
        try:
            tree = _parse(text, file)
            blocks += [_block(node, file) for node in tree.body]
            outlines.update(outline(tree))
            used = used or bool(tree.body)
        except (SyntaxError, ValueError, MemoryError, RecursionError) as problem:
            blocks.append(Block(start + 1, DEFINED.findall(text), error=problem))
    if not used:
        raise error
    return blocks, outlines


def outline(tree: ast.AST) -> dict[str, Any]:
    """Return the line, parameters, loops and calls of each function; namesakes are taken together.

    A class has its methods instead of loops; it calls what they call, and its bases.
    """
    found: dict[str, Any] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.ClassDef):
            methods = sorted(n.name for n in function.body if isinstance(n, ast.FunctionDef))
            bases = {base.id for base in function.bases if isinstance(base, ast.Name)}
            called = sorted({*_loops_and_calls(function)[1], *methods, *bases})[:200]
            entry = {"line": function.lineno, "parameters": [], "loops": [], "calls": called}
            found[function.name] = {**entry, "methods": methods[:200]}
            continue
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        parameters = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)][:50]
        loops, calls = _loops_and_calls(function)
        fresh = {"line": function.lineno, "parameters": parameters, "loops": [], "calls": []}
        entry = found.setdefault(function.name, fresh)
        entry["loops"] = sorted({*entry["loops"], *loops})[:50]
        entry["calls"] = sorted({*entry["calls"], *calls})[:200]
    return dict(list(found.items())[:500])


def _loops_and_calls(function: ast.AST) -> tuple[list[tuple[int, str]], set[str]]:
    loops: list[tuple[int, str]] = []
    calls: set[str] = set()
    for node in ast.walk(function):
        if type(node) in LOOPS:
            loops.append((getattr(node, "lineno", 0), LOOPS[type(node)]))
        elif isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            calls.add(name)
            if name in LOOPING_CALLS:
                loops.append((node.lineno, f"call of {name}, a loop in disguise"))
    return loops, calls
