"""The graded checks of ``linear_scores(X, W, b) -> S``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import first, near
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
def answer(submission, rng):
    upright = tables.random_weighted(rng, tables.SIZES[:1])[0]
    return arrays.ArrayChecks(submission.ch02.linear_scores, reference, ("S",), working, upright)


def wrong_bias(answer):
    """A function (case) -> whether the biases enter wrongly, whatever the products are."""

    def wrong(case):
        b = case.given["b"]
        raised = tables.weighted(case.given["X"], case.given["W"], b + np.arange(1, len(b) + 1))
        S = answer.ask(case)[0]
        rise, added = answer.ask(raised)[0] - S, S - answer.ask(tables.without_bias(case))[0]
        rows, precision = np.ones((len(S), 1)), arrays.precision(case, S)
        steps = rows * np.arange(1, len(b) + 1)
        return not (near(rise, steps, precision) and near(added, rows * b, precision))

    return wrong


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape (N, C)"""
    answer.form(tables.random_weighted(rng, tables.SIZES + tables.EQUAL), follow)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_products(answer, rng):
    """without biases each score is row times column"""
    cases = [tables.without_bias(case) for case in [*tables.tiny_weighted(), *tables.random_weighted(rng)]]
    strategy = tables.small_weighted().map(tables.without_bias)
    answer.value(cases, "With biases of zero the scores are wrong", rng, strategy)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_bias(answer, rng):
    """the bias of a class moves its scores, and no other's"""
    told = "When the biases rise by 1, 2, ... the scores of class 0, 1, ... should rise by as much"
    answer.law([*tables.tiny_weighted(), *tables.random_weighted(rng)], wrong_bias(answer), told)


@pytest.mark.points(2)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng, follow):
    """one example, one pixel, one class, equal sizes, float32"""
    cases = tables.random_weighted(rng, tables.EDGES) + tables.random_weighted(rng, dtype=np.float32)
    cases.append(tables.weighted([[0, 0]], [[1, 2], [3, 4]], [5, 6]))
    if first(tables.tiny_weighted(), wrong_bias(answer)) is not None:
        follow("Looked at without biases: they have cost their points above.")
        cases = [tables.without_bias(case) for case in cases]
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X, W and b stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(tables.random_weighted(rng))
