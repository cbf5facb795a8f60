"""The wrong expectations of a first loss with a penalty, and of its decay."""

import math

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, float)
ROWS, CLASSES, DEVIATION, REG, RATE, STEPS = 3073, 10, 1e-3, 2.5e4, 1e-7, 100
PENALTY = REG * ROWS * CLASSES * DEVIATION**2
KEPT = 1 - 2 * RATE * REG  # of every weight, in one step


def REFERENCE():
    """The right answer; a test measures it."""
    return CLASSES - 1.0, PENALTY, PENALTY * KEPT ** (2 * STEPS)


def other(data=None, penalty=None, later=None):
    """The right answer but for one part."""
    return tuple(
        r if o is None else float(o) for r, o in zip(REFERENCE(), (data, penalty, later), strict=True)
    )


def first_loss_with_true_class():
    return other(data=CLASSES)


def first_loss_of_softmax():
    return other(data=math.log(CLASSES))


def first_loss_zero():
    return other(data=0)


def deviation_not_squared():
    return other(penalty=PENALTY / DEVIATION)


def one_column_penalized():
    return other(penalty=PENALTY / CLASSES)


def first_penalty_halved():
    return other(penalty=PENALTY / 2)


def first_penalty_zero():
    return other(penalty=0)


def decay_of_weights_not_squares():
    return other(later=PENALTY * KEPT**STEPS)


def decay_of_one_step():
    return other(later=PENALTY * KEPT**2)


def decay_to_nothing():
    return other(later=0)


def part(number):
    """A group's look at one part, as a word."""

    def look(f):
        seen = predictions.seen(f(), KINDS)
        return [({}, {key: word for key, word in seen.items() if key == f"part {number}"})]

    return look


GROUPS = [
    Group("first-data", "the data term", part(0)),
    Group("first-penalty", "the penalty", part(1)),
    Group("decay", "the decay", part(2)),
]
