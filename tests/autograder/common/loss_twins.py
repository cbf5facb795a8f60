"""The mistakes that every loss of a batch can have, as code, and the probes of their groups.

Each takes the right loss first, and then its arguments: the mistake is in the penalty, in the form of the
results or in the bookkeeping, whatever the data term is.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")


def made(mistake, right):
    """The twin of the loss `right` that makes a mistake."""

    def twin(W, X, y, reg):
        return mistake(right, W, X, y, reg)

    return twin


# ------------------------------------------------------------------------------------------ penalty


def half_penalty(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    return loss + 0.5 * reg * np.sum(W * W), dW + reg * W


def penalty_gradient_halved(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    return loss + reg * np.sum(W * W), dW + reg * W


def penalty_missing(right, W, X, y, reg):
    return right(W, X, y, 0.0)


def penalty_missing_from_gradient(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    return loss + reg * np.sum(W * W), dW


def penalty_missing_from_loss(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    return loss, dW + 2 * reg * W


def penalty_gradient_divided(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    return loss + reg * np.sum(W * W), dW + 2 * reg * W / len(X)


def penalty_divided(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    return loss + reg * np.sum(W * W) / len(X), dW + 2 * reg * W / len(X)


def penalty_gradient_scalar(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    return loss + reg * np.sum(W * W), dW + 2 * reg * np.sum(W)


def bias_row_spared(right, W, X, y, reg):
    loss, dW = right(W, X, y, 0.0)
    spared = W.copy()
    spared[-1] = 0
    return loss + reg * np.sum(spared * spared), dW + 2 * reg * spared


# ------------------------------------------------------------------------- shape, mutation, bookkeeping


def gradient_transposed(right, W, X, y, reg):
    loss, dW = right(W, X, y, reg)
    return loss, dW.T


def loss_per_example(right, W, X, y, reg):
    loss, dW = right(W, X, y, reg)
    return loss + np.arange(len(X)) - (len(X) - 1) / 2, dW  # as many as examples; their mean is the loss


def crash_at_other_sizes(right, W, X, y, reg):
    scratch = np.zeros((X.shape[0], W.shape[1]))
    scratch[np.arange(W.shape[1]), y] = 1  # the rows of the batch, not the classes, belong here
    return right(W, X, y, reg)


def weights_changed(right, W, X, y, reg):
    loss, dW = right(W, X, y, reg)
    penalty = W  # not a copy
    penalty *= 2 * reg
    return loss, dW


def examples_changed(right, W, X, y, reg):
    loss, dW = right(W, X, y, reg)
    X /= len(X)
    return loss, dW


def swapped_return(right, W, X, y, reg):
    loss, dW = right(W, X, y, reg)
    return dW, loss


def loss_alone(right, W, X, y, reg):
    return right(W, X, y, reg)[0]


def nothing_returned(right, W, X, y, reg):
    print(*right(W, X, y, reg))


# ------------------------------------------------------------------------------------------- groups

RNG_SEED = 20
SIZES = [(5, 3, 4), (2, 4, 3), (7, 2, 5), (3, 5, 3), (6, 4, 2)]


def probes(reg):
    """Problems of mixed sizes, N, D and C different in most, none near a kink."""
    rng = np.random.default_rng(RNG_SEED)
    return [problems.random_problem(rng, *size, reg=reg) for size in SIZES]


def parts(f, case):
    """Loss and gradient of one probe, as far as they can be read."""
    answer = answers.read(f(*case.arguments).value, case.W)
    seen = {}
    if answer.loss is not None:
        seen["the loss"] = answer.loss
    if answer.dW is not None:
        seen["the gradient"] = answer.dW
    return seen


def data_term(f):
    """With reg = 0: only the data term is there.

    What crashes wherever N is not C takes a row for a column: that its numbers are wrong where it runs is no
    mistake of its own.
    """
    seen = [(case.sizes, parts(f, case)) for case in probes(0.0)]
    if not any(sight for sizes, sight in seen if sizes["N"] != sizes["C"]):
        return [(sizes, {}) for sizes, _ in seen]
    return seen


def penalty(f):
    """What reg changes: the answer with it minus the answer without it, whatever the data term is."""
    seen = []
    for case in probes(0.5):
        with_reg, without = parts(f, case), parts(f, case.with_reg(0.0))
        seen.append((case.sizes, {k: with_reg[k] - without[k] for k in with_reg if k in without}))
    return seen


def shape(f):
    """The forms of the two results, and whether some sizes crash."""
    exchanges = [(case, f(*case.arguments)) for case in probes(0.5)]
    crashed = [exchange.failed for _, exchange in exchanges]
    came = [answers.read(e.value, case.W) for case, e in exchanges if not e.failed]
    seen = {"crash": "always" if all(crashed) else "at some sizes" if any(crashed) else "never"}
    if came and came[0].dW_form:  # two results came
        seen |= {"loss": came[0].loss_form, "gradient": came[0].dW_form}
    return [({}, seen)]


def mutation(f):
    """Which arguments are not afterwards what they were before."""
    return [({}, answers.kept("WXy", case.arguments, f(*case.arguments).arguments)) for case in probes(0.25)]


def bookkeeping(f):
    """How many results come, and in which order."""
    for case in probes(0.5):
        exchange = f(*case.arguments)
        if not exchange.failed:
            returns = exchange.value
            if returns is None:
                return [({}, {"returns": "nothing"})]
            if not isinstance(returns, tuple | list):
                return [({}, {"returns": "one result"})]
            swapped = len(returns) == 2 and answers.gradient(returns[0], case.W) is not None
            return [({}, {"returns": "gradient, loss" if swapped else f"{len(returns)} results"})]
    return [({}, {})]


GROUPS = [
    Group("bookkeeping", "what is returned", bookkeeping),
    Group("shape", "the shapes of the results", shape),
    Group("mutation", "the arguments after the call", mutation),
    Group("data", "the data term", data_term),
    Group("penalty", "the penalty", penalty),
]
