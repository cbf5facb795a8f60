"""The graded checks of ``debug_training_loop(...) -> (W, history)``: 5 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near
from lintutor.autograder.inside.codec import Seed

spies = catalogue.beside(__file__, "spies")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.debug_training_loop")


@pytest.fixture
def answer(submission):
    return submission.ch07.debug_training_loop


@pytest.mark.points(2)
@pytest.mark.about("batch")
def test_batch(answer, rng):
    """each step looks at a batch: rows of X, as many as asked for, with their labels"""
    for seed, size in ((int(rng.integers(10**6)), 6), (int(rng.integers(10**6)), 3)):
        watched, X, y = twins.watch(answer, seed, 4, size)
        for number, (X_batch, y_batch, _) in enumerate(watched.steps.asked):
            if np.shape(X_batch) != (size, 2) or np.shape(y_batch) != (size,):
                raise CheckFailed(
                    f"With batch_size = {size} and 40 examples the loss of step {number} is asked about "
                    "X_batch "
                    f"{np.shape(X_batch)} and y_batch {np.shape(y_batch)}."
                )
            rows = spies.rows_of(X_batch, X)
            if -1 in rows or not np.array_equal(y[rows], y_batch):
                raise CheckFailed("Some label of the batch is not the label of its row.")
        if len(watched.steps.asked) != 4:
            raise CheckFailed(f"For 4 steps the loss is asked {len(watched.steps.asked)} times.")


@pytest.mark.points(2)
@pytest.mark.about("batch")
def test_new_batches(answer, rng):
    """each step draws a batch of its own, from the generator that came"""
    seed = int(rng.integers(10**6))
    drawn = []
    for each in (seed, seed, seed + 1):
        watched, X, _ = twins.watch(answer, each, 5, 8)
        rows = watched.rows(X, 8)
        if rows is None:
            raise CheckFailed("The loss is not asked about batches of batch_size rows.")
        if (rows == rows[0]).all():
            raise CheckFailed(f"All five steps look at the same rows of X: {', '.join(map(str, rows[0]))}.")
        drawn.append(rows)
    if not np.array_equal(drawn[0], drawn[1]):
        raise CheckFailed(
            "The same generator gave other batches the second time: nobody can repeat your run."
        )
    if np.array_equal(drawn[0], drawn[2]):
        raise CheckFailed("Another generator gave the same batches: rng decides nothing.")


@pytest.mark.points(1)
def test_walk(answer, rng):
    """the weights and the losses are those of the walk, and W stays as it was"""
    X, y = twins.table(9)
    W = rng.normal(size=(2, 3))
    watched = twins.Watched()
    reply = answer.run(watched, W.copy(), X, y, 0.5, 3, 4, Seed(int(rng.integers(10**6))), echo=True)
    told = [watched.steps.told(number) for number in range(3)]
    if len(watched.steps.asked) != 3:
        raise CheckFailed(f"For 3 steps the loss is asked {len(watched.steps.asked)} times.")
    first, second = spies.of_two(reply.value)
    weights, losses = spies.array(first, W.shape), spies.numbers(second)
    if weights is None or losses is None:
        raise CheckFailed(f"It should return (W, history); it returns {spies.returned(reply.value)}.")
    stations = [W - 0.5 * sum(dW for _, dW in told[:number]) for number in range(4)]
    for number, (_, _, asked) in enumerate(watched.steps.asked):
        if not near(asked, stations[number]):
            raise CheckFailed(
                f"In step {number} the loss is not asked about the weights of that moment: "
                "where one step goes the next one asks."
            )
    if not near(weights, stations[-1]):
        raise CheckFailed(
            "After three steps the weights are not W minus the rate times each of the gradients."
        )
    if not near(losses, [loss for loss, _ in told]):
        raise CheckFailed("The history is not the list of the three losses that were told.")
    if not np.array_equal(reply.arguments[1], W):
        raise CheckFailed("The W that came is changed by the call.")
