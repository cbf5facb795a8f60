"""The graded checks of ``predict_true_class_counted()``: 3 points, one for each part.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch03.predict_true_class_counted")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch03.predict_true_class_counted()
    predictions.judge(
        value, twins.KINDS, part, twins.REFERENCE(), advice, "excess, loops_caught, arrays_caught"
    )


@pytest.mark.points(1)
@pytest.mark.about("excess")
def test_excess(submission):
    """how much higher the loss is"""
    judge(
        submission,
        0,
        "Not this. What does the true class pay in one example, and what does the mean do to it?",
    )


@pytest.mark.points(1)
@pytest.mark.about("gradient-check")
def test_loops(submission):
    """whether a gradient check catches the loops"""
    judge(submission, 1, "Not so. Follow j = y[i] through the last two lines: what happens to column y[i]?")


@pytest.mark.points(1)
@pytest.mark.about("gradient-check")
def test_arrays(submission):
    """whether a gradient check catches the arrays"""
    judge(
        submission, 2, "Not so. Work out one row of counts with three classes before and after its last line."
    )
