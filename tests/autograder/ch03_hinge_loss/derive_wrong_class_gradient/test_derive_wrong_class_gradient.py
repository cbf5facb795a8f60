"""The graded checks of ``derive_wrong_class_gradient(x_d, s_j, s_y, delta)``: 6 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch03.derive_wrong_class_gradient")


@pytest.fixture
def answer(submission):
    return submission.ch03.derive_wrong_class_gradient


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTION.demand_form(answer)


@pytest.mark.points(1)
@pytest.mark.about("slope")
def test_open(answer):
    """is right where the hinge is open"""
    question.QUESTION.demand(answer, question.OPEN, "Where the hinge is open,")


@pytest.mark.points(1)
@pytest.mark.about("slope")
def test_closed(answer):
    """is right where the hinge is closed"""
    question.QUESTION.demand(answer, question.CLOSED, "Where the hinge is closed,")


@pytest.mark.points(3)
@pytest.mark.about("slope")
def test_everywhere(answer):
    """equals the slope at every point"""
    question.QUESTION.demand_everywhere(answer)
