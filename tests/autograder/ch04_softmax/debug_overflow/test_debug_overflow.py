"""The graded checks of ``debug_overflow(S, y) -> loss``: 3 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

labeled = catalogue.beside(__file__, "labeled")
results = catalogue.beside(__file__, "results")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.debug_overflow")


@pytest.fixture
def answer(submission):
    return submission.ch04.debug_overflow


def ask(answer, case):
    """The loss, or the check has failed."""
    value = answer(*case.arguments)
    loss = results.number(value)
    if loss is None:
        described = results.answers.described(value, case.S)
        raise CheckFailed(f"It should return one number; it returns {described} (with {case}).")
    return loss


def demand(answer, cases, told):
    """Fail at the first case where the loss is wrong."""

    def wrong(case):
        return not near(ask(answer, case), twins.REFERENCE(*case.arguments))

    case = results.first_wrong(cases, wrong)
    if case is not None:
        due, found = twins.REFERENCE(*case.arguments), ask(answer, case)
        end = [f"mean  expected {labeled.boards.say(due)}, yours {labeled.boards.say(found)}"]
        raise CheckFailed(f"{told}: {due:.6g} is expected, {found:.6g} came (at {case}).", case.board(end))


@pytest.mark.points(1)
@pytest.mark.about("overflow", "logarithm")
def test_moderate(answer, rng):
    """is right for moderate scores"""
    tiny = [labeled.case([[0, 0]], [1]), labeled.case([[0, 1], [2, 0]], [1, 1])]
    demand(
        answer, [*tiny, *(labeled.drawn(rng, N, C) for N, C in ((4, 3), (1, 6), (7, 2)))], "The loss is wrong"
    )


@pytest.mark.points(1)
@pytest.mark.about("overflow")
def test_overflow(answer, rng):
    """is right where all scores of a row are high or low"""
    known = [labeled.case([[1000, 1000]], [0]), labeled.case([[-3000, -3001]], [1])]
    apart = labeled.case([[2000, 2001], [-3000, -3000]], [0, 1])
    cases = [labeled.drawn(rng, 4, 3, shift) for shift in (400, 1000, -1000)]
    demand(answer, [*known, apart, *cases], "Where all scores of a row are high or low the loss is wrong")


@pytest.mark.points(1)
@pytest.mark.about("logarithm")
def test_hopeless(answer):
    """is right where the share of the true class is too small for a float"""
    cases = [labeled.case([[0, -900]], [1]), labeled.case([[0, -3000, -1], [0, -5, -2000]], [1, 2])]
    demand(answer, cases, "Where the true class is far behind the loss is wrong")
