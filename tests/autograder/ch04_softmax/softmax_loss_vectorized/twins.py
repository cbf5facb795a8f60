"""The mistakes of the softmax classifier's loss as code: one function a misconception.

Here stand those of the data term and of large scores; the others, and what the probes of their groups look
at, are the same for every loss of a batch.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.objective import softmax_loss_vectorized as reference

shared = catalogue.beside(__file__, "loss_twins")
checks = catalogue.beside(__file__, "loss_checks")


def REFERENCE(W, X, y, reg):
    """The right answer."""
    return reference(W, X, y, reg)


def __getattr__(name):
    """The twins that every loss has."""
    return shared.made(getattr(shared, name), REFERENCE)


def shares_of(W, X):
    """Shares (N, C)."""
    S = X @ W
    powers = np.exp(S - S.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def truth_of(W, y):
    """A one in the column of the true class, (N, C)."""
    return np.eye(W.shape[1])[y]


def penalized(loss, dW, W, reg):
    """Loss and gradient with the penalty."""
    return loss + reg * np.sum(W * W), dW + 2 * reg * W


# ---------------------------------------------------------------------------------------- data term


def label_not_subtracted(W, X, y, reg):
    return penalized(reference(W, X, y, 0.0)[0], X.T @ shares_of(W, X) / len(X), W, reg)


def one_subtracted_everywhere(W, X, y, reg):
    return penalized(reference(W, X, y, 0.0)[0], X.T @ (shares_of(W, X) - 1) / len(X), W, reg)


def all_rows_subtracted(W, X, y, reg):
    errors = shares_of(W, X)
    errors[:, y] -= 1
    return penalized(reference(W, X, y, 0.0)[0], X.T @ errors / len(X), W, reg)


def true_column_only(W, X, y, reg):
    errors = (shares_of(W, X) - 1) * truth_of(W, y)
    return penalized(reference(W, X, y, 0.0)[0], X.T @ errors / len(X), W, reg)


def logarithm_forgotten(W, X, y, reg):
    true = shares_of(W, X)[np.arange(len(y)), y]
    return penalized(-true.mean(), reference(W, X, y, 0.0)[1], W, reg)


def loss_sign_lost(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return penalized(-loss, dW, W, reg)


def true_class_left_out_below(W, X, y, reg):
    S, truth = X @ W, truth_of(W, y)
    S = S - S.max(axis=1, keepdims=True)
    powers = np.exp(S) * (1 - truth)
    total = powers.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total[:, 0]) - S[np.arange(len(y)), y])
    return penalized(loss, X.T @ (powers / total - truth) / len(X), W, reg)


def loss_base_ten(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return penalized(loss / np.log(10), dW, W, reg)


def base_ten_throughout(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return penalized(loss / np.log(10), dW / np.log(10), W, reg)


def sum_not_mean(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return penalized(loss * len(X), dW * len(X), W, reg)


def gradient_not_averaged(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return penalized(loss, dW * len(X), W, reg)


def entries_averaged(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return penalized(loss / W.shape[1], dW / W.shape[1], W, reg)


def gradient_negated(W, X, y, reg):
    loss, dW = reference(W, X, y, 0.0)
    return penalized(loss, -dW, W, reg)


def shares_over_examples(W, X, y, reg):
    S = X @ W
    powers = np.exp(S - S.max(axis=0))
    P = powers / powers.sum(axis=0)
    with np.errstate(divide="ignore"):
        loss = -np.log(P[np.arange(len(y)), y]).mean()
    return penalized(loss, X.T @ (P - truth_of(W, y)) / len(X), W, reg)


def shares_taken_for_scores(W, X, y, reg):
    P = shares_of(W, X)
    twice = np.exp(P) / np.exp(P).sum(axis=1, keepdims=True)
    loss = -np.log(twice[np.arange(len(y)), y]).mean()
    return penalized(loss, X.T @ (twice - truth_of(W, y)) / len(X), W, reg)


# ------------------------------------------------------------------------------------- large scores


def shifted(S, shift, W, X, y, reg):
    """Loss and gradient with a shift that may be the wrong one."""
    with np.errstate(all="ignore"):
        S = S + shift
        powers = np.exp(S)
        total = powers.sum(axis=1, keepdims=True)
        loss = np.mean(np.log(total[:, 0]) - S[np.arange(len(y)), y])
        return penalized(loss, X.T @ (powers / total - truth_of(W, y)) / len(X), W, reg)


def no_shift(W, X, y, reg):
    return shifted(X @ W, 0.0, W, X, y, reg)


def maximum_added(W, X, y, reg):
    S = X @ W
    return shifted(S, S.max(axis=1, keepdims=True), W, X, y, reg)


def one_maximum_for_all(W, X, y, reg):
    S = X @ W
    return shifted(S, -S.max(), W, X, y, reg)


# all high, all low, rows far apart, high enough only for twice as much, rows a little apart
SHIFTS = [[1000] * 5, [-1000] * 5, [1000, 0, -1000, 0, 0], [400] * 5, [200, 0, -200, 0, 0]]


def stability(f):
    """What a shift of all scores of an example does to the data loss, in words.

    Where the loss of small scores is wrong, only a loss that is not finite is the fault of large ones, and
    only if all examples are shifted alike.
    """
    near = shared.probes(0.0)[0]
    seen = {}
    for shifts in SHIFTS:
        case = checks.far(near, shifts)
        (answer, base) = (shared.parts(f, each) for each in (case, checks.far(near, [0] * 5)))
        far, plain = answer.get("the loss"), base.get("the loss")
        if far is None or plain is None:
            continue
        due, _ = reference(*checks.far(near, [0] * 5).arguments)
        word = "the same" if np.isclose(far, plain, rtol=1e-6, atol=1e-9) else "another"
        word = word if np.isfinite(far) else "not finite"
        alike = len(set(shifts)) == 1
        if word == "the same" or (word == "not finite" and alike) or np.isclose(plain, due):
            seen[f"scores shifted by {shifts}"] = word
    return [({}, seen)]


GROUPS = [*shared.GROUPS, Group("stability", "large scores", stability)]
