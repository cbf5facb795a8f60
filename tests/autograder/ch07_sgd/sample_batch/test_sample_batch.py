"""The graded checks of ``sample_batch(X, y, batch_size, rng) -> (X_batch, y_batch)``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed
from lintutor.autograder.inside.codec import Seed

spies = catalogue.beside(__file__, "spies")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.sample_batch")


@pytest.fixture
def answer(submission):
    return submission.ch07.sample_batch


def ask(answer, X, y, batch_size, seed):
    """The rows of a batch, and the rows that its labels belong to."""
    value = answer(X, y, batch_size, Seed(seed))
    found = twins.drawn(value, X, y, batch_size)
    if found is None:
        raise CheckFailed(
            f"With X {X.shape}, y {y.shape} and batch_size = {batch_size} it should return two arrays of "
            "shapes "
            f"({batch_size}, {X.shape[1]}) and ({batch_size},); it returns {spies.returned(value)}."
        )
    return found


def seeds(rng, count):
    """Seeds of generators, all different."""
    return [int(each) for each in rng.choice(10**6, size=count, replace=False)]


@pytest.mark.points(2)
@pytest.mark.gate
def test_form(answer, rng):
    """returns rows and labels, as many as were asked for"""
    for (N, B), seed in zip(((9, 4), (5, 5), (3, 1)), seeds(rng, 3), strict=True):
        ask(answer, *twins.table(N), B, seed)


@pytest.mark.points(2)
@pytest.mark.about("pairs", "shape")
def test_pairs(answer, rng):
    """every row is an example, and every label is that of its row"""
    for N, seed in zip((2, 5, 40), seeds(rng, 3), strict=True):
        X, y = twins.table(N)
        X_batch, y_batch = answer(X, y, N, Seed(seed))
        rows, owners = ask(answer, X, y, N, seed)
        board = ""
        if N == 2:
            inline = spies.inline
            board = (
                f"X = {inline(X)}   y = {inline(y)}\nX_batch = {inline(X_batch)}   y_batch = "
                f"{inline(y_batch)}"
            )
        if -1 in rows:
            raise CheckFailed("Some row of X_batch is no row of X.", board)
        if -1 in owners:
            raise CheckFailed("Some entry of y_batch is no label of y.", board)
        wrong = np.flatnonzero(rows != owners)
        if wrong.size:
            at = int(wrong[0])
            raise CheckFailed(
                f"Row {at} of the batch is row {rows[at]} of X, whose label is {y[rows[at]]}; it comes "
                "with the label "
                f"{int(y[owners[at]])}. The labels were not drawn with their rows.",
                board,
            )


@pytest.mark.points(2)
@pytest.mark.about("drawing", "rng")
def test_all_rows_come_alike(answer, rng):
    """every row comes, each as often as any other, in any order"""
    X, y = twins.table(8)
    rows = np.array([ask(answer, X, y, 8, seed)[0] for seed in seeds(rng, 60)])  # (60, 8)
    if (rows == rows[0]).all():
        told = ", ".join(map(str, rows[0]))
        raise CheckFailed(f"60 different generators gave the same batch, the rows {told} of X.")
    counts = np.bincount(rows[rows >= 0], minlength=8)
    if counts.min() < 20 or counts.max() > 115:  # 60 are expected; chance strays by 7 or 8
        told = ", ".join(map(str, counts))
        raise CheckFailed(
            f"In 480 draws from 8 rows each row should come about 60 times; they come {told} times."
        )
    steps = (np.diff(rows, axis=1) - 1) % 8 == 0
    if steps.mean() > 0.5:
        raise CheckFailed(
            "Rows of a batch are neighbors in X nearly always: after a row comes the next one. Draw each "
            "for itself. Data are "
            "often sorted, and then a batch of neighbors sees one class only."
        )


@pytest.mark.points(2)
@pytest.mark.about("drawing")
def test_replacement(answer, rng):
    """an example may come twice, and a batch may be larger than the data"""
    X, y = twins.table(6)
    found = [ask(answer, X, y, 6, seed)[0] for seed in seeds(rng, 20)]
    if all(len(set(rows)) == 6 for rows in found):
        raise CheckFailed(
            "In 20 batches of 6 from 6 examples no example ever came twice. With replacement that hardly "
            "happens: "
            "only 1 such batch in 65 has six different ones."
        )
    X, y = twins.table(3)
    ask(answer, X, y, 50, seeds(rng, 1)[0])


@pytest.mark.points(1)
@pytest.mark.about("rng", "drawing")
def test_generator(answer, rng):
    """the same generator gives the same batch, another one another"""
    X, y = twins.table(500)
    one, other = seeds(rng, 2)
    first, again, different = (ask(answer, X, y, 8, seed)[0] for seed in (one, one, other))
    if not np.array_equal(first, again):
        raise CheckFailed(
            "Two generators with the same seed gave two different batches: chance comes from somewhere "
            "else than rng, and "
            "nobody can repeat your run."
        )
    if np.array_equal(first, different):
        raise CheckFailed("Generators with different seeds gave the same batch: rng decides nothing.")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """X and y stay as they were"""
    X, y = twins.table(7)
    reply = answer.run(X.copy(), y.copy(), 4, Seed(seeds(rng, 1)[0]), echo=True)
    for name, state in spies.answers.kept(("X", "y"), (X, y), reply.arguments).items():
        if state == "changed":
            raise CheckFailed(
                f"{name} is changed by the call: the next batch would be drawn from other data."
            )
