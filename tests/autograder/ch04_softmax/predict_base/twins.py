"""The wrong expectations of a logarithm to base ten."""

import math

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, bool, bool)
PRINTED = 0.5


def REFERENCE():
    """The right answer."""
    return PRINTED * math.log(10), False, True


def converted_backward():
    return (PRINTED / math.log(10), *REFERENCE()[1:])


def not_converted():
    return (PRINTED, *REFERENCE()[1:])


def share_for_loss():
    return (10**-PRINTED, *REFERENCE()[1:])


def power_for_loss():
    return (10**PRINTED, *REFERENCE()[1:])


def converted_by_base_two():
    return (PRINTED * math.log2(10), *REFERENCE()[1:])


def natural_exponential():
    return (math.exp(PRINTED), *REFERENCE()[1:])


def base_held_harmless():
    natural, _, caught = REFERENCE()
    return natural, True, caught


def base_not_noticed():
    natural, same, _ = REFERENCE()
    return natural, same, False


def part(name, at):
    """One part of the prediction, as a word."""

    def seen(f):
        words = predictions.seen(f(), KINDS)
        return [({}, {key: word for key, word in words.items() if key == f"part {at}"})]

    return Group(name, "your prediction", seen)


GROUPS = [part("conversion", 0), part("minimum", 1), part("gradient-check", 2)]
