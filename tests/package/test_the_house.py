"""The package as a whole: what an import costs, where imports point, that docstrings tell the truth."""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import lintutor

PACKAGE = Path(lintutor.__file__).parent
BOOK = Path(__file__).resolve().parents[2] / "book"
MODULES = sorted(
    m.name for m in pkgutil.walk_packages([str(PACKAGE)], "lintutor.") if not m.name.endswith("__main__")
)
# The order of design: a module may import those before it, never those after it.
CHAIN = [
    "neighbors",
    "scores",
    "losses",
    "regularizers",
    "objective",
    "gradients",
    "optimizers",
    "classifiers",
    "graph",
    "network",
]
BESIDE = ["features", "model_selection"]  # taught with the chain, leaning on none of it
# They know no other room of the package: what is named here is all that they may import.
ALONE = {
    "datasets": {"progress"},
    "derivations": set(),
    "features": set(),
    "graph": set(),
    "model_selection": {"progress"},
    "neighbors": set(),
    "plots": {"graph"},
    "progress": set(),
    "tables": set(),
}
SHARED = {"_check", "_estimator", "_lock"}
HEAVY = {
    "sympy": ("derivations", "sphinxext"),
    "matplotlib": ("plots",),
    "pytest": ("autograder",),
    "hypothesis": ("autograder",),
    "sphinx": ("sphinxext",),
    "docutils": ("sphinxext",),
    "pooch": ("datasets",),
    "requests": ("datasets",),
    "scipy": (),
    "sklearn": ("_estimator",),  # only where scikit-learn itself asks for its tags
    "rich": ("progress", "cli", "autograder"),
}


@cache
def imported(path: Path) -> set[str]:
    """Return the dotted names that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(path: Path) -> str:
    """Return the module or folder of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_importing_lintutor_loads_numpy_and_nothing_heavy():
    code = "import sys, lintutor; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "numpy" in loaded
    assert not set(HEAVY) & set(loaded)


def test_heavy_libraries_stay_in_their_rooms():
    for path in PACKAGE.rglob("*.py"):
        for library, rooms in HEAVY.items():
            if any(name.split(".")[0] == library for name in imported(path)):
                assert room(path) in rooms, f"{path.name} imports {library}"


def test_imports_point_down_the_house():
    for path in PACKAGE.rglob("*.py"):
        here = room(path)
        for name in imported(path):
            parts = name.split(".")
            if parts[0] != "lintutor" or len(parts) < 2:
                continue
            there = parts[1]
            if here in CHAIN and there in CHAIN:
                assert CHAIN.index(there) <= CHAIN.index(here), f"{here} imports {there}"
            if here in ALONE and here != there:
                assert there in ALONE[here] | SHARED, f"{here} imports {there}"
            if there in ("autograder", "sphinxext", "cli"):
                assert here in ("autograder", "sphinxext", "cli", "__main__"), f"{here} imports {there}"
            if there == "reproduction":
                assert here in ("reproduction", "cli"), f"{here} imports {there}"
            if there == "sphinxext":
                assert here == "sphinxext", f"{here} imports sphinxext"


def test_reading_the_record_that_ships_loads_no_experiment():
    code = "import sys; from lintutor import reproduction as r; r.compare(r.recorded()); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "lintutor.reproduction.record" in loaded
    beyond = ("experiments", "running", "classifiers", "network", "datasets", "features")
    assert not [name for name in loaded if name.startswith("lintutor.") and name.split(".")[-1] in beyond]


def test_modules_load_when_first_named():
    assert lintutor.losses is importlib.import_module("lintutor.losses")
    assert "losses" in dir(lintutor)
    with pytest.raises(AttributeError, match="has no attribute 'loses'"):
        lintutor.loses  # noqa: B018


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_docstrings_run(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


REPRODUCTION = "reproduction", "reproduction.record", "reproduction.templates"


@pytest.mark.parametrize(
    "name", [f"lintutor.{m}" for m in (*CHAIN, *BESIDE, "plots", "datasets", *REPRODUCTION)]
)
def test_every_public_function_has_an_example_and_the_core_names_its_section(name):
    module = importlib.import_module(name)
    for public in module.__all__:
        thing = getattr(module, public)
        if inspect.isfunction(thing):
            assert ">>>" in (thing.__doc__ or ""), f"{name}.{public} has no example"
            if name.rsplit(".", 1)[-1] in CHAIN + BESIDE:
                assert "See the book: ``" in thing.__doc__, f"{name}.{public} names no section"


def test_every_section_that_a_docstring_names_stands_in_the_book():
    written = {
        anchor
        for page in BOOK.glob("*.md")
        for anchor in re.findall(r"^\(([\w-]+)\)=$", page.read_text(encoding="utf-8"), re.M)
    }
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)):
                text = ast.get_docstring(node) or ""
                for named in re.findall(r"See the book: ((?:``[\w-]+``(?:, |,\s)?)+)", text):
                    unknown = set(re.findall(r"``([\w-]+)``", named)) - written
                    assert not unknown, f"{path.name}: {unknown}"
