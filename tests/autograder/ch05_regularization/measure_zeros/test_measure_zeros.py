"""The graded checks of ``measure_zeros()``: 7 points.

What is right is measured by running the same experiment, once a process.
"""

import pytest

from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "measurements")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch05.measure_zeros")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures."""
    value = submission.ch05.measure_zeros()
    measurements.judge(value, twins.NAMES, part, twins.near, twins.REFERENCE(), told)


@pytest.mark.points(2)
@pytest.mark.about("zeros")
def test_weak(submission):
    """the share of zeros at the weak strength"""
    judge(submission, 0, "the share of the live weights that are exactly 0 at the weak strength")


@pytest.mark.points(2)
@pytest.mark.about("zeros")
def test_strong(submission):
    """the share of zeros at the strong strength"""
    judge(submission, 1, "the same share at the strong strength")


@pytest.mark.points(3)
@pytest.mark.about("unplugged")
def test_unplugged(submission):
    """the share of pixels that no class listens to"""
    judge(submission, 2, "the share of the live pixels whose ten weights are all exactly 0")
