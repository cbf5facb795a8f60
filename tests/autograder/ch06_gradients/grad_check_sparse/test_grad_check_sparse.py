"""The graded checks of ``grad_check_sparse(f, x, analytic_grad, num_checks, h, rng)``: 11 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near
from lintutor.gradients import relative_error

asking = catalogue.beside(__file__, "asking")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch06.grad_check_sparse")
ROW = "(index, numerical, analytic, error)"


@pytest.fixture
def ask(submission):
    def run(checks, seed, x=twins.X, claimed=twins.CLAIMED, h=twins.H, form=False):
        loss = asking.Recorder(twins.cubes)
        reply = submission.ch06.grad_check_sparse.run(
            loss, x.copy(), claimed.copy(), checks, h, asking.Seed(int(seed)), echo=True
        )
        found = twins.rows(reply.value, x.shape)
        if found is None and not form:
            raise CheckFailed(f"It should return a list of tuples {ROW}.")
        return found, loss, reply

    return run


def some(rng):
    """x, a gradient that may be wrong, and a nudge, for several shapes."""
    for shape in ((4,), (2, 3), (2, 2, 2)):
        yield rng.normal(size=shape), rng.normal(size=shape), 0.25


def told(value):
    """What came instead of a list of checks."""
    if value is None:
        return "it returns None: what it prints is for you, not for the caller"
    if not isinstance(value, list | tuple) or not value:
        return f"it returns {asking.answers.described(value, None)}"
    if isinstance(value[0], list | tuple) and len(value[0]) == 4:
        return f"your first tuple begins with the index {str(value[0][0])[:40]}"
    return f"the first entry of yours is {str(value[0])[:80]}"


@pytest.mark.points(2)
@pytest.mark.gate
def test_form(ask, rng):
    """returns a list of num_checks tuples, each of an index and three numbers"""
    for x, claimed, h in some(rng):
        for checks in (1, 5):
            found, _, reply = ask(checks, 1, x, claimed, h, form=True)
            if found is None:
                raise CheckFailed(
                    f"It should return a list of tuples {ROW}, the index a tuple of {x.ndim} whole numbers "
                    f"for x of shape {x.shape}; {told(reply.value)}."
                )
            if len(found) != checks:
                raise CheckFailed(
                    f"With num_checks = {checks} there should be {checks} tuples; yours are {len(found)}."
                )


@pytest.mark.points(3)
@pytest.mark.about("difference", "mutation")
def test_slopes(ask, rng):
    """each tuple holds the centered difference along its entry, and the entry of the gradient"""
    for x, claimed, h in ((twins.X, twins.CLAIMED, twins.H), *some(rng)):
        for index, numerical, analytic, _ in ask(6, 2, x, claimed, h)[0]:
            due, at = twins.slope_at(x, index, h), asking.inline(list(index))
            value = asking.say(round(float(x[index]), 6))
            if not near(numerical, due):
                raise CheckFailed(
                    f"With f = sum(x**3) the difference along the entry {at} is wrong.",
                    f"x at {at} is {value}, h = {h:g}\n"
                    "((x + h)**3 - (x - h)**3) / (2 h), all other entries cancel\n"
                    f"expected {asking.say(due)}, yours {asking.say(numerical)}",
                )
            if not near(analytic, claimed[index]):
                raise CheckFailed(
                    f"The third number at {at} should be analytic_grad there, {claimed[index]:.6g}; "
                    f"yours is {analytic:.6g}."
                )


@pytest.mark.points(2)
@pytest.mark.about("ratio")
def test_errors(ask, rng):
    """each tuple ends with the relative error of its two slopes"""
    for x, claimed, h in ((twins.X, twins.CLAIMED, twins.H), *some(rng)):
        for _, numerical, analytic, error in ask(8, 3, x, claimed, h)[0]:
            due = relative_error(numerical, analytic)
            if not near(error, due):
                a, b = asking.say(numerical), asking.say(analytic)
                raise CheckFailed(
                    f"The relative error of {a} and {b} is wrong.",
                    f"|{a} - {asking.paren(analytic)}| / max(|{a}|, |{b}|)\n"
                    f"expected {asking.say(due)}, yours {asking.say(error)}",
                )


@pytest.mark.points(2)
@pytest.mark.about("drawing")
def test_entries(ask, rng):
    """every entry can be drawn, with the same chance, from rng"""
    checks = 240
    drawn = [row[0] for row in ask(checks, rng.integers(2**31))[0]]
    counts = {k: drawn.count(k) for k in np.ndindex(twins.X.shape)}
    missing = [k for k, count in counts.items() if count == 0]
    if missing:
        raise CheckFailed(
            f"In {checks} draws from 6 entries, {missing[0]} never came, {len(missing)} in all."
        )
    due = checks / 6
    far = max(abs(count - due) for count in counts.values()) / np.sqrt(due * 5 / 6)
    if far > 5.5:
        raise CheckFailed(
            f"{checks} draws from 6 entries are too uneven: {sorted(counts.values())} times each."
        )
    asking.demand_same_luck(lambda seed: [row[0] for row in ask(12, seed)[0]])


@pytest.mark.points(1)
@pytest.mark.about("cost")
def test_cost(ask):
    """calls f twice for each check, whatever the size of x"""
    x = np.linspace(-1, 1, 200)
    _, loss, _ = ask(3, 4, x, x)
    if len(loss.asked) > 6:
        raise CheckFailed(
            f"Three checks need 6 calls of f; you make {len(loss.asked)}, with 200 entries in x."
        )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_x_unchanged(ask, rng):
    """x and the gradient stay as they came"""
    for x, claimed, h in some(rng):
        _, _, reply = ask(5, 5, x, claimed, h)
        for name, before, after in (
            ("x", x, reply.arguments[1]),
            ("analytic_grad", claimed, reply.arguments[2]),
        ):
            if not near(after, before):
                raise CheckFailed(f"{name} is changed by the call.")
