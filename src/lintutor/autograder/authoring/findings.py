"""What lint says, and the rules that say it.

A rule is a function that looks at one exercise, one chapter or the whole project and yields what is
wrong::

    @rule("points-of-chapter", of="chapter")
    def points_add_up(chapter: Chapter) -> Findings: ...

It looks at what could be read: what could not is told by other rules, and a rule that meets it anyway
ends with `Unreadable`, which says nothing twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

__all__ = ["RULES", "Finding", "Findings", "Rule", "Unreadable", "rule"]

Scope = Literal["exercise", "chapter", "project"]


class Unreadable(Exception):
    """What a rule asks for could not be read; a rule of its own says so."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong.

    Parameters
    ----------
    path : Path
        The file to open.
    line : int
        Where in it; 0 if that cannot be known.
    problem : str
        What is wrong.
    advice : str
        What to do.
    warning : bool
        Whether it is no error, such as what a clock says.
    rule : str
        The id of the rule, set by whoever runs it.
    exercise : str
        The id of the exercise that it concerns, or nothing, set likewise.
    chapter : str
        Its chapter's short name, or nothing.
    """

    path: Path
    line: int
    problem: str
    advice: str
    warning: bool = False
    rule: str = ""
    exercise: str = ""
    chapter: str = ""


Findings = Iterator[Finding]
Look = Callable[[Any], Findings]


@dataclass(frozen=True)
class Rule:
    """A rule: its id, what it looks at, and whether it grades answers, which takes long."""

    id: str
    of: Scope
    grades: bool
    look: Look


RULES: dict[str, Rule] = {}


def rule(name: str, of: Scope, grades: bool = False) -> Callable[[Look], Look]:
    """Register a rule."""

    def register(look: Look) -> Look:
        assert name not in RULES, name
        RULES[name] = Rule(name, of, grades, look)
        return look

    return register
