"""The graded checks of ``measure_best_step()``: 6 points. What is right is measured."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch06.measure_best_step")


def judge(submission, part, told):
    """Fail unless one exponent is what the grader measures."""
    figure = twins.measurements.figure(submission.ch06.measure_best_step(), twins.NAMES, part)
    if not twins.same(figure, twins.REFERENCE()[part]):
        raise CheckFailed(
            f"You report {figure:g}; the same experiment gave the grader another exponent. {told}"
        )


@pytest.mark.points(2)
@pytest.mark.about("exponents")
def test_forward(submission):
    """the best nudge of the forward difference"""
    judge(submission, 0, "Near the square root of the rounding its two errors meet.")


@pytest.mark.points(2)
@pytest.mark.about("exponents")
def test_centered(submission):
    """the best nudge of the centered difference"""
    judge(submission, 1, "Its error falls with the square of h, so a longer nudge does for it.")


@pytest.mark.points(2)
@pytest.mark.about("exponents")
def test_float32(submission):
    """the best nudge of the centered difference in float32"""
    judge(submission, 2, "x and h are float32 before anything is computed with them.")
