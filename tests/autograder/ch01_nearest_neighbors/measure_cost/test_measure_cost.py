"""The graded checks of ``measure_cost()``: 6 points. The grader times nothing: it knows what is computed."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

answers = catalogue.beside(__file__, "answers")
measurements = catalogue.beside(__file__, "measurements")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch01.measure_cost")


def judge(submission, part, told):
    """Fail unless one figure is what the arithmetic demands, kindly."""
    value = submission.ch01.measure_cost()
    figures = measurements.read(value, len(twins.NAMES))
    if figures is None:
        several = isinstance(value, tuple | list) or np.ndim(value)
        came = f"{len(value)} of them" if several else answers.described(value, None)
        raise CheckFailed(
            f"It should return two numbers: return {', '.join(twins.NAMES)}. It returns {came}."
        )
    if figures[part] is None:
        raise CheckFailed(f"This figure should be a number; it is {value[part]!r}.")
    if not twins.near(figures[part], part):
        raise CheckFailed(
            f"You report {figures[part]:g}. {told} Timings scatter, but by less than {twins.FORGIVEN:g}: "
            "is it the exponent, and was nothing else running?"
        )


@pytest.mark.points(3)
@pytest.mark.about("exponents")
def test_album(submission):
    """how the comparison with the whole album grows"""
    judge(submission, 0, "Count how many numbers are subtracted for one answer, as a formula in N and D.")


@pytest.mark.points(3)
@pytest.mark.about("exponents")
def test_means(submission):
    """how the comparison with the class means grows"""
    judge(submission, 1, "How many rows are compared with, for the small album and for the large one?")
