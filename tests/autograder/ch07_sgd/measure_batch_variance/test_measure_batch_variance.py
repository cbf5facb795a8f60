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
    figure = twins.measurements.figure(submission.ch07.measure_batch_variance(), twins.NAMES, part)
    if not twins.near(figure, part, twins.REFERENCE()[part]):
        share = 100 * measured.tolerances()[part]
        raise CheckFailed(
            f"You report {figure:g}; the same experiment gave the grader another figure. {told} Other "
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
    figures = twins.measurements.read(submission.ch07.measure_batch_variance(), 3)
    if figures and None not in figures and min(figures[:2]) > 0:
        small, large, slope = figures
        own = twins.near(slope, 2, measured.slope(small, large))
        if own and not twins.near(slope, 2, twins.REFERENCE()[2]):
            follow("The slope is right for your two errors.")
            return
    judge(submission, 2, "Rise over run, in logarithms, with its sign.")
