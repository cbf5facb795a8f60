"""The graded checks of ``measure_few_examples()``: 6 points.

What is right is measured by running the same experiment, once a process.
"""

import pytest

from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "measurements")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch02.measure_few_examples")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures."""
    value = submission.ch02.measure_few_examples()
    measurements.judge(value, twins.NAMES, part, twins.near, twins.REFERENCE(), told)


@pytest.mark.points(2)
@pytest.mark.about("figures")
def test_one(submission):
    """the accuracy with one digit a class"""
    judge(submission, 0, "the share of the test digits that a model of ten stored digits gets right")


@pytest.mark.points(2)
@pytest.mark.about("figures")
def test_ten(submission):
    """the accuracy with ten digits a class"""
    judge(submission, 1, "the share of the test digits that means of ten get right")


@pytest.mark.points(2)
@pytest.mark.about("figures")
def test_fifty(submission):
    """the accuracy with fifty digits a class"""
    judge(submission, 2, "the share of the test digits that means of fifty get right")
