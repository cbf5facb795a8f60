"""What every built page promises, read from its HTML."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from lintutor.autograder import catalogue

pytestmark = pytest.mark.book
ROOT = Path(__file__).resolve().parents[2]
SYLLABUS = yaml.safe_load((ROOT / "book" / "syllabus.yml").read_text(encoding="utf-8"))
TOPICS = {topic: entry for part in SYLLABUS.values() for topic, entry in part.items()}
NEEDS = {topic: entry["needs"] for topic, entry in TOPICS.items()}
ELSEWHERE = re.compile(r"(https?:)?//", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NAMED_ONLY = ("canonical", "prev", "next", "license")  # links that a browser does not follow by itself
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}


def test_every_internal_link_leads_to_a_page_and_an_anchor_that_exist(pages, built_book):
    anchors = {page.path.resolve(): set(page.ids) | names(page) for page in pages}
    broken = []
    for page in pages:
        for link in page.all("a"):
            target = urlsplit(link.attributes.get("href", ""))
            if target.scheme or target.netloc or not (target.path or target.fragment):
                continue
            path = (page.path.parent / unquote(target.path)).resolve() if target.path else page.path.resolve()
            if not path.is_file():
                broken.append(f"{page.name}: {target.path}")
            elif target.fragment and path in anchors and unquote(target.fragment) not in anchors[path]:
                broken.append(f"{page.name}: {target.geturl()}")
    assert not broken, broken


def names(page):
    return {a.attributes["name"] for a in page.all("a") if "name" in a.attributes}


def test_every_image_script_and_style_sheet_is_shipped(pages):
    absent = []
    for page in pages:
        for element in page.all("img", "script", "link", "source"):
            if element.tag == "link" and "canonical" in element.attributes.get("rel", ""):
                continue
            address = element.attributes.get("src") or (
                element.attributes.get("href", "") if element.tag == "link" else ""
            )
            target = urlsplit(address)
            if target.scheme == "data" or not target.path:
                continue
            if not (page.path.parent / unquote(target.path)).is_file():
                absent.append(f"{page.name}: {address}")
    assert not absent, absent


def test_no_page_names_another_host_in_what_it_loads_at_once(pages):
    foreign = []
    for page in pages:
        for element in page.root.walk():
            attributes = element.attributes
            loaded = [attributes.get(LOADS.get(element.tag, ""), ""), attributes.get("srcset", "")]
            if element.tag == "link" and attributes.get("rel") not in (
                "canonical",
                "prev",
                "next",
                "license",
            ):
                loaded.append(attributes.get("href", ""))
            if element.tag in ("image", "use"):
                loaded.append(attributes.get("href", "") or attributes.get("xlink:href", ""))
            loaded += re.findall(r"url\(['\"]?([^)'\"]*)", attributes.get("style", ""))
            foreign += [f"{page.name}: {address}" for address in loaded if ELSEWHERE.match(address)]
    assert not foreign, foreign


def test_no_style_sheet_loads_from_another_host(built_book):
    foreign = []
    for path in sorted(built_book.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        loads = re.findall(r"url\(\s*['\"]?([^)'\"\s]+)|@import\s+['\"]([^'\"]+)", text)
        foreign += [f"{path.name}: {a or b}" for a, b in loads if ELSEWHERE.match(a or b)]
    assert not foreign, foreign


def test_every_picture_says_what_it_shows(pages):
    silent = []
    for page in pages:
        for element in page.all("img", "svg"):
            a = element.attributes
            decorative = a.get("role") == "presentation" or a.get("aria-hidden") == "true"
            said = a.get("alt", "") if element.tag == "img" else a.get("aria-label", "")
            if not decorative and not said.strip():
                silent.append(f"{page.name}: <{element.tag}> {a}")
            if element.tag == "svg" and not decorative and a.get("role") != "img":
                silent.append(f"{page.name}: <svg> without role=img")
    assert not silent, silent


def test_every_figure_has_a_caption_that_says_what_to_see(book_pages):
    bare = []
    for page in book_pages:
        for figure in page.all("figure"):
            captions = [e for e in figure.walk() if e.tag == "figcaption"]
            if len(captions) != 1 or len(captions[0].text.split()) < 5:
                bare.append(f"{page.name}: {figure.attributes.get('id')}")
    assert not bare, bare


def test_headings_start_with_one_title_and_never_skip_a_level(book_pages):
    wrong = []
    for page in book_pages:
        article = page.all("article")[0]  # the theme keeps a second title for print outside of it
        levels = [int(e.tag[1]) for e in article.walk() if e.tag in HEADINGS]
        if levels.count(1) != 1 or levels[0] != 1:
            wrong.append(f"{page.name}: {levels.count(1)} titles")
        wrong += [f"{page.name}: h{a} then h{b}" for a, b in pairwise(levels) if b > a + 1]
    assert not wrong, wrong


def test_no_id_stands_twice_on_a_page(pages):
    for page in pages:
        # The theme shows its theme switch, search and side bar twice; ids of the book are all in the article.
        article = next((e for e in page.all("article")), page.root)
        ids = [e.attributes["id"] for e in article.walk() if e.attributes.get("id")]
        assert sorted(ids) == sorted(set(ids)), page.name


def test_every_page_names_its_language_and_has_a_title_of_its_own(book_pages):
    titles = [page.all("title")[0].text for page in book_pages]
    assert len(set(titles)) == len(titles)
    assert {page.all("html")[0].attributes.get("lang") for page in book_pages} == {"en"}


def test_every_page_lets_the_keyboard_skip_to_the_text(book_pages):
    for page in book_pages:
        skips = [a.attributes["href"] for a in page.all("a") if "skip" in a.attributes.get("class", "")] or [
            a.attributes.get("href")
            for holder in page.root.walk()
            if "skip" in holder.attributes.get("id", "")
            for a in holder.walk()
            if a.tag == "a"
        ]
        assert skips, page.name
        assert skips[0].lstrip("#") in page.ids, f"{page.name}: {skips[0]} is not on the page"


def test_the_book_fits_on_any_usb_stick(built_book):
    total = sum(path.stat().st_size for path in built_book.rglob("*") if path.is_file())
    assert total < 20_000_000, f"{total / 1e6:.1f} MB"


@pytest.mark.parametrize("topic", NEEDS)
def test_the_book_teaches_what_its_syllabus_promises(topic, book_pages):
    held = [page for page in book_pages if topic in page.ids]
    assert len(held) == 1, f"{topic} is an anchor on {len(held)} pages"
    found = kinds(topic, held[0])
    assert set(NEEDS[topic]) <= found, f"{topic} lacks {sorted(set(NEEDS[topic]) - found)}"


def kinds(topic, page):
    """Return what stands between the anchor of a topic and the next one, by kind."""
    elements = list(page.root.walk())
    start = next(i for i, e in enumerate(elements) if e.attributes.get("id") == topic)
    found, words = set(), 0
    for element in elements[start:]:
        if element.attributes.get("id") in NEEDS and element.attributes["id"] != topic:
            break
        words += len(" ".join(element.words).split())
        found |= {kind for kind, sign in SIGNS.items() if sign(element)}
    if words >= 40:
        found.add("T")
    if any(topic in entry.sections for entry in catalogue.exercises(root=ROOT)):
        found.add("E")
    return found


SIGNS = {
    "C": lambda e: "cell" in e.classes and e.tag == "div",
    "F": lambda e: e.tag == "figure" and "lt-moving" not in e.classes,
    "D": lambda e: "lt-derivation" in e.classes,
    "I": lambda e: "lt-moving" in e.classes,
    "N": lambda e: "pasted-text" in e.classes,
}


def test_the_syllabus_and_the_order_of_the_book_agree(book_pages):
    for page in book_pages:
        here = [i for i in page.ids if i in NEEDS]
        assert here == sorted(here, key=list(NEEDS).index), page.name


def test_every_exercise_of_the_catalogue_stands_in_the_book_with_hints_that_open_in_order(book_pages):
    for entry in catalogue.exercises(root=ROOT):
        anchor = f"exercise-{entry.chapter}-{entry.function}"
        boxes = [e for page in book_pages for e in page.root.walk() if e.attributes.get("id") == anchor]
        assert len(boxes) == 1, anchor
        folds = [e for e in boxes[0].walk() if e.tag == "details" and "lt-exercise-hint" in e.classes]
        assert len(folds) == 3
        assert all(inner in outer.children for outer, inner in pairwise(folds))
        assert f"lintutor check {entry.function}" in re.sub(r"\s+", " ", boxes[0].text)
