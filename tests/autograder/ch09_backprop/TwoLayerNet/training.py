"""What train does, measured against the loss of the same net: a wrong loss costs nothing here.

Every function gets `ask`, which plays the session with a net and returns its value.
"""

import itertools
from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near

nets = catalogue.beside(__file__, "nets")

RATE, DECAY, REG = 0.1, 0.5, 0.1
PASSES = ((7, 3, 5), (3, 5, 3))  # examples, size of a batch, steps: two steps a pass, then one
LEARNING_RATES = {(7, 3, 5): (0.1, 0.1, 0.05, 0.05, 0.025), (3, 5, 3): (0.1, 0.05, 0.025)}


def repeated(case, count):
    """The first example alone, several times over: every batch is the same."""
    return np.repeat(case.X[:1], count, axis=0), np.repeat(case.y[:1], count)


def placed(value, case):
    """What train told, and the parameters afterwards by name; a part that cannot be read is None."""
    told, params = value if isinstance(value, list | tuple) and len(value) == 2 else (None, None)
    params = params if isinstance(params, dict) else {}
    found = {
        name: nets.parts.read(params.get(name), {name: start}).parts[name]
        for name, start in zip(nets.NAMES, case.params, strict=True)
    }
    history = told.get("loss_history") if isinstance(told, dict) else None
    return history, found


@dataclass(frozen=True)
class Walk:
    """The moves of one parameter, step by step downhill, and the net's own gradients before each."""

    moves: list
    slopes: list
    rates: tuple
    precision: type

    @property
    def measured(self):
        """How many times its gradient each step subtracts."""
        pairs = zip(self.moves, self.slopes, strict=True)
        return np.array([np.sum(m * g) / max(np.sum(g * g), 1e-30) for m, g in pairs])

    @property
    def fits(self):
        """Whether each step is the rate times the gradient, plus a fixed share of the step before it."""
        due = [rate * g for rate, g in zip(self.rates, self.slopes, strict=True)]
        if not near(self.moves[0], due[0], self.precision):
            return False
        before, rest = self.moves[0], self.moves[1] - due[1]
        momentum = float(np.sum(rest * before) / max(np.sum(before * before), 1e-30))
        if abs(momentum) < (1e-3 if self.precision == np.float32 else 1e-6):
            momentum = 0.0  # rounding
        return 0 <= momentum < 1 and all(
            near(self.moves[k], due[k] + momentum * self.moves[k - 1], self.precision)
            for k in range(1, len(due))
        )


def walks(ask, case, how=PASSES[0], reg=REG, rows=None):
    """The walk of each parameter where all examples are equal, by name; None where it cannot be read.

    `reg` and the number of rows are those of the gradients it is held against: by default those of the steps.
    """
    count, size, steps = how
    (X, y), drawn = repeated(case, count), repeated(case, rows or size)
    places, slopes = [dict(zip(nets.NAMES, case.own, strict=True))], []
    for taken in range(1, steps + 1):
        value = ask("train", case.own, X.copy(), y.copy(), RATE, DECAY, REG, taken, size)
        places.append(placed(value, case)[1])
    for place in places[:-1]:
        if any(part is None for part in place.values()):
            return None
        value = ask("loss", [place[name].copy() for name in nets.NAMES], *map(np.copy, drawn), reg)
        slopes.append(nets.read_loss(value, case)[1])
    if any(part is None for each in (*places, *slopes) for part in (each or {"": None}).values()):
        return None
    narrow = any(
        np.asarray(part).dtype == np.float32 for each in (*places[1:], *slopes) for part in each.values()
    )
    return {
        name: Walk(
            [a[name] - b[name] for a, b in itertools.pairwise(places)],
            [each[name] for each in slopes],
            LEARNING_RATES[how],
            np.float32 if narrow else np.float64,
        )
        for name in nets.NAMES
    }


def moves_by_itself(ask, case):
    """Whether parameters change where the rate is 0: then nothing can be said of batches."""
    X, y = case.data
    _, after = placed(ask("train", case.own, X, y, 0.0, 1.0, 0.0, 1, 2), case)
    pairs = zip(case.params, after.values(), strict=True)
    return any(end is not None and not near(end, start, np.float32) for start, end in pairs)


def larger(case):
    """The arguments of a training whose batches are larger than the data."""
    return case.own, *case.data, RATE, DECAY, REG, 1, 3 * len(case.X)


def own_losses(ask, case, picks):
    """The net's own loss of some rows at a time; None where it cannot be read."""
    X, y = case.data
    values = [ask("loss", case.own, X[list(pick)], y[list(pick)], 0.0) for pick in picks]
    return [nets.read_loss(value, case)[0] for value in values]


def history_of(ask, case, steps, size, rate=0.0, reg=0.0):
    """The losses that a training tells, as an array; None if they cannot be read."""
    X, y = case.data
    history, _ = placed(ask("train", case.own, X, y, rate, 1.0, reg, steps, size), case)
    try:
        found = np.asarray(history, np.float64)
    except (TypeError, ValueError):
        return None
    return found if found.ndim else None


def drawn_rows(history, losses, precision=1e-5):
    """The number of the row, or of the rows, that each loss of a history belongs to; None where none fits."""
    gaps = np.abs(np.asarray(losses)[None, :] - np.asarray(history)[:, None])
    best = gaps.argmin(axis=1)
    return [
        int(at) if gap[at] <= precision * (1 + abs(losses[at])) else None
        for at, gap in zip(best, gaps, strict=True)
    ]
