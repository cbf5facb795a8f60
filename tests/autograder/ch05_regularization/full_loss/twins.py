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
    def hinge(W, X, y):
        rows = np.arange(len(X))
        scores = X @ W
        margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
        margins[rows, y] = 0
        counts = (margins > 0).astype(float)
        counts[rows, y] = -counts.sum(axis=1)
        return margins.sum() / len(X), X.T @ counts / len(X)

    return REFERENCE(hinge, penalty, W, X, y, reg)


def data_averaged_again(data_loss, penalty, W, X, y, reg):
    def averaged(W, X, y):
        loss, dW = data_loss(W, X, y)
        return loss / len(X), dW / len(X)

    return REFERENCE(averaged, penalty, W, X, y, reg)


def data_summed(data_loss, penalty, W, X, y, reg):
    def summed(W, X, y):
        parts = [data_loss(W, X[i : i + 1], y[i : i + 1]) for i in range(len(X))]
        return sum(loss for loss, _ in parts), sum(dW for _, dW in parts)

    return REFERENCE(summed, penalty, W, X, y, reg)


def data_gradient_averaged_again(data_loss, penalty, W, X, y, reg):
    def averaged(W, X, y):
        loss, dW = data_loss(W, X, y)
        return loss, dW / len(X)

    return REFERENCE(averaged, penalty, W, X, y, reg)


def data_gradient_left_out(data_loss, penalty, W, X, y, reg):
    def flat(W, X, y):
        loss, dW = data_loss(W, X, y)
        return loss, 0 * dW

    return REFERENCE(flat, penalty, W, X, y, reg)


# -------------------------------------------------------------------------------------------- calls


def data_called_with_reg(data_loss, penalty, W, X, y, reg):
    return REFERENCE(lambda W, X, y: data_loss(W, X, y, reg), penalty, W, X, y, reg)


def data_called_x_first(data_loss, penalty, W, X, y, reg):
    return REFERENCE(lambda W, X, y: data_loss(X, W, y), penalty, W, X, y, reg)


def penalty_called_without_reg(data_loss, penalty, W, X, y, reg):
    return REFERENCE(data_loss, lambda W, reg: [reg * part for part in penalty(W)], W, X, y, reg)


def penalty_called_reg_first(data_loss, penalty, W, X, y, reg):
    return REFERENCE(data_loss, lambda W, reg: penalty(reg, W), W, X, y, reg)


# ------------------------------------------------------------------------------------------ penalty


def penalty_of_gradient(data_loss, penalty, W, X, y, reg):
    _, slope = data_loss(W, X, y)
    return REFERENCE(data_loss, handed(penalty, {2: slope}), W, X, y, reg)


def penalty_not_added(data_loss, penalty, W, X, y, reg):
    return changed(REFERENCE, lambda value, gradient: (0, 0), data_loss, penalty, W, X, y, reg)


def handed(penalty, instead):
    """A penalty that is handed something else, by how many axes it has, in whatever order it is called."""
    return lambda *given: penalty(*(instead.get(np.ndim(each), each) for each in given))


def changed(right, change, data_loss, penalty, W, X, y, reg):
    """The right answer with a penalty that returns something else."""
    return right(data_loss, lambda W, reg: change(*penalty(W, reg)), W, X, y, reg)


def values_added_only(data_loss, penalty, W, X, y, reg):
    return changed(REFERENCE, lambda value, gradient: (value, 0), data_loss, penalty, W, X, y, reg)


def gradients_added_only(data_loss, penalty, W, X, y, reg):
    return changed(REFERENCE, lambda value, gradient: (0, gradient), data_loss, penalty, W, X, y, reg)


def strength_twice(data_loss, penalty, W, X, y, reg):
    return changed(
        REFERENCE, lambda value, slope: (reg * value, reg * slope), data_loss, penalty, W, X, y, reg
    )


def strength_left_out(data_loss, penalty, W, X, y, reg):
    return REFERENCE(data_loss, handed(penalty, {0: 1.0}), W, X, y, reg)


def penalty_for_each_example(data_loss, penalty, W, X, y, reg):
    N = len(X)
    return changed(REFERENCE, lambda value, slope: (N * value, N * slope), data_loss, penalty, W, X, y, reg)


def penalty_averaged_over_examples(data_loss, penalty, W, X, y, reg):
    N = len(X)
    return changed(REFERENCE, lambda value, slope: (value / N, slope / N), data_loss, penalty, W, X, y, reg)


def squares_wired_in(data_loss, penalty, W, X, y, reg):
    return REFERENCE(data_loss, lambda W, reg: (reg * np.sum(W * W), 2 * reg * W), W, X, y, reg)


def slope_of_squares_wired_in(data_loss, penalty, W, X, y, reg):
    return REFERENCE(data_loss, lambda W, reg: (penalty(W, reg)[0], 2 * reg * W), W, X, y, reg)


def penalty_subtracted(data_loss, penalty, W, X, y, reg):
    return changed(REFERENCE, lambda value, slope: (-value, -slope), data_loss, penalty, W, X, y, reg)


# ------------------------------------------------------------------------------ mutation, bookkeeping


def weights_changed(data_loss, penalty, W, X, y, reg):
    loss, dW = REFERENCE(data_loss, penalty, W, X, y, reg)
    step = W  # not a copy
    step -= 0.1 * dW
    return loss, dW


def examples_changed(data_loss, penalty, W, X, y, reg):
    loss, dW = REFERENCE(data_loss, penalty, W, X, y, reg)
    X /= len(X)
    return loss, dW


def pairs_joined(data_loss, penalty, W, X, y, reg):
    return tuple(data_loss(W, X, y)) + tuple(penalty(W, reg))


def swapped_return(data_loss, penalty, W, X, y, reg):
    loss, dW = REFERENCE(data_loss, penalty, W, X, y, reg)
    return dW, loss


def loss_alone(data_loss, penalty, W, X, y, reg):
    return REFERENCE(data_loss, penalty, W, X, y, reg)[0]


def nothing_returned(data_loss, penalty, W, X, y, reg):
    print(*REFERENCE(data_loss, penalty, W, X, y, reg))


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


def kind_of(shape, W):
    """Which argument one of this shape is; there may be fewer examples than there were."""
    if shape == W.shape:
        return "W"
    if len(shape) == 2:
        return "X" if shape[1] == len(W) else "another table"
    return {0: "a number", 1: "y"}.get(len(shape), "another array")


def calls(f):
    """With which arguments the two functions are called, if they are called."""
    case, seen = probes(0.5)[0], []
    recorder = callbacks.Recorder(case.W.shape)
    f(recorder.data_loss, recorder.penalty, *case.arguments)
    for name in ("data_loss", "penalty"):
        asked = [shapes for which, shapes in recorder.asked if which == name]
        told = [[kind_of(shape, case.W) for shape in shapes] for shapes in asked[:1]]
        seen.append(({}, {name: ", ".join(told[0])} if told else {}))
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
