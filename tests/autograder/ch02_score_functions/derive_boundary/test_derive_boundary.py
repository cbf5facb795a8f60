"""The graded checks of ``derive_boundary(x_0, w_a, w_c, b_a, b_c)``: 9 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch02.derive_boundary")


@pytest.fixture
def answer(submission):
    return submission.ch02.derive_boundary


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTION.demand_form(answer)


@pytest.mark.points(4)
@pytest.mark.about("boundary")
def test_without_biases(answer):
    """is the tie wherever the biases are zero"""
    question.QUESTION.demand(answer, question.THROUGH_THE_ORIGIN, "With biases of zero,")
    question.WITHOUT_BIASES.demand_everywhere(answer)


@pytest.mark.points(4)
@pytest.mark.about("boundary")
def test_with_biases(answer):
    """is the tie with biases, at every point"""
    question.QUESTION.demand(answer, question.WITH_BIASES, "With biases,")
    question.QUESTION.demand_everywhere(answer)
