"""The graded checks of ``debug_accumulator(W, X, y, reg) -> loss``: 4 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

boards = catalogue.beside(__file__, "boards")
mending = catalogue.beside(__file__, "mending")
problems = catalogue.beside(__file__, "problems")
pytestmark = pytest.mark.exercise("ch03.debug_accumulator")


@pytest.fixture
def answer(submission):
    return submission.ch03.debug_accumulator


def ask(answer, case):
    """The loss, or the check has failed."""
    value = answer(*case.arguments)
    loss = mending.number(value)
    if loss is None:
        raise CheckFailed(
            f"It should return one number; it returns {mending.answers.described(value, case.W)}."
        )
    return loss


@pytest.mark.points(1)
@pytest.mark.about("crash")
@pytest.mark.gate
def test_runs(answer, rng):
    """runs to its end and returns one number"""
    for case in problems.sized_problems(rng, reg=0.5):
        ask(answer, case)


@pytest.mark.points(2)
@pytest.mark.about("loss")
def test_loss(answer, rng):
    """is the mean hinge loss where reg = 0"""

    def wrong(case):
        return not near(ask(answer, case), mending.reference(*case.arguments)[0])

    case = mending.first_wrong([*problems.tiny_problems(), *problems.sized_problems(rng)], wrong)
    if case is not None:
        found = mending.SimpleNamespace(loss=ask(answer, case))
        small = max(case.sizes.values()) <= 4
        board = boards.by_hand(case, found, "loss") if small else ""
        raise CheckFailed(f"With reg = 0 the loss is wrong (at {case}).", board)


@pytest.mark.points(1)
@pytest.mark.about("loss")
def test_penalty(answer, rng):
    """adds reg * sum(W**2) to it"""
    for case in problems.sized_problems(rng, reg=0.5):
        added = ask(answer, case) - ask(answer, case.with_reg(0.0))
        due = case.reg * np.sum(case.W**2)
        if not near(added, due):
            raise CheckFailed(f"reg = {case.reg:g} should add {due:.6g} to the loss; it adds {added:.6g}.")
        if near(ask(answer, case), due) and not near(mending.reference(*case.arguments)[0], due):
            raise CheckFailed("The penalty is all that is left of the loss.")
