"""The graded checks of ``L_i_vectorized(x, y, W) -> loss``: 10 points. x is one column, W is (C, D)."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.losses import hinge_loss_one

answers = catalogue.beside(__file__, "answers")
one_example = catalogue.beside(__file__, "one_example")
Picture = one_example.Picture
pytestmark = pytest.mark.exercise("ch03.L_i_vectorized")


def reference(x, y, W):
    return hinge_loss_one(W @ x, y)


@pytest.fixture
def answer(submission):
    return one_example.OneExampleChecks(submission.ch03.L_i_vectorized, reference)


def picture(x, y, W):
    return Picture(np.array(x, float), y, np.array(W, float))


SMALL = [
    picture([1], 0, [[0], [2]]),
    picture([1], 0, [[2], [0]]),
    picture([1, 2], 0, [[0, 1], [2, 0]]),
    picture([2, 1], 1, [[2, 0], [0, 2], [3, -3]]),
]


def random_pictures(rng):
    """Images of one to seven pixels and two to nine classes."""
    return [
        Picture(rng.normal(size=D), int(rng.integers(C)), rng.normal(scale=1.5, size=(C, D)))
        for D, C in ((3, 4), (5, 2), (4, 4), (1, 9), (7, 3), (2, 6))
    ]


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns one number, for W of shape (C, D) and x of shape (D,)"""
    answer.form([picture([1.0, 0.5, 2.0], 1, [[1, 0, 1], [0, 1, 0]]), *random_pictures(rng)], follow)


@pytest.mark.points(4)
@pytest.mark.about("data", "shape")
def test_value(answer, rng):
    """the loss is the sum over the wrong classes, each cut at 0"""
    answer.value([*SMALL, *random_pictures(rng)], "The loss is wrong")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_laws(answer, rng):
    """only differences of scores count, and no class is special"""
    for y in range(4):
        case = Picture(rng.normal(size=3), y, rng.normal(scale=1.5, size=(4, 3)))
        answer.laws(case, [2, 0, 3, 1])


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_edges(answer):
    """one pixel, two classes, W of zeros, margins of 0, float32, integers"""
    cases = [
        picture([2.0], 1, [[3], [3]]),
        picture(np.ones(6), 7, np.zeros((10, 6))),
        picture([1.0], 1, [[0], [1], [1]]),
        picture([1e4, -1e4], 0, [[1e4, 0], [0, 1e4], [2e4, 0]]),
        Picture(np.array([0.5, 2], np.float32), np.int64(1), np.array([[1, 2], [0.5, 1]], np.float32)),
        Picture(np.array([3, 1]), 0, np.array([[1, 4], [2, 1], [5, 5]])),
    ]
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x and W stay as they were, and numpy has nothing to warn of"""
    square = [Picture(rng.normal(size=4), y, rng.normal(scale=1.5, size=(4, 4))) for y in range(4)]
    answer.arguments_unchanged(square)  # so that taking rows for columns does not cost this point, too


@pytest.mark.points(2)
def test_no_loop(answer, rng):
    """has no loop: none in the text, none hidden"""
    small, large = (Picture(rng.normal(size=n), 0, rng.normal(scale=0.05, size=(n, n))) for n in (4, 40))
    answers.refuse_loops(answer.answer, small, large, slack=12)
