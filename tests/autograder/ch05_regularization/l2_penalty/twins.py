"""The mistakes of the L2 penalty as code: here its own, the others are every penalty's."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.regularizers import l2_penalty as reference

shared = catalogue.beside(__file__, "penalty_twins")
GROUPS = shared.groups()


def REFERENCE(W, reg):
    """The right answer."""
    return reference(W, reg)


def __getattr__(name):
    """The twins that every penalty has."""
    return shared.made(getattr(shared, name), REFERENCE)


def half_penalty(W, reg):
    return 0.5 * reg * np.sum(W * W), reg * W


def penalty_gradient_halved(W, reg):
    return reg * np.sum(W * W), reg * W


def root_taken(W, reg):
    length = np.sqrt(np.sum(W * W))
    return reg * length, reg * W / length


def root_taken_in_value(W, reg):
    return reg * np.sqrt(np.sum(W * W)), 2 * reg * W


def absolutes_for_squares(W, reg):
    return reg * np.sum(np.abs(W)), reg * np.sign(W)


def distances_as_slope(W, reg):
    return reg * np.sum(W * W), 2 * reg * np.abs(W)


def square_of_total(W, reg):
    return reg * np.sum(W) ** 2, 2 * reg * np.sum(W) * np.ones(W.shape)
