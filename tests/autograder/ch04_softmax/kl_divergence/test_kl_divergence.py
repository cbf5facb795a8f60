"""The graded checks of ``kl_divergence(p, q)``: 6 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near

rows = catalogue.beside(__file__, "rows")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.kl_divergence")
say = rows.problems.say

SMALL = [twins.pair(p, q) for p, q in (([1, 1], [1, 3]), ([1, 3], [1, 1]), ([1, 1, 2], [2, 1, 1]))]


def board(case, value):
    """The terms by hand."""
    p, q = case.values
    lines = []
    for j, (a, b) in enumerate(zip(p, q, strict=True)):
        term = f"{say(a)} * log({say(a)} / {say(b)})"
        if a and b:
            lines.append(f"class {j}: {term} = {say(a * np.log(a / b))}")
        else:
            lines.append(
                f"class {j}: {term} " + ("grows beyond all bounds as q goes to 0" if a else "counts as 0")
            )
    return "\n".join([f"{case}", *lines, f"expected {say(twins.REFERENCE(p, q))}, yours {say(value)}"])


@pytest.fixture
def answer(submission):
    return rows.RowChecks(submission.ch04.kl_divergence, twins.REFERENCE, twins.forms, board)


def drawn(rng):
    """Pairs of distributions without zeros."""
    return [twins.pair(*rng.uniform(0.1, 1, size=(2, C))) for C in (3, 2, 5, 8)]


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns one number"""
    answer.form(drawn(rng), follow)


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_value(answer, rng):
    """is the sum of p log(p / q)"""
    answer.value([*SMALL, *drawn(rng)], "The divergence is wrong")


@pytest.mark.points(1)
@pytest.mark.about("stability")
def test_zero_where_nothing_happens(answer):
    """a class that never occurs adds nothing"""
    for case in (
        twins.pair([0, 1, 1], [1, 1, 2]),
        twins.pair([0, 1, 1], [0, 1, 2]),
        twins.pair([0, 1], [0, 1]),
    ):
        due, found = twins.REFERENCE(*case.values), float(answer.ask(case))
        if not near(found, due):
            told = f"A class with p = 0 adds nothing: {say(due)} is expected, {found:g} came"
            raise CheckFailed(f"{told} (at {case}).", board(case, found))


@pytest.mark.points(1)
@pytest.mark.about("stability")
def test_infinite(answer):
    """what happens and was held impossible costs an infinite surprise"""
    for case in (twins.pair([1, 1], [1, 0]), twins.pair([1, 2, 1], [0, 1, 1])):
        found = float(answer.ask(case))
        if found != np.inf:
            raise CheckFailed(
                f"A class with q = 0 and p above 0 makes it infinite; {found:g} came (at {case}).",
                board(case, found),
            )


@pytest.mark.points(1)
@pytest.mark.about("data", "mutation")
def test_laws(answer, rng):
    """zero for equal distributions, never negative, and p and q stay as they were"""
    cases = drawn(rng)
    equal = [twins.pair(case.values[0], case.values[0]) for case in cases]
    case = first(equal, lambda each: not near(answer.ask(each), 0))
    if case is not None:
        raise CheckFailed(f"Of a distribution to itself it is 0; yours is {float(answer.ask(case)):.6g}.")
    case = first(cases, lambda each: float(answer.ask(each)) < -1e-9)
    if case is not None:
        raise CheckFailed(f"It is never negative; yours is {float(answer.ask(case)):.6g} (at {case}).")
    answer.arguments_unchanged(cases)
