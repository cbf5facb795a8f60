"""The graded checks of ``predict_initial_loss()``: 3 points, one for each situation.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch03.predict_initial_loss")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch03.predict_initial_loss()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "a, b, c")


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_ten_classes(submission):
    """a: ten classes, margin one"""
    judge(submission, 0, "Not this. Write down the scores of one example at W = 0, and what each class pays.")


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_wide_margin(submission):
    """b: few classes, a wide margin"""
    judge(submission, 1, "Not this. What does one wrong class pay if its score equals the true one?")


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_strong_penalty(submission):
    """c: many classes, a narrow margin, a strong penalty"""
    judge(submission, 2, "Not this. Take the data term and the penalty one after the other.")
