"""The mistakes of the elastic net as code: here its own, the others are every penalty's."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.regularizers import elastic_net_penalty as reference

shared = catalogue.beside(__file__, "penalty_twins")
GROUPS = shared.groups(0.7)


def REFERENCE(W, reg, beta):
    """The right answer."""
    return reference(W, reg, beta)


def __getattr__(name):
    """The twins that every penalty has."""
    return shared.made_with_beta(getattr(shared, name), REFERENCE)


def beta_on_absolutes(W, reg, beta):
    return reg * np.sum(W * W + beta * np.abs(W)), reg * (2 * W + beta * np.sign(W))


def beta_forgotten(W, reg, beta):
    return reg * np.sum(W * W + np.abs(W)), reg * (2 * W + np.sign(W))


def beta_on_both(W, reg, beta):
    value, gradient = reference(W, reg, 1.0)
    return beta * value, beta * gradient


def beta_missing_from_gradient(W, reg, beta):
    return reg * np.sum(beta * W * W + np.abs(W)), reg * (2 * W + np.sign(W))


def strength_squared(W, reg, beta):
    return reference(W, reg**2, beta)


def strength_on_squares_only(W, reg, beta):
    return reg * beta * np.sum(W * W) + np.sum(np.abs(W)), 2 * reg * beta * W + np.sign(W)


def strength_on_absolutes_only(W, reg, beta):
    return beta * np.sum(W * W) + reg * np.sum(np.abs(W)), 2 * beta * W + reg * np.sign(W)


def shares_that_add_up(W, reg, beta):
    value = reg * np.sum(beta * W * W + (1 - beta) * np.abs(W))
    return value, reg * (2 * beta * W + (1 - beta) * np.sign(W))


def squares_halved(W, reg, beta):
    return reg * np.sum(0.5 * beta * W * W + np.abs(W)), reg * (beta * W + np.sign(W))


def slope_of_squares_halved(W, reg, beta):
    return reg * np.sum(beta * W * W + np.abs(W)), reg * (beta * W + np.sign(W))


def absolutes_missing_from_gradient(W, reg, beta):
    return reg * np.sum(beta * W * W + np.abs(W)), 2 * reg * beta * W


def squares_missing_from_gradient(W, reg, beta):
    return reg * np.sum(beta * W * W + np.abs(W)), reg * np.sign(W)


def zero_weight_pushed_up(W, reg, beta):
    return reg * np.sum(beta * W * W + np.abs(W)), reg * (2 * beta * W + np.where(W >= 0, 1.0, -1.0))


def zero_weight_pushed_down(W, reg, beta):
    return reg * np.sum(beta * W * W + np.abs(W)), reg * (2 * beta * W + np.where(W > 0, 1.0, -1.0))


def penalty_pairs_joined(W, reg, beta):
    value, gradient = REFERENCE(W, reg, beta)
    return value / 2, gradient / 2, value / 2, gradient / 2
