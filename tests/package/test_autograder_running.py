"""Running checks: collected once and run for each submission; neighbors that stand in; jobs that die."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from lintutor.autograder import catalogue, warm
from lintutor.autograder.errors import GraderFault
from lintutor.autograder.results import Result
from lintutor.autograder.run import grade, grade_all, grade_each

EXERCISE = """
kind = "code"
title = "A title"
points = 3
sections = ["a-section"]
statement = "Write it."
hints = ["one", "two", "three"]
"""
SQUARE = '''
"""The checks of square."""
import pytest
from lintutor.autograder.checks import CheckFailed

pytestmark = pytest.mark.exercise("ch01.square")


@pytest.mark.points(3)
def test_square(submission):
    """squares"""
    print("a check that prints")
    if submission.ch01.square(3) != 9:
        raise CheckFailed("3 * 3 is 9.")
'''
CUBE = '''
"""The checks of cube."""
import pytest
from lintutor.autograder.checks import CheckFailed

pytestmark = pytest.mark.exercise("ch01.cube")


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(submission):
    """gives a number"""
    if type(submission.ch01.cube(2)) is not int:
        raise CheckFailed("It gives no number.")


@pytest.mark.points(2)
def test_cube(submission):
    """cubes"""
    if submission.ch01.cube(3) != 27:
        raise CheckFailed("3 * 3 * 3 is 27.")
'''
TWINS = """
GROUPS = []


def REFERENCE(x):
    return x * x{}
"""
RIGHT = "def square(x):\n    return x * x\n\n\ndef cube(x):\n    return square(x) * x\n"
WRONG_SQUARE = RIGHT.replace("return x * x", "return x + x")
NO_SQUARE = RIGHT.replace("return x * x", "raise NotImplementedError('square is not written yet')")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    chapter = root / "tests" / "autograder" / "ch01_powers"
    for name, checks, more in (("square", SQUARE, ""), ("cube", CUBE, " * x")):
        folder = chapter / name
        folder.mkdir(parents=True)
        uses = 'uses = ["square"]\n' if name == "cube" else ""
        (folder / "exercise.toml").write_text(EXERCISE + uses, encoding="utf-8")
        (folder / f"test_{name}.py").write_text(checks, encoding="utf-8")
        (folder / "twins.py").write_text(TWINS.format(more), encoding="utf-8")
    (chapter / "chapter.toml").write_text(
        'file = "ch01_powers.py"\nexercises = ["square", "cube"]\n', encoding="utf-8"
    )
    (root / "solutions").mkdir()
    marked = RIGHT.replace("    return", "    # BEGIN SOLUTION\n    return").replace(
        "\n\n\n", "\n    # END SOLUTION\n\n\n"
    )
    (root / "solutions" / "ch01_powers.py").write_text(f"{marked}    # END SOLUTION\n", encoding="utf-8")
    return root


@pytest.fixture
def exercises(project):
    return catalogue.exercises(root=project)


@pytest.fixture
def hand_in(tmp_path):
    def write(name, text):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "ch01_powers.py").write_text(text, encoding="utf-8")
        return folder

    return write


def points(result):
    return {row.exercise.function: row.points for row in result.exercises}


def statuses(result):
    return [check.status for row in result.exercises for check in row.checks]


def test_every_submission_gets_a_result_of_its_own_from_checks_collected_once(exercises, hand_in):
    paths = [hand_in("a", RIGHT), hand_in("b", "def square(x):\n    return 9\n"), hand_in("c", RIGHT)]
    found = []
    grade_each(exercises, paths, found.append)
    assert [result.submitter for result in found] == ["a", "b", "c"]
    assert [points(result) for result in found] == [
        {"square": 3, "cube": 3},
        {"square": 3, "cube": 0},
        {"square": 3, "cube": 3},
    ]
    assert found[1].exercises[1].status == "missing"
    assert found[0].submission_sha256 == found[2].submission_sha256 != found[1].submission_sha256


@pytest.mark.parametrize("neighbor", [WRONG_SQUARE, NO_SQUARE], ids=["wrong", "not written"])
def test_a_neighbor_s_mistake_costs_its_own_points_only_and_this_is_said(exercises, hand_in, neighbor):
    result = grade(exercises, hand_in("a", neighbor))
    assert points(result) == {"square": 0, "cube": 3}
    assert "followed_through" in statuses(result)
    (told,) = {c.message for c in result.exercises[1].checks if c.status == "followed_through"}
    assert "the book's square in place of yours" in told


def test_what_is_told_of_the_file_is_told_after_a_second_try_too(exercises, hand_in):
    folder = hand_in("a", f"import matplotlib_is_not_here\n{WRONG_SQUARE}")
    (folder / "ch01_powers.py").rename(folder / "homework.py")
    result = grade([exercises[1]], folder)
    assert points(result) == {"cube": 3}
    names = [check.name for check in result.exercises[0].checks]
    assert names[:2] == ["the file that is graded", "the file runs from top to bottom"]
    assert len(names) == len(set(names))
    assert "homework.py" in result.remarks[0]


def test_an_exercise_checked_alone_leans_on_the_book_s_neighbor_too(exercises, hand_in):
    (result,) = [grade([exercises[1]], hand_in("a", WRONG_SQUARE))]
    assert points(result) == {"cube": 3}


def test_a_mistake_of_its_own_stays_one_whatever_the_neighbor_does(exercises, hand_in):
    text = WRONG_SQUARE.replace("square(x) * x", "square(x) * x + 1")
    result = grade(exercises, hand_in("a", text))
    assert points(result) == {"square": 0, "cube": 1}


def test_an_answer_that_does_not_use_its_neighbor_is_graded_once(exercises, hand_in):
    text = "def square(x):\n    return 0\n\n\ndef cube(x):\n    return x\n"
    result = grade(exercises, hand_in("a", text))
    assert points(result) == {"square": 0, "cube": 1}
    assert "followed_through" not in statuses(result)


def test_a_broken_statement_is_told_once_and_costs_nothing(exercises, hand_in):
    result = grade(exercises, hand_in("a", f"import matplotlib_is_not_here\n{RIGHT}"))
    assert points(result) == {"square": 3, "cube": 3}
    rows = [c for row in result.exercises for c in row.checks if c.name.startswith("the file runs")]
    assert len(rows) == 1
    assert (rows[0].max_points, rows[0].status) == (0, "failed")
    assert "line 1" in rows[0].message
    assert "graded all the same" in rows[0].message


@pytest.mark.parametrize("deadly", ["import os; os._exit(0)", "while True: pass", "x = [0] * 10**12"])
def test_a_statement_that_ends_the_worker_is_left_out_and_told_with_its_line(exercises, hand_in, deadly):
    result = grade(exercises, hand_in("a", f"import math\n{deadly}\n{RIGHT}"), seconds=1)
    assert points(result) == {"square": 3, "cube": 3}
    (row,) = [c for each in result.exercises for c in each.checks if c.name.startswith("the file runs")]
    assert "line 2" in row.message


def test_a_file_that_ends_the_worker_again_and_again_is_given_up(exercises, hand_in):
    result = grade(exercises, hand_in("a", "import os\n" + 6 * "os._exit(0)\n" + RIGHT))
    assert points(result) == {"square": 0, "cube": 0}
    assert {row.status for row in result.exercises} == {"error"}
    assert "ended while it was imported" in result.exercises[0].checks[0].message


def test_a_function_that_does_not_parse_is_told_where_and_the_rest_is_graded(exercises, hand_in):
    result = grade(exercises, hand_in("a", RIGHT.replace("def cube(x):", "def cube(x)")))
    assert points(result) == {"square": 3, "cube": 0}
    assert result.exercises[1].status == "error"
    assert "line 5" in result.exercises[1].checks[0].message


@pytest.mark.parametrize("jobs", [1, 3])
def test_jobs_lose_nothing_and_mix_up_nothing(exercises, hand_in, jobs):
    texts = {"a": RIGHT, "b": WRONG_SQUARE, "c": "", "d": RIGHT, "e": "def square(x):\n    return x * x\n"}
    paths = [hand_in(name, text) for name, text in texts.items()]
    found = {result.submitter: points(result) for result in grade_all(exercises, paths, "process", jobs=jobs)}
    assert found == {
        "a": {"square": 3, "cube": 3},
        "b": {"square": 0, "cube": 3},
        "c": {"square": 0, "cube": 0},
        "d": {"square": 3, "cube": 3},
        "e": {"square": 3, "cube": 0},
    }


def test_a_grading_process_that_dies_takes_no_result_with_it(exercises, hand_in, monkeypatch, tmp_path):
    """The one that grades "b" is killed, each time: "b" is the grader's fault, the others are graded."""
    killer = tmp_path / "site" / "sitecustomize.py"
    killer.parent.mkdir()
    killer.write_text(
        textwrap.dedent(
            """
            import os, signal
            from lintutor.autograder import grading
            kept = grading.Grading.result
            def result(self):
                if self.submission.path.name == "b":
                    os.kill(os.getpid(), signal.SIGKILL)
                return kept(self)
            grading.Grading.result = result
            """
        ),
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(killer.parent))
    paths = [hand_in(name, RIGHT) for name in "abc"]
    found = {result.submitter: result for result in grade_all(exercises, paths, "process", jobs=2)}
    assert points(found["a"]) == points(found["c"]) == {"square": 3, "cube": 3}
    assert "SIGKILL" in found["b"].grader_fault
    assert found["b"].exercises == []


def test_checks_that_do_not_load_are_the_grader_s_fault_with_the_reason(project, hand_in, tmp_path):

    broken = tmp_path / "broken"
    shutil.copytree(project, broken)
    file = broken / "tests" / "autograder" / "ch01_powers" / "square" / "test_square.py"
    file.write_text("import not_to_be_found\n", encoding="utf-8")
    exercises = catalogue.exercises(root=broken)
    with pytest.raises(GraderFault, match="not_to_be_found"):
        grade(exercises, hand_in("a", RIGHT))
    with pytest.raises(GraderFault, match="not_to_be_found"):
        list(grade_all(exercises, [hand_in("b", RIGHT)], "process"))


def test_a_result_comes_back_from_its_json(exercises, hand_in):
    result = grade(exercises, hand_in("a", WRONG_SQUARE))
    data = json.loads(json.dumps(result.as_dict()))
    assert Result.from_dict(data, exercises).as_dict() == data


def test_a_grader_that_is_interrupted_ends_its_processes(project, hand_in):
    """Ctrl-C in the middle of a call: the command ends, and so does everything that it started."""
    slow = hand_in("a", "import time\ndef square(x):\n    time.sleep(60)\n")
    code = (
        "from pathlib import Path\n"
        "from lintutor.autograder import catalogue\n"
        "from lintutor.autograder.run import grade\n"
        f"grade(catalogue.exercises(root=Path({str(project)!r})), Path({str(slow)!r}), seconds=50)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as from a terminal
    )
    try:
        time.sleep(1.5)
        children = _children(process.pid)
        assert children, "a worker runs by now"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) != 0
        assert b"KeyboardInterrupt" in process.stderr.read()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    deadline = time.monotonic() + 5
    while any(map(_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_alive, children))


def _children(pid):
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in found.stdout.split()]


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_check_that_fails_itself_is_the_grader_s_fault_and_the_other_checks_still_run(
    project, hand_in, tmp_path
):
    broken = tmp_path / "broken"
    shutil.copytree(project, broken)
    file = broken / "tests" / "autograder" / "ch01_powers" / "square" / "test_square.py"
    file.write_text(SQUARE.replace("!= 9", "!= nine"), encoding="utf-8")
    result = grade(catalogue.exercises(root=broken), hand_in("a", RIGHT))
    assert "name 'nine' is not defined" in result.grader_fault
    assert points(result) == {"square": 0, "cube": 3}
    assert statuses(result)[0] == "error"


def test_a_worker_that_cannot_start_is_the_grader_s_fault_and_is_not_tried_for_every_check(
    exercises, hand_in, monkeypatch
):
    asked = []

    def refuse(parent):
        asked.append(parent)
        raise GraderFault("no workers today")

    monkeypatch.setattr(warm.Parent, "child", refuse)
    result = grade(exercises, hand_in("a", RIGHT))
    assert "no workers today" in result.grader_fault
    assert statuses(result) == ["error", "skipped", "skipped"]
    assert len(asked) == 2, "once for the first check, and once more when the submission is tried again"
