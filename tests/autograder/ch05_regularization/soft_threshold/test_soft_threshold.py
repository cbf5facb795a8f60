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
        return (
            f"W = {inline(self.W)}, t = {self.t:g}"
            if self.W.size <= 6
            else f"W of shape {self.W.shape}, t = {self.t:g}"
        )


SMALL = [
    Case([[3, -2]], 1.0),
    Case([[0.5, -0.5]], 1.0),
    Case([3, -0.5, -2], 1.0),
    Case([[4, -1, 0], [-3, 0.25, 2]], 0.5),
]


def drawn(rng, dtype=np.float64):
    """Random weights of several shapes, no one at a corner."""
    found = []
    for shape, t in (((4, 3), 0.5), ((2, 5), 0.8), ((6,), 1.1), ((2, 3, 4), 0.3), ((1, 1), 0.2)):
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

    def compare(self, cases, told, choose=lambda case: np.full(case.W.shape, True), precision=np.float64):
        """Fail at the first case that is wrong at the chosen weights."""

        def wrong(case):
            at = choose(case)
            return not near(self.ask(case)[at], reference(case.W, case.t)[at], precision)

        case = first(cases, wrong)
        if case is not None:
            try:
                board = self.board(case) if case.W.size <= 6 else ""
            except LearnerError:
                board = ""
            raise CheckFailed(f"{told} (at {case}).", board)


@pytest.fixture
def answer(submission):
    return Threshold(submission.ch05.soft_threshold)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng):
    """returns a new array of the shape of W"""
    case, other = drawn(rng)[:2]
    result = answer.ask(case)
    if result.dtype.kind != "f":
        raise CheckFailed(f"The result should hold floating-point numbers; it holds {result.dtype}.")
    if not np.isfinite(result).all():
        raise CheckFailed("The result is not finite (NaN or inf).")
    if not result.any() and not answer.ask(other).any():
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
        board = answer.board(case) if case.W.size <= 6 else ""
        raise CheckFailed(f"A weight within t of 0 does not become exactly 0 (at {case}).", board)


@pytest.mark.points(2)
@pytest.mark.about("threshold")
def test_least(answer):
    """no other number makes (v - w)**2 / 2 + t * |v| smaller"""
    for w, t in ((2.0, 0.5), (-3.0, 1.0), (0.3, 0.5), (-0.2, 1.0)):
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
def test_edges(answer, rng):
    """t of 0, t beyond all weights, weights of 0, float32"""
    cases = [
        Case([[1.5, -2.5]], 0.0),
        Case([[1.5, -2.5]], 10.0),
        Case(np.zeros((2, 3)), 0.5),
        Case([[1e6, -1e-6]], 1e-3),
    ]
    answer.compare(cases, "Wrong at the edge")
    answer.compare(drawn(rng, np.float32), "Wrong with float32", precision=np.float32)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """W stays as it was, and the result is a new array"""
    for case in [*SMALL, *drawn(rng), Case([[1.0, -2.0]], 0.0)]:
        reply = answer.answer.run(case.W.copy(), case.t, echo=True)
        if answers.kept("W", (case.W,), reply.arguments).get("W") == "changed":
            raise CheckFailed(f"W is changed by the call (at {case}). Leave the arguments as they came.")
        if reply.shared:
            raise CheckFailed(
                "The result shares its memory with W: whoever changes one changes the other. Return a new "
                "array."
            )
        answers.refuse_warnings(reply)
