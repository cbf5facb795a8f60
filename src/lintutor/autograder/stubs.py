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

The stub has the lines after ``# STUB``, no longer comments. ``lintutor stubs`` writes the stubs and
their notebooks, ``lintutor stubs --check`` compares them.
"""

import ast
from collections.abc import Mapping
from pathlib import Path

from . import catalogue
from .notebooks import notebook
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


def cut_notebook(path: Path, root: Path) -> str | None:
    """Return the notebook of the worked answers in `path`, or None where no exercise asks for that file."""
    entries = [entry for entry in catalogue.exercises(root=root) if entry.file == path.name]
    return notebook(cut(path), entries) if entries else None


def write_stubs(root: Path) -> list[Path]:
    """Write every stub and notebook that is missing or out of date and return the files written.

    What is replaced stays beside it under another name (see `aside`): it may be somebody's answer.
    """
    folder = root / "exercises"
    folder.mkdir(exist_ok=True)
    wanted = _wanted(root)
    changed = [path for path, _ in stale_stubs(root) if path.name in wanted]
    for path in changed:
        if path.exists():
            path.rename(aside(path))
        path.write_text(wanted[path.name], encoding="utf-8", newline="\n")
    return changed


def stale_stubs(root: Path) -> list[tuple[Path, str]]:
    """Return the files of ``exercises/`` that are not what the worked answers give, and what is wrong."""
    return differences(root / "exercises", _wanted(root))


def differences(folder: Path, wanted: Mapping[str, str]) -> list[tuple[Path, str]]:
    """Return the files of a folder that are not those that are wanted, and what is wrong with each."""
    present = [path for kind in ("*.py", "*.ipynb") for path in folder.glob(kind)]
    found = []
    for name in sorted(wanted.keys() | {path.name for path in present}):
        path, answer = folder / name, f"{Path(name).stem}.py"
        if name not in wanted:
            found.append((path, f"has no worked answer solutions/{answer}"))
        elif not path.exists():
            found.append((path, "is missing"))
        elif path.read_bytes() != wanted[name].encode("utf-8"):
            found.append((path, f"is not the stub that solutions/{answer} gives"))
    return found


def aside(path: Path) -> Path:
    """Return a free name beside a file for what it held: ``name~``, else ``name~2~`` and so on."""
    kept = path.with_name(f"{path.name}~")
    number = 2
    while kept.exists() or kept.is_symlink():
        kept = path.with_name(f"{path.name}~{number}~")
        number += 1
    return kept


def _wanted(root: Path) -> dict[str, str]:
    """Return what ``exercises/`` should hold: names and texts."""
    wanted = {}
    for path in sorted((root / "solutions").glob("*.py")):
        wanted[path.name] = cut(path)
        made = cut_notebook(path, root)
        if made is not None:
            wanted[f"{path.stem}.ipynb"] = made
    return wanted


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
