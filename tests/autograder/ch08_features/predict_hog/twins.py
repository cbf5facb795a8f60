"""The wrong expectations of a histogram of oriented gradients."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, bool, bool)
H, W = 50, 43


def REFERENCE():
    """The right answer."""
    return float((H // 8) * (W // 8) * 9), False, True


def length_with_blocks():
    return float((H // 8 - 1) * (W // 8 - 1) * 4 * 9), False, True


def length_rounded_up():
    return float(-(-H // 8) * -(-W // 8) * 9), False, True


def cells_alone_counted():
    return float((H // 8) * (W // 8)), False, True


def pixels_counted():
    return float(H * W * 9), False, True


def mirror_thought_harmless():
    return REFERENCE()[0], True, True


def negative_thought_harmful():
    return REFERENCE()[0], False, False


def changes_exchanged():
    return REFERENCE()[0], True, False


def length(f):
    """The first part, as a word."""
    return [({}, {key: word for key, word in predictions.seen(f(), KINDS).items() if key == "part 0"})]


def changes(f):
    """The other two parts, as one word."""
    seen = predictions.seen(f(), KINDS)
    return [({}, {"unchanged": f"{seen['part 1']}, {seen['part 2']}"} if seen else {})]


GROUPS = [
    Group("length", "the length", length),
    Group("changes", "what leaves it unchanged", changes),
]
