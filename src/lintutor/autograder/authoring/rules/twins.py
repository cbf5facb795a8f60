"""Rules on misconceptions and their twins: the mistakes as code, and the probes that tell them apart."""

import inspect
import re
from pathlib import Path

from ... import catalogue
from ...diagnosis import diagnose, observed
from ...reports import clean
from ...sessions import twin
from ...tables import read_table
from ..findings import Finding, Findings, Unreadable, rule
from ..loading import raised_at, why
from ..material import Chapter, Item, Material

LEAST = 3
LEAST_OF_CODE = 4
LEAST_OF_A_LOSS = 6  # that returns its gradient, too
LOSS = re.compile(r"Returns\n\s*-+\n\s*loss :.*?\n\s*d\w+ :", re.DOTALL)
LONGEST = clean.LONGEST


@rule("twins-load", of="exercise")
def twins_load(item: Item) -> Findings:
    """The twins can be loaded, with the right answer and the groups."""
    path = item.entry.folder / "twins.py"
    try:
        module = item.entry.module("twins")
    except Exception as error:
        if not path.is_file():
            advice = "write it: REFERENCE, a function for each misconception, GROUPS"
            yield Finding(path, 0, "is missing", advice)
        else:
            yield Finding(*raised_at(error, path, item.material.root), why(error), "mend it")
        return
    if not callable(getattr(module, "REFERENCE", None)):
        yield Finding(path, 0, "has no REFERENCE", "write the right answer under this name")
    groups = getattr(module, "GROUPS", None)
    if not isinstance(groups, list | tuple) or not all(hasattr(g, "observe") for g in groups):
        yield Finding(path, 0, "has no list GROUPS", "write one Group for each aspect of an answer")


@rule("twin-missing", of="exercise")
def each_has_a_twin(item: Item) -> Findings:
    """Each misconception of an exercise has a twin."""
    for mistake in item.entry.misconceptions:
        if not callable(getattr(item.twins, mistake.twin, None)):
            text = f"no function {mistake.twin} makes the mistake {mistake.id!r}"
            yield Finding(
                item.entry.folder / "twins.py", 0, text, "write it, with the arguments of REFERENCE"
            )


@rule("twin-signature", of="exercise")
def called_alike(item: Item) -> Findings:
    """Each twin takes the arguments of the right answer."""
    right = inspect.signature(item.twins.REFERENCE)
    for mistake in item.entry.misconceptions:
        wrong = getattr(item.twins, mistake.twin, None)
        if callable(wrong) and inspect.signature(wrong) != right:
            line = item.twin_line(mistake.twin)
            text = f"{mistake.twin}{inspect.signature(wrong)} is called otherwise than REFERENCE{right}"
            yield Finding(item.entry.folder / "twins.py", line, text, "give both the same arguments")


@rule("twins-few", of="exercise")
def there_are_enough(item: Item) -> Findings:
    """An exercise can name the usual mistakes."""
    entry, least = item.entry, LEAST
    if entry.kind == "code":
        least = LEAST_OF_A_LOSS if LOSS.search(item.stub) else LEAST_OF_CODE
    if len(entry.misconceptions) < least:
        what = "a loss with its gradient" if least == LEAST_OF_A_LOSS else f"an exercise of kind {entry.kind}"
        text = f"{len(entry.misconceptions)} misconceptions; {what} has at least {least}"
        advice = "think of wrong answers that you have seen, and write each as a twin"
        yield Finding(item.toml, item.table.line("misconceptions"), text, advice)


@rule("group-unknown", of="exercise")
def groups_have_probes(item: Item) -> Findings:
    """Each group of mistakes is looked at by probes."""
    known = {group.id for group in item.groups}
    path = item.entry.folder / "twins.py"
    for name in sorted({mistake.group for mistake in item.entry.misconceptions} - known):
        text = f"GROUPS has no group {name!r}, so its mistakes cannot be named"
        yield Finding(path, 0, text, "write the group, or change the one that misconceptions.toml names")


@rule("probes-blind", of="exercise", grades=True)
def probes_see(item: Item) -> Findings:
    """The probes of each group see something of the right answer."""
    path = item.entry.folder / "twins.py"
    right = observed(twin(item.entry))
    for group in item.groups:
        name = group.id
        try:
            seen = group.observe(right)
        except Exception as error:
            text = f"the probes of {name!r} fail on the right answer: {type(error).__name__}: {error}"
            yield Finding(path, 0, text, "mend them")
            continue
        if not any(sight for _, sight in seen):
            yield Finding(path, 0, f"the probes of {name!r} see nothing of the right answer", "mend them")


@rule("twin-named", of="exercise", grades=True)
def each_is_named_alone(item: Item) -> Findings:
    """The probes name each twin, and nothing else with it; of the right answer they say nothing."""
    entry, path = item.entry, item.entry.folder / "twins.py"
    if not item.groups:
        raise Unreadable
    cases: list[tuple[str, str, list[str]]] = [("the right answer", "REFERENCE", [])]
    cases += [(f"the twin {m.twin}", m.twin, [m.id]) for m in entry.misconceptions]
    item.demand_twins()
    for what, name, due in cases:
        try:
            found = diagnose(entry, twin(entry, name))
        except Exception as error:
            text = f"the probes fail on {what}: {type(error).__name__}: {error}"
            yield Finding(path, item.twin_line(name), text, "mend them")
            continue
        named = [each.misconception.id if each.misconception else each.remark for each in found]
        if named != due:
            text = f"{what} is diagnosed as {' and '.join(named) or 'nothing'}"
            advice = "let the probes of its group tell it from right and from the others"
            yield Finding(path, item.twin_line(name), text, advice)


@rule("misconception-stray", of="chapter")
def each_is_listed(chapter: Chapter) -> Findings:
    """Each misconception of a chapter is one that an exercise can name."""
    if chapter.whole:
        listed = {mistake.id for item in chapter.items for mistake in item.entry.misconceptions}
        yield from _strays(chapter.folder, chapter.material, listed)


@rule("misconception-stray-in-common", of="project")
def each_shared_one_is_listed(material: Material) -> Findings:
    """Each misconception that chapters share is one that an exercise can name."""
    if not material.broken and material.chapters:
        listed = {mistake.id for item in material.items for mistake in item.entry.misconceptions}
        yield from _strays(material.chapters[0].folder.parent / catalogue.COMMON, material, listed)


def _strays(folder: Path, material: Material, listed: set[str]) -> Findings:
    path = folder / "misconceptions.toml"
    if not path.is_file():
        return
    table = read_table(path)
    for each in table.data.get("misconception", []):
        if each["id"] not in listed:
            text = f"no exercise lists the misconception {each['id']!r}"
            advice = "list it in the exercise.toml of those that can name it, or remove it"
            yield Finding(path, material.where(each["id"], folder)[1], text, advice)
    for key in sorted(set(table.data.get("sections", {})) - listed):
        text = f"it says where {key!r} is taught, which no exercise lists"
        yield Finding(path, table.table("sections").line(key), text, "remove the line")


@rule("explanation-long", of="exercise")
def explanations_are_short(item: Item) -> Findings:
    """An explanation is short enough to be shown whole."""
    for mistake in item.entry.misconceptions:
        told = " ".join(mistake.explanation.split())
        if clean.text(told) != told:
            text = f"the explanation of {mistake.id} has {len(told)} characters, at most {LONGEST} are shown"
            if len(told) <= LONGEST:
                text = f"the explanation of {mistake.id} holds what no terminal shows"
            yield Finding(*item.material.where(mistake.id, item.chapter.folder), text, "shorten it")
