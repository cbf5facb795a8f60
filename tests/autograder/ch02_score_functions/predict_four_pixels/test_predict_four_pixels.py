"""The graded checks of ``predict_four_pixels()``: 6 points, two for each class.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch02.predict_four_pixels")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch02.predict_four_pixels()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "cat, dog, ship")


@pytest.mark.points(2)
@pytest.mark.about("prediction")
def test_cat(submission):
    """the score of the cat"""
    judge(submission, 0, "Not this. Write the first column beside the pixels: which products are negative?")


@pytest.mark.points(2)
@pytest.mark.about("prediction")
def test_dog(submission):
    """the score of the dog"""
    judge(submission, 1, "Not this. Go through the second column, sign by sign, down to its bias.")


@pytest.mark.points(2)
@pytest.mark.about("prediction")
def test_ship(submission):
    """the score of the ship"""
    judge(submission, 2, "Not this. Which of the ship's products are zero, and is its bias in your sum?")
