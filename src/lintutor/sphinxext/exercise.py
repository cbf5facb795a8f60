"""The ``exercise`` directive: an exercise of the catalogue, where its section stands.

Write::

    ```{exercise} ch03.svm_loss_vectorized
    ```

The reader sees the title, the kind and the points, the statement, how an exercise of this kind is
answered, the stub to start from, three hints that open one after another, the command that checks the
answer, and the file to put it in. The anchor is ``exercise-ch03-svm_loss_vectorized``;
``[](#exercise-ch03-svm_loss_vectorized)`` links to it. All of it comes from the catalogue, so that book
and grader cannot differ.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lintutor.autograder import catalogue
from lintutor.autograder.project import ProjectError

__all__ = ["ExerciseDirective", "setup"]


#: kind -> its name on the box, how it is answered, what to do with the file
KINDS = {
    "code": ("code", "", "Fill it in"),
    "derive": (
        "derivation",
        "You answer with an expression: the function receives symbols of sympy and returns a formula in "
        "them. Any equal form is right. A wrong one comes back with a point where it differs.",
        "Fill it in",
    ),
    "predict": (
        "prediction",
        "You answer before you run anything: the function returns what you predict. A check says which "
        "parts are right, and never what would be.",
        "Put it down in",
    ),
    "debug": (
        "debugging",
        "You start from broken code: the lines below stand in your file already, mistakes and all. Mend "
        "them; any right code will do.",
        "Mend it in",
    ),
    "measure": (
        "measurement",
        "You answer with what you measured: run the experiment yourself and let the function return the "
        "figures. The grader measures or computes the same, and forgives what chance can move.",
        "Put the figures down in",
    ),
}


class Fold(nodes.General, nodes.Element):  # type: ignore[misc]
    """A part that the reader opens: ``<details>``, with the attribute `title` as its summary."""


class ExerciseDirective(SphinxDirective):  # type: ignore[misc]
    """Set one exercise of the catalogue."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the box of the exercise that the argument names."""
        root = Path(self.env.srcdir)
        try:
            entry = catalogue.exercise(self.arguments[0], root=root)
            stub = entry.stub()
        except (ProjectError, OSError) as error:
            raise self.error(str(error)) from error
        texts = (entry.folder / "exercise.toml", entry.folder.with_name("misconceptions.toml"))
        for path in (*texts, root / "solutions" / entry.file):
            self.env.note_dependency(str(path))
        anchor = f"exercise-{entry.chapter}-{entry.function}"
        box = nodes.container(classes=["lt-exercise"], ids=[anchor], names=[anchor])
        self.set_source_info(box)
        self._register(anchor, entry.title)
        box += _heading(entry)
        box += self._parse(entry.statement, "lt-exercise-statement")
        if how := KINDS[entry.kind][1]:
            box += nodes.paragraph("", how, classes=["lt-exercise-how"])
        box += self._stub(entry, stub)
        box += self._hints(entry.hints)
        box += self._footer(entry)
        return [box]

    def _register(self, anchor: str, title: str) -> None:
        """Make the exercise a target of references."""
        labels = self.env.get_domain("std")
        labels.data["labels"][anchor.lower()] = (self.env.docname, anchor, f"Exercise: {title}")
        labels.data["anonlabels"][anchor.lower()] = (self.env.docname, anchor)

    def _parse(self, text: str, css: str) -> nodes.container:
        """Return Markdown of the catalogue as nodes."""
        holder = nodes.container(classes=[css])
        source, _ = self.get_source_info()
        self.state.nested_parse(StringList(text.splitlines(), source), self.content_offset, holder)
        return holder

    def _stub(self, entry: catalogue.Exercise, stub: str) -> nodes.Element:
        """Return the stub, folded away unless it is what the exercise is about."""
        block = nodes.literal_block(stub, stub, language="python", classes=["lt-exercise-stub"])
        if entry.kind in ("debug", "predict"):
            return block
        fold = Fold(title="The stub, with an example")
        fold += block
        return fold

    def _hints(self, hints: tuple[str, ...]) -> nodes.Element:
        """Return the hints, each inside the one before: nobody meets the third one first."""
        inner: nodes.Element | None = None
        for number, hint in reversed(list(enumerate(hints, start=1))):
            fold = Fold(title=f"Hint {number} of {len(hints)}", classes=["lt-exercise-hint"])
            fold += self._parse(hint, "lt-exercise-hint-text")
            if inner is not None:
                fold += inner
            inner = fold
        assert inner is not None, "the catalogue has no exercise without hints"
        return inner

    def _footer(self, entry: catalogue.Exercise) -> nodes.container:
        """Return the file to fill, as a link, and the command that checks it."""
        foot = nodes.container(classes=["lt-exercise-check"])
        where = nodes.paragraph("", f"{KINDS[entry.kind][2]} ")
        for file, then in ((entry.file, " or in the notebook "), (Path(entry.file).stem + ".ipynb", "")):
            path = f"exercises/{file}"
            link = addnodes.download_reference("", "", reftarget=f"/{path}", refdoc=self.env.docname)
            link += nodes.literal("", path, classes=["xref", "download"])
            where += [link, nodes.Text(then)]
        count = len(entry.misconceptions)
        where += nodes.Text(f" and ask for a check, which knows {count} usual mistakes by name:")
        foot += where
        command = f"lintutor check {entry.function}"
        foot += nodes.literal_block(command, command, language="bash")
        return foot


def _heading(entry: catalogue.Exercise) -> nodes.paragraph:
    """Return the line with the title, the kind and the points."""
    head = nodes.paragraph(classes=["lt-exercise-title"])
    head += nodes.strong("", f"Exercise: {entry.title}")
    points = "1 point" if entry.points == 1 else f"{entry.points} points"
    head += nodes.inline("", f"{KINDS[entry.kind][0]}, {points}", classes=["lt-exercise-points"])
    return head


def _open(self: Any, node: Fold) -> None:
    """Write the start of a fold."""
    self.body.append(self.starttag(node, "details", CLASS="lt-fold"))
    self.body.append(f"<summary>{self.encode(node['title'])}</summary>\n")


def _close(self: Any, node: Fold) -> None:
    """Write the end of a fold."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the directive and what it writes."""
    app.add_node(Fold, html=(_open, _close))
    app.add_directive("exercise", ExerciseDirective)
