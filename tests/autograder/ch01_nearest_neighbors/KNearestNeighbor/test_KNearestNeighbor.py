"""The graded checks of ``class KNearestNeighbor``: 26 points, method by method."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, near

answers = catalogue.beside(__file__, "answers")
arrays = catalogue.beside(__file__, "arrays")
cases = catalogue.beside(__file__, "problems_of_knn")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch01.KNearestNeighbor")
TWO, ONE, NONE = twins.DISTANCES
TWICE = twins.TWICE


@pytest.fixture
def knn(submission):
    return submission.ch01.KNearestNeighbor


def ask(knn, method, album):
    """The matrix (M, N) that a method gives, or the check has failed."""
    try:
        value = knn(*album.arguments(method))
    except LearnerError as error:
        error.message += f" (with {album})" * (error.kind == "call")
        raise
    shape = album.squares.shape
    if not answers.is_numeric(value) or np.shape(value) != shape:
        came = answers.described(value, None)
        raise CheckFailed(
            f"{method} should return an array of shape {shape}; it returns {came} (with {album})."
        )
    return np.asarray(value)


def precision(found, album):
    """As good as the coarser one of the pictures and the answer."""
    return np.float32 if np.float32 in (found.dtype, album.X.dtype) else np.float64


def demand_distances(knn, method, rng, follow):
    """Fail at the first wrong distance; squares cost a point, and the rest counts."""
    single = cases.random_album(rng, 3, 4, 2, dtype=np.float32)
    albums = [*cases.small_albums(), *cases.random_albums(rng), single]
    for album in albums:
        found, due = ask(knn, method, album), np.sqrt(album.squares)
        if near(found, due, precision(found, album)):
            continue
        pairs = [(ask(knn, method, each), each) for each in albums]
        if all(near(got, each.squares, precision(got, each)) for got, each in pairs):
            follow("These are squared distances; their root is missing. The rest is right.", lost=1)
            return
        off = np.abs(found - due) > 1e-6 * (1 + due)
        off |= ~np.isfinite(found)
        i, j = (int(place) for place in np.argwhere(off)[0]) if off.any() else (0, 0)
        told = f"{method} gives {problems.say(found[i, j])} for X[{i}] and X_train[{j}] (with {album})."
        board = album.board(i, j) if album.small else ""
        raise CheckFailed(told, f"{board}\nyours: {problems.say(found[i, j])}" if board else "")


@pytest.mark.points(4)
@pytest.mark.about("root", "two-loops")
def test_two_loops(knn, rng, follow):
    """compute_distances_two_loops gives the L2 distances"""
    demand_distances(knn, TWO, rng, follow)


@pytest.mark.points(4)
@pytest.mark.about("root", "one-loop")
def test_one_loop(knn, rng, follow):
    """compute_distances_one_loop gives the same"""
    demand_distances(knn, ONE, rng, follow)


@pytest.mark.points(5)
@pytest.mark.about("root", "no-loops")
def test_no_loops(knn, rng, follow):
    """compute_distances_no_loops gives the same"""
    demand_distances(knn, NONE, rng, follow)


@pytest.mark.points(2)
def test_no_loop_in_it(knn, rng):
    """compute_distances_no_loops has no loop: none in the text, none hidden"""
    loops = knn.loops(NONE)
    if loops:
        line, kind = loops[0]
        raise CheckFailed(f"Line {line} holds a {kind}. Let numpy work on whole arrays.")
    counts = []
    for sizes in ((4, 4, 2), (40, 40, 30)):  # M is N: what works only there has cost its points above
        album = cases.random_album(rng, *sizes)
        ask(knn, NONE, album)
        counts.append(knn.run(*album.arguments(NONE), lines=True).lines)
    if counts[1] > counts[0] + 12:
        raise CheckFailed(
            f"{counts[0]} lines run for 4 and 4 pictures, {counts[1]} for 40 and 40: something is repeated."
        )


@pytest.mark.points(1)
@pytest.mark.about("no-loops")
def test_equal_rows(knn, rng):
    """compute_distances_no_loops gives no NaN where two rows are equal"""
    for _ in range(3):
        rows = rng.normal(size=(12, 9)) / 3
        album = cases.Album(rows, np.arange(12) % 3, rows.copy())
        found = ask(knn, NONE, album)
        if np.isnan(found).any():
            raise CheckFailed(
                "The pictures of the album were measured against themselves, and some distances are NaN. "
                "Rounding leaves a square a little below 0 there, such as -2e-17, and its root is no number."
            )
        if np.abs(np.diag(found)).max() > (1e-2 if precision(found, album) is np.float32 else 1e-6):
            raise CheckFailed("A picture of the album should be at distance 0 from itself; yours is not.")


@pytest.mark.points(4)
@pytest.mark.about("vote")
def test_vote(knn, rng):
    """predict_labels gives the label with the most votes"""
    demand_votes(knn, cases.clear_votes(rng))


@pytest.mark.points(2)
@pytest.mark.about("vote")
def test_ties(knn):
    """predict_labels gives a tie to the smallest label"""
    demand_votes(knn, cases.tied_votes())


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(knn, rng):
    """distances and pictures stay as they came"""
    for vote in cases.clear_votes(rng):
        reply = knn.run(*vote.arguments)
        if not np.array_equal(reply.arguments[3], vote.dists):
            raise CheckFailed("dists is changed by predict_labels; leave it as it came.")
    album = cases.random_album(rng, 3, 4, 2)
    for method in twins.DISTANCES:
        try:
            once, reply = knn.run(*album.arguments(method)), knn.run(*album.arguments(TWICE + method))
        except LearnerError as error:
            if error.kind in ("exit", "time"):
                raise
            continue  # the method costs its own points
        if not np.array_equal(reply.arguments[3], album.X):
            raise CheckFailed(f"X is changed by {method}; leave it as it came.")
        first, second = (twins.matrix(each, album) for each in (once, reply))
        if first is not None and second is not None and not np.allclose(first, second, equal_nan=True):
            raise CheckFailed(
                f"{method} gives other distances when it is called a second time: it changes the album."
            )


@pytest.mark.points(2)
@pytest.mark.about("predict")
def test_predict(knn, rng):
    """predict puts distances and vote together, for every k and num_loops"""
    album = cases.random_album(rng, 9, 12, 2)
    for k in (1, 5):
        for num_loops, method in ((2, TWO), (1, ONE), (0, NONE)):
            demand_predict(knn, album, (k, num_loops), f"X, k={k}, num_loops={num_loops}", method, k)


@pytest.mark.points(1)
@pytest.mark.about("vote", "predict")
def test_defaults(knn, rng):
    """without k, one neighbor decides; without num_loops, no loop measures"""
    album = cases.random_album(rng, 6, 9, 2)
    found = vote_of(knn, ("predict_labels", album.X_train, album.y_train, album.squares))
    if not np.array_equal(found, album.y_train[album.squares.argmin(axis=1)]):
        raise CheckFailed("predict_labels without k should give the label of the one nearest picture.")
    demand_predict(knn, album, (), "X", NONE, 1)


def demand_predict(knn, album, how, told, method, k):
    """Fail unless predict asks `method` for the distances and lets k vote on them.

    Its own methods are exchanged for ones that answer with marks. Where it does not call them, what it
    returns is compared with what its own methods give.
    """
    stand_ins = cases.stand_ins(twins.DISTANCES, album.X)
    heard = twins.asked(vote_of(knn, album.arguments("predict", *how, *(2 - len(how)) * [None], stand_ins)))
    if heard == (method, k):
        return
    if heard is not None and heard[0] != method:
        raise CheckFailed(f"predict({told}) should ask {method} for the distances; it asks {heard[0]}.")
    if heard is not None:
        raise CheckFailed(f"predict({told}) should let {k} vote; it calls predict_labels with k={heard[1]}.")
    own = vote_of(knn, ("predict_labels", album.X_train, album.y_train, ask(knn, method, album), k))
    if not np.array_equal(own, vote_of(knn, album.arguments("predict", *how))):
        raise CheckFailed(
            f"predict({told}) gives other labels than predict_labels with k={k} on the distances of {method}."
        )


def vote_of(knn, arguments):
    """The labels that a session gives, or the check has failed."""
    value, count = knn(*arguments), len(arguments[3])
    array = arrays.numeric(value)
    if array is None or array.shape != (count,):
        raise CheckFailed(
            f"{arguments[0]} should return one label a row, an array of shape ({count},); it returns "
            f"{arrays.returned(value)}."
        )
    return array


def demand_votes(knn, votes):
    """Fail at the first wrong winner."""
    for vote in votes:
        found = vote_of(knn, vote.arguments)
        wrong = np.flatnonzero(found != vote.winners)
        if wrong.size:
            i = int(wrong[0])
            raise CheckFailed(
                f"The label should be {vote.winners[i]}; yours is {problems.say(found[i])} (with {vote}).",
                f"{vote.board(i)}\nyours: {problems.say(found[i])}",
            )
