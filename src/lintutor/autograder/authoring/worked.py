"""One file of worked answers, as lint sees it: its functions, its marks, what learners are to write."""

import ast
import hashlib
import importlib.util
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType

from .. import stubs
from ..project import ProjectError
from .findings import Unreadable

__all__ = ["Answers"]


class Answers:
    """One file of worked answers."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def text(self) -> str:
        """What it holds."""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise Unreadable from None

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        try:
            return ast.parse(self.text)
        except SyntaxError:
            raise Unreadable from None

    @cached_property
    def stub(self) -> str:
        """The stub that is cut out of it."""
        try:
            return stubs.cut(self.path)
        except ProjectError:
            raise Unreadable from None

    @cached_property
    def defined(self) -> dict[str, ast.FunctionDef | ast.ClassDef]:
        """Its functions and classes by name, in their order."""
        found = (node for node in self.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
        return {node.name: node for node in found}

    @cached_property
    def marked(self) -> dict[str, int]:
        """The functions and classes that hold a solution between marks, and their lines."""
        return {
            name: node.lineno
            for name, node in self.defined.items()
            if stubs.BEGIN in (ast.get_source_segment(self.text, node) or "")
        }

    @cached_property
    def secret(self) -> frozenset[int]:
        """The lines that learners are to write themselves."""
        lines, open_ = set(), False
        for number, line in enumerate(self.text.splitlines(), start=1):
            mark = line.strip()
            if mark in (stubs.BEGIN, stubs.STUB, stubs.END):
                open_ = mark == stubs.BEGIN
            elif open_:
                lines.add(number)
        return frozenset(lines)

    def solution(self, function: str) -> list[ast.stmt]:
        """Return the statements of a function that learners are to write."""
        if function not in self.defined:
            raise Unreadable
        found: list[ast.stmt] = []

        def collect(body: Sequence[ast.stmt]) -> None:
            for statement in body:
                if statement.lineno in self.secret:
                    found.append(statement)
                else:
                    for part in ("body", "orelse", "handlers", "finalbody"):
                        collect(getattr(statement, part, []))

        collect(self.defined[function].body)
        return found

    @cached_property
    def module(self) -> ModuleType:
        """The file, loaded."""
        name = f"lintutor_answers.{self.path.stem}.{hashlib.sha1(bytes(self.path)).hexdigest()[:12]}"
        spec = importlib.util.spec_from_file_location(name, self.path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        finally:
            del sys.modules[name]
        return module
