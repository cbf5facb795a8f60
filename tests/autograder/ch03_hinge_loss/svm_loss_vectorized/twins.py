"""The mistakes of chapter 3 as code: one function a misconception, wrong in one way and right otherwise.

Beside them stand the groups: what the probes of a group look at, so that a mistake in the data term
and one in the penalty can be named together.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.objective import svm_loss_vectorized as reference

problems = catalogue.beside(__file__, "problems")


def REFERENCE(W, X, y, reg):
    """The right answer."""
    return reference(W, X, y, reg)


def margins_of(W, X, y):
    """Margins (N, C), 0 in the column of the true class."""
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    return margins


def coefficients_of(margins, y):
    """How often each row of X enters each column of the gradient, (N, C)."""
    counts = (margins > 0).astype(float)
    counts[np.arange(len(y)), y] = -counts.sum(axis=1)
    return counts


# ---------------------------------------------------------------------------------------- data term


def true_class_counted(W, X, y, reg):
    loss, dW = reference(W, X, y, reg)
    return loss + 1, dW


def true_class_counted_twice_over(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)  # holds 1 for the true class
    counts = (margins > 0).astype(float)
    counts[rows, y] = -counts.sum(axis=1)
    return margins.sum() / len(X) + reg * np.sum(W * W), X.T @ counts / len(X) + 2 * reg * W


def sum_not_mean(W, X, y, reg):
    margins = margins_of(W, X, y)
    return margins.sum() + reg * np.sum(W * W), X.T @ coefficients_of(margins, y) + 2 * reg * W


def gradient_not_averaged(W, X, y, reg):
    margins = margins_of(W, X, y)
    loss = margins.sum() / len(X) + reg * np.sum(W * W)
    return loss, X.T @ coefficients_of(margins, y) + 2 * reg * W


def mean_over_classes(W, X, y, reg):
    margins = margins_of(W, X, y)
    dW = X.T @ coefficients_of(margins, y) / margins.size
    return margins.mean() + reg * np.sum(W * W), dW + 2 * reg * W


def true_class_column_forgotten(W, X, y, reg):
    margins = margins_of(W, X, y)
    loss = margins.sum() / len(X) + reg * np.sum(W * W)
    return loss, X.T @ (margins > 0) / len(X) + 2 * reg * W


def true_class_minus_one(W, X, y, reg):
    margins = margins_of(W, X, y)
    counts = (margins > 0).astype(float)
    counts[np.arange(len(y)), y] = -1
    return margins.sum() / len(X) + reg * np.sum(W * W), X.T @ counts / len(X) + 2 * reg * W


def margins_as_coefficients(W, X, y, reg):
    margins = margins_of(W, X, y)
    weights = margins.copy()
    weights[np.arange(len(y)), y] = -margins.sum(axis=1)
    return margins.sum() / len(X) + reg * np.sum(W * W), X.T @ weights / len(X) + 2 * reg * W


def gradient_negated(W, X, y, reg):
    margins = margins_of(W, X, y)
    loss = margins.sum() / len(X) + reg * np.sum(W * W)
    return loss, -X.T @ coefficients_of(margins, y) / len(X) + 2 * reg * W


def margins_reversed(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores[rows, y][:, None] - scores + 1)
    margins[rows, y] = 0
    dW = -X.T @ coefficients_of(margins, y) / len(X)
    return margins.sum() / len(X) + reg * np.sum(W * W), dW + 2 * reg * W


def delta_forgotten(W, X, y, reg):
    rows = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None])
    dW = X.T @ coefficients_of(margins, y) / len(X)
    return margins.sum() / len(X) + reg * np.sum(W * W), dW + 2 * reg * W


# ------------------------------------------------------------------------------------------ penalty


def half_penalty(W, X, y, reg):
    loss, dW = reference(W, X, y, 0)
    return loss + 0.5 * reg * np.sum(W * W), dW + reg * W


def penalty_gradient_halved(W, X, y, reg):
    loss, dW = reference(W, X, y, 0)
    return loss + reg * np.sum(W * W), dW + reg * W


def penalty_missing(W, X, y, reg):
    return reference(W, X, y, 0)


def penalty_missing_from_gradient(W, X, y, reg):
    loss, dW = reference(W, X, y, 0)
    return loss + reg * np.sum(W * W), dW


def penalty_missing_from_loss(W, X, y, reg):
    loss, dW = reference(W, X, y, 0)
    return loss, dW + 2 * reg * W


def penalty_gradient_divided(W, X, y, reg):
    margins = margins_of(W, X, y)
    dW = X.T @ coefficients_of(margins, y)
    dW += 2 * reg * W
    dW /= len(X)
    return margins.sum() / len(X) + reg * np.sum(W * W), dW


def penalty_gradient_scalar(W, X, y, reg):
    loss, dW = reference(W, X, y, 0)
    return loss + reg * np.sum(W * W), dW + 2 * reg * np.sum(W)


def bias_row_spared(W, X, y, reg):
    loss, dW = reference(W, X, y, 0)
    spared = W.copy()
    spared[-1] = 0
    return loss + reg * np.sum(spared * spared), dW + 2 * reg * spared


# ------------------------------------------------------------------------- shape, mutation, bookkeeping


def gradient_transposed(W, X, y, reg):
    loss, dW = reference(W, X, y, reg)
    return loss, dW.T


def loss_per_example(W, X, y, reg):
    _, dW = reference(W, X, y, reg)
    return margins_of(W, X, y).sum(axis=1) + reg * np.sum(W * W), dW


def crash_at_other_sizes(W, X, y, reg):
    margins = margins_of(W, X, y)
    margins[np.arange(W.shape[1]), y] = 0  # the rows of the batch, not the classes, belong here
    return reference(W, X, y, reg)


def weights_changed(W, X, y, reg):
    loss, dW = reference(W, X, y, reg)
    penalty = W  # not a copy
    penalty *= 2 * reg
    return loss, dW


def examples_changed(W, X, y, reg):
    loss, _ = reference(W, X, y, reg)
    counts = coefficients_of(margins_of(W, X, y), y)
    X /= len(X)
    return loss, X.T @ counts + 2 * reg * W


def swapped_return(W, X, y, reg):
    loss, dW = reference(W, X, y, reg)
    return dW, loss


def loss_alone(W, X, y, reg):
    return reference(W, X, y, reg)[0]


def nothing_returned(W, X, y, reg):
    print(*reference(W, X, y, reg))


# ------------------------------------------------------------------------------------------- groups

RNG_SEED = 20
SIZES = [(5, 3, 4), (2, 4, 3), (7, 2, 5), (3, 5, 3), (6, 4, 2)]


def probes(reg):
    """Problems of mixed sizes, N, D and C different in most, none near a kink."""
    rng = np.random.default_rng(RNG_SEED)
    return [problems.random_problem(rng, *size, reg=reg) for size in SIZES]


def parts(f, case):
    """Loss and gradient of one probe, as far as they can be read."""
    answer = problems.read(f(*case.arguments).value, case.W)
    seen = {}
    if answer.loss is not None:
        seen["the loss"] = answer.loss
    if answer.dW is not None:
        seen["the gradient"] = answer.dW
    return seen


def data_term(f):
    """With reg = 0: only the data term is there."""
    return [(case.sizes, parts(f, case)) for case in probes(0.0)]


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
    answers = [problems.read(e.value, case.W) for case, e in exchanges if not e.failed]
    seen = {"crash": "always" if all(crashed) else "at some sizes" if any(crashed) else "never"}
    if answers and answers[0].dW_form:  # two results came
        seen |= {"loss": answers[0].loss_form, "gradient": answers[0].dW_form}
    return [({}, seen)]


def mutation(f):
    """Which arguments are not afterwards what they were before."""
    seen = []
    for case in probes(0.25):
        after = f(*case.arguments).arguments[:3]  # nothing, if the call failed
        same = [
            np.shape(a) == np.shape(b) and np.array_equal(a, b)
            for a, b in zip(after, case.arguments, strict=False)
        ]
        seen.append(
            ({}, {name: "as it was" if s else "changed" for name, s in zip("WXy", same, strict=False)})
        )
    return seen


def bookkeeping(f):
    """How many results come, and in which order."""
    for case in probes(0.5):
        exchange = f(*case.arguments)
        if not exchange.failed:
            returns = exchange.value
            if isinstance(returns, tuple | list) and len(returns) == 2:
                swapped = problems.gradient(returns[0], case.W) is not None
                return [({}, {"returns": "gradient, loss" if swapped else "two results"})]
            return [({}, {"returns": problems.described(returns, case.W)})]
    return [({}, {})]


GROUPS = [
    Group("bookkeeping", "what is returned", bookkeeping),
    Group("shape", "the shapes of the results", shape),
    Group("mutation", "the arguments after the call", mutation),
    Group("data", "the data term", data_term),
    Group("penalty", "the penalty", penalty),
]
