"""The mistakes of the L1 penalty as code: here its own, the others are every penalty's."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.regularizers import l1_penalty as reference

shared = catalogue.beside(__file__, "penalty_twins")
GROUPS = shared.groups()


def REFERENCE(W, reg):
    """The right answer."""
    return reference(W, reg)


def __getattr__(name):
    """The twins that every penalty has."""
    return shared.made(getattr(shared, name), REFERENCE)


def signs_kept(W, reg):
    return reg * np.sum(W), reg * np.ones(W.shape)


def absolute_of_total(W, reg):
    return reg * np.abs(np.sum(W)), reg * np.sign(np.sum(W)) * np.ones(W.shape)


def signs_kept_in_value(W, reg):
    return reg * np.sum(W), reg * np.sign(W)


def absolute_of_total_in_value(W, reg):
    return reg * np.abs(np.sum(W)), reg * np.sign(W)


def slope_always_up(W, reg):
    return reg * np.sum(np.abs(W)), reg * np.ones(W.shape)


def slope_of_squares(W, reg):
    return reg * np.sum(np.abs(W)), 2 * reg * W


def absolutes_as_slope(W, reg):
    return reg * np.sum(np.abs(W)), reg * np.abs(W)


def weights_as_slope(W, reg):
    return reg * np.sum(np.abs(W)), reg * W


def squares_for_absolutes(W, reg):
    return reg * np.sum(W * W), 2 * reg * W


def zero_weight_divided(W, reg):
    sizes = np.abs(W)
    with np.errstate(all="ignore"):  # the learner's own program warns
        return reg * np.sum(sizes), reg * W / sizes


def zero_weight_pushed_up(W, reg):
    return reg * np.sum(np.abs(W)), reg * np.where(W >= 0, 1.0, -1.0)


def zero_weight_pushed_down(W, reg):
    return reg * np.sum(np.abs(W)), reg * np.where(W > 0, 1.0, -1.0)
