"""The mistakes of adding a data loss and a penalty, as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.objective import full_loss as reference

answers = catalogue.beside(__file__, "answers")
callbacks = catalogue.beside(__file__, "callbacks")
problems = catalogue.beside(__file__, "problems")


def REFERENCE(data_loss, penalty, W, X, y, reg):
    """The right answer."""
    return reference(data_loss, penalty, W, X, y, reg)


# --------------------------------------------------------------------------------------------- data


def hinge_wired_in(data_loss, penalty, W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    counts = (margins > 0).astype(float)
    counts[rows, y] = -counts.sum(axis=1)
    value, gradient = penalty(W, reg)
    return margins.sum() / len(X) + value, X.T @ counts / len(X) + gradient


def data_averaged_again(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss / len(X) + value, dW / len(X) + gradient


def data_gradient_averaged_again(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss + value, dW / len(X) + gradient


def data_gradient_left_out(data_loss, penalty, W, X, y, reg):
    loss, _ = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss + value, gradient


def data_called_with_reg(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y, reg)
    value, gradient = penalty(W, reg)
    return loss + value, dW + gradient


def data_called_x_first(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(X, W, y)
    value, gradient = penalty(W, reg)
    return loss + value, dW + gradient


def penalty_called_without_reg(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W)
    return loss + reg * value, dW + reg * gradient


def penalty_of_gradient(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(dW, reg)
    return loss + value, dW + gradient


# ------------------------------------------------------------------------------------------ penalty


def penalty_not_added(data_loss, penalty, W, X, y, reg):
    return data_loss(W, X, y)


def values_added_only(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, _ = penalty(W, reg)
    return loss + value, dW


def gradients_added_only(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    _, gradient = penalty(W, reg)
    return loss, dW + gradient


def strength_twice(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss + reg * value, dW + reg * gradient


def strength_left_out(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, 1.0)
    return loss + value, dW + gradient


def penalty_for_each_example(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss + len(X) * value, dW + len(X) * gradient


def penalty_averaged_over_examples(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss + value / len(X), dW + gradient / len(X)


def squares_wired_in(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


def slope_of_squares_wired_in(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, _ = penalty(W, reg)
    return loss + value, dW + 2 * reg * W


def penalty_subtracted(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss - value, dW - gradient


# ------------------------------------------------------------------------------ mutation, bookkeeping


def weights_changed(data_loss, penalty, W, X, y, reg):
    loss, dW = reference(data_loss, penalty, W, X, y, reg)
    step = W  # not a copy
    step -= 0.1 * dW
    return loss, dW


def examples_changed(data_loss, penalty, W, X, y, reg):
    loss, dW = reference(data_loss, penalty, W, X, y, reg)
    X /= len(X)
    return loss, dW


def pairs_joined(data_loss, penalty, W, X, y, reg):
    return data_loss(W, X, y) + penalty(W, reg)


def swapped_return(data_loss, penalty, W, X, y, reg):
    loss, dW = reference(data_loss, penalty, W, X, y, reg)
    return dW, loss


def loss_alone(data_loss, penalty, W, X, y, reg):
    return reference(data_loss, penalty, W, X, y, reg)[0]


def nothing_returned(data_loss, penalty, W, X, y, reg):
    print(*reference(data_loss, penalty, W, X, y, reg))


# ------------------------------------------------------------------------------------------- groups

SIZES = [(5, 3, 4), (2, 4, 3), (7, 2, 5), (3, 5, 2)]


def probes(reg):
    """Problems of mixed sizes."""
    rng = np.random.default_rng(60)
    return [problems.random_problem(rng, *size, reg=reg) for size in SIZES]


def parts(f, data_loss, penalty, case):
    """Loss and gradient of one probe, as far as they can be read."""
    answer = answers.read(f(data_loss, penalty, *case.arguments).value, case.W)
    seen = {"the loss": answer.loss, "the gradient": answer.dW}
    return {name: part for name, part in seen.items() if part is not None}


def calls(f):
    """With which shapes the two functions are called, if they are called."""
    case, seen = probes(0.5)[0], []
    recorder = callbacks.Recorder(case.W.shape)
    f(recorder.data_loss, recorder.penalty, *case.arguments)
    for name in ("data_loss", "penalty"):
        asked = [str(shapes) for which, shapes in recorder.asked if which == name]
        seen.append(({}, {name: asked[0]} if asked else {}))
    return seen


def data_term(f):
    """The data loss alone: no penalty, and reg = 0."""
    seen = []
    for case in probes(0.0):
        seen.append((case.sizes, parts(f, callbacks.CROSS_ENTROPY, callbacks.NOTHING, case)))
    return seen


def penalty(f):
    """What a penalty adds, whatever the data term is."""
    seen = []
    for reg in (0.5, 0.2):
        for case in probes(reg):
            with_it = parts(f, callbacks.CROSS_ENTROPY, callbacks.L1, case)
            without = parts(f, callbacks.CROSS_ENTROPY, callbacks.NOTHING, case.with_reg(0.0))
            both = {name: with_it[name] - without[name] for name in with_it if name in without}
            seen.append((case.sizes, both))
    return seen


def mutation(f):
    """Which arguments are not afterwards what they were before."""
    seen = []
    for case in probes(0.5):
        after = f(callbacks.CROSS_ENTROPY, callbacks.L1, *case.arguments).arguments[2:]
        seen.append(({}, answers.kept("WXy", case.arguments, after)))
    return seen


def bookkeeping(f):
    """How many results come, and in which order."""
    case = probes(0.5)[0]
    exchange = f(callbacks.CROSS_ENTROPY, callbacks.L1, *case.arguments)
    if exchange.failed:
        return [({}, {})]
    returns = exchange.value
    if isinstance(returns, tuple | list) and len(returns) == 2:
        swapped = answers.read(returns, case.W).swapped
        return [({}, {"returns": "gradient, loss" if swapped else "two results"})]
    if isinstance(returns, tuple | list):
        return [({}, {"returns": f"{len(returns)} results"})]
    return [({}, {"returns": answers.described(returns, case.W)})]


GROUPS = [
    Group("bookkeeping", "what is returned", bookkeeping),
    Group("calls", "the calls of the two functions", calls),
    Group("mutation", "the arguments after the call", mutation),
    Group("data", "the data term", data_term),
    Group("penalty", "the penalty", penalty),
]
