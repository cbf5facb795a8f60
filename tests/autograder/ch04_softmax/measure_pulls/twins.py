"""The confusions in the measurement, each with what it gives."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")

NAMES = ("true_share", "done", "pull_of_done")


def trained():
    """The figures of the training digits."""
    return measured.run(measured.SEED)[0]


def REFERENCE():
    """The right answer."""
    return trained().answer


def changed(part, value):
    """The right answer but for one figure."""
    return tuple(value if at == part else each for at, each in enumerate(REFERENCE()))


def largest_share_for_true():
    return changed(0, trained().largest_share)


def accuracy_for_share():
    return changed(0, trained().right)


def share_in_percent():
    return changed(0, 100 * trained().true_share)


def right_for_done():
    return changed(1, trained().right)


def done_counted():
    return changed(1, trained().done * trained().digits)


def open_for_done():
    return changed(1, 1 - trained().done)


def pull_of_the_others():
    return changed(2, 1 - trained().pull_of_done)


def pull_for_each_digit():
    return changed(2, trained().pull_by_digit)


def pull_in_percent():
    return changed(2, 100 * trained().pull_of_done)


def near(figure, part, known):
    """Whether a figure is a known one, within what is forgiven."""
    right = REFERENCE()[part]
    if measurements.near(figure, known, right, measured.LEAST):
        return True  # other seeds only where it matters
    return measurements.near(figure, known, right, measured.tolerances()[part])


def part(name, at):
    """One figure, by name."""

    def seen(f):
        named = measurements.named(f().value, NAMES, REFERENCE(), CONFUSIONS[at], near)
        return [({}, {NAMES[at]: named[NAMES[at]]} if named else {})]

    return Group(name, NAMES[at], seen)


CONFUSIONS = (
    (largest_share_for_true, accuracy_for_share, share_in_percent),
    (right_for_done, done_counted, open_for_done),
    (pull_of_the_others, pull_for_each_digit, pull_in_percent),
)
GROUPS = [part("share", 0), part("done", 1), part("pull", 2)]
