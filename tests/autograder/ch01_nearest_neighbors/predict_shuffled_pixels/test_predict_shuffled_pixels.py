"""The graded checks of ``predict_shuffled_pixels()``: 3 points, one for each part.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch01.predict_shuffled_pixels")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch01.predict_shuffled_pixels()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "both, one, changes")


@pytest.mark.points(1)
@pytest.mark.about("shuffled")
def test_both(submission):
    """both pictures shuffled"""
    judge(submission, 0, "Not this. Write the gaps down, then move them with their columns.")


@pytest.mark.points(1)
@pytest.mark.about("shuffled")
def test_one(submission):
    """one picture shuffled"""
    judge(
        submission,
        1,
        "Not this. Write the shuffled x out: at its first place stands the pixel with number two.",
    )


@pytest.mark.points(1)
@pytest.mark.about("blind")
def test_changes(submission):
    """whether a prediction can change"""
    judge(submission, 2, "Not so. What does a prediction depend on, and which of it does the shuffle touch?")
