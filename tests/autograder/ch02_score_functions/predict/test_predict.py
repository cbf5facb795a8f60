"""The graded checks of ``predict(X, W) -> labels``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.scores import predict as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch02.predict")


def working(case):
    """The scores, a row an example."""
    X, W = case.arguments
    return [f"example {i}: scores {problems.inline(row)}" for i, row in enumerate(X @ W)]


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch02.predict, reference, ("labels",), working)


def random_cases(rng, **options):
    return tables.random_weighted(rng, bias=False, **options)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns one label for each example"""
    fixed = tables.weighted(np.eye(6), [[0, 1, 2], [2, 1, 0], [0, 2, 1], [1, 0, 2], [5, 1, 0], [0, 0, 1]])
    answer.form([fixed, *random_cases(rng), *random_cases(rng, sizes=tables.EQUAL)], follow)


@pytest.mark.points(4)
@pytest.mark.about("data")
def test_labels(answer, rng):
    """the label is the place of the highest score"""
    tiny = [tables.weighted(X, W) for X, W in (([[1]], [[0, 2]]), ([[1]], [[3, 1]]), ([[-1]], [[3, 1, 2]]))]
    cases = [*tiny, *random_cases(rng), *random_cases(rng, sizes=[(30, 4, 10)])]
    answer.value(cases, "A label is wrong", rng, twins.untied())


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_ties(answer, rng):
    """a tie goes to the smallest label"""
    tiny = [
        tables.weighted([[1, 0]], [[2, 2], [0, 5]]),
        tables.weighted([[1]], [[1, 3, 3]]),
        tables.weighted([[0, 0], [1, 1]], [[1, 2, 3], [1, 2, -3]]),
        tables.weighted(np.ones((3, 2)), np.zeros((2, 10))),
        tables.weighted(np.eye(20), rng.integers(0, 3, size=(20, 60))),  # a quick sort mixes many equals
    ]
    whole = rng.integers(0, 3, size=(12, 3)), rng.integers(0, 3, size=(3, 5))
    answer.value([*tiny, tables.weighted(*whole)], "A tie is broken wrongly")


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng):
    """one example, one class, negative scores only, large scores, large beside small ones, float32"""
    cases = random_cases(rng, sizes=tables.EDGES) + random_cases(rng, dtype=np.float32)
    cases += [tables.weighted([[1]], [[-5, -2, -9]]), tables.weighted([[1e150]], [[1e150, 2e150]])]
    cases += [tables.weighted([[1]], [[0, 1, 2, 3, 9]]), tables.weighted([[1], [1000]], [[1, 2, 3]])]
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X and W stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(random_cases(rng))
