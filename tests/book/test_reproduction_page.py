"""The page of the reproduction says what the record says, whichever record that is."""

from dataclasses import replace
from pathlib import Path

import pytest

from lintutor import reproduction
from lintutor.sphinxext.closure import closure, imported_modules
from lintutor.sphinxext.execution import cells

pytestmark = pytest.mark.book
TEXT = (Path(__file__).resolve().parents[2] / "book" / "reproduction.md").read_text(encoding="utf-8")


@pytest.fixture
def told(monkeypatch):
    """Run the cells of the page on a record; return what they glue, by name."""

    def run(record):
        glued = {}
        monkeypatch.setattr("lintutor.reproduction.recorded", lambda: record)
        monkeypatch.setattr("myst_nb.glue", lambda name, value, display: glued.update({name: value}))
        names = {}
        for code in cells(TEXT):
            exec(compile(code, "reproduction.md", "exec"), names)
        return glued

    return run


def swapped(record, one, other):
    """Return the record as if two experiments had given one another's accuracies."""
    names = {one: other, other: one}

    def with_those_of_the_other(run):
        there = record.of(names[run.experiment])[run.seed].results
        return replace(run, results=run.results | {part: there[part] for part in ("train", "val", "test")})

    return replace(
        record,
        runs=[with_those_of_the_other(run) if run.experiment in names else run for run in record.runs],
    )


def test_every_word_and_number_follows_the_record(told):
    record = reproduction.recorded()
    data = replace(record.data, published=True, note="")
    before = told(record)
    after = told(swapped(replace(record, data=data, rehearsal=not record.rehearsal), "svm", "softmax"))
    assert after["images"] == after["images_short"] == "the published files, byte for byte"
    assert before["rehearsal"] != after["rehearsal"]
    assert {before["ahead"], after["ahead"]} == {"softmax", "the SVM"}
    assert after["svm_test_pct"] == before["softmax_test_pct"]
    assert after["lead_after"] == pytest.approx(after["svm_test_pct"] - before["all_l1"])


def test_what_must_be_said_of_the_images_stands_in_every_caption(book_pages):
    page = next(page for page in book_pages if page.name.endswith("reproduction.html"))
    data = reproduction.recorded().data
    origin = data.note.strip().rstrip(".") or "the published files"
    captions = [element for element in page.all("figcaption", "caption") if "Images:" in element.text]
    assert all(origin in " ".join(caption.text.split()) for caption in captions)
    silent = [e.text for e in page.all("figcaption") if "Images:" not in e.text]
    assert not silent, silent


def test_every_figure_of_the_sources_stands_in_the_table(book_pages):
    page = next(page for page in book_pages if page.name.endswith("reproduction.html"))
    lines = [" ".join(row.text.split()) for row in page.all("tr")]
    for figure in reproduction.FIGURES:
        assert any(line.startswith(figure.what) for line in lines), figure.name


def test_the_page_does_not_stand_on_the_experiments():
    modules = set().union(*(imported_modules(code) for code in cells(TEXT)))
    files = {path.as_posix() for path in closure(modules)}
    assert any(file.endswith("reproduction/recorded.json") for file in files)
    assert not [file for file in files if "/experiments/" in file]
