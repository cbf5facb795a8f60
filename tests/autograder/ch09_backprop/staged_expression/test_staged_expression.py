"""The graded checks of ``staged_expression(x, y) -> (f, dx, dy)``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, slope

parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.staged_expression")

NUDGE = 0.0001

SMALL = [parts.case(x=x, y=y) for x, y in (([0], [0]), ([1], [0]), ([0], [1]), ([1], [-1]), ([3], [-4]))]


def board(case, due, given):
    """The stages forward, and what a nudge of each input does at the end."""
    x, y = (float(np.ravel(case.given[name])[0]) for name in "xy")
    stages = twins.stages(x, y)
    lines = [f"x = {problems.say(x)}, y = {problems.say(y)}"]
    lines += [f"{name} = {problems.say(value)}" for name, value in stages.items()]
    for name, moved in (("x", twins.stages(x + NUDGE, y)), ("y", twins.stages(x, y + NUDGE))):
        lines.append(f"raise {name} by {NUDGE}: f moves by {moved['f'] - stages['f']:.3g}")
    return "\n".join(lines)


@pytest.fixture
def answer(submission):
    return parts.PartsChecks(submission.ch09.staged_expression, twins.REFERENCE, ("f", "dx", "dy"), board)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns three arrays of the shape of x"""
    answer.form([*SMALL, *twins.cases(rng)], follow)


@pytest.mark.points(2)
@pytest.mark.about("value")
def test_forward(answer, rng):
    """f is the value of the expression"""
    answer.values([*SMALL, *twins.cases(rng)], ("f",), "{name} is wrong (at {case}).")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_dx(answer, rng, follow):
    """dx is the slope along x"""
    judge(answer, rng, follow, "x")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_dy(answer, rng, follow):
    """dy is the slope along y"""
    judge(answer, rng, follow, "y")


def judge(answer, rng, follow, name):
    """Compare one gradient; that of another f of the learner's own is followed through."""
    cases = [*SMALL, *twins.cases(rng)]
    try:
        answer.values(cases, (f"d{name}",), "{name} is wrong (at {case}).")
    except CheckFailed:
        if "f" in answer.right(cases) or not all(belongs(answer, case, name) for case in cases):
            raise
        follow(f"d{name} is right for the f that you compute.")


def belongs(answer, case, name):
    """Whether a gradient is the slope of the learner's own f."""
    given = answer.part(case, f"d{name}")[0]

    def total(v):
        return float(np.sum(answer.part(parts.Case({**case.given, name: v}), "f")[0]))

    return bool(np.any(given)) and np.allclose(given, slope(total, case.given[name]), rtol=1e-4, atol=1e-6)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x and y stay as they were, and numpy has nothing to warn of"""
    answer.unchanged([*SMALL, *twins.cases(rng), parts.case(x=[20, -20, 20, -20], y=[20, 20, -19, -20])])
