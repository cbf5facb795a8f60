"""The graded checks of ``debug_votes(gx, gy) -> histogram``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near

arrays = catalogue.beside(__file__, "arrays")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch08.debug_votes")


def working(case):
    """Each pixel's direction, bin and magnitude."""
    gx, gy = case.arguments
    lines = []
    for x, y in zip(gx.ravel(), gy.ravel(), strict=True):
        angle = np.degrees(np.arctan2(y, x)) % 180
        lines.append(
            f"    ({problems.say(x)}, {problems.say(y)}): angle modulo 180 is {angle:.4g}, "
            f"bin {int(angle // 20)}, magnitude {np.hypot(x, y):.4g} of {gx.size} pixels"
        )
    return lines


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch08.debug_votes, twins.REFERENCE, ("histogram",), working)


@pytest.mark.points(5)
@pytest.mark.about("data")
def test_directions(answer):
    """one pixel votes in the bin of its direction"""
    pairs = ((3, 0), (-3, 0), (0, 2), (0, -2), (2, 1), (-2, 1), (-2, -1), (2, -1))
    answer.value([twins.cell([[x]], [[y]]) for x, y in pairs], "A vote goes astray")


@pytest.mark.points(3)
@pytest.mark.about("votes")
def test_sizes(answer):
    """a bin holds the sum of its votes over the number of all pixels, whichever bin it is"""

    def wrong(case):
        (got,), (due,) = answer.ask(case), answer.due(case)
        return not near(np.sort(got), np.sort(due))

    cases = [twins.cell([[2, 0]], [[1, 0]]), twins.cell([[2, 4, 0, 0]], [[1, 2, 0, 0]])]
    answer.law(
        [*cases, twins.cell([[2, 6], [1, 2]], [[1, 3], [2, 4]])], wrong, "The height of a bin is wrong"
    )


@pytest.mark.points(2)
@pytest.mark.about("data", "votes")
def test_histogram(answer, rng):
    """whole cells"""
    answer.value(twins.random_cells(rng), "A whole cell is wrong")
