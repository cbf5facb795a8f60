"""The catalogue reads what exercises say of themselves and names file, entry and key where it cannot."""

import ast
import random
from pathlib import Path

import pytest

from lintutor.autograder import catalogue, project, stubs
from lintutor.autograder.authoring import linting
from lintutor.autograder.catalogue import CatalogueError
from lintutor.autograder.project import CHECKS, ProjectError

ROOT = project.find_root(Path(__file__).parent)
ALL = catalogue.exercises(root=ROOT)
GOOD = {
    "chapter.toml": """
file = "ch03_hinge_loss.py"
exercises = ["g", "f"]
""",
    "misconceptions.toml": """
[[misconception]]
id = "a-sign"
group = "data"
title = "A sign"
explanation = "The sign is wrong."
section = "hinge-gradient"

[[misconception]]
id = "a-factor"
group = "data"
title = "A factor"
explanation = "The factor is wrong."
section = "hinge-gradient"
""",
    "f/exercise.toml": """
kind = "code"
title = "A title"
points = 5
sections = ["hinge-gradient"]
statement = "Write f."
hints = ["one", "two", "three"]
misconceptions = ["a-sign"]
uses = ["g"]
""",
    "g/exercise.toml": """
kind = "predict"
title = "Another"
points = 3
sections = ["hinge-gradient"]
statement = "Predict g."
hints = ["four", "five", "six"]
""",
}


def written(tmp_path, texts=GOOD, chapter="ch03_x"):
    """A project with one chapter; returns the chapter's folder."""
    folder = tmp_path / CHECKS / chapter
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "solutions").mkdir(exist_ok=True)
    return folder


def test_a_good_chapter_is_read_whole_and_in_its_order(tmp_path):
    folder = written(tmp_path)
    g, f = catalogue.exercises("ch03", root=tmp_path)
    assert (f.id, f.chapter, f.kind, f.points, f.uses) == ("ch03.f", "ch03", "code", 5, ("g",))
    assert (f.file, f.hints) == ("ch03_hinge_loss.py", ("one", "two", "three"))
    assert (g.id, g.kind, g.uses, g.misconceptions) == ("ch03.g", "predict", (), ())
    assert [mistake.twin for mistake in f.misconceptions] == ["a_sign"]
    assert f.misconception("a-sign").section == "hinge-gradient"
    with pytest.raises(CatalogueError, match="no misconception 'a-factor'"):
        f.misconception("a-factor")
    assert f.checks == folder / "f" / "test_f.py"


def test_a_catalogue_that_changes_is_read_again(tmp_path):
    folder = written(tmp_path)
    assert catalogue.exercise("ch03.f", root=tmp_path).points == 5
    changed = GOOD["f/exercise.toml"].replace("points = 5", "points = 66")
    (folder / "f" / "exercise.toml").write_text(changed, encoding="utf-8")
    assert catalogue.exercise("ch03.f", root=tmp_path).points == 66


EXERCISE, MISTAKES, CHAPTER = "f/exercise.toml", "misconceptions.toml", "chapter.toml"


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        (EXERCISE, ("points = 5\n", ""), "'points' is missing"),
        (EXERCISE, ("points = 5", "points = true"), "'points' must be a whole number"),
        (EXERCISE, ("points = 5", "points = 0"), "'points' must be at least 1"),
        (EXERCISE, ("points = 5", "points = 5\npoitns = 6"), "'poitns' is not known"),
        (EXERCISE, ('title = "A title"', "title = 3"), "'title' must be text"),
        (EXERCISE, ('title = "A title"', 'title = " "'), "'title' is empty"),
        (EXERCISE, ('"code"', '"coding"'), "'kind' must be one of code, derive, debug, predict, measure"),
        (EXERCISE, (', "three"]', "]"), "'hints' must hold 3 hints, got 2"),
        (EXERCISE, ('"one"', '""'), "'hints' must be a list of texts"),
        (EXERCISE, ('"a-sign"', '"a-sing"'), "lacks: 'a-sing'; did you mean 'a-sign'?"),
        (EXERCISE, ('"a-sign"', '"a-sign", "a-sign"'), "'misconceptions' holds 'a-sign' twice"),
        (EXERCISE, ('uses = ["g"]', 'uses = ["h"]'), "'uses' names no exercise: 'h'"),
        (EXERCISE, ("kind", "kind kind"), "exercise.toml"),
        (MISTAKES, ('group = "data"', 'group = "Data term"'), "misconception a-sign: key 'group'"),
        (
            MISTAKES,
            ('explanation = "The sign is wrong."\n', ""),
            "misconception a-sign: key 'explanation' is",
        ),
        (MISTAKES, ('"a-factor"', '"a-sign"'), "'misconception' holds the id 'a-sign' twice"),
        (MISTAKES, ('[[misconception]]\nid = "a-f', '[[mistake]]\nid = "a-f'), "'mistake' is not known"),
        (CHAPTER, ('file = "ch03_hinge_loss.py"', ""), "'file' is missing"),
        (CHAPTER, ('["g", "f"]', '["g"]'), "'exercises' does not list f"),
        (CHAPTER, ('["g", "f"]', '["g", "f", "f"]'), "each once, got 'f'"),
        (CHAPTER, ('["g", "f"]', '["g", "f", "the h"]'), "names of functions, each once, got 'the h'"),
        (CHAPTER, ('["g", "f"]', '["g", "f"]\ntitle = "x"'), "'title' is not known"),
    ],
)
def test_a_wrong_file_is_refused_with_file_entry_and_key(file, change, told, tmp_path):
    assert change[0] in GOOD[file]
    folder = written(tmp_path, {**GOOD, file: GOOD[file].replace(*change, 1)})
    with pytest.raises(CatalogueError) as caught:
        catalogue.exercises(root=tmp_path)
    assert str(folder / file) in str(caught.value)
    assert told in str(caught.value)


def test_a_listed_exercise_without_a_folder_and_a_folder_of_another_name_are_named(tmp_path):
    folder = written(tmp_path, {**GOOD, CHAPTER: GOOD[CHAPTER].replace('"g"', '"g", "h"')})
    with pytest.raises(CatalogueError) as caught:
        catalogue.exercises(root=tmp_path)
    assert str(folder / "h" / "exercise.toml") in str(caught.value)
    written(tmp_path)
    folder.rename(folder.with_name("chapter3"))
    with pytest.raises(CatalogueError, match="chapter3: a chapter's folder must look like"):
        catalogue.exercises(root=tmp_path)


def test_one_exercise_in_two_chapters_is_refused(tmp_path):
    written(tmp_path)
    written(tmp_path, chapter="ch03_y")
    with pytest.raises(CatalogueError, match=r"ch03\.g also stands in ch03_x"):
        catalogue.exercises(root=tmp_path)


def test_a_misspelled_id_gets_suggestions():
    with pytest.raises(CatalogueError, match=r"did you mean ch03\.svm_loss_vectorized"):
        catalogue.exercise("ch03.svm_loss_vectorised", root=ROOT)
    with pytest.raises(CatalogueError, match="no exercises in chapter 'ch99'"):
        catalogue.exercises("ch99", root=ROOT)


def test_a_folder_outside_any_project_is_named(tmp_path):
    with pytest.raises(ProjectError, match="no exercises here"):
        project.find_root(tmp_path)


def test_a_helper_is_found_beside_the_checks_in_the_chapter_and_in_another_exercise(tmp_path):
    folder = written(tmp_path, {**GOOD, "shared.py": "x = 1\n", "f/own.py": "x = 2\n", "g/own.py": "x = 3\n"})
    here = folder / "f" / "test_f.py"
    names = ("shared", "own", "g/own")
    assert [catalogue.beside(here, name).x for name in names] == [1, 2, 3]
    assert catalogue.beside(here, "own") is catalogue.beside(folder / "shared.py", "f/own")
    with pytest.raises(CatalogueError, match=r"none\.py is missing"):
        catalogue.beside(here, "none")


def test_what_chapters_share_stands_in_common_and_what_is_nearer_comes_first(tmp_path):
    mistakes = GOOD[MISTAKES].split("\n\n")
    texts = {**GOOD, MISTAKES: mistakes[0], f"../{catalogue.COMMON}/{MISTAKES}": mistakes[1]}
    texts |= {f"../{catalogue.COMMON}/{name}.py": "x = 4\n" for name in ("far", "near")}
    folder = written(tmp_path, {**texts, "near.py": "x = 5\n"})
    for place in (folder / "f" / "test_f.py", folder / "helper.py"):
        assert [catalogue.beside(place, name).x for name in ("far", "near")] == [4, 5]
    texts[EXERCISE] = GOOD[EXERCISE].replace('"a-sign"', '"a-sign", "a-factor"')
    written(tmp_path, texts)
    assert [m.id for m in catalogue.exercise("ch03.f", root=tmp_path).misconceptions] == [
        "a-sign",
        "a-factor",
    ]
    written(tmp_path, {MISTAKES: GOOD[MISTAKES]})
    with pytest.raises(CatalogueError, match="'a-factor' twice"):
        catalogue.exercises(root=tmp_path)


def test_a_chapter_sends_to_its_own_section_where_a_shared_mistake_is_made(tmp_path):
    mistakes = GOOD[MISTAKES].split("\n\n")
    shared = {f"../{catalogue.COMMON}/{MISTAKES}": mistakes[1]}
    listed = GOOD[EXERCISE].replace('"a-sign"', '"a-sign", "a-factor"')

    def sections(text):
        written(tmp_path, {**GOOD, **shared, EXERCISE: listed, MISTAKES: f"{text}\n{mistakes[0]}"})
        return [mistake.section for mistake in catalogue.exercise("ch03.f", root=tmp_path).misconceptions]

    assert sections("") == ["hinge-gradient", "hinge-gradient"]
    assert sections('[sections]\na-factor = "hinge-penalty"') == ["hinge-gradient", "hinge-penalty"]
    for text, told in (
        ('[sections]\na-sign = "hinge-penalty"', "key 'a-sign' names no misconception of common/"),
        ('[sections]\na-factor = "Hinge!"', "key 'a-factor' must look like"),
        ("sections = 3", "key 'sections' must be a table"),
    ):
        with pytest.raises(CatalogueError, match=told):
            sections(text)


# ------------------------------------------------------------------- the exercises of this project

DRAWN = random.Random(5).sample([entry.id for entry in ALL if entry.kind != "measure"], 2)


def wrong(**options):
    """What lint finds in this project, as it prints it; the clock of a busy machine says nothing."""
    report = linting.lint(ROOT, **options)
    return [f"{report.place(f)}: {f.problem} [{f.rule}]" for f in report.findings if not f.warning]


def test_lint_finds_nothing_in_this_project():
    assert wrong(fast=True) == []


@pytest.mark.parametrize("name", [*DRAWN, pytest.param(None, marks=pytest.mark.audit, id="all")])
def test_lint_that_grades_finds_nothing_in_this_project(name):
    assert wrong(name=name) == []


def test_every_wrong_key_of_a_chapter_is_told_with_its_line_and_what_can_be_read_is_returned(tmp_path):
    texts = {
        **GOOD,
        EXERCISE: GOOD[EXERCISE].replace("points = 5", "points = 0").replace("title =", "tilte ="),
    }
    texts[MISTAKES] = GOOD[MISTAKES].replace('group = "data"\ntitle = "A factor"', 'title = "A factor"')
    folder = written(tmp_path, texts)
    broken = []
    found = catalogue.read_chapter(folder / CHAPTER, tmp_path, broken)
    assert [entry.id for entry in found] == ["ch03.g"]
    told = [(error.path.relative_to(folder).as_posix(), error.line, error.problem) for error in broken]
    assert told == [
        (MISTAKES, 9, "key 'group' is missing"),
        (EXERCISE, 1, "key 'title' is missing"),
        (EXERCISE, 4, "key 'points' must be at least 1, got 0"),
        (EXERCISE, 3, "key 'tilte' is not known"),
    ]


def test_a_chapter_whose_list_cannot_be_read_is_known_by_its_folders(tmp_path):
    folder = written(tmp_path, {**GOOD, CHAPTER: "file = "})
    broken = []
    found = catalogue.read_chapter(folder / CHAPTER, tmp_path, broken)
    assert [(entry.id, entry.file) for entry in found] == [("ch03.f", "ch03_x.py"), ("ch03.g", "ch03_x.py")]
    assert [(error.path, error.line) for error in broken] == [(folder / CHAPTER, 1)]


# ------------------------------------------------------------------------------------------ stubs

SOLUTION = '''\
"""Chapter."""
import math


def f(x):
    """Return it."""
    # BEGIN SOLUTION
    y = math.sqrt(x)
    return y
    # END SOLUTION


class Net:
    def loss(self, X):
        """Return it."""
        # BEGIN SOLUTION
        return 1
        # END SOLUTION

    def kept(self):
        return 2
'''


@pytest.fixture
def project_folder(tmp_path):
    for name in ("solutions", "exercises", "tests/autograder"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "solutions" / "ch01_x.py").write_text(SOLUTION, encoding="utf-8")
    return tmp_path


def test_a_stub_keeps_all_but_what_stands_between_the_marks(project_folder):
    stub = stubs.cut(project_folder / "solutions" / "ch01_x.py")
    ast.parse(stub)
    assert "sqrt" not in stub
    assert "SOLUTION" not in stub
    assert 'raise NotImplementedError("f is not written yet")' in stub
    assert 'raise NotImplementedError("Net.loss is not written yet")' in stub
    assert "return 2" in stub
    function = stubs.cut_function(project_folder / "solutions" / "ch01_x.py", "f")
    assert function.startswith("import math")
    assert "class Net" not in function


GIVEN = '''\
def f(x):
    """Mend it."""
    # BEGIN SOLUTION
    return x + 1
    # STUB
    # if x:
    #     return x  # not yet
    #
    # return 0
    # END SOLUTION
'''


def test_code_to_be_mended_is_given_as_it_stands_behind_its_mark(project_folder):
    path = project_folder / "solutions" / "ch01_x.py"
    path.write_text(GIVEN, encoding="utf-8")
    given = "    if x:\n        return x  # not yet\n\n    return 0\n"
    assert stubs.cut(path) == 'def f(x):\n    """Mend it."""\n' + given
    path.write_text(GIVEN.replace("# return 0", "return 0"), encoding="utf-8")
    with pytest.raises(ProjectError, match="line 9: after '# STUB' each line is a comment"):
        stubs.cut(path)


def test_stubs_that_are_missing_changed_or_stray_are_found_and_rewritten_without_loss(project_folder):
    path = project_folder / "exercises" / "ch01_x.py"
    assert stubs.stale_stubs(project_folder) == [(path, "is missing")]
    assert stubs.write_stubs(project_folder) == [path]
    assert stubs.stale_stubs(project_folder) == []
    path.write_text("my answer", encoding="utf-8")
    assert "is not the stub" in stubs.stale_stubs(project_folder)[0][1]
    stubs.write_stubs(project_folder)
    assert path.with_name("ch01_x.py~").read_text(encoding="utf-8") == "my answer"
    stray = path.with_name("ch09_y.py")
    stray.write_text("x = 1\n", encoding="utf-8")
    assert stubs.write_stubs(project_folder) == []
    assert stray.exists()
    assert "no worked answer" in stubs.stale_stubs(project_folder)[0][1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("    # END SOLUTION\n\n\nclass", "\n\nclass"), "line 15: '# BEGIN SOLUTION' inside"),
        (("    # BEGIN SOLUTION\n    y", "    y"), "line 9: '# END SOLUTION' without"),
        (
            ("import math", "# BEGIN SOLUTION\nimport math\n# END SOLUTION"),
            "line 2: '# BEGIN SOLUTION' stands outside",
        ),
        (("def f(x)", "def f(x"), "line 5"),
    ],
)
def test_a_wrong_mark_is_named_with_file_and_line(change, told, project_folder):
    path = project_folder / "solutions" / "ch01_x.py"
    assert change[0] in SOLUTION
    path.write_text(SOLUTION.replace(*change), encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        stubs.cut(path)
    assert str(path) in str(caught.value)
    assert told in str(caught.value)
