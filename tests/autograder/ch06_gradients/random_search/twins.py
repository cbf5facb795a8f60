"""The mistakes in random search, and what they show through what is asked and returned."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.optimizers import random_search as reference

asking = catalogue.beside(__file__, "asking")
SCALE, SHAPE, TRIES = 1e-4, (1, 3), 60


def REFERENCE(loss, shape, num_tries, rng):
    """The right answer."""
    return reference(loss, shape, num_tries, rng)


def tried(loss, guesses, better=lambda value, best: value < best):
    """The first guess that is better than all before it."""
    best = lowest = None
    for W in guesses:
        value = loss(W)
        if best is None or better(value, lowest):
            best, lowest = W, value
    return best, lowest


def drawn(shape, num_tries, rng):
    """The guesses as they should be."""
    return (1e-4 * rng.standard_normal(shape) for _ in range(num_tries))


def highest_kept(loss, shape, num_tries, rng):
    return tried(loss, drawn(shape, num_tries, rng), lambda value, best: value > best)


def last_kept(loss, shape, num_tries, rng):
    return tried(loss, drawn(shape, num_tries, rng), lambda value, best: True)


def weights_and_loss_apart(loss, shape, num_tries, rng):
    lowest = np.inf
    for _ in range(num_tries):
        W = 1e-4 * rng.standard_normal(shape)
        lowest = min(lowest, loss(W))
    return W, lowest


def later_tie_wins(loss, shape, num_tries, rng):
    return tried(loss, drawn(shape, num_tries, rng), lambda value, best: value <= best)


def best_begins_at_zero(loss, shape, num_tries, rng):
    best, lowest = np.zeros(shape), 0.0
    for W in drawn(shape, num_tries, rng):
        value = loss(W)
        if value < lowest:
            best, lowest = W, value
    return best, lowest


def scale_forgotten(loss, shape, num_tries, rng):
    return tried(loss, (rng.standard_normal(shape) for _ in range(num_tries)))


def guesses_uniform(loss, shape, num_tries, rng):
    return tried(loss, (1e-4 * rng.random(shape) for _ in range(num_tries)))


def one_guess_repeated(loss, shape, num_tries, rng):
    W = 1e-4 * rng.standard_normal(shape)
    return tried(loss, (W for _ in range(num_tries)))


def chance_of_its_own(loss, shape, num_tries, rng):
    return tried(loss, (1e-4 * np.random.standard_normal(shape) for _ in range(num_tries)))  # noqa: NPY002


def seeded_inside(loss, shape, num_tries, rng):
    return tried(loss, drawn(shape, num_tries, np.random.default_rng(0)))


def one_guess_short(loss, shape, num_tries, rng):
    return tried(loss, drawn(shape, max(1, num_tries - 1), rng))


def loss_before_weights(loss, shape, num_tries, rng):
    W, lowest = REFERENCE(loss, shape, num_tries, rng)
    return lowest, W


# ------------------------------------------------------------------------------------------ probes


def stepped(W):
    """A loss with many ties: two, and one for each positive entry."""
    return 2.0 + np.sum(W > 0)


def asked(f, tries=TRIES, seed=5, shape=SHAPE):
    """A loss that was asked by f, and the exchange."""
    loss = asking.Recorder(stepped)
    return loss, f(loss, shape, tries, asking.Seed(seed))


def place(loss, W):
    """Which of the guesses W is, as a word."""
    at = [k for k, guess in enumerate(loss.asked) if np.array_equal(guess, W)]
    if not at:
        return "none of the guesses"
    low = [k for k, value in enumerate(loss.answered) if value == min(loss.answered)]
    if low[0] in at:
        return "the first lowest"
    if low[-1] in at:
        return "the last lowest"
    if at[-1] == len(loss.asked) - 1:
        return "the last"
    return "the highest" if loss.answered[at[0]] == max(loss.answered) else "another"


def choice(f):
    """What is returned of what was asked, at a few seeds."""
    seen = []
    for seed in (5, 6, 7):
        loss, exchange = asked(f, seed=seed)
        found = asking.weights_and_loss(exchange.value)
        if found is None or not loss.asked or not loss.alike:
            seen.append(({}, {}))
            continue
        own = loss.answered and found[1] == min(loss.answered)
        seen.append(({}, {"W": place(loss, found[0]), "loss": "the lowest" if own else "another"}))
    return seen


def spread(guesses):
    """How guesses are spread, as a word."""
    flat = np.array(guesses).ravel() / SCALE
    if len(guesses) > 1 and np.array_equal(guesses[0], guesses[1]):
        return "one guess"
    if abs(flat.mean()) > 5 / np.sqrt(flat.size) * flat.std():
        return "not around 0"
    if not 0.9 < flat.std() < 1.1:
        return f"standard deviation {SCALE * flat.std():.0e}"
    inside = np.mean(np.abs(flat) < 1)
    return "right" if abs(inside - 0.683) < 0.05 else "not normal"


def draws(f):
    """How often, how wide and with whose luck it guesses."""
    loss, exchange = asked(f, 400, shape=(3, 4))
    if exchange.failed or not loss.asked or not loss.alike:
        return [({}, {})]
    sight = {"spread": spread(loss.asked)}
    sight["luck"] = asking.luck(lambda seed: asked(f, 3, seed)[0].asked)
    few = len(loss.asked) - 400
    sight["tries"] = "as asked" if few == 0 else "fewer" if few < 0 else "more"
    return [({}, sight)]


def bookkeeping(f):
    """In which order the results come."""
    _, exchange = asked(f)
    return [({}, {} if exchange.failed else {"returns": asking.order(exchange.value)})]


GROUPS = [
    Group("bookkeeping", "what is returned", bookkeeping),
    Group("drawing", "the guesses", draws),
    Group("choice", "the choice of the best", choice),
]
