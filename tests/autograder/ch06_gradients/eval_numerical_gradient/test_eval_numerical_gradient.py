"""The graded checks of ``eval_numerical_gradient(f, x, h=1e-5) -> grad``: 15 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue

nudging = catalogue.beside(__file__, "nudging")
pytestmark = pytest.mark.exercise("ch06.eval_numerical_gradient")
SUM, CUBES, PRODUCT, EXP, WEIGHTED = (
    "sum(x**2)",
    "sum(x**3)",
    "prod(x)",
    "sum(exp(x))",
    "sum(w * x), w = 1, 2, 3, ...",
)


@pytest.fixture
def answer(submission):
    return nudging.Checks(submission.ch06.eval_numerical_gradient)


def random_cases(rng, names=(CUBES, EXP, WEIGHTED, SUM)):
    """Points of several shapes."""
    shapes = ((3,), (2, 3), (4, 1), (2, 2, 2))
    return [
        nudging.Case(name, rng.normal(size=shape), 0.3) for name, shape in zip(names, shapes, strict=True)
    ]


@pytest.mark.points(2)
@pytest.mark.about("shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape of x, for x of any shape"""
    answer.form([nudging.SMALL[0], *random_cases(rng)], follow)


@pytest.mark.points(4)
@pytest.mark.about("difference", "nudge")
def test_difference(answer, rng):
    """each entry is the centered difference with the nudge h"""
    small = [each for each in nudging.SMALL if each.name != PRODUCT]
    answer.value([*small, *random_cases(rng)], "The gradient is wrong")


@pytest.mark.points(3)
@pytest.mark.about("nudge")
def test_nudges(answer, rng):
    """nudges one entry at a time, all others as in x"""
    answer.nudges([nudging.case(PRODUCT, [2.0, 3.0]), *random_cases(rng)])


@pytest.mark.points(2)
@pytest.mark.about("nudge")
def test_x_unchanged(answer, rng):
    """x comes back unchanged"""
    answer.unchanged([nudging.case(SUM, [2.0, 3.0]), *random_cases(rng)])


@pytest.mark.points(3)
@pytest.mark.about("integers")
def test_integers(answer, follow):
    """whole numbers in x are the same point as floats"""
    cases = [
        nudging.case(name, x, 0.25) for name, x in ((SUM, [3]), (CUBES, [2, 1]), (SUM, [[1, -1], [0, 4]]))
    ]
    floats = [nudging.Case(each.name, each.x.astype(float), each.h) for each in cases]
    whole, own = ([np.ravel(answer.ask(each)) for each in some] for some in (cases, floats))
    right = all(nudging.near(given, np.ravel(each.expected)) for given, each in zip(own, floats, strict=True))
    if not right and all(nudging.near(*both) for both in zip(whole, own, strict=True)):
        follow("At whole numbers you give what you give at the same floats.")
        return
    told = "At whole numbers the gradient is wrong" + (
        ", and at the same floats it is right" if right else ""
    )
    answer.value(cases, told)


@pytest.mark.points(1)
def test_default(answer, rng):
    """without a third argument h is 1e-5"""
    for each in random_cases(rng):
        value, loss, _ = answer.run(nudging.Case(each.name, each.x, None))
        named = answer.ask(nudging.Case(each.name, each.x, 1e-5))
        nudged = max((np.abs(point - each.x).max() for point in loss.asked), default=0.0)
        if not (nudging.near(value, named, np.float32) and nudging.near(1e5 * nudged, 1.0, np.float32)):
            raise nudging.CheckFailed(
                f"Without h the nudges should be as with h = 1e-5; your longest is {nudged:.2g}."
            )
