"""Small nets with data, how the results of a net are read, and what is written on the board for them."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue
from lintutor.network import two_layer_loss

parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
NAMES = ("W1", "b1", "W2", "b2")


@dataclass(frozen=True, eq=False)
class Net:
    """Parameters, examples and labels."""

    params: tuple
    X: np.ndarray
    y: np.ndarray

    @property
    def own(self):
        """Fresh copies of the parameters."""
        return [np.array(each) for each in self.params]

    @property
    def data(self):
        """Fresh copies of the examples and their labels."""
        return self.X.copy(), self.y.copy()

    @property
    def sizes(self):
        """N, D, H and C."""
        (D, H), C = self.params[0].shape, len(self.params[3])
        return {"N": len(self.X), "D": D, "H": H, "C": C}

    def scores(self):
        """The right ones."""
        W1, b1, W2, b2 = self.params
        return np.maximum(0, self.X @ W1 + b1) @ W2 + b2

    def loss(self, reg=0.0):
        """The right loss and gradients."""
        return two_layer_loss(dict(zip(NAMES, self.params, strict=True)), self.X, self.y, reg)

    def __repr__(self):
        return ", ".join(f"{name}={size}" for name, size in self.sizes.items())


def net(W1, b1, W2, b2, X, y):
    """A net from lists."""
    params = tuple(np.array(each, float) for each in (W1, b1, W2, b2))
    return Net(params, np.array(X, float), np.array(y, np.int64))


# Two units look at one number from both sides; a net whose second unit is shut.
SMALL = [
    net([[1, -1]], [0, 0], [[2, 0], [0, 2]], [0, 0], [[1]], [0]),
    net([[1, -1]], [1, -1], [[1, -1], [0, 2]], [0, 1], [[2], [-3]], [0, 1]),
]


def drawn(rng, N=5, D=3, H=6, C=4):
    """A random net with some units open and some shut, none within 1e-3 of its kink."""
    while True:
        params = tuple(rng.normal(size=shape) for shape in ((D, H), H, (H, C), C))
        X = rng.normal(size=(N, D))
        entering = X @ params[0] + params[1]
        if np.abs(entering).min() > 1e-3 and (entering > 0).any() and (entering < 0).any():
            return Net(params, X, rng.integers(0, C, size=N))


def several(rng):
    """Nets of several sizes, all sizes of each different."""
    return [drawn(rng, *sizes) for sizes in ((5, 3, 6, 4), (1, 4, 3, 2), (7, 2, 5, 3))]


def read_loss(value, case):
    """The loss and the gradients by name, as far as they can be read, and their forms."""
    if parts.answers.is_numeric(value):
        value = value, None  # the loss alone
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None, {}, {}
    loss = parts.read(value[0], {"loss": 0.0}).parts["loss"]
    found, forms = {}, {}
    for name, right in zip(NAMES, case.params, strict=True) if isinstance(value[1], dict) else ():
        one = parts.read(value[1].get(name), {name: right})
        found[name], forms[name] = one.parts[name], one.forms[name]
    return None if loss is None else float(loss), found, forms


def precision(*results):
    """float32 if any of the results is; a net may compute in it."""
    return np.float32 if any(np.asarray(each).dtype == np.float32 for each in results) else np.float64


def penalty_board(case, reg):
    """What the penalty adds to a small net."""
    W1, _, W2, _ = case.params
    one, two = float(np.sum(W1 * W1)), float(np.sum(W2 * W2))
    say, inline = problems.say, problems.inline
    return "\n".join(
        [
            f"W1 = {inline(W1)}: the squares add up to {say(one)}",
            f"W2 = {inline(W2)}: the squares add up to {say(two)}",
            f"added to the loss: {say(reg)} * ({say(one)} + {say(two)}) = {say(reg * (one + two))}",
            f"raise W2[0, 0] = {say(W2[0, 0])} by 0.01: its square moves by about {say(0.02 * W2[0, 0])}",
        ]
    )


def board(case, reg=0.0):
    """Write a small net out, forward."""
    W1, b1, *_ = case.params
    inline = problems.inline
    hidden = case.X @ W1 + b1
    lines = [f"{name} = {inline(each)}" for name, each in zip(NAMES, case.params, strict=True)]
    return "\n".join(
        [
            "   ".join(lines),
            f"X = {inline(case.X)}   y = {inline(case.y)}   reg = {reg:g}",
            f"X W1 + b1 = {inline(hidden)}",
            f"after the ReLU {inline(np.maximum(0, hidden))}",
            f"scores {inline(case.scores())}",
        ]
    )
