"""The graded checks of ``derive_turned_square(u, v, c, s)``: 6 points."""

import pytest

from lintutor.autograder import catalogue

QUESTION = catalogue.beside(__file__, "question").QUESTION
pytestmark = pytest.mark.exercise("ch01.derive_turned_square")


@pytest.fixture
def answer(submission):
    return submission.ch01.derive_turned_square


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    QUESTION.demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("length")
def test_points(answer):
    """is right at points with small numbers"""
    QUESTION.demand(answer, QUESTION.points, "Here")


@pytest.mark.points(3)
@pytest.mark.about("length")
def test_everywhere(answer):
    """is right everywhere"""
    QUESTION.demand_everywhere(answer)
