"""The graded checks of ``bias_trick(X, W, b) -> (X1, W1)``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import first, near
from lintutor.scores import bias_trick as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")
problems = catalogue.beside(__file__, "problems")
pytestmark = pytest.mark.exercise("ch02.bias_trick")


def working(case):
    """What the product has to give."""
    X, W, b = case.arguments
    return [f"X @ W + b = {problems.inline(X @ W + b)}, and X1 @ W1 should be the same"]


@pytest.fixture
def answer(submission, rng):
    upright = tables.random_weighted(rng, tables.SIZES[:1])[0]
    return arrays.ArrayChecks(submission.ch02.bias_trick, reference, ("X1", "W1"), working, upright)


def cases(rng):
    return [*tables.tiny_weighted(), *tables.random_weighted(rng)]


def wrong_product(answer):
    """A function (case) -> whether the product is not that of the scores."""

    def wrong(case):
        X, W, b = case.arguments
        X1, W1 = answer.ask(case)
        return not near(X1 @ W1, X @ W + b, arrays.precision(case, X1 @ W1))

    return wrong


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns two arrays, (N, D + 1) and (D + 1, C)"""
    answer.form(tables.random_weighted(rng, tables.SIZES + tables.EQUAL), follow)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_product(answer, rng):
    """X1 @ W1 equals X @ W + b"""
    answer.law(cases(rng), wrong_product(answer), "X1 @ W1 is not X @ W + b", rng, tables.small_weighted())


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_ones(answer, rng):
    """X1 is X with a last column of ones"""
    answer.value(cases(rng), "X1 is not X with a last column of ones", part=0)


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_row(answer, rng):
    """W1 is W with b as its last row"""
    answer.value(cases(rng), "W1 is not W with b as its last row", part=1)


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng, follow):
    """one example, one pixel, one class, equal sizes, float32"""
    edges = tables.random_weighted(rng, tables.EDGES) + tables.random_weighted(rng, dtype=np.float32)
    if first(cases(rng), wrong_product(answer)) is None and first(cases(rng), answer.wrong()) is not None:
        follow(
            "Only the product is looked at here: the places of ones and biases have cost their points above."
        )
        answer.law(edges, wrong_product(answer), "X1 @ W1 is not X @ W + b")
        return
    answer.edges(edges, cases(rng), follow)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X, W and b stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(tables.random_weighted(rng))
