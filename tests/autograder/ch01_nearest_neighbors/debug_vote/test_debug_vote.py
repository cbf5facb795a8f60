"""The graded checks of ``debug_vote(dists, y_train, k) -> (M,)``: 6 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

answers = catalogue.beside(__file__, "answers")
arrays = catalogue.beside(__file__, "arrays")
cases = catalogue.beside(__file__, "KNearestNeighbor/problems_of_knn")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch01.debug_vote")


HALVES = (
    (twins.sorted_down_the_columns, "The winner is found rightly now; the order of the neighbors is not."),
    (twins.place_of_the_largest_label, "The order of the neighbors is right now; the winner is not."),
)


def labels(submission, vote):
    """The labels of one vote, or the check has failed."""
    value = submission.ch01.debug_vote(vote.dists.copy(), vote.y_train.copy(), vote.k)
    found = arrays.numeric(value)
    if found is None or found.shape != vote.winners.shape:
        came = answers.described(value, None)
        raise CheckFailed(f"It should return one label for each row of dists; it returns {came}.")
    return found


def demand(submission, votes, follow=None):
    """Fail at the first wrong winner; with `follow`, code of which one line is mended loses one point."""
    labeled = [(vote, labels(submission, vote)) for vote in votes]
    if follow is not None and not all(np.array_equal(found, vote.winners) for vote, found in labeled):
        for half, told in HALVES:
            if all(np.array_equal(found, half(v.dists, v.y_train, v.k)) for v, found in labeled):
                follow(told, lost=1)
                return
    for vote, found in labeled:
        wrong = np.flatnonzero(found != vote.winners)
        if wrong.size:
            i = int(wrong[0])
            raise CheckFailed(
                f"Picture {i} should get the label {vote.winners[i]}; "
                f"it gets {problems.say(found[i])} (with {vote}).",
                f"{vote.board(i)}\nyours: {problems.say(found[i])}",
            )


@pytest.mark.points(1)
@pytest.mark.about("mended-vote")
def test_one_picture(submission):
    """one new picture, one neighbor"""
    demand(submission, [cases.vote([[3, 1, 2]], [0, 2, 1], 1), cases.vote([[3, 2, 1]], [0, 2, 1], 1)])


@pytest.mark.points(3)
@pytest.mark.about("mended-vote")
def test_vote(submission, rng, follow):
    """several pictures, several neighbors"""
    several = cases.vote([[3, 1, 2, 9], [4, 8, 6, 5]], [1, 0, 0, 1], 3)
    demand(submission, [several, *cases.clear_votes(rng)], follow)


@pytest.mark.points(2)
@pytest.mark.about("mended-vote")
def test_ties(submission, follow):
    """a tie goes to the smallest label"""
    demand(submission, cases.tied_votes(), follow)
