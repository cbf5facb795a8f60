"""The graded checks of ``derive_equivalent_strength(reg, delta, scale)``: 10 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch05.derive_equivalent_strength")


@pytest.fixture
def answer(submission):
    return submission.ch05.derive_equivalent_strength


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns"""
    question.QUESTION.demand_form(answer)


@pytest.mark.points(3)
@pytest.mark.about("margin")
def test_margins(answer):
    """is right where the pixels stay as they are"""
    question.QUESTION.demand(answer, question.MARGINS, "With untouched pixels, scale = 1,")


@pytest.mark.points(3)
@pytest.mark.about("scale")
def test_scales(answer):
    """is right where the margin is 1 already"""
    question.QUESTION.demand(answer, question.SCALES, "With the old margin delta = 1")


@pytest.mark.points(3)
@pytest.mark.about("margin", "scale")
def test_everywhere(answer, follow):
    """equals the new strength at every point"""
    if told := question.right_but_for_one(answer):
        follow(f"It is right but for what the {told} does, which has cost its points above.")
        return
    question.QUESTION.demand_everywhere(answer)
