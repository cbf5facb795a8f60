"""The words of the pages: nothing leans on what comes later, all is spelled, terms and names are linked."""

import gc
import importlib
import re
import warnings
from functools import cache
from pathlib import Path

import pytest
import spylls
import yaml
from spylls.hunspell import Dictionary

import lintutor
from lintutor.sphinxext.api import MODULES, taught_in

pytestmark = pytest.mark.book
ROOT = Path(__file__).resolve().parents[2]
SYLLABUS = yaml.safe_load((ROOT / "book" / "syllabus.yml").read_text(encoding="utf-8"))
SPYLLS = Path(spylls.__file__).parent
CHAPTERS = [part for part in SYLLABUS if part not in ("back-matter", "reproduction")]
TOPICS = {topic: entry for part in CHAPTERS for topic, entry in SYLLABUS[part].items()}
#: What may stand beside a term that comes later: a chapter by its number, or a link.
POINTS_FORWARD = re.compile(r"\bchapters? \d", re.IGNORECASE)
PROSE = {"p", "li", "td", "th", "dd", "dt", "figcaption", "summary", "h2", "h3", "h4"}
NOT_PROSE = {"code", "pre", "svg", "script", "style", "cite", "math"}
SILENT = {"math", "cell_input", "lt-in-package", "highlight", "lt-api", "headerlink", "lt-derivation-ledger"}


def prose(element, skip_links=False):
    """Return the words of an element that people wrote: no code, no formula, no output that is not text."""
    if element.tag in NOT_PROSE or SILENT & element.classes:
        return ""
    if skip_links and element.tag == "a":
        return ""
    return " ".join([*element.words, *(prose(child, skip_links) for child in element.children)])


def paragraphs(page):
    """Return the innermost pieces of prose of a page with the topic whose section they stand in."""
    topic, found = None, []

    def walk(element):
        nonlocal topic
        if element.attributes.get("id") in TOPICS:
            topic = element.attributes["id"]
        if element.tag in NOT_PROSE or SILENT & element.classes:
            return
        if element.tag in PROSE and not any(e.tag in PROSE for e in element.walk() if e is not element):
            found.append((topic, element))
            return
        for child in element.children:
            walk(child)

    for article in page.all("article"):
        walk(article)
    return found


@pytest.fixture(scope="module")
def written(book_pages):
    """Every paragraph of the chapters, in the order of teaching."""
    order = list(TOPICS)
    rows = [(topic, element) for page in book_pages for topic, element in paragraphs(page) if topic]
    return sorted(rows, key=lambda row: order.index(row[0]))


LATER = [(term, topic) for topic, entry in TOPICS.items() for term in entry.get("introduces", ())]


@pytest.mark.parametrize(("term", "topic"), LATER, ids=[term for term, _ in LATER])
def test_no_section_leans_on_a_term_that_a_later_one_introduces(term, topic, written):
    order = list(TOPICS)
    pattern = re.compile(rf"(?<![\w-]){re.escape(term)}(?![\w])", re.IGNORECASE)
    early = []
    for here, element in written:
        if order.index(here) >= order.index(topic):
            continue
        said = re.sub(r"\s+", " ", prose(element, skip_links=True))
        for sentence in re.split(r"(?<=[.:;?!]) ", said):
            if pattern.search(sentence) and not POINTS_FORWARD.search(sentence):
                early.append(f"{here}: {sentence.strip()[:120]}")
    assert not early, early


def test_every_term_that_a_topic_introduces_is_used_there(written):
    for term, topic in LATER:
        said = " ".join(prose(element) for here, element in written if here == topic)
        assert re.search(re.escape(term), re.sub(r"\s+", " ", said), re.IGNORECASE), (
            f"{topic} never says {term}"
        )


@cache
def dictionary():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # spylls leaves its files to the garbage collector
        found = Dictionary.from_files(str(SPYLLS / "hunspell" / "data" / "en" / "en_US"))
        gc.collect()
    return found


@cache
def own_words():
    lines = (ROOT / "tests" / "book" / "words.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


@cache
def known(word):
    bare = word.removesuffix("'s")
    return bare in own_words() or bare.lower() in own_words() or dictionary().lookup(bare)


def misspelled(text):
    words = re.findall(r"(?<![\w@./\\-])[A-Za-z][a-z]+(?:'[a-z]+)?(?![\w@/\\]|\.\w)", text.replace("’", "'"))
    return {word for word in words if not known(word)}


def test_the_spelling_test_sees_a_slip_and_a_british_spelling():
    assert misspelled("The gradeint has a colour.") == {"gradeint", "colour"}


def test_every_word_is_spelled_the_american_way(book_pages):
    slips = {}
    for page in book_pages:
        if page.name.endswith("bibliography.html"):  # names and titles in their own languages
            continue
        for article in page.all("article"):
            spoken = prose(article)
            alts = " ".join(e.attributes.get("aria-label", "") for e in article.walk() if e.tag == "svg")
            for word in misspelled(f"{spoken} {alts}"):
                slips.setdefault(word, page.name)
    assert not slips, slips


def test_the_list_of_own_words_holds_none_that_the_dictionary_has_or_nobody_uses(book_pages):
    used = " ".join(prose(article) for page in book_pages for article in page.all("article"))
    used += " ".join(
        e.attributes["aria-label"] for p in book_pages for e in p.root.walk() if "aria-label" in e.attributes
    )
    idle = [
        word for word in own_words() if dictionary().lookup(word) or not re.search(rf"\b{word}", used, re.I)
    ]
    assert not idle, sorted(idle)


def test_every_glossary_entry_has_its_chinese_term_and_leads_to_its_section(book_pages):
    page = next(page for page in book_pages if page.name.endswith("glossary.html"))
    terms = [e for e in page.root.walk() if e.tag == "dt"]
    texts = [e for e in page.root.walk() if e.tag == "dd"]
    assert len(terms) == len(texts) > 80
    for term, text in zip(terms, texts, strict=True):
        chinese = [e for e in text.walk() if e.attributes.get("lang") == "zh-Hans"]
        assert chinese and re.search(r"[\u4e00-\u9fff]", chinese[0].text), term.text
        links = [e.attributes["href"] for e in text.walk() if e.tag == "a"]
        assert any(link.split("#")[-1] in TOPICS for link in links), f"{term.text} leads nowhere"


def test_every_public_name_stands_in_the_reference_and_leads_to_its_section(book_pages):
    assert set(MODULES) == set(lintutor.__all__) - {"__version__", "autograder"}  # the grader is no library
    page = next(page for page in book_pages if page.name.endswith("api.html"))
    ids = set(page.ids)
    for room in MODULES:
        for name in importlib.import_module(f"lintutor.{room}").__all__:
            assert f"lintutor.{room}.{name}" in ids, name
    links = {e.attributes.get("href", "").split("#")[-1] for e in page.all("a")}
    assert set(taught_in()) & set(TOPICS) <= links


def test_every_section_that_a_function_names_lists_the_function(book_pages):
    listed = {}
    for page in book_pages:
        for section in page.all("section"):
            own = [e for e in section.children if "lt-in-package" in e.classes]
            names = {a.attributes["href"].split("#")[-1] for e in own for a in e.walk() if a.tag == "a"}
            anchors = {section.attributes.get("id")} | {
                e.attributes.get("id") for e in section.children if e.tag == "span"
            }
            for anchor in anchors:
                listed.setdefault(anchor, set()).update(names)
    for section, names in taught_in().items():
        assert set(names) <= listed.get(section, set()), section


def test_the_index_leads_to_every_chapter(pages):
    page = next(page for page in pages if page.name == "genindex.html")
    led = {e.attributes.get("href", "").split("#")[0] for e in page.all("a")}
    chapters = sorted(path.stem for path in (ROOT / "book").glob("ch0*.md"))
    assert len(chapters) == 9
    for chapter in chapters:
        assert f"book/{chapter}.html" in led, chapter
