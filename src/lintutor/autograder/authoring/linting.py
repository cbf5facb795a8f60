"""Reads a project's exercises and says everything that is wrong with them."""

import contextlib
import difflib
import io
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..catalogue import CatalogueError
from ..project import CHECKS
from ..run import modules_forgotten
from . import rules
from .findings import RULES, Finding, Rule, Unreadable
from .material import Material

__all__ = ["Report", "lint", "rules"]

Step = Callable[..., None]
SCHEMA = "lintutor/lint/1"
OF_ALL = ("helper-stray-in-common", "misconception-stray-in-common", "chapter-stray")  # no chapter's concern
UNGRADED = "nothing is graded until the catalogue can be read"


class Report:
    """What lint found.

    Parameters
    ----------
    root : Path
        The project.
    findings : list of Finding
        In the order of the files.
    exercises : int
        How many exercises were looked at.
    remark : str
        What was left out, and why.
    """

    def __init__(self, root: Path, findings: list[Finding], exercises: int, remark: str = "") -> None:
        self.root, self.findings, self.exercises, self.remark = root, findings, exercises, remark

    @property
    def errors(self) -> int:
        """How many findings are no mere warnings."""
        return sum(not finding.warning for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many are."""
        return len(self.findings) - self.errors

    def place(self, finding: Finding) -> str:
        """Return file and line of a finding, as an editor can jump to it."""
        path = finding.path
        name = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        return f"{name}:{finding.line}" if finding.line else name

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return {
            "schema": SCHEMA,
            "exercises": self.exercises,
            "errors": self.errors,
            "warnings": self.warnings,
            "remark": self.remark,
            "findings": [
                {
                    "rule": each.rule,
                    "severity": "warning" if each.warning else "error",
                    "file": self.place(replace(each, line=0)),
                    "line": each.line or None,
                    "exercise": each.exercise or None,
                    "problem": each.problem,
                    "advice": each.advice,
                }
                for each in self.findings
            ],
        }


def lint(
    root: Path,
    name: str | None = None,
    fast: bool = False,
    begin: Callable[[int], Step] = lambda total: lambda steps=1, note="": None,
) -> Report:
    """Return everything that is wrong with a project's exercises, or with those that `name` stands for.

    Parameters
    ----------
    root : Path
        The project.
    name : str, optional
        A chapter, an exercise, or its function: only what concerns it is told.
    fast : bool
        Leave out the rules that grade.
    begin : callable (int) -> (callable (steps, note) -> None)
        Is told how many steps there are and gives what is told of each.

    Raises
    ------
    CatalogueError
        If there is nothing of that name.
    """
    with modules_forgotten(root):  # a file that changes is read again
        return _lint(Material(root), name, fast, begin)


def _lint(material: Material, name: str | None, fast: bool, begin: Callable[[int], Step]) -> Report:
    chapter, function = _chosen(material, name)
    grading = not fast and not material.broken
    used = [each for each in RULES.values() if grading or not each.grades]
    if name is not None:
        used = [each for each in used if each.id not in OF_ALL]
    items = [
        item
        for item in material.items
        if chapter in ("", item.chapter.name) and function in ("", item.entry.function)
    ]
    subjects: list[tuple[str, str, Any, str]] = [("project", "", material, "")]
    subjects += [("chapter", c.name, c, "") for c in material.chapters if chapter in ("", c.name)]
    subjects += [("exercise", item.chapter.name, item, item.entry.id) for item in items]
    found = []
    step = begin(len(subjects) + (2 * len(items) if grading else 0))
    for folder in ("solutions", "exercises") if grading else ():
        step(0, f"grading {folder}")
        material.trials.grade_all([item.entry for item in items], folder, step)
    for kind, of, subject, exercise in subjects:
        step(0, exercise or of)
        for rule in used:
            if rule.of == kind:
                found += [_settled(each, rule, of, exercise, material) for each in _looked(rule, subject)]
        step(1)
    told = {
        (each.rule, each.path, each.line, each.problem): each
        for each in found
        if _concerns(each, chapter, f"{chapter}.{function}" if function else "")
    }
    ordered = sorted(told.values(), key=lambda each: (str(each.path), each.line, each.rule))
    remark = UNGRADED if material.broken and not fast else ""
    return Report(material.root, ordered, len(items), remark)


def _looked(rule: Rule, subject: Any) -> list[Finding]:
    """Return what a rule finds; a rule that cannot look says so, but for what another rule tells.

    What twins print or warn of goes nowhere.
    """
    found: list[Finding] = []
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found.extend(rule.look(subject))
    except Unreadable:
        pass
    except Exception as error:
        where = getattr(subject, "toml", None) or subject.root / CHECKS
        text = f"the rule {rule.id} could not look: {type(error).__name__}: {error}"
        found.append(Finding(where, 0, text, "mend what it meets there"))
    return found


def _settled(finding: Finding, rule: Rule, chapter: str, exercise: str, material: Material) -> Finding:
    """Return a finding with its rule and whom it concerns; by its file, if the rule does not know."""
    if not chapter and finding.path.is_relative_to(material.root):
        parts = finding.path.relative_to(material.root).parts
        names = {each.folder.name: each.name for each in material.chapters}
        names |= {each.answers.path.stem: each.name for each in material.chapters}
        chapter = next((names[Path(part).stem] for part in parts if Path(part).stem in names), "")
        if chapter and parts[: len(CHECKS.parts)] == CHECKS.parts and len(parts) > 4:
            exercise = f"{chapter}.{parts[3]}"
    return replace(finding, rule=rule.id, chapter=chapter, exercise=exercise)


def _concerns(finding: Finding, chapter: str, exercise: str) -> bool:
    """Whether a finding is told: it is of the chosen exercise, or of its chapter as a whole."""
    return chapter in ("", finding.chapter) and (not exercise or finding.exercise in ("", exercise))


def _chosen(material: Material, name: str | None) -> tuple[str, str]:
    """Return the chapter and the function that a name stands for, nothing for all."""
    if name is None:
        return "", ""
    wanted = name.removesuffix(".py")
    known: dict[str, tuple[str, str]] = {}
    for chapter in material.chapters:
        functions = {item.entry.function for item in chapter.items}
        functions |= {path.parent.name for path in chapter.folder.glob("*/exercise.toml")}
        for function in sorted(functions):
            known[function] = known[f"{chapter.name}.{function}"] = chapter.name, function
    for chapter in material.chapters:
        known[chapter.name] = known[chapter.folder.name] = chapter.name, ""
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    told = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(sorted(known)[:8])}"
    raise CatalogueError(f"no exercise or chapter {name!r}; {told}")
