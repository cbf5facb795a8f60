"""The graded checks of ``debug_test_mean(X_train, y_train, X_test) -> S``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near

arrays = catalogue.beside(__file__, "arrays")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch02.debug_test_mean")


def working(case):
    """Mean, centered class means, centered test rows, biases."""
    X_train, y, X_test = case.arguments
    mean = X_train.mean(axis=0)
    means = [(X_train[y == c] - mean).mean(axis=0) for c in range(int(y.max()) + 1)]
    lines = [f"mean of the training rows: {problems.inline(mean)}"]
    lines += [
        f"class {c}: centered mean {problems.inline(m)}, bias {problems.say(-(m @ m) / 2)}"
        for c, m in enumerate(means)
    ]
    return [*lines, f"centered test rows: {problems.inline(X_test - mean)}"]


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch02.debug_test_mean, twins.REFERENCE, ("S",), working)


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape (M, C)"""
    answer.form(twins.random_cases(rng), follow)


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_alone(answer, rng):
    """a test row gets the same scores alone and in company"""

    def wrong(case):
        X_train, y, X_test = case.arguments
        alone = twins.case(X_train, y, X_test[:1])
        return not near(answer.ask(alone)[0][0], answer.ask(case)[0][0])

    told = "The first test row gets other scores when it comes alone"
    answer.law([*twins.TINY[1:], *twins.random_cases(rng)], wrong, told)


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_tie(answer, rng):
    """halfway between two means, their scores tie"""

    def wrong(case):
        X_train, y, _ = case.arguments
        one, other = (X_train[y == c].mean(axis=0) for c in (0, 1))
        middle = twins.case(X_train, y, np.stack([(one + other) / 2, X_train.mean(axis=0)]))
        S = answer.ask(middle)[0]
        return not near(S[0, 0], S[0, 1])

    answer.law(
        twins.random_cases(rng), wrong, "At the point halfway between two class means, the two scores differ"
    )


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_scores(answer, rng):
    """the scores are those of the centered rows"""
    answer.value([*twins.TINY, *twins.random_cases(rng)], "The scores are wrong")
