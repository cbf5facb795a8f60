"""Cuts the learner's stubs out of the worked answers.

A worked answer marks what the learner is to write::

    def svm_loss_naive(W, X, y, reg):
        '''...'''
        # BEGIN SOLUTION
        ...
        # END SOLUTION

The stub has the same file without what stands between the marks; a line that says so raises
``NotImplementedError`` in its place. An exercise that starts from code, broken on purpose, keeps that
code behind a third mark, each line a comment::

        # BEGIN SOLUTION
        ...
        # STUB
        # loss = np.maximum(margins)
        # END SOLUTION

The stub has the lines after ``# STUB``, no longer comments. ``lintutor stubs`` writes the stubs,
``lintutor stubs --check`` compares them.
"""

import ast
from pathlib import Path

from .project import ProjectError

BEGIN, STUB, END = "# BEGIN SOLUTION", "# STUB", "# END SOLUTION"


def cut(path: Path) -> str:
    """Return the stub of the worked answers in the file `path`."""
    source = _read(path)
    names = _function_of_line(path, source)
    kept: list[str] = []
    opened = 0
    given: list[str] | None = None
    for number, line in enumerate(source.splitlines(), start=1):
        mark = line.strip()
        if mark == BEGIN:
            if opened:
                raise ProjectError(
                    f"{path}, line {number}: {BEGIN!r} inside the one that line {opened} opened"
                )
            if number not in names:
                raise ProjectError(f"{path}, line {number}: {BEGIN!r} stands outside any function")
            opened, given = number, None
            indent = line[: len(line) - len(line.lstrip())]
        elif mark in (STUB, END):
            if not opened:
                raise ProjectError(f"{path}, line {number}: {mark!r} without a {BEGIN!r}")
            if mark == STUB:
                given = []
            else:
                kept += _placeholder(names[opened], indent) if given is None else given
                opened = 0
        elif not opened:
            kept.append(line)
        elif given is not None:
            if mark and not line.startswith(f"{indent}#"):
                raise ProjectError(f"{path}, line {number}: after {STUB!r} each line is a comment")
            given.append(f"{indent}{line[len(indent) + 1 :].removeprefix(' ')}".rstrip())
    if opened:
        raise ProjectError(f"{path}, line {opened}: {BEGIN!r} is never ended")
    return "\n".join(kept) + "\n"


def cut_function(path: Path, function: str) -> str:
    """Return the stub of one function of a worked answer, after the imports that the file opens with."""
    source = cut(path)
    lines = source.splitlines()
    imports: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports += lines[node.lineno - 1 : node.end_lineno]
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == function:
            first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            body = lines[first - 1 : node.end_lineno]
            return "\n".join([*imports, "", "", *body]) + "\n"
    raise ProjectError(f"{path} has no function {function!r}")


def write_stubs(root: Path) -> list[Path]:
    """Write every stub that is missing or out of date and return the files written.

    What a stub is written over stays beside it with a ``~`` after its name: it may be somebody's answer.
    """
    folder = root / "exercises"
    folder.mkdir(exist_ok=True)
    changed = [path for path, _ in stale_stubs(root) if (root / "solutions" / path.name).is_file()]
    for path in changed:
        if path.exists():
            path.replace(path.with_name(f"{path.name}~"))
        path.write_text(cut(root / "solutions" / path.name), encoding="utf-8", newline="\n")
    return changed


def stale_stubs(root: Path) -> list[tuple[Path, str]]:
    """Return the files of ``exercises/`` that are not what the worked answers give, and what is wrong."""
    wanted = {path.name: cut(path) for path in sorted((root / "solutions").glob("*.py"))}
    present = {path.name: path.read_bytes() for path in (root / "exercises").glob("*.py")}
    found = []
    for name in sorted(wanted.keys() | present.keys()):
        if name not in wanted:
            found.append((root / "exercises" / name, f"has no worked answer solutions/{name}"))
        elif name not in present:
            found.append((root / "exercises" / name, "is missing"))
        elif present[name] != wanted[name].encode("utf-8"):
            found.append((root / "exercises" / name, f"is not the stub that solutions/{name} gives"))
    return found


def _placeholder(function: str, indent: str) -> list[str]:
    return [
        f"{indent}# Your code goes here, in place of the next line.",
        f'{indent}raise NotImplementedError("{function} is not written yet")',
    ]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: {error}") from None


def _function_of_line(path: Path, source: str) -> dict[int, str]:
    """Return the name of the innermost function or method around each line."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ProjectError(f"{path}, line {error.lineno}: {error.msg}") from None
    names: dict[int, str] = {}

    def visit(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = prefix
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = f"{prefix}{child.name}."
                if isinstance(child, ast.FunctionDef):
                    for line in range(child.lineno, (child.end_lineno or child.lineno) + 2):
                        names[line] = inner.rstrip(".")
            visit(child, inner)

    visit(tree, "")
    return names
