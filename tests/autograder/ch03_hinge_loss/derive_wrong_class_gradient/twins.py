"""The mistakes in the slope along a wrong class's weight, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

derivatives = catalogue.beside(__file__, "derivatives")
question = catalogue.beside(__file__, "question")


def REFERENCE(x_d, s_j, s_y, delta):
    """The right answer."""
    return question.rule(0, x_d, s_j, s_y, delta)


def slope_negated(x_d, s_j, s_y, delta):
    return -x_d * derivatives.open_hinge(s_j - s_y + delta, 0)


def pixel_forgotten(x_d, s_j, s_y, delta):
    return derivatives.open_hinge(s_j - s_y + delta, 0)


def condition_forgotten(x_d, s_j, s_y, delta):
    return x_d


def condition_turned_around(x_d, s_j, s_y, delta):
    return x_d * derivatives.open_hinge(-(s_j - s_y + delta), 0)


def scores_exchanged(x_d, s_j, s_y, delta):
    return x_d * derivatives.open_hinge(s_y - s_j + delta, 0)


def margin_forgotten(x_d, s_j, s_y, delta):
    return x_d * derivatives.open_hinge(s_j - s_y, 0)


def margin_as_slope(x_d, s_j, s_y, delta):
    margin = s_j - s_y + delta
    return x_d * margin * derivatives.open_hinge(margin, 0)


def loss_for_slope(x_d, s_j, s_y, delta):
    margin = s_j - s_y + delta
    return margin * derivatives.open_hinge(margin, 0)


def slope(f):
    """The values at points that tell the mistakes apart."""
    names = question.QUESTION.unknowns.arguments(*question.QUESTION.names)
    return [({}, question.QUESTION.seen(f(*names)))]


GROUPS = [Group("slope", "your expression", slope)]
