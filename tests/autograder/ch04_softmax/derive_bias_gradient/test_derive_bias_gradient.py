"""The graded checks of ``derive_bias_gradient(S, y, k)``: 4 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
pytestmark = pytest.mark.exercise("ch04.derive_bias_gradient")


@pytest.fixture
def answer(submission):
    return submission.ch04.derive_bias_gradient


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTIONS[0].demand_form(answer)


@pytest.mark.points(1)
@pytest.mark.about("slope")
def test_one_example(answer):
    """is right for a batch of one"""
    slopes.demand(answer, question.ONE, question.where)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_batches(answer):
    """is right for larger batches"""
    slopes.demand(answer, question.BATCHES, question.where)
