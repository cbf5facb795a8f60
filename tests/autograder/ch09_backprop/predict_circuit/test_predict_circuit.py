"""The graded checks of ``predict_circuit()``: 4 points.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.predict_circuit")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch09.predict_circuit()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "da, db, dc")


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_a(submission):
    """the gradient of a, which is used once"""
    judge(
        submission,
        0,
        "Not this. Start at f with a gradient of 1 and go back gate by gate: p, then q, then a.",
    )


@pytest.mark.points(2)
@pytest.mark.about("prediction")
def test_b(submission):
    """the gradient of b, which is used twice"""
    judge(
        submission,
        1,
        "Not this. Which two gates use b, what does each send back, and what happens at a fork?",
    )


@pytest.mark.points(1)
@pytest.mark.about("prediction")
def test_c(submission):
    """the gradient of c, an input of the max gate"""
    judge(submission, 2, "Not this. Raise c by a little: does max(b, c) notice?")
