"""The graded checks of ``derive_affine_weight(x, g)``: 5 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch09.derive_affine_weight")


@pytest.fixture
def answer(submission):
    return submission.ch09.derive_affine_weight


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns, for any number of examples"""
    for each in question.QUESTIONS:
        each.demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_two_examples(answer):
    """is right for two examples"""
    each = question.QUESTIONS[0]
    each.demand(answer, each.points, "With two examples")
    each.demand_everywhere(answer)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_other_numbers(answer):
    """is right for one example and for three"""
    for each in question.QUESTIONS[1:]:
        each.demand(answer, each.points, f"With N = {len(each.names[0])}")
        each.demand_everywhere(answer)
