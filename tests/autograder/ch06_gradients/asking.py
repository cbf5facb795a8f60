"""What the checks of this chapter share: a function that remembers what it is asked, results in words."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed
from lintutor.autograder.inside.codec import Seed

answers = catalogue.beside(__file__, "answers")
say, inline = (getattr(catalogue.beside(__file__, "problems"), name) for name in ("say", "inline"))
paren = catalogue.beside(__file__, "problems").paren

__all__ = [
    "Luck",
    "Planned",
    "Recorder",
    "Seed",
    "answers",
    "demand_order",
    "demand_same_luck",
    "inline",
    "luck",
    "order",
    "paren",
    "say",
    "weights_and_loss",
]


class Recorder:
    """A loss that keeps a copy of each array it is asked about, and its answers."""

    def __init__(self, function):
        self.function, self.asked, self.answered = function, [], []

    def __call__(self, W):
        """The loss at W."""
        own = np.array(W, np.float64)
        value = float(self.function(own))
        self.asked.append(own)
        self.answered.append(value)
        return value

    @property
    def alike(self):
        """Whether all that was asked has one shape."""
        return len({each.shape for each in self.asked}) == 1


class Planned:
    """A loss that tells planned values, one after another, whatever it is asked; the same where it was.

    So it does not depend on the draws which guess is the lowest, which the last one before it, and so on.
    """

    def __init__(self, values, then):
        self.values, self.then, self.known = iter(values), float(then), {}

    def __call__(self, W):
        """The next value, or the one that was told for the same weights."""
        key = np.asarray(W, float).tobytes()
        if key not in self.known:
            self.known[key] = float(next(self.values, self.then))
        return self.known[key]


class Luck:
    """A generator whose numbers come by another rule, for twins that draw wrongly.

    Parameters
    ----------
    draw : callable
        Stands for ``standard_normal`` and for ``integers``.
    """

    def __init__(self, draw):
        self.standard_normal = self.integers = draw


def weights_and_loss(value):
    """The two results of a search, exchanged if need be, or None."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        return None
    W, loss = value
    if np.ndim(W) == 0 and np.ndim(loss) > 0:
        W, loss = loss, W
    if not answers.is_numeric(W) or answers.number(loss) is None:
        return None
    return np.asarray(W, np.float64), answers.number(loss)


def order(value):
    """In which order a search returns its results, as a word."""
    if value is None or not isinstance(value, tuple | list) or len(value) != 2:
        return "nothing" if value is None else "something else"
    numbers = [np.ndim(part) == 0 and answers.is_numeric(part) for part in value]
    return {(False, True): "W, loss", (True, False): "loss, W"}.get(tuple(numbers), "something else")


def silent(text, lost=0):
    """A `follow` for what another check says already."""


def demand_order(value, shape, follow=silent):
    """The two results of a search, or the check has failed; exchanged, they cost a point."""
    found = weights_and_loss(value)
    if found is None or found[0].shape != shape:
        parts = value if isinstance(value, tuple | list) else [value]
        told = ", ".join(answers.described(part, None) for part in parts[:4])
        raise CheckFailed(
            f"It should return (W, loss), an array of shape {shape} and a number; it returns {told}."
        )
    if order(value) == "loss, W":
        follow(
            "It returns (loss, W); asked for is (W, loss). The rest is graded with the two exchanged.", lost=1
        )
    return found


def demand_same_luck(run):
    """Fail unless the same seed asks the same and another seed something else; `run` gives what was asked."""
    one, again, other = (np.array(run(seed)) for seed in (11, 11, 12))
    if one.shape != again.shape or not np.array_equal(one, again):
        raise CheckFailed(
            "Two generators with the same seed should lead to the same draws, and yours differ: "
            "there is another source of chance beside rng."
        )
    if one.shape == other.shape and np.array_equal(one, other):
        raise CheckFailed("Another seed leads to the same draws: rng is not used, or it is seeded anew.")


def luck(run):
    """The same as a word, for a probe."""
    try:
        demand_same_luck(run)
    except CheckFailed as error:
        return "fixed" if "Another" in error.message else "of its own"
    return "of rng"
