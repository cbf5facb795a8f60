"""The graded checks of ``softmax_loss(x, y) -> (loss, dx)``: 6 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
shared = catalogue.beside(__file__, "on_scores")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.softmax_loss")


def board(case, due, given):
    """The probabilities of every row."""
    x, y = case.given.values()
    inline, lines = problems.inline, []
    for i, (row, label) in enumerate(zip(x, y, strict=True)):
        powers = np.exp(row)
        lines.append(f"example {i}: scores {inline(row)}, true class {label}")
        total = powers.sum()
        lines.append(f"    exp: {inline(powers)}, sum {problems.say(total)}, p = {inline(powers / total)}")
        lines.append(f"    -log p[{label}] = {problems.say(np.log(total) - row[label])}")
    return "\n".join(lines)


@pytest.fixture
def answer(submission):
    return shared.ScoreChecks(submission.ch09.softmax_loss, twins.REFERENCE, shared.NAMES, board)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a number and an array of the shape of x"""
    answer.form([*shared.SMALL, *shared.random_cases(rng)], follow)


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_loss(answer, rng):
    """the loss is the mean of -log p of the true classes"""
    answer.data(rng, "loss", "The {name} is wrong (at {case}).")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_gradient(answer, rng, follow):
    """dx is its slope"""
    answer.gradient(rng, follow)


@pytest.mark.points(1)
@pytest.mark.about("stability")
def test_large_scores(answer):
    """large scores do no harm: loss and gradient are finite and right"""
    answer.board = None
    cases = [
        shared.scored([[1000, 1000, -1000]], [0]),
        shared.scored([[-1000, -999, -1000], [1e4, 1e4, 1e4]], [1, 2]),
    ]
    right = answer.right(shared.SMALL)
    answer.values(cases, right, "With large scores {name} is wrong (at {case}).")
    answer.finite(cases, [name for name in shared.NAMES if name not in right])


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x and y stay as they were, and float32 works"""
    cases = shared.random_cases(rng)
    answer.unchanged([*shared.SMALL, *cases])
    answer.single(cases[:2], shared.NAMES)
