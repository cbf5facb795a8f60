"""The graded checks of ``predict_rates()``: 4 points, one for each log.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.predict_rates")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch07.predict_rates()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "a, b, c, d")


@pytest.mark.points(1)
@pytest.mark.about("reading")
def test_a(submission):
    """the rate of log A"""
    judge(
        submission,
        0,
        "Not this. Which rate leaves so much less after one step, and then falls by the flat direction "
        "alone?",
    )


@pytest.mark.points(1)
@pytest.mark.about("reading")
def test_b(submission):
    """the rate of log B"""
    judge(
        submission, 1, "Not this. Something grows here from step to step. Which factor is beyond minus one?"
    )


@pytest.mark.points(1)
@pytest.mark.about("reading")
def test_c(submission):
    """the rate of log C"""
    judge(
        submission,
        2,
        "Not this. Divide each loss by the one before: the share stays the same. What does that say of the "
        "two factors?",
    )


@pytest.mark.points(1)
@pytest.mark.about("reading")
def test_d(submission):
    """the rate of log D"""
    judge(
        submission,
        3,
        "Not this. The share that a step takes becomes smaller and smaller. What runs out, and what is left?",
    )
