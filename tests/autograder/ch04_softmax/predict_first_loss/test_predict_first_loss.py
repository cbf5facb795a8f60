"""The graded checks of ``predict_first_loss()``: 3 points, one for each situation.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.predict_first_loss")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch04.predict_first_loss()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "a, b, c")


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_ten_classes(submission):
    """a: ten classes, weights of zero"""
    judge(submission, 0, "Not this. Write down the scores of one example, then its shares.")


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_high_scores(submission):
    """b: few classes, all scores high"""
    judge(submission, 1, "Not this. What do equal scores become under softmax, however high they are?")


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_strong_penalty(submission):
    """c: many classes, a strong penalty"""
    judge(submission, 2, "Not this. Take the data term and the penalty one after the other.")
