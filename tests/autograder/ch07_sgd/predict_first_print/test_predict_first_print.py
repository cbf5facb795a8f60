"""The graded checks of ``predict_first_print()``: 3 points, one for each part.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.predict_first_print")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch07.predict_first_print()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "data, penalty, later")


@pytest.mark.points(1)
@pytest.mark.about("first-data")
def test_data(submission):
    """the data term of the first loss"""
    judge(
        submission,
        0,
        "Not this. All scores are equal: what does each wrong class pay, and how many are there?",
    )


@pytest.mark.points(1)
@pytest.mark.about("first-penalty")
def test_penalty(submission):
    """the penalty in the first loss"""
    judge(
        submission, 1, "Not this. How many entries has W, and what is the square of one of them on average?"
    )


@pytest.mark.points(1)
@pytest.mark.about("decay")
def test_later(submission):
    """the penalty after a hundred steps"""
    judge(submission, 2, "Not this. What does one step multiply W by? And the sum of its squares?")
