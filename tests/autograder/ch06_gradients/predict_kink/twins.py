"""The wrong expectations of a centered difference beside a kink."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, bool)


def centered(f, x):
    """The difference with h = 1."""
    return (f(x + 1) - f(x - 1)) / 2


def ramp(x):
    """max(0, x)"""
    return max(0.0, x)


def REFERENCE():
    """The right answer: the differences, in units of h."""
    return centered(abs, 0.1), centered(ramp, -0.25), abs(0.1) > 1 / 20


def slope_of_the_formula():
    return 1.0, 0.0, True


def a_kink_has_no_slope():
    return 0.0, 0.5, True


def forward_at_the_kink():
    return 1.0, ramp(0.75) - ramp(-0.25), True


def ramp_for_the_valley():
    return centered(ramp, 0.1), centered(ramp, -0.25), True


def way_not_doubled():
    return 2 * centered(abs, 0.1), 2 * centered(ramp, -0.25), True


def kink_stays():
    return *REFERENCE()[:2], False


def values(f):
    """The first two parts, as words."""
    return [({}, {key: word for key, word in predictions.seen(f(), KINDS).items() if key != "part 2"})]


def smaller(f):
    """The third part, as a word."""
    return [({}, {key: word for key, word in predictions.seen(f(), KINDS).items() if key == "part 2"})]


GROUPS = [
    Group("kink-difference", "the differences", values),
    Group("kink-nudge", "what a smaller nudge does", smaller),
]
