"""The graded checks of ``nearest_mean_classifier(X, y) -> W``: 18 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import first, near
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
def answer(submission, rng):
    upright = tables.random_labelled(rng, twins.SIZES[:1])[0]
    return arrays.ArrayChecks(submission.ch02.nearest_mean_classifier, reference, ("W",), working, upright)


def cases(rng):
    return [*TINY, *tables.random_labelled(rng, twins.SIZES)]


def wrong_means(answer):
    """A function (case) -> whether the first D rows are wrong."""

    def wrong(case):
        W = answer.ask(case)[0]
        return not near(W[:-1], answer.due(case)[0][:-1], arrays.precision(case, W))

    return wrong


def wrong_biases(answer):
    """A function (case) -> whether the last row is wrong for the means above it."""

    def wrong(case):
        W = answer.ask(case)[0]
        return not near(W[-1], -(W[:-1] ** 2).sum(axis=0) / 2, arrays.precision(case, W))

    return wrong


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
    answer.law(cases(rng), wrong_means(answer), "The means are wrong", rng, twins.small_labelled())


@pytest.mark.points(5)
@pytest.mark.about("bias", "order")
def test_bias(answer, rng, follow):
    """the last row is minus half of each mean's squared length"""

    def wrong(case):
        W = answer.ask(case)[0]
        return not near(W[-1], answer.due(case)[0][-1], arrays.precision(case, W))

    if first(cases(rng), wrong_biases(answer)) is None:
        if first(cases(rng), wrong) is not None:
            follow("The biases are right for your own means.")
        return
    answer.law(cases(rng), wrong, "The biases are wrong", rng, twins.small_labelled())


@pytest.mark.points(3)
@pytest.mark.about("means", "bias", "order")
def test_nearest_wins(answer, rng, follow):
    """the highest score belongs to the nearest mean"""
    own = first(cases(rng), wrong_means(answer)) is not None
    if own and first(cases(rng), wrong_biases(answer)) is None:
        follow("It is the nearest of your own means that wins.")
    for case in tables.random_labelled(rng, twins.SIZES):
        W = answer.ask(case)[0]
        means = W[:-1].T if own else answer.due(case)[0][:-1].T
        points = 2 * rng.normal(size=(200, means.shape[1]))
        distances = ((points[:, None] - means) ** 2).sum(axis=2)
        ordered = np.sort(distances, axis=1)
        clear = ordered[:, 1] - ordered[:, 0] > 1e-3  # no ties
        if not clear.any():
            raise arrays.CheckFailed(f"In your W two classes have the same mean, at {case}: none is nearer.")
        winners = (points @ W[:-1] + W[-1]).argmax(axis=1)
        share = float((winners != distances.argmin(axis=1))[clear].mean())
        if share > 0:
            told = f"{100 * share:.0f} percent" if share >= 0.01 else "some"
            raise arrays.CheckFailed(
                f"Of random points, {told} get the highest score for a class whose mean is not the nearest, "
                f"at {case}."
            )


@pytest.mark.points(2)
@pytest.mark.about("means", "bias", "shape", "order")
def test_edges(answer, rng, follow):
    """one example a class, one class, one pixel, equal sizes, float32, short integers as labels"""
    short = tables.labelled([[1, 2], [3, 4], [5, 0]], [1, 0, 1])
    short = arrays.Case({"X": short.given["X"], "y": short.given["y"].astype(np.int8)}, short.sizes)
    found = tables.random_labelled(rng, [(3, 2, 3), (4, 3, 1), (5, 1, 2), (4, 4, 4), (1, 2, 1)])
    found = [short, *found, *tables.random_labelled(rng, twins.SIZES, dtype=np.float32)]
    if first(found, answer.wrong()) is None:
        return
    fine = [
        wrong for wrong in (wrong_means(answer), wrong_biases(answer)) if first(cases(rng), wrong) is None
    ]
    if len(fine) == 1:
        follow("Only half of W is looked at here: the other half has cost its points above.")
    for wrong in fine or [answer.wrong()]:
        answer.law(found, wrong, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X and y stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(tables.random_labelled(rng, twins.SIZES))
