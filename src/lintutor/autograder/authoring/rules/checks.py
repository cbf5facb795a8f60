"""Rules on the graded checks of an exercise, by their marks."""

import inspect

from ..findings import Finding, Findings, Unreadable, rule
from ..loading import raised_at, why
from ..material import Item


@rule("checks-load", of="exercise")
def checks_load(item: Item) -> Findings:
    """The checks can be loaded, and there are some."""
    path = item.entry.checks
    if not path.is_file():
        text = f"{item.entry.id} has no checks: {path.name} is missing"
        yield Finding(item.entry.folder, 0, text, "write them; each is a function test_...")
        return
    item.module("twins")  # most checks ask for them: a rule of their own says that they do not load
    try:
        item.entry.module(path.stem)
    except Exception as error:
        yield Finding(*raised_at(error, path, item.material.root), why(error), "mend it")
        return
    if not item.checks:
        yield Finding(path, 0, "holds no check", "write functions test_..., each with its points")


@rule("checks-marked", of="exercise")
def marked_with_the_exercise(item: Item) -> Findings:
    """The file of checks says which exercise they grade."""
    marks = getattr(item.module(item.entry.checks.stem), "pytestmark", [])
    named = [
        mark.args[0]
        for mark in (marks if isinstance(marks, list | tuple) else [marks])
        if mark.name == "exercise" and mark.args
    ]
    if named != [item.entry.id]:
        found = f"it is marked as {named[0]!r}" if named else "it has no mark"
        text = f"the checks are not those of {item.entry.id}: {found}"
        yield Finding(
            item.entry.checks, 0, text, f'write pytestmark = pytest.mark.exercise("{item.entry.id}")'
        )


@rule("check-named", of="exercise")
def each_has_a_docstring(item: Item) -> Findings:
    """Each check has a docstring: its name for the learner."""
    for check in item.checks:
        if not (inspect.getdoc(check.function) or "").strip():
            text = f"{check.function.__name__} has no docstring, so learners read its name"
            yield Finding(item.entry.checks, check.line, text, "say in a few words what it promises")


@rule("check-points", of="exercise")
def each_has_points(item: Item) -> Findings:
    """Each check says what it is worth."""
    for check in item.checks:
        if not check.points:
            text = f"{check.function.__name__} is worth no points"
            yield Finding(item.entry.checks, check.line, text, "mark it: @pytest.mark.points(1)")


@rule("exercise-points", of="exercise")
def points_add_up(item: Item) -> Findings:
    """The points of the checks are those of the exercise."""
    points = sum(check.points * check.cases for check in item.checks)
    if item.checks and points != item.entry.points:
        text = f"the checks give {points} points, exercise.toml says {item.entry.points}"
        yield Finding(item.toml, item.table.line("points"), text, "make them equal")


@rule("check-about", of="exercise")
def explained_by_groups(item: Item) -> Findings:
    """The groups that can explain a check's failure exist, and every group explains one."""
    known = {group.id for group in item.groups}
    for check in item.checks:
        for name in check.groups:
            if name not in known:
                text = f"{check.function.__name__} is about {name!r}, which GROUPS of twins.py lacks"
                advice = f"name one of {', '.join(sorted(known))}, or write the group"
                yield Finding(item.entry.checks, check.line, text, advice)
    if not item.checks:
        raise Unreadable
    explained = {name for check in item.checks for name in check.groups}
    for name in sorted({mistake.group for mistake in item.entry.misconceptions} & known - explained):
        text = f"no check is about {name!r}, so its mistakes are never named"
        yield Finding(item.entry.checks, 0, text, f'mark the checks that fail: @pytest.mark.about("{name}")')
