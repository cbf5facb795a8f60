"""The graded checks of ``debug_test_mean(X_train, y_train, X_test) -> S``: 8 points.

Each of the two given mistakes costs its own points: the biases are looked at where a test row is the
training mean, the products among rows whose mean is the training mean.
"""

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


def cases(rng):
    return [*twins.TINY, *twins.random_cases(rng)]


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape (M, C)"""
    answer.form(twins.random_cases(rng), follow)


@pytest.mark.points(1)
def test_products(answer, rng):
    """from row to row the scores change as the products with the centered means do"""

    def wrong(case):
        S = answer.ask(twins.mirrored(case))[0]
        due = answer.due(twins.mirrored(case))[0]
        return not near(S - S[-1], due - due[-1], arrays.precision(case, S))

    answer.law(cases(rng), wrong, "From one test row to the other the scores do not change as they should")


@pytest.mark.points(3)
@pytest.mark.about("centering")
def test_alone(answer, rng):
    """a test row gets the same scores alone and in company"""

    def wrong(case):
        among = [twins.case(*case.arguments[:2], case.given["X_test"][:1]), twins.mirrored(case)]
        S = answer.ask(case)[0]
        return not all(near(answer.ask(other)[0][0], S[0], arrays.precision(case, S)) for other in among)

    told = "The first test row gets other scores when it comes with other rows, or alone"
    answer.law(cases(rng), wrong, told)


@pytest.mark.points(3)
@pytest.mark.about("bias")
def test_biases(answer, rng):
    """a test row that is the training mean gets the biases"""
    told = "A test row that is the training mean becomes 0, and only the biases are left; they are wrong"
    answer.value([twins.at_the_mean(case) for case in cases(rng)], told)
