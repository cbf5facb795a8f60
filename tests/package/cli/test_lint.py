"""``lintutor lint``: a line for each problem, a count, JSON for machines, an exit code."""

import json
import re

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.authoring import linting
from lintutor.autograder.authoring.findings import Finding

small = catalogue.beside(__file__, "authoring_project")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    root = small.finish(small.fresh(tmp_path_factory.mktemp("finished")))
    for name in small.HELPERS:  # a small project has no use for all of them
        (root / small.CHECKS / "common" / f"{name}.py").touch()
    return root


@pytest.fixture
def said(monkeypatch, finished):
    """Let lint say these findings."""

    def say(*findings, remark=""):
        report = linting.Report(finished, list(findings), 6, remark)
        monkeypatch.setattr(linting, "lint", lambda *arguments, **options: report)

    return say


def finding(root, **more):
    path = root / small.FOLDER / "squares_of" / "exercise.toml"
    given = {"path": path, "line": 3, "problem": "it is wrong", "advice": "mend it", "rule": "some-rule"}
    return Finding(**{**given, **more})


def test_each_problem_is_one_line_with_place_advice_and_rule_and_they_are_counted(run, finished, said):
    said(finding(finished), finding(finished, line=0, warning=True, problem="it is\nslow"))
    code, out, err = run("lint", cwd=finished)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "tests/autograder/ch01_samples/squares_of/exercise.toml:3: it is wrong; mend it [some-rule]",
        "tests/autograder/ch01_samples/squares_of/exercise.toml: warning: it is slow; mend it [some-rule]",
        "6 exercises: 1 error and 1 warning.",
    ]


def test_warnings_are_no_errors_and_what_is_left_out_is_said(run, finished, said):
    said(finding(finished, warning=True), remark="nothing is graded")
    code, out, _ = run("lint", cwd=finished)
    assert code == 0
    assert out.endswith("Left out: nothing is graded.\n6 exercises: no errors and 1 warning.\n")


def test_what_a_file_holds_cannot_command_the_terminal(run, finished, said):
    said(finding(finished, problem="\x1b[31mred\x1b[0m " + "long " * 500))
    _, out, _ = run("lint", cwd=finished)
    assert "\x1b" not in out
    assert len(out) < 2500


def test_json_is_one_object_with_everything(run, finished, said):
    said(finding(finished, exercise="ch01.squares_of"), finding(finished, line=0, warning=True))
    code, out, _ = run("lint", "--json", cwd=finished)
    assert code == 1
    report = json.loads(out)
    assert (report["schema"], report["errors"], report["warnings"]) == ("lintutor/lint/1", 1, 1)
    one, other = report["findings"]
    assert one == {
        "rule": "some-rule",
        "severity": "error",
        "file": "tests/autograder/ch01_samples/squares_of/exercise.toml",
        "line": 3,
        "exercise": "ch01.squares_of",
        "problem": "it is wrong",
        "advice": "mend it",
    }
    assert (other["severity"], other["line"], other["exercise"]) == ("warning", None, None)


def test_a_real_run_of_one_exercise_ends_with_0_where_nothing_is_wrong(run, finished):
    code, out, err = run("lint", "squares_of", "--fast", cwd=finished)
    assert (code, out, err) == (0, "1 exercise: no errors.\n", "")
    small.change(finished / "book" / "ch01.md", ("{exercise} ch01.squares_of", "{exercise} ch01.squares_off"))
    code, out, _ = run("lint", "ch01", "--fast", cwd=finished)
    assert code == 1
    assert re.search(r"squares_of/exercise\.toml: no page of the book shows ch01\.squares_of", out)
    assert out.endswith("6 exercises: 1 error.\n")


def test_an_unknown_name_ends_with_2_and_near_names(run, finished):
    code, out, err = run("lint", "squares_off", cwd=finished)
    assert (code, out) == (2, "")
    assert (
        err == "lintutor: no exercise or chapter 'squares_off'; did you mean squares_of or ch01.squares_of?\n"
    )
