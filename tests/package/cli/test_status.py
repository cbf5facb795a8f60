"""``lintutor status``: every exercise with its points, its state and what to do next."""

import json

import pytest

from lintutor.autograder.reports import standing

NAME = "ch03_hinge_loss.py"


@pytest.fixture
def rows(made):
    found = [made.right("one"), made.wrong("two"), made.unwritten("three"), made.broken("four")]
    return [standing.standing(row) for row in found]


def test_every_exercise_has_a_state_and_what_to_do_next(rows):
    assert [row.state for row in rows] == ["done", "begun", "not started", "broken"]
    assert rows[0].next == ""
    assert rows[1].next == "The penalty is missing altogether"
    assert rows[2].next == f"write three in exercises/{NAME}"
    assert "SyntaxError" in rows[3].next


def test_what_crashes_is_told_with_its_line_and_what_has_no_name_with_the_check(made):
    row = made.wrong("six", mistakes=())
    assert standing.standing(row).next == "does not hold yet: holds"
    row.checks[1].message = "a.py, line 7: IndexError: too many indices.\n    line 7 in six"
    assert standing.standing(row).next == "a.py, line 7: IndexError: too many indices."


def test_a_function_that_is_not_there_is_neither_broken_nor_not_started(made):
    row = made.broken("five", "there is no function five")
    row.stopped = "missing"
    assert standing.standing(row).state == "not there"


def test_it_shows_all_of_them_the_total_of_the_chapter_and_one_next_thing(rows, printed):
    shown = printed(lambda console: standing.show(rows, console))
    assert all(f"ch03.{name}" in shown for name in ("one", "two", "three", "four"))
    assert "ch03: 15 of 80 points" in shown
    assert shown.count("Next:") == 1
    assert "Next: lintutor check four" in shown


@pytest.mark.parametrize(("kept", "told"), [((0, 2), "Next: write three"), ((0,), "All exercises are done.")])
def test_the_next_thing_is_what_is_open(rows, printed, kept, told):
    assert told in printed(lambda console: standing.show([rows[i] for i in kept], console))


def test_totals_are_given_for_each_chapter(made, rows, printed):
    other = standing.Standing("ch04.softmax", "Softmax", 3, 10, "begun", "", "partial")
    shown = printed(lambda console: standing.show([*rows, other], console))
    assert "ch04: 3 of 10 points" in shown
    assert "Together 18 of 90 points." in shown
    whole = standing.as_dict([*rows, other])
    assert [(each["chapter"], each["points"]) for each in whole["chapters"]] == [("ch03", 15), ("ch04", 3)]


def test_it_fits_a_narrow_terminal(rows, printed):
    shown = printed(lambda console: standing.show(rows, console), 60)
    assert max(map(len, shown.splitlines())) <= 60


def test_the_command_runs_the_checks_and_ends_with_0(run, tmp_path):
    code, out, err = run("status", "svm_loss_vectorized", "--file", "solutions")
    assert (code, err) == (0, "")
    assert "All exercises are done." in out
    (tmp_path / NAME).write_text("def svm_loss_vectorized(W, X, y, reg):\n    raise NotImplementedError\n")
    code, out, err = run("status", "svm_loss_vectorized", "--file", tmp_path)
    assert (code, err) == (0, "")
    assert "not started" in out


def test_json_is_one_object(run):
    code, out, err = run("status", "svm_loss_vectorized", "--file", "solutions", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    whole = json.loads(out)
    assert whole["schema"] == "lintutor/status/1"
    (exercise,) = whole["exercises"]
    assert exercise == {
        "id": "ch03.svm_loss_vectorized",
        "title": "The SVM loss without a loop",
        "points": 20,
        "max_points": 20,
        "state": "done",
        "next": "",
    }
