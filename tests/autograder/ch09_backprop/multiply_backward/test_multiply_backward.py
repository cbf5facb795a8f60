"""The graded checks of ``multiply_backward(x, y, dout) -> (dx, dy)``: 3 points."""

import pytest

from lintutor.autograder import catalogue

gates = catalogue.beside(__file__, "gates")
parts = catalogue.beside(__file__, "parts")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.multiply_backward")

SMALL = [
    parts.case(x=x, y=y, dout=dout)
    for x, y, dout in (
        (3, -4, 2),
        (5, 2, 1),
        (0, 7, 3),
        ([3, 0], [-4, 5], [2, 1]),
        ([[1, 2]], [[3, 4]], [[5, 6]]),
    )
]
BOARD = gates.nudges(lambda x, y: x * y, ("x", "y"), "x * y")


@pytest.fixture
def answer(submission):
    return parts.PartsChecks(submission.ch09.multiply_backward, twins.REFERENCE, ("dx", "dy"), board)


def board(case, due, given):
    """Nudge the inputs of a gate of numbers."""
    return BOARD(case, due, given) if case.given["x"].ndim == 0 else repr(case)


def random_cases(rng):
    """Arrays of several shapes."""
    return [
        parts.case(**{name: rng.normal(size=shape) for name in ("x", "y", "dout")})
        for shape in ((5,), (4, 3), (2, 3, 2))
    ]


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns two arrays of the shape of the inputs"""
    answer.form([*SMALL, *random_cases(rng)], follow)


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_values(answer, rng):
    """each input gets its share of the gradient"""
    answer.values([*SMALL, *random_cases(rng)], ("dx", "dy"), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x, y and dout stay as they were"""
    answer.unchanged([*SMALL, *random_cases(rng)])
