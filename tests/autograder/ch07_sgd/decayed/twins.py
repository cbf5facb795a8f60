"""The mistakes in the five schedules as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")


def REFERENCE(lr0, step, schedule):
    """The right answer."""
    kind = schedule["kind"]
    if kind == "constant":
        return lr0
    if kind == "step":
        return lr0 * schedule["drop"] ** (step // schedule["every"])
    if kind == "exponential":
        return lr0 * float(np.exp(-schedule["decay"] * step))
    if kind == "inverse":
        return lr0 / (1 + schedule["decay"] * step)
    if kind == "cosine":
        return lr0 / 2 * float(1 + np.cos(np.pi * min(step / schedule["num_steps"], 1)))
    raise ValueError(f"no schedule is called {kind!r}")


def stairs_made_smooth(lr0, step, schedule):
    if schedule["kind"] == "step":
        return lr0 * schedule["drop"] ** (step / schedule["every"])
    return REFERENCE(lr0, step, schedule)


def drop_not_to_a_power(lr0, step, schedule):
    if schedule["kind"] == "step":
        stairs = step // schedule["every"]
        return lr0 * schedule["drop"] * stairs if stairs else lr0
    return REFERENCE(lr0, step, schedule)


def exponential_rises(lr0, step, schedule):
    if schedule["kind"] == "exponential":
        return lr0 * float(np.exp(schedule["decay"] * step))
    return REFERENCE(lr0, step, schedule)


def exponential_to_the_base(lr0, step, schedule):
    if schedule["kind"] == "exponential":
        return lr0 * schedule["decay"] ** step
    return REFERENCE(lr0, step, schedule)


def inverse_without_one(lr0, step, schedule):
    if schedule["kind"] == "inverse":
        return lr0 / (schedule["decay"] * step) if step else lr0
    return REFERENCE(lr0, step, schedule)


def cosine_rises_again(lr0, step, schedule):
    if schedule["kind"] == "cosine":
        return lr0 / 2 * float(1 + np.cos(np.pi * step / schedule["num_steps"]))
    return REFERENCE(lr0, step, schedule)


def cosine_not_halved(lr0, step, schedule):
    rate = REFERENCE(lr0, step, schedule)
    return 2 * rate if schedule["kind"] == "cosine" else rate


def cosine_quarter(lr0, step, schedule):
    if schedule["kind"] == "cosine":
        return lr0 * float(np.cos(np.pi / 2 * min(step / schedule["num_steps"], 1)))
    return REFERENCE(lr0, step, schedule)


def unknown_kind_passes(lr0, step, schedule):
    known = ("constant", "step", "exponential", "inverse", "cosine")
    return REFERENCE(lr0, step, schedule) if schedule["kind"] in known else lr0


CONSTANT = {"kind": "constant"}
STAIRS = {"kind": "step", "drop": 0.5, "every": 4}
EXPONENTIAL = {"kind": "exponential", "decay": 0.125}
INVERSE = {"kind": "inverse", "decay": 0.25}
COSINE = {"kind": "cosine", "num_steps": 8}


def rates(f, schedule, steps):
    """The rates at some steps."""
    seen = []
    for step in steps:
        rate = answers.number(f(0.8, step, schedule).value)
        seen.append(({}, {} if rate is None else {"the rate": rate}))
    return seen


def names(f):
    """What becomes of a misspelled kind."""
    exchange = f(0.8, 3, {"kind": "cosinus", "num_steps": 8})
    return [({}, {"a misspelled kind": "is refused" if exchange.error == "ValueError" else "passes"})]


GROUPS = [
    Group("stairs", "the stairs", lambda f: rates(f, STAIRS, (0, 3, 4, 6, 13))),
    Group("exponential", "the exponential", lambda f: rates(f, EXPONENTIAL, (0, 1, 4, 12))),
    Group("inverse", "the inverse", lambda f: rates(f, INVERSE, (0, 1, 4, 12))),
    Group("cosine", "the cosine", lambda f: rates(f, COSINE, (0, 2, 4, 6, 8, 11))),
    Group("names", "the names", names),
]
