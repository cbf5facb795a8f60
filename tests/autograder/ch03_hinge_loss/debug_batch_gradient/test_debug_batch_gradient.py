"""The graded checks of ``debug_batch_gradient(W, X, y, rows, reg) -> (loss, dW)``: 4 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

mending = catalogue.beside(__file__, "mending")
pytestmark = pytest.mark.exercise("ch03.debug_batch_gradient")


@pytest.fixture
def answer(submission):
    return submission.ch03.debug_batch_gradient


def ask(answer, case):
    """Loss and gradient, or the check has failed."""
    return mending.demand_two(answer(*case.arguments), case.whole.W.shape, case.whole.W)


def demand(answer, cases, part, message):
    """Fail at the first of the batches where a part of the answer, 0 or 1, is wrong."""
    what = ("loss", "dW")[part]

    def wrong(case):
        return not near(getattr(ask(answer, case), what), case.expected[part])

    case = mending.first_wrong(cases, wrong)
    if case is not None:
        board = case.board(ask(answer, case), what) if max(case.sizes.values()) <= 4 else ""
        raise CheckFailed(f"{message} (at {case}).", board)


@pytest.mark.points(1)
@pytest.mark.about("batch")
def test_loss(answer, rng):
    """the loss without penalty is that of the batch"""
    demand(answer, mending.batches(rng), 0, "With reg = 0 the loss is not the mean over the drawn rows")


@pytest.mark.points(1)
@pytest.mark.about("batch")
def test_gradient(answer, rng):
    """the gradient without penalty is that of the batch"""
    demand(answer, mending.batches(rng), 1, "With reg = 0 the gradient is not that of the drawn rows")


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_penalty(answer, rng):
    """the penalty is in the loss and in the gradient"""
    for case in mending.batches(rng, reg=0.5):
        with_reg, without = ask(answer, case), ask(answer, case.with_reg(0.0))
        W, reg = case.whole.W, case.whole.reg
        added, due = with_reg.loss - without.loss, reg * np.sum(W**2)
        if not near(added, due):
            raise CheckFailed(f"reg = {reg:g} should add {due:.6g} to the loss; it adds {added:.6g}.")
        if not near(with_reg.dW - without.dW, 2 * reg * W):
            raise CheckFailed("What reg adds to the gradient is not 2 * reg * W.")
        if not np.any(without.dW) and np.any(case.with_reg(0.0).expected[1]):
            raise CheckFailed("The penalty is all that is left of the gradient.")
