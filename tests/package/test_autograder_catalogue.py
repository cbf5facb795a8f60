"""The catalogue reads what exercises say of themselves and names file, entry and key where it cannot."""

import ast
import inspect
from pathlib import Path

import pytest

from lintutor.autograder import catalogue, project, stubs
from lintutor.autograder.catalogue import CatalogueError
from lintutor.autograder.project import ProjectError

ROOT = project.find_root(Path(__file__).parent)
ALL = catalogue.exercises(root=ROOT)
GOOD = """
[[exercise]]
id = "ch03.f"
file = "ch03_hinge_loss.py"
function = "f"
title = "A title"
points = 5
sections = ["hinge-gradient"]
statement = "Write f."
hints = ["one", "two", "three"]

[[exercise.misconception]]
id = "a-sign"
group = "data"
title = "A sign"
explanation = "The sign is wrong."
section = "hinge-gradient"
"""


def written(tmp_path, text):
    path = tmp_path / "tests" / "autograder" / "ch03" / "exercises.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (tmp_path / "solutions").mkdir()
    return path


def test_a_good_file_is_read_whole(tmp_path):
    written(tmp_path, GOOD)
    (entry,) = catalogue.exercises("ch03", root=tmp_path)
    assert (entry.id, entry.chapter, entry.points, entry.hints) == (
        "ch03.f",
        "ch03",
        5,
        ("one", "two", "three"),
    )
    assert entry.misconceptions[0].twin == "a_sign"
    assert entry.misconception("a-sign").section == "hinge-gradient"
    assert entry.checks.name == "test_f.py"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("points = 5\n", ""), "'points' is missing"),
        (("points = 5", "points = true"), "'points' must be a whole number"),
        (("points = 5", "points = 0"), "'points' must be at least 1"),
        (("points = 5", "points = 5\npoitns = 6"), "'poitns' is not known"),
        (('title = "A title"', "title = 3"), "'title' must be text"),
        (('title = "A title"', 'title = " "'), "'title' is empty"),
        (('"ch03.f"', '"f"'), "'id' must look like"),
        (('function = "f"', 'function = "g"'), "'function' must be the id's second part"),
        ((', "three"]', "]"), "'hints' must hold 3 hints, got 2"),
        (('"one"', '""'), "'hints' must be a list of texts"),
        (('group = "data"', 'group = "Data term"'), "misconception a-sign: key 'group'"),
        (('explanation = "The sign is wrong."\n', ""), "misconception a-sign: key 'explanation' is missing"),
        (("[[exercise]]", "[exercise]"), "key 'exercise'"),
        (("[[exercise]]", "[[exercise]"), "exercises.toml"),
    ],
)
def test_a_wrong_file_is_refused_with_file_entry_and_key(change, told, tmp_path):
    assert change[0] in GOOD
    path = written(tmp_path, GOOD.replace(*change))
    with pytest.raises(CatalogueError) as caught:
        catalogue.exercises(root=tmp_path)
    assert str(path) in str(caught.value)
    assert told in str(caught.value)


def test_one_id_in_two_places_is_refused(tmp_path):
    path = written(tmp_path, GOOD)
    other = path.parent.with_name("ch03_more") / path.name
    other.parent.mkdir()
    other.write_text(GOOD, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"ch03\.f also stands in"):
        catalogue.exercises(root=tmp_path)


def test_a_misspelled_id_gets_suggestions():
    with pytest.raises(CatalogueError, match=r"did you mean ch03\.svm_loss_vectorized"):
        catalogue.exercise("ch03.svm_loss_vectorised", root=ROOT)
    with pytest.raises(CatalogueError, match="no exercises in chapter 'ch99'"):
        catalogue.exercises("ch99", root=ROOT)


def test_a_folder_outside_any_project_is_named(tmp_path):
    with pytest.raises(ProjectError, match="no exercises here"):
        project.find_root(tmp_path)


# ------------------------------------------------------------------- the exercises of this project


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_each_exercise_has_checks_twins_sections_and_a_stub_that_parses(entry):
    assert entry.checks.is_file()
    twins = entry.module("twins")
    for mistake in entry.misconceptions:
        wrong, right = (inspect.signature(f) for f in (getattr(twins, mistake.twin), twins.REFERENCE))
        assert wrong == right
    stub = entry.stub()
    names = [node.name for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert names == [entry.function]
    assert "NotImplementedError" in stub
    assert ">>>" in stub, "a stub shows a runnable example"


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_no_hint_statement_or_explanation_gives_the_solution_away(entry):
    solution = (ROOT / "solutions" / entry.file).read_text(encoding="utf-8")
    stub = set(stubs.cut(ROOT / "solutions" / entry.file).splitlines())
    secret = {line.split("#")[0].strip() for line in solution.splitlines() if line not in stub}
    shown = [entry.statement, *entry.hints, *(m.explanation for m in entry.misconceptions)]
    for line in secret:
        if "=" in line and len(line) > 20:
            assert not any(line in text for text in shown), line


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_each_section_that_an_exercise_names_is_in_the_book(entry):
    anchors = {*entry.sections, *(mistake.section for mistake in entry.misconceptions)}
    assert [anchor for anchor in sorted(anchors) if project.section_page(ROOT, anchor) is None] == []


def test_the_stubs_are_those_of_the_worked_answers():
    assert stubs.stale_stubs(ROOT) == []


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
