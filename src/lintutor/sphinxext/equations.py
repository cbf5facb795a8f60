r"""Displayed equations: each is a definition, checked, or at three scales; the build counts them.

Write a definition as::

    ```{definition} softmax-function-definition
    p_j = \frac{e^{s_j}}{\sum_k e^{s_k}}
    ```

The argument is a label for ``{eq}`` and may be left out. What a ``{derivation}`` displays was verified,
what ``{scales}`` displays was run. Any other displayed equation is a warning, and so stops the build.
The counts are printed at the end of the build; ``{equation-count}`` prints them on a page.
"""

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

__all__ = ["DefinitionDirective", "EquationCountDirective", "setup"]

_LOG = logging.getLogger(__name__)
#: The box around an equation -> what it is.
KINDS = {
    "lt-definition": "definitions",
    "lt-exercise": "definitions",  # what an exercise asks for
    "lt-derivation": "checked derivations",
    "lt-scales": "formulas run at three scales",
    "lt-derivation-ledger": "",  # counted where they stand
}


class DefinitionDirective(SphinxDirective):  # type: ignore[misc]
    """Display an equation that defines something."""

    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the equation in its box, with a number where it has a label."""
        tex = "\n".join(self.content)
        label = self.arguments[0] if self.arguments else None
        equation = nodes.math_block(
            tex, tex, docname=self.env.docname, number=None, label=label, nowrap=False
        )
        box = nodes.container(classes=["lt-definition"])
        self.set_source_info(box)
        self.set_source_info(equation)
        if label:
            target = nodes.target("", "", ids=[nodes.make_id(f"equation-{label}")])
            domain = self.env.get_domain("math")
            domain.note_equation(self.env.docname, label, location=equation)
            equation["number"] = domain.get_equation_number_for(label)
            self.state.document.note_explicit_target(target)
            box += target
        box += equation
        return [box]


class Count(nodes.General, nodes.Element):  # type: ignore[misc]
    """The place where the counts will stand."""


class EquationCountDirective(SphinxDirective):  # type: ignore[misc]
    """Say how many equations the book displays, by kind."""

    def run(self) -> list[nodes.Node]:
        """Return a place for the sentence; the counts are known when every page has been read."""
        return [Count()]


def _counts(env: BuildEnvironment) -> dict[str, Counter[str]]:
    """Return the counts by page, kept in Sphinx's environment."""
    if not hasattr(env, "lintutor_equations"):
        env.lintutor_equations = {}
    counts: dict[str, Counter[str]] = env.lintutor_equations
    return counts


def _kind(equation: nodes.Node) -> str | None:
    """Return what a displayed equation is, by the box it stands in."""
    node = equation.parent
    while node is not None:
        for css in node.get("classes", ()):
            if css in KINDS:
                return KINDS[css]
        node = node.parent
    return None


def _count(app: Sphinx, doctree: nodes.document) -> None:
    """Count the equations of a page as it is read; complain of those that are neither."""
    found: Counter[str] = Counter()
    for equation in doctree.findall(nodes.math_block):
        kind = _kind(equation)
        if kind is None:
            text = equation.astext().strip()[:60]
            _LOG.warning(
                "a displayed equation is neither a definition nor checked: %s", text, location=equation
            )
        else:
            found[kind] += 1
    found[KINDS["lt-scales"]] //= 3  # one formula has three panes
    _counts(app.env)[app.env.docname] = found


def sentence(env: BuildEnvironment) -> str:
    """Return the counts of the whole book in words."""
    total: Counter[str] = sum(_counts(env).values(), Counter())
    first, second, third = (f"{total[kind]} {kind}" for kind in dict.fromkeys(KINDS.values()) if kind)
    return f"{first}, {second} and {third}"


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the sentence where it belongs."""
    for place in list(doctree.findall(Count)):
        text = f"The book displays {sentence(app.env)}. No displayed equation is anything else."
        place.replace_self(nodes.paragraph("", text, classes=["lt-equation-count"]))
        _shown(app.env)[docname] = sentence(app.env)


def _shown(env: BuildEnvironment) -> dict[str, str]:
    """Return the pages that show the sentence, with what each last said."""
    if not hasattr(env, "lintutor_equations_shown"):
        env.lintutor_equations_shown = {}
    shown: dict[str, str] = env.lintutor_equations_shown
    return shown


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose sentence has become another."""
    now = sentence(env)
    return [page for page, said in _shown(env).items() if said != now and page in env.all_docs]


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the counts of a page that is read anew or gone."""
    _counts(env).pop(docname, None)
    _shown(env).pop(docname, None)


def _say(app: Sphinx, error: Exception | None) -> None:
    """Print the counts at the end of a build."""
    if error is None:
        print(f"Displayed equations: {sentence(app.env)}.")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives and connect the events."""
    app.add_node(Count)
    app.add_directive("definition", DefinitionDirective)
    app.add_directive("equation-count", EquationCountDirective)
    app.connect("doctree-read", _count)
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _write_again)
    app.connect("env-purge-doc", _forget)
    app.connect("build-finished", _say)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
