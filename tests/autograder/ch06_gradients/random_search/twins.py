"""The mistakes in random search, and what they show through what is asked and returned."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

asking = catalogue.beside(__file__, "asking")
Luck = asking.Luck
SCALE, SHAPE, TRIES = 1e-4, (1, 3), 60


def tried(loss, shape, num_tries, rng, better):
    """The first guess that is better than all before it."""
    best = lowest = None
    for _ in range(num_tries):
        W = 1e-4 * rng.standard_normal(shape)
        value = loss(W)
        if best is None or better(value, lowest):
            best, lowest = W, value
    return best, lowest


def REFERENCE(loss, shape, num_tries, rng):
    """The right answer."""
    return tried(loss, shape, num_tries, rng, lambda value, best: value < best)


def highest_kept(loss, shape, num_tries, rng):
    return tried(loss, shape, num_tries, rng, lambda value, best: value > best)


def last_kept(loss, shape, num_tries, rng):
    return tried(loss, shape, num_tries, rng, lambda value, best: True)


def later_tie_wins(loss, shape, num_tries, rng):
    return tried(loss, shape, num_tries, rng, lambda value, best: value <= best)


def weights_and_loss_apart(loss, shape, num_tries, rng):
    lowest = np.inf
    for _ in range(num_tries):
        W = 1e-4 * rng.standard_normal(shape)
        lowest = min(lowest, loss(W))
    return W, lowest


def best_begins_at_zero(loss, shape, num_tries, rng):
    best, lowest = np.zeros(shape), 0.0
    for _ in range(num_tries):
        W = 1e-4 * rng.standard_normal(shape)
        value = loss(W)
        if value < lowest:
            best, lowest = W, value
    return best, lowest


def scale_forgotten(loss, shape, num_tries, rng):
    return REFERENCE(loss, shape, num_tries, Luck(lambda size: 1e4 * rng.standard_normal(size)))


def guesses_uniform(loss, shape, num_tries, rng):
    return REFERENCE(loss, shape, num_tries, Luck(rng.random))


def one_guess_repeated(loss, shape, num_tries, rng):
    guess = rng.standard_normal(shape)
    return REFERENCE(loss, shape, num_tries, Luck(lambda size: guess))


def chance_of_its_own(loss, shape, num_tries, rng):
    return REFERENCE(loss, shape, num_tries, np.random.default_rng())


def seeded_inside(loss, shape, num_tries, rng):
    return REFERENCE(loss, shape, num_tries, np.random.default_rng(0))


def one_guess_short(loss, shape, num_tries, rng):
    return REFERENCE(loss, shape, max(1, num_tries - 1), rng)


def loss_before_weights(loss, shape, num_tries, rng):
    W, lowest = REFERENCE(loss, shape, num_tries, rng)
    return lowest, W


# ------------------------------------------------------------------------------------------ probes


def planned():
    """A loss whose lowest value comes twice, neither first nor last, and so does its highest."""
    return asking.Planned([5, 7, 3, 9, 3, 8, 2, 6, 2, 4, 9, 5], then=5)


def asked(f, tries=TRIES, seed=5, shape=SHAPE):
    """A loss that was asked by f, and the exchange."""
    loss = asking.Recorder(planned())
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
    """What is returned of what was asked."""
    loss, exchange = asked(f)
    found = asking.weights_and_loss(exchange.value)
    if found is None or not loss.asked or not loss.alike:
        return [({}, {})]
    lowest = found[1] == min(loss.answered)
    return [({}, {"W": place(loss, found[0]), "loss": "the lowest" if lowest else "another"})]


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
