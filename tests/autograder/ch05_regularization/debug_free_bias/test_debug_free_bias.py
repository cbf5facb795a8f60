"""The graded checks of ``debug_free_bias(W, reg) -> (value, gradient)``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")
results = catalogue.beside(__file__, "results")
twins = catalogue.beside(__file__, "twins")
say, paren, inline = problems.say, problems.paren, problems.inline
pytestmark = pytest.mark.exercise("ch05.debug_free_bias")

SMALL = [(np.array(W, float), 0.5) for W in ([[1, -2], [5, 7]], [[2], [1], [-3]])]


def cases(rng):
    """Known weights, then random ones."""
    return [*SMALL, *((rng.normal(size=shape), 0.3) for shape in ((5, 3), (2, 4), (4, 6)))]


def ask(answer, W, reg):
    """Value and gradient; None where a part cannot be read."""
    return results.two(answer(W.copy(), reg), W.shape)


def board(W, reg, found, came=None):
    """The arithmetic by hand; `came` is a gradient of another shape."""
    value, gradient = twins.REFERENCE(W, reg)
    squares = " + ".join(f"{paren(w)}^2" for w in W[:-1].ravel())
    return "\n".join(
        [
            f"W = {inline(W)}, the last row is the bias   reg = {reg:g}",
            f"    value: {reg:g} * ({squares}), and nothing for the bias",
            f"    slope of the bias row: {inline(0 * W[-1])}; of each other weight, as in the L2 penalty",
            f"value     expected {say(value)}, yours {say(found.loss)}",
            f"gradient  expected {inline(gradient)}",
            f"             yours {inline(came if found.dW is None else found.dW)}",
        ]
    )


def compare(answer, rng, part, told):
    """Fail at the first case where one part is wrong."""

    def wrong(case):
        got, due = getattr(ask(answer, *case), part), twins.REFERENCE(*case)[part == "dW"]
        return got is None or not near(got, due)

    case = first(cases(rng), wrong)
    if case is not None:
        found = ask(answer, *case)
        value = answer(case[0].copy(), case[1])
        came = value[1] if isinstance(value, tuple | list) and len(value) == 2 else value
        if getattr(found, part) is None:
            wanted = f"an array of shape {case[0].shape}" if part == "dW" else "a number"
            raise CheckFailed(
                f"The {told} should be {wanted}; it is {answers.described(came, case[0])}.",
                board(*case, found, came if answers.is_numeric(came) else None) if case[0].size <= 6 else "",
            )
        raise CheckFailed(
            f"The {told} is wrong (at reg = {case[1]:g}, W of shape {case[0].shape}).",
            board(*case, found) if case[0].size <= 6 else "",
        )


@pytest.fixture
def answer(submission):
    return submission.ch05.debug_free_bias


@pytest.mark.points(1)
@pytest.mark.gate
def test_runs(answer):
    """runs and returns two results, the first a number"""
    W, reg = SMALL[0]
    value = answer(W.copy(), reg)
    if not isinstance(value, tuple | list) or len(value) != 2 or results.number(value[0]) is None:
        given = value if isinstance(value, tuple | list) else [value]
        told = ", ".join(answers.described(part, W) for part in given[:4])
        raise CheckFailed(f"It should return (value, gradient), a number and an array; it returns {told}.")


@pytest.mark.points(1)
@pytest.mark.about("penalty")
def test_value(answer, rng):
    """the value charges all rows but the last"""
    compare(answer, rng, "loss", "value")


@pytest.mark.points(3)
@pytest.mark.about("penalty", "shape")
def test_gradient(answer, rng):
    """the gradient has the shape of W, and its last row is 0"""
    compare(answer, rng, "dW", "gradient")


@pytest.mark.points(3)
@pytest.mark.about("mutation")
def test_weights_unchanged(answer, rng):
    """W is afterwards what it was, the biases too"""
    for W, reg in cases(rng):
        reply = answer.run(W.copy(), reg, echo=True)
        after = np.asarray(reply.arguments[0])
        if after.shape != W.shape or not np.array_equal(after, W):
            shown = f"\nW before {inline(W)}\n  after  {inline(after)}" if W.size <= 6 else ""
            raise CheckFailed("W is changed by the call.", shown.strip())
        if reply.shared:
            raise CheckFailed("The gradient shares its memory with W. Return a new array.")
