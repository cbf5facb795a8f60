"""``lintutor grade``: a table for the instructor, a line of JSON a submission, nothing run unsafely."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lintutor.autograder import levels
from lintutor.autograder import run as running
from lintutor.autograder.levels import Level
from lintutor.autograder.project import find_root
from lintutor.autograder.reports import table

ROOT = find_root(Path(__file__).parent)
NAME = "ch03_hinge_loss.py"
STUB = "def svm_loss_vectorized(W, X, y, reg):\n    raise NotImplementedError('not written yet')\n"


@pytest.fixture
def folder(tmp_path):
    """Three submissions: a folder, a file, and a folder that holds nothing."""
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / NAME).write_text(STUB, encoding="utf-8")
    (tmp_path / "ben.py").write_text(STUB, encoding="utf-8")
    (tmp_path / "chen").mkdir()
    return tmp_path


@pytest.fixture
def graded(monkeypatch, made):
    """Have every submission graded at once, with results made by hand; gives what was asked for."""
    asked = {}
    monkeypatch.setattr(levels, "survey", lambda: [Level("bubblewrap", True, "", "", ("write files",))])
    monkeypatch.setattr(levels, "best", lambda: "bubblewrap")

    def instead(exercises, paths, isolation, seconds, jobs, memory):
        asked.update(
            ids=[e.id for e in exercises], paths=paths, isolation=isolation, jobs=jobs, memory=memory
        )
        for path in reversed(paths):
            fault = "the worker did not start" if asked.get("broken") == path.name else None
            yield made.result(*([] if fault else [made.wrong()]), name=path.name, fault=fault)

    monkeypatch.setattr(running, "grade_all", instead)
    return asked


def test_each_child_of_a_folder_is_a_submission(run, folder, graded):
    code, out, err = run("grade", folder)
    assert (code, err) == (0, "")
    assert [path.name for path in graded["paths"]] == ["anna", "ben.py", "chen"]
    assert graded["isolation"] == "bubblewrap"
    assert all(name in out for name in ("anna", "ben.py", "chen"))


def test_a_file_is_one_submission_and_none_is_graded_twice(run, folder, graded):
    assert run("grade", folder / "ben.py", folder, folder / "ben.py")[0] == 0
    assert [path.name for path in graded["paths"]] == ["ben.py", "anna", "chen"]


def test_marks_however_low_end_with_0_and_a_fault_of_the_grader_with_3(run, folder, graded):
    assert run("grade", folder)[0] == 0
    graded["broken"] = "chen"
    code, out, _ = run("grade", folder)
    assert code == 3
    assert "chen: not graded, a fault of the grader: the worker did not start" in out
    assert "3 submissions" in out


def test_json_is_a_line_a_submission_as_it_is_done_and_nothing_else(run, folder, graded):
    code, out, err = run("grade", folder, "--json")
    assert (code, err) == (0, "")
    results = [json.loads(line) for line in out.splitlines()]
    assert [result["submitter"] for result in results] == ["chen", "ben.py", "anna"]
    assert {result["schema"] for result in results} == {"lintutor/result/1"}


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["svm_loss_vectorized"], ["ch03.svm_loss_vectorized"]),
        (["ch03.svm_loss_vectorized", "svm_loss_vectorized"], ["ch03.svm_loss_vectorized"]),
    ],
)
def test_only_names_the_exercises_to_grade(run, folder, graded, names, ids):
    options = [part for name in names for part in ("--only", name)]
    assert run("grade", folder, *options, "--jobs", "2")[0] == 0
    assert (graded["ids"], graded["jobs"]) == (ids, 2)
    assert run("grade", folder, "--only", "ch03", "--only", names[0])[0] == 0
    assert set(ids) <= set(graded["ids"])


def test_a_dry_run_says_what_would_be_graded_and_runs_nothing(run, folder, graded):
    code, out, err = run("grade", folder, "--only", "svm_loss_vectorized", "--dry-run")
    assert (code, err) == (0, "")
    assert graded == {}
    assert "anna" in out
    assert "chen: ch03_hinge_loss.py: the folder chen is empty" in out
    assert "3 submissions, isolation: bubblewrap, exercises: ch03.svm_loss_vectorized" in out


WEAK = [
    Level("bubblewrap", False, "bwrap is not installed", "Install the package bubblewrap", ()),
    Level("process", True, "", "", ()),
]


def test_others_code_is_not_run_unsafely_unless_told_so_by_name(run, folder, graded, monkeypatch):
    monkeypatch.setattr(levels, "survey", lambda: WEAK)
    monkeypatch.setattr(levels, "best", lambda: None)
    code, out, err = run("grade", folder)
    assert (code, out, graded) == (2, "", {})
    assert "bwrap is not installed. Install the package bubblewrap" in err
    assert "--isolation process" in err
    assert "lintutor doctor" in err
    assert run("grade", folder, "--isolation", "process")[0] == 0
    assert graded["isolation"] == "process"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["book/_static", "--only", "nothing"], "no exercise 'nothing'"),
        (["solutions", "--isolation", "trust"], "no isolation 'trust'; there are bubblewrap, process"),
        (["solutions", "--isolation", "bubblewrap"], "'bubblewrap' is not to be had here: bwrap is not"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(run, graded, monkeypatch, arguments, told):
    monkeypatch.setattr(levels, "survey", lambda: WEAK)
    code, out, err = run("grade", *arguments)
    assert (code, out, graded) == (2, "", {})
    assert told in err
    assert err.count("\n") == 1


def test_an_empty_folder_holds_no_submission(run, tmp_path, graded):
    code, _, err = run("grade", tmp_path)
    assert code == 2
    assert "no submission in it" in err


def test_ctrl_c_shows_what_is_done_and_how_much_is_not(run, folder, graded, monkeypatch, made):
    def stopped(exercises, paths, *_, **__):
        yield made.result(made.right(), name="anna")
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "grade_all", stopped)
    code, out, err = run("grade", folder)
    assert code == 130
    assert "anna" in out
    assert "2 of 3 not graded" in err


# ---------------------------------------------------------------------------------------- the table


def shown(printed, made, results, width=100):
    functions = ("one", "two", "three", "four")
    exercises = [made.exercise(name) for name in functions]
    return printed(lambda console: table.show(results, exercises, console), width)


@pytest.fixture
def class_of_three(made):
    return [
        made.result(made.right("one"), made.wrong("two"), made.unwritten("three"), name="zoe"),
        made.result(made.wrong("one"), made.wrong("two", ["sum-not-mean"]), name="张伟" * 20),
        made.result(made.broken("four", "a.py, line 3: SyntaxError"), name="\x1b[31m::notice::x"),
    ]


def test_a_submission_takes_a_line_with_a_mark_an_exercise(printed, made, class_of_three):
    lines = shown(printed, made, class_of_three).splitlines()
    (zoe,) = [line for line in lines if line.startswith("zoe")]
    assert zoe.split()[:3] == ["zoe", "15/30", "✓~·?"]
    assert "penalty-missing" in zoe


def test_what_is_wrong_with_a_file_is_said_below(printed, made, class_of_three):
    assert "line 3: SyntaxError" in shown(printed, made, class_of_three)


def test_a_file_of_which_a_part_does_not_run_is_named_though_it_costs_no_points(printed, made):
    row = made.right("one")
    row.checks.insert(
        0, made.check(0, 0, "a.py, line 1: ModuleNotFoundError.\nThe rest is graded.", status="failed")
    )
    text = shown(printed, made, [made.result(row)])
    assert "anna: a.py, line 1: ModuleNotFoundError." in text
    assert "10/10" in text


def test_the_summary_counts_submissions_for_each_mistake_and_points_lost(printed, made, class_of_three):
    text = shown(printed, made, class_of_three)
    assert "3 submissions, mean 8.3, median 10 of 30 points." in text
    assert "   2  The penalty is missing altogether (penalty-missing)" in text
    assert "   1  A sum over the examples" in text
    lost = text[text.index("points that the class lost") :]
    assert lost.index("ch03.three") < lost.index("ch03.two") < lost.index("ch03.one")


def test_a_mistake_that_two_checks_show_is_counted_once(printed, made):
    row = made.wrong("one")
    row.checks.append(row.checks[-1])
    text = shown(printed, made, [made.result(row)])
    assert "   1  The penalty is missing altogether" in text
    assert text.splitlines()[1].count("penalty-missing") == 1


def test_what_was_not_graded_counts_in_no_mean_and_gets_no_points(printed, made):
    results = [made.result(made.right("one")), made.result(made.wrong("one"), name="ben", fault="no worker")]
    text = shown(printed, made, results)
    assert "2 submissions, mean 10.0, median 10 of 10 points." in text
    assert "1 not graded" in text
    assert "penalty-missing" not in text
    (ben,) = [line for line in text.splitlines() if line.startswith("ben  ")]
    assert ben.split()[:3] == ["ben", "-", "????"]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_table_fits_the_terminal_and_no_name_does_harm(printed, made, class_of_three, width):
    from rich.cells import cell_len

    text = shown(printed, made, class_of_three, width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert "::notice::" not in text


# ------------------------------------------------------------------------------------- the real thing


def test_real_submissions_are_graded_by_the_best_level_here(run, folder):
    if levels.best() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "no level for others' code: see lintutor doctor"
        )
    solution = (running.catalogue.find_root() / "solutions" / NAME).read_text(encoding="utf-8")
    (folder / "dora.py").write_text(solution, encoding="utf-8")
    code, out, err = run("grade", folder, "--only", "svm_loss_vectorized", "--json")
    assert (code, err) == (0, "")
    scores = {result["submitter"]: result["score"] for result in map(json.loads, out.splitlines())}
    assert scores == {"anna": 0, "ben": 0, "chen": 0, "dora": 20}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_progress_goes_to_the_terminal_and_results_to_the_pipe(folder):
    import pty

    here, there = pty.openpty()
    command = [sys.executable, "-m", "lintutor", "grade", str(folder), "--only", "svm_loss_vectorized"]
    running = subprocess.Popen(
        [*command, "--isolation", "process", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=there,
        text=True,
    )
    os.close(there)
    seen = b""
    while part := read(here):
        seen += part
    out, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert b"3/3" in seen
    assert "\x1b" not in out
    assert len([json.loads(line) for line in out.splitlines()]) == 3


def read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""
