"""The mistakes in the slope along a pixel, as expressions."""

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
share = slopes.share


def REFERENCE(w, s, y):
    """The right answer."""
    return question.rule(0, w, s, y)


def true_class_alone(w, s, y):
    return w[y] * (share(s, y) - 1)


def picture_error_negated(w, s, y):
    return -question.rule(0, w, s, y)


def weights_without_truth(w, s, y):
    return sum(share(s, j) * w[j] for j in range(len(s)))


def scores_for_weights(w, s, y):
    return sum(share(s, j) * s[j] for j in range(len(s))) - s[y]


def weights_left_out(w, s, y):
    return share(s, y) - 1 + 0 * w[0]


def plain_mean_of_weights(w, s, y):
    return sum(w) / len(s) - w[y] + 0 * s[0]


def wrong_classes_alone(w, s, y):
    return sum(share(s, j) * w[j] for j in range(len(s)) if j != y)


GROUPS = [slopes.group(question.QUESTIONS)]
