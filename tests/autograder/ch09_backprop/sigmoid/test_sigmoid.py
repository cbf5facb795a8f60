"""The graded checks of ``sigmoid(x)``: 4 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.sigmoid")

SMALL = [parts.case(x=x) for x in (0, 1, -1, [0, 2, -2], [[1, -3], [0.5, 4]])]


def board(case, due, given):
    """The two steps from x to its sigmoid."""
    powers = np.exp(-case.given["x"])
    inline = problems.inline
    return f"x = {inline(case.given['x'])}\nexp(-x) = {inline(powers)}\n1 + exp(-x) = {inline(1 + powers)}"


@pytest.fixture
def answer(submission):
    return parts.PartsChecks(submission.ch09.sigmoid, twins.REFERENCE, ("out",), board)


def random_cases(rng):
    """Arrays of several shapes."""
    return [parts.case(x=3 * rng.normal(size=shape)) for shape in ((5,), (4, 3), (2, 3, 2))]


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape of x"""
    answer.form([*SMALL, *random_cases(rng)], follow)


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_values(answer, rng):
    """is 1 / (1 + exp(-x)), entry by entry"""
    answer.values([*SMALL, *random_cases(rng)], ("out",), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("stability", "data")
def test_large_inputs(answer, rng):
    """is finite and exact at -1000 and at 1000, and numpy has nothing to warn of"""
    answer.board = None
    far = [parts.case(x=x) for x in (800, -800, [1000, 0, -1000], -40, -700)]
    answer.values(far, ("out",), "{name} is wrong far from 0 (at {case}).")
    for case in far[3:]:  # tiny, and known to their last digits all the same
        given, due = answer.part(case, "out")
        if abs(float(given) / float(due) - 1) > 1e-9:
            raise parts.CheckFailed(
                f"At {case} the result is about {float(due):.3g}, and digits of it are lost: 1 minus "
                "a number that is nearly 1 keeps few."
            )
    single = np.array([-100, 100, 0.5], np.float32)
    for case in (*far, parts.case(x=single)):
        parts.answers.refuse_warnings(answer.answer.run(*case.arguments, echo=True))


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x stays as it was, and float32 works"""
    answer.unchanged([*SMALL, *random_cases(rng)])
    case = parts.case(x=rng.normal(size=(3, 2)).astype(np.float32))
    answer.values([case], ("out",), "In float32 {name} is wrong (at {case}).", np.float32)
