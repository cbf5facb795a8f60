"""Mutation testing of the checks: what the rules make, how it is counted, and a slice of the real thing."""

import ast
import textwrap
import zlib

import pytest
from typer.testing import CliRunner

from lintutor.autograder import catalogue
from lintutor.autograder.authoring import mutants as counting
from lintutor.autograder.authoring.mutations import KINDS, mutants
from lintutor.autograder.errors import GraderFault
from lintutor.autograder.project import ProjectError

PROGRAMS = [entry for entry in catalogue.exercises() if entry.kind in counting.KINDS]
DERIVE = next(entry for entry in catalogue.exercises() if entry.kind == "derive")
SLICE, EACH = 8, 6  # exercises of a run, and mutants of each


def made(tmp_path, body, function="f"):
    """The changes that the rules make of the body of a function."""
    path = tmp_path / "answers.py"
    marked = f"# BEGIN SOLUTION\n{textwrap.dedent(body).strip()}\n# END SOLUTION"
    text = f"import numpy as np\n\n\ndef f(x, n=2):\n    'Text with 1.'\n{textwrap.indent(marked, '    ')}\n"
    path.write_text(f"{text}\n\ndef g(x):\n    return x + 1\n", encoding="utf-8")
    return mutants(path, function)


@pytest.mark.parametrize(
    ("kind", "body", "changed"),
    [
        ("arithmetic", "return x + n", {"x - n", "x * n", "x / n", "x", "n"}),
        ("arithmetic", "return x @ n", {"x * n", "x", "n"}),
        ("comparison", "return x > n", {"x < n", "x <= n", "x >= n", "x == n", "x != n"}),
        ("comparison", "return x is not n", {"x is n"}),
        ("index", "return x[n]", {"x[n + 1]", "x[n - 1]", "x"}),
        ("index", "return x[1:n]", {"x", "x[:n]", "x[1:]", "x[1:n + 1]", "x[1:n - 1]",
                                    "x[2:n]", "x[0:n]", "x[-1:n]"}),
        ("index", "return x[n, None]", {"x", "x[n + 1, None]", "x[n - 1, None]", "x[None, n]"}),
        ("index", "return range(n)", {"range(n + 1)", "range(n - 1)", "range(1, n)"}),
        ("axis", "return np.max(x, axis=0)", {"np.max(x, axis=1)", "np.max(x, axis=None)", "np.max(x)"}),
        ("axis", "return np.max(x, 0, keepdims=True)", {"np.max(x, 0, keepdims=False)"}),
        ("axis", "return x.T", {"x"}),
        ("constant", "return 3", {"4", "2", "0", "1", "-3", "6"}),
        ("constant", "return 0.5", {"1.5", "-0.5", "0", "1", "0.25"}),
        ("constant", "return True", {"False"}),
        ("sign", "return -x", {"x"}),
        ("sign", "return np.exp(x)", {"-np.exp(x)", "np.exp(-x)"}),
        ("sign", "return np.zeros(x)", {"np.zeros(-x)"}),
        ("logic", "return x and n", {"x or n", "x", "n"}),
        ("logic", "return not x", {"x"}),
        ("function", "return np.maximum(0, x)", {"np.minimum(0, x)", "0"}),
        ("function", "return x.copy()", {"x"}),
    ],
)  # fmt: skip
def test_each_rule_makes_its_changes(kind, body, changed, tmp_path):
    found = {m.after.removeprefix("return ") for m in made(tmp_path, body) if m.kind == kind}
    assert found == changed


def test_statements_are_changed_one_at_a_time_between_the_marks_alone(tmp_path):
    body = """
        total = 0
        for i in range(n):
            if i == 1:
                continue
            total += x[i]
        return total
    """
    found = made(tmp_path, body)
    text = (tmp_path / "answers.py").read_text(encoding="utf-8")
    right = ast.unparse(ast.parse(text))
    sources = [ast.unparse(ast.parse(m.source)) for m in found]
    assert right not in sources
    assert len(set(sources)) == len(sources)
    assert {m.kind for m in found} <= set(KINDS)
    for mutant in found:
        assert "n=2" in mutant.source
        assert "Text with 1." in mutant.source
        assert "return x + 1" in mutant.source
        assert mutant.before in right
    changes = {m.change for m in found}
    assert ("continue", "break") in changes
    assert ("total += x[i]", "total -= x[i]") in changes
    assert ("if i == 1:", "if i != 1:") in changes
    assert ("if i == 1:", "pass") in changes
    assert ("for i in range(n):", "for i in range(n - 1):") in changes
    assert ("return total", "return -total") in changes
    lines = text.splitlines()
    assert all(lines[m.line - 1].strip() == m.before for m in found)


def test_the_changes_of_another_function_and_of_given_code_are_not_made(tmp_path):
    broken = "return x + n\n# STUB\n# return x * n\n"
    assert {m.before for m in made(tmp_path, broken)} == {"return x + n"}
    with pytest.raises(ProjectError, match="nothing of g stands between"):
        made(tmp_path, broken, "g")
    with pytest.raises(ProjectError, match="no function or class 'h'"):
        made(tmp_path, broken, "h")


# ---------------------------------------------------------------------------------------- the list

LISTED = """
[[equivalent]]
reason = "The same."
changes = [["return x + n", "return n + x"]]
"""


def with_list(tmp_path, text):
    """An exercise of this project whose list of equivalent changes is another one."""
    import dataclasses

    (tmp_path / counting.FILE).write_text(text, encoding="utf-8")
    return dataclasses.replace(PROGRAMS[0], folder=tmp_path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("reason", "why"), "needs 'reason'"),
        (('"The same."', '" "'), "needs 'reason'"),
        (('"return n + x"', "3"), "pairs of texts"),
        ((', "return n + x"', ""), "pairs of texts"),
        (("[[equivalent]]", "[[equal]]"), "only tables [[equivalent]]"),
        (("reason", "reason reason"), "equivalents.toml"),
        (('x"]]', 'x"], ["return x + n", "return n + x"]]'), "listed twice"),
    ],
)
def test_a_list_of_another_form_is_refused_with_its_file(change, told, tmp_path):
    entry = with_list(tmp_path, LISTED)
    assert counting.equivalents(entry) == {("return x + n", "return n + x"): "The same."}
    assert change[0] in LISTED
    entry = with_list(tmp_path, LISTED.replace(*change))
    with pytest.raises(catalogue.CatalogueError) as caught:
        counting.equivalents(entry)
    assert told in str(caught.value)
    assert str(tmp_path / counting.FILE) in str(caught.value)


# ------------------------------------------------------------------------------------- the counting

TINY = '''\
"""Answers."""


def f(x):
    """Return it doubled, plus one."""
    # BEGIN SOLUTION
    y = 2 * x
    return y + 1
    # END SOLUTION
'''
CHECK = '''\
import pytest

from lintutor.autograder.checks import CheckFailed

pytestmark = pytest.mark.exercise("ch01.f")


@pytest.mark.points(1)
def test_it(submission):
    """is right"""
    for x in {tried}:
        if submission.ch01.f(x) != 2 * x + 1:
            raise CheckFailed("wrong")
'''
ABOUT = """
kind = "code"
title = "f"
points = 1
sections = ["a-section"]
statement = "Write f."
hints = ["one", "two", "three"]
"""


def project(tmp_path, tried="(0, 1, 3)", source=TINY, listed=""):
    """A project with one exercise whose check tries some numbers."""
    folder = tmp_path / "tests" / "autograder" / "ch01_x"
    files = {
        tmp_path / "solutions" / "ch01_x.py": source,
        folder / "chapter.toml": 'file = "ch01_x.py"\nexercises = ["f"]\n',
        folder / "f" / "exercise.toml": ABOUT,
        folder / "f" / "test_f.py": CHECK.replace("{tried}", tried),
    }
    if listed:
        files[folder / "f" / counting.FILE] = listed
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return catalogue.exercise("ch01.f", tmp_path)


def test_every_change_is_refused_by_checks_that_look_and_not_by_those_that_do_not(tmp_path):
    found = counting.tally(project(tmp_path), jobs=2)
    assert found.made == found.refused > 20
    assert (found.share, found.enough, found.survivors, found.stale) == (1.0, True, [], [])
    blind = counting.tally(project(tmp_path / "blind", tried="(0,)"))
    assert blind.made == found.made
    assert ("y = 2 * x", "y = 3 * x") in {mutant.change for mutant in blind.survivors}
    assert not blind.enough
    assert blind.share == 1 - len(blind.survivors) / blind.made


def test_what_is_listed_counts_as_no_mistake_unless_it_is_refused_or_no_longer_made(tmp_path):
    listed = '[[equivalent]]\nreason = "Only 0 is tried."\nchanges = [["y = 2 * x", "y = 3 * x"]]\n'
    blind = counting.tally(project(tmp_path / "a", tried="(0,)", listed=listed))
    assert [(m.change, why) for m, why in blind.equivalent] == [
        (("y = 2 * x", "y = 3 * x"), "Only 0 is tried.")
    ]
    assert blind.stale == []
    seeing = counting.tally(project(tmp_path / "b", listed=listed))
    assert seeing.equivalent == []
    assert "refused, so no right answer: 'y = 2 * x' -> 'y = 3 * x'" in seeing.stale[0]
    assert not seeing.enough
    gone = counting.tally(project(tmp_path / "c", listed=listed.replace("3 * x", "x * 3")))
    assert "no mutant is 'y = 2 * x' -> 'y = x * 3'" in gone.stale[0]


def test_a_worked_answer_that_is_refused_is_the_authors_fault_and_not_a_good_score(tmp_path):
    entry = project(tmp_path, source=TINY.replace("2 * x", "4 * x"))
    with pytest.raises(GraderFault, match="the worked answer loses points"):
        counting.tally(entry)


def test_a_sample_is_the_same_for_the_same_seed(tmp_path):
    entry = project(tmp_path)
    assert counting.tally(entry, sample=3).made == 3
    assert counting.tally(entry, sample=10**6).made == counting.tally(entry).made


def test_an_exercise_whose_answer_is_no_program_has_no_mutants():
    with pytest.raises(ValueError, match=f"got {DERIVE.id}, derive"):
        counting.tally(DERIVE)


def test_the_command_shows_what_survives_where_it_stands_and_ends_with_1(tmp_path, monkeypatch):
    from lintutor.cli.front import app

    project(tmp_path, tried="(0,)")
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, ["mutants"])
    assert shown.exit_code == 1
    assert "solutions/ch01_x.py:7  ch01.f, constant, gets full marks:" in shown.output
    assert "y = 3 * x" in shown.output
    listed = '[[equivalent]]\nreason = "Only 0 is tried."\nchanges = [["y = 2 * x", "y = 3 * x"]]\n'
    project(tmp_path, tried="(0,)", listed=listed)
    shown = CliRunner().invoke(app, ["mutants", "f"])
    assert "solutions/ch01_x.py:7  ch01.f, constant, is no mistake:" in shown.output
    assert "Only 0 is tried." in shown.output
    (tmp_path / "tests/autograder/ch01_x/f" / counting.FILE).unlink()
    project(tmp_path)
    told = CliRunner().invoke(app, ["mutants", "f", "--json"])
    assert told.exit_code == 0
    assert '"survivors": []' in told.output


# ----------------------------------------------------------------------------------- the real thing


def of_this_run(entry):
    """Whether an exercise is among the few whose mutants every run samples."""
    order = sorted(PROGRAMS, key=lambda each: zlib.crc32(each.id.encode()))
    return entry in order[:SLICE]


@pytest.mark.parametrize("entry", [e for e in PROGRAMS if of_this_run(e)], ids=lambda entry: entry.function)
def test_the_checks_refuse_a_sample_of_mutants(entry):
    found = counting.tally(entry, sample=EACH, seed=1)
    assert found.made == EACH
    assert [mutant.change for mutant in found.survivors] == []
    assert found.stale == []


@pytest.mark.parametrize("entry", PROGRAMS, ids=lambda entry: entry.function)
def test_each_listed_change_is_one_that_the_rules_make(entry):
    made_now = {m.change for m in mutants(entry.root / "solutions" / entry.file, entry.function)}
    assert [change for change in counting.equivalents(entry) if change not in made_now] == []


@pytest.mark.audit
@pytest.mark.parametrize("entry", PROGRAMS, ids=lambda entry: entry.function)
def test_the_checks_refuse_99_of_100_mutants(entry):
    found = counting.tally(entry)
    assert found.stale == []
    assert found.share >= counting.ENOUGH, [mutant.change for mutant in found.survivors]
