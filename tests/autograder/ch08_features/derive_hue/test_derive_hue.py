"""The graded checks of ``derive_hue(low, step, rest)``: 8 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch08.derive_hue")


@pytest.fixture
def answer(submission):
    return submission.ch08.derive_hue


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTION.demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("hue")
def test_deep(answer):
    """is right for deep colors"""
    question.QUESTION.demand(answer, question.DEEP, "For a deep color")


@pytest.mark.points(2)
@pytest.mark.about("hue")
def test_pale(answer):
    """is right for pale colors"""
    question.QUESTION.demand(answer, question.PALE, "For a pale color")


@pytest.mark.points(3)
@pytest.mark.about("hue")
def test_everywhere(answer):
    """is the hue of every such color"""
    question.QUESTION.demand_everywhere(answer)
