"""The graded checks of ``debug_log_probabilities(S, y) -> (loss, dS)``: 3 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near
from lintutor.losses import cross_entropy_on_scores as reference

labeled = catalogue.beside(__file__, "labeled")
results = catalogue.beside(__file__, "results")
say, inline = labeled.boards.say, labeled.inline
pytestmark = pytest.mark.exercise("ch04.debug_log_probabilities")


@pytest.fixture
def answer(submission):
    return submission.ch04.debug_log_probabilities


def cases(rng):
    """Small cases first."""
    known = [
        labeled.case([[0, 0]], [1]),
        labeled.case([[0, 1]], [0]),
        labeled.case([[0, 1, 3], [2, 0, -2]], [1, 0]),
    ]
    return [*known, *(labeled.drawn(rng, N, C) for N, C in ((5, 4), (1, 6), (7, 2)))]


def ask(answer, case):
    """Loss and gradient, or the check has failed."""
    return results.demand_two(answer(*case.arguments), case.S.shape, case.S, "dS")


def demand(answer, rng, part, told):
    """Fail at the first case where a part of the answer, 0 or 1, is wrong."""
    what, name = ("loss", "dW")[part], ("loss", "dS")[part]

    def wrong(case):
        return not near(getattr(ask(answer, case), what), reference(*case.arguments)[part])

    case = results.first_wrong(cases(rng), wrong)
    if case is not None:
        due, found = reference(*case.arguments)[part], getattr(ask(answer, case), what)
        end = [f"{name}  expected {inline(due)}", f"{name}     yours {inline(found)}"]
        raise CheckFailed(f"{told} (at {case}).", case.board(end, shares=True))


@pytest.mark.points(1)
@pytest.mark.about("loss")
def test_loss(answer, rng):
    """the loss is the mean of -log of the true shares"""
    demand(answer, rng, 0, "The loss is wrong")


@pytest.mark.points(1)
@pytest.mark.about("gradient")
def test_gradient(answer, rng):
    """the gradient is the shares, less one at the true class, over N"""
    demand(answer, rng, 1, "The gradient is wrong")


@pytest.mark.points(1)
@pytest.mark.about("loss", "gradient", "logarithm")
def test_large_scores(answer):
    """both are right for large scores, too"""
    known = [
        labeled.case([[1000, 1001]], [0]),
        labeled.case([[0, -900]], [1]),
        labeled.case([[2000, 2001], [-3000, -3000]], [0, 1]),
    ]

    def wrong(case):
        found, (loss, dS) = ask(answer, case), reference(*case.arguments)
        return not (near(found.loss, loss) and near(found.dW, dS))

    case = results.first_wrong(known, wrong)
    if case is not None:
        found, (loss, dS) = ask(answer, case), reference(*case.arguments)
        end = [f"loss  expected {say(loss)}, yours {say(found.loss)}"]
        end += [f"dS    expected {inline(dS)}", f"         yours {inline(found.dW)}"]
        raise CheckFailed(f"At large scores it is wrong (at {case}).", case.board(end))
