"""The ``derivation`` and ``ledger`` directives: checked formulas, printed from what was checked.

Write::

    ```{derivation} hinge-gradient-wrong-class
    ```

The reader sees the title, the assumptions, the lines with their reasons and a mark on each that says
how strongly it was verified, and the result as a numbered equation. The anchor is
``derivation-hinge-gradient-wrong-class`` (for ``{ref}``), the equation's label is the id (for ``{eq}``). A
line that does not hold, and an id that nobody has, stop the build. ``{ledger}`` lists every claim.
"""

import html
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lintutor import derivations
from lintutor.derivations import Derivation, LineReport, Report
from lintutor.derivations.engine import plain, rows
from lintutor.derivations.printer import RELATIONS

__all__ = ["DerivationDirective", "LedgerDirective", "setup"]

MARKS = {
    "general": ("∀", "proved for every size"),
    "instances": ("▦", "checked on every small instance, exactly"),
    "sampled": ("≈", "checked at sampled points, to 35 digits"),
}


class _Checked(SphinxDirective):  # type: ignore[misc]
    """What both directives need: verified reports, and a note of the files they stand on."""

    def depend(self) -> None:
        """Rebuild the page when the derivations or their engine change."""
        assert derivations.__file__ is not None
        for path in sorted(Path(derivations.__file__).parent.glob("*.py")):
            self.env.note_dependency(str(path))
        self.env.note_dependency(__file__)

    def verified(self, derivation: Derivation) -> Report:
        """Return the report of a derivation that holds; anything else is an error of the build."""
        report = derivations.report(derivation.id)
        place = report.broken_line
        if place is not None:
            line, found = derivation.lines[place], report.lines[place]
            where = f" at {plain(found.counterexample)}" if found.counterexample else ""
            raise self.error(
                f"derivation {derivation.id}: line {place} ({line.reason}) is {found.strength}: "
                f"{found.detail}{where}"
            )
        return report


class DerivationDirective(_Checked):
    """Print one derivation."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the box of the derivation that the argument names."""
        self.depend()
        try:
            derivation = derivations.get(self.arguments[0])
        except KeyError as error:
            raise self.error(str(error.args[0])) from error
        report = self.verified(derivation)
        anchor = f"derivation-{derivation.id}"
        box = nodes.container(classes=["lt-derivation"], ids=[anchor], names=[anchor])
        self.set_source_info(box)
        self._register(anchor, derivation.title)
        title = nodes.paragraph(classes=["lt-derivation-title"])
        title += nodes.strong("", f"Derivation: {derivation.title}")
        box += title
        box += _assumptions(derivation)
        box += self._lines(derivation, report)
        box += self._result(derivation)
        box += _legend(derivation, report)
        return [box]

    def _register(self, anchor: str, title: str) -> None:
        """Make the derivation a target of references."""
        labels = self.env.get_domain("std").data
        known = labels["labels"].get(anchor)
        if known and known[0] == self.env.docname and self.env.temp_data.get(anchor):
            raise self.error(f"{anchor} stands on this page twice")
        self.env.temp_data[anchor] = True
        labels["labels"][anchor] = (self.env.docname, anchor, title)
        labels["anonlabels"][anchor] = (self.env.docname, anchor)

    def _lines(self, derivation: Derivation, report: Report) -> nodes.Element:
        """Return the lines: mathematics, reason and mark, one item each."""
        items = nodes.enumerated_list(classes=["lt-derivation-lines"])
        for (left, sign, tex, reason), found in zip(rows(derivation), report.lines, strict=True):
            item = nodes.list_item(classes=["lt-derivation-line"])
            formula = nodes.container(classes=["lt-derivation-math"])
            if not left:
                formula["classes"].append("lt-derivation-next")
            whole = " ".join(part for part in (left, sign, tex) if part)
            formula += nodes.paragraph(
                "", "", nodes.math(rf"\displaystyle {whole}", rf"\displaystyle {whole}")
            )
            item += formula
            if reason:
                why = nodes.paragraph(classes=["lt-derivation-why"])
                why += _with_math(reason)
                why += nodes.Text(" ")
                why += _mark(found)
                item += why
            items += item
        return items

    def _result(self, derivation: Derivation) -> list[nodes.Node]:
        """Return what was proved, as an equation with a number."""
        tex, label = derivation.tex(), derivation.id
        target = nodes.target("", "", ids=[nodes.make_id(f"equation-{label}")])
        here = self.env.docname
        equation = nodes.math_block(tex, tex, docname=here, number=None, label=label, nowrap=False)
        self.set_source_info(equation)
        domain = self.env.get_domain("math")
        domain.note_equation(here, label, location=equation)
        equation["number"] = domain.get_equation_number_for(label)
        self.state.document.note_explicit_target(target)
        return [target, equation]


class LedgerDirective(_Checked):
    """Print every claim of the book with how it was checked."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the counts and the list of claims."""
        self.depend()
        entries = [(d, self.verified(d)) for d in derivations.all()]
        refused = {d.id: self._refused(d) for d, _ in entries}
        claims = nodes.bullet_list(classes=["lt-derivation-ledger"])
        for derivation, report in entries:
            claims += _claim(derivation, report, refused[derivation.id])
        return [_counts([r for _, r in entries], sum(refused.values())), claims]

    def _refused(self, derivation: Derivation) -> int:
        for twin in derivation.twins:
            if derivations.refusal(derivation, twin).strength != "refuted":
                raise self.error(f"derivation {derivation.id}: the wrong twin is not refused: {twin.mistake}")
        return len(derivation.twins)


def _with_math(text: str) -> list[nodes.Node]:
    """Return text in which every other part, between dollar signs, is mathematics."""
    parts = text.split("$")
    return [nodes.math(p, p) if n % 2 else nodes.Text(p) for n, p in enumerate(parts) if p]


def _assumptions(derivation: Derivation) -> nodes.Element:
    box = nodes.container(classes=["lt-derivation-assumptions"])
    box += nodes.paragraph("", "Assumed:")
    items = nodes.bullet_list()
    for text in derivation.assumptions:
        items += nodes.list_item("", nodes.paragraph("", "", *_with_math(text)))
    box += items
    return box


def _explain(found: LineReport) -> str:
    """Return in words how a line was verified."""
    words = f"{MARKS[found.strength][1]}; compared at {found.points} exact points"
    if found.skipped:
        words += f", and {found.skipped} more where there is no derivative"
    return words


def _mark(found: LineReport) -> nodes.raw:
    sign, _ = MARKS[found.strength]
    words = html.escape(_explain(found), quote=True)
    return nodes.raw(
        "",
        f'<abbr class="lt-derivation-mark lt-derivation-{found.strength}" title="{words}">'
        f'<span aria-hidden="true">{sign} </span>{found.strength}</abbr>',
        format="html",
    )


def _tally(reports: list[Report]) -> str:
    """Return how many lines have which strength: '4 general, 1 instances'."""
    found = [line.strength for report in reports for line in report.lines]
    return ", ".join(f"{found.count(s)} {s}" for s in ("general", "instances", "sampled") if s in found)


def _legend(derivation: Derivation, report: Report) -> nodes.Element:
    """Return the line under the derivation that says what the marks mean."""
    used = [s for s in MARKS if any(line.strength == s for line in report.lines)]
    meaning = "; ".join(f"{MARKS[s][0]} {s}: {MARKS[s][1]}" for s in used)
    line = nodes.paragraph(classes=["lt-derivation-legend"])
    line += nodes.Text(
        f"Checked by machine when this page was built. {meaning}. "
        f"{len(derivation.twins)} wrong versions refused. "
    )
    line += _reference("claims-ledger", "Claims ledger")
    return line


def _reference(label: str, text: str) -> addnodes.pending_xref:
    """Return a link that becomes plain text where the label is not in this build."""
    inner = nodes.inline("", text, classes=["xref", "std", "std-ref"])
    return addnodes.pending_xref(
        "", inner, refdomain="std", reftype="ref", reftarget=label, refexplicit=True, refwarn=False
    )


def _counts(reports: list[Report], refused: int) -> nodes.paragraph:
    lines = sum(len(report.lines) - 1 for report in reports)
    points = sum(line.points for report in reports for line in report.lines)
    text = (
        f"{len(reports)} claims in {lines} lines: {_tally(reports)}. The lines were compared at "
        f"{points:,} exact points in all, and {refused} of {refused} wrong versions were refused."
    )
    return nodes.paragraph("", text, classes=["lt-derivation-counts"])


def _claim(derivation: Derivation, report: Report, refused: int) -> nodes.list_item:
    """Return one entry of the ledger."""
    item = nodes.list_item(classes=["lt-derivation-claim"], ids=[f"claim-{derivation.id}"])
    title = nodes.paragraph(classes=["lt-derivation-title"])
    title += _reference(f"derivation-{derivation.id}", derivation.title)
    item += title
    tex = derivation.tex()
    item += nodes.container("", nodes.math_block(tex, tex, number=None, label=None, nowrap=False))
    facts = nodes.definition_list(classes=["lt-derivation-facts"])
    facts += _fact("label", nodes.literal("", derivation.id))
    facts += _fact("assumed", *_with_math("; ".join(derivation.assumptions)))
    facts += _fact("lines", *_strengths(derivation, report))
    facts += _fact(
        "wrong versions", nodes.Text(f"{refused} refused: " + "; ".join(t.mistake for t in derivation.twins))
    )
    if derivation.code:
        facts += _fact("code", nodes.literal("", f"lintutor.{derivation.code}"))
        facts += _fact("held against it by", nodes.literal("", derivation.code_test))
    item += facts
    return item


def _strengths(derivation: Derivation, report: Report) -> list[nodes.Node]:
    shown: list[nodes.Node] = []
    for line, found in zip(derivation.lines[1:], report.lines[1:], strict=True):
        sign = RELATIONS[line.relation]
        shown += [nodes.math(sign, sign), nodes.Text(" "), _mark(found), nodes.Text("  ")]
    return shown


def _fact(term: str, *definition: nodes.Node) -> nodes.definition_list_item:
    return nodes.definition_list_item(
        "", nodes.term("", term), nodes.definition("", nodes.paragraph("", "", *definition))
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.add_directive("derivation", DerivationDirective)
    app.add_directive("ledger", LedgerDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
