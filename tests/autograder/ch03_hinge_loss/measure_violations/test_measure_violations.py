"""The graded checks of ``measure_violations()``: 5 points.

What is right was measured by running the same experiment.
"""

import pytest

from lintutor.autograder import catalogue

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch03.measure_violations")


def judge(submission, part, told):
    """Fail unless one figure is what the grader measures."""
    value = submission.ch03.measure_violations()
    chance = f"; other seeds move it by less than {measured.tolerances()[part]:.1g}"
    measurements.judge(value, twins.NAMES, part, twins.near, twins.REFERENCE(), told + chance)


@pytest.mark.points(1)
@pytest.mark.about("open")
def test_before(submission):
    """the share of open hinges before training"""
    judge(
        submission,
        0,
        "the share of the pairs of a training digit and a wrong class, before the first step",
    )


@pytest.mark.points(2)
@pytest.mark.about("open")
def test_after(submission):
    """the share of open hinges after training"""
    judge(
        submission,
        1,
        "the same share after the last step: the open pairs of the training digits over all of them",
    )


@pytest.mark.points(2)
@pytest.mark.about("idle", "open")
def test_idle(submission):
    """the share of digits that have no open hinge left"""
    judge(
        submission,
        2,
        "the share of training digits of which each of the nine wrong classes keeps its distance",
    )
