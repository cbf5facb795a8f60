"""The graded checks of ``predict_kink()``: 4 points. No message may hold what is right."""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch06.predict_kink")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    predictions.judge(submission.ch06.predict_kink(), twins.KINDS, part, twins.REFERENCE(), advice, "a, b, c")


@pytest.mark.points(2)
@pytest.mark.about("kink-difference")
def test_valley(submission):
    """the difference of |x| beside its kink"""
    judge(
        submission,
        0,
        "Not this. Draw |x|, mark x - h and x + h, and write down the two heights in units of h.",
    )


@pytest.mark.points(1)
@pytest.mark.about("kink-difference")
def test_ramp(submission):
    """the difference of max(0, x) beside its kink"""
    judge(
        submission,
        1,
        "Not this. One of the two points lies on the flat side: how high is the ramp at the other?",
    )


@pytest.mark.points(1)
@pytest.mark.about("kink-nudge")
def test_smaller(submission):
    """whether a smaller nudge agrees"""
    judge(
        submission,
        2,
        "Not so. How far is it from the point to the kink, and how far does the new nudge reach?",
    )
