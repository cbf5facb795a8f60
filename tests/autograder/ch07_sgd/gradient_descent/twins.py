"""The mistakes of a loop of gradient descent as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

spies = catalogue.beside(__file__, "spies")


def REFERENCE(loss_and_grad, W, learning_rate, num_steps):
    """The right answer."""
    weights, history = W.copy(), []
    for _ in range(num_steps):
        loss, dW = loss_and_grad(weights)
        history.append(loss)
        weights = weights - learning_rate * dW
    return weights, history


def step_uphill(loss_and_grad, W, learning_rate, num_steps):
    return REFERENCE(loss_and_grad, W, -learning_rate, num_steps)


def rate_left_out(loss_and_grad, W, learning_rate, num_steps):
    return REFERENCE(loss_and_grad, W, 1.0, num_steps)


def gradient_of_the_start(loss_and_grad, W, learning_rate, num_steps):
    weights, history = W.copy(), []
    loss, dW = loss_and_grad(W)
    for _ in range(num_steps):
        history.append(loss)
        weights = weights - learning_rate * dW
    return weights, history


def never_moved(loss_and_grad, W, learning_rate, num_steps):
    return REFERENCE(loss_and_grad, W, 0.0, num_steps)


def one_step_short(loss_and_grad, W, learning_rate, num_steps):
    return REFERENCE(loss_and_grad, W, learning_rate, max(num_steps - 1, 0))


def step_of_fixed_length(loss_and_grad, W, learning_rate, num_steps):
    weights, history = W.copy(), []
    for _ in range(num_steps):
        loss, dW = loss_and_grad(weights)
        history.append(loss)
        weights = weights - learning_rate * dW / np.sqrt((dW**2).sum())
    return weights, history


def loss_after_the_move(loss_and_grad, W, learning_rate, num_steps):
    weights, history = W.copy(), []
    _, dW = loss_and_grad(weights)
    for _ in range(num_steps):
        weights = weights - learning_rate * dW
        loss, dW = loss_and_grad(weights)
        history.append(loss)
    return weights, history


def one_loss_too_many(loss_and_grad, W, learning_rate, num_steps):
    weights, history = REFERENCE(loss_and_grad, W, learning_rate, num_steps)
    return weights, [*history, loss_and_grad(weights)[0]]


def last_loss_alone(loss_and_grad, W, learning_rate, num_steps):
    weights, history = REFERENCE(loss_and_grad, W, learning_rate, num_steps)
    return weights, history[-1] if history else 0.0


def start_changed(loss_and_grad, W, learning_rate, num_steps):
    weights, history = REFERENCE(loss_and_grad, W, learning_rate, num_steps)
    W[...] = weights  # as if there were no copy
    return weights, history


def history_first(loss_and_grad, W, learning_rate, num_steps):
    return REFERENCE(loss_and_grad, W, learning_rate, num_steps)[::-1]


BOWL = spies.Bowl([[1.0, 0.5], [2.0, 0.25], [1.5, 1.0]], [[1.0, -2.0], [0.5, 3.0], [-1.0, 0.0]])
START = np.array([[0.3, 2.1], [-1.6, 1.4], [2.2, -0.7]])
PROBES = [(0.125, 1), (0.125, 3), (0.0625, 5)]


def seen_of(f, rate, steps):
    """The bowl with what was asked, the weights and the history as they came, swapped back if need be."""
    bowl = BOWL.fresh()
    exchange = f(bowl, START, rate, steps)
    first, second = spies.of_two(exchange.value)
    swapped = spies.array(first, START.shape) is None and spies.array(second, START.shape) is not None
    weights, history = (second, first) if swapped else (first, second)
    return bowl, spies.array(weights, START.shape), history, swapped, exchange


def walk(f):
    """Where the walk ends."""
    seen = []
    for rate, steps in PROBES:
        _, weights, _, _, _ = seen_of(f, rate, steps)
        seen.append(({"num_steps": steps}, {} if weights is None else {"the last W": weights}))
    return seen


def history(f):
    """Which losses were kept, of those that the bowl told on the way that was walked, right or wrong."""
    return [({}, kept(*seen_of(f, rate, steps)[:3])) for rate, steps in PROBES]


def kept(bowl, weights, told):
    """The word for what the history of one probe holds; none where losses cannot be told apart."""
    if weights is None or not bowl.losses:
        return {}
    losses, alone = spies.numbers(told), spies.answers.number(told)
    if losses is None:
        return {} if alone is None else {"history": "one number"}
    end, asked_at_the_end = bowl.at(weights)[0], np.allclose(bowl.points[-1], weights)
    before = bowl.losses[:-1] if asked_at_the_end else bowl.losses
    along = [*before, end]
    if np.isclose(along[0], end):
        return {}
    for word, each in {"before": before, "after": along[1:], "one more": along}.items():
        if losses.shape == np.shape(each) and np.allclose(losses, each):
            return {"history": word}
    return {}


def mutation(f):
    """Whether the array to start from is what it was, after each of the walks."""
    starts = [seen_of(f, rate, steps)[-1].arguments[1:2] for rate, steps in PROBES]
    changed = any(not np.array_equal(each, START) for start in starts for each in start)
    return [({}, {"W": "changed" if changed else "as it was"})]


def bookkeeping(f):
    """The order of the two results."""
    return [
        ({}, {"order": "history first" if seen_of(f, rate, steps)[3] else "W first"})
        for rate, steps in PROBES[1:]
    ]


GROUPS = [
    Group("walk", "the walk", walk),
    Group("history", "the history", history),
    Group("mutation", "the arguments", mutation),
    Group("bookkeeping", "what is returned", bookkeeping),
]
