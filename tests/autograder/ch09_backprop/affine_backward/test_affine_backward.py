"""The graded checks of ``affine_backward(dout, cache) -> (dx, dw, db)``: 8 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

layers = catalogue.beside(__file__, "layers")
parts = catalogue.beside(__file__, "parts")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.affine_backward")

NAMES = ("dx", "dw", "db")
SMALL = [
    parts.case(("x", "w", "b"), dout=dout, cache=(x, w, b))
    for dout, x, w, b in (
        ([[2]], [[5]], [[3]], [1]),
        ([[3], [-1]], [[1, 2], [3, 0]], [[1], [10]], [0.5]),
        ([[1, 0, 2]], [[1, 2]], [[1, 0, 2], [10, 1, 0]], [5, -1, 0]),
    )
]


@pytest.fixture
def answer(submission):
    ways = layers.with_own_cache(submission.ch09.affine_forward, lambda case: case.arguments[1])
    backward = submission.ch09.affine_backward
    return parts.PartsChecks(
        backward, twins.REFERENCE, NAMES, layers.affine_back_board, ways, telling=twins.PROBES[0]
    )


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns three arrays of the shapes of x, w and b"""
    cases = [layers.arriving(rng, case) for case in (*layers.rows(rng), *layers.pictures(rng))]
    answer.form(cases, follow)


def in_rows(rng):
    """Cases whose examples are rows."""
    return [*SMALL, *(layers.arriving(rng, case) for case in layers.rows(rng))]


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_dx(answer, rng):
    """dx is the gradient of the examples"""
    answer.values(in_rows(rng), ("dx",), "{name} is wrong (at {case}).")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_dw(answer, rng):
    """dw is the gradient of the weights, summed over the examples"""
    answer.values(in_rows(rng), ("dw",), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_db(answer, rng):
    """db is the gradient of the biases, summed over the examples"""
    answer.values(in_rows(rng), ("db",), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("shape", "data")
def test_any_shape(answer, rng):
    """dx has the shape in which x came, and what is right with rows is right there, too"""
    cases = [layers.arriving(rng, case) for case in layers.pictures(rng)]
    names = answer.right(in_rows(rng))
    if not names:
        raise CheckFailed("Nothing is right yet where the examples are rows: begin there.")
    answer.values(cases, names, "Where an example is not a row, {name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """dout and the cache stay as they were, and float32 works"""
    pictures = layers.pictures(rng)
    cases = [layers.arriving(rng, case) for case in (*layers.rows(rng), *pictures)]
    answer.unchanged([*SMALL, *cases])
    answer.single(cases[:2], NAMES)
