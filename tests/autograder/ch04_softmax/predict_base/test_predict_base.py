"""The graded checks of ``predict_base()``: 3 points, one for each part.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.predict_base")
FORM = "natural, same_minimum, caught"


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch04.predict_base()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, FORM)


@pytest.mark.points(1)
@pytest.mark.about("conversion")
def test_natural(submission):
    """natural: the same loss in natural logarithms"""
    judge(submission, 0, "Not this. Which share has that logarithm to base ten? Take its natural one.")


@pytest.mark.points(1)
@pytest.mark.about("minimum")
def test_same_minimum(submission):
    """same_minimum: whether the base moves the minimum"""
    judge(
        submission, 1, "Not this. Write down both objectives with the factor in front, the penalty included."
    )


@pytest.mark.points(1)
@pytest.mark.about("gradient-check")
def test_caught(submission):
    """caught: whether a gradient check complains"""
    judge(submission, 2, "Not this. A gradient check compares two things of the program: which?")
