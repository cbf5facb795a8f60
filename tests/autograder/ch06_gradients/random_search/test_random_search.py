"""The graded checks of ``random_search(loss, shape, num_tries, rng) -> (W, loss)``: 10 points.

What is judged is what was asked and returned, never the order in which a generator is used.
"""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

asking = catalogue.beside(__file__, "asking")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch06.random_search")


@pytest.fixture
def ask(submission):
    def run(shape, tries, seed, function=None):
        loss = asking.Recorder(function or twins.planned())
        value = submission.ch06.random_search(loss, shape, tries, asking.Seed(int(seed)))
        if not loss.asked:
            raise CheckFailed("It never calls loss.")
        if not loss.alike or loss.asked[0].shape != shape:
            raise CheckFailed(
                f"loss should be asked about arrays of shape {shape}, got {loss.asked[0].shape}."
            )
        return loss, value

    return run


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping")
@pytest.mark.gate
def test_form(ask, follow):
    """asks about arrays of the given shape and returns (W, loss)"""
    for shape in ((4,), (3, 2), (2, 1, 3)):
        loss, value = ask(shape, 20, 1)
        if not any(np.any(W) for W in loss.asked):
            raise CheckFailed("loss is asked about zeros only: nothing is drawn yet.")
        asking.demand_order(value, shape)
    asking.demand_order(value, shape, follow)


@pytest.mark.points(1)
@pytest.mark.about("drawing")
def test_count(ask):
    """calls loss once for each guess"""
    for tries in (1, 2, 25):
        loss, _ = ask((3,), tries, 2)
        if len(loss.asked) != tries:
            raise CheckFailed(
                f"With num_tries = {tries} loss should be called {tries} times; "
                f"you call it {len(loss.asked)} times."
            )


@pytest.mark.points(2)
@pytest.mark.about("drawing")
def test_spread(ask, rng):
    """guesses are normal, around 0, with standard deviation 1e-4, each a new one"""
    loss, _ = ask((3, 4), 400, rng.integers(2**31))
    flat = np.array(loss.asked).ravel()
    found = f"Your guesses have the mean {flat.mean():.1g} and the standard deviation {flat.std():.1g}."
    told = {
        "one guess": "All guesses are the same: draw inside the loop.",
        "not around 0": f"The entries should scatter around 0. {found}",
        "not normal": "The entries are not normally distributed: rng.standard_normal draws such numbers.",
    }
    word = twins.spread(loss.asked)
    if word != "right":
        raise CheckFailed(told.get(word, f"The standard deviation should be 1e-4. {found}"))


@pytest.mark.points(1)
@pytest.mark.about("drawing")
def test_luck(ask):
    """draws from rng and from nothing else"""
    asking.demand_same_luck(lambda seed: ask((2, 2), 3, seed)[0].asked)


def small_story(loss, W, value):
    """The losses that were answered, and which guess came back."""
    losses = ", ".join(asking.say(each) for each in loss.answered)
    low = int(np.argmin(loss.answered))
    at = [k for k, guess in enumerate(loss.asked) if np.array_equal(guess, W)]
    came = f"guess {at[0]}, whose loss was {asking.say(loss.answered[at[0]])}" if at else "no guess"
    return (
        f"losses of guesses 0, 1, 2, ...: {losses}\n"
        f"lowest: {asking.say(min(loss.answered))}, first at guess {low}\n"
        f"expected guess {low} and {asking.say(min(loss.answered))}\n"
        f"   yours {came}, and {asking.say(value)}"
    )


@pytest.mark.points(3)
@pytest.mark.about("choice")
def test_best(ask, rng):
    """returns the guess with the lowest loss, and that loss"""
    scores = [
        lambda W: 5 - 1e4 * np.sum(W),
        lambda W: 1e12 * (1 + 1e8 * np.sum(W**2)),
        lambda W: 1e4 * np.sum(W) - 50,
    ]
    for function in scores:
        for tries in (1, 2, 4, 30):
            loss, value = ask((1, 3), tries, rng.integers(2**31), function)
            W, given = asking.demand_order(value, (1, 3))
            low = int(np.argmin(loss.answered))
            if given != loss.answered[low] or loss.function(W) != given:
                board = small_story(loss, W, given) if tries <= 4 else ""
                raise CheckFailed(
                    f"With num_tries = {tries} it does not return the best guess with its loss.", board
                )


@pytest.mark.points(1)
@pytest.mark.about("choice")
def test_ties(ask, rng):
    """of equal losses the first wins"""
    loss, value = ask((1, 3), 6, rng.integers(2**31), lambda W: 4.0)
    W, given = asking.demand_order(value, (1, 3))
    if not np.array_equal(W, loss.asked[0]):
        raise CheckFailed(
            "All losses were equal; the first guess should be returned.", small_story(loss, W, given)
        )
