"""The graded checks of ``predict_gradient_norm()``: 6 points. No message may hold what is right."""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch06.predict_gradient_norm")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch06.predict_gradient_norm()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "length, drop, factor")


@pytest.mark.points(2)
@pytest.mark.about("norm")
def test_length(submission):
    """the length of the gradient"""
    judge(submission, 0, "Not this. How long is the way of such a step, and how steep is it along that way?")


@pytest.mark.points(2)
@pytest.mark.about("drop")
def test_drop(submission):
    """the drop at a shorter step"""
    judge(submission, 1, "Not this. On a straight ramp, what does a step of a fifth of the length gain?")


@pytest.mark.points(2)
@pytest.mark.about("factor")
def test_factor(submission):
    """what a loss ten times as large does to the drop"""
    judge(
        submission, 2, "Not this. Two things grow with the loss: how steep the way is, and how long the step."
    )
