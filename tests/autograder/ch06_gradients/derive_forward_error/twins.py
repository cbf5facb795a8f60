"""The mistakes in the error of the forward difference, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

taylor = catalogue.beside(__file__, "taylor")


def REFERENCE(h, d):
    """The right answer."""
    return taylor.error(h, d, centered=False)


def slope_not_subtracted(h, d):
    return d[1] + REFERENCE(h, d)


def not_divided_by_the_nudge(h, d):
    return h * REFERENCE(h, d)


def first_term_only(h, d):
    return h * d[2] / 2


def factorials_forgotten(h, d):
    return h * d[2] + h**2 * d[3] + h**3 * d[4]


def orders_for_factorials(h, d):
    return h * d[2] / 2 + h**2 * d[3] / 3 + h**3 * d[4] / 4


def even_terms_cancelled(h, d):
    return h**2 * d[3] / 6


def difference_subtracted_from_slope(h, d):
    return -REFERENCE(h, d)


GROUPS = [
    Group(
        "error",
        "your expression",
        lambda f: [({}, taylor.FORWARD.seen(f(*taylor.FORWARD.unknowns.arguments(*taylor.FORWARD.names))))],
    )
]
