"""Run a chapter again when the code it stands on has changed, and only then.

jupyter-cache compares the cells of a chapter with those it has run. It does not see that the package
the cells import has changed. So each chapter, as it is read, gets one more cell, hidden, with a
comment that holds the digest of all that its cells run on: modules of lintutor, imported directly or
not, package data, the versions of Python, numpy and matplotlib, and the chosen data set: its name, and
where it lies in files, their place, sizes and times. Another digest is another cell, so the cache misses.

Sphinx, in its turn, reads a page again only when the page has changed. :func:`outdated_pages` adds
the pages whose digest has changed, and those with directives that print from lintutor.
"""

import hashlib
import os
import platform
import re
from collections.abc import Set
from importlib import metadata
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from lintutor.sphinxext import asides
from lintutor.sphinxext.closure import PACKAGE, ROOT, digest, imported_modules

__all__ = ["cells", "execution_key", "page_key", "setup"]

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}|:{3,})\{code-cell\}[^\n]*\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_DIRECTIVE = re.compile(r"^[ \t]*[`~:]{3,}\{(?P<name>[\w-]+)\}", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?^kernelspec:.*?^---[ \t]*$", re.MULTILINE | re.DOTALL)
_OPTIONS = re.compile(r"\A(?:---\n.*?^---[ \t]*\n|(?::[\w-]+:[^\n]*\n)+)", re.MULTILINE | re.DOTALL)
_MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)
#: Directives that print from modules of lintutor when the page is read.
_PRINTS_FROM = {
    "commit": asides.CLOSURE,
    "derivation": ("lintutor.derivations",),
    "exercise": ("lintutor.autograder.catalogue",),
    "ledger": ("lintutor.derivations",),
    "quiz": asides.CLOSURE,
    "scales": asides.CLOSURE,
}
#: What changes what a cell shows, beside the code.
_VERSIONS = ("numpy", "matplotlib", "sympy")


def cells(text: str) -> list[str]:
    r"""Return the Python code of each code cell of a MyST notebook.

    Examples
    --------
    >>> cells("```{code-cell}\n:tags: [hide-input]\nx = 1\n```\n")
    ['x = 1\n']
    """
    return [_OPTIONS.sub("", match["body"]) for match in _FENCE.finditer(text)]


def execution_key(text: str, root: Path = ROOT) -> str:
    """Return a digest of all that the cells of a page run on, apart from their own text.

    Parameters
    ----------
    text : str
        The source of the page.
    root : Path
        The folder that holds the package.

    Returns
    -------
    str
        A hexadecimal digest; '' for a page that is not a notebook.

    Examples
    --------
    >>> execution_key("# A page without cells")
    ''
    """
    if not _FRONT_MATTER.match(text):
        return ""
    modules: set[str] = set()
    for cell in cells(text):
        modules |= _modules_of(cell, root)
    said = [digest(modules, root), platform.python_version(), *_chosen_data()]
    said += [f"{name} {_version(name)}" for name in _VERSIONS]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _modules_of(cell: str, root: Path) -> set[str]:
    """Return the modules one cell names: all of them where the cell is not plain Python."""
    try:
        return imported_modules(_MAGIC.sub(r"\1pass", cell), root=root)
    except SyntaxError:
        sources = (root / PACKAGE).rglob("*.py")
        return {".".join(path.relative_to(root).with_suffix("").parts) for path in sources}


def _chosen_data() -> list[str]:
    """Return which data set cells load, and of CIFAR-10 the place of its files, their sizes and times.

    The bytes are not read: that would take seconds of every build.
    """
    name = os.environ.get("LINTUTOR_DATASET", "")
    if name != "cifar10":
        return [name]
    from lintutor.datasets import cifar10_folder

    where = Path(os.environ.get("LINTUTOR_CIFAR10") or cifar10_folder()).expanduser()
    files = [where] if where.is_file() else [*where.glob("*batch*"), *where.glob("*/*batch*")]
    stamps = ((file, file.stat()) for file in sorted(files))
    return [name, str(where), *(f"{file} {stat.st_size} {stat.st_mtime_ns}" for file, stat in stamps)]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def page_key(text: str, root: Path = ROOT) -> str:
    r"""Return a digest of all that a page shows beside its own text and the files it names.

    Examples
    --------
    >>> page_key("```{exercise} ch03.x\n```") == page_key("nothing")
    False
    """
    used = {match["name"] for match in _DIRECTIVE.finditer(text)}
    modules = {module for name in used for module in _PRINTS_FROM.get(name, ())}
    return execution_key(text, root) + digest(modules, root)


def _add_key_cell(app: Sphinx, docname: str, source: list[str]) -> None:
    """Append the hidden cell to a chapter that is being read."""
    text = source[0]
    _keys(app.env)[docname] = page_key(text)
    if key := execution_key(text):
        source[0] = f"{text.rstrip()}\n\n```{{code-cell}}\n:tags: [remove-cell]\n# runs on {key}\n```\n"


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> list[str]:
    """Return the pages, not changed themselves, whose key is another one than when they were read.

    What was built of removed pages goes.
    """
    for name in removed:
        Path(app.builder.get_outfilename(name)).unlink(missing_ok=True)
    keys = _keys(env)
    waiting = set(env.found_docs) - set(added) - set(changed) - set(removed)
    return sorted(
        name for name in waiting if keys.get(name) != page_key(Path(env.doc2path(name)).read_text("utf-8"))
    )


def _keys(env: BuildEnvironment) -> dict[str, str]:
    """Return the keys of the pages as they were last read, kept in Sphinx's environment."""
    if not hasattr(env, "lintutor_keys"):
        env.lintutor_keys = {}
    keys: dict[str, str] = env.lintutor_keys
    return keys


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the key of a page that is read anew or gone."""
    _keys(env).pop(docname, None)


def _remember_failure(app: Sphinx, error: Exception | None) -> None:
    """After a build with warnings, read every page again: a repeated build must not look clean."""
    if error is None and app._warncount:
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)


def _own_digest() -> str:
    """Return a digest of the extensions themselves: where they change, every page is read again."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _choose_kernel() -> None:
    """Let cells run on the kernel described beside this file: this Python, quiet, hashes fixed."""
    here = str(Path(__file__).parent)
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [here, os.environ.get("JUPYTER_PATH", "")]))


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.add_config_value("lintutor_extension", _own_digest(), "env", [str])
    _choose_kernel()
    app.connect("source-read", _add_key_cell)
    app.connect("env-get-outdated", outdated_pages)
    app.connect("env-purge-doc", _forget)
    app.connect("build-finished", _remember_failure)
