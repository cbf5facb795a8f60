"""The graded checks of ``derive_picture_gradient(w, s, y)``: 4 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
pytestmark = pytest.mark.exercise("ch04.derive_picture_gradient")


@pytest.fixture
def answer(submission):
    return submission.ch04.derive_picture_gradient


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTIONS[0].demand_form(answer)


@pytest.mark.points(1)
@pytest.mark.about("slope")
def test_two_classes(answer):
    """is right for two classes"""
    slopes.demand(answer, question.TWO, question.where)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_more_classes(answer):
    """is right for more classes"""
    slopes.demand(answer, question.MORE, question.where)
