"""The graded checks of ``gradient_descent(loss_and_grad, W, learning_rate, num_steps)``: 12 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

spies = catalogue.beside(__file__, "spies")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.gradient_descent")

inline, say = spies.inline, spies.say
# w * w at 4, and two weights with different slopes
SMALL = [(spies.Bowl([1], [0]), np.array([4.0])), (spies.Bowl([1, 0.5], [0, 1]), np.array([2.0, 5.0]))]


@pytest.fixture
def answer(submission):
    return submission.ch07.gradient_descent


def ask(answer, bowl, W, rate, steps):
    """Weights and history, in the right order."""
    return read(answer(bowl, W, rate, steps), W)[:2]


def read(value, W):
    """Weights, history and whether they came the other way round; the weights must be there."""
    first, second = spies.of_two(value)
    swapped = spies.array(first, W.shape) is None and spies.array(second, W.shape) is not None
    if swapped:
        first, second = second, first
    weights = spies.array(first, W.shape)
    if weights is None:
        raise CheckFailed(
            f"It should return (W, history), an array of shape {W.shape} and a list; it returns "
            f"{spies.returned(value)}."
        )
    return weights, second, swapped


def random_walks(rng):
    """Bowls of several shapes, with rates that a right walk bears."""
    for shape, steps in (((3,), 4), ((2, 3), 7), ((2, 2, 2), 3)):
        bowl = spies.Bowl(rng.uniform(0.5, 1.5, size=shape), rng.normal(size=shape))
        yield bowl, rng.normal(size=shape), float(rng.uniform(0.1, 0.3)), steps


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "history")
@pytest.mark.gate
def test_form(answer, follow):
    """returns the weights and a list of losses"""
    bowl, W = SMALL[1]
    weights, history, swapped = read(answer(bowl.fresh(), W, 0.25, 3), W)
    if swapped:
        follow("The weights come first, then the history. The rest is graded on them turned around.", lost=1)
    if spies.numbers(history) is None:
        follow(
            "The history should be a list of numbers, one loss a step; it is "
            f"{spies.returned(history)}. The rest is graded without it.",
            lost=2,
        )
    if not np.isfinite(weights).all():
        raise CheckFailed("The weights are not finite (NaN or inf).")


@pytest.mark.points(3)
@pytest.mark.about("walk")
def test_one_step(answer, rng):
    """one step goes against the gradient, times the rate"""
    for bowl, W in [*SMALL, *((each[0], each[1]) for each in random_walks(rng))]:
        weights, _ = ask(answer, bowl.fresh(), W, 0.25, 1)
        loss, dW = bowl.at(W)
        due = W - 0.25 * dW
        if not near(weights, due):
            board = (
                f"W = {inline(W)}   loss {say(loss)}, dW = {inline(dW)}   learning_rate = 0.25\n"
                f"after the step: {inline(W)} - 0.25 * {inline(dW)} = {inline(due)}, yours {inline(weights)}"
            )
            raise CheckFailed("After one step the weights are wrong.", board if W.size <= 4 else "")


@pytest.mark.points(2)
@pytest.mark.about("walk")
def test_walk(answer, rng):
    """each further step starts where the last one went"""
    small = [(bowl, W, 0.25, steps) for bowl, W in SMALL for steps in (2, 3)]
    for bowl, W, rate, steps in [*small, *random_walks(rng)]:
        weights, _ = ask(answer, bowl.fresh(), W, rate, steps)
        due, _ = twins.REFERENCE(spied := bowl.fresh(), W, rate, steps)
        if not near(weights, due):
            stations = " -> ".join(inline(point) for point in [*spied.points, due])
            board = f"rate {rate:g}: {stations}\nyours ends at {inline(weights)}"
            raise CheckFailed(f"After {steps} steps the weights are wrong.", board if W.size <= 4 else "")


@pytest.mark.points(2)
@pytest.mark.about("history", "walk")
def test_history(answer, rng, follow):
    """the history holds the loss before each move"""
    for bowl, W, rate, steps in [(*SMALL[0], 0.25, 3), *random_walks(rng)]:
        weights, told = ask(answer, own := bowl.fresh(), W, rate, steps)
        losses = spies.numbers(told)
        right, due = twins.REFERENCE(bowl.fresh(), W, rate, steps)
        if losses is not None and own.losses and not near(weights, right) and near(losses, own.losses):
            follow("Your walk is another one; these are the losses on it, each before its move.")
            return
        if losses is None or not near(losses, due):
            board = f"expected {inline(due)}, yours {inline(losses)}" if W.size <= 4 else ""
            raise CheckFailed(
                f"With {steps} steps the history is not the {steps} losses before the moves.", board
            )


@pytest.mark.points(1)
def test_calls(answer, rng):
    """loss_and_grad is asked once a step"""
    for bowl, W, rate, steps in random_walks(rng):
        ask(answer, spied := bowl.fresh(), W, rate, steps)
        if len(spied.points) != steps:
            raise CheckFailed(
                f"For {steps} steps loss_and_grad is called {len(spied.points)} times. Keep both of its "
                "results, and do not ask after the last move."
            )


@pytest.mark.points(1)
@pytest.mark.about("walk", "history")
def test_edges(answer):
    """no steps at all, a rate of 0, the bottom of the bowl"""
    bowl, W = SMALL[1]
    for start, rate, steps in ((W, 0.25, 0), (W, 0.0, 2), (bowl.c, 0.25, 2)):
        weights, told = ask(answer, bowl.fresh(), start, rate, steps)
        losses = spies.numbers(told)
        if not near(weights, start) or losses is None or len(losses) != steps:
            raise CheckFailed(
                f"With num_steps = {steps}, learning_rate = {rate:g} and W = {inline(start)} nothing moves: "
                f"W should be {inline(start)} with {steps} losses; it is {inline(weights)} with "
                f"{spies.returned(told) if losses is None else len(losses)}."
            )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_start_unchanged(answer):
    """the array that came stays as it was, and another one comes back"""
    bowl, W = SMALL[1]
    for steps in (2, 0):
        reply = answer.run(bowl.fresh(), W.copy(), 0.25, steps, echo=True)
        if not np.array_equal(reply.arguments[1], W):
            raise CheckFailed(
                f"The caller's W was {inline(W)} and is {inline(reply.arguments[1])} after the call. "
                "`W -= ...` changes the array itself; move a copy."
            )
        if reply.shared:
            raise CheckFailed(
                f"With num_steps = {steps} the array that comes back is the one that came: whoever changes "
                "one changes the other. Begin with a copy."
            )
