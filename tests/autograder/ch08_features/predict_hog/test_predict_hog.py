"""The graded checks of ``predict_hog()``: 8 points.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch08.predict_hog")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch08.predict_hog()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "length, mirrored, negative")


@pytest.mark.points(2)
@pytest.mark.about("length")
def test_length(submission):
    """how many numbers there are"""
    judge(
        submission,
        0,
        "Not this. Count the whole cells down, the whole cells across, and what one cell keeps.",
    )


@pytest.mark.points(3)
@pytest.mark.about("changes")
def test_mirrored(submission):
    """what a mirror does"""
    judge(submission, 1, "Not so. Draw one slanting arrow, and its mirror image, and find the bins of both.")


@pytest.mark.points(3)
@pytest.mark.about("changes")
def test_negative(submission):
    """what a negative does"""
    judge(
        submission,
        2,
        "Not so. What becomes of gx and gy of one pixel, and of their angle modulo half a turn?",
    )
