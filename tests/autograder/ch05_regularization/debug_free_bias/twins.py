"""The mistakes in a penalty that spares the bias: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
results = catalogue.beside(__file__, "results")


def REFERENCE(W, reg):
    """The right answer."""
    weights = W.copy()
    weights[-1] = 0
    return reg * np.sum(weights * weights), 2 * reg * weights


def bias_erased(W, reg):
    value, gradient = REFERENCE(W, reg)
    W[-1] = 0
    return value, gradient


def slopes_summed(W, reg):
    value, gradient = REFERENCE(W, reg)
    return value, np.sum(gradient)


def slopes_summed_down(W, reg):
    value, gradient = REFERENCE(W, reg)
    return value, np.sum(gradient, axis=0)


def slopes_summed_and_spread(W, reg):
    value, gradient = REFERENCE(W, reg)
    return value, np.sum(gradient) * np.ones(W.shape)


def bias_pulled(W, reg):
    weights = W.copy()
    weights[-1] = 0
    return reg * np.sum(weights * weights), 2 * reg * W


def bias_charged(W, reg):
    weights = W.copy()
    return reg * np.sum(weights * weights), 2 * reg * weights


def bias_row_cut_off(W, reg):
    value, gradient = REFERENCE(W, reg)
    return value, gradient[:-1]


def last_class_spared(W, reg):
    weights = W.copy()
    weights[:, -1] = 0
    return reg * np.sum(weights * weights), 2 * reg * weights


def mended_gradient_halved(W, reg):
    weights = W.copy()
    weights[-1] = 0
    return reg * np.sum(weights * weights), reg * weights


def probes():
    """Weights of several shapes and two strengths."""
    rng = np.random.default_rng(80)
    shapes = ((4, 3), (3, 5), (2, 2), (5, 3))
    return [(rng.normal(size=shape), reg) for shape, reg in zip(shapes, (0.5, 0.3, 0.7, 1.5), strict=True)]


def mutation(f):
    """Whether W is afterwards what it was."""
    return [({}, answers.kept("W", (W,), f(W.copy(), reg).arguments)) for W, reg in probes()]


def form(f):
    """The shape of the gradient."""
    W, reg = probes()[0]
    value = f(W.copy(), reg).value
    if not isinstance(value, tuple | list) or len(value) != 2 or not answers.is_numeric(value[1]):
        return [({}, {})]
    return [({}, {"gradient": str(np.shape(value[1]))})]


def penalty(f):
    """Value and gradient."""
    seen = []
    for W, reg in probes():
        found = results.two(f(W.copy(), reg).value, W.shape)
        sight = {"the value": found.loss, "the gradient": found.dW}
        seen.append(({}, {name: part for name, part in sight.items() if part is not None}))
    return seen


GROUPS = [
    Group("mutation", "W after the call", mutation),
    Group("shape", "the shape of the gradient", form),
    Group("penalty", "the penalty", penalty),
]
