"""The graded checks of ``measure_pulls()``: 4 points.

What is right was measured by running the same experiment.
"""

import pytest

from lintutor.autograder import catalogue

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.measure_pulls")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures."""
    value = submission.ch04.measure_pulls()
    chance = f"; other seeds move it by less than {measured.tolerances()[part]:.1g}"
    measurements.judge(value, twins.NAMES, part, twins.near, twins.REFERENCE(), told + chance)


@pytest.mark.points(1)
@pytest.mark.about("share")
def test_true_share(submission):
    """the mean share of the true class"""
    judge(submission, 0, "the mean over the training digits of one share each, that of the true class")


@pytest.mark.points(1)
@pytest.mark.about("done")
def test_done(submission):
    """the share of digits that the hinge would be done with"""
    judge(
        submission,
        1,
        "the share of training digits of which each of the nine wrong classes keeps its distance of one",
    )


@pytest.mark.points(2)
@pytest.mark.about("pull")
def test_pull(submission):
    """the share of all pull that comes from those digits"""
    judge(submission, 2, "the pull of the digits that are done, added up, over all pull, added up")
