"""The ``commit`` and ``quiz`` directives: questions whose right answer is computed.

Write, before the cell that gives it away::

    ```{commit} initial-loss
    ask: Ten classes, tiny random weights. What is the first hinge loss?
    setup: |
      loss = losses.hinge_loss_vectorized(np.zeros((4, 10)), np.ones((5, 4)), [0, 1, 2, 3, 4])[0]
    answers:
      - say: 10
        holds: loss == 10
        why: You counted the true class. It does not compete with itself.
      - say: 9
        right: true
        holds: loss == 9
        why: Nine wrong classes cross the line by one each.
    ```

Each answer opens by itself and explains itself, without a script too. ``holds`` of each is evaluated
when the page is read, and exactly the one marked ``right`` must be true, or the build stops. ``{quiz}`` has
a list of such items under ``questions``. The anchors are ``commit-...`` and ``quiz-...``.
"""

from typing import Any

import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lintutor.sphinxext import asides

__all__ = ["CommitDirective", "QuizDirective", "judge", "setup"]

KEYS = {"ask", "setup", "answers"}
ANSWER_KEYS = {"say", "holds", "why", "right"}


def judge(question: dict[str, Any]) -> int:
    """Return the place of the right answer, found by evaluating what each answer claims.

    Parameters
    ----------
    question : dict
        ``ask``, ``answers`` (with ``say``, ``holds``, ``why``, one with ``right``), perhaps ``setup``.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a key is missing or unknown, fewer than three answers are offered, code fails, or what holds is not
        what is marked as right.

    Examples
    --------
    >>> offer = lambda n: {"say": str(n), "holds": f"1 + 1 == {n}", "why": "Count.", "right": n == 2}
    >>> judge({"ask": "What is 1 + 1?", "answers": [offer(1), offer(2), offer(3)]})
    1
    """
    if unknown := set(question) - KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}; there are {', '.join(sorted(KEYS))}")
    answers = question.get("answers", [])
    if "ask" not in question or len(answers) < 3:
        raise ValueError(f"a question needs ask and at least 3 answers, has {len(answers)}")
    known = asides.names(str(question.get("setup", "")))
    holding = []
    for place, answer in enumerate(answers):
        if set(answer) | {"right"} != ANSWER_KEYS:
            raise ValueError(f"answer {place + 1} must have say, holds and why, has {sorted(answer)}")
        if bool(asides.evaluate(str(answer["holds"]), known)):
            holding.append(place)
    marked = [place for place, answer in enumerate(answers) if answer.get("right")]
    if holding != marked or len(marked) != 1:
        found = f"answers {[n + 1 for n in holding]} hold, {[n + 1 for n in marked]} are marked right"
        raise ValueError(found)
    return marked[0]


class Answer(nodes.General, nodes.Element):  # type: ignore[misc]
    """An answer that opens: its first child is what it says, the rest explains it."""


class _Asking(SphinxDirective):  # type: ignore[misc]
    """What both directives do: read, judge, print."""

    required_arguments = 1
    has_content = True

    def content_of(self) -> dict[str, Any]:
        try:
            content = yaml.safe_load("\n".join(self.content))
        except yaml.YAMLError as error:
            raise self.error(f"{self.name} {self.arguments[0]}: {error}") from error
        if not isinstance(content, dict):
            raise self.error(f"{self.name} {self.arguments[0]}: expected keys and values")
        return content

    def box(self, title: str) -> nodes.container:
        """Return the frame, with its heading and its anchor."""
        anchor = f"{self.name}-{self.arguments[0]}"
        box = nodes.container(classes=["lt-questions", f"lt-{self.name}"], ids=[anchor], names=[anchor])
        self.set_source_info(box)
        box += nodes.paragraph("", "", nodes.strong("", title), classes=["lt-questions-title"])
        return box

    def parsed(self, text: Any) -> list[nodes.Node]:
        """Return Markdown as nodes."""
        holder = nodes.container()
        source, _ = self.get_source_info()
        self.state.nested_parse(StringList(str(text).splitlines(), source), self.content_offset, holder)
        return list(holder.children)

    def asked(self, question: dict[str, Any]) -> list[nodes.Node]:
        """Return one question and its answers."""
        try:
            right = judge(question)
        except ValueError as error:
            raise self.error(
                f"{self.name} {self.arguments[0]}: {question.get('ask', '?')!r}: {error}"
            ) from error
        answers = nodes.container(classes=["lt-answers"])
        for place, answer in enumerate(question["answers"]):
            fold = Answer(classes=["lt-answer", "lt-right" if place == right else "lt-wrong"])
            said = nodes.inline()
            for child in self.parsed(answer["say"]):
                said += child.children if isinstance(child, nodes.paragraph) else child
            verdict = nodes.paragraph("", "", nodes.strong("", "Right. " if place == right else "No. "))
            rest = self.parsed(answer["why"])
            if rest and isinstance(rest[0], nodes.paragraph):
                verdict += rest.pop(0).children
            fold += [said, verdict, *rest]
            answers += fold
        return [*self.parsed(question["ask"]), answers]


class CommitDirective(_Asking):
    """One question, to be answered before a cell shows its output."""

    def run(self) -> list[nodes.Node]:
        """Return the box of the question."""
        box = self.box("Commit to an answer")
        box += self.asked(self.content_of())
        return [box]


class QuizDirective(_Asking):
    """Several questions, mixed."""

    def run(self) -> list[nodes.Node]:
        """Return the box of the questions, numbered."""
        content = self.content_of()
        if set(content) != {"questions"}:
            raise self.error(f"quiz {self.arguments[0]}: expected the key questions, got {sorted(content)}")
        box = self.box("Quiz")
        items = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        for question in content["questions"]:
            items += nodes.list_item("", *self.asked(question))
        box += items
        return [box]


def _open(self: Any, node: Answer) -> None:
    """Write the start of an answer, up to the end of what it says."""
    self.body.append(self.starttag(node, "details"))
    self.body.append("<summary>")
    node.children[0].walkabout(self)
    self.body.append("</summary>\n")
    del node[0]


def _close(self: Any, node: Answer) -> None:
    """Write the end of an answer."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the directives and what they write."""
    app.add_node(Answer, html=(_open, _close))
    app.add_directive("commit", CommitDirective)
    app.add_directive("quiz", QuizDirective)
