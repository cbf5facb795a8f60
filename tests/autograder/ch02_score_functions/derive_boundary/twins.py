"""The mistakes in the boundary between two classes, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

question = catalogue.beside(__file__, "question")


def REFERENCE(x_0, w_a, w_c, b_a, b_c):
    """The right answer."""
    return question.rule(0, x_0, w_a, w_c, b_a, b_c)


def zero_line_of_one_class(x_0, w_a, w_c, b_a, b_c):
    return -(x_0 * w_a[0] + b_a) / w_a[1]


def tie_sign(x_0, w_a, w_c, b_a, b_c):
    return (x_0 * (w_a[0] - w_c[0]) + b_a - b_c) / (w_a[1] - w_c[1])


def tie_without_biases(x_0, w_a, w_c, b_a, b_c):
    return -x_0 * (w_a[0] - w_c[0]) / (w_a[1] - w_c[1])


def tie_bias_sign(x_0, w_a, w_c, b_a, b_c):
    return -(x_0 * (w_a[0] - w_c[0]) - b_a + b_c) / (w_a[1] - w_c[1])


def tie_sums_for_differences(x_0, w_a, w_c, b_a, b_c):
    return -(x_0 * (w_a[0] + w_c[0]) + b_a + b_c) / (w_a[1] + w_c[1])


def tie_solved_for_the_first_pixel(x_0, w_a, w_c, b_a, b_c):
    return -(x_0 * (w_a[1] - w_c[1]) + b_a - b_c) / (w_a[0] - w_c[0])


def tie_upside_down(x_0, w_a, w_c, b_a, b_c):
    return -(w_a[1] - w_c[1]) / (x_0 * (w_a[0] - w_c[0]) + b_a - b_c)


def gap_for_tie(x_0, w_a, w_c, b_a, b_c):
    return x_0 * (w_a[0] - w_c[0]) + b_a - b_c


def boundary(f):
    """The values at points that tell the mistakes apart."""
    names = question.QUESTION.unknowns.arguments(*question.QUESTION.names)
    return [({}, question.QUESTION.seen(f(*names)))]


GROUPS = [Group("boundary", "your expression", boundary)]
