"""The graded checks of ``nearest_mean_classifier(X, y) -> W``: 18 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near
from lintutor.classifiers import nearest_mean_weights as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch02.nearest_mean_classifier")
TINY = [
    tables.labelled([[1], [3], [6]], [0, 0, 1]),
    tables.labelled([[4, 2], [0, 2], [1, -1]], [0, 1, 0]),
    tables.labelled([[2, 0], [0, 2], [4, 4], [6, 0], [0, 0]], [1, 0, 2, 1, 0]),
]


def working(case):
    """The mean and the bias of every class."""
    X, y = case.arguments
    lines = []
    for c in range(int(y.max()) + 1):
        rows = X[y == c]
        mean = rows.mean(axis=0)
        squares = " + ".join(f"{problems.say(m)}^2" if m >= 0 else f"({problems.say(m)})^2" for m in mean)
        lines.append(
            f"class {c}: mean of {', '.join(map(problems.inline, rows))} = {problems.inline(mean)}, "
            f"bias -({squares}) / 2 = {problems.say(-(mean @ mean) / 2)}"
        )
    return lines


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch02.nearest_mean_classifier, reference, ("W",), working)


def cases(rng):
    return [*TINY, *tables.random_labelled(rng, twins.SIZES)]


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the shape (D + 1, C)"""
    answer.form(tables.random_labelled(rng, twins.SIZES + twins.EQUAL), follow)


@pytest.mark.points(6)
@pytest.mark.about("means", "order")
def test_means(answer, rng):
    """the first D rows are the class means"""
    answer.law(
        cases(rng),
        lambda case: not near(answer.ask(case)[0][:-1], answer.due(case)[0][:-1]),
        "The means are wrong",
        rng,
        twins.small_labelled(),
    )


@pytest.mark.points(5)
@pytest.mark.about("bias", "order")
def test_bias(answer, rng, follow):
    """the last row is minus half of each mean's squared length"""

    def wrong(case):
        return not near(answer.ask(case)[0][-1], answer.due(case)[0][-1])

    def own(case):
        W = answer.ask(case)[0]
        return near(W[-1], -(W[:-1] ** 2).sum(axis=0) / 2)

    if all(own(case) for case in cases(rng)) and wrong(TINY[0]):
        follow("The biases are right for your own means.")
        return
    answer.law(cases(rng), wrong, "The biases are wrong", rng, twins.small_labelled())


@pytest.mark.points(3)
@pytest.mark.about("means", "bias", "order")
def test_nearest_wins(answer, rng):
    """the highest score belongs to the nearest mean"""
    for case in tables.random_labelled(rng, twins.SIZES):
        X, y = case.arguments
        W = answer.ask(case)[0]
        means = np.stack([X[y == c].mean(axis=0) for c in range(int(y.max()) + 1)])
        points = 2 * rng.normal(size=(200, X.shape[1]))
        distances = np.sort(((points[:, None] - means) ** 2).sum(axis=2), axis=1)
        points = points[distances[:, 1] - distances[:, 0] > 1e-3]  # no ties
        nearest = ((points[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
        share = float(((points @ W[:-1] + W[-1]).argmax(axis=1) != nearest).mean())
        if share > 0:
            told = f"{100 * share:.0f} percent" if share >= 0.01 else "some"
            raise arrays.CheckFailed(
                f"Of random points, {told} get the highest score for a class whose mean is not the nearest, "
                f"at {case}."
            )


@pytest.mark.points(2)
@pytest.mark.about("means", "bias", "shape", "order")
def test_edges(answer, rng):
    """one example a class, one class, one pixel, equal sizes, float32, short integers as labels"""
    short = tables.labelled([[1, 2], [3, 4], [5, 0]], [1, 0, 1])
    short = arrays.Case({"X": short.given["X"], "y": short.given["y"].astype(np.int8)}, short.sizes)
    found = tables.random_labelled(rng, [(3, 2, 3), (4, 3, 1), (5, 1, 2), (4, 4, 4), (1, 2, 1)])
    found += tables.random_labelled(rng, twins.SIZES, dtype=np.float32)
    answer.value([short, *found], "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X and y stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(tables.random_labelled(rng, twins.SIZES))
