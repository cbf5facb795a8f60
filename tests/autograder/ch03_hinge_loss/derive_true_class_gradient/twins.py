"""The mistakes in the slope along the true class's weight, as expressions."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.autograder.expressions import Max

derivatives = catalogue.beside(__file__, "derivatives")
question = catalogue.beside(__file__, "question")


def REFERENCE(x_d, s, y, delta):
    """The right answer."""
    return question.rule(0, x_d, s, y, delta)


def opened(s, y, delta, wrong=None):
    """Which hinges are open, one expression a wrong class."""
    classes = [j for j in range(len(s)) if j != y] if wrong is None else wrong
    return [derivatives.open_hinge(s[j] - s[y] + delta, 0) for j in classes]


def slope_positive(x_d, s, y, delta):
    return x_d * sum(opened(s, y, delta))


def true_class_once(x_d, s, y, delta):
    return -x_d * Max(*opened(s, y, delta))


def own_class_counted(x_d, s, y, delta):
    return -x_d * (1 + sum(opened(s, y, delta)))


def count_without_pixel(x_d, s, y, delta):
    return -sum(opened(s, y, delta))


def every_class_counted(x_d, s, y, delta):
    return -x_d * (len(s) - 1)


def minus_once_always(x_d, s, y, delta):
    return -x_d


def true_scores_exchanged(x_d, s, y, delta):
    wrong = [j for j in range(len(s)) if j != y]
    return -x_d * sum(derivatives.open_hinge(s[y] - s[j] + delta, 0) for j in wrong)


def true_margin_forgotten(x_d, s, y, delta):
    return -x_d * sum(opened(s, y, 0))


def margins_summed(x_d, s, y, delta):
    wrong = [j for j in range(len(s)) if j != y]
    margins = [s[j] - s[y] + delta for j in wrong]
    return -x_d * sum(m * derivatives.open_hinge(m, 0) for m in margins)


def slope(f):
    """The values at points that tell the mistakes apart, for several C and y."""
    return [
        ({"C": len(each.names[1])}, each.seen(f(*each.unknowns.arguments(*each.names))))
        for each in question.QUESTIONS
    ]


GROUPS = [Group("slope", "your expression", slope)]
