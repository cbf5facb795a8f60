"""The graded checks of ``predict_preferred()``: 3 points, one for each part.

No message may hold what is right.
"""

import pytest

from lintutor.autograder import catalogue

predictions = catalogue.beside(__file__, "predictions")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch05.predict_preferred")


def judge(submission, part, advice):
    """Fail unless one part is right."""
    value = submission.ch05.predict_preferred()
    predictions.judge(value, twins.KINDS, part, twins.REFERENCE(), advice, "l2_prefers_b, l1_prefers_b, beta")


@pytest.mark.points(1)
@pytest.mark.about("preference")
def test_l2(submission):
    """which one L2 prefers"""
    judge(submission, 0, "Not so. Square each number of a and of b, and add.")


@pytest.mark.points(1)
@pytest.mark.about("preference")
def test_l1(submission):
    """which one L1 prefers"""
    judge(submission, 1, "Not so. Add the distances from 0, for a and for b.")


@pytest.mark.points(1)
@pytest.mark.about("beta")
def test_beta(submission):
    """where the elastic net is undecided"""
    judge(
        submission,
        2,
        "Not this. Write down what a costs and what b costs, each with beta in it, and set them equal.",
    )
