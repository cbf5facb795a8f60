"""The graded checks of ``measure_zeros()``: 7 points.

What is right is measured by running the same experiment, once a process.
"""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

measured = catalogue.beside(__file__, "measured")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch05.measure_zeros")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures, kindly."""
    figures = twins.read(submission.ch05.measure_zeros())
    if figures is None:
        raise CheckFailed(f"It should return three numbers: return {', '.join(twins.NAMES)}")
    if figures[part] is None:
        raise CheckFailed("This figure should be a number.")
    if not twins.near(figures[part], part, twins.REFERENCE()[part]):
        raise CheckFailed(
            f"You report {figures[part]:g}; the same experiment gave the grader another figure. {told} "
            "There is no chance in it: it starts from zeros and looks at all digits in each step."
        )


@pytest.mark.points(2)
@pytest.mark.about("zeros")
def test_weak(submission):
    """the share of zeros at the weak strength"""
    judge(
        submission, 0, "Count the live weights that are exactly 0, and divide by the number of live weights."
    )


@pytest.mark.points(2)
@pytest.mark.about("zeros")
def test_strong(submission):
    """the share of zeros at the strong strength"""
    judge(submission, 1, "It is counted as at the weak strength; only reg is another.")


@pytest.mark.points(3)
@pytest.mark.about("unplugged")
def test_unplugged(submission):
    """the share of pixels that no class listens to"""
    judge(submission, 2, "A pixel is unplugged if all ten weights of its row are exactly 0.")
