"""The graded checks of ``affine_backward(dout, cache) -> (dx, dw, db)``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue

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
    return parts.PartsChecks(backward, twins.REFERENCE, NAMES, layers.affine_back_board, ways)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns three arrays of the shapes of x, w and b"""
    cases = [layers.arriving(rng, case) for case in (*layers.rows(rng), *layers.pictures(rng))]
    answer.form(cases, follow)


def judge(answer, rng, name):
    """Compare one of the gradients."""
    cases = [*SMALL, *(layers.arriving(rng, case) for case in layers.rows(rng))]
    answer.values(cases, (name,), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_dx(answer, rng):
    """dx is the gradient of the examples"""
    judge(answer, rng, "dx")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_dw(answer, rng):
    """dw is the gradient of the weights, summed over the examples"""
    judge(answer, rng, "dw")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_db(answer, rng):
    """db is the gradient of the biases, summed over the examples"""
    judge(answer, rng, "db")


@pytest.mark.points(1)
@pytest.mark.about("shape", "data")
def test_any_shape(answer, rng):
    """dx has the shape in which x came, and all three are right there, too"""
    cases = [layers.arriving(rng, case) for case in layers.pictures(rng)]
    answer.values(cases, NAMES, "Where an example is not a row, {name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """dout and the cache stay as they were, and float32 works"""
    pictures = layers.pictures(rng)
    answer.unchanged([*SMALL, *(layers.arriving(rng, case) for case in (*layers.rows(rng), *pictures))])
    case = layers.arriving(rng, layers.rows(rng, np.float32)[0])
    answer.values([case], NAMES, "In float32 {name} is wrong (at {case}).", np.float32)
