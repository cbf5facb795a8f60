"""The graded checks of ``l2_distances(X, X_train) -> (M, N)``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import first, near

arrays = catalogue.beside(__file__, "arrays")
distances = catalogue.beside(__file__, "distances")
reference = catalogue.beside(__file__, "twins").REFERENCE
pytestmark = pytest.mark.exercise("ch01.l2_distances")


@pytest.fixture
def answer(submission):
    return distances.checks(submission.ch01.l2_distances, reference, distances.l2_line)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of shape (M, N)"""
    answer.form(distances.random_cases(rng), follow)


def demand(answer, cases, told, follow, lost=0):
    """Fail at the first wrong distance; where all are squares, the root alone costs its points."""

    def no_square(case):
        got = answer.ask(case)[0]
        return not near(got, reference(*case.arguments) ** 2, arrays.precision(case, got))

    if first(cases, no_square) is None:
        follow("These are squared distances; their root is missing. The rest is right.", lost=lost)
    else:
        answer.value(cases, told)


@pytest.mark.points(6)
@pytest.mark.about("data")
def test_value(answer, rng, follow):
    """each entry is the root of the sum of the squared gaps"""
    cases = [*distances.small_cases(), *distances.random_cases(rng)]
    demand(answer, cases, "A distance is wrong", follow, lost=3)


@pytest.mark.points(1)
@pytest.mark.about("bytes")
def test_bytes(answer, rng, follow):
    """pictures in bytes are measured like any others"""
    distances.demand_bytes(answer, distances.byte_cases(rng), follow)


@pytest.mark.points(1)
@pytest.mark.about("data", "equal-rows")
def test_edges(answer, rng, follow):
    """equal rows, one pixel, far rows, float32"""
    for _ in range(3):
        distances.demand_own_rows(answer, distances.own_rows(rng))
    cases = [*distances.edge_cases(), *distances.random_cases(rng, np.float32)]
    demand(answer, cases, "Wrong at the edge", follow)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X and X_train stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged([*distances.random_cases(rng), *distances.byte_cases(rng)])
