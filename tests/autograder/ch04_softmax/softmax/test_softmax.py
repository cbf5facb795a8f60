"""The graded checks of ``softmax(S) -> P``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near
from lintutor.losses import softmax as reference

rows = catalogue.beside(__file__, "rows")
boards = catalogue.beside(__file__, "boards")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.softmax")


@pytest.fixture
def answer(submission):
    return rows.RowChecks(submission.ch04.softmax, reference, twins.forms, boards.shares)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape of S"""
    answer.form(rows.random_scores(rng), follow)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_value(answer, rng):
    """the shares are exponentials over their sum, row by row"""
    answer.value([*rows.SMALL, *rows.random_scores(rng)], "The shares are wrong")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_laws(answer, rng):
    """each row sums to one, no row depends on another, and a shift of a row changes nothing"""
    case = rows.scores(rng.normal(scale=2, size=(5, 4)))
    (S,), P = case.arguments, answer.ask(case)
    if not near(P.sum(axis=1), np.ones(5)):
        raise CheckFailed(
            f"Each row should sum to one; your rows sum to {np.round(P.sum(axis=1), 4).tolist()}."
        )
    if not near(answer.ask(rows.scores(S[2:3])), P[2:3]):
        raise CheckFailed("A row alone gets other shares than among others: examples must not mix.")
    if not near(answer.ask(rows.scores(S + rng.normal(size=(5, 1)))), P):
        raise CheckFailed(
            "A constant added to all scores of a row should change nothing; your shares change."
        )


@pytest.mark.points(3)
@pytest.mark.about("stability", "data")
def test_large_scores(answer):
    """scores of thousands, of either sign, and rows that are far apart"""
    answer.value(rows.FAR, "The shares of large scores are wrong")


@pytest.mark.points(1)
@pytest.mark.about("stability")
def test_quiet(answer, rng):
    """nothing overflows, nothing is divided by zero, and float32 is enough"""
    answer.quiet([*rows.FAR, *rows.random_scores(rng)])
    answer.float32(rows.random_scores(rng))


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """S stays as it was"""
    answer.arguments_unchanged(rows.random_scores(rng))
