"""The mistakes in an entry of the Jacobian, as expressions."""

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
share = slopes.share


def REFERENCE(s, j, k):
    """The right answer."""
    return question.rule(0, s, j, k)


def jacobian_diagonal_everywhere(s, j, k):
    return share(s, j) * (1 - share(s, k))


def jacobian_without_diagonal(s, j, k):
    return -share(s, j) * share(s, k)


def jacobian_off_diagonal_zero(s, j, k):
    return share(s, j) * (1 - share(s, j)) if j == k else 0 * s[0]


def jacobian_off_diagonal_positive(s, j, k):
    return share(s, j) * (1 - share(s, j)) if j == k else share(s, j) * share(s, k)


def denominator_held_fixed(s, j, k):
    return share(s, j) if j == k else 0 * s[0]


def jacobian_negated(s, j, k):
    return share(s, j) * (share(s, k) - int(j == k))


def logarithm_of_share_instead(s, j, k):
    return int(j == k) - share(s, k)


def denominator_not_squared(s, j, k):
    return (slopes.exp(s[j]) * (int(j == k) * slopes.total(s) - slopes.exp(s[k]))) / slopes.total(s)


GROUPS = [slopes.group(question.QUESTIONS)]
