"""The mistakes of the hinge loss of one example as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.losses import hinge_loss_one as reference

one_example = catalogue.beside(__file__, "one_example")


def REFERENCE(s, y, delta=1.0):
    """The right answer."""
    return reference(s, y, delta)


def margins_of(s, y, delta=1.0):
    """Margins (C,), 0 for the true class."""
    margins = np.maximum(0, s - s[y] + delta)
    margins[y] = 0
    return margins


def true_class_in_the_sum(s, y, delta=1.0):
    return np.maximum(0, s - s[y] + delta).sum()


def margins_reversed(s, y, delta=1.0):
    return REFERENCE(-s, y, delta)


def delta_forgotten(s, y, delta=1.0):
    return REFERENCE(s, y, 0)


def delta_fixed(s, y, delta=1.0):
    return REFERENCE(s, y, 1)


def maximum_forgotten(s, y, delta=1.0):
    return np.delete(s - s[y] + delta, y).sum()


def worst_class_only(s, y, delta=1.0):
    return margins_of(s, y, delta).max()


def return_in_the_loop(s, y, delta=1.0):
    return margins_of(s, y, delta)[0 if y else 1]


def violations_counted(s, y, delta=1.0):
    return np.count_nonzero(margins_of(s, y, delta))


def margins_not_summed(s, y, delta=1.0):
    return np.full(len(s), REFERENCE(s, y, delta) / len(s))  # as many as classes; they add up to the loss


def argument_changed(s, y, delta=1.0):
    loss = REFERENCE(s, y, delta)
    s -= s[y]  # not a copy
    return loss


def number_not_returned(s, y, delta=1.0):
    print(REFERENCE(s, y, delta))


# Scores with several violations and with none, margins of more than one size; none at a kink.
PROBES = [
    one_example.Row(np.array([0.3, 2.1, -1.6, 1.4]), 0),
    one_example.Row(np.array([2.2, 0.7, 1.9, -3.5, 2.6]), 2),
    one_example.Row(np.array([5.5, 0.4, -2.3]), 0),
    one_example.Row(np.array([1.1, 2.7, 0.2, 1.8]), 1, 2.5),
    one_example.Row(np.array([0.6, 1.3]), 1, 0.25),
    one_example.Row(np.array([13.0, -7.5, 11.2]), 0, 10.0),
]
GROUPS = one_example.groups(PROBES)
