"""The wrong expectations of a hinge loss that counts the true class."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, bool, bool)
DELTA, C, N = 0.25, 10, 200


def REFERENCE():
    """The right answer; a test measures it on the two programs."""
    return DELTA, False, True


def excess_over_all_examples():
    return N * DELTA, False, True


def excess_averaged_over_classes():
    return DELTA / C, False, True


def excess_for_every_class():
    return C * DELTA, False, True


def excess_of_none():
    return 0.0, False, True


def excess_of_one():
    return 1.0, False, True


def check_compares_with_the_right_loss():
    return DELTA, True, True


def check_sees_no_loss():
    return DELTA, False, False


def excess(f):
    """The first part, as a word."""
    return [({}, {key: word for key, word in predictions.seen(f(), KINDS).items() if key == "part 0"})]


def check(f):
    """The other two parts, as one word: which programs the check is said to catch."""
    seen = predictions.seen(f(), KINDS)
    return [({}, {"caught": f"{seen['part 1']}, {seen['part 2']}"} if seen else {})]


GROUPS = [
    Group("excess", "the excess", excess),
    Group("gradient-check", "what the gradient check says", check),
]
