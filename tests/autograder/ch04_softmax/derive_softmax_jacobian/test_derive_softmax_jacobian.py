"""The graded checks of ``derive_softmax_jacobian(s, j, k)``: 5 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
pytestmark = pytest.mark.exercise("ch04.derive_softmax_jacobian")


@pytest.fixture
def answer(submission):
    return submission.ch04.derive_softmax_jacobian


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTIONS[0].demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_own_score(answer):
    """is right for a share and its own score"""
    slopes.demand(answer, question.SAME, question.where)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_other_score(answer):
    """is right for a share and another's score"""
    slopes.demand(answer, question.OTHER, question.where)
