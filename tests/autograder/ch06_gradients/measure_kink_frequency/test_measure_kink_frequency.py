"""The graded checks of ``measure_kink_frequency()``: 7 points. What is right is measured, once a process."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch06.measure_kink_frequency")


def judge(submission, part, told):
    """Fail unless one share is what the grader measures."""
    figure = twins.measurements.figure(submission.ch06.measure_kink_frequency(), twins.NAMES, part)
    if not twins.near(figure, twins.REFERENCE()[part]):
        raise CheckFailed(
            f"You report {figure:g}; the same experiment gave the grader another figure. {told} The seeds "
            "are given, so it is not chance."
        )


@pytest.mark.points(2)
@pytest.mark.about("frequency")
def test_on_the_kink(submission):
    """the share of entries that meet a kink with a margin of 0"""
    judge(submission, 0, "Here the scores are about as close to each other as the nudges are long.")


@pytest.mark.points(3)
@pytest.mark.about("frequency")
def test_as_usual(submission):
    """the share with a margin of 1 and weights of the same size"""
    judge(submission, 1, "Differences of scores are then of the size of the margin, now and then.")


@pytest.mark.points(2)
@pytest.mark.about("frequency")
def test_tiny(submission):
    """the share with a margin of 1 and tiny weights"""
    judge(submission, 2, "What is every margin close to, when all scores are close to 0?")
