"""The graded checks of ``derive_score_gradient(s, y, k)``: 5 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
pytestmark = pytest.mark.exercise("ch04.derive_score_gradient")


@pytest.fixture
def answer(submission):
    return submission.ch04.derive_score_gradient


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTIONS[0].demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_true_class(answer):
    """is right along the score of the true class"""
    slopes.demand(answer, question.TRUE, question.where)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_wrong_class(answer):
    """is right along the score of a wrong class"""
    slopes.demand(answer, question.WRONG, question.where)
