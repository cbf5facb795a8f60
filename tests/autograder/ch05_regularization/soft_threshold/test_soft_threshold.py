"""The graded checks of ``soft_threshold(W, t) -> array``: 14 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near
from lintutor.regularizers import soft_threshold as reference

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")
say, paren, inline = problems.say, problems.paren, problems.inline
pytestmark = pytest.mark.exercise("ch05.soft_threshold")


class Case:
    """Weights and how far they are to move."""

    def __init__(self, W, t, dtype=np.float64):
        self.W, self.t = np.array(W, dtype), t

    def __repr__(self):
        W = f"W = {inline(self.W)}" if self.small else f"W of shape {self.W.shape}"
        return f"{W}, t = {self.t:g}"

    @property
    def small(self):
        """Whether it fits on a board, and its numbers are ones that a hand can add."""
        return self.W.size <= 6 and np.array_equal(self.W, np.round(self.W, 2))


SMALL = [
    Case([[3, -2]], 1.0),
    Case([[0.5, -0.5]], 1.0),
    Case([3, -0.5, -2], 1.0),
    Case([[4, -1, 0], [-3, 0.25, 2]], 0.5),
]


def drawn(rng, dtype=np.float64):
    """Random weights of several shapes, no one at a corner."""
    found = []
    for shape, t in (((4, 3), 0.5), ((2, 5), 0.8), ((6,), 1.1), ((2, 3, 4), 0.3)):
        W = 2 * rng.normal(size=shape)
        found.append(Case(np.where(np.abs(np.abs(W) - t) < 0.01, 0.0, W), t, dtype))
    return found


class Threshold:
    """The learner's function."""

    def __init__(self, answer):
        self.answer = answer

    def ask(self, case):
        """The result, or the check has failed."""
        value = self.answer(case.W.copy(), case.t)
        if not answers.is_numeric(value) or np.shape(value) != case.W.shape:
            told = (
                answers.described(value, case.W) if not isinstance(value, tuple | list) else "several things"
            )
            raise CheckFailed(
                f"It should return an array of the shape of W, {case.W.shape}; it returns {told} for {case}."
            )
        return np.asarray(value)

    def board(self, case):
        """Each weight as a teacher would move it."""
        lines, got = [f"{case}"], self.ask(case)
        for w, due, came in zip(case.W.ravel(), reference(case.W, case.t).ravel(), got.ravel(), strict=True):
            if abs(w) > case.t:
                told = f"{say(w)} is {say(abs(w))} away from 0: {say(case.t)} less, and it ends at {say(due)}"
            else:
                told = f"{say(w)} is {say(abs(w))} away from 0, not more than {say(case.t)}: it stops at 0"
            lines.append(f"    {told}; yours {say(came)}")
        return "\n".join(lines)

    def wrong(self, choose):
        """A function (case) -> whether a chosen weight is wrong, in the precision of weights and answer."""

        def judge(case):
            at, got = choose(case), self.ask(case)
            narrow = np.float32 in (case.W.dtype, got.dtype)
            return not near(got[at], reference(case.W, case.t)[at], np.float32 if narrow else np.float64)

        return judge

    def compare(self, cases, told, choose=lambda case: np.full(case.W.shape, True)):
        """Fail at the first case that is wrong at the chosen weights."""
        case = first(cases, self.wrong(choose))
        if case is not None:
            try:
                board = self.board(case) if case.small else ""
            except LearnerError:
                board = ""
            raise CheckFailed(f"{told} (at {case}).", board)

    def sound(self, rng):
        """Where the answer is right in ordinary cases: far from 0, near 0, in both places or in none."""
        places = [lambda c: np.abs(c.W) > c.t, lambda c: np.abs(c.W) < c.t]
        return [at for at in places if first([*SMALL, *drawn(rng)], self.wrong(at)) is None]


def anywhere(places):
    """A function (case) -> the weights that are looked at: those in one of the places, or all."""
    if not places:
        return lambda case: np.full(case.W.shape, True)
    return lambda case: np.any([at(case) for at in places], axis=0)


def say_so(places, follow):
    """Say which weights are looked at, if not all of them."""
    if len(places) == 1:
        follow("Only weights of the kind that is right above are looked at here.")


@pytest.fixture
def answer(submission):
    return Threshold(submission.ch05.soft_threshold)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a new array of the shape of W"""
    found = answers.ask_all(answer.ask, drawn(rng), follow)
    result = found[0]
    if result.dtype.kind != "f":
        raise CheckFailed(f"The result should hold floating-point numbers; it holds {result.dtype}.")
    if not np.isfinite(result).all():
        raise CheckFailed("The result is not finite (NaN or inf).")
    if not any(each.any() for each in found):
        raise CheckFailed("It returns zeros for all weights: nothing is computed yet.")


@pytest.mark.points(4)
@pytest.mark.about("threshold")
def test_far_weights(answer, rng):
    """a weight farther than t from 0 comes nearer by t, on both sides"""
    cases = [*SMALL, *drawn(rng)]
    answer.compare(cases, "A weight far from 0 does not end where it should", lambda c: np.abs(c.W) > c.t)


@pytest.mark.points(4)
@pytest.mark.about("threshold")
def test_near_weights(answer, rng):
    """a weight within t of 0 becomes exactly 0"""

    def wrong(case):
        return bool(answer.ask(case)[np.abs(case.W) < case.t].any())  # exactly: no rounding is forgiven

    case = first([*SMALL[1:], *drawn(rng)], wrong)
    if case is not None:
        board = answer.board(case) if case.small else ""
        raise CheckFailed(f"A weight within t of 0 does not become exactly 0 (at {case}).", board)


@pytest.mark.points(2)
@pytest.mark.about("threshold")
def test_least(answer, rng, follow):
    """no other number makes (v - w)**2 / 2 + t * |v| smaller"""
    places = answer.sound(rng)
    say_so(places, follow)
    for w, t in ((2.0, 0.5), (-3.0, 1.0), (0.3, 0.5), (-0.2, 1.0)):
        if not anywhere(places)(Case([[w]], t)).all():
            continue
        v = float(answer.ask(Case([[w]], t)).item())

        def price(v, w=w, t=t):
            return (v - w) ** 2 / 2 + t * abs(v)

        better = min((v - 0.1, v + 0.1, 0.0, v - 0.001, v + 0.001), key=price)
        if price(better) < price(v) - 1e-9:
            raise CheckFailed(
                f"For w = {w:g} and t = {t:g} you return v = {v:g}, where (v - w)**2 / 2 + t * |v| is "
                f"{price(v):.6g}. At v = {better:g} it is less, {price(better):.6g}."
            )


@pytest.mark.points(1)
@pytest.mark.about("threshold")
def test_edges(answer, rng, follow):
    """t of 0, t beyond all weights, weights of 0, float32"""
    cases = [
        Case([[1.5, -2.5]], 0.0),
        Case([[1.5, -2.5]], 10.0),
        Case(np.zeros((2, 3)), 0.5),
        Case([[0.75]], 0.25),
        Case([[1e6, -1e-6]], 1e-3),
    ]
    places = answer.sound(rng)
    say_so(places, follow)
    look = anywhere(places) if len(places) == 1 else anywhere([])
    answer.compare(cases, "Wrong at the edge", look)
    answer.compare(drawn(rng, np.float32), "Wrong with float32", look)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """W stays as it was, and the result is a new array"""

    def wrong(case):
        reply = answer.answer.run(case.W.copy(), case.t, echo=True)
        if answers.kept("W", (case.W,), reply.arguments).get("W") == "changed":
            raise CheckFailed(f"W is changed by the call (at {case}). Leave the arguments as they came.")
        if reply.shared:
            raise CheckFailed(
                "The result shares its memory with W: whoever changes one changes the other. Return a new "
                "array."
            )
        answers.refuse_warnings(reply)
        return False

    first([*SMALL, *drawn(rng), Case([[1.0, -2.0]], 0.0)], wrong)  # a crash at some shapes has cost its point
