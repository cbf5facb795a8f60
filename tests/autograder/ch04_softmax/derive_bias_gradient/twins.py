"""The mistakes in the slope along a bias, as expressions."""

from lintutor.autograder import catalogue

question = catalogue.beside(__file__, "question")
slopes = catalogue.beside(__file__, "slopes")
share = slopes.share


def REFERENCE(S, y, k):
    """The right answer."""
    return question.rule(0, S, y, k)


def bias_not_averaged(S, y, k):
    return sum(share(s, k) - int(k == label) for s, label in zip(S, y, strict=True))


def bias_error_negated(S, y, k):
    return sum(int(k == label) - share(s, k) for s, label in zip(S, y, strict=True)) / len(S)


def bias_without_truth(S, y, k):
    return sum(share(s, k) for s in S) / len(S)


def bias_of_first_example(S, y, k):
    return share(S[0], k) - int(k == y[0])


def truth_taken_once(S, y, k):
    return sum(share(s, k) for s in S) / len(S) - int(k in y)


def bias_averaged_over_classes(S, y, k):
    return question.rule(0, S, y, k) * len(S) / len(S[0])


def bias_moves_its_examples_only(S, y, k):
    return (
        sum((share(s, k) - 1) * int(k == label) for s, label in zip(S, y, strict=True)) / len(S) + 0 * S[0][0]
    )


GROUPS = [slopes.group(question.QUESTIONS)]
