"""An exercise that starts from broken code is not begun until that code has changed."""

from pathlib import Path

import pytest

from lintutor.autograder import begun, catalogue
from lintutor.autograder.handed_in import Source
from lintutor.autograder.project import find_root
from lintutor.autograder.reports import report
from lintutor.autograder.results import ExerciseRow

ROOT = find_root(Path(__file__).parent)
DEBUG = [entry for entry in catalogue.exercises(root=ROOT) if entry.kind == "debug"]
pytestmark = pytest.mark.parametrize("entry", DEBUG, ids=lambda entry: entry.function)


def settled(made, entry, source, points=0):
    """The row of a debugging exercise that got some points, once it has been looked at."""
    row = made.wrong()
    row = ExerciseRow(entry, [made.check(points), *row.checks[1:]], row.findings)
    begun.settle([row], lambda _: Source(entry.file, entry.file, source.encode()))
    return row


def test_the_code_as_given_is_not_written_yet_and_no_mistake_of_it_is_named(made, entry):
    row = settled(made, entry, entry.stub())
    assert (row.status, row.points, row.max_points) == ("missing", 0, 10)
    assert report.unwritten(row)
    assert row.findings == []
    assert [check.diagnoses for check in row.checks] == [[], []]
    assert not any(check.counterexample for check in row.checks)


def test_code_that_has_changed_is_judged(made, entry):
    before, _, after = entry.stub().rpartition("return ")
    assert settled(made, entry, f"{before}return 0 or {after}").findings
    solution = (ROOT / "solutions" / entry.file).read_text(encoding="utf-8")
    assert settled(made, entry, solution).findings


def test_white_space_that_an_editor_changes_is_no_change(made, entry):
    stub = "\r\n".join(f"{line}  " for line in entry.stub().splitlines())
    assert settled(made, entry, stub).status == "missing"


def test_what_given_code_does_right_gets_no_points(made, entry):
    row = settled(made, entry, entry.stub(), points=5)
    assert (row.points, row.status) == (0, "missing")


def test_an_answer_below_the_given_code_keeps_its_points(made, entry):
    solution = (ROOT / "solutions" / entry.file).read_text(encoding="utf-8")
    assert settled(made, entry, f"{entry.stub()}\n\n{solution}", points=5).points == 5
