"""The graded checks of the class ``LinearClassifier``, ``train`` and ``predict``: 14 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

spies = catalogue.beside(__file__, "spies")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.LinearClassifier")

D, C, W = twins.D, twins.C, twins.W


@pytest.fixture
def answer(submission):
    return submission.ch07.LinearClassifier


@pytest.mark.points(3)
@pytest.mark.about("training-walk")
def test_walk(answer):
    """training moves self.W against the gradient, step by step, from the weights that are there"""
    for steps, rate in ((1, 0.5), (4, 0.125)):
        planned, _, _, _, after, _ = twins.trained(answer, W, num_iters=steps, learning_rate=rate)
        if len(planned.asked) != steps:
            raise CheckFailed(f"For num_iters = {steps} self.loss is asked {len(planned.asked)} times.")
        due = W - rate * planned.told(steps)[1]
        weights = spies.array(after, W.shape)
        if weights is None or not near(weights, due):
            board = ""
            if steps == 1:
                inline, dW = spies.inline, planned.told(1)[1].round(3)
                board = (
                    f"W = {inline(W)}   rate {rate:g}   dW = {inline(dW)}\n"
                    f"expected {inline(due.round(3))}\n"
                    f"   yours {'nothing readable' if weights is None else inline(weights.round(3))}"
                )
            raise CheckFailed(
                f"After {steps} steps self.W is not where the gradients that self.loss told lead to.", board
            )


@pytest.mark.points(3)
@pytest.mark.about("training-batch", "training-pairs")
def test_batches(answer):
    """each step asks about a batch of its own: rows with their labels"""
    planned, X, y, _, _, _ = twins.trained(answer, W, num_iters=10, batch_size=5)
    drawn = []
    for X_batch, y_batch, _ in planned.asked:
        if np.shape(X_batch) != (5, D) or np.shape(y_batch) != (5,):
            raise CheckFailed(
                f"With 30 examples and batch_size = 5 self.loss is asked about X_batch {np.shape(X_batch)} "
                "and "
                f"y_batch {np.shape(y_batch)}."
            )
        drawn.append(spies.rows_of(X_batch, X))
        if -1 in drawn[-1]:
            raise CheckFailed("Some row of a batch is no row of X.")
        if not np.array_equal(y[drawn[-1]], y_batch):
            raise CheckFailed(
                "Some label of a batch is not that of its row: draw both with the same row numbers."
            )
    if len(drawn) > 1 and all(np.array_equal(rows, drawn[0]) for rows in drawn):
        raise CheckFailed(f"All ten steps look at the same rows, {', '.join(map(str, drawn[0]))}.")
    if len(set(np.concatenate(drawn or [[0]]))) < 10:
        raise CheckFailed("In fifty draws fewer than ten of the thirty examples came.")


@pytest.mark.points(1)
@pytest.mark.about("training-batch")
def test_large_batch(answer):
    """a batch may be larger than the data"""
    planned, _, _, _, _, _ = twins.trained(answer, W, N=4, batch_size=9)
    if any(np.shape(X_batch) != (9, D) for X_batch, _, _ in planned.asked):
        raise CheckFailed(
            "With 4 examples and batch_size = 9 a batch should have 9 rows, some of them twice."
        )


@pytest.mark.points(1)
@pytest.mark.about("strength")
def test_penalty(answer):
    """self.loss is given the reg of the training"""
    for reg in (0.25, 0.0, 7.5):
        planned, _, _, _, _, _ = twins.trained(answer, W, reg=reg)
        given = {spies.answers.number(each) for _, _, each in planned.asked}
        if given != {reg}:
            told = (
                ", ".join("nothing readable" if each is None else f"{each:g}" for each in given) or "nothing"
            )
            raise CheckFailed(
                f"train(..., reg={reg:g}) should ask self.loss with reg = {reg:g}; it asks with {told}."
            )


@pytest.mark.points(2)
@pytest.mark.about("training-history")
def test_history(answer):
    """training returns the loss of each batch"""
    for steps in (4, 1):
        planned, _, _, told, _, _ = twins.trained(answer, W, num_iters=steps)
        losses = spies.numbers(told)
        if losses is None:
            raise CheckFailed(
                f"train should return the list of the losses; it returns {spies.returned(told)}."
            )
        if not near(losses, planned.told(steps)[0]):
            raise CheckFailed(
                f"With num_iters = {steps} train should return the {steps} losses that self.loss told; it "
                "returns "
                f"{spies.inline(losses.round(3))}."
            )


@pytest.mark.points(2)
@pytest.mark.about("start")
def test_start(answer):
    """without weights, training starts from small random ones of the right shape"""
    after = twins.trained(answer, None, flat=True, num_iters=1)[4]
    weights = spies.array(after, W.shape)
    if weights is None:
        raise CheckFailed(
            f"With D = {D} and labels 0, 1, 2 self.W should be ({D}, {C}); it is {spies.returned(after)}."
        )
    X, y = np.ones((12, 50)), np.append(np.arange(10), [0, 0])
    options = {"learning_rate": 0.5, "reg": 0.0, "num_iters": 1, "batch_size": 2}
    flat = twins.Planned(flat=True)
    many = spies.array(spies.of_two(answer("train", None, X, y, flat, options))[1], (50, 10))
    if many is None:
        raise CheckFailed("With D = 50 and labels 0, 1, ..., 9 self.W should be (50, 10).")
    # Of 500 such numbers the mean strays by 0.00004, the deviation by 0.00003, the share by 0.02.
    inside = np.mean(np.abs(many) < 1e-3)
    if abs(many.mean()) > 2.5e-4 or not 8e-4 < many.std() < 1.2e-3 or abs(inside - 0.683) > 0.11:
        raise CheckFailed(
            "The first weights should be 0.001 times standard normal numbers. 500 of yours have the mean "
            f"{many.mean():.1g} and the standard deviation {many.std():.2g}, and {inside:.0%} of them are "
            "nearer to 0 than 0.001, which should be about 68%."
        )


@pytest.mark.points(2)
@pytest.mark.about("predict")
def test_predict(answer, rng):
    """predict returns the column with the highest score, one a row"""
    small = np.array([[1.0, 0.0, -1.0], [0.0, 2.0, 0.0]]), np.array([[2.0, 0.0], [1.0, 3.0], [-1.0, 0.5]])
    cases = [small, *((rng.normal(size=(4, 6)), rng.normal(size=(N, 4))) for N in (9, 1))]
    for weights, X in cases:
        due = (X @ weights).argmax(axis=1)
        value = answer("predict", weights, X)
        classes = spies.array(value, due.shape)
        if classes is None or not np.array_equal(classes, due):
            inline = spies.inline
            board = (
                f"W = {inline(weights)}\nX = {inline(X)}\nscores X @ W = {inline(X @ weights)}\n"
                f"expected {inline(due)}, yours "
                f"{spies.returned(value) if classes is None else inline(classes)}"
            )
            raise CheckFailed("The classes are wrong.", board if weights is small[0] else "")
