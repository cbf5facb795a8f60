"""The graded checks of ``derive_sigmoid_slope(s)``: 4 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch09.derive_sigmoid_slope")


@pytest.fixture
def answer(submission):
    return submission.ch09.derive_sigmoid_slope


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in s"""
    question.QUESTION.demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_points(answer):
    """is right at s = 1/2, 1/4, 3/4 and near the ends"""
    question.QUESTION.demand(answer, question.POINTS, "At the output of the sigmoid that is named below")


@pytest.mark.points(1)
@pytest.mark.about("slope")
def test_everywhere(answer):
    """is right at every s"""
    question.QUESTION.demand_everywhere(answer)
