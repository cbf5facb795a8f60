"""The graded checks of ``debug_fork(inputs, gates) -> (result, gradients)``: 5 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near

answers = catalogue.beside(__file__, "answers")
circuits = catalogue.beside(__file__, "circuits")
pytestmark = pytest.mark.exercise("ch09.debug_fork")


@pytest.fixture
def answer(submission):
    return submission.ch09.debug_fork


def ask(answer, case):
    """Result and gradients, or the check has failed."""
    value = answer(*case.arguments)
    found = circuits.read(value, case)
    if found is None:
        raise CheckFailed(
            "It should return (result, gradients), a number and one number an input; "
            f"it returns {answers.counted(value)} (at {case})."
        )
    return found


def judge(answer, cases, message):
    """Fail at the first of the circuits whose gradients are wrong."""

    def wrong(case):
        return not near(ask(answer, case)[1], case.expected[1])

    case = first(cases, wrong)
    if case is not None:
        raise CheckFailed(message, circuits.board(case, ask(answer, case)[1]))


@pytest.mark.points(1)
@pytest.mark.gate
def test_forward(answer, rng):
    """computes the result, as the given code does"""
    for case in (*circuits.FORKS, *circuits.CHAINS, *circuits.drawn(rng)):
        given, due = ask(answer, case)[0], case.expected[0]
        if not near(given, due):
            raise CheckFailed(f"The result of {case} is {due:g}; yours is {given:g}.")


@pytest.mark.points(1)
@pytest.mark.about("fork")
def test_forks(answer):
    """a value that is used twice gets both gradients"""
    judge(answer, circuits.FORKS, "At a fork the gradient is wrong.")


@pytest.mark.points(1)
@pytest.mark.about("order")
def test_chains(answer):
    """the gradient arrives through several gates"""
    judge(
        answer, circuits.CHAINS, "Through several gates the gradient is wrong, though nothing is used twice."
    )


@pytest.mark.points(2)
@pytest.mark.about("fork", "order")
def test_circuits(answer, rng):
    """circuits of many gates, with forks, with values that nobody uses"""
    judge(
        answer, [*circuits.MIXED, *circuits.drawn(rng)], "In a circuit of several gates a gradient is wrong."
    )
