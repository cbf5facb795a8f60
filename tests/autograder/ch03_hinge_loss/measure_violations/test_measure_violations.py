"""The graded checks of ``measure_violations()``: 5 points.

What is right is measured by running the same experiment, once a process.
"""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

measured = catalogue.beside(__file__, "measured")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch03.measure_violations")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures, kindly."""
    figures = twins.read(submission.ch03.measure_violations())
    if figures is None:
        raise CheckFailed(f"It should return three numbers: return {', '.join(twins.NAMES)}")
    if figures[part] is None:
        raise CheckFailed("This figure should be a number.")
    if not twins.near(figures[part], part, twins.REFERENCE()[part]):
        raise CheckFailed(
            f"You report {figures[part]:g}; the same experiment gave the grader another figure. {told} "
            f"Other seeds move it by less than {measured.tolerances()[part]:.1g}, so it is not chance."
        )


@pytest.mark.points(1)
@pytest.mark.about("open")
def test_before(submission):
    """the share of open hinges before training"""
    judge(submission, 0, "The first check of the chapter tells you beforehand what to expect.")


@pytest.mark.points(2)
@pytest.mark.about("open")
def test_after(submission):
    """the share of open hinges after training"""
    judge(submission, 1, "Count the pairs of a training digit and a wrong class, and divide by their number.")


@pytest.mark.points(2)
@pytest.mark.about("idle", "open")
def test_idle(submission):
    """the share of digits that have no open hinge left"""
    judge(submission, 2, "A digit is idle if each of its nine wrong classes keeps its distance.")
