"""The graded checks of ``measure_open_gates()``: 3 points.

What is right is measured by running the same experiment, once a process.
"""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

measured = catalogue.beside(__file__, "measured")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.measure_open_gates")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures, kindly."""
    figures = twins.read(submission.ch09.measure_open_gates())
    if figures is None:
        raise CheckFailed(f"It should return two numbers: return {', '.join(twins.NAMES)}")
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
    """the share of open gates before training"""
    judge(
        submission,
        0,
        "The weights are drawn around 0 and the digits are centered: what does that say of a sum's sign?",
    )


@pytest.mark.points(2)
@pytest.mark.about("open")
def test_after(submission):
    """the share of open gates after training"""
    judge(submission, 1, "Count the pairs of a training digit and a hidden unit whose sum is positive.")
