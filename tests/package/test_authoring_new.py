"""A new exercise works as it is made, stands where it was asked for, and is written whole or not at all."""

import ast
import shutil
import subprocess
import sys
import tomllib

import pytest

from lintutor.autograder import catalogue, stubs
from lintutor.autograder.authoring import new
from lintutor.autograder.authoring.linting import lint
from lintutor.autograder.authoring.new import Wanted, make
from lintutor.autograder.catalogue import CatalogueError

small = catalogue.beside(__file__, "authoring_project")
NAMES = [name for name, _ in small.SAMPLES.values()]
LEFT = {"todo", "twins-few", "shown-in-book"}  # what only a human can write


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One new exercise of each kind; not to be changed."""
    return small.fresh(tmp_path_factory.mktemp("made"))


@pytest.fixture
def root(made, tmp_path):
    """A copy of them, to add to."""
    return shutil.copytree(made, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__"))


def held(root):
    """Every file of a project and every folder, with what it holds."""
    return {
        path: path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
        if "__pycache__" not in path.parts
    }


def listed(root):
    """The exercises of the chapter, as chapter.toml has them."""
    return tomllib.loads((root / small.FOLDER / "chapter.toml").read_text(encoding="utf-8"))["exercises"]


def defined(root):
    """Its worked answers, as the file has them."""
    tree = ast.parse((root / "solutions" / f"{small.CHAPTER}.py").read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_of_each_kind_the_answer_passes_the_stub_fails_and_the_twins_are_refused_and_named(made):
    found = lint(made).findings
    found = [each for each in found if each.rule != "helper-stray-in-common" and not each.warning]
    assert {each.rule for each in found} == LEFT, [each for each in found if each.rule not in LEFT]
    for name in NAMES:
        mine = [each for each in found if each.exercise == f"ch01.{name}"]
        assert {each.rule for each in mine} == LEFT
        assert len([each for each in mine if each.rule == "todo"]) >= 8


def test_what_is_written_needs_no_mending_by_tools(made):
    ruff = [sys.executable, "-m", "ruff"]
    config = ["--config", small.ROOT / "pyproject.toml"]
    for command in (["check", "--ignore", "D,F401"], ["format", "--check"]):  # docstrings as tests have them
        run = [*ruff, *command, *config, made / small.FOLDER, made / "solutions"]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_points_title_section_and_the_book_are_as_asked_for(root):
    make(root, Wanted("ch01.cubes_of", "code", title="Cubes", points=9, section=small.SECTION))
    one = catalogue.exercise("ch01.cubes_of", root)
    assert (one.title, one.points, one.sections) == ("Cubes", 9, (small.SECTION,))
    rules = {each.rule for each in lint(root, "cubes_of", fast=True).findings}
    assert rules == {*LEFT, "chapter-points"}, "the chapter has more than 100 points now"


@pytest.mark.parametrize("after", [None, *NAMES])
def test_it_stands_behind_the_one_that_is_named_everywhere(after, root):
    place = NAMES.index(after) + 1 if after else len(NAMES)
    before = (root / "solutions" / f"{small.CHAPTER}.py").read_text(encoding="utf-8")
    changes = make(root, Wanted("ch01.cubes_of", "code", after=after))
    due = [*NAMES[:place], "cubes_of", *NAMES[place:]]
    assert listed(root) == defined(root) == due
    assert [entry.function for entry in catalogue.exercises("ch01", root)] == due
    assert stubs.stale_stubs(root) == []
    assert changes.kept == []
    after_it = (root / "solutions" / f"{small.CHAPTER}.py").read_text(encoding="utf-8")
    node = next(n for n in ast.parse(after_it).body if getattr(n, "name", "") == "cubes_of")
    lines = after_it.splitlines(keepends=True)
    end = next(n for n in range(node.lineno, len(lines) + 1) if "END SOLUTION" in lines[n - 1])
    assert "".join(lines[: node.lineno - 3] + lines[end:]) == before, "all else is as it was"


@pytest.mark.parametrize(
    "style",
    [
        'file = "{file}"\nexercises = ["squares_of", "MeanKeeper", {rest}]\n',
        "# order\nexercises = [\n    'squares_of',  # first\n    'MeanKeeper', {rest}\n]\nfile = '{file}'\n",
        'file = "{file}"\nexercises = [{rest}, "squares_of", "MeanKeeper"]\n',
    ],
)
def test_a_list_in_another_style_keeps_its_style_and_its_remarks(style, root):
    path = root / small.FOLDER / "chapter.toml"
    rest = ", ".join(f'"{name}"' for name in NAMES[2:])
    text = style.format(file=f"{small.CHAPTER}.py", rest=rest)
    path.write_text(text, encoding="utf-8")
    before = listed(root)
    make(root, Wanted("ch01.cubes_of", "code", after="MeanKeeper"))
    at = before.index("MeanKeeper") + 1
    assert listed(root) == [*before[:at], "cubes_of", *before[at:]]
    assert ("# first" in path.read_text(encoding="utf-8")) == ("# first" in text)


REFUSED = [
    ({"key": "squares"}, "named like ch03.margin_of, got 'squares'"),
    ({"key": "ch01.class"}, "'class' can be no function's name"),
    ({"key": "ch01.2nd"}, "'2nd' can be no function's name"),
    ({"key": "ch01.test_it"}, "'test_it' can be no function's name"),
    ({"key": "ch01.quadraté"}, "can be no function's name"),
    ({"kind": "cod"}, "no kind 'cod'; did you mean code"),
    ({"kind": "essay"}, "no kind 'essay'; there are code, derive"),
    ({"kind": "debug", "as_class": True}, "--class is for the kind code"),
    ({"key": "ch01.keeper", "as_class": True}, "begins with a capital letter, got 'keeper'; try Keeper"),
    ({"key": "ch01.squares_of"}, "squares_of is taken: it is an exercise of ch01"),
    ({"key": "ch02.squares_of", "file": "ch02_more"}, "squares_of is taken: it is an exercise of ch01"),
    ({"key": "ch01.begun"}, "begun is taken: there is a folder"),
    ({"key": "ch01.helper"}, "helper is taken: solutions/ch01_samples.py defines it in line"),
    ({"after": "squares_off"}, "no exercise of ch01 'squares_off'; did you mean squares_of"),
    ({"section": "sample-sektion"}, "no section of the book 'sample-sektion'; did you mean sample-section"),
    ({"points": 2}, "--points must be at least 3, one for each check; got 2"),
    ({"title": 'A "good" one'}, "no quotation mark"),
    ({"key": "ch02.cubes_of"}, "there is no chapter ch02; to begin one, name it: --file ch02_"),
    ({"key": "ch02.cubes_of", "file": "ch03_more"}, "--file must look like ch02_"),
    ({"key": "ch02.cubes_of", "file": "ch02_there"}, "solutions/ch02_there.py is there already"),
    ({"file": "ch01_other"}, "ch01 is ch01_samples; leave --file out"),
]


@pytest.mark.parametrize(("given", "told"), REFUSED, ids=[told[:40] for _, told in REFUSED])
def test_what_cannot_be_made_is_refused_in_one_line_and_nothing_changes(given, told, root):
    (root / small.FOLDER / "begun").mkdir()
    (root / "solutions" / "ch02_there.py").write_text("x = 1\n", encoding="utf-8")
    small.add(root / "solutions" / f"{small.CHAPTER}.py", "\n\ndef helper():\n    return 1\n")
    before = held(root)
    with pytest.raises(CatalogueError) as caught:
        make(root, Wanted(**{"key": "ch01.cubes_of", "kind": "code", **given}))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert held(root) == before


def test_helpers_that_the_checks_need_and_are_not_there_are_named(root):
    (root / small.CHECKS / "common" / "predictions.py").unlink()
    before = held(root)
    with pytest.raises(CatalogueError, match=r"common/predictions\.py is missing"):
        make(root, Wanted("ch01.predict_sum", "predict"))
    assert held(root) == before


@pytest.mark.parametrize("error", [OSError("the disk is full"), KeyboardInterrupt(), CatalogueError("no")])
@pytest.mark.parametrize("number", range(1, 9))
def test_where_a_step_fails_all_is_as_it_was(number, error, root, monkeypatch):
    (root / "exercises" / f"{small.CHAPTER}.py").write_text("my answer\n", encoding="utf-8")
    before, calls, write = held(root), [], new.Changes.write

    def failing(self, path, text):
        write(self, path, text)
        calls.append(path)
        if len(calls) == number:
            raise error

    monkeypatch.setattr(new.Changes, "write", failing)
    with pytest.raises(type(error)):
        make(
            root,
            Wanted("ch02.cubes_of", "code", file="ch02_more") if number % 2 else Wanted("ch01.a", "code"),
        )
    assert held(root) == before


def test_a_catalogue_that_is_broken_is_mended_first(root):
    small.change(root / small.FOLDER / "squares_of" / "exercise.toml", ("points = 20", "points = 0"))
    before = held(root)
    with pytest.raises(CatalogueError, match="'points' must be at least 1"):
        make(root, Wanted("ch01.cubes_of", "code"))
    assert held(root) == before


def test_answers_that_stand_in_exercises_are_kept(root):
    path = root / "exercises" / f"{small.CHAPTER}.py"
    path.write_text("my answer\n", encoding="utf-8")
    changes = make(root, Wanted("ch01.cubes_of", "code"))
    assert changes.kept == [path.with_name(f"{path.name}~")]
    assert changes.kept[0].read_text(encoding="utf-8") == "my answer\n"
    assert stubs.stale_stubs(root) == []


def test_a_new_chapter_is_begun_with_its_first_exercise(root):
    make(root, Wanted("ch10.convolve", "code", file="ch10_convolutions"))
    one = catalogue.exercise("ch10.convolve", root)
    assert (one.file, one.folder.parent.name) == ("ch10_convolutions.py", "ch10_convolutions")
    assert stubs.stale_stubs(root) == []
    make(root, Wanted("ch10.predict_size", "predict"))
    rules = {each.rule for each in lint(root, "ch10", fast=True).findings}
    assert rules == {*LEFT, "section-unknown", "chapter-points", "chapter-kinds"}
