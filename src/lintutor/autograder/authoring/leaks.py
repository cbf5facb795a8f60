"""Finds pieces of a solution in a text, compared as tokens: layout, quotes and names may differ."""

import ast
import builtins
import keyword
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

__all__ = ["Piece", "held", "pieces", "tokens"]

TOKEN = re.compile(r"[^\W\d]\w*|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+|\*\*|//|[=!<>:+*/@-]=|->|[^\s\w]", re.ASCII)
OPERATIONS = (
    ast.operator,
    ast.unaryop,
    ast.cmpop,
    ast.boolop,
    ast.Call,
    ast.Subscript,
    ast.comprehension,
    ast.IfExp,
)
LINES = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr)
LEAST = 3  # operations of an expression that is somebody's thought; in what a line computes, calls are two


@dataclass(frozen=True)
class Piece:
    """An expression of a solution.

    Parameters
    ----------
    source : str
        As Python writes it.
    tokens : tuple of str
    own : frozenset of str
        Names that whoever copies it may exchange for others.
    """

    source: str
    tokens: tuple[str, ...]
    own: frozenset[str]


def tokens(text: str) -> list[str]:
    """Return the tokens of code or of a text that holds some; quotes of either kind are the same."""
    return TOKEN.findall(text.replace('"', "'").replace("`", " ").replace("numpy.", "np."))


def pieces(body: Sequence[ast.stmt]) -> list[Piece]:
    """Return what a solution computes: expressions that are long enough to tell, the longest first."""
    inside = [node for statement in body for node in ast.walk(statement)]
    names = {node.id if isinstance(node, ast.Name) else node.arg for node in inside if _names(node)}
    own = frozenset(names - set(dir(builtins)) - {"np", "sp", "self"})
    lines = {id(node.value) for node in inside if isinstance(node, LINES) and node.value is not None}
    found: dict[str, tuple[int, Piece]] = {}
    for node in inside:
        if not isinstance(node, ast.expr):
            continue
        operations = sum(isinstance(inner, OPERATIONS) for inner in ast.walk(node))
        calls = sum(isinstance(inner, ast.Call) for inner in ast.walk(node))
        if operations + (calls if id(node) in lines and calls > 1 else 0) >= LEAST:
            source = ast.unparse(node)
            found[source] = operations, Piece(source, tuple(tokens(source)), own)
    return [piece for _, piece in sorted(found.values(), key=lambda pair: -pair[0])]


def held(piece: Piece, text: list[str]) -> str:
    """Return the first place of a text, given as tokens, that is this piece but for its names, or nothing."""
    size = len(piece.tokens)
    if not {*piece.tokens} - piece.own <= {*text}:
        return ""
    for start in range(len(text) - size + 1):
        if _same(piece, text[start : start + size]):
            return " ".join(text[start : start + size])
    return ""


def _names(node: ast.AST) -> TypeGuard[ast.Name | ast.arg]:
    return isinstance(node, ast.Name | ast.arg)


def _same(piece: Piece, other: list[str]) -> bool:
    renamed: dict[str, str] = {}
    for mine, theirs in zip(piece.tokens, other, strict=True):
        if mine not in piece.own:
            if mine != theirs:
                return False
        elif _no_name(theirs) or renamed.setdefault(mine, theirs) != theirs:
            return False
    return len(set(renamed.values())) == len(renamed)


def _no_name(token: str) -> bool:
    return not token.isidentifier() or keyword.iskeyword(token)
