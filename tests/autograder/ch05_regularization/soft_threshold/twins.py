"""The mistakes of the soft threshold as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.regularizers import soft_threshold as reference

answers = catalogue.beside(__file__, "answers")


def REFERENCE(W, t):
    """The right answer."""
    return reference(W, t)


def cut_without_moving(W, t):
    return np.where(np.abs(W) > t, W, 0.0)


def signs_lost(W, t):
    return np.maximum(np.abs(W) - t, 0)


def negative_side_lost(W, t):
    return np.maximum(W - t, 0)


def subtracted_everywhere(W, t):
    return W - t


def tested_again_after_moving(W, t):
    return np.where(np.abs(W) > 2 * t, reference(W, t), 0.0)


def left_side_moved_left(W, t):
    return np.where(np.abs(W) > t, W - t, 0.0)


def jumps_over_zero(W, t):
    return W - t * np.sign(W)


def large_ones_cut(W, t):
    return np.clip(W, -t, t)


def shrunk_in_proportion(W, t):
    return W / (1 + 2 * t)


def moved_away_from_zero(W, t):
    return np.where(np.abs(W) > t, W + t * np.sign(W), 0.0)


def moved_twice_as_far(W, t):
    return np.sign(W) * np.maximum(np.abs(W) - 2 * t, 0)


def moved_half_as_far(W, t):
    return np.sign(W) * np.maximum(np.abs(W) - t / 2, 0)


def survivors_only(W, t):
    moved = REFERENCE(W, t)
    return moved[moved != 0]


def one_if_for_all_weights(W, t):
    if np.abs(W) > t:
        return REFERENCE(W, t)
    return 0 * W


def two_axes_only(W, t):
    _, _ = W.shape
    return REFERENCE(W, t)


def weights_overwritten(W, t):
    moved = REFERENCE(W, t)
    W *= np.abs(W) > t
    return moved


def threshold_not_returned(W, t):
    print(REFERENCE(W, t))


def probes():
    """Weights of several shapes, some within t of 0, some exactly 0, on both sides."""
    rng = np.random.default_rng(70)
    shapes = ((4, 3), (2, 5), (7,), (3, 4))
    found = [(2 * rng.normal(size=shape), t) for shape, t in zip(shapes, (0.5, 0.8, 1.1, 0.3), strict=True)]
    found[0][0][1, 1] = 0.0
    return found


def moved(f):
    """What comes out, where it has the shape that it should."""
    seen = []
    for W, t in probes():
        value = f(W.copy(), t).value
        fits = answers.is_numeric(value) and np.shape(value) == W.shape
        seen.append(({"n": W.size}, {"the result": np.asarray(value, float)} if fits else {}))
    return seen


def shape(f):
    """Which shapes work, how many axes come out, and whether the shape is that of W."""
    every = [*probes(), (np.array([[2.0]]), 0.5)]
    exchanges = [(W, f(W.copy(), t)) for W, t in every]
    crashed = [W.shape for W, exchange in exchanges if exchange.failed]
    seen = {"crash": str(crashed)}
    came = [(W, exchange.value) for W, exchange in exchanges if answers.is_numeric(exchange.value)]
    if came:
        W, value = came[0]
        seen["shape"] = "that of W" if np.shape(value) == W.shape else f"{np.ndim(value)} axes"
    return [({}, seen)]


def mutation(f):
    """Whether W is afterwards what it was."""
    return [({}, answers.kept("W", (W,), f(W.copy(), t).arguments)) for W, t in probes()]


def bookkeeping(f):
    """Whether anything comes."""
    exchange = f(probes()[0][0].copy(), probes()[0][1])
    if exchange.failed:
        return [({}, {})]
    return [({}, {"returns": "nothing" if exchange.value is None else "something"})]


GROUPS = [
    Group("bookkeeping", "what is returned", bookkeeping),
    Group("shape", "the shape of the result", shape),
    Group("mutation", "W after the call", mutation),
    Group("threshold", "the threshold", moved),
]
