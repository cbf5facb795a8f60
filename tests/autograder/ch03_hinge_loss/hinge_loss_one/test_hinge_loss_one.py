"""The graded checks of ``hinge_loss_one(s, y, delta=1.0) -> loss``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.losses import hinge_loss_one as reference

one_example = catalogue.beside(__file__, "one_example")
Row = one_example.Row
pytestmark = pytest.mark.exercise("ch03.hinge_loss_one")

SMALL = [
    Row(np.array(s, float), y) for s, y in (([0, 2], 0), ([2, 0], 0), ([0, 2, 4], 0), ([1, -4, 3, 2], 3))
]


@pytest.fixture
def answer(submission):
    return one_example.OneExampleChecks(submission.ch03.hinge_loss_one, reference)


def random_rows(rng, deltas=(1.0,)):
    """Rows of two to nine scores, each class in turn the true one."""
    return [
        Row(rng.normal(scale=2, size=count), y % count, delta)
        for y, count in enumerate((4, 2, 6, 9, 3, 5, 7))
        for delta in deltas
    ]


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns one number"""
    answer.form([Row(np.array([0.5, 2.0, 1.0]), 0), *random_rows(rng)], follow)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_value(answer, rng):
    """the loss is the sum over the wrong classes, each cut at 0"""
    answer.value([*SMALL, *random_rows(rng)], "The loss is wrong")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_delta(answer, rng):
    """delta is the margin, whatever its size"""
    known = [Row(np.array([13.0, -7, 11]), 0, 10.0), Row(np.array([0.0, 2]), 0, 0.5)]
    deltas = (0.0, 0.5, 3.0)
    answer.value([*known, *random_rows(rng, deltas)], "With another delta the loss is wrong")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_laws(answer, rng):
    """only differences of scores count, and no class is special"""
    for y in range(4):
        answer.laws(Row(rng.normal(scale=2, size=4), y), [2, 0, 3, 1])


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_edges(answer):
    """two classes, ties, margins of 0, large scores, float32, integers"""
    cases = [
        Row(np.array([3.0, 3.0]), 1),
        Row(np.zeros(10), 9),
        Row(np.array([0.0, 1.0, 1.0]), 1),
        Row(np.array([1e8, -1e8, 2e8, 0.0]), 0),
        Row(np.array([0.5, -1.25, 2.0], np.float32), np.int64(2)),
        Row(np.array([3, 1, 4, 1, 5]), 2),
        Row(np.array([1, 2]), 0, 2),
    ]
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """s stays as it was, and numpy has nothing to warn of"""
    answer.arguments_unchanged([*random_rows(rng), Row(np.array([1e8, -1e8, 0.0]), 1)])
