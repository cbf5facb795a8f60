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


def drop(f):
    """The second part; what is made of the first part by a known rule is called by that rule."""
    exchange = f()
    parts, seen = predictions.read(exchange.value, KINDS), predictions.seen(exchange, KINDS)
    if parts is None or "part 1" not in seen:
        return [({}, {})]
    length, own, _ = parts
    alone = None not in (length, own) and predictions.same(own, SHORTER * length)
    right = own is not None and predictions.same(own, REFERENCE()[1])
    return [({}, {"part 1": "the step times the length" if alone and not right else seen["part 1"]})]


GROUPS = [
    Group("norm", "the length", part(0)),
    Group("drop", "the drop", drop),
    Group("factor", "the factor", part(2)),
]
