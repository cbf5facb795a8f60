"""The graded checks of ``derive_true_class_gradient(x_d, s, y, delta)``: 6 points."""

import pytest

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
pytestmark = pytest.mark.exercise("ch03.derive_true_class_gradient")


@pytest.fixture
def answer(submission):
    return submission.ch03.derive_true_class_gradient


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns an expression in the unknowns, for any number of classes"""
    for each in question.QUESTIONS:
        each.demand_form(answer)


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_three_classes(answer):
    """is right for three classes, at every point"""
    each = question.QUESTIONS[0]
    each.demand(answer, each.points, "With C = 3 and y = 1,")
    each.demand_everywhere(answer)


@pytest.mark.points(3)
@pytest.mark.about("slope")
def test_other_sizes(answer):
    """is right for 2 to 5 classes and any true class"""
    for each in question.QUESTIONS[1:]:
        _, names, y, _ = each.names
        each.demand(answer, each.points, f"With C = {len(names)} and y = {y},")
        each.demand_everywhere(answer)
