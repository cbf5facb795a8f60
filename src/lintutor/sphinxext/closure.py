"""Which modules of lintutor a piece of code runs on, found without running it.

:func:`closure` follows imports from source to source, at module level and inside functions, and the
attributes by which ``lintutor.losses`` loads a module when first named. :func:`digest` turns what it
finds, and the data files beside modules that read package data, into one hash. The book re-runs a
chapter when that hash changes, and only then.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

__all__ = ["closure", "digest", "imported_modules", "module_file"]

PACKAGE = "lintutor"
ROOT = Path(__file__).resolve().parents[2]  # the folder that holds the package
_READS_FILES = ("resources", "pkgutil", "__file__")


def module_file(name: str, root: Path = ROOT) -> Path | None:
    """Return the source file of a module of the package, None where there is none.

    Examples
    --------
    >>> module_file("lintutor.objective").name
    'objective.py'
    >>> module_file("lintutor.losses.hinge_loss_one") is None
    True
    """
    path = root.joinpath(*name.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


def imported_modules(source: str, package: str = "", root: Path = ROOT) -> set[str]:
    r"""Return the names of lintutor's modules that `source` imports or names as attributes.

    Parameters
    ----------
    source : str
        Python code.
    package : str
        The package the code stands in, for relative imports.
    root : Path
        The folder that holds the package.

    Returns
    -------
    set of str
        Dotted names of modules that exist.

    Raises
    ------
    SyntaxError
        If `source` is not Python.

    Examples
    --------
    >>> sorted(imported_modules("import lintutor as lt\nlt.scores.predict"))
    ['lintutor', 'lintutor.scores']
    """
    tree = ast.parse(source)
    names: set[str] = set()
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        for name, alias in _imports(node, package):
            names.add(name)
            if alias:
                aliases[alias] = name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (dotted := _dotted(node, aliases)):
            names.add(dotted)
    found = {m for name in names for m in _ancestors(name) if module_file(m, root)}
    return {m for m in found if m.split(".")[0] == PACKAGE}


def _imports(node: ast.AST, package: str) -> Iterator[tuple[str, str]]:
    """Yield the dotted names that one statement imports, each with the local name it gets."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name, alias.asname or alias.name.split(".")[0]
            if not alias.asname:
                yield alias.name.split(".")[0], alias.name.split(".")[0]
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        yield base, ""
        for alias in node.names:
            yield f"{base}.{alias.name}", alias.asname or alias.name
    elif isinstance(node, ast.Call) and node.args:  # import_module("lintutor.losses")
        first = node.args[0]
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in ("import_module", "__import__") and isinstance(first, ast.Constant):
            yield str(first.value), ""


def _dotted(node: ast.Attribute, aliases: dict[str, str]) -> str:
    """Return ``lintutor.losses`` for ``lt.losses`` where lt is lintutor, '' for other attributes."""
    parts: list[str] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        parts.append(inner.attr)
        inner = inner.value
    if not isinstance(inner, ast.Name) or inner.id not in aliases:
        return ""
    return ".".join([aliases[inner.id], *reversed(parts)])


def _ancestors(name: str) -> Iterator[str]:
    """Yield ``a``, ``a.b``, ``a.b.c``: importing a module runs the packages above it."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        yield ".".join(parts[:length])


def closure(names: Iterable[str], root: Path = ROOT) -> set[Path]:
    """Return the files that the modules `names` run on: sources and package data.

    Parameters
    ----------
    names : iterable of str
        Dotted names of modules.
    root : Path
        The folder that holds the package.

    Returns
    -------
    set of Path

    Examples
    --------
    >>> "_check.py" in {path.name for path in closure(["lintutor.losses"])}
    True
    >>> "plots.py" in {path.name for path in closure(["lintutor.losses"])}
    False
    """
    waiting = {above for name in names for above in _ancestors(name)}
    seen, files = set[str](), set[Path]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        path = module_file(name, root)
        if path is None:
            continue
        files.add(path)
        text = path.read_text(encoding="utf-8")
        inside = name if path.name == "__init__.py" else name.rpartition(".")[0]
        waiting |= imported_modules(text, inside, root) - seen
        if any(word in text for word in _READS_FILES):
            files |= _data_files(path.parent)
    return files


def _data_files(folder: Path) -> set[Path]:
    """Return every file under `folder` that is not Python."""
    return {
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc", ".pyi") and path.name != "py.typed"
    }


def digest(names: Iterable[str], root: Path = ROOT) -> str:
    """Return a hash of every file in the closure of `names`, by relative path and bytes.

    Examples
    --------
    >>> digest(["lintutor.scores"]) == digest(["lintutor.losses"])
    False
    """
    total = hashlib.sha256()
    for path in sorted(closure(names, root)):
        total.update(f"{path.relative_to(root).as_posix()}\0{_file_hash(path)}\n".encode())
    return total.hexdigest()


def _file_hash(path: Path) -> str:
    stat = path.stat()
    return _hash_of(path, stat.st_mtime_ns, stat.st_size)


@cache
def _hash_of(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
