"""The mistakes in random local search, and what they show through what is asked and returned."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

asking = catalogue.beside(__file__, "asking")
Luck = asking.Luck
START, STEPS, SIZE = np.array([[5.0, -4.0], [3.0, 6.0]]), 80, 0.25


def walked(loss, W, num_steps, step_size, rng, better):
    """Try steps from the best so far."""
    best, lowest = W.copy(), loss(W)
    for _ in range(num_steps):
        trial = best + step_size * rng.standard_normal(W.shape)
        value = loss(trial)
        if better(value, lowest):
            best, lowest = trial, value
    return best, lowest


def REFERENCE(loss, W, num_steps, step_size, rng):
    """The right answer."""
    return walked(loss, W, num_steps, step_size, rng, lambda value, lowest: value < lowest)


def uphill(loss, W, num_steps, step_size, rng):
    return walked(loss, W, num_steps, step_size, rng, lambda value, highest: value > highest)


def ties_taken(loss, W, num_steps, step_size, rng):
    return walked(loss, W, num_steps, step_size, rng, lambda value, lowest: value <= lowest)


def every_step_taken(loss, W, num_steps, step_size, rng):
    return walked(loss, W, num_steps, step_size, rng, lambda value, before: True)


def stays_at_start(loss, W, num_steps, step_size, rng):
    best, lowest = W.copy(), loss(W)
    for _ in range(num_steps):
        trial = W + step_size * rng.standard_normal(W.shape)
        value = loss(trial)
        if value < lowest:
            best, lowest = trial, value
    return best, lowest


def lowest_never_updated(loss, W, num_steps, step_size, rng):
    best, lowest = W.copy(), loss(W)
    for _ in range(num_steps):
        trial = best + step_size * rng.standard_normal(W.shape)
        if loss(trial) < lowest:
            best = trial
    return best, lowest


def start_not_asked(loss, W, num_steps, step_size, rng):
    best, lowest = W.copy(), np.inf
    for _ in range(num_steps):
        trial = best + step_size * rng.standard_normal(W.shape)
        value = loss(trial)
        if value < lowest:
            best, lowest = trial, value
    return best, lowest


def start_forgotten(loss, W, num_steps, step_size, rng):
    best, lowest = W.copy(), loss(W)
    for _ in range(num_steps):
        trial = step_size * rng.standard_normal(W.shape)
        value = loss(trial)
        if value < lowest:
            best, lowest = trial, value
    return best, lowest


def step_size_forgotten(loss, W, num_steps, step_size, rng):
    return REFERENCE(loss, W, num_steps, 1.0, rng)


def steps_of_one_sign(loss, W, num_steps, step_size, rng):
    return REFERENCE(loss, W, num_steps, step_size, Luck(rng.random))


def one_direction(loss, W, num_steps, step_size, rng):
    step = rng.standard_normal(W.shape)
    return REFERENCE(loss, W, num_steps, step_size, Luck(lambda shape: step))


def one_number_for_all(loss, W, num_steps, step_size, rng):
    return REFERENCE(loss, W, num_steps, step_size, Luck(lambda shape: rng.standard_normal()))


def chance_of_its_own(loss, W, num_steps, step_size, rng):
    return REFERENCE(loss, W, num_steps, step_size, np.random.default_rng())


def start_changed(loss, W, num_steps, step_size, rng):
    best, lowest = REFERENCE(loss, W, num_steps, step_size, rng)
    W[...] = best  # as if there were no copy
    return W, lowest


def loss_before_weights(loss, W, num_steps, step_size, rng):
    W, lowest = REFERENCE(loss, W, num_steps, step_size, rng)
    return lowest, W


# ------------------------------------------------------------------------------------------ probes


def bowl(W):
    """A loss that is lowest at 0."""
    return np.sum(W**2)


def planned(count=STEPS + 1, seed=4):
    """A loss that often tells a new lowest value, the lowest again, one below the start, a new highest."""
    rng, values = np.random.default_rng(seed), [60.0]
    while len(values) < count:
        low, high = min(values), max(values)
        kinds = [low, low - rng.integers(1, 3), rng.integers(low + 1, 62), high + rng.integers(1, 3)]
        values.append(float(kinds[rng.choice(4, p=[0.15, 0.2, 0.35, 0.3])]))
    return asking.Planned(values, then=999)


def plain(W):
    """A loss that is the same everywhere."""
    return 7.0


def asked(f, function=bowl, steps=STEPS, seed=5, start=START, size=SIZE):
    """A loss that was asked by f, and the exchange."""
    loss = asking.Recorder(function)
    return loss, f(loss, start.copy(), steps, size, asking.Seed(seed))


def bases(loss):
    """From where each trial could have been taken, by the name of the rule."""
    points, values = loss.asked, loss.answered
    rules = ("the best", "the best, ties taken", "the last", "below the start", "the start", "the worst")
    found = {name: [] for name in (*rules, "nothing")}
    for k in range(1, len(points)):
        before = np.array(values[:k])
        low = int(np.argmin(before))
        late = k - 1 - int(np.argmin(before[::-1]))
        below = [0, *np.flatnonzero(before < values[0])][-1]
        rows = low, late, k - 1, below, 0, int(np.argmax(before))
        for name, at in zip(found, rows, strict=False):
            found[name].append(points[at])
        found["nothing"].append(np.zeros_like(points[0]))
    return found


def steps_from(loss, base):
    """The steps from there, as (trials, ...)."""
    return np.array(loss.asked[1:]) - np.array(base)


def base(loss):
    """The rule that leaves steps that scatter least, the right one first."""
    steps = {name: steps_from(loss, each) for name, each in bases(loss).items()}
    lengths = {name: each.var(axis=0).mean() + 1e-3 * np.mean(each**2) for name, each in steps.items()}
    shortest = min(lengths.values())
    return next(name for name, length in lengths.items() if length <= shortest * (1 + 1e-9))


def whole(loss, repeated=False):
    """Whether what was asked can be read at all, and is not one trial again and again."""
    if len(loss.asked) < 2 or not loss.alike or not np.isfinite(np.array(loss.asked)).all():
        return False
    return repeated or not any(
        np.array_equal(a, b) for a, b in zip(loss.asked[1:], loss.asked[2:], strict=False)
    )


def walk(f):
    """From where steps are taken, and what comes back."""
    loss, exchange = asked(f, planned())
    found = asking.weights_and_loss(exchange.value)
    if found is None or not whole(loss):
        return [({}, {})]
    if not np.array_equal(loss.asked[0], START):
        return [({}, {"first": "another place"})]
    low = loss.asked[int(np.argmin(loss.answered))]
    sight = {"first": "the start", "from": base(loss)}
    sight |= {"W": "best" if np.array_equal(found[0], low) else "another"}
    own = [value for W, value in zip(loss.asked, loss.answered, strict=True) if np.array_equal(W, found[0])]
    sight["loss"] = "of W" if found[1] in own else "of another"
    return [({}, sight)]


def steps_of(loss):
    """The steps, taken from wherever the rule of the search begins them."""
    return steps_from(loss, bases(loss)[base(loss)])


def spread(steps, size):
    """How steps are spread, as a word."""
    flat = steps.ravel() / size
    if len(steps) > 1 and np.ptp(steps, axis=0).max() < 1e-9 * size:
        return "one step"
    if steps[0].size > 1 and np.ptp(steps.reshape(len(steps), -1), axis=1).max() < 1e-9 * size:
        return "one number"
    if abs(flat.mean()) > 5 / np.sqrt(flat.size) * flat.std():
        return "not around 0"
    if not 0.85 < flat.std() < 1.15:
        return f"standard deviation {size * flat.std():.1e}"
    return "right" if abs(np.mean(np.abs(flat) < 1) - 0.683) < 0.07 else "not normal"


def drawing(f):
    """How wide and with whose luck the steps are: on a plain, where nothing moves the start."""
    loss, exchange = asked(f, plain, 300)
    if exchange.failed or not whole(loss, repeated=True) or not np.array_equal(loss.asked[0], START):
        return [({}, {})]
    steps = steps_of(loss)
    sight = {
        "spread": spread(steps, SIZE),
        "luck": asking.luck(lambda seed: asked(f, plain, 3, seed)[0].asked),
    }
    return [({}, sight)]


def mutation(f):
    """The start after the call."""
    _, exchange = asked(f)
    return [({}, asking.answers.kept(["loss", "W"], [None, START], [None, *exchange.arguments[1:2]]))]


def bookkeeping(f):
    """In which order the results come."""
    _, exchange = asked(f)
    return [({}, {} if exchange.failed else {"returns": asking.order(exchange.value)})]


GROUPS = [
    Group("bookkeeping", "what is returned", bookkeeping),
    Group("mutation", "the start after the call", mutation),
    Group("drawing", "the steps", drawing),
    Group("walk", "where each step starts", walk),
]
