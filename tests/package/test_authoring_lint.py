"""Each rule of lint says what it should where something is wrong, and nothing where all is right."""

import shutil

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.authoring.findings import RULES
from lintutor.autograder.authoring.linting import lint
from lintutor.autograder.catalogue import CatalogueError

breaks = catalogue.beside(__file__, "authoring_breaks")
small = catalogue.beside(__file__, "authoring_project")
FOLDER, CHAPTER, change, write = small.FOLDER, small.CHAPTER, small.change, breaks.write
CODE, DEBUG, SOLUTIONS, toml = breaks.CODE, breaks.DEBUG, breaks.SOLUTIONS, breaks.toml


def told(root, **options):
    """What lint says but for helpers of this project that a small one has no use for."""
    findings = lint(root, **options).findings
    return [f for f in findings if f.rule != "helper-stray-in-common" or f.path.stem not in small.HELPERS]


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A project in which nothing is wrong; not to be changed."""
    return small.finish(small.fresh(tmp_path_factory.mktemp("finished")))


@pytest.fixture
def root(finished, tmp_path):
    """A copy of it, to break something in."""
    return shutil.copytree(finished, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__"))


def named(value):
    """The name of a case: its rule, and what is said."""
    return value if isinstance(value, str) and value.replace("-", "").isalpha() else ""


def test_in_a_finished_project_nothing_is_wrong(finished):
    assert told(finished) == []


@pytest.mark.parametrize(("rule", "broken", "says", "where", "line"), breaks.BREAKS, ids=named)
def test_what_is_wrong_is_told_where_it_is_and_nothing_else(rule, broken, says, where, line, root):
    broken(root)
    found = told(root, fast=True)
    mine = [each for each in found if each.rule == rule and each.path == root / where]
    assert mine, found
    assert says in mine[0].problem
    assert mine[0].advice
    if line:
        assert line in (root / where).read_text(encoding="utf-8").splitlines()[mine[0].line - 1]
    assert {each.rule for each in found} <= {rule} | breaks.ALSO.get(rule, set()), found


@pytest.mark.parametrize(("rule", "broken", "says", "where"), breaks.SLOWER, ids=named)
def test_what_only_grading_shows_is_told(rule, broken, says, where, root):
    broken(root)
    name = "squares_of" if where == SOLUTIONS else "predict_length"
    found = told(root, name=name)
    mine = [each for each in found if each.rule == rule and each.path == root / where]
    assert mine, found
    assert says in mine[0].problem
    assert mine[0].warning == (rule == "solution-slow")
    assert not [each for each in told(root, name=name, fast=True) if RULES[each.rule].grades]


def test_every_rule_has_a_case():
    assert {case[0] for case in (*breaks.BREAKS, *breaks.SLOWER)} == set(RULES)


def test_every_problem_is_told_at_once_and_one_chapter_hides_no_other(root):
    for name in ("squares_of", "debug_mean"):
        change(
            root / FOLDER / name / "exercise.toml",
            ("sections = [", "section = ["),
            ("points = ", "points = -"),
        )
    other = root / small.CHECKS / "ch02_more"
    other.mkdir()
    (other / "chapter.toml").write_text("file = \nexercises = [", encoding="utf-8")
    change(root / toml("predict"), (small.TEXTS[1], "TODO: a hint"))
    found = told(root)
    told_of = [each for each in found if each.rule == "catalogue"]
    for name in ("squares_of", "debug_mean"):
        problems = [each.problem for each in told_of if each.path.parent.name == name]
        assert len(problems) == 3, problems
    assert [each.line for each in told_of if each.path.parent == other] == [1]
    assert {each.rule for each in found if each.exercise == "ch01.predict_length"} == {"todo"}
    assert lint(root).remark == "nothing is graded until the catalogue can be read"


@pytest.mark.parametrize("name", ["squares_of", "ch01.squares_of"])
def test_of_one_exercise_only_what_concerns_it_is_told(name, root):
    change(root / toml("code"), (small.TEXTS[1], "TODO: a hint"))
    change(root / toml("debug"), (small.TEXTS[1], "TODO: another"))
    write(CODE / "notes.txt")(root)
    write(DEBUG / "notes.txt")(root)
    assert {each.path.parent.name for each in told(root, name=name, fast=True)} == {"squares_of"}
    whole = told(root, name="ch01", fast=True)
    assert {each.path.parent.name for each in whole} == {"squares_of", "debug_mean"}
    assert whole == told(root, name=CHAPTER, fast=True) == told(root, fast=True)


def test_an_exercise_that_cannot_be_read_can_be_named(root):
    change(root / toml("code"), (breaks.POINTS, "points = 0"))
    assert [each.rule for each in told(root, name="squares_of", fast=True)] == ["catalogue"]
    with pytest.raises(CatalogueError, match=r"'squares_off'; did you mean squares_of"):
        lint(root, "squares_off")


def test_data_that_a_source_names_and_a_program_that_make_runs_are_no_strays(root):
    write(DEBUG / "data.json", "[1]\n")(root)
    write("tests/autograder/common/record.py", "print(1)\n")(root)
    assert {each.rule for each in told(root, fast=True)} == {"file-stray"}
    change(root / DEBUG / "twins.py", ("def REFERENCE", 'DATA = "data.json"\n\n\ndef REFERENCE'))
    write("Makefile", "record:\n\tpython tests/autograder/common/record.py\n")(root)
    assert told(root, fast=True) == []


def test_a_file_that_is_mended_is_read_again(root):
    change(root / CODE / "twins.py", ("import numpy as np\n", "import numpy as np\n1 / 0\n"))
    assert [each.rule for each in told(root, fast=True)] == ["twins-load"]
    change(root / CODE / "twins.py", ("1 / 0\n", ""))
    assert told(root, fast=True) == []


def test_a_rule_that_meets_the_unexpected_says_so_and_the_others_go_on(root):
    change(
        root / CODE / "twins.py", ("GROUPS = [", "class Odd:\n    observe = None\n\n\nGROUPS = [Odd()] + [")
    )
    found = told(root, fast=True)
    assert "could not look: AttributeError" in found[0].problem
    assert found[0].rule in ("check-about", "group-unknown")
