"""Right answers to the exercises of chapter 7 in many styles. All start after ``import numpy as np``."""

GRADIENT_DESCENT = {
    "in place, on a copy": """
def gradient_descent(loss_and_grad, W, learning_rate, num_steps):
    W = np.array(W)
    history = []
    for t in range(num_steps):
        loss, dW = loss_and_grad(W)
        history += [loss]
        W -= learning_rate * dW
    return W, history
""",
    "a while loop, an array of losses, prints": """
def gradient_descent(loss_and_grad, W, learning_rate, num_steps):
    losses = np.zeros(num_steps)
    t, V = 0, 1.0 * W
    while t < num_steps:
        losses[t], dW = loss_and_grad(V)
        print(t, losses[t])
        V = V + -learning_rate * dW
        t += 1
    return V, losses
""",
    "recursion, a list": """
def gradient_descent(loss_and_grad, W, learning_rate, num_steps):
    if num_steps == 0:
        return [W.copy(), []]
    loss, dW = loss_and_grad(W)
    V, rest = gradient_descent(loss_and_grad, W - learning_rate * dW, learning_rate, num_steps - 1)
    return [V, [float(loss)] + rest]
""",
    "momentum of its own, unused": """
def gradient_descent(loss_and_grad, W, learning_rate, num_steps):
    v = np.zeros_like(W)
    W = W * 1
    out = []
    for _ in range(num_steps):
        L, g = loss_and_grad(W)
        v = 0.0 * v - learning_rate * g
        W = W + v
        out.append(np.array(L))
    return W, out
""",
}

SAMPLE_BATCH = {
    "of the course": """
def sample_batch(X, y, batch_size, rng):
    idx = rng.choice(X.shape[0], batch_size, replace=True)
    return X[idx], y[idx]
""",
    "a loop and np.take": """
def sample_batch(X, y, batch_size, rng):
    idx = [int(rng.integers(0, len(y))) for _ in range(batch_size)]
    return np.take(X, idx, axis=0), np.take(y, idx)
""",
    "uniform numbers, floored": """
def sample_batch(X, y, batch_size, rng):
    idx = np.floor(rng.random(batch_size) * len(X)).astype(int)
    return X[idx, :].copy(), y[idx].copy()
""",
    "one-hot rows": """
def sample_batch(X, y, batch_size, rng):
    hot = np.eye(len(X))[rng.integers(0, len(X) - 1, size=batch_size, endpoint=True)]
    return [hot @ X, (hot @ y).round().astype(int)]
""",
}

DERIVE_BATCH_MEAN = {
    "a dot product": """
def derive_batch_mean(g, p, B):
    return sum(a * b for a, b in zip(g, p))
""",
    "B draws, over B": """
def derive_batch_mean(g, p, B):
    one = 0
    for i in range(len(g)):
        one = one + p[i] * g[i]
    return B * one / B
""",
    "np.dot": """
def derive_batch_mean(g, p, B):
    return np.dot(g, p)
""",
    "all the batches of two, by hand, for any B": """
def derive_batch_mean(g, p, B):
    pairs = [(i, j) for i in range(len(g)) for j in range(len(g))]
    two = sum(p[i] * p[j] * (g[i] + g[j]) / 2 for i, j in pairs)
    return two / sum(p)
""",
    "a matrix product, expanded": """
def derive_batch_mean(g, p, B):
    import sympy as sp
    return sp.expand((sp.Matrix([g]) * sp.Matrix(p))[0])
""",
}

DERIVE_BATCH_VARIANCE = {
    "mean of squares minus square of the mean": """
def derive_batch_variance(g, B):
    N = len(g)
    return (sum(x**2 for x in g) / N - (sum(g) / N) ** 2) / B
""",
    "pairs": """
def derive_batch_variance(g, B):
    N = len(g)
    return sum((a - b) ** 2 for a in g for b in g) / (2 * N**2 * B)
""",
    "np.var": """
def derive_batch_variance(g, B):
    return np.var(np.array(g)) / B
""",
    "a sympy matrix and a rational": """
def derive_batch_variance(g, B):
    import sympy as sp
    share = sp.Rational(1, len(g))
    mean = share * sum(g)
    away = sp.Matrix([each - mean for each in g])
    return sp.simplify(share * away.dot(away)) / B
""",
}

DECAYED = {
    "a table of functions": """
import math

def decayed(lr0, step, schedule):
    rules = {
        "constant": lambda: 1,
        "step": lambda: schedule["drop"] ** math.floor(step / schedule["every"]),
        "exponential": lambda: math.exp(-schedule["decay"] * step),
        "inverse": lambda: (1 + schedule["decay"] * step) ** -1,
        "cosine": lambda: math.cos(math.pi / 2 * min(1, step / schedule["num_steps"])) ** 2,
    }
    if schedule["kind"] not in rules:
        raise ValueError(schedule["kind"])
    return lr0 * rules[schedule["kind"]]()
""",
    "match, 0-d arrays": """
def decayed(lr0, step, schedule):
    match schedule:
        case {"kind": "constant"}:
            return np.array(lr0)
        case {"kind": "step", "drop": drop, "every": every}:
            for _ in range(every, step + 1, every):
                lr0 = lr0 * drop
            return lr0
        case {"kind": "exponential", "decay": k}:
            return np.float64(lr0) * np.e ** (-k * step)
        case {"kind": "inverse", "decay": k}:
            return lr0 / (1 + k * step)
        case {"kind": "cosine", "num_steps": T}:
            return 0.0 if step >= T else 0.5 * lr0 * (1 + np.cos(step * np.pi / T))
        case _:
            raise ValueError("unknown")
""",
    "one if a kind, plain Python": """
from math import cos, exp, pi

def decayed(lr0, step, schedule):
    kind = schedule.get("kind")
    if kind == "constant":
        rate = lr0
    elif kind == "step":
        stairs, _ = divmod(step, schedule["every"])
        rate = lr0
        while stairs > 0:
            rate *= schedule["drop"]
            stairs -= 1
    elif kind == "exponential":
        rate = lr0 / exp(schedule["decay"] * step)
    elif kind == "inverse":
        rate = 1 / (1 / lr0 + schedule["decay"] * step / lr0)
    elif kind == "cosine":
        if step < schedule["num_steps"]:
            rate = lr0 / 2 * (1 + cos(pi * step / schedule["num_steps"]))
        else:
            rate = 0
    else:
        raise ValueError("unknown kind: %s" % kind)
    print("step", step, "rate", rate)
    return rate
""",
    "a function a kind, a KeyError turned into a ValueError": """
def constant(t):
    return 1.0

def stairs(t, drop, every):
    return np.power(drop, t // every)

def exponential(t, decay):
    return np.exp(-decay) ** t

def inverse(t, decay):
    return np.reciprocal(1.0 + decay * t)

def cosine(t, num_steps):
    share = np.clip(t / num_steps, 0, 1)
    return 1 - np.sin(np.pi * share / 2) ** 2

KINDS = dict(constant=constant, step=stairs, exponential=exponential, inverse=inverse, cosine=cosine)

def decayed(lr0, step, schedule):
    settings = dict(schedule)
    try:
        rule = KINDS[settings.pop("kind")]
    except KeyError as error:
        raise ValueError(f"no schedule is called {error}") from error
    return np.asarray(lr0 * rule(step, **settings))
""",
    "a truth as a factor, the step as a float": """
def decayed(lr0, step, schedule):
    name, t = schedule["kind"], float(step)
    if name == "constant":
        return lr0
    if name == "step":
        return lr0 * schedule["drop"] ** np.floor(t / schedule["every"])
    if name == "exponential":
        return lr0 * np.exp(-schedule["decay"] * t)
    if name == "inverse":
        return lr0 / (1.0 + schedule["decay"] * t)
    if name == "cosine":
        T = schedule["num_steps"]
        return (t < T) * lr0 * (1 + np.cos(np.pi * t / T)) / 2
    raise ValueError
""",
}

SGD_MOMENTUM = {
    "of the course": """
def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))
    v = config["momentum"] * v - config["learning_rate"] * dw
    next_w = w + v
    config["velocity"] = v
    return next_w, config
""",
    "a new dict each time": """
def sgd_momentum(w, dw, config=None):
    c = dict(learning_rate=1e-2, momentum=0.9, velocity=0 * w)
    c.update(config or {})
    c["velocity"] = c["velocity"] * c["momentum"] + -c["learning_rate"] * dw
    return (w + c["velocity"], c)
""",
    "velocity changed in place, more kept than asked": """
def sgd_momentum(w, dw, config=None):
    config = config if config is not None else {}
    lr = config["learning_rate"] = config.get("learning_rate", 0.01)
    mu = config["momentum"] = config.get("momentum", 0.9)
    if "velocity" not in config:
        config["velocity"] = np.zeros(w.shape)
    v = config["velocity"]
    v *= mu
    v -= lr * dw
    config["t"] = config.get("t", 0) + 1
    return [w + v, config]
""",
    "entry by entry, settings unpacked": """
def sgd_momentum(w, dw, config=None):
    config = dict() if config is None else config
    lr, mu = config.get("learning_rate", 1e-2), config.get("momentum", 0.9)
    old = config.get("velocity")
    v, next_w = np.zeros(w.shape), np.zeros(w.shape)
    for k in np.ndindex(w.shape):
        v[k] = (mu * old[k] if old is not None else 0.0) - lr * dw[k]
        next_w[k] = w[k] + v[k]
    print("step of length", np.linalg.norm(v))
    return next_w, {"velocity": v, "momentum": mu, "learning_rate": lr}
""",
    "a velocity downhill, stored with its sign turned": """
def sgd_momentum(w, dw, config=None):
    settings = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w, dtype=float)}
    settings |= config or {}
    down = settings["learning_rate"] * dw - settings["momentum"] * settings["velocity"]
    settings["velocity"] = np.negative(down)
    return np.subtract(w, down), settings
""",
}

CLASSIFIER = """
class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        num_train, dim = X.shape
        num_classes = np.max(y) + 1
        if self.W is None:
            self.W = 0.001 * np.random.randn(dim, num_classes)
        loss_history = []
        for it in range(num_iters):
            idx = np.random.choice(num_train, batch_size, replace=True)
            X_batch = X[idx]
            y_batch = y[idx]
            loss, grad = self.loss(X_batch, y_batch, reg)
            loss_history.append(loss)
            self.W += -learning_rate * grad
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        return loss_history

    def predict(self, X):
        y_pred = np.zeros(X.shape[0])
        scores = X.dot(self.W)
        y_pred = np.argmax(scores, axis=1)
        return y_pred

    def loss(self, X_batch, y_batch, reg):
        pass
"""

LINEAR_CLASSIFIER = {
    "of the course": CLASSIFIER,
    "loops, momentum left at 0, helpers": """
class LinearClassifier:
    W = None

    def _draw(self, N, B):
        return [self._rng.integers(N) for _ in range(B)]

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        self._rng = np.random.default_rng(7)
        if self.W is None:
            self.W = self._rng.normal(0, 0.001, (X.shape[1], len(np.unique(y))))
        v, losses = 0.0, np.empty(num_iters)
        for t in range(num_iters):
            rows = self._draw(len(X), batch_size)
            losses[t], dW = self.loss(X[rows], y[rows], reg)
            v = 0.0 * v - learning_rate * dW
            self.W = self.W + v
        return losses

    def predict(self, X):
        best = []
        for x in X:
            s = [float(x @ self.W[:, c]) for c in range(self.W.shape[1])]
            best.append(float(s.index(max(s))))
        return best if len(best) == 0 else np.array(best)

    def loss(self, X_batch, y_batch, reg):
        raise NotImplementedError
""",
    "sample_batch of its own file, a dataclass": """
from dataclasses import dataclass
from typing import Optional

def sample_batch(X, y, batch_size, rng):
    rows = rng.integers(len(X), size=batch_size)
    return X[rows], y[rows]

@dataclass
class LinearClassifier:
    W: Optional[np.ndarray] = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        rng = np.random.default_rng(123)
        self.W = 1e-3 * rng.normal(size=(X.shape[1], 1 + max(y))) if self.W is None else self.W
        def steps():
            for _ in range(num_iters):
                loss, dW = self.loss(*sample_batch(X, y, batch_size, rng), reg)
                yield loss
                self.W = np.subtract(self.W, np.multiply(learning_rate, dW))
        return list(steps())

    def predict(self, X):
        return np.argmax(np.einsum("nd,dc->nc", X, self.W), axis=-1)

    def loss(self, X_batch, y_batch, reg):
        raise NotImplementedError("a subclass says which loss")
""",
    "in place on a copy, one-hot batches, shuffles for luck": """
import random

class LinearClassifier:
    def __init__(self):
        self.W = None
        self.history = []

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        N, D = X.shape
        C = len(set(range(int(y.max()) + 1)))
        if not isinstance(self.W, np.ndarray):
            self.W = np.random.RandomState(0).randn(D, C) / 1000
        self.W = self.W.copy()
        self.history = []
        t = 0
        while t < num_iters:
            rows = random.choices(range(N), k=batch_size)
            loss, dW = self.loss(X.take(rows, axis=0), np.array([y[i] for i in rows]), reg)
            self.history.append(float(loss))
            self.W -= learning_rate * dW
            t += 1
            if verbose:
                print(t, loss)
        return self.history[:]

    def predict(self, X):
        scores = np.asmatrix(X) * self.W
        return np.asarray(scores.argmax(axis=1)).reshape(-1).astype(float)

    def loss(self, X_batch, y_batch, reg):
        pass
""",
}

LINEAR_SVM = {
    "loops": CLASSIFIER
    + """

class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        W, N = self.W, X_batch.shape[0]
        dW, total = np.zeros(W.shape), 0.0
        for i in range(N):
            s = X_batch[i].dot(W)
            for j in range(W.shape[1]):
                m = s[j] - s[y_batch[i]] + 1
                if j != y_batch[i] and m > 0:
                    total += m
                    dW[:, j] += X_batch[i]
                    dW[:, y_batch[i]] -= X_batch[i]
        return total / N + reg * np.sum(W * W), dW / N + 2 * reg * W
""",
    "a function of chapter 3 and a class of its own": """
def svm(W, X, y, reg):
    S = X @ W
    hot = np.eye(W.shape[1])[y]
    M = np.maximum(0, S - (S * hot).sum(1, keepdims=True) + 1) * (1 - hot)
    A = (M > 0) * 1.0
    A -= hot * A.sum(1, keepdims=True)
    return M.sum() / len(X) + reg * (W**2).sum(), X.T @ A / len(X) + 2 * reg * W
"""
    + CLASSIFIER
    + """

class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return svm(self.W, X_batch, y_batch, reg)
""",
    "einsum, open at the kink, penalty by the norm": CLASSIFIER
    + """

class LinearSVM(LinearClassifier):
    delta = 1.0

    def loss(self, X_batch, y_batch, reg):
        S = np.einsum("bd,dc->bc", X_batch, self.W)
        truth = np.take_along_axis(S, y_batch[:, None], axis=1)
        gaps = S - truth + self.delta
        open = np.where(gaps >= 0, 1.0, 0.0)
        np.put_along_axis(open, y_batch[:, None], 0.0, axis=1)
        total = (open * gaps).sum(axis=1).mean()
        np.put_along_axis(open, y_batch[:, None], -open.sum(axis=1, keepdims=True), axis=1)
        dW = np.einsum("bd,bc->dc", X_batch, open) / len(y_batch)
        dW += reg * 2 * self.W
        return total + reg * np.linalg.norm(self.W) ** 2, dW
""",
    "example by example, matrices, a dict of columns": CLASSIFIER
    + """

def column(w):
    return np.asmatrix(w).reshape(-1, 1)

class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        D, C = self.W.shape
        columns = {c: np.zeros(D) for c in range(C)}
        losses = []
        for x, k in zip(X_batch, y_batch):
            s = [(np.asmatrix(x) * column(self.W[:, c])).item() for c in range(C)]
            own = [max(0.0, s[c] - s[k] + 1.0) for c in range(C) if c != k]
            losses.append(sum(own))
            for c in range(C):
                if c != k and s[c] - s[k] + 1.0 > 0:
                    columns[c] += x
                    columns[int(k)] -= x
        dW = np.asmatrix(np.column_stack([columns[c] for c in range(C)])) / len(losses)
        penalty = 0.0
        for w in self.W.ravel():
            penalty += reg * w**2
        print("loss", sum(losses))
        return np.array(sum(losses) / len(losses) + penalty), dW + 2 * reg * self.W
""",
}

SOFTMAX = {
    "loops": CLASSIFIER
    + """

class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        W, N = self.W, X_batch.shape[0]
        dW, total = np.zeros_like(W), 0.0
        for i in range(N):
            f = X_batch[i].dot(W)
            f = f - np.max(f)
            p = np.exp(f) / np.sum(np.exp(f))
            total += -np.log(p[y_batch[i]])
            p[y_batch[i]] -= 1
            dW += np.outer(X_batch[i], p)
        return total / N + reg * np.sum(W * W), dW / N + 2 * reg * W
""",
    "log-sum-exp": CLASSIFIER
    + """

class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        S = X_batch @ self.W
        lse = np.logaddexp.reduce(S, axis=1)
        hot = np.eye(S.shape[1])[y_batch]
        P = np.exp(S - lse[:, None])
        loss = (lse - (S * hot).sum(axis=1)).mean()
        return [loss + reg * np.linalg.norm(self.W) ** 2, X_batch.T @ (P - hot) / len(S) + reg * 2 * self.W]
""",
    "probabilities by einsum, cross-entropy with one-hot rows": CLASSIFIER
    + """

def softmax(S):
    E = np.exp(S - np.amax(S, axis=1)[:, np.newaxis])
    return np.einsum("bc,b->bc", E, 1 / E.sum(axis=1))

class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        hot = (y_batch[:, None] == np.arange(self.W.shape[1])) * 1.0
        P = softmax(X_batch.dot(self.W))
        data = -np.einsum("bc,bc->", hot, np.log(P)) / X_batch.shape[0]
        dW = np.einsum("bd,bc->dc", X_batch, P - hot) / X_batch.shape[0]
        return data + reg * np.square(self.W).sum(), np.add(dW, 2 * reg * self.W)
""",
    "plain Python for the scores, a matrix back": CLASSIFIER
    + """
import math

class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        B, C = len(X_batch), self.W.shape[1]
        total, dW = 0.0, np.zeros_like(self.W)
        for i in range(B):
            s = [sum(float(a) * float(b) for a, b in zip(X_batch[i], self.W[:, c])) for c in range(C)]
            top = max(s)
            weights = [math.exp(each - top) for each in s]
            total += math.log(sum(weights)) + top - s[y_batch[i]]
            for c in range(C):
                p = weights[c] / sum(weights)
                dW[:, c] += (p - (c == y_batch[i])) * X_batch[i]
        loss = total / B
        loss += reg * sum(float(w) ** 2 for w in self.W.ravel())
        return loss, np.matrix(dW / B + 2 * reg * self.W)
""",
}

DEBUG_TRAINING_LOOP = {
    "choice, one line": """
def debug_training_loop(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    history = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), batch_size)
        loss, dW = loss_and_grad(W, X[rows], y[rows])
        history.append(loss)
        W = W - learning_rate * dW
    return W, history
""",
    "all rows drawn beforehand": """
def debug_training_loop(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    W, history = W.copy(), np.zeros(num_iters)
    for t, rows in enumerate(rng.integers(len(X), size=(num_iters, batch_size))):
        history[t], dW = loss_and_grad(W, X[rows], y[rows])
        W -= learning_rate * dW
    return W, history
""",
    "the least repair": """
def debug_training_loop(loss_and_grad, W, X, y, learning_rate, num_iters, batch_size, rng):
    history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        X_batch, y_batch = X[rows], y[rows]
        loss, dW = loss_and_grad(W, X_batch, y_batch)
        history.append(loss)
        W = W - learning_rate * dW
    return W, history
""",
}

GRID_SEARCH = {
    "itertools and a sort": """
from itertools import product

def accuracy(X, y, W):
    return (np.argmax(X.dot(W), 1) == y).mean()

def grid_search(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results = {}
    for lr, rs in product(learning_rates, regs):
        W = train(X_train, y_train, lr, rs)
        results[(lr, rs)] = (accuracy(X_train, y_train, W), accuracy(X_val, y_val, W))
    best = sorted(results, key=lambda k: -results[k][1])[0]
    return results, best
""",
    "keywords, lists, plain loops": """
def grid_search(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results, best_val, best = {}, -1, None
    for lr in learning_rates:
        for reg in regs:
            W = train(X=X_train, y=y_train, learning_rate=lr, reg=reg)
            shares = []
            for X, y in ((X_train, y_train), (X_val, y_val)):
                right = 0
                for i in range(X.shape[0]):
                    right += int(np.argmax(X[i] @ W) == y[i])
                shares.append(right / float(X.shape[0]))
            results[lr, reg] = shares
            if shares[1] > best_val:
                best_val, best = shares[1], [lr, reg]
    return results, best
""",
    "a comprehension, one-hot predictions, max of a dict": """
def grid_search(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    def share(W, X, y):
        S = np.einsum("nd,dc->nc", X, W)
        return np.count_nonzero(S.argmax(1) == y) / y.size
    weights = {(lr, reg): train(X_train, y_train, lr, reg) for lr in learning_rates for reg in regs}
    results = {k: np.array([share(W, X_train, y_train), share(W, X_val, y_val)]) for k, W in weights.items()}
    return results, max(results, key=lambda k: results[k][1])
""",
    "as the old course writes it": """
def grid_search(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results = {}
    best_val = -1
    best_svm = None
    for i in range(len(learning_rates)):
        for j in range(len(regs)):
            lr, reg = learning_rates[i], regs[j]
            W = train(X_train, y_train, lr, reg)
            y_train_pred = np.argmax(X_train.dot(W), axis=1)
            y_val_pred = np.argmax(X_val.dot(W), axis=1)
            train_acc = np.mean(y_train == y_train_pred)
            val_acc = np.mean(y_val == y_val_pred)
            results[(lr, reg)] = (train_acc, val_acc)
            if best_val < val_acc:
                best_val = val_acc
                best_svm = (lr, reg)
    for lr, reg in sorted(results):
        train_acc, val_acc = results[(lr, reg)]
        print("lr %e reg %e train accuracy: %f val accuracy: %f" % (lr, reg, train_acc, val_acc))
    return results, best_svm
""",
}

DEBUG_BEST_SETTING = {
    "max of a list": """
def debug_best_setting(evaluate, settings):
    found = [evaluate(s) for s in settings]
    return settings[int(np.argmax(found))], max(found)
""",
    "None to begin with": """
def debug_best_setting(evaluate, settings):
    best = None
    for s in settings:
        a = evaluate(s)
        if best is None or a > best[1]:
            best = (s, a)
    return best
""",
    "evaluated once each, then a stable sort": """
def debug_best_setting(evaluate, settings):
    found = sorted(((evaluate(s), s) for s in settings), key=lambda each: each[0], reverse=True)
    accuracy, setting = found[0]
    return [setting, np.float64(accuracy)]
""",
}

PREDICT_RATES = {
    "a list": """
def predict_rates():
    return [0.04, 0.082, 0.0775, 0.004]
""",
    "an array": """
def predict_rates():
    return np.array([1 / 25, 0.082, 0.0775, 4e-3])
""",
}

PREDICT_FIRST_PRINT = {
    "three digits": """
def predict_first_print():
    return 9, 768, 282
""",
    "computed": """
def predict_first_print():
    penalty = 2.5e4 * 30730 * 1e-6
    return np.float64(9), penalty, penalty * 0.995**200
""",
}

MEASURE_BATCH_VARIANCE = {
    "another seed": """
def measure_batch_variance():
    return 0.442, 0.0282, -0.993
""",
    "an array, more digits": """
def measure_batch_variance():
    return np.array([0.442896, 0.0276236, -1.00075])
""",
}

STYLES = {
    "gradient_descent": GRADIENT_DESCENT,
    "sample_batch": SAMPLE_BATCH,
    "derive_batch_mean": DERIVE_BATCH_MEAN,
    "derive_batch_variance": DERIVE_BATCH_VARIANCE,
    "measure_batch_variance": MEASURE_BATCH_VARIANCE,
    "decayed": DECAYED,
    "sgd_momentum": SGD_MOMENTUM,
    "LinearClassifier": LINEAR_CLASSIFIER,
    "LinearSVM": LINEAR_SVM,
    "Softmax": SOFTMAX,
    "debug_training_loop": DEBUG_TRAINING_LOOP,
    "grid_search": GRID_SEARCH,
    "debug_best_setting": DEBUG_BEST_SETTING,
    "predict_rates": PREDICT_RATES,
    "predict_first_print": PREDICT_FIRST_PRINT,
}
