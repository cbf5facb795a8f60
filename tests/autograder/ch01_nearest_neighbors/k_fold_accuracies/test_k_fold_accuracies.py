"""The graded checks of ``k_fold_accuracies(X, y, k_choices, num_folds) -> dict``: 14 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError

answers = catalogue.beside(__file__, "answers")
folds = catalogue.beside(__file__, "folds")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch01.k_fold_accuracies")
OWN = (
    "Right with the predictions of your own KNearestNeighbor, which is graded as an exercise of its own: "
    "the folds are cut and held out as they should be."
)


def ask(submission, case):
    """The accuracies, a row a choice of k, and their form, or the check has failed."""
    value = submission.ch01.k_fold_accuracies(*case.arguments)
    found, form = twins.read(value, case)
    if found is None:
        raise CheckFailed(
            f"It should return a dict with the keys {list(case.k_choices)}, each with a list of "
            f"{case.num_folds} numbers; it returns {described(value)} (with {case})."
        )
    return found, form


def described(value):
    """Say what came."""
    if not isinstance(value, dict):
        return answers.described(value, None)
    if not value:
        return "an empty dict"
    key, row = next(iter(value.items()))
    if isinstance(row, list | tuple):
        return f"a dict with the keys {list(value)[:6]}; under {key} stands a list of {len(row)}"
    return f"a dict with the keys {list(value)[:6]}; under {key} stands {answers.described(row, None)}"


def by_own_classifier(submission, case):
    """The accuracies that the learner's own classifier gives on the right folds, or None."""
    knn = submission.ch01.KNearestNeighbor

    def measure(X_album, y_album, X_held, y_held, k):
        return float(np.mean(np.asarray(knn("predict", X_album, y_album, X_held, k)) == y_held))

    try:
        found = folds.accuracies(case.X, case.y, case.k_choices, case.num_folds, measure=measure)
    except (LearnerError, TypeError, ValueError):
        return None
    return np.array(list(found.values()))


def demand(submission, cases, follow, told=""):
    """Fail at the first wrong accuracy; one that the learner's own classifier explains passes."""
    wrong = []
    for case in cases:
        found, form = ask(submission, case)
        due = twins.as_form(np.array(list(twins.REFERENCE(*case.arguments).values())), form)
        if not np.allclose(found, due):
            wrong.append((case, found, due, form))
    if not wrong:
        return
    if "KNearestNeighbor" in submission.ch01.k_fold_accuracies.reached():
        own = [by_own_classifier(submission, case) for case, *_ in wrong]
        if all(
            o is not None and np.allclose(found, twins.as_form(o, form))
            for o, (_, found, _, form) in zip(own, wrong, strict=True)
        ):
            follow(OWN)
            return
    case, found, due, form = wrong[0]
    row, *fold = (int(place) for place in np.argwhere(~np.isclose(found, due))[0])
    k, number = case.k_choices[row], fold[0] if form == twins.LISTS else case.num_folds - 1
    where = "The mean accuracy" if form == twins.MEANS else f"The accuracy of fold {number}"
    board = ""
    if case.small:
        given = f"expected {problems.say(due[row, *fold])}, yours {problems.say(found[row, *fold])}"
        rounds = range(case.num_folds) if form == twins.MEANS else [number]
        by_hand = "\n".join(folds.round_by_hand(case, each, k) for each in rounds)
        board = f"{folds.given(case)}\n{by_hand}\n{where[4:]}: {given}"
    raise CheckFailed(f"{told}{where} with k = {k} is wrong (with {case}).", board)


@pytest.mark.points(2)
@pytest.mark.about("shape")
@pytest.mark.gate
def test_form(submission, rng, follow):
    """returns a dict: k to the list of its accuracies"""
    cases = [*folds.small_data(), *folds.random_sets(rng)]
    tables, forms = zip(*(ask(submission, case) for case in cases), strict=True)
    if forms[0] != twins.LISTS:
        came = f"{forms[0]} alone" if forms[0] == twins.LAST else f"the {forms[0]} over the folds"
        follow(
            f"Each k should have a list of all accuracies; yours has {came}, and is graded on that.", lost=2
        )
    if not all(np.isfinite(table).all() for table in tables):
        raise CheckFailed("An accuracy is not finite (NaN or inf).")
    values = np.concatenate([table.ravel() for table in tables])
    if np.ptp(values) == 0:
        raise CheckFailed(
            f"Every accuracy is {problems.say(values[0])}, on any data: nothing is computed yet."
        )


@pytest.mark.points(5)
@pytest.mark.about("folds")
def test_even_folds(submission, rng, follow):
    """the accuracies are right where the folds come out even"""
    even = [case for case in folds.small_data() if len(case.X) % case.num_folds == 0]
    more = [folds.random_data(rng, 20, 3, 3, (1, 3, 5), 4), folds.random_data(rng, 18, 2, 2, (2, 7), 3)]
    demand(submission, [*even, *more], follow)


@pytest.mark.points(3)
@pytest.mark.about("folds")
def test_uneven_folds(submission, rng, follow):
    """the accuracies are right where they do not"""
    uneven = [case for case in folds.small_data() if len(case.X) % case.num_folds]
    more = [case for case in folds.random_sets(rng) if len(case.X) % case.num_folds]
    demand(submission, [*uneven, *more], follow, "Where the folds do not come out even: ")


@pytest.mark.points(2)
@pytest.mark.about("folds")
def test_one_row_a_fold(submission, rng, follow):
    """each row alone can be a fold"""
    demand(submission, [folds.random_data(rng, 9, 2, 3, (1, 2), 9)], follow, "With one row a fold: ")


@pytest.mark.points(2)
@pytest.mark.about("mutation")
def test_arguments_unchanged(submission, rng):
    """X and y stay as they were"""
    for case in folds.random_sets(rng):
        reply = submission.ch01.k_fold_accuracies.run(*case.arguments, echo=True)
        for name, state in answers.kept(("X", "y"), (case.X, case.y), reply.arguments).items():
            if state == "changed":
                raise CheckFailed(f"{name} is changed by the call; leave the arguments as they came.")
