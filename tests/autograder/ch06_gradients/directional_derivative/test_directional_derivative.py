"""The graded checks of ``directional_derivative(grad, v) -> slope``: 5 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, near

asking = catalogue.beside(__file__, "asking")
answers, say, paren = asking.answers, asking.say, asking.paren
pytestmark = pytest.mark.exercise("ch06.directional_derivative")


@pytest.fixture
def ask(submission):
    def run(grad, v):
        value = submission.ch06.directional_derivative(np.array(grad), np.array(v))
        if not answers.is_numeric(value) or np.size(value) != 1:
            raise CheckFailed(f"It should return one number; it returns {answers.described(value, None)}.")
        return float(np.ravel(value)[0])

    return run


@pytest.fixture
def pairs(ask, rng):
    """Gradients and directions of several shapes; of one axis, if the answer knows no others."""
    shapes = ((3,), (5,), (2, 3), (4, 4), (2, 1, 3))
    found = [(rng.normal(size=shape), rng.normal(size=shape)) for shape in shapes]
    try:
        for pair in found[2:]:
            ask(*pair)
    except (CheckFailed, LearnerError):
        return found[:2]
    return found


@pytest.mark.points(1)
@pytest.mark.about("shape")
@pytest.mark.gate
def test_form(submission, ask, pairs, follow):
    """returns one number for arrays of any shape"""
    found = [ask(*each) for each in pairs]
    if len(pairs) == 2:
        follow(
            "It works for arrays with one axis and not for others; the rest is graded with one axis.", lost=1
        )
    value = submission.ch06.directional_derivative(*pairs[0])
    if answers.form_of_loss(value) == answers.BOXED:
        follow("The result is one number packed into an array: `.item()` takes it out.", lost=1)
    if len(set(found)) == 1:
        raise CheckFailed(f"It returns {found[0]:g} for every direction: nothing is computed yet.")


@pytest.mark.points(2)
@pytest.mark.about("slope")
def test_value(ask, pairs):
    """is the slope of f(x + a v) by a, at a = 0"""
    small = [([3.0], [2.0]), ([3.0, 4.0], [2.0, -1.0])]
    square = [([[1.0, 0.0], [-2.0, 5.0]], [[2.0, 1.0], [3.0, 0.5]])] if len(pairs) > 2 else []
    for grad, v in (*small, *square, *pairs):
        due, given = float(np.sum(np.array(grad) * v)), ask(grad, v)
        if not near(given, due):
            terms = [f"{say(a)} * {paren(b)}" for a, b in zip(np.ravel(grad), np.ravel(v), strict=True)]
            head = f"grad = {asking.inline(grad)}   v = {asking.inline(v)}"
            total = f"slope  expected {say(due)}, yours {say(given)}"
            board = "\n".join([head, f"{' + '.join(terms)} = {say(due)}", total])
            raise CheckFailed("The slope is wrong.", board if np.size(grad) <= 4 else "")


@pytest.mark.points(1)
@pytest.mark.about("slope")
def test_laws(ask, pairs):
    """twice the direction has twice the slope, and the opposite one the opposite slope"""
    for grad, v in pairs:
        before = ask(grad, v)
        for factor in (2.0, -1.0):
            if not near(ask(grad, factor * v), factor * before):
                raise CheckFailed(
                    f"With v times {factor:g} the slope should be {factor * before:.4g}, "
                    f"yours is {ask(grad, factor * v):.4g}."
                )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_unchanged(submission, pairs):
    """grad and v stay as they came"""
    for pair in pairs:
        reply = submission.ch06.directional_derivative.run(*pair, echo=True)
        answers.refuse_changes(("grad", "v"), pair, reply.arguments)
