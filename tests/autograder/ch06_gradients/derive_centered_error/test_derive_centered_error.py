"""The graded checks of ``derive_centered_error(h, d)``: 5 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "taylor").CENTERED
pytestmark = pytest.mark.exercise("ch06.derive_centered_error")


@pytest.fixture
def answer(submission):
    return submission.ch06.derive_centered_error


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in h and the derivatives"""
    question.demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("error")
def test_leading_term(answer):
    """the largest part of the error is right: all higher derivatives 0"""
    question.demand(answer, question.points[:1], "With one derivative that counts,")


@pytest.mark.points(2)
@pytest.mark.about("error")
def test_everywhere(answer):
    """all terms are right, at every point"""
    question.demand(answer, question.points, "With these derivatives")
    question.demand_everywhere(answer)
