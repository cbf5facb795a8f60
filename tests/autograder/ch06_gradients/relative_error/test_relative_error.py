"""The graded checks of ``relative_error(a, b) -> error``: 7 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near

asking = catalogue.beside(__file__, "asking")
twins = catalogue.beside(__file__, "twins")
answers, inline, say = asking.answers, asking.inline, asking.say
pytestmark = pytest.mark.exercise("ch06.relative_error")


class Pair:
    """Two arrays."""

    def __init__(self, a, b):
        self.arguments = np.array(a, np.float64), np.array(b, np.float64)

    def __repr__(self):
        a, b = self.arguments
        return f"a = {inline(a)}, b = {inline(b)}" if a.size <= 4 else f"arrays of shape {a.shape}"

    def by_hand(self, given):
        """The quotient of each entry."""
        lines = [f"{self}"]
        for a, b in zip(*(np.ravel(each) for each in self.arguments), strict=True):
            size = max(abs(a), abs(b))
            if size == 0:
                lines.append("    both are 0: 0")
            else:
                lines.append(
                    f"    |{say(a)} - {asking.paren(b)}| / max({say(abs(a))}, {say(abs(b))}) "
                    f"= {say(abs(a - b) / size)}"
                )
        return "\n".join(
            [*lines, f"largest  expected {say(twins.REFERENCE(*self.arguments))}, yours {say(given)}"]
        )


@pytest.fixture
def ask(submission):
    def run(pair):
        value = submission.ch06.relative_error(*pair.arguments)
        found = twins.number(value)
        if found is None:
            raise CheckFailed(
                f"It should return one number; it returns {answers.described(value, None)} for {pair}."
            )
        return found

    return run


def demand(ask, pairs, told):
    """Fail at the first pair where the error is wrong."""
    pair = first(pairs, lambda pair: not near(ask(pair), twins.REFERENCE(*pair.arguments)))
    if pair is not None:
        board = pair.by_hand(ask(pair)) if pair.arguments[0].size <= 4 else ""
        raise CheckFailed(f"{told} ({pair}).", board)


def random_pairs(rng):
    """Arrays of several shapes, close and not."""
    found = []
    for shape in ((3,), (2, 3), (4, 1), (2, 2, 2)):
        a = rng.normal(size=shape)
        found += [Pair(a, a * (1 + 1e-3 * rng.normal(size=shape))), Pair(a, rng.normal(size=shape))]
    return found


@pytest.mark.points(1)
@pytest.mark.about("shape")
@pytest.mark.gate
def test_form(submission, ask, rng, follow):
    """returns one number"""
    found = [ask(pair) for pair in random_pairs(rng)]
    form = answers.form_of_loss(submission.ch06.relative_error(*random_pairs(rng)[0].arguments))
    if form == answers.SEVERAL:
        follow(
            "The result should be one number; it is an array. The rest is graded on its largest entry.",
            lost=1,
        )
    elif form == answers.BOXED:
        follow("The result is one number packed into an array: `.item()` takes it out.", lost=1)
    if len(set(found)) == 1:
        raise CheckFailed(f"It returns {found[0]:g} whatever the arrays are: nothing is computed yet.")


@pytest.mark.points(3)
@pytest.mark.about("ratio")
def test_value(ask, rng):
    """is the largest of |a - b| / max(|a|, |b|)"""
    small = [
        ([2.0], [2.5]),
        ([2.0], [1.0]),
        ([-2.0], [-1.0]),
        ([1.0], [-1.0]),
        ([1.0, 2.0], [1.0, 2.5]),
        ([0.0], [3.0]),
        ([0.0, 1.0], [-1e-3, 1.0]),
        *twins.PAIRS,
    ]
    demand(ask, [*(Pair(*each) for each in small), *random_pairs(rng)], "The error is wrong")


@pytest.mark.points(1)
@pytest.mark.about("zeros")
def test_zeros(submission, ask):
    """two zeros agree, a zero and a number do not, and numpy has nothing to warn of"""
    pairs = [Pair([0.0], [0.0]), Pair([0.0, 2.0], [0.0, 2.0]), Pair([0.0], [3.0])]
    for pair in pairs:
        value = submission.ch06.relative_error(*pair.arguments)
        if twins.number(value) is not None and not np.isfinite(value).all():
            raise CheckFailed(
                f"With {pair} it is not finite: 0 is divided by 0.",
                "where both are 0, the relative error is 0",
            )
    demand(ask, pairs[:2], "With zeros the error is wrong")
    if ask(pairs[-1]) == 0:
        raise CheckFailed(f"A zero and a number do not agree, and the error is 0 ({pairs[-1]}).")
    for pair in pairs:
        answers.refuse_warnings(submission.ch06.relative_error.run(*pair.arguments))


@pytest.mark.points(1)
@pytest.mark.about("zeros")
def test_scale(ask, rng):
    """the error is the same when both arrays are scaled, however small they get"""
    a, b = rng.normal(size=4), rng.normal(size=4)
    before = ask(Pair(a, b))
    for factor in (1e3, 1e-6, 1e-12, 1e-100):
        after = ask(Pair(factor * a, factor * b))
        if not near(after, before):
            raise CheckFailed(
                f"Both arrays times {factor:g} should give the same error. "
                f"Yours goes from {before:.4g} to {after:.4g}."
            )


@pytest.mark.points(1)
@pytest.mark.about("ratio")
def test_symmetry(submission, ask, rng):
    """a and b have the same rights, and stay as they came"""
    for pair in random_pairs(rng):
        a, b = pair.arguments
        if not near(ask(Pair(b, a)), ask(pair)):
            raise CheckFailed("With a and b exchanged the error should be the same; yours changes.")
        reply = submission.ch06.relative_error.run(*pair.arguments, echo=True)
        answers.refuse_changes(("a", "b"), pair.arguments, reply.arguments)
