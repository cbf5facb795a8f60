"""The graded checks of ``relu_forward(x) -> (out, cache)``: 3 points."""

import pytest

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.relu_forward")

SMALL = [parts.case(x=x) for x in ([2], [-1], [0], [[-1, 0], [2, -3]])]


def board(case, due, given):
    """There is nothing to compute on the way."""
    return repr(case)


@pytest.fixture
def answer(submission):
    return parts.PartsChecks(submission.ch09.relu_forward, twins.EXPECTED, ("out", "cache"), board)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape", "cache")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape of x and a cache"""
    answer.form([*SMALL, *twins.cases(rng)], follow)
    for case in [*SMALL, *twins.cases(rng)]:
        flaw = twins.cache_flaw(answer.answer(*case.arguments), case.given["x"])
        if flaw:
            follow(f"The cache should be x as it came: {flaw} (at {case}).", lost=1)
            break


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_values(answer, rng):
    """keeps what is positive, and makes 0 of the rest"""
    answer.values([*SMALL, *twins.cases(rng)], ("out",), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x stays as it was, and float32 works"""
    answer.unchanged([*SMALL, *twins.cases(rng)])
    answer.single(twins.cases(rng), ("out",))
