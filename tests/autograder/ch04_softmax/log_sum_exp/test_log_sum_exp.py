"""The graded checks of ``log_sum_exp(S) -> (N,)``: 8 points."""

import numpy as np
import pytest

from lintutor import losses
from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

rows = catalogue.beside(__file__, "rows")
boards = catalogue.beside(__file__, "boards")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.log_sum_exp")


def reference(S):
    return losses.log_sum_exp(S)


@pytest.fixture
def answer(submission):
    return rows.RowChecks(submission.ch04.log_sum_exp, reference, twins.forms, boards.log_sums)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns one number a row, shape (N,)"""
    answer.form(rows.random_scores(rng), follow)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_value(answer, rng):
    """the logarithm of the sum of exponentials of each row"""
    answer.value([*rows.SMALL, *rows.random_scores(rng)], "The result is wrong")


@pytest.mark.points(2)
@pytest.mark.about("stability", "data")
def test_large_scores(answer):
    """scores of thousands, of either sign, and rows that are far apart"""
    answer.value(rows.FAR, "The result for large scores is wrong")


@pytest.mark.points(1)
@pytest.mark.about("stability", "data")
def test_bounds_and_quiet(answer, rng):
    """never below the largest score, never more than log C above it, and no warning"""
    for case in (*rows.FAR, *rows.random_scores(rng, shift=300)):
        found, (S,) = answer.ask(case), case.arguments
        over = found - S.max(axis=1)
        if not (over >= -1e-9).all() or not (over <= np.log(S.shape[1]) + 1e-9).all():
            raise CheckFailed(
                "The result lies between the largest score and log C above it; yours lies "
                f"{over[np.argmax(np.abs(over))]:.6g} above it (at {case})."
            )
    answer.quiet([*rows.FAR, *rows.random_scores(rng)])
    answer.float32(rows.random_scores(rng))


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """S stays as it was"""
    answer.arguments_unchanged(rows.random_scores(rng))
