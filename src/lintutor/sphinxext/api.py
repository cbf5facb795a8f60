"""The API reference, and links both ways between functions and the sections that teach them.

``{api} lintutor.losses`` documents the public names of a module from their docstrings (autodoc and napoleon
do the work). In a docstring, "See the book: ``hinge-definition``." becomes a link to that section; at the end
of the section stands a line with links to all functions that name it. Neither is written by hand.
"""

import importlib
import inspect
import re
from collections.abc import Set
from functools import cache
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

__all__ = ["MODULES", "ApiDirective", "setup", "taught_in"]

#: The rooms of the package that the reference documents, in the order of the book.
MODULES = (
    "datasets",
    "neighbors",
    "scores",
    "losses",
    "regularizers",
    "objective",
    "gradients",
    "optimizers",
    "classifiers",
    "model_selection",
    "features",
    "graph",
    "network",
    "plots",
    "tables",
    "progress",
    "derivations",
    "reproduction",
)
_SEE = re.compile(r"See the book: (?:``[\w-]+``[,\s]*)+")
_SECTION = re.compile(r"``([\w-]+)``")


@cache
def taught_in() -> dict[str, tuple[str, ...]]:
    """Return, for every section that a docstring names, the public names that do.

    Returns
    -------
    dict
        ``"hinge-definition"`` -> ``("lintutor.losses.hinge_loss_one", ...)``.

    Examples
    --------
    >>> "lintutor.losses.hinge_loss_one" in taught_in()["hinge-definition"]
    True
    """
    found: dict[str, list[str]] = {}
    for room in MODULES:
        module = importlib.import_module(f"lintutor.{room}")
        for name in module.__all__:
            value = getattr(module, name)
            said = " ".join(_SEE.findall(inspect.getdoc(value) or ""))
            for section in dict.fromkeys(_SECTION.findall(said)):
                found.setdefault(section, []).append(f"lintutor.{room}.{name}")
    return {section: tuple(names) for section, names in found.items()}


class ApiDirective(SphinxDirective):  # type: ignore[misc]
    """Document the public names of a module."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return what autodoc makes of the module."""
        name = self.arguments[0]
        if name.removeprefix("lintutor.") not in MODULES:
            raise self.error(f"api: no public module {name!r}; there are {', '.join(MODULES)}")
        module = importlib.import_module(name)
        text = ["```{eval-rst}", f".. automodule:: {name}", "   :no-members:", ""]
        for public in module.__all__:
            text += _entry(f"{name}.{public}", getattr(module, public))
        text += ["```"]
        holder = nodes.container(classes=["lt-api"])
        source, _ = self.get_source_info()
        self.state.nested_parse(StringList(text, source), self.content_offset, holder)
        return [holder]


def _entry(name: str, value: Any) -> list[str]:
    """Return what documents one name: its docstring, or the value of a constant."""
    if inspect.isclass(value):
        return [f".. autoclass:: {name}", "   :members:", ""]
    if callable(value):
        return [f".. autofunction:: {name}", ""]
    shown = repr(value) if len(repr(value)) < 300 else f"A {type(value).__name__} of {len(value)}."
    module, _, short = name.rpartition(".")
    return [f".. py:data:: {short}", f"   :module: {module}", "", f"   ``{shown}``", ""]


def _link_sections(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """In a docstring, turn the name of a section into a link."""
    for number, line in enumerate(lines):
        lines[number] = _SECTION.sub(lambda m: f":ref:`{m[1]}`" if m[1] in taught_in() else m[0], line)


def _link_functions(app: Sphinx, doctree: nodes.document) -> None:
    """At the end of a section, list the functions that name it."""
    shown: dict[str, tuple[str, ...]] = {}
    for section in list(doctree.findall(nodes.section)):
        for anchor in section["ids"]:
            if names := taught_in().get(anchor, ()):
                shown[anchor] = names
                inner = [n for n, child in enumerate(section.children) if isinstance(child, nodes.section)]
                section.insert(inner[0] if inner else len(section), _line(names))
    _shown(app.env)[app.env.docname] = shown


def _line(names: tuple[str, ...]) -> nodes.paragraph:
    """Return the line of links."""
    line = nodes.paragraph("", "In the package: ", classes=["lt-in-package"])
    for number, name in enumerate(names):
        text = nodes.literal("", name.removeprefix("lintutor."), classes=["xref", "py", "py-obj"])
        line += [nodes.Text(", ")] if number else []
        line += addnodes.pending_xref(
            "", text, refdomain="py", reftype="obj", reftarget=name, refexplicit=True, refwarn=False
        )
    return line


def _shown(env: BuildEnvironment) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what each page lists, kept in Sphinx's environment."""
    if not hasattr(env, "lintutor_taught"):
        env.lintutor_taught = {}
    shown: dict[str, dict[str, tuple[str, ...]]] = env.lintutor_taught
    return shown


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> list[str]:
    """Return the pages whose lists have become others."""
    sections = [set(listed) for listed in _shown(env).values()]
    fresh = bool(set(taught_in()) - set().union(*sections))
    return [
        page
        for page, listed in _shown(env).items()
        if page in env.found_docs and any(taught_in().get(a) != names for a, names in listed.items())
    ] + ([page for page in _shown(env) if page in env.found_docs] if fresh else [])


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page listed when it is read anew or gone."""
    _shown(env).pop(docname, None)


def setup(app: Sphinx) -> None:
    """Start autodoc and napoleon, register the directive, connect the events."""
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.napoleon")
    app.config.autodoc_typehints = "none"
    app.config.napoleon_google_docstring = False
    app.config.napoleon_use_rtype = False
    app.config.napoleon_use_ivar = True
    app.add_directive("api", ApiDirective)
    app.connect("autodoc-process-docstring", _link_sections, priority=600)
    app.connect("doctree-read", _link_functions)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _forget)
