"""The graded checks of ``center(X_train, X_test) -> (Z_train, Z_test)``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch02.center")
TINY = [
    tables.split([[1, 5], [3, 9]], [[10, 7]]),
    tables.split([[0, 2], [2, 2], [4, 8]], [[2, 4], [6, 0]]),
    tables.split([[0, 1], [1, 4]], [[2, 3]]),
    tables.split([[2], [4]], [[3], [9], [0]]),
]


def working(case):
    """The mean training row."""
    X_train = case.given["X_train"]
    columns = (
        f"({' + '.join(problems.paren(x) for x in column)}) / {len(column)} = {problems.say(column.mean())}"
        for column in X_train.T
    )
    return [f"mean of column {d} of X_train: {told}" for d, told in enumerate(columns)]


@pytest.fixture
def answer(submission, rng):
    upright = tables.random_splits(rng)[0]
    return arrays.ArrayChecks(
        submission.ch02.center, twins.REFERENCE, ("Z_train", "Z_test"), working, upright
    )


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns two arrays, (N, D) and (M, D)"""
    answer.form(tables.random_splits(rng), follow)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_train(answer, rng):
    """the training rows lose their mean, column by column"""
    answer.value([*TINY, *tables.random_splits(rng)], "Z_train is wrong", part=0)


@pytest.mark.points(4)
@pytest.mark.about("data")
def test_test(answer, rng):
    """the test rows lose the mean of the training rows"""

    def wrong(case):
        """A row is shifted the same way, whatever company it comes in."""
        X_train, X_test = case.arguments
        alone = tables.split(X_train, X_test[:1])
        return not near(answer.ask(alone)[1][0], answer.ask(case)[1][0])

    many = [case for case in tables.random_splits(rng) if len(case.given["X_test"]) > 1]
    told = "The first test row comes out differently when other test rows come with it"
    answer.law([TINY[1], *many], wrong, told)
    answer.value([*TINY, *tables.random_splits(rng)], "Z_test is wrong", part=1)


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng, follow):
    """one training row, one test row, equal sizes, bytes, float32"""
    cases = [tables.split([[1, 5], [4, 8]], [[7, 2]], np.uint8)]
    cases += tables.random_splits(rng, [(1, 3, 2), (4, 1, 3), (3, 3, 3)])
    cases.append(tables.split(rng.integers(0, 256, size=(5, 4)), rng.integers(0, 256, size=(3, 4)), np.uint8))
    cases.append(tables.split(rng.normal(size=(5, 4)), rng.normal(size=(3, 4)), np.float32))
    answer.edges(cases, [*TINY, *tables.random_splits(rng)], follow)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X_train and X_test stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(tables.random_splits(rng))
