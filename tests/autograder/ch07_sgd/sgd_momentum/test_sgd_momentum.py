"""The graded checks of ``sgd_momentum(w, dw, config=None) -> (w, config)``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

spies = catalogue.beside(__file__, "spies")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.sgd_momentum")

inline, say = spies.inline, spies.say


@pytest.fixture
def answer(submission):
    return submission.ch07.sgd_momentum


def ask(answer, w, dw, config):
    """The new weights and the dict that comes back."""
    value = answer(w.copy(), dw.copy(), None if config is None else dict(config))
    first, after = spies.of_two(value)
    next_w = spies.array(first, w.shape)
    if next_w is None or not isinstance(after, dict):
        raise CheckFailed(
            f"It should return (next_w, config), an array of shape {w.shape} and a dict; it returns "
            f"{spies.returned(value)}."
        )
    return next_w, after


def board(w, dw, config, due, next_w):
    """One step of one weight by hand."""
    rate, rho, v = config["learning_rate"], config["momentum"], config["velocity"]
    new = rho * v - rate * dw
    return (
        f"w = {inline(w)}   dw = {inline(dw)}   v = {inline(v)}   rate {rate:g}, momentum {rho:g}\n"
        f"v = {rho:g} * {inline(v)} - {rate:g} * {inline(dw)} = {inline(new)}\n"
        f"w = {inline(w)} + {inline(new)} = {inline(due)}, yours {inline(next_w)}"
    )


def random_steps(rng):
    """Weights, gradients and settings of several shapes."""
    for shape in ((1,), (4,), (2, 3), (2, 1, 3)):
        w, dw, v = rng.normal(size=(3, *shape))
        settings = {"learning_rate": float(rng.uniform(0.01, 1)), "momentum": float(rng.uniform(0.1, 0.95))}
        yield w, dw, {**settings, "velocity": v}


@pytest.mark.points(1)
@pytest.mark.gate
def test_form(answer):
    """returns the weights and a dict"""
    w = np.array([[1.0, 2.0]])
    ask(answer, w, w / 2, {"learning_rate": 0.25, "momentum": 0.5, "velocity": np.zeros_like(w)})


@pytest.mark.points(3)
@pytest.mark.about("step")
def test_step(answer, rng):
    """one step keeps a share of the velocity and adds the push"""
    small = [
        (
            np.array([1.0]),
            np.array([2.0]),
            {"learning_rate": 0.25, "momentum": 0.5, "velocity": np.array([v])},
        )
        for v in (0.0, -0.5, 4.0)
    ]
    for w, dw, config in [*small, *random_steps(rng)]:
        next_w, _ = ask(answer, w, dw, config)
        due, _ = twins.REFERENCE(w, dw, config)
        if not near(next_w, due):
            shown = board(w, dw, config, due, next_w) if w.size == 1 else ""
            raise CheckFailed("After one step the weights are wrong.", shown)


def kept_of_another_step(answer, w, dw, config):
    """Whether a wrong step comes back with the settings and a velocity that has changed."""
    next_w, after = ask(answer, w, dw, config)
    velocity = spies.array(after.get("velocity"), w.shape)
    kept = all(after.get(name) == config[name] for name in ("learning_rate", "momentum"))
    wrong = not near(next_w, twins.REFERENCE(w, dw, config)[0])
    return wrong and kept and velocity is not None and not near(velocity, config["velocity"])


@pytest.mark.points(3)
@pytest.mark.about("memory", "step")
def test_steps(answer, rng, follow):
    """what comes back serves for the next steps"""
    cases = list(random_steps(rng))
    if all(kept_of_another_step(answer, *each) for each in cases):
        follow("Your step is another one; the settings and a new velocity are kept for the next.")
        return
    known = np.array([1.0]), np.array([2.0]), {"learning_rate": 0.25, "momentum": 0.5}
    for w, dw, config in (known, *cases):
        mine, right, own, due = w, w, dict(config), dict(config)
        for number in range(3):
            mine, own = ask(answer, mine, dw, own)
            right, due = twins.REFERENCE(right, dw, due)
            shown = ""
            if w.size == 1:
                shown = (
                    f"expected w = {inline(right)} with v = {inline(due['velocity'])}, yours w = "
                    f"{inline(mine)}"
                )
            if not near(mine, right):
                raise CheckFailed(
                    "Called three times, each time with the config that came back, it goes wrong at call "
                    f"{number + 1}.",
                    shown,
                )
            velocity = spies.array(own.get("velocity"), w.shape)
            if velocity is None or not near(velocity, due["velocity"]):
                told = inline(velocity) if velocity is not None else "missing or of another shape"
                raise CheckFailed(
                    f'After call {number + 1} config["velocity"] should be the new v, '
                    f"{inline(due['velocity'])}; it is "
                    f"{told}."
                )
            lost = [name for name in ("learning_rate", "momentum") if own.get(name) != config[name]]
            if lost:
                raise CheckFailed(
                    f'config["{lost[0]}"] was {config[lost[0]]:g} and comes back as {own.get(lost[0])}: '
                    "the next call "
                    "needs it."
                )


@pytest.mark.points(1)
@pytest.mark.about("defaults")
def test_defaults(answer, rng):
    """what is left out of config is filled in"""
    for w, dw, config in random_steps(rng):
        for given in (None, {}, *({name: config[name]} for name in config)):
            full = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **(given or {})}
            mine, named = (ask(answer, w, dw, each)[0] for each in (given, full))
            told = "None" if given is None else f"{{{', '.join(map(repr, given))}}} alone" if given else "{}"
            if not near(mine, named):
                raise CheckFailed(
                    f"With config = {told} the step is another one than with all settings named. Left out, "
                    "learning_rate is 0.01, momentum 0.9, and the velocity is at rest."
                )


@pytest.mark.points(1)
def test_whole_numbers(answer, follow):
    """momentum 0 is plain descent, and whole weights move too"""
    w, dw = np.array([3, -1]), np.array([1, 2])
    config = {"learning_rate": 0.25, "momentum": 0.0}
    mine, floats = (ask(answer, each, dw, config)[0] for each in (w, w.astype(float)))
    due, _ = twins.REFERENCE(w.astype(float), dw, config)
    if near(mine, floats) and not near(floats, due):
        follow("Whole weights go where you send the same floats.")
    elif not near(mine, due):
        raise CheckFailed(
            f"From w = {inline(w)} with dw = {inline(dw)}, rate 0.25, momentum 0 the step goes to "
            f"{inline(due)}; yours goes to {inline(mine)}."
        )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """w and dw stay as they were"""
    for w, dw, config in random_steps(rng):
        reply = answer.run(w.copy(), dw.copy(), dict(config), echo=True)
        for name, state in spies.answers.kept(("w", "dw"), (w, dw), reply.arguments[:2]).items():
            if state == "changed":
                raise CheckFailed(
                    f"{name} is changed by the call. `{name} += ...` works on the array that came."
                )
