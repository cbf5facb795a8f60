"""The graded checks of ``debug_overflow(S, y) -> loss``: 3 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near

boards = catalogue.beside(__file__, "boards")
results = catalogue.beside(__file__, "results")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.debug_overflow")


@pytest.fixture
def answer(submission):
    return submission.ch04.debug_overflow


def demand(answer, cases, told):
    """Fail at the first case where the loss is wrong."""

    def ask(case):
        value = answer(case[0].copy(), case[1].copy())
        loss = results.number(value)
        if loss is None:
            described = results.answers.described(value, case[0])
            raise CheckFailed(f"It should return one number; it returns {described}.")
        return loss

    case = first(cases, lambda case: not near(ask(case), twins.REFERENCE(*case)))
    if case is not None:
        S, y = case
        lines, losses = [], []
        if S.size <= 6:
            for row, label in zip(S, y, strict=True):
                steps, loss, _ = boards.example(row, label)
                lines += [
                    f"scores {boards.inline(row)}, true class {label}",
                    *(f"    {each}" for each in steps),
                ]
                losses.append(loss)
            lines.append(f"mean  expected {boards.say(np.mean(losses))}, yours {boards.say(ask(case))}")
        raise CheckFailed(
            f"{told}: {twins.REFERENCE(*case):.6g} is expected, {ask(case):.6g} came.", "\n".join(lines)
        )


@pytest.mark.points(1)
@pytest.mark.about("overflow", "logarithm")
def test_moderate(answer, rng):
    """is right for moderate scores"""
    tiny = [twins.case([[0, 0]], [1]), twins.case([[0, 1], [2, 0]], [1, 1])]
    demand(
        answer, [*tiny, *(twins.drawn(rng, N, C) for N, C in ((4, 3), (1, 6), (7, 2)))], "The loss is wrong"
    )


@pytest.mark.points(1)
@pytest.mark.about("overflow")
def test_overflow(answer, rng):
    """is right where all scores are high or low"""
    known = [twins.case([[1000, 1000]], [0]), twins.case([[-3000, -3001]], [1])]
    cases = [twins.drawn(rng, 4, 3, shift) for shift in (400, 1000, -1000)]
    demand(answer, [*known, *cases], "Where all scores are high or low the loss is wrong")


@pytest.mark.points(1)
@pytest.mark.about("logarithm")
def test_hopeless(answer):
    """is right where the share of the true class is too small for a float"""
    cases = [twins.case([[0, -900]], [1]), twins.case([[0, -3000, -1], [0, -5, -2000]], [1, 2])]
    demand(answer, cases, "Where the true class is far behind the loss is wrong")
