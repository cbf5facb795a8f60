"""The graded checks of ``debug_log_probabilities(S, y) -> (loss, dS)``: 3 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near
from lintutor.losses import cross_entropy_on_scores as reference

boards = catalogue.beside(__file__, "boards")
results = catalogue.beside(__file__, "results")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.debug_log_probabilities")


@pytest.fixture
def answer(submission):
    return submission.ch04.debug_log_probabilities


def cases(rng):
    """Small cases first."""
    known = [
        twins.case([[0, 0]], [1]),
        twins.case([[0, 1]], [0]),
        twins.case([[0, 1, 3], [2, 0, -2]], [1, 0]),
    ]
    return [*known, *(twins.drawn(rng, N, C) for N, C in ((5, 4), (1, 6), (7, 2)))]


def demand(answer, rng, part, told):
    """Fail at the first case where a part of the answer, 0 or 1, is wrong."""
    what = ("loss", "dW")[part]

    def ask(case):
        S, y = case
        return getattr(results.demand_two(answer(S.copy(), y.copy()), S.shape, S), what)

    case = first(cases(rng), lambda case: not near(ask(case), reference(*case)[part]))
    if case is not None:
        S, y = case
        lines = []
        if S.size <= 6:
            for row, label in zip(S, y, strict=True):
                steps, _, p = boards.example(row, label)
                lines += [
                    f"scores {boards.inline(row)}, true class {label}",
                    *(f"    {each}" for each in steps),
                ]
                lines.append(f"    shares {boards.inline(p)}")
            name, due, found = ("loss", "dS")[part], reference(*case)[part], ask(case)
            lines += [f"{name}  expected {boards.inline(due)}", f"{name}     yours {boards.inline(found)}"]
        raise CheckFailed(f"{told} (at scores of shape {S.shape}).", "\n".join(lines))


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
@pytest.mark.about("loss", "gradient")
def test_large_scores(answer):
    """both are right for large scores, too"""
    for S, y in (twins.case([[1000, 1001]], [0]), twins.case([[0, -900]], [1])):
        found = results.demand_two(answer(S.copy(), y.copy()), S.shape, S)
        loss, dS = reference(S, y)
        if not (near(found.loss, loss) and near(found.dW, dS)):
            told = f"loss {boards.say(loss)} and dS {boards.inline(dS)} are expected"
            raise CheckFailed(f"At the scores {boards.inline(S)}, true class {y[0]}: {told}.")
