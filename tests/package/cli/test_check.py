"""The front door and the plugin's options: exit codes, one clear line for bad input, one form of JSON."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from lintutor import __version__
from lintutor.autograder import project
from lintutor.autograder.plugin import _is_own
from lintutor.cli import front

ROOT = project.find_root(Path(__file__).parent)
NAME = "ch03_hinge_loss.py"
SOLUTION = (ROOT / "solutions" / NAME).read_text(encoding="utf-8")


def test_a_right_answer_ends_with_0_and_all_points(run):
    code, out, err = run("check", "svm_loss_vectorized", "--file", "solutions")
    assert (code, err) == (0, "")
    assert "20 of 20 points" in out
    assert "isolation: process" in out


@pytest.mark.parametrize(
    "name", ["svm_loss_vectorized", "ch03.svm_loss_vectorized", "ch03", "ch03_hinge_loss.py"]
)
def test_an_exercise_can_be_named_in_each_of_its_ways(name):
    assert "ch03.svm_loss_vectorized" in [entry.id for entry in front.choose(name, ROOT)]


def test_a_wrong_answer_ends_with_1_names_the_mistake_and_fits_a_screen(run, tmp_path):
    path = tmp_path / NAME
    path.write_text(SOLUTION.replace("2 * reg * W", "reg * W"), encoding="utf-8")
    code, out, _ = run("check", "svm_loss_vectorized", "--file", path)
    assert code == 1
    assert "The gradient of the penalty lacks its factor 2" in out
    assert "The smallest case" in out
    assert "book/ch03_hinge_loss.md#" in out
    assert "lintutor hint svm_loss_vectorized" in out
    assert len(out.splitlines()) <= 40
    assert max(map(len, out.splitlines())) <= 80


def test_json_is_one_line_of_the_documented_form(run, tmp_path):
    path = tmp_path / NAME
    path.write_text(SOLUTION.replace("2 * reg * W", "reg * W"), encoding="utf-8")
    code, out, err = run("check", "svm_loss_vectorized", "--file", path, "--json")
    assert (code, err, out.count("\n")) == (1, "", 1)
    result = json.loads(out)
    assert list(result) == [
        *("schema", "submission", "submitter", "submission_sha256", "tests_sha256", "versions", "isolation"),
        *("score", "max_score", "grader_fault", "exercises"),
    ]
    assert result["schema"] == "lintutor/result/1"
    assert (result["isolation"], result["grader_fault"], result["max_score"]) == ("process", None, 20)
    (exercise,) = result["exercises"]
    assert list(exercise) == ["id", "file", "points", "max_points", "status", "seconds", "checks"]
    assert (exercise["id"], exercise["status"]) == ("ch03.svm_loss_vectorized", "partial")
    failed = [check for check in exercise["checks"] if check["status"] == "failed"]
    assert list(failed[0]) == [
        "name",
        "points",
        "max_points",
        "status",
        "message",
        "diagnoses",
        "counterexample",
    ]
    assert failed[0]["diagnoses"] == ["penalty-gradient-halved"]
    assert "expected" in failed[0]["counterexample"]
    assert sum(check["points"] for check in exercise["checks"]) == result["score"] == exercise["points"]


BAD = {
    "an empty file": (b"", "the file is empty"),
    "a binary file": (b"\x7fELF\0\1\2\3" * 50, "not a text file"),
    "not Python": (b"Dear professor,\nhere is my answer.\n", "line 1: SyntaxError"),
    "Python 2": (b"def f():\n    print 'x'\n", "line 2: SyntaxError: Missing parentheses"),
    "a renamed function": (
        SOLUTION.replace("vectorized(", "vectorised(").encode(),
        "but there is svm_loss_vectorised",
    ),
    "another function": (b"def f():\n    pass\n", "the file defines f"),
    "no function": (b"x = 1\n", "the file defines none"),
    "an import that is not there": (b"import torch\n", "to derive). line 1: import torch"),
    "a forgotten colon": (b"def svm_loss_vectorized(W, X, y, reg)\n    return 1\n", "ends with a colon"),
    "an open bracket": (b"def svm_loss_vectorized(W, X, y, reg):\n    return (1\n", "one that closes"),
    "tabs and spaces": (
        b"def svm_loss_vectorized(W, X, y, reg):\n    n = 1\n\treturn n\n",
        "line 3: TabError: inconsistent use of tabs and spaces in indentation. Indent with four spaces",
    ),
    "an exit at import": (b"import os\nos._exit(0)\n", "the program ended while it was imported"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_gets_a_line_that_says_what_and_where(run, tmp_path, kind):
    data, told = BAD[kind]
    path = tmp_path / NAME
    path.write_bytes(data)
    code, out, err = run("check", "svm_loss_vectorized", "--file", path)
    assert (code, err) == (1, "")
    assert "0 of 20 points" in out
    assert NAME in out
    assert told in " ".join(out.split())
    assert "Traceback" not in out


def test_a_mark_of_utf_8_and_tabs_throughout_are_no_mistake(run, tmp_path):
    path = tmp_path / NAME
    path.write_bytes(b"\xef\xbb\xbf" + SOLUTION.replace("    ", "\t").encode())
    code, out, _ = run("check", "svm_loss_vectorized", "--file", path)
    assert (code, "Everything holds" in out) == (0, True)


def test_a_folder_without_the_file_is_told_with_what_it_holds(run, tmp_path):
    code, out, err = run("check", "svm_loss_vectorized", "--file", tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(f"lintutor: there is nothing to check in {tmp_path}: {NAME}: the folder")


def test_a_file_that_can_be_no_answer_is_called_so(run, tmp_path):
    path = tmp_path / "answer.docx"
    path.write_text("my answer", encoding="utf-8")
    code, out, _ = run("check", "svm_loss_vectorized", "--file", path)
    assert code == 1
    assert "this is not a Python file (.py), notebook (.ipynb), zip or folder" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "svm_loss_vectorised"], "did you mean svm_loss_vectorized"),
        (["check", "xyz"], "there are ch01."),
        (["check", "--file", "nowhere.py"], "nowhere.py: no such file or folder"),
        (["check", "--file", "book"], "and 6 more: book holds no Python file"),
        (["hint", "nothing"], "no exercise 'nothing'"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(run, arguments, told):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["hint", "svm_loss_vectorized", "--level", "4"], ["check", "--jobs"], ["nonsense"]]
)
def test_options_that_do_not_exist_end_with_2(run, arguments):
    code, _, err = run(*arguments)
    assert code == 2
    assert "Error" in err


def test_the_command_works_from_any_folder_of_the_project(run):
    assert run("check", "--file", ROOT / "solutions", cwd=ROOT / "book")[0] == 0


def test_a_fault_of_the_grader_ends_with_3_and_blames_nobody_else(run, monkeypatch, made):
    faulty = made.result(made.right(), fault="the worker did not start")
    monkeypatch.setattr("lintutor.autograder.run.grade", lambda *_, **__: faulty)
    code, out, err = run("check", "--file", "solutions", "--json")
    assert code == 3
    assert "your code is not at fault" in err
    assert json.loads(out)["grader_fault"]


def test_hints_grow_more_specific_and_say_how_to_get_the_next(run):
    first, third = run("hint", "svm_loss_vectorized"), run("hint", "svm_loss_vectorized", "--level", "3")
    assert first[0] == third[0] == 0
    assert "--level 2" in first[1]
    assert "--level" not in third[1]
    assert first[1] != third[1]


@pytest.mark.parametrize(("command", "codes"), [("check", "0123"), ("grade", "023"), ("doctor", "01")])
def test_help_says_how_a_command_ends(run, command, codes):
    code, out, _ = run(command, "--help")
    assert code == 0
    ends = out[out.index("Ends with") :]
    assert [char for char in ends if char.isdigit()] == list(codes)


def test_version(run):
    assert run("--version") == (0, f"lintutor {__version__}\n", "")


def test_stubs_check_is_silent_when_they_agree_and_names_the_file_when_they_do_not(run, tmp_path):
    assert run("stubs", "--check") == (0, "", "")
    for name in ("solutions", "exercises", "tests/autograder"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "solutions" / NAME).write_text(SOLUTION, encoding="utf-8")
    code, _, err = run("stubs", "--check", cwd=tmp_path)
    assert code == 1
    assert f"exercises/{NAME} is missing" in err
    assert run("stubs", cwd=tmp_path) == (0, f"written: exercises/{NAME}\n", "")
    assert run("stubs", "--check", cwd=tmp_path)[0] == 0


def test_serve_says_how_to_build_a_book_that_is_not_there(run, tmp_path):
    for name in ("solutions", "tests/autograder"):
        (tmp_path / name).mkdir(parents=True)
    code, _, err = run("serve", cwd=tmp_path)
    assert code == 2
    assert "run `make book`" in err


def test_serve_gives_the_book_to_this_machine_only(tmp_path):
    for name in ("solutions", "tests/autograder", "_build/html"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").write_text("the book", encoding="utf-8")
    command = [sys.executable, "-m", "lintutor", "serve", "--port", "0"]
    server = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        address = server.stdout.readline().split()[2]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=10) as page:
            assert page.read() == b"the book"
    finally:
        server.kill()
        server.communicate()


# ----------------------------------------------------------------------------------- pytest's own way


def pytest_run(*arguments):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/autograder",
        "-p",
        "no:cacheprovider",
        *map(str, arguments),
    ]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "COLUMNS": "100"}
    )


def test_plain_pytest_grades_the_worked_answers_and_names_the_isolation():
    done = pytest_run()
    assert done.returncode == 0
    assert "(isolation: process)" in done.stdout


def test_pytest_grades_others_work_at_level_process_only_if_told_so_by_name(tmp_path):
    (tmp_path / NAME).write_text("raise SystemExit('this has run')", encoding="utf-8")
    refused = pytest_run("--submission", tmp_path, "-q")
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR
    assert "suitable for your own code only" in refused.stderr
    assert "--isolation process" in refused.stderr
    assert "this has run" not in refused.stdout + refused.stderr
    (tmp_path / NAME).write_text(SOLUTION.replace("2 * reg * W", "reg * W"), encoding="utf-8")
    named = pytest_run("--submission", tmp_path, "--isolation", "process")
    assert named.returncode == 1
    assert " failed" in named.stdout
    assert "What reg adds to the gradient is not 2 * reg * W" in named.stdout


def test_a_link_in_exercises_does_not_make_others_work_ones_own(tmp_path):
    root, outside = tmp_path / "project", tmp_path / "outside"
    (root / "exercises").mkdir(parents=True)
    outside.mkdir()
    (root / "exercises" / "linked").symlink_to(outside)
    (root / "exercises" / "mine.py").touch()
    assert _is_own(root / "exercises" / "mine.py", root)
    assert not _is_own(root / "exercises" / "linked", root)


def test_pytest_refuses_a_submission_that_is_not_there():
    done = pytest_run("--submission", "nowhere")
    assert done.returncode == 4
    assert "nowhere: no such file or folder" in done.stderr
