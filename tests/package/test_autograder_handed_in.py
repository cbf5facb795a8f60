"""Whatever is handed in is read in memory, in bounds, each trouble told in one line with its place."""

import dataclasses
import io
import json
import os
import time
import zipfile
from functools import partialmethod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintutor.autograder import catalogue, project, stubs
from lintutor.autograder.handed_in import Source, bundle, gathering, read, submissions
from lintutor.autograder.handed_in.definitions import is_answer, starts, statement
from lintutor.autograder.notebooks import parts
from lintutor.autograder.project import ProjectError

ROOT = project.find_root(Path(__file__).parent)
NAME = "ch03_hinge_loss.py"
BOOK = "ch03_hinge_loss.ipynb"
ENDLESS = 20  # seconds of this process: what is bounded stays far below it on any machine
ENTRY = catalogue.Exercise(
    id="ch03.svm_loss_vectorized",
    kind="code",
    file=NAME,
    function="svm_loss_vectorized",
    title="The loss",
    points=20,
    statement="Write it.",
    hints=("one", "two", "three"),
    sections=("hinge-gradient",),
    misconceptions=(),
    uses=(),
    folder=ROOT,
    root=ROOT,
)
ENTRIES = [ENTRY]
STUB = stubs.cut(ROOT / "solutions" / NAME).encode()
ANSWER = b"import numpy as np\n\n\ndef svm_loss_vectorized(W, X, y, reg):\n    return 1.0, W * 0\n"
OTHER = ANSWER.replace(b"1.0", b"2.0")


def notebook(*sources, **more):
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in sources
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more}).encode()


def put(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def packed(files, **how):
    """A zip of names (or ZipInfos) and bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in files if isinstance(files, list) else files.items():
            archive.writestr(name, data)
    return made.getvalue()


def read_zip(tmp_path, data):
    path = tmp_path / "handed.zip"
    path.write_bytes(data)
    return read(path, ENTRIES)


def problem(found):
    """The one problem, which must be one printable line of a length that can be read."""
    assert NAME not in found.sources
    line = found.problems[NAME]
    assert line.isprintable()
    assert 5 < len(line) < 250
    return line


# ---------------------------------------------------------------------------- files, folders and zips


@pytest.mark.parametrize("name", [NAME, "answers.py", "作业.py"])
def test_a_python_file_alone_is_taken_as_it_is_under_any_name(tmp_path, name):
    (tmp_path / name).write_bytes(ANSWER)
    found = read(tmp_path / name, ENTRIES)
    assert found.sources[NAME] == Source(NAME, name, ANSWER)
    assert found.problems == {}


def test_a_file_alone_is_taken_even_if_it_defines_nothing_wanted(
    tmp_path,
):
    (tmp_path / "a.py").write_bytes(b"def svm_loss(): pass\n")
    assert read(tmp_path / "a.py", ENTRIES).sources[NAME].shown == "a.py"


@pytest.mark.parametrize("inside", ["", "week3/", "a/b/c/d/"])
@pytest.mark.parametrize("name", [NAME, BOOK])
def test_an_answer_is_found_at_the_top_and_four_folders_down_in_a_folder_and_in_a_zip(tmp_path, inside, name):
    files = {inside + name: notebook(ANSWER.decode()) if name == BOOK else ANSWER}
    folder, archive = read(put(tmp_path / "f", files), ENTRIES), read_zip(tmp_path, packed(files))
    assert folder.sources == archive.sources
    assert folder.sources[NAME].shown == inside + name
    assert folder.sources[NAME].data.startswith(ANSWER)
    assert folder.sha256 == archive.sha256


def test_a_file_deeper_than_that_is_not_looked_for(tmp_path):
    assert "empty down to 4 folders" in problem(read(put(tmp_path, {f"a/b/c/d/e/{NAME}": ANSWER}), ENTRIES))
    assert "empty down to 4 folders" in problem(read_zip(tmp_path, packed({f"a/b/c/d/e/{NAME}": ANSWER})))


def test_the_one_nearer_to_the_top_wins_and_two_at_one_depth_are_told_with_both_paths(tmp_path):
    files = {f"a/{NAME}": ANSWER, f"a/b/{NAME}": OTHER}
    assert read(put(tmp_path, files), ENTRIES).sources[NAME].data == ANSWER
    line = problem(read(put(tmp_path, {f"c/{NAME}": OTHER}), ENTRIES))
    assert f"a/{NAME}" in line
    assert f"c/{NAME}" in line


def test_a_stub_and_a_copy_do_not_make_an_answer_ambiguous(tmp_path):
    put(tmp_path, {f"a/{NAME}": ANSWER, f"b/{NAME}": STUB, f"c/{NAME}": ANSWER})
    assert read(tmp_path, ENTRIES).sources[NAME].data == ANSWER


def test_an_answer_under_another_name_is_taken_and_that_is_remarked(tmp_path):
    found = read(put(tmp_path, {"x/作业.py": ANSWER, "x/notes.py": b"a = 1\n"}), ENTRIES)
    assert found.sources[NAME].shown == "x/作业.py"
    assert found.remarks == (f"taken from x/作业.py; {NAME} is missing",)
    for data, state in ((STUB, "is still the stub"), (b"", "cannot be read (the file is empty)")):
        found = read(put(tmp_path, {NAME: data}), ENTRIES)
        assert found.remarks == (f"taken from x/作业.py; {NAME} {state}",)
        assert found.sources[NAME].data == ANSWER


def test_an_answer_below_wins_over_a_stub_above(tmp_path):
    found = read(put(tmp_path, {NAME: STUB, f"mine/{NAME}": ANSWER}), ENTRIES)
    assert found.sources[NAME].data == ANSWER
    assert found.remarks == (f"taken from mine/{NAME}; {NAME} is still the stub",)


def test_a_lone_zip_in_a_folder_is_opened_and_one_in_a_zip_is_not(tmp_path):
    data = packed({f"week3/{NAME}": ANSWER})
    found = read(put(tmp_path / "李", {"my work.zip": data}), ENTRIES)
    assert found.sources[NAME].data == ANSWER
    assert found.remarks == ("read from my work.zip",)
    assert "zip" not in str(read(put(tmp_path / "李", {"a.py": OTHER}), ENTRIES).remarks)
    assert "only inner.zip" in problem(read_zip(tmp_path, packed({"inner.zip": data})))


def test_of_two_answers_under_other_names_none_is_guessed(tmp_path):
    line = problem(read(put(tmp_path, {"a.py": ANSWER, "b.py": OTHER}), ENTRIES))
    assert "a.py and b.py" in line


def test_answers_of_another_chapter_are_not_taken_for_these(tmp_path):
    put(tmp_path / "project" / "solutions", {"ch09_net.py": b""})
    entries = [dataclasses.replace(ENTRY, root=tmp_path / "project")]
    found = read(put(tmp_path / "handed", {"ch09_net.py": ANSWER}), entries)
    assert "it holds ch09_net.py" in problem(found)
    found = read(put(tmp_path / "handed", {"ch08_mine.py": ANSWER}), entries)
    assert found.sources[NAME].shown == "ch08_mine.py"


def test_of_script_and_notebook_the_one_that_is_no_stub_is_taken(tmp_path):
    put(tmp_path, {NAME: b"\xef\xbb\xbf" + STUB.replace(b"\n", b"\r\n"), BOOK: notebook(ANSWER.decode())})
    found = read(tmp_path, ENTRIES)
    assert found.sources[NAME].shown == BOOK
    assert found.remarks == (f"taken from {BOOK}; {NAME} is still the stub",)


def test_of_script_and_notebook_that_both_changed_the_newer_is_taken_or_else_the_script(tmp_path):
    put(tmp_path, {NAME: ANSWER, BOOK: notebook(OTHER.decode())})
    for path in (tmp_path / NAME, tmp_path / BOOK):
        os.utime(path, (1e9, 1e9))
    found = read(tmp_path, ENTRIES)
    assert found.sources[NAME].shown == NAME
    both = f"svm_loss_vectorized: {NAME} and {BOOK} have different answers"
    assert found.remarks == (f"{both}; neither is newer, so {NAME} is graded",)
    os.utime(tmp_path / BOOK, (1e9 + 60, 1e9 + 60))
    found = read(tmp_path, ENTRIES)
    assert found.sources[NAME].shown == BOOK
    assert found.remarks == (f"{both}; {BOOK} is newer and is graded",)
    assert [source.shown for source in found.answers[ENTRY.id]] == [BOOK, NAME]


# ------------------------------------------------------------------------- each exercise by itself

NAMES = ("hinge_loss_one", "svm_loss_naive", "svm_loss_vectorized")
THREE = [dataclasses.replace(ENTRY, id=f"ch03.{name}", function=name) for name in NAMES]
PARTS = parts(STUB.decode())[2]


def script(*names, body="return 1.0", more=""):
    """The stub, with an answer in place of some of its functions."""
    text = STUB.decode()
    for name in names:
        text = text.replace(f'raise NotImplementedError("{name} is not written yet")', body)
    return f"{text}{more}".encode()


def book(*names, body="return 1.0", more="x = 1"):
    """The notebook made from the stub, with an answer in some of its cells."""
    text = stubs.cut_notebook(ROOT / "solutions" / NAME, ROOT)
    for name in names:
        text = text.replace(f'raise NotImplementedError(\\"{name} is not written yet\\")', body)
    made = json.loads(text)
    made["cells"].append({"cell_type": "code", "metadata": {}, "source": more})
    return json.dumps(made).encode()


def shown(found):
    """The files that the three exercises were taken from."""
    return [found.answers[entry.id][0].shown for entry in THREE]


@pytest.mark.parametrize("inside", ["", "week3/mine/"])
def test_each_exercise_is_taken_from_the_file_in_which_it_is_written(tmp_path, inside):
    one, two, three = NAMES
    files = {inside + NAME: script(one, two), inside + BOOK: book(three)}
    for found in (read(put(tmp_path / "f", files), THREE), read_zip_of(tmp_path, files)):
        assert shown(found) == [inside + NAME, inside + NAME, inside + BOOK]
        assert found.remarks == (f"{three}: taken from {inside}{BOOK}; not written in {inside}{NAME}",)
        assert found.said_of("ch03.svm_loss_naive") == []
        assert found.said_of("ch03.svm_loss_vectorized") == list(found.remarks)
    put(tmp_path / "f", {inside + NAME: script(one), inside + BOOK: book(two, three)})
    found = read(tmp_path / "f", THREE)
    assert shown(found) == [inside + NAME, inside + BOOK, inside + BOOK]
    assert found.sources[NAME].shown == inside + BOOK, "most answers stand there"
    assert found.remarks == (f"{one}: taken from {inside}{NAME}; not written in {inside}{BOOK}",)


def read_zip_of(tmp_path, files):
    path = tmp_path / "of.zip"
    path.write_bytes(packed(files))
    return read(path, THREE)


def test_what_nobody_has_written_is_looked_for_where_its_stub_is(tmp_path):
    one, two, three = NAMES
    put(tmp_path, {NAME: script(one, two), BOOK: notebook(PARTS[three])})
    without = (tmp_path / NAME).read_bytes().replace(PARTS[three].encode(), b"")
    (tmp_path / NAME).write_bytes(without)
    assert shown(read(tmp_path, THREE)) == [NAME, NAME, BOOK]


def test_a_file_saved_without_a_change_takes_no_answer_away_however_new_it_is(tmp_path):
    for changed, untouched, data, stub in ((NAME, BOOK, script, book), (BOOK, NAME, book, script)):
        put(tmp_path, {changed: data(*NAMES), untouched: stub()})
        os.utime(tmp_path / changed, (1e9, 1e9))
        found = read(tmp_path, THREE)
        assert shown(found) == [changed] * 3
        assert all(len(sources) == 1 for sources in found.answers.values())


def test_a_stub_of_another_edition_or_with_notes_in_it_is_no_answer(tmp_path):
    older = script().replace(b"Your code goes here", b"Write here").replace(b"Return the", b"Give the")
    notes = older.replace(b"    raise NotImpl", b"    # TODO: ask Ben\n\n    raise NotImpl")
    put(tmp_path, {NAME: notes, BOOK: book(*NAMES)})
    os.utime(tmp_path / BOOK, (1e9, 1e9))
    assert shown(read(tmp_path, THREE)) == [BOOK] * 3
    assert older != script()


def test_answers_that_differ_in_notes_alone_are_no_two_answers(tmp_path):
    put(tmp_path, {NAME: script(*NAMES), BOOK: book(*NAMES, body="# mine\\n    return 1.0")})
    found = read(tmp_path, THREE)
    assert found.remarks == ()
    assert len(set(shown(found))) == 1


def test_of_two_answers_the_newer_counts_exercise_by_exercise_in_a_zip_too(tmp_path):
    one, two, three = NAMES
    both = {NAME: script(one, two), BOOK: book(two, three, body="return 2.0")}
    for newer, older in ((NAME, BOOK), (BOOK, NAME)):
        members = [(member(older, date_time=(2024, 1, 2, 3, 4, 0)), both[older])]
        members += [(member(newer, date_time=(2024, 1, 2, 3, 5, 0)), both[newer])]
        found = read_zip_of(tmp_path, members)
        assert shown(found) == [NAME, newer, BOOK]
        line = f"{two}: {NAME} and {BOOK} have different answers; {newer} is newer and is graded"
        assert line in found.said_of(f"ch03.{two}")
        assert line not in found.said_of(f"ch03.{one}")


def test_what_is_not_written_may_stand_in_a_notebook_under_another_name(tmp_path):
    one, two, three = NAMES
    found = read(put(tmp_path, {NAME: script(one, two), "my work.ipynb": book(three)}), THREE)
    assert shown(found) == [NAME, NAME, "my work.ipynb"]
    assert found.remarks == (f"{three}: taken from my work.ipynb; not written in {NAME}",)


def test_of_two_more_files_none_is_guessed_and_what_is_plain_is_graded_all_the_same(tmp_path):
    one, two, three = NAMES
    files = {NAME: script(one, two), "a.py": script(three), "b.py": script(three, body="return 2.0")}
    found = read(put(tmp_path, files), THREE)
    assert shown(found) == [NAME] * 3
    assert found.remarks == (f"{three}: there is more than one answer: a.py and b.py; keep one",)


def test_a_notebook_that_cannot_be_read_is_told_beside_a_file_that_can(tmp_path):
    found = read(put(tmp_path, {NAME: script(*NAMES), BOOK: b"{"}), THREE)
    assert shown(found) == [NAME] * 3
    (line,) = found.remarks
    assert line.startswith(f"{BOOK} cannot be read (this is not a whole notebook")


def test_to_a_notebook_the_name_of_the_chapter_means_the_python_file(tmp_path):
    one, two, three = NAMES
    asks = notebook(f"from ch03_hinge_loss import {one}", f"def {three}(W, X, y, reg): return {one}(y, 0)")
    put(tmp_path, {NAME: script(one, two), BOOK: asks, "helpers.py": b"a = 1\n"})
    found = read(tmp_path, THREE)
    assert shown(found) == [NAME, NAME, BOOK], "an import from there is no answer here"
    for source in (found.sources[NAME], *found.answers["ch03.svm_loss_vectorized"]):
        assert found.beside(source)["ch03_hinge_loss"] == script(one, two)
        assert found.beside(source)["helpers"] == b"a = 1\n"


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("def f(x): return 1", True),
        ("def f(\n    x,\n):\n    return 1", True),
        ("def f(x):\n    return 0\ndef f(x):\n    raise NotImplementedError", False),
        ("f = g", True),
        ("f: object = g", True),
        ("from helpers import f", True),
        ("from helpers import (\n    e,\n    f,\n)", True),
        ("from ch03_x import f", False),
        ("def f(x):\n    '''at the\nmargin'''\n    return 1", True),
        ("def f(x):\n    '''never ended\ndef g(): 1", True),
        ("def f(x):  # mine\n    '''Other words.'''\n    # later\n    raise NotImplementedError", False),
        (
            "class f:\n    def a(self,\n        y):\n        pass\n\n    @b\n    def b(self):\n        ...",
            False,
        ),
        ("class f:\n    def a(self):\n        pass\n\n    def b(self):\n        return 1", True),
        ("class A:\n    def f(self):\n        return 1", False),
        ("f == 3\nif f: 1", False),
    ],
)
def test_an_answer_is_told_from_a_stub_by_its_text(code, is_one):
    start = starts(code, "ch03_x").get("f")
    assert (start is not None and is_answer(statement(code, start), "def f(x):\n    pass")) == is_one


@given(st.lists(st.text("def fclas(x):=\"'#\\\\,\t ", max_size=12), max_size=12).map("\n".join))
def test_no_text_stops_the_search_for_definitions(code):
    for start in starts(code, "x").values():
        assert is_answer(statement(code, start), "") in (True, False)
        assert code[start:].startswith(statement(code, start))


def test_modules_beside_the_answer_are_neighbors_and_none_may_shadow_pythons(tmp_path):
    files = {
        NAME: ANSWER,
        "helpers.py": b"a = 1\n",
        "numpy.py": b"",
        "random.py": b"x",
        "d/far.py": b"b = 2\n",
    }
    files = {f"{'long' * 30}/\n/{name}": data for name, data in files.items()}
    found = read(put(tmp_path, files), ENTRIES)
    assert dict(found.neighbors) == {"ch03_hinge_loss": ANSWER, "helpers": b"a = 1\n"}
    assert [line.split()[0].rpartition("/")[2] for line in found.remarks] == ["numpy.py", "random.py"]


def test_submissions_are_the_children_without_what_systems_leave_behind(tmp_path):
    for name in ("b", "a", ".hidden", "__MACOSX", "__pycache__", ".DS_Store", "李.zip"):
        (tmp_path / name).mkdir()
    assert [path.name for path in submissions(tmp_path)] == ["a", "b", "李.zip"]


def test_a_folder_of_submissions_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ProjectError, match="gone: No such file"):
        submissions(tmp_path / "gone")


def test_the_hash_changes_with_each_byte_that_is_read_and_with_nothing_else(tmp_path):
    first = read(put(tmp_path, {NAME: ANSWER, "data.csv": b"1"}), ENTRIES).sha256
    assert read(put(tmp_path, {"data.csv": b"2", ".git/x.py": b"x"}), ENTRIES).sha256 == first
    hashes = {first, read(put(tmp_path, {"helpers.py": b"a"}), ENTRIES).sha256}
    hashes.add(read(put(tmp_path, {"helpers.py": b"b"}), ENTRIES).sha256)
    assert len(hashes) == 3


def test_the_hash_is_the_same_in_a_top_folder_and_another_for_another_choice(tmp_path):
    files = {NAME: ANSWER, BOOK: notebook(OTHER.decode()), "more/x.py": b"x = 1\n"}
    inside = {f"week3/mine/{name}": data for name, data in files.items()}
    first = read_zip(tmp_path, packed(files)).sha256
    assert read_zip(tmp_path, packed(inside)).sha256 == first
    put(tmp_path / "folder", files)
    for path in ("folder", "folder/" + NAME, "folder/" + BOOK):
        os.utime(tmp_path / path, (1e9, 1e9))
    assert read(tmp_path / "folder", ENTRIES).sha256 == first
    os.utime(tmp_path / "folder" / BOOK, (1e9 + 60, 1e9 + 60))
    assert read(tmp_path / "folder", ENTRIES).sha256 != first


def test_one_chapter_alone_leaves_the_other_unanswered(tmp_path):
    more = dataclasses.replace(ENTRY, id="ch04.softmax", file="ch04_softmax.py", function="softmax")
    for name in (NAME, "作业.py"):
        (tmp_path / name).write_bytes(ANSWER)
        found = read(tmp_path / name, [ENTRY, more])
        assert list(found.sources) == [NAME]
        assert found.problems == {
            "ch04_softmax.py": f"{name} was handed in, which defines none of its functions"
        }
    found = read(
        put(tmp_path / "f", {NAME: ANSWER, "ch04_softmax.py": b"def softmax(S): pass\n"}), [ENTRY, more]
    )
    assert list(found.sources) == [NAME, "ch04_softmax.py"]
    assert list(found.neighbors) == ["ch03_hinge_loss", "ch04_softmax"]


def test_remarks_and_neighbors_are_bounded(tmp_path):
    put(tmp_path, {NAME: ANSWER, **{f"x{i:02}.py": b"x = 1\n" for i in range(60)}})
    for i in range(60):
        (tmp_path / f"link{i}").symlink_to(tmp_path)
    found = read(tmp_path, ENTRIES)
    assert (len(found.remarks), len(found.neighbors)) == (20, 50)
    put(tmp_path / "large", {NAME: ANSWER, **{f"x{i}.py": b"#" * 1_000_000 for i in range(9)}})
    assert sum(map(len, read(tmp_path / "large", ENTRIES).neighbors.values())) < 5 * 2**20


# ------------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x7fELF\0\0\1\2" * 9, "zero bytes"),
        (ANSWER.decode().encode("utf-16"), "UTF-16"),
        (ANSWER.decode().encode("utf-16-le"), "UTF-16"),
        (ANSWER + "# 损失\n".encode("gbk"), "line 6 holds a character that is not UTF-8"),
        (b"PK\3\4....", "zip archive"),
        (b"%PDF-1.4", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"#" * (bundle.SOURCE + 1), "larger than 1 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_python_text_is_told_in_one_line(tmp_path, data, told):
    (tmp_path / NAME).write_bytes(data)
    assert told in problem(read(tmp_path / NAME, ENTRIES))
    assert told in problem(read(tmp_path, ENTRIES))
    assert told in problem(read_zip(tmp_path / "..", packed({f"top/{NAME}": data})))


@pytest.mark.parametrize("name", [NAME, BOOK, "answers.py"])
def test_a_notebook_is_known_by_what_it_holds_and_an_empty_one_is_called_empty(tmp_path, name):
    (tmp_path / name).write_bytes(notebook(ANSWER.decode()))
    assert read(tmp_path, ENTRIES).sources[NAME].cells == ((1, 1),)
    (tmp_path / name).write_bytes(b"\n")
    assert "the file is empty" in problem(read(tmp_path, ENTRIES))


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf" + ANSWER, b"# coding: gbk\n" + "# 损失\n".encode("gbk") + ANSWER]
)
def test_a_mark_of_utf_8_and_a_named_encoding_are_fine(tmp_path, data):
    (tmp_path / NAME).write_bytes(data)
    assert read(tmp_path, ENTRIES).sources[NAME].data == data


def test_links_folders_pipes_and_devices_are_named_and_never_opened(tmp_path):
    secret = put(tmp_path / "other", {NAME: ANSWER}) / NAME
    makers = {
        "link": lambda path: path.symlink_to(secret),
        "folder": lambda path: path.mkdir(),
        "pipe": lambda path: os.mkfifo(path),
    }
    for word, make in makers.items():
        folder = tmp_path / word
        folder.mkdir()
        make(folder / NAME)
        assert word in problem(read(folder, ENTRIES))
        alone = read(folder / NAME, ENTRIES)
        assert ("is empty" if word == "folder" else word) in problem(alone)
    (tmp_path / "linked").symlink_to(secret.parent)
    assert "symbolic link" in problem(read(tmp_path / "linked", ENTRIES))
    (tmp_path / "holds").mkdir()
    (tmp_path / "holds" / "sub").symlink_to(secret.parent)
    found = read(tmp_path / "holds", ENTRIES)
    assert found.remarks == ("sub is a symbolic link, which is not followed",)


def test_what_cannot_be_read_is_told_with_the_reason(tmp_path, monkeypatch):
    put(tmp_path, {NAME: ANSWER})

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(gathering.os, "open", refuse)
    assert problem(read(tmp_path / NAME, ENTRIES)) == "it cannot be read: Permission denied"
    monkeypatch.setattr(gathering.os, "scandir", refuse)
    assert "cannot be read: Permission denied" in problem(read(tmp_path, ENTRIES))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "is empty"),
        ({".DS_Store": b"x", "__MACOSX/x.py": ANSWER, ".git/x.py": ANSWER, "venv/x.py": ANSWER}, "is empty"),
        ({"report.docx": b"x"}, "holds no Python file and no notebook, only report.docx"),
        ({f"{NAME}.txt": ANSWER}, f"rename {NAME}.txt"),
        ({"b.py": b"x = 1\n", "a.py": b"x = 2\n"}, "it holds a.py, b.py"),
        ({"a.py": b"#def svm_loss_vectorized(\ndef svm_loss_vectorized_2(): pass\n"}, "no other defines"),
        ({"a.py": b"class A:\n  def svm_loss_vectorized(): pass\n"}, "no other defines"),
    ],
)
def test_a_folder_without_the_answer_is_told_with_what_it_holds(tmp_path, files, told):
    (tmp_path / "李雷").mkdir()
    assert told in problem(read(put(tmp_path / "李雷", files), ENTRIES))
    assert told in problem(read_zip(tmp_path, packed(files)))


def test_an_installed_python_is_no_part_of_a_submission(tmp_path):
    found = read(put(tmp_path, {"env/pyvenv.cfg": b"", "env/lib/x.py": ANSWER}), ENTRIES)
    assert "is empty" in problem(found)


def test_paths_that_are_nothing_known_are_told(tmp_path):
    assert "no file or folder" in problem(read(tmp_path / "gone", ENTRIES))
    assert "no file or folder" in problem(read(tmp_path / "x\0y", ENTRIES))
    put(tmp_path, {"a.rar": b"Rar!", "a.txt": b"x", "a.zip": b"Rar!\x1a", "b.zip": b"", "c.zip": b"PK\3\4"})
    assert "pack your answers as a .zip" in problem(read(tmp_path / "a.rar", ENTRIES))
    assert "not a Python file (.py), notebook" in problem(read(tmp_path / "a.txt", ENTRIES))
    assert "it is a RAR archive" in problem(read(tmp_path / "a.zip", ENTRIES))
    assert "empty" in problem(read(tmp_path / "b.zip", ENTRIES))
    assert "damaged" in problem(read(tmp_path / "c.zip", ENTRIES))


def test_a_name_cannot_forge_lines_or_colors(tmp_path):
    (tmp_path / "a\nscore: 100\x1b[31m\u202e.py").write_bytes(ANSWER)
    found = read(tmp_path, ENTRIES)
    assert all(line.isprintable() for line in (found.sources[NAME].shown, *found.remarks))


def test_a_folder_of_very_many_files_is_looked_at_in_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr(gathering, "SEEN", 20)
    put(tmp_path, {NAME: ANSWER, **{f"many/x{i}.py": b"x = 1\n" for i in range(50)}})
    found = read(tmp_path, ENTRIES)
    assert found.sources[NAME].data == ANSWER
    assert "more than 20 files" in found.remarks[-1]


# ----------------------------------------------------------------------------------------------- zips


def member(name, **fields):
    made = zipfile.ZipInfo(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def patched(data, flag):
    """Set bits of the flags of every member, in both headers."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        changed[changed.index(mark) + offset] |= flag
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (patched(packed({NAME: ANSWER}), 1), "encrypted"),
        (packed({member(NAME, external_attr=0o120777 << 16): b"/etc/passwd"}), "symbolic link"),
        (packed({NAME: ANSWER, f"D{NAME[1:]}": OTHER}).replace(b"Dh03", b"ch03"), "holds it twice"),
        (packed({NAME: b"#" * 3_000_000}), "larger than 1 MB"),
        (packed({f"x{i}": b"" for i in range(1001)}), "1001 files"),
        (packed({f"x{i}": b"" for i in range(10001)}), "more than 1000 files"),
        (packed({NAME: os.urandom(3000)})[:2000], "damaged or not whole"),
        (packed({"week3.zip": packed({NAME: ANSWER})}), "only week3.zip"),
        (packed({}), "is empty"),
        (packed({member(NAME, compress_type=zipfile.ZIP_BZIP2): ANSWER}), "unusual way"),
        (packed({member(NAME, compress_type=zipfile.ZIP_LZMA): ANSWER}), "unusual way"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_zip_is_told_in_one_line(tmp_path, data, told):
    assert told in problem(read_zip(tmp_path, data))


def test_a_member_with_wrong_bytes_is_told_and_the_others_are_kept(tmp_path):
    data = packed({"broken.py": ANSWER * 20, f"top/{NAME}": ANSWER})
    start = data.index(b"broken.py") + len("broken.py") + 20
    found = read_zip(tmp_path, data[:start] + bytes(8) + data[start + 8 :])
    assert found.sources[NAME].data == ANSWER


@pytest.mark.parametrize("name", [f"/{NAME}", f"../{NAME}", f"a/../../{NAME}", f"C:\\{NAME}", f"..\\{NAME}"])
def test_a_path_that_leads_out_of_the_zip_is_not_read(tmp_path, name):
    found = read_zip(tmp_path, packed([(name, ANSWER)]))
    assert "empty" in problem(found)
    assert "leads out of it" in found.remarks[0]


def test_backslashes_between_folders_are_understood(tmp_path):
    assert read_zip(tmp_path, packed([(f"week3\\{NAME}", ANSWER)])).sources[NAME].data == ANSWER


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_in_a_zip_without_the_mark_of_utf_8_are_read(tmp_path, encoding):
    raw = "作业.py".encode(encoding)
    data = packed({"x" * len(raw): ANSWER}).replace(b"x" * len(raw), raw)
    assert read_zip(tmp_path, data).sources[NAME].shown == "作业.py"


def test_what_the_header_says_of_sizes_is_not_believed(tmp_path):
    data = packed({NAME: b"#" * 3_000_000})
    size = (3_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    line = problem(read_zip(tmp_path, data.replace(size, (100).to_bytes(4, "little"))))
    assert "damaged" in line or "larger" in line


def test_members_that_overlap_are_refused_before_they_are_read(tmp_path):
    data = packed({f"{i:03}.py": os.urandom(50_000) for i in range(3)})
    first = data.index(b"PK\1\2")
    entries = data[first : data.index(b"PK\5\6")]
    size = len(entries) // 3
    forged = data[:first] + entries[:size] * 600
    end = bytearray(data[data.index(b"PK\5\6") :])
    end[8:12] = (600).to_bytes(2, "little") * 2
    end[12:16] = (size * 600).to_bytes(4, "little")
    assert "more room than it has" in problem(read_zip(tmp_path, forged + bytes(end)))


def test_a_bomb_costs_neither_time_nor_memory(tmp_path):
    bomb = packed({f"{i}.py": bytes(40_000_000) for i in range(10)}, compresslevel=9)
    assert len(bomb) < 500_000
    begin = time.process_time()
    found = read_zip(tmp_path, bomb)
    assert time.process_time() - begin < ENDLESS
    problem(found)


def test_what_is_read_of_one_submission_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle.Bundle, "__init__", partialmethod(bundle.Bundle.__init__, room=10_000))
    files = {NAME: ANSWER, **{f"z{i}.py": b"#" * 3000 for i in range(9)}}
    for found in (read_zip(tmp_path, packed(files)), read(put(tmp_path / "folder", files), ENTRIES)):
        assert found.sources[NAME].data == ANSWER
        assert len(found.neighbors) == 4
    line = problem(read(put(tmp_path / "folder", {"0.py": b"#" * 10_000}), ENTRIES))
    assert "larger than 30 MB; hand in only your answers" in line


# ---------------------------------------------------------------------------------------------- fuzzing


def checked(path):
    begin = time.process_time()
    found = read(path, ENTRIES)
    assert time.process_time() - begin < ENDLESS
    assert found.sources.keys() | found.problems.keys() == {NAME}
    assert all(line.isprintable() and line for line in (*found.problems.values(), *found.remarks))
    assert len(found.sha256) == 64
    return found


@given(data=st.binary(max_size=300), kind=st.sampled_from([NAME, BOOK, "x.zip", "x.py"]))
def test_no_bytes_make_read_raise(tmp_path_factory, data, kind):
    path = tmp_path_factory.getbasetemp() / f"fuzz_{kind}"
    path.write_bytes(data)
    checked(path)


GOOD_ZIP = packed({f"top/{NAME}": ANSWER, BOOK: notebook("x = 1"), "作业.py": OTHER, "a.txt": b"text"})


@given(
    st.lists(st.tuples(st.integers(0, len(GOOD_ZIP) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, 60),
)
def test_no_damage_to_a_zip_makes_read_raise(tmp_path_factory, changes, cut):
    data = bytearray(GOOD_ZIP)
    for place, value in changes:
        data[place] = value
    path = tmp_path_factory.getbasetemp() / "fuzz.zip"
    path.write_bytes(bytes(data[: len(data) - cut]))
    checked(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
SOURCE = st.text("abc=()[]'\"\\#%!? \n\t\r:def,中\0", max_size=60)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown"]), "source": SOURCE | st.lists(SOURCE) | JSON},
    optional={"metadata": JSON | st.just({"lintutor": {"exercise": "ch03.x"}})},
)


@given(st.fixed_dictionaries({"nbformat": st.just(4) | JSON, "cells": st.lists(CELL | JSON) | JSON}))
def test_no_notebook_makes_read_raise(tmp_path_factory, document):
    path = tmp_path_factory.getbasetemp() / "fuzz.ipynb"
    path.write_text(json.dumps(document), encoding="utf-8")
    found = checked(path)
    for source in found.sources.values():
        for number, line in source.cells:
            assert source.place(line) == f"fuzz.ipynb, code cell {number}, line 1"


def test_reading_has_no_side_effect(tmp_path):
    put(tmp_path, {NAME: b"raise SystemExit\n" + ANSWER, "x.zip": packed({NAME: ANSWER})})
    before = sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir())
    read(tmp_path, ENTRIES)
    read(tmp_path / "x.zip", ENTRIES)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir()) == before
