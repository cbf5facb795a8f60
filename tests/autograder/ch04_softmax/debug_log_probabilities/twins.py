"""The mistakes around a name that lies: the given one, and what mending can make of it."""

import numpy as np

from lintutor import losses
from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

labeled = catalogue.beside(__file__, "labeled")
results = catalogue.beside(__file__, "results")


def REFERENCE(S, y):
    """The right answer."""
    return losses.cross_entropy_on_scores(S, y)


def with_gradient(dS, S, y):
    """The right loss, and a gradient from what stands in for the shares."""
    dS = dS.copy()
    dS[np.arange(len(y)), y] -= 1
    return REFERENCE(S, y)[0], dS / len(y)


def logarithm_never_taken(S, y):
    return -losses.softmax(S)[np.arange(len(y)), y].mean(), REFERENCE(S, y)[1]


def logarithm_taken_twice(S, y):
    with np.errstate(all="ignore"):
        return -np.log(-losses.log_softmax(S)[np.arange(len(y)), y]).mean(), REFERENCE(S, y)[1]


def logarithm_base_ten(S, y):
    loss, dS = REFERENCE(S, y)
    return loss / np.log(10), dS


def minus_lost(S, y):
    loss, dS = REFERENCE(S, y)
    return -loss, dS


def exponential_of_shares(S, y):
    return with_gradient(np.exp(losses.softmax(S)), S, y)


def log_shares_in_gradient(S, y):
    return with_gradient(losses.log_softmax(S), S, y)


def truth_not_subtracted(S, y):
    return REFERENCE(S, y)[0], losses.softmax(S) / len(y)


def errors_not_averaged(S, y):
    loss, dS = REFERENCE(S, y)
    return loss, dS * len(y)


def logarithm_of_a_share(S, y):
    with np.errstate(all="ignore"):
        loss = -np.log(losses.softmax(S)[np.arange(len(y)), y]).mean()
    return loss, REFERENCE(S, y)[1]


PROBES = [
    labeled.case([[0.3, 2.1, -1.6], [1.2, -0.7, 0.4]], [0, 2]),
    labeled.case([[-0.4, 0.6], [1.1, 0.2], [0.5, 0.9]], [1, 1, 0]),
]


def part(name, key):
    """What one of the two results is."""

    def seen(f):
        sights = []
        for case in PROBES:
            value = results.visible(results.two(f(*case.arguments).value, case.S.shape)).get(key)
            sights.append((case.sizes, {} if value is None else {key: value}))
        return sights

    return Group(name, key, seen)


def logarithm(f):
    """The loss of a true class that is far behind, if that of the others is right."""
    cases = [PROBES[0], labeled.case([[0, -900]], [1])]
    near, far = (results.two(f(*case.arguments).value, case.S.shape).loss for case in cases)
    if near is None or far is None or not np.isclose(near, REFERENCE(*cases[0].arguments)[0]):
        return [({}, {})]
    return [({}, {"far behind": "right" if np.isclose(far, 900) else f"{far:.1f}"})]


GROUPS = [
    part("loss", "the loss"),
    part("gradient", "the gradient"),
    Group("logarithm", "small shares", logarithm),
]
