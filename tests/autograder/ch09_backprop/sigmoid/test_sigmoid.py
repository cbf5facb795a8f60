"""The graded checks of ``sigmoid(x)``: 4 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

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


def far_board(case, due, given):
    """What becomes of the two exponentials far from 0."""
    largest = np.finfo(case.given["x"].dtype).max
    lines = [f"the largest {case.given['x'].dtype} number is {float(largest):.3g}"]
    for x in np.ravel(case.given["x"]):
        with np.errstate(over="ignore", under="ignore"):
            powers = [f"exp({problems.say(v)}) = {float(np.exp(v)):.3g}" for v in (x, -x)]
        lines.append(f"x = {problems.say(x)}: {', '.join(powers)}")
    return "\n".join(lines)


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
    answer.board = far_board
    far = [parts.case(x=x) for x in (800, -800, [1000, 0, -1000], -40, -700, -720)]
    right = answer.right(SMALL)
    answer.values(far, right, "{name} is wrong far from 0 (at {case}).")
    answer.finite(far, ("out",))
    for case in (*far, parts.case(x=np.array([-100, 100, 0.5], np.float32))):
        refuse_warnings(answer.answer.run(*case.arguments), case)
    for case in far[3:] if right else ():  # tiny, and known to their digits all the same
        (given, due), x = answer.part(case, "out"), float(case.given["x"])
        if twins.digits(x, float(given)) != twins.digits(x, float(due)):
            lines = far_board(case, None, None), f"expected {float(due):.6g}", f"   yours {float(given):.6g}"
            raise CheckFailed(
                f"At {case} the result is tiny but not 0, and its digits count.", "\n".join(lines)
            )


def refuse_warnings(reply, case):
    """Fail, with the reason, if exp has overflowed."""
    try:
        parts.answers.refuse_warnings(reply)
    except CheckFailed as failed:
        raise CheckFailed(f"{failed.message} It does so at {case}.", far_board(case, None, None)) from None


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x stays as it was, and float32 works"""
    answer.unchanged([*SMALL, *random_cases(rng)])
    answer.single(random_cases(rng), ("out",))
