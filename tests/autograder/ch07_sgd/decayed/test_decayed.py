"""The graded checks of ``decayed(lr0, step, schedule) -> rate``: 8 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, near

answers = catalogue.beside(__file__, "answers")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.decayed")


@pytest.fixture
def answer(submission):
    return submission.ch07.decayed


def board(lr0, step, schedule):
    """The rate by hand."""
    kind = schedule["kind"]
    if kind == "step":
        drop, every = schedule["drop"], schedule["every"]
        stairs = step // every
        return f"{step} // {every} = {stairs} stairs\n{lr0:g} * {drop:g}**{stairs} = {lr0 * drop**stairs:.6g}"
    if kind == "exponential":
        power = -schedule["decay"] * step
        return f"{lr0:g} * exp({power:g}) = {lr0:g} * {np.exp(power):.6g} = {lr0 * np.exp(power):.6g}"
    if kind == "inverse":
        below = 1 + schedule["decay"] * step
        return f"{lr0:g} / (1 + {schedule['decay']:g} * {step}) = {lr0:g} / {below:g} = {lr0 / below:.6g}"
    if kind == "cosine" and step < schedule["num_steps"]:
        way = np.cos(np.pi * step / schedule["num_steps"])
        return (
            f"{step} of {schedule['num_steps']} steps are done: cos(pi * {step} / {schedule['num_steps']}) "
            f"= {way:.6g}\n{lr0:g} / 2 * (1 + {way:.6g}) = {lr0 / 2 * (1 + way):.6g}"
        )
    return f"{lr0:g} from first to last" if kind == "constant" else "all steps are done: 0 from here on"


def demand(answer, schedules, steps, lr0=0.8):
    """Fail at the first step where the rate of a schedule is wrong."""
    for schedule in schedules:
        for step in steps:
            due = twins.REFERENCE(lr0, step, schedule)
            value = answer(lr0, step, dict(schedule))
            rate = answers.number(value)
            if rate is None:
                raise CheckFailed(
                    f"The rate should be a number; it is {answers.described(value, np.zeros(0))} with "
                    f"{schedule} at step {step}."
                )
            if not near(rate, due):
                raise CheckFailed(
                    f"With lr0 = {lr0:g} and {schedule} the rate of step {step} should be {due:.6g}; it is "
                    f"{rate:.6g}.",
                    board(lr0, step, schedule),
                )


@pytest.mark.points(1)
def test_constant(answer):
    """a constant rate stays"""
    demand(answer, [twins.CONSTANT], (0, 1, 1000))


@pytest.mark.points(2)
@pytest.mark.about("stairs")
def test_stairs(answer, rng):
    """the stairs fall by a factor, every so many steps"""
    drawn = {"kind": "step", "drop": round(float(rng.uniform(0.2, 0.9)), 2), "every": int(rng.integers(3, 9))}
    demand(answer, [twins.STAIRS, drawn], (0, 3, 4, 6, 8, 13, 50))


@pytest.mark.points(1)
@pytest.mark.about("exponential")
def test_exponential(answer, rng):
    """the exponential falls by the same share at each step"""
    drawn = {"kind": "exponential", "decay": round(float(rng.uniform(0.01, 0.3)), 3)}
    demand(answer, [twins.EXPONENTIAL, {"kind": "exponential", "decay": 0.0}, drawn], (0, 1, 4, 12, 40))


@pytest.mark.points(1)
@pytest.mark.about("inverse")
def test_inverse(answer, rng):
    """the inverse falls as one over the step, after a while"""
    drawn = {"kind": "inverse", "decay": round(float(rng.uniform(0.01, 0.9)), 3)}
    demand(answer, [twins.INVERSE, {"kind": "inverse", "decay": 0.0}, drawn], (0, 1, 4, 12, 400))


@pytest.mark.points(2)
@pytest.mark.about("cosine")
def test_cosine(answer, rng):
    """the cosine goes down half a turn, and stays at 0"""
    drawn = {"kind": "cosine", "num_steps": int(rng.integers(9, 40))}
    demand(answer, [twins.COSINE, drawn], (0, 2, 4, 6, 8, 11, 16, 100))


@pytest.mark.points(1)
@pytest.mark.about("names")
def test_unknown_kind(answer):
    """a kind that does not exist is refused"""
    for kind in ("cosinus", "Step", "steps", "linear", ""):
        try:
            value = answer(0.8, 3, {"kind": kind, "num_steps": 8, "drop": 0.5, "every": 2, "decay": 0.1})
        except LearnerError as error:
            if error.type_name == "ValueError":
                continue
            if error.kind != "call" or error.type_name == "NotImplementedError":
                raise
            raise CheckFailed(
                f"The kind {kind!r} should raise a ValueError; it raises {error.type_name}."
            ) from None
        raise CheckFailed(
            f"The kind {kind!r} does not exist and should raise a ValueError; it returns "
            f"{answers.described(value, np.zeros(0))}."
        )
