"""The graded checks of ``k_fold_accuracies(X, y, k_choices, num_folds) -> dict``: 14 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first

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

    def share(album, held, k):
        found = knn("predict", case.X[album], case.y[album], case.X[held], k)
        return np.mean(np.asarray(found) == case.y[held])

    rounds = twins.rounds_of(len(case.X), case.num_folds)
    try:
        return np.array([[share(*each, k) for each in rounds] for k in case.k_choices])
    except (LearnerError, TypeError, ValueError):
        return None


TIES = (
    (twins.ties_to_the_first_seen, "Only ties go elsewhere: to the class that is seen first."),
    (twins.ties_to_the_largest, "Only ties go elsewhere: to the largest label."),
)
CONVENTIONS = (
    *TIES,
    (twins.errors_for_accuracies, "These are error rates, as where the folds come out even."),
    (twins.counts_for_shares, "These are counts, as where the folds come out even."),
    (twins.strided_folds, "The rows are dealt out in turn, as where the folds come out even."),
)


def table_of(function, case, form=twins.LISTS):
    """The accuracies that the right answer or a mistake gives, a row a choice of k."""
    return twins.as_form(np.array(list(function(*case.arguments).values())), form)


def wrong_cases(submission, cases):
    """Those of the cases where an accuracy is wrong: the case, what came, what is due, and the form."""
    wrong = []
    for case in cases:
        found, form = ask(submission, case)
        due = table_of(twins.REFERENCE, case, form)
        if not np.allclose(found, due):
            wrong.append((case, found, due, form))
    return wrong


def fitting(conventions, wrong):
    """Those of the conventions that give what came, in every wrong case."""
    return [
        (convention, text)
        for convention, text in conventions
        if all(np.allclose(found, table_of(convention, case, form)) for case, found, _, form in wrong)
    ]


def even_data():
    """Small data where the folds come out even."""
    return [case for case in folds.small_data() if len(case.X) % case.num_folds == 0]


def demand(submission, cases, follow, told="", conventions=(), lost=0):
    """Fail at the first wrong accuracy.

    What the learner's own classifier explains passes; one of the `conventions` costs `lost` points.
    """
    wrong = wrong_cases(submission, cases)
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
    for _, text in fitting(conventions, wrong):
        follow(text, lost=lost)
        return
    large, once, *_ = wrong[-1]
    if not np.array_equal(ask(submission, large)[0], once):
        told += "Called twice with the same rows it gives two answers; here nothing is drawn at random. "
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
    tables, forms = zip(*answers.ask_all(lambda case: ask(submission, case), cases, follow), strict=True)
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


@pytest.mark.points(4)
@pytest.mark.about("folds")
def test_even_folds(submission, rng, follow):
    """the accuracies are right where the folds come out even"""
    more = [folds.random_data(rng, 20, 3, 3, (1, 3, 5), 4), folds.random_data(rng, 18, 2, 2, (2, 7), 3)]
    demand(submission, [*even_data(), *more], follow, conventions=TIES, lost=1)


@pytest.mark.points(3)
@pytest.mark.about("folds")
def test_uneven_folds(submission, rng, follow):
    """the accuracies are right where they do not"""
    uneven = [case for case in folds.small_data() if len(case.X) % case.num_folds]
    more = [case for case in folds.random_sets(rng) if len(case.X) % case.num_folds]
    told = "Where the folds do not come out even: "
    demand(submission, [*uneven, *more], follow, told, paid(submission))


@pytest.mark.points(2)
@pytest.mark.about("folds")
def test_one_row_a_fold(submission, rng, follow):
    """each row alone can be a fold"""
    case = folds.random_data(rng, 9, 2, 3, (1, 2), 9)
    demand(submission, [case], follow, "With one row a fold: ", paid(submission))


@pytest.mark.points(1)
@pytest.mark.about("folds")
def test_ties(submission, follow):
    """a tie goes to the smallest label"""
    others = [each for each in paid(submission) if each not in TIES]
    demand(submission, [folds.small_data()[1], folds.ties()], follow, "In a tie: ", others)


def paid(submission):
    """The convention, if it is another one, that has cost its points where the folds come out even."""
    wrong = wrong_cases(submission, even_data())
    return fitting(CONVENTIONS, wrong) if wrong else []


@pytest.mark.points(2)
@pytest.mark.about("mutation")
def test_arguments_unchanged(submission, rng):
    """X and y stay as they were"""

    def changed(case):
        reply = submission.ch01.k_fold_accuracies.run(*case.arguments, echo=True)
        for name, state in answers.kept(("X", "y"), (case.X, case.y), reply.arguments).items():
            if state == "changed":
                raise CheckFailed(f"{name} is changed by the call; leave the arguments as they came.")
        return False

    first(folds.random_sets(rng), changed)  # a crash at some sizes has cost its points
