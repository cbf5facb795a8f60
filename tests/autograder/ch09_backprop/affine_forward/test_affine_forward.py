"""The graded checks of ``affine_forward(x, w, b) -> (out, cache)``: 4 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

layers = catalogue.beside(__file__, "layers")
parts = catalogue.beside(__file__, "parts")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.affine_forward")

SMALL = [
    parts.case(x=x, w=w, b=b)
    for x, w, b in (
        ([[2]], [[3]], [1]),
        ([[1, 2]], [[1], [10]], [0.5]),
        ([[1, 2], [3, 0]], [[1, 0, 2], [10, 1, 0]], [5, -1, 0]),
    )
]


@pytest.fixture
def answer(submission):
    names = ("out", "cache")
    return parts.PartsChecks(submission.ch09.affine_forward, twins.EXPECTED, names, layers.affine_board)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape", "cache")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array (N, H) and a cache"""
    answer.form([*SMALL, *layers.rows(rng)], follow)
    for case in [*layers.rows(rng), *layers.pictures(rng)]:
        flaw = layers.cache_flaw(answer.answer, case)
        if flaw:
            follow(f"The cache should be (x, w, b) as they came: {flaw} (at {case}).", lost=1)
            break


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_rows(answer, rng):
    """out is x @ w + b where each example is a row"""
    answer.values([*SMALL, *layers.rows(rng)], ("out",), "{name} is wrong (at {case}).")


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_any_shape(answer, rng):
    """examples of any shape are laid out as rows"""
    small = parts.case(x=[[[1, 2], [3, 4]]], w=[[1], [10], [100], [1000]], b=[0])
    cases, told = (
        [small, *layers.pictures(rng)],
        "Where an example is not a row yet, {name} is wrong (at {case}).",
    )
    if answer.first_wrong([*SMALL, *layers.rows(rng)], "out") is None:
        answer.values(cases, ("out",), told)
        return
    for case in cases:  # what is wrong with rows has cost its point
        own = answer.part(layers.in_rows(case), "out")[0]
        if not near(answer.part(case, "out")[0], own):
            raise CheckFailed(told.format(name="out", case=case))


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """x, w and b stay as they were, and float32 works"""
    answer.unchanged([*SMALL, *layers.rows(rng), *layers.pictures(rng)])
    answer.single(layers.rows(rng)[:2], ("out",))
