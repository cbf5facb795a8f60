"""The wrong readings of a table of steps."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, float)
START, AFTER, STEP, SHORTER, TIMES = 2.5, 2.491, 1e-5, 2e-6, 10.0


def REFERENCE():
    """The right answer."""
    square = (START - AFTER) / STEP
    return square**0.5, SHORTER * square, TIMES**2


def square_of_the_length():
    return (START - AFTER) / STEP, *REFERENCE()[1:]


def drop_for_the_length():
    return START - AFTER, *REFERENCE()[1:]


def loss_for_the_drop():
    length, drop, factor = REFERENCE()
    return length, START - drop, factor


def drop_with_the_square_of_the_step():
    length, _, factor = REFERENCE()
    return length, (START - AFTER) * (SHORTER / STEP) ** 2, factor


def drop_from_the_length_alone():
    length, _, factor = REFERENCE()
    return length, SHORTER * length, factor


def drop_grows_in_proportion():
    return *REFERENCE()[:2], TIMES


def drop_unchanged():
    return *REFERENCE()[:2], 1.0


def part(number):
    """A look at one part, as a word."""
    return lambda f: [({}, {k: w for k, w in predictions.seen(f(), KINDS).items() if k == f"part {number}"})]


GROUPS = [
    Group("norm", "the length", part(0)),
    Group("drop", "the drop", part(1)),
    Group("factor", "the factor", part(2)),
]
