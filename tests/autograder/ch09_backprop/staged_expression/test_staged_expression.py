"""The graded checks of ``staged_expression(x, y) -> (f, dx, dy)``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, slope

parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.staged_expression")

SMALL = [parts.case(x=x, y=y) for x, y in (([0], [0]), ([1], [0]), ([0], [1]), ([1], [-1]), ([3], [-4]))]


def board(case, due, given):
    """The stages forward, and the gradients that come back to the first of them."""
    x, y = (float(np.ravel(case.given[name])[0]) for name in "xy")
    stages = twins.stages(x, y)
    lines = [f"x = {problems.say(x)}, y = {problems.say(y)}"]
    lines += [f"{name} = {problems.say(value)}" for name, value in stages.items()]
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


@pytest.mark.points(4)
@pytest.mark.about("data")
def test_backward(answer, rng, follow):
    """dx and dy are the slopes of the expression"""
    cases = [*SMALL, *twins.cases(rng)]
    try:
        answer.values(cases, ("dx", "dy"), "{name} is wrong (at {case}).")
    except CheckFailed:
        if all(belongs(answer, case) for case in cases):
            follow("The gradients are right for the f that you compute.")
            return
        raise


def belongs(answer, case):
    """Whether dx and dy are the slopes of the learner's own f."""
    found, _ = answer.ask(case)
    if any(part is None for part in found.parts.values()):
        return False
    for name in "xy":

        def total(v, name=name):
            return float(np.sum(answer.part(parts.Case({**case.given, name: v}), "f")[0]))

        if not np.allclose(found.parts[f"d{name}"], slope(total, case.given[name]), rtol=1e-4, atol=1e-6):
            return False
    return bool(np.any(found.parts["dx"]) or np.any(found.parts["dy"]))


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x and y stay as they were, and numpy has nothing to warn of"""
    answer.unchanged([*SMALL, *twins.cases(rng), parts.case(x=[20, -20, 20, -20], y=[20, 20, -19, -20])])
