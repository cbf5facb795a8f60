"""Rules on what the catalogue's files say: they can be read, chapters add up, the book shows them."""

import re

from ... import catalogue
from ..findings import Finding, Findings, rule
from ..material import Chapter, Item, Material

POINTS = 100
DIRECTIVE = "put the directive {exercise} %s into a section that it names"


@rule("catalogue", of="project")
def can_be_read(material: Material) -> Findings:
    """Every file of the catalogue can be read, and every key of it is known."""
    for error in material.broken:
        advice = "see the module lintutor.autograder.catalogue for the form of these files"
        where = error.path or material.root / "tests" / "autograder"
        yield Finding(where, error.line, f"{error.entry.lstrip(', ')} {error.problem}".strip(), advice)


@rule("function-twice", of="project")
def names_are_unique(material: Material) -> Findings:
    """No two exercises of the book have the same name."""
    first: dict[str, Item] = {}
    for item in material.items:
        other = first.setdefault(item.entry.function, item)
        if other is not item:
            text = f"{item.entry.function} is an exercise of {other.chapter.name}, too"
            yield Finding(item.chapter.toml, item.line, text, "rename one of the two")


@rule("chapter-points", of="chapter")
def points_add_up(chapter: Chapter) -> Findings:
    """The points of a chapter are 100."""
    points = sum(item.entry.points for item in chapter.items)
    if chapter.whole and points != POINTS:
        text = f"the points of {chapter.name} are {points} together, and should be {POINTS}"
        each = ", ".join(f"{item.entry.function} {item.entry.points}" for item in chapter.items)
        yield Finding(chapter.toml, 0, text, f"change some, and those of their checks: {each}")


@rule("chapter-kinds", of="chapter")
def all_kinds(chapter: Chapter) -> Findings:
    """A chapter asks its readers to write, derive, mend, predict and measure."""
    missing = [kind for kind in catalogue.KINDS if kind not in {item.entry.kind for item in chapter.items}]
    if chapter.whole and missing:
        text = f"{chapter.name} has no exercise of the kind {' and none of the kind '.join(missing)}"
        advice = f"make one: lintutor new exercise {chapter.name}.NAME --kind {missing[0]}"
        yield Finding(chapter.toml, 0, text, advice)


@rule("section-unknown", of="exercise")
def sections_exist(item: Item) -> Findings:
    """Every section that an exercise or one of its misconceptions names is in the book."""
    named = [(item.toml, item.table.line("sections"), anchor) for anchor in item.entry.sections]
    for mistake in item.entry.misconceptions:
        named.append((*item.material.where(mistake.id, item.chapter.folder), mistake.section))
    for path, line, anchor in dict.fromkeys(named):
        if anchor not in item.material.sections:
            text = f"no page of the book has a section ({anchor})="
            yield Finding(path, line, text, "name the anchor of a section that helps")


@rule("shown-in-book", of="exercise")
def shown_once(item: Item) -> Findings:
    """The book shows an exercise once, in a section that it names."""
    places = [place for place in item.material.shown if place.exercise == item.entry.id]
    if not places:
        text = f"no page of the book shows {item.entry.id}"
        yield Finding(item.toml, 0, text, DIRECTIVE % item.entry.id)
    for place in places[1:]:
        first = f"{places[0].page.name}:{places[0].line}"
        text = f"{item.entry.id} is shown a second time; the first is {first}"
        yield Finding(place.page, place.line, text, "show it once")
    for place in places[:1]:
        if not {*place.sections} & {*item.entry.sections}:
            around = place.sections[-1] if place.sections else "no section"
            text = f"{item.entry.id} is shown in {around}, which its 'sections' lack"
            advice = (
                f"name {around} in {item.entry.function}/exercise.toml, or show it in a section named there"
            )
            yield Finding(place.page, place.line, text, advice)


@rule("shown-unknown", of="project")
def shows_what_there_is(material: Material) -> Findings:
    """The book shows no exercise that does not exist."""
    known = {item.entry.id for item in material.items}
    whole = {chapter.name for chapter in material.chapters if chapter.whole}
    for place in material.shown:
        chapter = place.exercise.partition(".")[0]
        unread = chapter not in whole and re.fullmatch(r"ch\d\d", chapter) and not_read(material, chapter)
        if place.exercise not in known and not unread:
            text = f"there is no exercise {place.exercise}"
            yield Finding(place.page, place.line, text, "correct the name, or take the directive out")


def not_read(material: Material, name: str) -> bool:
    """Whether a chapter is there, but could not be read whole."""
    return any(chapter.name == name and not chapter.whole for chapter in material.chapters)
