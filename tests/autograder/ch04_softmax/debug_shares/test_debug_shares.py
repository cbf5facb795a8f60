"""The graded checks of ``debug_shares(S) -> P``: 3 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.losses import softmax as reference

rows = catalogue.beside(__file__, "rows")
results = catalogue.beside(__file__, "results")
boards = catalogue.beside(__file__, "boards")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.debug_shares")


@pytest.fixture
def answer(submission):
    return rows.RowChecks(submission.ch04.debug_shares, reference, twins.forms, boards.shares)


@pytest.mark.points(1)
@pytest.mark.about("exponential", "sum", "shape")
def test_two_classes(answer):
    """is right for one example of two classes"""
    answer.value([*rows.SMALL[:3], rows.scores([[2, -1]])], "The shares are wrong", results.first_wrong)


@pytest.mark.points(1)
@pytest.mark.about("exponential", "sum", "shape")
def test_batches(answer, rng):
    """is right for batches of any size"""
    answer.value([*rows.SMALL, *rows.random_scores(rng)], "The shares are wrong", results.first_wrong)


@pytest.mark.points(1)
@pytest.mark.about("exponential", "sum", "shape")
def test_large_scores(answer):
    """is still right for scores of thousands"""
    answer.value(rows.FAR, "The shares of large scores are wrong", results.first_wrong)
