"""The graded checks of ``l1_distances(X, X_train) -> (M, N)``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue

distances = catalogue.beside(__file__, "distances")
reference = catalogue.beside(__file__, "twins").REFERENCE
pytestmark = pytest.mark.exercise("ch01.l1_distances")


@pytest.fixture
def answer(submission):
    return distances.checks(submission.ch01.l1_distances, reference, distances.l1_line)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of shape (M, N)"""
    answer.form(distances.random_cases(rng), follow)


@pytest.mark.points(4)
@pytest.mark.about("data")
def test_value(answer, rng):
    """each entry is the sum of the sizes of the gaps"""
    answer.value([*distances.small_cases(), *distances.random_cases(rng)], "A distance is wrong")


@pytest.mark.points(1)
@pytest.mark.about("bytes")
def test_bytes(answer, rng, follow):
    """pictures in bytes are measured like any others"""
    distances.demand_bytes(answer, distances.byte_cases(rng), follow)


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_edges(answer, rng):
    """equal rows, one pixel, far rows, float32"""
    cases = [*distances.edge_cases(), *distances.random_cases(rng, np.float32)]
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X and X_train stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged([*distances.random_cases(rng), *distances.byte_cases(rng)])
