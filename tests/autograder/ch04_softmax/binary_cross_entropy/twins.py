"""The mistakes of the binary cross-entropy as code: one function a misconception."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.losses import binary_cross_entropy as reference

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")


@dataclass(frozen=True, eq=False)
class Batch:
    """Scores z (N,) and labels y (N,)."""

    z: np.ndarray
    y: np.ndarray

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return self.z.copy(), self.y.copy()

    def __repr__(self):
        if len(self.z) > 4:
            return f"N = {len(self.z)}"
        return f"z = {problems.inline(self.z)}, y = {problems.inline(self.y)}"


def batch(z, y):
    """A batch from lists."""
    return Batch(np.array(z, float), np.array(y, np.int64))


def drawn(rng):
    """Batches of several sizes, both labels in the larger ones."""
    sizes = (6, 1, 9, 3)
    return [Batch(rng.normal(scale=2, size=N), np.append(rng.integers(0, 2, N - 1), 1)) for N in sizes]


def read(value, z):
    """Read what came back; of two rows of numbers the one that holds a minus is the gradient."""
    if isinstance(value, tuple | list) and len(value) == 2 and all(map(answers.is_numeric, value)):
        loss, dz = map(np.asarray, value)
        if loss.shape == dz.shape == z.shape and len(z) > 1:
            swapped = bool((loss < 0).any() and (dz >= 0).all())  # no loss is negative
            loss, dz = (dz, loss) if swapped else (loss, dz)
            return answers.Answer(float(loss.mean()), dz, "two arrays", answers.SEVERAL, "", swapped)
    return answers.read(value, z)


def REFERENCE(z, y):
    """The right answer."""
    return reference(z, y)


def sigmoid(z):
    """The share of class 1."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def apart(z, y):
    """Losses and their slopes (N,), not divided by N, an example at a time."""
    each = [REFERENCE(z[i : i + 1], y[i : i + 1]) for i in range(len(z))]
    return np.array([loss for loss, _ in each]), np.concatenate([dz for _, dz in each])


def zeros_cost_nothing(z, y):
    losses, dz = apart(z, y)
    return np.mean(y * losses), y * dz / len(z)


def terms_with_sigmoid_for_one_minus(z, y):
    return REFERENCE(z, np.ones_like(y))  # the logarithm of the sigmoid, whatever the label is


def sum_not_mean(z, y):
    loss, dz = REFERENCE(z, y)
    return loss * len(z), dz * len(z)


def gradient_not_averaged(z, y):
    loss, dz = REFERENCE(z, y)
    return loss, dz * len(z)


def error_turned_around(z, y):
    loss, dz = REFERENCE(z, y)
    return loss, -dz


def sigmoid_slope_survives(z, y):
    loss, dz = REFERENCE(z, y)
    return loss, dz * sigmoid(z) * sigmoid(-z)


def label_left_out(z, y):
    return REFERENCE(z, y)[0], sigmoid(z) / len(z)


def score_turned_around(z, y):
    loss, dz = REFERENCE(-z, y)
    return loss, -dz


def squared_error_instead(z, y):
    p = sigmoid(z)
    return np.mean((p - y) ** 2), 2 * (p - y) * p * (1 - p) / len(z)


def loss_base_two(z, y):
    loss, dz = REFERENCE(z, y)
    return loss / np.log(2), dz


def loss_negated(z, y):
    loss, dz = REFERENCE(z, y)
    return -loss, dz


def logarithm_of_a_sigmoid(z, y):
    with np.errstate(all="ignore"):
        p = sigmoid(z)
        return np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p))), (p - y) / len(z)


def sigmoid_clipped(z, y):
    p = np.clip(sigmoid(z), 1e-12, 1 - 1e-12)
    return np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p))), (p - y) / len(z)


def plain_exponential(z, y):
    with np.errstate(all="ignore"):
        against = (1 - 2 * y) * z
        return np.mean(np.log(1 + np.exp(against))), (sigmoid(z) - y) / len(z)


def losses_not_averaged(z, y):
    return apart(z.copy(), y)[0], REFERENCE(z, y)[1]


def scores_shifted_in_place(z, y):
    result = REFERENCE(z, y)
    z *= -1
    return result


def swapped_return(z, y):
    return REFERENCE(z, y)[::-1]


def loss_alone(z, y):
    return REFERENCE(z, y)[0]


def nothing_returned(z, y):
    print(*REFERENCE(z, y))


PROBES = [
    batch([0.3, -1.2, 2.1, 0.7], [1, 0, 0, 1]),
    batch([-0.4, 1.6], [1, 0]),
    batch([1.1, -0.2, -1.9, 0.5, 2.3], [0, 0, 1, 1, 1]),
]
LARGE = (40.0, 1000.0)


def data(f):
    """Loss and gradient of moderate scores."""
    seen = []
    for case in PROBES:
        answer = read(f(*case.arguments).value, case.z)
        loss = None if answer.loss_form == answers.SEVERAL else answer.loss
        parts = {"the loss": loss, "the gradient": answer.dW}
        seen.append(({"N": len(case.z)}, {key: part for key, part in parts.items() if part is not None}))
    return seen


def stability(f):
    """What large scores against the label cost, as words: a loss that grows, and in a straight line."""

    def loss(z, label):
        case = batch([z], [label])
        return read(f(*case.arguments).value, case.z).loss

    seen, sides = {}, []
    for label in (1, 0):
        near = {z: loss(z, label) for z in (-20, -15, 15, 20)}
        if any(value is None for value in near.values()):
            continue
        side = 1 if abs(near[20]) > abs(near[-20]) else -1  # where its own loss grows
        rise = (near[20 * side] - near[15 * side]) / 5
        if abs(rise) < 0.1 or side in sides:
            continue  # it grows nowhere, or the label does not matter: nothing to be seen
        sides.append(side)
        for far in LARGE:
            value, due = loss(side * far, label), near[20 * side] + rise * (far - 20)
            word = "less" if value is not None and np.isfinite(value) else "not finite"
            straight = word == "less" and np.isclose(value, due, rtol=1e-3)
            seen[f"label {label}, {far:g} against it"] = "straight" if straight else word
    return [({}, seen)]


def shape(f):
    """The form of the loss."""
    exchanges = [f(*case.arguments) for case in PROBES]
    came = [read(e.value, case.z) for e, case in zip(exchanges, PROBES, strict=True) if not e.failed]
    return [({}, {"loss": came[0].loss_form} if came and came[0].dW is not None else {})]


def mutation(f):
    """Which arguments are not afterwards what they were before."""
    return [({}, answers.kept("zy", case.arguments, f(*case.arguments).arguments)) for case in PROBES]


def bookkeeping(f):
    """How many results come, and in which order."""
    for case in PROBES:
        exchange = f(*case.arguments)
        if not exchange.failed:
            answer = read(exchange.value, case.z)
            if answer.dW is not None:
                return [({}, {"returns": "gradient, loss" if answer.swapped else "two results"})]
            return [({}, {"returns": "nothing" if exchange.value is None else "one result"})]
    return [({}, {})]


GROUPS = [
    Group("bookkeeping", "what is returned", bookkeeping),
    Group("shape", "the shapes of the results", shape),
    Group("mutation", "the arguments after the call", mutation),
    Group("data", "loss and gradient", data),
    Group("stability", "large scores", stability),
]
