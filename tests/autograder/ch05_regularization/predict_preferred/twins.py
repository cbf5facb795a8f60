"""The wrong expectations of what a penalty prefers."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (bool, bool, float)
A, B, PICTURE = (4, 0), (3, 2), (2, 1)


def REFERENCE():
    """The right answer; a test computes it with the package."""
    return True, False, 1 / 3


def l2_likes_zeros():
    return False, False, 1 / 3


def l1_spreads_like_l2():
    return True, True, 1 / 3


def penalties_exchanged():
    return False, True, 1 / 3


def beta_upside_down():
    return True, False, 3.0


def beta_within_one_vector():
    return True, False, 0.25


def beta_with_one_half():
    return True, False, 2 / 3


def beta_of_equal_parts():
    return True, False, 1.0


def preference(f):
    """The first two parts, as one word."""
    seen = predictions.seen(f(), KINDS)
    return [({}, {"preferred": f"{seen['part 0']}, {seen['part 1']}"} if seen else {})]


def beta(f):
    """The third part, as a word."""
    return [({}, {key: word for key, word in predictions.seen(f(), KINDS).items() if key == "part 2"})]


GROUPS = [Group("preference", "what each penalty prefers", preference), Group("beta", "the tie", beta)]
