"""What a learner reads: a screen an exercise, first what to fix, a chapter in short."""

import pytest

from lintutor.autograder.reports import report

ROWS = 40


def text(printed, result, width=88):
    return printed(lambda console: report.show(result, console), width)


def test_the_mistake_stands_before_the_checks_that_show_it(printed, made):
    shown = text(printed, made.result(made.wrong()))
    order = ["5 of 10 points", "The penalty is missing altogether", "The smallest case", "✗ holds", "A hint:"]
    places = [shown.index(each) for each in order]
    assert places == sorted(places)


def test_several_mistakes_are_numbered(printed, made):
    shown = text(printed, made.result(made.wrong(mistakes=("penalty-missing", "sum-not-mean"))))
    assert "1. The penalty is missing" in shown
    assert "2. A sum over the examples" in shown


@pytest.mark.parametrize("width", [60, 88])
def test_an_exercise_takes_a_screen_however_much_is_wrong(printed, made, width):
    row = made.wrong(mistakes=("penalty-missing", "sum-not-mean", "gradient-transposed", "weights-changed"))
    row.checks += [made.check(0, message="It is wrong in many ways. " * 40) for _ in range(12)]
    row.checks[1].counterexample = "\n".join(f"row {i}: 1 + 1 = 2" for i in range(60))
    row.printed = "hello\n" * 1000
    lines = text(printed, made.result(row), width).splitlines()
    assert len(lines) <= ROWS
    assert max(map(len, lines)) <= width
    assert lines[-2] == "A hint: lintutor hint svm_loss_vectorized"


def test_of_a_chapter_what_is_right_takes_a_line_and_two_failures_are_shown(printed, made):
    rows = [made.right(f"right{i}") for i in range(4)] + [made.wrong(f"wrong{i}") for i in range(4)]
    rows += [made.unwritten(f"new{i}") for i in range(5)]
    shown = text(printed, made.result(*rows))
    assert shown.count("✓ On right") == 4
    assert shown.count("The smallest case") == 2
    assert "not started, 50 points: new0, new1, new2, new3, new4" in " ".join(shown.split())
    assert "Not right yet either: wrong2, wrong3." in shown
    assert "lintutor check wrong2" in shown
    assert "Together 60 of 130 points." in shown
    assert len(shown.splitlines()) < 60


def test_a_file_that_does_not_load_is_said_once(printed, made):
    shown = text(printed, made.result(made.broken("one"), made.broken("two"), made.broken("three")))
    assert shown.count("SyntaxError") == 1
    assert "The same stops two, three." in shown


def test_functions_that_are_not_there_take_a_line_each(printed, made):
    rows = [made.broken(name, f"there is no function {name}: was it renamed?") for name in ("one", "two")]
    rows += [made.broken(name, "no such file") for name in ("three", "four")] + [made.wrong("five")]
    for row in rows[:4]:
        row.stopped = "missing"
    shown = text(printed, made.result(*rows))
    assert "· one: there is no function one: was it renamed?" in shown
    assert "· three, four: no such file" in shown
    assert shown.index("no function two") < shown.index("On five")


def test_many_functions_that_are_not_there_are_told_together(printed, made):
    names = ("one", "two", "three")
    rows = [made.broken(name, f"there is no function {name}; the file defines x") for name in names]
    for row in rows:
        row.stopped = "missing"
    shown = text(printed, made.result(*rows))
    assert "· one, two, three: there is no function of this name; the file defines x" in shown


def test_what_is_wrong_with_a_file_is_told_beside_exercises_that_pass(printed, made):
    row = made.right("one")
    row.checks.insert(0, made.check(0, 0, "line 9: NameError.", status="failed"))
    shown = text(printed, made.result(row, made.right("two")))
    assert "! line 9: NameError." in shown
    assert "Together 20 of 20 points." in shown


def test_a_file_of_which_a_part_does_not_run_is_told_though_it_costs_no_points(printed, made):
    row = made.right()
    row.checks.insert(0, made.check(0, 0, "line 9: NameError. The rest is graded.", status="failed"))
    assert "NameError" in text(printed, made.result(row))
    row = made.wrong()
    row.checks.insert(0, made.check(0, 0, "line 9: NameError. The rest is graded.", status="failed"))
    shown = text(printed, made.result(row))
    assert "NameError" in shown
    assert "✓ 1 check, 5 points" in shown


def test_a_chapter_that_is_all_right_says_so_without_reasons(printed, made):
    shown = text(printed, made.result(made.right("one"), made.right("two")))
    assert "Together 20 of 20 points." in shown
    assert "smallest" not in shown
    assert "lintutor check" not in shown


def test_a_fault_of_the_grader_blames_nobody(printed, made):
    row = made.right()
    row.checks.append(made.check(0, message="the grader failed here: OSError", status="error"))
    shown = text(printed, made.result(row, fault="OSError"))
    assert "Your answer is not at fault" in shown
    assert "A hint" not in shown


HOSTILE = "\x1b[2J[bold red]you passed[/] :smile: ::notice::pwned \u202e" + "x" * 5000


def test_what_the_answer_printed_or_raised_is_shown_and_does_nothing(printed, made):
    row = made.wrong()
    row.printed, row.checks[1].message, row.checks[1].counterexample = HOSTILE, HOSTILE, HOSTILE
    shown = text(printed, made.result(row, made.broken("other", HOSTILE)))
    assert "[bold red]you passed[/] :smile:" in shown  # no markup, no names of pictures
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "::notice::" not in shown
    assert "characters more" in shown


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(printed, made, width):
    rows = [made.right("one"), made.wrong("two"), made.wrong("three"), made.unwritten("four")]
    lines = text(printed, made.result(*rows), width).splitlines()
    assert max(map(len, lines)) <= width
