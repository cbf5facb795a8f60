"""The graded checks of ``debug_numerical_gradient(f, x, h) -> grad``: 7 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

nudging = catalogue.beside(__file__, "nudging")
pytestmark = pytest.mark.exercise("ch06.debug_numerical_gradient")
SUM, PRODUCT, CUBES = "sum(x**2)", "prod(x)", "sum(x**3)"


@pytest.fixture
def answer(submission):
    return nudging.Checks(submission.ch06.debug_numerical_gradient)


@pytest.mark.points(1)
@pytest.mark.gate
def test_runs(answer, rng):
    """still gives what the given code got right: one entry of floats"""
    for x in (3.0, -2.0, rng.normal()):
        each = nudging.Case(CUBES, np.array([x]), 0.5)
        if answer.ask(each).shape != (1,):
            raise CheckFailed("It should return an array of the shape of x.")
        answer.value([each], "The gradient of one entry is wrong")


@pytest.mark.points(2)
@pytest.mark.about("nudge")
def test_entries(answer, rng):
    """each entry is nudged while all others are those of x"""
    answer.value([nudging.case(PRODUCT, [2.0, 3.0])], "The gradient of a product is wrong")
    answer.nudges([nudging.Case(PRODUCT, rng.normal(size=shape)) for shape in ((3,), (2, 3))])


@pytest.mark.points(2)
@pytest.mark.about("nudge")
def test_x_unchanged(answer, rng):
    """x comes back unchanged"""
    answer.unchanged([nudging.case(SUM, [2.0, 3.0]), nudging.Case(SUM, rng.normal(size=(2, 3)), 0.25)])


@pytest.mark.points(2)
@pytest.mark.about("integers")
def test_integers(answer):
    """whole numbers in x are the same point as floats"""
    cases = [nudging.case(SUM, [3], 0.25), nudging.case(CUBES, [2, 1]), nudging.case(SUM, [[1, -1], [0, 4]])]
    answer.value(cases, "At whole numbers the gradient is wrong")
