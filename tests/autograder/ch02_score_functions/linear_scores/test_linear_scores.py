"""The graded checks of ``linear_scores(X, W, b) -> S``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near
from lintutor.scores import linear_scores as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")
problems = catalogue.beside(__file__, "problems")
pytestmark = pytest.mark.exercise("ch02.linear_scores")


def working(case):
    """Every score of the first example."""
    X, W, b = case.arguments
    return [
        f"S[0, {j}] = {tables.product(X[0], W[:, j])} + {problems.paren(b[j])} "
        f"= {problems.say(X[0] @ W[:, j] + b[j])}"
        for j in range(W.shape[1])
    ]


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch02.linear_scores, reference, ("S",), working)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape (N, C)"""
    answer.form(tables.random_weighted(rng, tables.SIZES + tables.EQUAL), follow)


@pytest.mark.points(4)
@pytest.mark.about("data")
def test_scores(answer, rng):
    """each score is row times column and the class's bias"""
    cases = [*tables.tiny_weighted(), *tables.random_weighted(rng)]
    answer.value(cases, "The scores are wrong", rng, tables.small_weighted())


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_bias(answer, rng):
    """the bias of a class moves its scores, and no other's"""

    def wrong(case):
        X, W, b = case.arguments
        other = arrays.Case({"X": X, "W": W, "b": b + np.arange(1, len(b) + 1)}, case.sizes)
        return not near(
            answer.ask(other)[0] - answer.ask(case)[0], np.tile(np.arange(1, len(b) + 1), (len(X), 1))
        )

    told = "When the biases rise by 1, 2, ... the scores of class 0, 1, ... should rise by as much"
    answer.law([*tables.tiny_weighted(), *tables.random_weighted(rng)], wrong, told)


@pytest.mark.points(2)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng):
    """one example, one pixel, one class, equal sizes, float32"""
    cases = tables.random_weighted(rng, tables.EDGES) + tables.random_weighted(rng, dtype=np.float32)
    cases.append(tables.weighted([[0, 0]], [[1, 2], [3, 4]], [5, 6]))
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X, W and b stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(tables.random_weighted(rng))
