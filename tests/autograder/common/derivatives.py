"""What derive exercises share: their unknowns, points that are easy to follow, and the checks."""

import numpy as np

from lintutor.autograder.checks import CheckFailed
from lintutor.autograder.derive import Unknowns, show
from lintutor.autograder.expressions import Eq, Piecewise

HINGE = "the example and on whether the hinge is open"


class Question:
    """One question: what an expression in these unknowns should be.

    Parameters
    ----------
    kinds : dict
        The unknowns and their kinds.
    names : list
        The arguments of the call, by name; a list of names is a list, a number is itself.
    rule : callable (at_zero, *symbols) -> expression
        The right answer, with `at_zero` 0 or 1 where a margin is exactly 0.
    working : callable (point) -> str
        What a teacher writes on the board for one point.
    points : list of dict
        Points that are easy to follow, no margin 0 at any of them.
    depends : str
        What the right answer depends on, as the end of a sentence.
    what : str
        What is asked for, as it reads after "the".
    """

    def __init__(self, kinds, names, rule, working, points, depends=HINGE, what="slope"):
        self.unknowns, self.names, self.what = Unknowns(kinds), names, what
        self.rule, self.working, self.points, self.depends = rule, working, points, depends

    def right(self, at_zero=0):
        """The right expression."""
        return self.rule(at_zero, *self.unknowns.symbols(*self.names))

    def ask(self, answer):
        """The learner's expression, as a tree."""
        return self.unknowns.ask(answer, *self.names)

    def seen(self, exchange):
        """What an exchange shows to a probe: the values at the points, or nothing."""
        try:
            answer = self.unknowns.read(exchange.value)
            return {f"the {self.what}": self.unknowns.values(answer, self.points)}
        except CheckFailed:
            return {}

    def board(self, answer, point):
        """The learner's expression and the arithmetic at one point."""
        return self.unknowns.counterexample(answer, self.right(), point, self.working(point))

    def demand(self, answer, points, where):
        """Fail at the first of the points where the answer is wrong."""
        given, due = self.ask(answer), self.unknowns.values(self.right(), points)
        got = self.unknowns.values(given, points)
        wrong = np.flatnonzero(~np.isclose(got, due, rtol=1e-9, atol=1e-12))
        if wrong.size:
            at = int(wrong[0])
            raise CheckFailed(
                f"{where} the {self.what} should be {due[at]:g}; yours gives "
                f"{'no value' if np.isnan(got[at]) else f'{got[at]:g}'}.",
                self.board(given, points[at]),
            )

    def demand_everywhere(self, answer):
        """Fail where the answer differs from the right one at any point, or cannot be compared."""
        given = self.ask(answer)
        found = self.unknowns.compare(given, self.right(), self.right(at_zero=1), self.points)
        if found.status == "different":
            at = ", ".join(f"{name} = {value}" for name, value in found.counterexample.items())
            raise CheckFailed(f"It differs at {at}.", self.board(given, found.counterexample))
        if not found.agrees:
            told = f"{found.detail}; {found.points} points agree, {found.skipped} have no value"
            raise CheckFailed(
                f"Your answer: {show(given)}. It could not be compared: {told}. Is there a simpler form, "
                "with a value everywhere?"
            )

    def demand_form(self, answer):
        """Fail if the answer is no expression, one that depends on nothing, or one without an end."""
        given = self.ask(answer)
        self.unknowns.values(given, self.points)
        if '"Symbol"' not in given.text:
            raise CheckFailed(
                f"Your answer: {show(given)}. It is the same whatever the unknowns are; "
                f"the {self.what} depends on {self.depends}."
            )


def open_hinge(margin, at_zero):
    """1 where a margin is positive, 0 where it is negative, `at_zero` where it is 0."""
    return Piecewise((1, margin > 0), (at_zero, Eq(margin, 0)), (0, True))
