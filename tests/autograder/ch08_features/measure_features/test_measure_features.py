"""The graded checks of ``measure_features()``: 12 points.

What is right was measured by running the same experiment.
"""

import pytest

from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "measurements")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch08.measure_features")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures."""
    value = submission.ch08.measure_features()
    measurements.judge(value, twins.NAMES, part, twins.near, twins.REFERENCE(), told)


@pytest.mark.points(4)
@pytest.mark.about("figures")
def test_pixels(submission):
    """the accuracy on pixels"""
    judge(submission, 0, "the share of the test scenes that is right with the pixels as they are")


@pytest.mark.points(4)
@pytest.mark.about("figures")
def test_hues(submission):
    """the accuracy on hues"""
    judge(
        submission,
        1,
        "the share of the test scenes that is right with hues, standardized by the training scenes",
    )


@pytest.mark.points(4)
@pytest.mark.about("figures")
def test_both(submission):
    """the accuracy on edges and hues"""
    judge(submission, 2, "the share of the test scenes that is right with all 154 columns, standardized")
