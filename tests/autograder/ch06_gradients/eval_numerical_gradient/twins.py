"""The mistakes in a numerical gradient as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.gradients import eval_numerical_gradient as reference

nudging = catalogue.beside(__file__, "nudging")
GROUPS = [nudging.GROUPS[name] for name in ("shape", "nudge", "integers", "difference")]


def REFERENCE(f, x, h=1e-5):
    """The right answer."""
    return reference(f, x, h)


def entries(x, slope):
    """The array of the slope of each entry, given the unit vector along it."""
    grad = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        along = np.zeros(x.shape)
        along[k] = 1
        grad[k] = slope(along)
    return grad


def forward_difference(f, x, h=1e-5):
    return entries(x, lambda e: (f(x + h * e) - f(x + 0.0)) / h)


def backward_difference(f, x, h=1e-5):
    return entries(x, lambda e: (f(x + 0.0) - f(x - h * e)) / h)


def divided_by_h(f, x, h=1e-5):
    return entries(x, lambda e: (f(x + h * e) - f(x - h * e)) / h)


def difference_not_divided(f, x, h=1e-5):
    return entries(x, lambda e: f(x + h * e) - f(x - h * e))


def factor_at_the_wrong_place(f, x, h=1e-5):
    return entries(x, lambda e: (f(x + h * e) - f(x - h * e)) / 2 * h)


def difference_reversed(f, x, h=1e-5):
    return entries(x, lambda e: (f(x - h * e) - f(x + h * e)) / (2 * h))


def nudge_ignored(f, x, h=1e-5):
    return reference(f, x, 1e-5)


def all_entries_nudged(f, x, h=1e-5):
    return entries(x, lambda e: (f(x + h) - f(x - h)) / (2 * h))


def nudges_pile_up(f, x, h=1e-5):
    point, grad = x.astype(float), np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        middle = point[k]
        point[k] = middle + h
        ahead = f(point)
        point[k] = middle - h
        grad[k] = (ahead - f(point)) / (2 * h)
    return grad


def x_not_restored(f, x, h=1e-5):
    point, grad = np.asarray(x, float), np.zeros(x.shape)  # of floats it makes no copy
    for k in np.ndindex(x.shape):
        middle = point[k]
        point[k] = middle + h
        ahead = f(point)
        point[k] = middle - h
        grad[k] = (ahead - f(point)) / (2 * h)
    return grad


def integer_nudge_lost(f, x, h=1e-5):
    grad = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()  # of whole numbers, as x is
        ahead[k] = ahead[k] + h
        behind[k] = behind[k] - h
        grad[k] = (f(ahead) - f(behind)) / (2 * h)
    return grad


def integer_gradient(f, x, h=1e-5):
    return reference(f, x, h).astype(x.dtype)


def gradient_flattened(f, x, h=1e-5):
    return reference(f, x, h).ravel()
