"""The graded checks of ``grid_search(...) -> (results, best)``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

spies = catalogue.beside(__file__, "spies")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.grid_search")


@pytest.fixture
def answer(submission):
    return submission.ch07.grid_search


def ask(answer, course):
    """The results as a dict of pairs, and whatever is said to be best."""
    value = answer(*course.arguments)
    results, best = spies.of_two(value)
    if not isinstance(results, dict):
        raise CheckFailed(
            f"It should return (results, best), a dict and a pair; it returns {spies.returned(value)}."
        )
    read = twins.table(results)
    if read is None:
        raise CheckFailed(
            "Each key of results should be a pair (learning_rate, reg), each value a pair (train_accuracy, "
            "val_accuracy) "
            f"of numbers; one entry is {next(iter(results.items()), 'missing')}."
        )
    return read, best


def courses(rng):
    """The known courses, and one with more pairs."""
    counts = rng.integers(0, 7, size=(2, 12)).tolist()
    rates, regs = [1.0, 0.3, 0.1, 3.0], [0.0, 1e-2, 1.0]
    return [*(course.fresh() for course in twins.COURSES), twins.Course(*counts, rates, regs, 6)]


@pytest.mark.points(1)
@pytest.mark.about("training")
@pytest.mark.gate
def test_form(answer):
    """returns a dict of pairs"""
    results, _ = ask(answer, course := twins.COURSES[0].fresh())
    if not results:
        raise CheckFailed("results is empty.")
    stray = [pair for pair in results if pair not in course.planned]
    if stray:
        raise CheckFailed(f"results has the key {stray[0]}, which is no (learning_rate, reg) of the grid.")


@pytest.mark.points(2)
@pytest.mark.about("training")
def test_training(answer, rng):
    """trains once for each pair, on the training rows"""
    for course in courses(rng):
        results, _ = ask(answer, course)
        tried = [(rate, reg) for _, _, rate, reg in course.asked]
        for X, y, _, _ in course.asked:
            if not (np.array_equal(X, course.X_train) and np.array_equal(y, course.y_train)):
                rows = "those of validation are among them" if len(X) > course.count else "they are others"
                raise CheckFailed(
                    f"train should see X_train and y_train, {course.count} rows; it is given {len(X)} "
                    f"rows, and {rows}."
                )
        if sorted(tried) != sorted(course.planned):
            raise CheckFailed(
                f"With {len(course.rates)} learning rates and {len(course.regs)} penalties there are "
                f"{len(course.planned)} "
                f"pairs, each to be trained once; train is called {len(tried)} times, first with "
                "learning_rate = "
                f"{tried[0][0]:g} and reg = {tried[0][1]:g}."
                if tried
                else "train is never called."
            )
        if len(results) != len(course.planned):
            raise CheckFailed(f"There are {len(course.planned)} pairs; results holds {len(results)}.")


@pytest.mark.points(2)
@pytest.mark.about("accuracy", "training")
def test_accuracies(answer, rng, follow):
    """holds the accuracy on training rows and on validation rows"""
    tried = courses(rng)
    found = [ask(answer, course)[0] for course in tried]
    held = [
        twins.held(course, results).get("the results") for course, results in zip(tried, found, strict=True)
    ]
    if not all(twins.asked(course) == "right" for course in tried) and set(held) == {"accuracies"}:
        follow("You trained something else; these are the accuracies of what came of it.")
        return
    for course, results in zip(tried, found, strict=True):
        for pair, due in course.results.items():
            if pair not in results:
                raise CheckFailed(f"results has no entry {pair}.")
            if not near(results[pair], due):
                N = course.count
                raise CheckFailed(
                    f"The weights for {pair} have {due[0] * N:g} of {N} training rows right and "
                    f"{due[1] * N:g} of {N} validation "
                    f"rows: results should hold {spies.inline(due)}; it holds {spies.inline(results[pair])}."
                )


def judge(answer, course, follow):
    """Fail unless the best pair is the right one, or the best of what was found."""
    results, best = ask(answer, course)
    due, own = twins.best_of(course.results), twins.best_of(results)
    if twins.as_pair(best) == own != due:
        follow("Your results are other ones; this is the best pair among them.")
    elif twins.as_pair(best) != due:
        board = "\n".join(
            f"{pair}: training {a:g}, validation {b:g}" for pair, (a, b) in course.results.items()
        )
        raise CheckFailed(
            f"The best pair should be {due}; it is "
            f"{best if isinstance(best, tuple | float | int) else spies.returned(best)}.",
            board,
        )


@pytest.mark.points(2)
@pytest.mark.about("choice", "training", "accuracy")
def test_best(answer, rng, follow):
    """the best pair has the highest accuracy on the validation rows"""
    order = rng.permutation(6)
    for course in (twins.COURSES[0].fresh(), twins.Course([3, 1, 6, 0, 4, 2], order.tolist(), count=6)):
        judge(answer, course, follow)


@pytest.mark.points(1)
@pytest.mark.about("choice", "training", "accuracy")
def test_ties(answer, follow):
    """among equals the first one is kept, even if all are always wrong"""
    for course in (twins.COURSES[1].fresh(), twins.Course([1, 2, 3, 4, 1, 2], [0] * 6)):
        judge(answer, course, follow)
