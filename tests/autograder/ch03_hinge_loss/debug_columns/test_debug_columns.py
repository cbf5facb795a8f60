"""The graded checks of ``debug_columns(W, X, y) -> (loss, dW)``: 4 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

mending = catalogue.beside(__file__, "mending")
pytestmark = pytest.mark.exercise("ch03.debug_columns")


@pytest.fixture
def answer(submission):
    return submission.ch03.debug_columns


def ask(answer, case):
    """Loss and gradient, or the check has failed."""
    found = case.read(answer(*case.arguments))
    if found.loss is None or found.dW is None:
        raise CheckFailed(f"It should return (loss, dW), a number and an array of the shape of W, at {case}.")
    return found


def demand(answer, rng, part, message):
    """Fail at the first of the problems where a part of the answer, 0 or 1, is wrong."""
    what = ("loss", "dW")[part]

    def wrong(case):
        return not near(getattr(ask(answer, case), what), case.expected[part])

    case = mending.first_wrong(mending.columns(rng), wrong)
    if case is not None:
        board = case.board(ask(answer, case), what) if max(case.rows.sizes.values()) <= 4 else ""
        raise CheckFailed(f"{message} (at {case}).", board)


@pytest.mark.points(1)
@pytest.mark.about("shape")
def test_form(answer, rng):
    """returns a number and an array of the shape of W"""
    for case in mending.columns(rng):
        W = case.arguments[0]
        mending.demand_two(answer(*case.arguments), W.shape, W)


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_loss(answer, rng):
    """the loss is the mean over the examples"""
    demand(answer, rng, 0, "The loss is wrong")


@pytest.mark.points(2)
@pytest.mark.about("data", "shape")
def test_gradient(answer, rng):
    """the gradient is the slope of that loss"""
    demand(answer, rng, 1, "The gradient is wrong")
