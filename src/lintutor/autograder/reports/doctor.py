"""Examines this machine: what keeps others' code apart here, and what the grader runs on."""

import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from rich.console import Console

from .. import levels
from ..project import ProjectError
from ..results import versions
from ..stubs import stale_stubs
from .page import Page

SCHEMA = "lintutor/doctor/1"
UNSAFE = "process"
OPTIONAL = ("sympy", "matplotlib", "jupyter-book")


@dataclass(frozen=True)
class Findings:
    """What was found on this machine."""

    levels: list[levels.Level]
    best: str | None  # of those that are fit for others' code
    versions: dict[str, str]
    machine: str
    stubs: list[str]  # what is wrong with each that is out of date

    def as_dict(self) -> dict[str, Any]:
        """Return the findings as ``lintutor/doctor/1`` has them."""
        names = ("name", "available", "why_not", "remedy", "stops")
        return {
            "schema": SCHEMA,
            "best": self.best,
            "levels": [{name: getattr(level, name) for name in names} for level in self.levels],
            "machine": self.machine,
            "versions": self.versions,
            "stubs": self.stubs,
        }


def examine(root: Path) -> Findings:
    """Try every level of isolation, and look at the rest."""
    try:
        stale = [f"{path.relative_to(root)} {problem}" for path, problem in stale_stubs(root)]
    except ProjectError as error:
        stale = [str(error)]
    return Findings(
        levels=levels.survey(),
        best=levels.best(),
        versions={**versions(), **{name: _version(name) for name in OPTIONAL}},
        machine=f"{platform.system()} {platform.release()} {platform.machine()}",
        stubs=stale,
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def show(found: Findings, console: Console) -> None:
    """Print the findings, and what to do about those that are not good."""
    page = Page(console.width)
    page.add("Levels of isolation, the best first", "bold")
    for level in found.levels:
        sign, style = ("✓", "green") if level.available else ("✗", "red")
        page.add(f"{sign} {level.name}", style, indent=2)
        if level.stops:
            page.add(f"stops {', '.join(level.stops)}", indent=6)
        if not level.available:
            page.add(level.why_not, indent=6)
            page.add(level.remedy, "cyan", indent=6)
    page.add()
    if found.best is None:
        page.add(
            "Others' work cannot be graded safely here: only your own code may run. "
            f"`lintutor grade` starts with --isolation {UNSAFE} alone.",
            "bold red",
        )
    else:
        page.add(f"Others' work can be graded here, at level {found.best}.", "bold green")
    page.add()
    page.add("What it runs on", "bold")
    page.add(found.machine, indent=2)
    page.add(", ".join(f"{name} {number}" for name, number in found.versions.items()), indent=2)
    for problem in found.stubs:
        page.add(f"~ {problem}", "yellow", indent=2, hang=2)
    if found.stubs:
        page.add(
            "That is as it should be where answers were written; an author runs `lintutor stubs`.", indent=4
        )
    else:
        page.add("✓ the stubs in exercises/ agree with solutions/", "green", indent=2)
    page.print(console)
