"""The graded checks of ``measure_pulls()``: 4 points.

What is right is measured by running the same experiment, once a process.
"""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

measured = catalogue.beside(__file__, "measured")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.measure_pulls")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures, kindly."""
    figures = twins.read(submission.ch04.measure_pulls())
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
@pytest.mark.about("share")
def test_true_share(submission):
    """the mean share of the true class"""
    judge(submission, 0, "One share a digit, that of its true class, and their mean.")


@pytest.mark.points(1)
@pytest.mark.about("done")
def test_done(submission):
    """the share of digits that the hinge would be done with"""
    judge(submission, 1, "A digit is done if each of its nine wrong classes keeps its distance of one.")


@pytest.mark.points(2)
@pytest.mark.about("pull")
def test_pull(submission):
    """the share of all pull that comes from those digits"""
    judge(
        submission, 2, "Add up all pull, digits and classes; then that of the digits that are done; divide."
    )
