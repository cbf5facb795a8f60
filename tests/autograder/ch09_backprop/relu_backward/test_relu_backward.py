"""The graded checks of ``relu_backward(dout, cache) -> dx``: 4 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue

layers = catalogue.beside(__file__, "layers")
parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.relu_backward")

SMALL = [
    parts.case(dout=dout, cache=x)
    for dout, x in (([5], [2]), ([5], [-1]), ([-7], [2]), ([[5, -6], [3, 4]], [[-1, 2], [3, -2]]))
]


def board(case, due, given):
    """Nudge each input and see whether its output moves."""
    dout, x = (problems.inline(value) for value in case.given.values())
    lines = [f"the input was x = {x}, and dout = {dout} arrives"]
    for x in np.unique(case.given["cache"]):
        moves = "moves as far" if x > 0 else "stays 0" if x < 0 else "moves, lower it and it stays 0: a kink"
        lines.append(f"raise an x of {problems.say(x)} by 0.01: its output {moves}")
    return "\n".join(lines)


@pytest.fixture
def answer(submission):
    ways = layers.with_own_cache(submission.ch09.relu_forward, lambda case: case.arguments[1:])
    return parts.PartsChecks(submission.ch09.relu_backward, twins.REFERENCE, ("dx",), board, ways)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape of dout"""
    answer.form([*SMALL, *twins.cases(rng)], follow)


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_values(answer, rng):
    """lets through where the input was positive, and nowhere else"""
    answer.values([*SMALL, *twins.cases(rng)], ("dx",), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_zero(answer):
    """lets nothing through where the input was exactly 0"""
    answer.values(
        [parts.case(dout=[5, 3, -2], cache=[0, 1, 0])], ("dx",), "Where x is 0, {name} is wrong (at {case})."
    )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """dout and the cache stay as they were, and float32 works"""
    answer.unchanged([*SMALL, *twins.cases(rng)])
    answer.single(twins.cases(rng), ("dx",))
