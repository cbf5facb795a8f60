"""The mistakes in the loss of large scores: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor import losses
from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

results = catalogue.beside(__file__, "results")


def REFERENCE(S, y):
    """The right answer."""
    return float(losses.cross_entropy_on_scores(S, y)[0])


def by_log_sum(S, y, shift):
    """The loss by log-sum-exp, with a shift that may be the wrong one."""
    with np.errstate(all="ignore"):
        moved = S + shift
        return np.mean(np.log(np.exp(moved).sum(axis=1)) - moved[np.arange(len(y)), y])


def by_share(S, y, floor):
    """The loss by the logarithm of the share."""
    with np.errstate(all="ignore"):
        return -np.log(losses.softmax(S)[np.arange(len(y)), y] + floor).mean()


def largest_added(S, y):
    return by_log_sum(S, y, S.max(axis=1, keepdims=True))


def shift_taken_out(S, y):
    return by_log_sum(S, y, 0.0)


def shift_left_in(S, y):
    top = S.max(axis=1)
    return np.mean(losses.log_sum_exp(S - top[:, None]) - S[np.arange(len(y)), y])


def logarithm_of_a_share(S, y):
    return by_share(S, y, 0.0)


def epsilon_added(S, y):
    return by_share(S, y, 1e-12)


_S, _Y = np.array([[0.3, 2.1, -1.6], [1.2, -0.7, 0.4]]), np.array([0, 2])


def loss_of(f, S, y):
    """The loss, or None."""
    return results.number(f(S.copy(), y.copy()).value)


def overflow(f):
    """What a shift of all scores does to the loss, in words."""
    seen, plain = {}, loss_of(f, _S, _Y)
    for shift in (1000, -1000, 400, -400, 5):
        loss = loss_of(f, _S + shift, _Y)
        if loss is not None and plain is not None:
            same, finite = np.isclose(loss, plain), np.isfinite(loss)
            seen[f"shift {shift}"] = "the same" if same else "another" if finite else "not finite"
    return [({}, seen)]


def logarithm(f):
    """The loss of a true class that is far behind, no score above 0."""
    loss = loss_of(f, np.array([[0.0, -900.0]]), np.array([1]))
    if loss is None:
        return [({}, {})]
    word = "right" if np.isclose(loss, 900) else f"{loss:.1f}"
    return [({}, {"far behind": word})]


GROUPS = [Group("overflow", "large scores", overflow), Group("logarithm", "small shares", logarithm)]
