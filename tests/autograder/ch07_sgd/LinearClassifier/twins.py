"""The mistakes of a classifier that trains by minibatches: one class a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

spies = catalogue.beside(__file__, "spies")


class REFERENCE:
    """The right answer, in parts that a twin can replace."""

    def __init__(self):
        self.W = None

    def begin(self, X, y):
        """The first weights."""
        if self.W is None:
            self.W = 0.001 * np.random.default_rng(0).standard_normal((X.shape[1], y.max() + 1))

    def drawn(self, X, y, batch_size, rng):
        """One batch."""
        rows = rng.integers(len(X), size=batch_size)
        return X[rows], y[rows]

    def move(self, learning_rate, dW):
        """One step."""
        self.W = self.W - learning_rate * dW

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        self.begin(X, y)
        rng, history = np.random.default_rng(1), []
        for _ in range(num_iters):
            loss, dW = self.loss(*self.drawn(X, y, batch_size, rng), reg)
            history.append(loss)
            self.move(learning_rate, dW)
        return history

    def predict(self, X):
        return (X @ self.W).argmax(axis=1)


class training_uphill(REFERENCE):
    def move(self, learning_rate, dW):
        self.W = self.W + learning_rate * dW


class training_without_rate(REFERENCE):
    def move(self, learning_rate, dW):
        self.W = self.W - dW


class weights_not_stored(REFERENCE):
    def move(self, learning_rate, dW):
        W = self.W
        W = W - learning_rate * dW


class start_overwritten(REFERENCE):
    def begin(self, X, y):
        self.W = 0.001 * np.random.default_rng(0).standard_normal((X.shape[1], y.max() + 1))


class training_on_all(REFERENCE):
    def drawn(self, X, y, batch_size, rng):
        return X, y


class one_batch_for_all_steps(REFERENCE):
    def drawn(self, X, y, batch_size, rng):
        return super().drawn(X, y, batch_size, np.random.default_rng(0))


class crash_on_large_batch(REFERENCE):
    def drawn(self, X, y, batch_size, rng):
        rows = rng.choice(len(X), size=batch_size, replace=False)
        return X[rows], y[rows]


class labels_apart_in_training(REFERENCE):
    def drawn(self, X, y, batch_size, rng):
        return super().drawn(X, y, batch_size, rng)[0], super().drawn(X, y, batch_size, rng)[1]


class penalty_not_passed(REFERENCE):
    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        return super().train(X, y, learning_rate, 0.0, num_iters, batch_size)


class history_of_one(REFERENCE):
    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        return super().train(X, y, learning_rate, reg, num_iters, batch_size)[-1]


class history_not_returned(REFERENCE):
    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        super().train(X, y, learning_rate, reg, num_iters, batch_size)


class one_class_too_few(REFERENCE):
    def begin(self, X, y):
        if self.W is None:
            self.W = 0.001 * np.random.default_rng(0).standard_normal((X.shape[1], y.max()))


class start_transposed(REFERENCE):
    def begin(self, X, y):
        if self.W is None:
            self.W = 0.001 * np.random.default_rng(0).standard_normal((y.max() + 1, X.shape[1]))


class start_large(REFERENCE):
    def begin(self, X, y):
        if self.W is None:
            self.W = np.random.default_rng(0).standard_normal((X.shape[1], y.max() + 1))


class scores_for_classes(REFERENCE):
    def predict(self, X):
        return (X @ self.W).max(axis=1)


class classes_down_the_columns(REFERENCE):
    def predict(self, X):
        return (X @ self.W).argmax(axis=0)


class lowest_score_wins(REFERENCE):
    def predict(self, X):
        return (X @ self.W).argmin(axis=1)


D, C = 2, 3
W = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]])


def table(N):
    """Examples with rows of their own, and labels; each label tells which rows it can belong to."""
    return 10.0 * np.arange(1, N + 1)[:, None] + np.arange(D), np.arange(N) % C


class Planned:
    """A loss that tells a planned row of losses and gradients, and writes down what it was asked."""

    def __init__(self, flat=False):
        self.steps, self.flat = spies.Steps((D, C)), flat

    def __call__(self, X_batch, y_batch, reg):
        """Return loss and gradient; where the loss is flat that is 0, for weights of any shape."""
        loss, dW = self.steps.answer(X_batch, y_batch, reg)
        return loss, np.zeros((1, 1)) if self.flat else dW

    @property
    def asked(self):
        """The calls: X_batch, y_batch, reg."""
        return self.steps.asked

    def told(self, count):
        """The losses and the sum of the gradients of so many calls."""
        losses, slopes = zip(*(self.steps.told(number) for number in range(count)), strict=True)
        return np.array(losses), sum(slopes)


def trained(f, W, N=30, flat=False, **options):
    """Train; return the planned loss, the data, and the two results."""
    settings = {"learning_rate": 0.5, "reg": 0.25, "num_iters": 4, "batch_size": 6, **options}
    planned, (X, y) = Planned(flat), table(N)
    exchange = f("train", None if W is None else W.copy(), X, y, planned, settings)
    history, after = spies.of_two(getattr(exchange, "value", exchange))
    return planned, X, y, history, after, exchange


def walk(f):
    """The way from given weights, and whether it began there."""
    seen = []
    for rate in (0.5, 0.125):
        after = spies.array(trained(f, W, learning_rate=rate)[4], W.shape)
        if after is None:
            seen.append(({}, {}))
        elif np.allclose(after, -rate * Planned().told(4)[1], atol=0.1):
            seen.append(({}, {"begin": "anew"}))
        else:
            seen.append(({}, {"begin": "with what was there", "the weights": after}))
    return seen


def batch(f):
    """Which examples the loss is asked about."""
    planned, X, _, _, _, exchange = trained(f, W)
    if exchange.failed or not planned.asked:
        return [({}, {})]
    if all(len(X_batch) == len(X) for X_batch, _, _ in planned.asked):
        return [({}, {"the batch": "all examples"})]
    if any(np.shape(X_batch) != (6, D) for X_batch, _, _ in planned.asked):
        return [({}, {})]
    rows = np.array([spies.rows_of(X_batch, X) for X_batch, _, _ in planned.asked])
    if (rows == rows[0]).all():
        return [({}, {"the batch": "always the same"})]
    large = trained(f, W, N=4)[5]
    return [({}, {"the batch": "new at each step", "a large batch": "crashes" if large.failed else "works"})]


def pairs(f):
    """Whether the labels of a batch are those of its rows."""
    planned, X, y, _, _, _ = trained(f, W, num_iters=12)
    own = []
    for X_batch, y_batch, _ in planned.asked:
        if np.ndim(X_batch) != 2 or np.shape(X_batch)[1] != D or np.shape(y_batch) != (len(X_batch),):
            return [({}, {})]
        own.append(np.array_equal(y[spies.rows_of(X_batch, X)], y_batch))
    return [({}, {"labels": "their own" if all(own) else "of other rows"} if own else {})]


def strength(f):
    """Which penalty the loss is given."""
    seen = []
    for reg in (0.25, 3.0):
        asked = trained(f, W, reg=reg)[0].asked
        given = {spies.answers.number(each) for _, _, each in asked}
        seen.append(({}, {"reg": f"{given.pop():g}"} if len(given) == 1 and None not in given else {}))
    return seen


def history(f):
    """What training returns."""
    planned, _, _, told, _, exchange = trained(f, W)
    if exchange.failed or len(planned.asked) != 4:
        return [({}, {})]
    losses, alone = spies.numbers(told), spies.answers.number(told)
    if losses is not None:
        right = losses.shape == (4,) and np.allclose(losses, planned.told(4)[0])
        return [({}, {"history": "all losses"} if right else {})]
    word = "nothing" if told is None else "one number" if alone is not None else ""
    return [({}, {"history": word} if word else {})]


def start(f):
    """The weights that training begins with."""
    after = trained(f, None, flat=True, num_iters=1)[4]
    if not spies.answers.is_numeric(after) or np.ndim(after) != 2:
        return [({}, {})]
    shape = {(D, C): "(D, C)", (C, D): "(C, D)", (D, C - 1): "(D, C - 1)"}.get(np.shape(after))
    if shape is None:
        return [({}, {})]
    size = np.abs(after).max()
    return [({}, {"shape": shape, "size": "small" if size < 0.02 else "large"})]


def predict(f):
    """The classes of some rows."""
    X = np.array([[2.0, 0.5], [-1.0, 2.0], [-3.0, -1.0], [0.5, 0.5]])
    value = f("predict", W, X).value
    return [({}, {"the classes": np.asarray(value, float)} if spies.answers.is_numeric(value) else {})]


GROUPS = [
    Group("training-walk", "the walk", walk),
    Group("training-batch", "the batch", batch),
    Group("training-pairs", "rows and labels", pairs),
    Group("strength", "the penalty", strength),
    Group("training-history", "the history", history),
    Group("start", "the first weights", start),
    Group("predict", "the prediction", predict),
]
