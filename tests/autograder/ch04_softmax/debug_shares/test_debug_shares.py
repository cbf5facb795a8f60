"""The graded checks of ``debug_shares(S) -> P``: 3 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.losses import softmax as reference

arrays = catalogue.beside(__file__, "arrays")
boards = catalogue.beside(__file__, "boards")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.debug_shares")


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch04.debug_shares, reference, twins.forms, boards.shares)


@pytest.mark.points(1)
@pytest.mark.about("exponential", "sum")
def test_two_classes(answer):
    """is right for one example of two classes"""
    answer.value([*arrays.SMALL[:3], arrays.scores([[2, -1]])], "The shares are wrong")


@pytest.mark.points(1)
@pytest.mark.about("exponential", "sum")
def test_batches(answer, rng):
    """is right for batches of any size"""
    answer.value([*arrays.SMALL, *arrays.random_scores(rng)], "The shares are wrong")


@pytest.mark.points(1)
@pytest.mark.about("exponential", "sum")
def test_large_scores(answer):
    """is still right for scores of thousands"""
    answer.value(arrays.FAR, "The shares of large scores are wrong")
