"""The mistakes in the given code, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.gradients import eval_numerical_gradient

nudging = catalogue.beside(__file__, "nudging")
GROUPS = [nudging.GROUPS[name] for name in ("nudge", "integers")]


def REFERENCE(f, x, h):
    """The right answer."""
    return eval_numerical_gradient(f, x, h)


def nudged(f, x, h, grad, restore=False):
    """The given loop: it nudges x in place."""
    for k in np.ndindex(x.shape):
        middle = x[k]
        x[k] = middle + h
        ahead = f(x)
        x[k] = middle - h
        behind = f(x)
        if restore:
            x[k] = middle
        grad[k] = (ahead - behind) / (2 * h)
    return grad


def nudges_pile_up(f, x, h):
    return nudged(f, x.astype(float), h, np.zeros(x.shape))


def x_not_restored(f, x, h):
    return nudged(f, np.asarray(x, float), h, np.zeros(x.shape))


def integer_nudge_lost(f, x, h):
    return nudged(f, x, h, np.zeros(x.shape), restore=True)


def integer_gradient(f, x, h):
    return nudged(f, x.astype(float), h, np.zeros_like(x), restore=True)


def integer_throughout(f, x, h):
    return nudged(f, x, h, np.zeros_like(x), restore=True)


TOGETHER = {
    ("nudges-pile-up", "integer-nudge-lost"): lambda f, x, h: nudged(f, x.copy(), h, np.zeros(x.shape)),
    ("nudges-pile-up", "integer-gradient"): lambda f, x, h: nudged(f, x + 0.0, h, np.zeros_like(x)),
    ("nudges-pile-up", "integer-throughout"): lambda f, x, h: nudged(f, x.copy(), h, np.zeros_like(x)),
    ("x-not-restored", "integer-nudge-lost"): lambda f, x, h: nudged(f, x, h, np.zeros(x.shape)),
    ("x-not-restored", "integer-gradient"): lambda f, x, h: nudged(
        f, np.asarray(x, float), h, np.zeros_like(x)
    ),
    ("x-not-restored", "integer-throughout"): lambda f, x, h: nudged(f, x, h, np.zeros_like(x)),  # as given
}
