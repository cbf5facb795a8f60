"""The graded checks of ``measure_batch_variance()``: 6 points.

What is right was measured by running the same experiment.
"""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

measured = catalogue.beside(__file__, "measured")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.measure_batch_variance")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures, kindly."""
    figures = twins.read(submission.ch07.measure_batch_variance())
    if figures is None:
        raise CheckFailed(f"It should return three numbers: return {', '.join(twins.NAMES)}")
    if figures[part] is None:
        raise CheckFailed("This figure should be a number.")
    if not twins.near(figures[part], part, twins.REFERENCE()[part]):
        share = 100 * measured.tolerances()[part]
        raise CheckFailed(
            f"You report {figures[part]:g}; the same experiment gave the grader another figure. {told} Other "
            f"seeds move it by less than {share:.1g} percent, so it is not chance."
        )


@pytest.mark.points(2)
@pytest.mark.about("error")
def test_small(submission):
    """the mean squared error of batches of 10"""
    judge(submission, 0, "Is it the squared distance from the gradient of all digits, over all entries?")


@pytest.mark.points(2)
@pytest.mark.about("error")
def test_large(submission):
    """the mean squared error of batches of 160"""
    judge(
        submission,
        1,
        "The derivation of the section tells you beforehand how it compares with batches of 10.",
    )


@pytest.mark.points(2)
@pytest.mark.about("line", "error")
def test_slope(submission, follow):
    """the slope between the two on logarithmic axes"""
    figures = twins.read(submission.ch07.measure_batch_variance())
    if figures and None not in figures and min(figures[:2]) > 0:
        small, large, slope = figures
        own = twins.near(slope, 2, measured.slope(small, large))
        if own and not twins.near(slope, 2, twins.REFERENCE()[2]):
            follow("The slope is right for your two errors.")
            return
    judge(submission, 2, "Rise over run, in logarithms, with its sign.")
