"""The mistakes in the slope along a direction as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.gradients import directional_derivative as reference

answers = catalogue.beside(__file__, "asking").answers


def REFERENCE(grad, v):
    """The right answer."""
    return reference(grad, v)


def direction_normalized(grad, v):
    return np.sum(grad * v) / np.linalg.norm(v)


def cosine(grad, v):
    return np.sum(grad * v) / np.linalg.norm(v) / np.linalg.norm(grad)


def mean_of_products(grad, v):
    return np.mean(grad * v)


def products_not_added(grad, v):
    return grad * v


def matrix_product(grad, v):
    return np.dot(grad, v)


def sizes_added(grad, v):
    return np.sum(np.abs(grad * v))


def length_of_products(grad, v):
    return np.linalg.norm(grad * v)


def direction_changed(grad, v):
    v *= grad  # not a copy
    return np.sum(v)


rng = np.random.default_rng(8)
PROBES = [
    (rng.normal(size=shape).round(2), rng.normal(size=shape).round(2)) for shape in ((3,), (2, 3), (4, 1))
]


def slope(f):
    """The slope, where it is one number."""
    seen = []
    for grad, v in PROBES:
        value = f(grad, v).value
        fine = answers.is_numeric(value) and np.size(value) == 1
        seen.append(({}, {"the slope": float(np.ravel(value)[0])} if fine else {}))
    return seen


def shape(f):
    """One number, or several, or none at all, for one axis and for two."""
    words = {}
    for name, pair in {"one axis": PROBES[0], "two axes": PROBES[1]}.items():
        exchange = f(*pair)
        words[name] = "a crash" if exchange.failed else answers.form_of_loss(exchange.value)
    return [({}, words)]


def mutation(f):
    """The arguments after the call."""
    return [({}, answers.kept(("grad", "v"), pair, f(*pair).arguments)) for pair in PROBES]


GROUPS = [
    Group("shape", "the shape of the result", shape),
    Group("mutation", "the arguments after the call", mutation),
    Group("slope", "the slope", slope),
]
