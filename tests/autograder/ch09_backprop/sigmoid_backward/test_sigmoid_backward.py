"""The graded checks of ``sigmoid_backward(out, dout)``: 4 points."""

import pytest

from lintutor.autograder import catalogue

parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.sigmoid_backward")

SMALL = [
    parts.case(out=out, dout=dout)
    for out, dout in ((0.5, 4), (0.9, 10), (0.2, -1), ([0.5, 0.75], [2, 16]), ([[0, 1, 0.5]], [[3, 3, 8]]))
]


def board(case, due, given):
    """Nudge x and see how far its sigmoid moves."""
    out = case.given["out"]
    if out.ndim or not 0 < out < 1:
        return repr(case)
    say, nudge = problems.say, 0.01
    x = float(twins.np.log(out / (1 - out)))
    moved = float(1 / (1 + twins.np.exp(-x - nudge)) - out)
    return (
        f"out = {say(out)}: then x was {x:.4f}\nraise x by {nudge}: out moves by {moved:.3g}, "
        f"the loss dout = {say(case.given['dout'])} times as far"
    )


@pytest.fixture
def answer(submission):
    return parts.PartsChecks(submission.ch09.sigmoid_backward, twins.REFERENCE, ("dx",), board)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape of out"""
    answer.form([*SMALL, *twins.cases(rng)], follow)


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_values(answer, rng):
    """is the slope, from the output alone, times what arrives"""
    answer.values([*SMALL, *twins.cases(rng)], ("dx",), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """out and dout stay as they were"""
    answer.unchanged([*SMALL, *twins.cases(rng)])
