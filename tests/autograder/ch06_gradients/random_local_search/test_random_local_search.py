"""The graded checks of ``random_local_search(loss, W, num_steps, step_size, rng) -> (W, loss)``: 12 points.

What is judged is what was asked and returned, never the order in which a generator is used.
"""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

asking = catalogue.beside(__file__, "asking")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch06.random_local_search")
START, SIZE = twins.START, twins.SIZE


@pytest.fixture
def ask(submission):
    def run(steps, seed, function=twins.bowl, start=START, size=SIZE):
        loss = asking.Recorder(function)
        reply = submission.ch06.random_local_search.run(
            loss, start.copy(), steps, size, asking.Seed(int(seed)), echo=True
        )
        if not loss.asked:
            raise CheckFailed(f"With num_steps = {steps} it never calls loss: ask about the start first.")
        if not loss.alike or loss.asked[0].shape != start.shape:
            raise CheckFailed(f"loss should be asked about arrays of shape {start.shape}, the shape of W.")
        if not np.isfinite(np.array(loss.asked)).all():
            raise CheckFailed("loss is asked about an array that is not finite (NaN or inf).")
        return loss, reply

    return run


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping")
@pytest.mark.gate
def test_form(ask, follow):
    """asks about arrays of the shape of W and returns (W, loss)"""
    for start in (np.array([1.0, 2, 3]), np.ones((2, 1, 3)), START):
        _, reply = ask(20, 1, start=start)
        asking.demand_order(reply.value, start.shape, follow if start is START else asking.silent)


@pytest.mark.points(1)
@pytest.mark.about("walk")
def test_count(ask):
    """asks about the start first, and then once for each step"""
    for steps in (0, 1, 20):
        loss, reply = ask(steps, 2)
        if not np.array_equal(loss.asked[0], START):
            raise CheckFailed("The first call of loss should be at W, where the search starts.")
        if len(loss.asked) != steps + 1:
            raise CheckFailed(
                f"With num_steps = {steps} loss should be called {steps + 1} times; "
                f"you call it {len(loss.asked)} times."
            )
        if steps == 0 and not np.array_equal(asking.demand_order(reply.value, START.shape)[0], START):
            raise CheckFailed("With num_steps = 0 the start should come back.")


@pytest.mark.points(3)
@pytest.mark.about("walk")
def test_base(ask, rng):
    """each step starts from the best weights so far"""
    loss, _ = ask(80, rng.integers(2**31), twins.planned())
    if not any(np.any(W != START) for W in loss.asked):
        raise CheckFailed("No step is ever tried: loss is asked about the start only.")
    found = twins.base(loss) if twins.whole(loss) else "the best"
    if found not in ("the best", "the best, ties taken"):
        told = {"below the start": "the last trial that was below the start", "the last": "the last trial"}
        raise CheckFailed(
            f"They do not: your steps look like steps from {told.get(found, found)}.", board(loss, found)
        )
    best, size = 0, twins.steps_of(loss).std() if twins.whole(loss) else SIZE
    for k in range(1, len(loss.asked)):
        length = np.abs(loss.asked[k] - loss.asked[best]).max() / size
        if length > 7:  # of a normal number, once in a hundred thousand million
            raise CheckFailed(
                f"In call {k} of loss an entry is {length:.0f} standard deviations away from the best so "
                "far: such a step is never drawn."
            )
        if loss.answered[k] < loss.answered[best]:
            best = k


def board(loss, found):
    """The first step that was taken from another place than the best so far."""
    places = twins.bases(loss)
    for k in range(1, len(loss.asked)):
        right, own = places["the best"][k - 1], places[found][k - 1]
        if not np.array_equal(right, own):
            told = ", ".join(asking.say(round(each, 2)) for each in loss.answered[:k])
            points = {"the best so far": right, "your step starts at": own, "and asks about": loss.asked[k]}
            lines = [f"    {name}: {asking.inline(each.round(2))}" for name, each in points.items()]
            return "\n".join([f"losses until then: {told}", *lines]) if k <= 12 else "\n".join(lines)
    return ""


@pytest.mark.points(2)
@pytest.mark.about("drawing")
def test_spread(ask, rng):
    """steps are normal, with standard deviation step_size, each entry and each step its own"""
    loss, _ = ask(300, rng.integers(2**31), twins.plain)
    if not any(np.any(W != START) for W in loss.asked):
        raise CheckFailed("No step is ever tried: loss is asked about the start only.")
    steps = twins.steps_of(loss)
    word = twins.spread(steps, SIZE)
    scatter = f"the mean {steps.mean():.2g} and the standard deviation {steps.std():.2g}"
    found = f"With step_size = {SIZE:g} they have {scatter}."
    told = {
        "one step": "All steps are the same: draw inside the loop.",
        "one number": "All entries of a step are the same: draw an array of the shape of W.",
        "not around 0": f"The entries of the steps should scatter around 0. {found}",
        "not normal": "The steps are not normally distributed: rng.standard_normal draws such numbers.",
    }
    if word != "right":
        raise CheckFailed(
            told.get(word, f"The entries of the steps have the wrong standard deviation. {found}")
        )


@pytest.mark.points(1)
@pytest.mark.about("drawing")
def test_luck(ask):
    """draws from rng and from nothing else"""
    asking.demand_same_luck(lambda seed: ask(3, seed)[0].asked)


@pytest.mark.points(2)
@pytest.mark.about("walk")
def test_best(ask, rng):
    """returns the best weights and their loss; of equal losses the earlier ones"""
    for function in (twins.bowl, lambda W: -twins.bowl(W), twins.planned(), twins.plain):
        for steps in (1, 5, 40):
            loss, reply = ask(steps, rng.integers(2**31), function)
            W, value = asking.demand_order(reply.value, START.shape)
            low = int(np.argmin(loss.answered))
            if not np.array_equal(W, loss.asked[low]) or value != loss.answered[low]:
                story = ", ".join(asking.say(each) for each in loss.answered[:6])
                due, given = asking.say(loss.answered[low]), asking.say(value)
                board = f"losses in the order of your calls: {story}\n"
                board += f"expected call {low} and {due}, yours {given} with W = {asking.inline(W.round(3))}"
                same = " All losses were equal, so the start is the best." if function is twins.plain else ""
                raise CheckFailed(
                    f"It does not return the best weights with their loss.{same}", board if steps <= 5 else ""
                )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_start_unchanged(ask):
    """W stays as it came"""
    _, reply = ask(40, 3)
    if not np.array_equal(reply.arguments[1], START):
        raise CheckFailed("W is changed by the call: the caller's start is gone. Begin with a copy.")
