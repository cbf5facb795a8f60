"""The mistakes in the slope along a score, as expressions."""

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
share = slopes.share


def REFERENCE(s, y, k):
    """The right answer."""
    return question.rule(0, s, y, k)


def error_negated(s, y, k):
    return int(k == y) - share(s, k)


def share_without_truth(s, y, k):
    return share(s, k)


def one_taken_everywhere(s, y, k):
    return share(s, k) - 1


def slope_by_the_share(s, y, k):
    return -1 / share(s, y) if k == y else 0 * s[0]


def wrong_classes_without_slope(s, y, k):
    return (share(s, k) - 1) * int(k == y) + 0 * s[0]


def logarithm_not_differentiated(s, y, k):
    return -share(s, y) * (int(k == y) - share(s, k))


def true_share_everywhere(s, y, k):
    return share(s, y) - int(k == y)


def exponential_without_sum(s, y, k):
    return slopes.exp(s[k]) - int(k == y)


GROUPS = [slopes.group(question.QUESTIONS)]
