"""The mistakes of a two-layer net as classes: wrong in one way and right otherwise."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

nets = catalogue.beside(__file__, "nets")


class REFERENCE:
    """The right answer."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),  # noqa: NPY002
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),  # noqa: NPY002
            "b2": np.zeros(output_size),
        }

    def forward(self, X):
        entering = X @ self.params["W1"] + self.params["b1"]
        active = np.maximum(0, entering)
        return active, active @ self.params["W2"] + self.params["b2"]

    def mask(self, active):
        return active > 0

    def data_term(self, X, y):
        rows = np.arange(len(X))
        active, scores = self.forward(X)
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        dscores = np.exp(log_p)
        dscores[rows, y] -= 1
        dscores = self.back_through_scores(dscores / len(X), scores)
        dhidden = dscores @ self.params["W2"].T * self.mask(active)
        grads = {
            "W1": X.T @ dhidden,
            "b1": dhidden.sum(axis=0),
            "W2": active.T @ dscores,
            "b2": dscores.sum(axis=0),
        }
        return -log_p[rows, y].mean(), grads

    def back_through_scores(self, dscores, scores):
        return dscores

    def penalty(self):
        W1, W2 = self.params["W1"], self.params["W2"]
        return np.sum(W1 * W1) + np.sum(W2 * W2), {"W1": 2 * W1, "W2": 2 * W2}

    def loss(self, X, y=None, reg=0.0):
        if y is None:
            return self.forward(X)[1]
        loss, grads = self.data_term(X, y)
        value, slopes = self.penalty()
        return loss + reg * value, {k: g + reg * slopes[k] if k in slopes else g for k, g in grads.items()}

    sign, moving = -1.0, ("W1", "b1", "W2", "b2")

    def decays(self, step, steps_a_pass):
        return step % steps_a_pass == 0

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        history = []
        for step in range(1, num_iters + 1):
            rows = np.random.choice(len(X), batch_size)  # noqa: NPY002
            loss, grads = self.loss(X[rows], y[rows], reg)
            history.append(float(loss))
            for name in self.moving:
                self.params[name] = self.params[name] + self.sign * learning_rate * grads[name]
            if self.decays(step, max(len(X) // batch_size, 1)):
                learning_rate = learning_rate * learning_rate_decay
        return {"loss_history": history}

    def predict(self, X):
        return self.loss(X).argmax(axis=1)


class relu_on_scores(REFERENCE):
    def forward(self, X):
        active, scores = super().forward(X)
        return active, np.maximum(0, scores)

    def back_through_scores(self, dscores, scores):
        return dscores * (scores > 0)


class relu_left_out(REFERENCE):
    def forward(self, X):
        active = X @ self.params["W1"] + self.params["b1"]
        return active, active @ self.params["W2"] + self.params["b2"]

    def mask(self, active):
        return np.ones_like(active)


class first_bias_dropped(REFERENCE):
    def forward(self, X):
        active = np.maximum(0, X @ self.params["W1"])
        return active, active @ self.params["W2"] + self.params["b2"]


class hidden_mask_missing(REFERENCE):
    def mask(self, active):
        return np.ones_like(active)


class net_loss_summed(REFERENCE):
    def data_term(self, X, y):
        loss, grads = super().data_term(X, y)
        return len(X) * loss, {name: len(X) * grad for name, grad in grads.items()}


class net_gradients_not_averaged(REFERENCE):
    def data_term(self, X, y):
        loss, grads = super().data_term(X, y)
        return loss, {name: len(X) * grad for name, grad in grads.items()}


class hidden_bias_forgotten(REFERENCE):
    def data_term(self, X, y):
        loss, grads = super().data_term(X, y)
        return loss, {**grads, "b1": 0 * grads["b1"]}


class biases_penalized(REFERENCE):
    def penalty(self):
        squares = sum(np.sum(each * each) for each in self.params.values())
        return squares, {name: 2 * each for name, each in self.params.items()}


class second_layer_spared(REFERENCE):
    def penalty(self):
        W1 = self.params["W1"]
        return np.sum(W1 * W1), {"W1": 2 * W1}


class half_penalty(REFERENCE):
    def penalty(self):
        value, slopes = super().penalty()
        return value / 2, {name: slope / 2 for name, slope in slopes.items()}


class penalty_gradient_halved(REFERENCE):
    def penalty(self):
        value, slopes = super().penalty()
        return value, {name: slope / 2 for name, slope in slopes.items()}


class penalty_missing(REFERENCE):
    def penalty(self):
        return 0.0, {}


class biases_as_rows(REFERENCE):
    def loss(self, X, y=None, reg=0.0):
        found = super().loss(X, y, reg)
        if y is not None:
            found[1].update({name: found[1][name][None, :] for name in ("b1", "b2")})
        return found


class steps_uphill(REFERENCE):
    sign = 1.0


class biases_frozen(REFERENCE):
    moving = ("W1", "W2")


class rate_never_decays(REFERENCE):
    def decays(self, step, steps_a_pass):
        return False


class rate_decays_every_step(REFERENCE):
    def decays(self, step, steps_a_pass):
        return True


PROBES = nets.several(np.random.default_rng(99))


def forward(f):
    """The scores."""
    seen = []
    for case in PROBES:
        scores = case.scores()
        found = nets.parts.read(f("scores", case.own, case.data[0]).value, {"scores": scores})
        seen.append((case.sizes, {k: v for k, v in found.parts.items() if v is not None}))
    return seen


def asked(f, case, reg):
    """Loss and gradients with a penalty, by name."""
    loss, grads, _ = nets.read_loss(f("loss", case.own, *case.data, reg).value, case)
    found = {f"the gradient of {name}": grad for name, grad in grads.items() if grad is not None}
    return found if loss is None else {"the loss": loss, **found}


def data(f):
    """Loss and gradients without penalty, where the scores are right."""
    seen = []
    for case in PROBES:
        found = nets.parts.read(f("scores", case.own, case.data[0]).value, {"scores": case.scores()})
        scores = found.parts["scores"]
        right = scores is not None and np.allclose(scores, case.scores())
        seen.append((case.sizes, asked(f, case, 0.0) if right else {}))
    return seen


def penalty(f):
    """What reg changes."""
    seen = []
    for case in PROBES:
        with_reg, without = asked(f, case, 0.5), asked(f, case, 0.0)
        seen.append((case.sizes, {k: with_reg[k] - without[k] for k in with_reg if k in without}))
    return seen


def shape(f):
    """The shapes of the gradients."""
    case = PROBES[0]
    _, _, forms = nets.read_loss(f("loss", case.own, *case.data, 0.5).value, case)
    odd = [f"{name}: {form}" for name, form in forms.items() if form != "right"]
    return [({}, {"the gradients": ", ".join(odd) or "right"} if forms else {})]


TRAINING = (0.1, 0.5, 0.0, 4, 3)  # rate, decay, reg, steps, size of a batch


def repeated(case, count=6):
    """The first example alone, several times over: every batch is the same."""
    return np.repeat(case.X[:1], count, axis=0), np.repeat(case.y[:1], count)


def walked(f, case):
    """Where the parameters are after some steps, in steps of the first length."""
    value = f("train", case.own, *repeated(case), *TRAINING).value
    if not isinstance(value, list | tuple) or len(value) != 2 or not isinstance(value[1], dict):
        return {}
    found = {}
    for name, start in zip(nets.NAMES, case.params, strict=True):
        end = nets.parts.read(value[1].get(name), {name: start}).parts[name]
        if end is not None:
            found[name] = end
    return found


def fine(f, case):
    """Whether the gradients are right."""
    given = asked(f, case, 0.0)
    keys = [(f"the gradient of {name}", right) for name, right in case.loss()[1].items()]
    return all(key in given and np.allclose(given[key], right) for key, right in keys)


def step(f):
    """How the parameters move, if the gradients are right."""
    if not all(fine(f, case) for case in PROBES):
        return [({}, {}) for _ in PROBES]
    return [({}, walked(f, case)) for case in PROBES]


GROUPS = [
    Group("forward", "the scores", forward),
    Group("shape", "the shapes of the gradients", shape),
    Group("data", "the data term", data),
    Group("penalty", "the penalty", penalty),
    Group("step", "the parameters after training", step),
]
