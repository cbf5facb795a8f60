"""The graded checks of ``binary_cross_entropy(z, y) -> (loss, dz)``: 10 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near, slope
from lintutor.losses import binary_cross_entropy as reference

answers = catalogue.beside(__file__, "answers")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch04.binary_cross_entropy")
say, inline = twins.problems.say, twins.problems.inline

SMALL = [
    twins.batch(z, y) for z, y in (([0], [1]), ([1], [1]), ([1], [0]), ([-2], [0]), ([2, -1, 0], [0, 0, 1]))
]
FAR = [
    twins.batch(z, y)
    for z, y in (([1000], [1]), ([-1000], [0]), ([1000], [0]), ([-1000], [1]), ([3000, -2000, 0], [0, 1, 1]))
]


@pytest.fixture
def answer(submission):
    return submission.ch04.binary_cross_entropy


def ask(answer, case):
    """Loss and gradient, or the check has failed."""
    found = twins.read(answer(*case.arguments), case.z)
    if found.loss is None or found.dW is None:
        raise CheckFailed(
            f"It should return (loss, dz), a number and an array of shape {case.z.shape}; it returns "
            f"{found.returns} for {case}."
        )
    return found


def board(case, found, what):
    """The arithmetic by hand."""
    if len(case.z) > 4 or np.abs(case.z).max() > 50:
        return ""
    loss, dz = reference(case.z, case.y)
    lines = [f"z = {inline(case.z)}   y = {inline(case.y)}"]
    for i, (z, y) in enumerate(zip(case.z, case.y, strict=True)):
        p = 1 / (1 + np.exp(-z))
        true = f"{say(p)}" if y else f"1 - {say(p)}"
        each = -np.log(p if y else 1 - p)
        lines.append(f"example {i}: sigmoid({say(z)}) = {say(p)}, label {y}: -log({true}) = {say(each)}")
        if what == "dW":
            lines.append(f"    error {say(p)} - {y} = {say(p - y)}, over N = {len(case.z)}")
    if what == "loss":
        return "\n".join([*lines, f"loss  expected {say(loss)}, yours {say(found.loss)}"])
    return "\n".join([*lines, f"dz    expected {inline(dz)}", f"         yours {inline(found.dW)}"])


def demand(answer, cases, part, told):
    """Fail at the first case where a part of the answer, 0 or 1, is wrong."""
    what = ("loss", "dW")[part]

    def wrong(case):
        return not near(getattr(ask(answer, case), what), reference(*case.arguments)[part])

    case = first(cases, wrong)
    if case is not None:
        found = ask(answer, case)
        due = reference(*case.arguments)[part]
        seen = "" if len(case.z) > 4 else f": {inline(due)} is expected, {inline(getattr(found, what))} came"
        raise CheckFailed(f"{told} (at {case}){seen}.", board(case, found, what))


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a number and an array of the shape of z"""
    given = answers.ask_all(lambda case: ask(answer, case), twins.drawn(rng), follow)
    if given[0].swapped:
        follow(f"It returns {given[0].returns}; the loss comes first.", lost=1)
    answers.note_form(given[0].loss_form, "mean", follow)
    if not all(np.isfinite(each.loss) and np.isfinite(each.dW).all() for each in given):
        raise CheckFailed("The loss or the gradient is not finite (NaN or inf).")
    if len(given) > 1 and len({each.loss for each in given}) == 1:
        raise CheckFailed(f"It returns the loss {given[0].loss:g} for every batch: nothing is computed yet.")


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_loss(answer, rng):
    """the loss is the mean of both kinds of examples"""
    demand(answer, [*SMALL, *twins.drawn(rng)], 0, "The loss is wrong")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_gradient(answer, rng):
    """the gradient is the slope of that loss"""
    demand(answer, [*SMALL, *twins.drawn(rng)], 1, "The gradient is wrong")


@pytest.mark.points(1)
@pytest.mark.about("data")
def test_gradient_is_the_slope_of_the_loss(answer, rng):
    """dz is the slope of your loss, by nudging each score"""
    case = twins.drawn(rng)[0]
    found = ask(answer, case)
    measured = slope(lambda nudged: ask(answer, twins.Batch(nudged, case.y)).loss, case.z)
    if not np.allclose(found.dW, measured, rtol=1e-4, atol=1e-6):
        at = int(np.argmax(np.abs(found.dW - measured)))
        raise CheckFailed(
            f"Loss and gradient do not belong together: nudge z[{at}] and your loss changes by "
            f"{measured[at]:.6g} per unit, but your dz says {found.dW[at]:.6g}."
        )


@pytest.mark.points(2)
@pytest.mark.about("stability", "data")
def test_large_scores(answer, rng):
    """scores of thousands, and nothing for numpy to warn of"""
    demand(answer, FAR, 0, "The loss at large scores is wrong")
    demand(answer, FAR, 1, "The gradient at large scores is wrong")
    for case in (*FAR, *twins.drawn(rng)):
        answers.refuse_warnings(answer.run(*case.arguments))


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """z and y stay as they were, and float32 is enough"""
    for case in twins.drawn(rng):
        answers.refuse_changes("zy", case.arguments, answer.run(*case.arguments, echo=True).arguments)
        narrow = twins.Batch(case.z.astype(np.float32), case.y)
        wide = twins.Batch(narrow.z.astype(np.float64), case.y)
        one, other = ask(answer, narrow), ask(answer, wide)
        if not (near(one.loss, other.loss, np.float32) and near(one.dW, other.dW, np.float32)):
            raise CheckFailed(f"float32 scores give another result than float64 (at {case}).")
