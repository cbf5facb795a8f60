"""The graded checks of ``debug_best_setting(evaluate, settings)``: 4 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

spies = catalogue.beside(__file__, "spies")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.debug_best_setting")


@pytest.fixture
def answer(submission):
    return submission.ch07.debug_best_setting


def demand(answer, lists):
    """Fail at the first of the lists where the best is not found."""
    for accuracies in lists:
        setting, accuracy, planned = twins.found(answer, accuracies)
        due = twins.REFERENCE(planned.planned.get, list(planned.planned))
        board = "\n".join(f"setting {each:g}: accuracy {value:g}" for each, value in planned.planned.items())
        if setting is None or accuracy is None:
            raise CheckFailed("It returns something else than two numbers, (best_setting, best_accuracy).")
        if setting != due[0] or accuracy != due[1]:
            raise CheckFailed(
                f"With the accuracies {', '.join(map(str, accuracies))} the best is {due[0]:g} with "
                f"{due[1]:g}; it returns {setting:g} and {accuracy:g}.",
                board if len(accuracies) <= 5 else "",
            )
        if len(planned.asked) != len(accuracies):
            raise CheckFailed(
                f"For {len(accuracies)} settings evaluate is called {len(planned.asked)} times."
            )


@pytest.mark.points(2)
@pytest.mark.about("choice")
def test_best(answer, rng):
    """finds the best wherever it stands, with its accuracy"""
    drawn = [(rng.permutation(9) / 10).tolist() for _ in range(4)]
    demand(answer, [[0.7, 0.5, 0.6], [0.5, 0.7, 0.6], [0.1, 0.2, 0.3], *drawn])


@pytest.mark.points(2)
@pytest.mark.about("choice")
def test_ties(answer):
    """keeps the first among equals, a single one, and one that is always wrong"""
    demand(answer, [[0.25], [0.4, 0.8, 0.2, 0.8, 0.3], [0.0, 0.0], [0.5, 0.5, 0.5]])
