"""The graded checks of ``predict_l1_unchanged()``: 5 points, one for each step.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

unchanged = catalogue.beside(__file__, "unchanged")
pytestmark = pytest.mark.exercise("ch01.predict_l1_unchanged")


@pytest.fixture
def judge(submission):
    return lambda part: unchanged.judge(submission.ch01.predict_l1_unchanged(), 1, part)


@pytest.mark.points(1)
@pytest.mark.about("shift")
def test_mean_picture(judge):
    """subtract the mean picture"""
    judge(0)


@pytest.mark.points(1)
@pytest.mark.about("shift")
def test_overall_mean(judge):
    """subtract the overall mean"""
    judge(1)


@pytest.mark.points(1)
@pytest.mark.about("factor")
def test_pixel_deviation(judge):
    """divide each pixel by its own deviation"""
    judge(2)


@pytest.mark.points(1)
@pytest.mark.about("factor")
def test_overall_deviation(judge):
    """divide all by one deviation"""
    judge(3)


@pytest.mark.points(1)
@pytest.mark.about("rotation")
def test_rotation(judge):
    """rotate the axes"""
    judge(4)
