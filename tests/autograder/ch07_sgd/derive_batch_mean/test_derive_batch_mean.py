"""The graded checks of ``derive_batch_mean(g, p, B)``: 4 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch07.derive_batch_mean")


@pytest.fixture
def answer(submission):
    return submission.ch07.derive_batch_mean


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns, for any number of examples"""
    for each in question.QUESTIONS:
        each.demand_form(answer)


@pytest.mark.points(1)
@pytest.mark.about("expectation")
def test_two_examples(answer):
    """is right for two examples, at every point"""
    each = question.QUESTIONS[0]
    each.demand(answer, each.points, "With two examples")
    each.demand_everywhere(answer)


@pytest.mark.points(2)
@pytest.mark.about("expectation")
def test_more_examples(answer):
    """is right for three and four examples"""
    for each in question.QUESTIONS[1:]:
        each.demand(answer, each.points, f"With {len(each.names[0])} examples")
        each.demand_everywhere(answer)
