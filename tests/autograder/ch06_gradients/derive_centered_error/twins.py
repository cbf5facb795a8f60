"""The mistakes in the error of the centered difference, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

taylor = catalogue.beside(__file__, "taylor")


def REFERENCE(h, d):
    """The right answer."""
    return taylor.error(h, d, centered=True)


def slope_not_subtracted(h, d):
    return d[1] + REFERENCE(h, d)


def not_divided_by_the_nudge(h, d):
    return h * REFERENCE(h, d)


def first_term_only(h, d):
    return h**2 * d[3] / 6


def factorials_forgotten(h, d):
    return h**2 * d[3] + h**4 * d[5]


def orders_for_factorials(h, d):
    return h**2 * d[3] / 3 + h**4 * d[5] / 5


def nothing_cancels(h, d):
    return taylor.error(h, d, centered=False)


def odd_terms_cancelled(h, d):
    return h * d[2] / 2 + h**3 * d[4] / 24


def two_h_forgotten(h, d):
    return 2 * REFERENCE(h, d)


def difference_subtracted_from_slope(h, d):
    return -REFERENCE(h, d)


GROUPS = [
    Group(
        "error",
        "your expression",
        lambda f: [
            ({}, taylor.CENTERED.seen(f(*taylor.CENTERED.unknowns.arguments(*taylor.CENTERED.names))))
        ],
    )
]
