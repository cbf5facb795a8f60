"""What the four derive exercises of softmax share: questions, the book's expressions, the checks."""

import math

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.autograder.expressions import exp

derivatives = catalogue.beside(__file__, "derivatives")
problems = catalogue.beside(__file__, "problems")
DEPENDS = "the scores"


def total(s):
    """The sum of exponentials."""
    return sum(exp(score) for score in s)


def share(s, j):
    """One share."""
    return exp(s[j]) / total(s)


def question(kinds, names, rule, working, points):
    """A question at some points, each a row of values in the order of the unknowns."""
    rows = [dict(zip(kinds, values, strict=True)) for values in points]
    return derivatives.Question(kinds, names, rule, working, rows, DEPENDS)


def real(names):
    """Unknowns that are any real numbers."""
    return dict.fromkeys(names, "real")


def told_shares(scores):
    """The arithmetic of one row's shares, and the shares."""
    powers = [math.exp(score) for score in scores]
    shares = [power / sum(powers) for power in powers]
    return f"shares {problems.inline(shares)}", shares


def seen(each, exchange):
    """What an exchange shows: the values at the points; a plain number, such as 0, is one everywhere."""
    if isinstance(exchange.value, int | float):
        return {"the slope": np.full(len(each.points), float(exchange.value))}
    return each.seen(exchange)


def group(questions):
    """The values at points that tell the mistakes apart."""

    def slope(f):
        return [({}, seen(each, f(*each.unknowns.arguments(*each.names)))) for each in questions]

    return Group("slope", "your expression", slope)


def demand(answer, questions, told):
    """Fail at the first question and point where an answer is wrong; `told(question)` says where."""
    for each in questions:
        each.demand(answer, each.points, told(each))
        each.demand_everywhere(answer)
