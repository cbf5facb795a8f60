"""The mistakes of drawing a batch as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.autograder.inside.codec import Seed

spies = catalogue.beside(__file__, "spies")


def REFERENCE(X, y, batch_size, rng):
    """The right answer."""
    rows = rng.integers(len(X), size=batch_size)
    return X[rows], y[rows]


class Rows:
    """A generator whose row numbers come by another rule."""

    def __init__(self, draw):
        self.integers = draw


def drawn_without_replacement(X, y, batch_size, rng):
    rule = Rows(lambda high, size: rng.choice(high, size=size, replace=False))
    return REFERENCE(X, y, batch_size, rule)


def first_rows_taken(X, y, batch_size, rng):
    return REFERENCE(X, y, batch_size, Rows(lambda high, size: np.arange(size) % high))


def neighbors_taken(X, y, batch_size, rng):
    rule = Rows(lambda high, size: (rng.integers(high) + np.arange(size)) % high)
    return REFERENCE(X, y, batch_size, rule)


def last_row_never(X, y, batch_size, rng):
    return REFERENCE(X, y, batch_size, Rows(lambda high, size: rng.integers(max(high - 1, 1), size=size)))


def labels_drawn_apart(X, y, batch_size, rng):
    return REFERENCE(X, y, batch_size, rng)[0], REFERENCE(X, y, batch_size, rng)[1]


def labels_of_the_first_rows(X, y, batch_size, rng):
    return REFERENCE(X, y, batch_size, rng)[0], y[np.arange(batch_size) % len(X)]


def own_generator(X, y, batch_size, rng):
    return REFERENCE(X, y, batch_size, np.random.default_rng())


def seeded_inside(X, y, batch_size, rng):
    return REFERENCE(X, y, batch_size, np.random.default_rng(0))


def row_numbers_returned(X, y, batch_size, rng):
    return REFERENCE(X, np.arange(len(X)), batch_size, rng)


def data_shuffled(X, y, batch_size, rng):
    batch = REFERENCE(X, y, batch_size, rng)
    X[:], y[:] = X[::-1].copy(), y[::-1].copy()
    return batch


def table(N, D=2):
    """Examples with rows of their own and labels of their own, none of them the number of its row."""
    X = 10.0 * np.arange(1, N + 1)[:, None] + np.arange(D)  # (N, D)
    return X, 100 + np.arange(N)[::-1]


def drawn(value, X, y, batch_size):
    """The rows of a batch, those that its labels belong to, and whether both have their shape; else None."""
    first, second = spies.of_two(value)
    X_batch, y_batch = spies.array(first, (batch_size, X.shape[1])), spies.array(second, (batch_size,))
    if X_batch is None or y_batch is None:
        return None
    return spies.rows_of(X_batch, X), spies.rows_of(y_batch[:, None], y[:, None].astype(float))


def rows_word(f):
    """How the rows of several batches look."""
    (X, y), rows = table(9), []
    for seed in range(12):
        found = drawn(f(X, y, 9, Seed(seed)).value, X, y, 9)
        if found is None or -1 in found[0]:
            return ""
        rows.append(found[0])
    rows = np.array(rows)  # (12, 9)
    if (rows == np.arange(9)).all():
        return "the first rows"
    if (rows == rows[0]).all():
        return ""  # the generator decides nothing, which is told elsewhere
    if ((np.diff(rows, axis=1) - 1) % 9 == 0).all():
        return "neighbors"
    if all(len(set(row)) == 9 for row in rows):
        return "no row twice"
    if not (rows == 8).any():
        return "never the last"
    return "any row, any time"


def drawing(f):
    """How the rows of a batch come."""
    word = rows_word(f)
    return [({}, {"drawing": word} if word else {})]


def pairs(f):
    """Whether labels and rows belong together."""
    (X, y), seen = table(12), []
    for seed in range(3):
        found = drawn(f(X, y, 8, Seed(seed)).value, X, y, 8)
        word = {}
        if found is not None and -1 not in found[0] and -1 not in found[1]:
            first = (found[1] == np.arange(8)).all()
            same = (found[0] == found[1]).all()
            word = {"labels": "their own" if same else "of the first rows" if first else "of other rows"}
        seen.append(({}, word))
    return seen


def generator(f):
    """Whether the generator that came decides, as far as the rows are drawn at all."""
    X, y = table(500)
    found = [drawn(f(X, y, 8, Seed(seed)).value, X, y, 8) for seed in (1, 1, 2)]
    if any(each is None for each in found):
        return [({}, {})]
    one, again, other = (each[0] for each in found)
    if (one == np.arange(8)).all():
        return [({}, {})]  # nothing is drawn
    words = (
        "the same" if (one == again).all() else "another",
        "the same" if (one == other).all() else "another",
    )
    return [({}, {"with the same seed": words[0], "with another seed": words[1]})]


def shape(f):
    """Whether what comes second are labels."""
    (X, y), seen = table(12), []
    for seed in range(3):
        first, second = spies.of_two(f(X, y, 8, Seed(seed)).value)
        X_batch, numbers = spies.array(first, (8, 2)), spies.array(second, (8,))
        word = {}
        if X_batch is not None and numbers is not None:
            word = {"second": "numbers of rows" if (numbers < 100).all() else "labels"}
        seen.append(({}, word))
    return seen


def mutation(f):
    """Whether X and y stay as they were."""
    X, y = table(7)
    exchange = f(X, y, 4, Seed(1))
    states = spies.answers.kept(("X", "y"), (X, y), exchange.arguments).values()
    word = "changed" if "changed" in states else "as it was"
    return [({}, {"the data": word} if len(exchange.arguments) == 4 else {})]


GROUPS = [
    Group("drawing", "the drawing", drawing),
    Group("pairs", "rows and labels", pairs),
    Group("rng", "the generator", generator),
    Group("shape", "what is returned", shape),
    Group("mutation", "the arguments", mutation),
]
