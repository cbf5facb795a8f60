"""Right answers of chapter 9 in many styles, by exercise. All start after ``import numpy as np``."""

SIGMOID = """
def sigmoid(x):
    x = np.asarray(x)
    return np.exp(-np.logaddexp(0, -x))
"""

MICROGRAD = """
import math

class Value:
    def __init__(self, data, _children=(), _op=''):
        self.data = data
        self.grad = 0
        self._backward = lambda: None
        self._prev = set(_children)

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __pow__(self, k):
        out = Value(self.data**k, (self,))
        def _backward():
            self.grad += (k * self.data**(k-1)) * out.grad
        out._backward = _backward
        return out

    def _one(self, data, slope):
        out = Value(data, (self,))
        def _backward():
            self.grad += slope * out.grad
        out._backward = _backward
        return out

    def exp(self):
        return self._one(math.exp(self.data), math.exp(self.data))

    def log(self):
        return self._one(math.log(self.data), 1 / self.data)

    def relu(self):
        return self._one(0 if self.data < 0 else self.data, 1.0 * (self.data > 0))

    def sigmoid(self):
        return 1 / (1 + (-self).exp())

    def backward(self):
        topo, visited = [], set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        for v in topo:
            v.grad = 0
        self.grad = 1
        for v in reversed(topo):
            v._backward()

    def __neg__(self): return self * -1
    def __radd__(self, other): return self + other
    def __sub__(self, other): return self + (-other)
    def __rsub__(self, other): return other + (-self)
    def __rmul__(self, other): return self * other
    def __truediv__(self, other): return self * other**-1
    def __rtruediv__(self, other): return other * self**-1
"""
COURSE = """
class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape
        h1 = np.maximum(0, X.dot(W1) + b1)
        scores = h1.dot(W2) + b2
        if y is None:
            return scores
        scores = scores - np.max(scores, axis=1, keepdims=True)
        p = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
        loss = np.sum(-np.log(p[range(N), y])) / N + reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        grads = {}
        d = p.copy()
        d[range(N), y] -= 1
        d /= N
        grads['W2'] = h1.T.dot(d) + 2 * reg * W2
        grads['b2'] = np.sum(d, axis=0)
        dh = d.dot(W2.T)
        dh[h1 <= 0] = 0
        grads['W1'] = X.T.dot(dh) + 2 * reg * W1
        grads['b1'] = np.sum(dh, axis=0)
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = int(max(num_train / batch_size, 1))
        loss_history, train_acc_history, val_acc_history = [], [], []
        for it in range(num_iters):
            idx = np.random.choice(num_train, batch_size, replace=True)
            X_batch, y_batch = X[idx], y[idx]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            for p in self.params:
                self.params[p] -= learning_rate * grads[p]
            if (it + 1) % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {
            'loss_history': loss_history,
            'train_acc_history': train_acc_history,
            'val_acc_history': val_acc_history,
        }

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)
"""

GIVEN = """
    def __neg__(self): return self * -1
    def __radd__(self, other): return self + other
    def __sub__(self, other): return self + (-other)
    def __rsub__(self, other): return other + (-self)
    def __rmul__(self, other): return self * other
    def __truediv__(self, other): return self * other**-1
    def __rtruediv__(self, other): return other * self**-1
"""

ITERATIVE = (
    """
class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __repr__(self):
        return f"Value({self.data})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        a, b = self.data, other.data
        return Value(a * b, ((self, lambda g: g * b), (other, lambda g: g * a)))

    def __pow__(self, k):
        a = self.data
        return Value(a**k, ((self, lambda g: g * k * a ** (k - 1)),))

    def exp(self):
        out = np.exp(self.data)
        return Value(out, ((self, lambda g: g * out),))

    def log(self):
        a = self.data
        return Value(np.log(a), ((self, lambda g: g / a),))

    def relu(self):
        a = self.data
        return Value(np.maximum(a, 0), ((self, lambda g: g if a > 0 else 0.0),))

    def sigmoid(self):
        out = 1 / (1 + np.exp(-self.data))
        return Value(out, ((self, lambda g: g * out * (1 - out)),))

    def backward(self):
        # count the users of each value, and let go of those that all have paid (Kahn)
        users, stack, seen = {}, [self], {id(self): self}
        while stack:
            for before, _ in stack.pop().parents:
                users[id(before)] = users.get(id(before), 0) + 1
                if id(before) not in seen:
                    seen[id(before)] = before
                    stack.append(before)
        for value in seen.values():
            value.grad = 0.0
        self.grad = 1.0
        ready = [self]
        while ready:
            value = ready.pop()
            for before, back in value.parents:
                before.grad = before.grad + back(value.grad)
                users[id(before)] -= 1
                if users[id(before)] == 0:
                    ready.append(before)
"""
    + GIVEN
)

TAPE = (
    """
import math

class Value(object):
    tape = []

    def __init__(self, data, back=None):
        self.data = float(data)
        self.grad = 0.0
        self.back = back
        self.at = len(Value.tape)
        Value.tape.append(self)

    def wrap(self, other):
        if isinstance(other, Value):
            return other
        return Value(other)

    def __add__(self, other):
        other = self.wrap(other)
        def back(g):
            self.grad += g
            other.grad += g
        return Value(self.data + other.data, back)

    def __mul__(self, other):
        other = self.wrap(other)
        def back(g):
            self.grad += other.data * g
            other.grad += self.data * g
        return Value(self.data * other.data, back)

    def unary(self, data, local):
        def back(g):
            self.grad += local * g
        return Value(data, back)

    def __pow__(self, k):
        return self.unary(math.pow(self.data, k), k * math.pow(self.data, k - 1))

    def exp(self):
        return self.unary(math.exp(self.data), math.exp(self.data))

    def log(self):
        return self.unary(math.log(self.data), self.data**-1)

    def relu(self):
        return self.unary(self.data if self.data >= 0 else 0.0, 1.0 if self.data > 0 else 0.0)

    def sigmoid(self):
        s = 0.5 * (1 + math.tanh(self.data / 2))
        return self.unary(s, s - s * s)

    def backward(self):
        for value in Value.tape:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(Value.tape[: self.at + 1]):
            if value.back is not None and value.grad != 0:
                value.back(value.grad)
"""
    + GIVEN
)

FORWARD_LISTS = (
    """
class Value:
    def __init__(self, data):
        self.data, self.grad = data, 0
        self.inputs, self.slopes = [], []

    def gate(self, data, inputs, slopes):
        print("gate", data)
        out = Value(np.float64(data))
        out.inputs, out.slopes = inputs, slopes
        return out

    def __add__(self, other):
        if not isinstance(other, Value):
            return self.gate(self.data + other, [self], [1])
        return self.gate(self.data + other.data, [self, other], [1, 1])

    def __mul__(self, other):
        if not isinstance(other, Value):
            return self.gate(self.data * other, [self], [other])
        return self.gate(self.data * other.data, [self, other], [other.data, self.data])

    def __pow__(self, k):
        return self.gate(self.data**k, [self], [k * self.data ** (k - 1)])

    def exp(self):
        return self.gate(np.exp(self.data), [self], [np.exp(self.data)])

    def log(self):
        return self.gate(np.log(self.data), [self], [1 / self.data])

    def relu(self):
        return self.gate(max(self.data, 0), [self], [np.sign(max(self.data, 0))])

    def sigmoid(self):
        return (self * -1).exp().__add__(1) ** -1

    def depth(self, known):
        if self not in known:
            known[self] = 1 + max((before.depth(known) for before in self.inputs), default=0)
        return known[self]

    def backward(self):
        known = {}
        self.depth(known)
        for value in known:
            value.grad = 0
        self.grad = 1
        for value in sorted(known, key=known.get, reverse=True):
            for before, slope in zip(value.inputs, value.slopes):
                before.grad += slope * value.grad
"""
    + GIVEN
)

LAYERED = """
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)

def relu_forward(x):
    return np.maximum(0, x), x

def relu_backward(dout, cache):
    return dout * (cache > 0)

def softmax_loss(x, y):
    z = x - x.max(axis=1, keepdims=True)
    p = np.exp(z)
    p /= p.sum(axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    p[np.arange(N), y] -= 1
    return loss, p / N

class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = np.random.normal(scale=std, size=(input_size, hidden_size))
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = np.random.normal(scale=std, size=(hidden_size, output_size))
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        a1, fc1_cache = affine_forward(X, self.params['W1'], self.params['b1'])
        h1, relu_cache = relu_forward(a1)
        scores, fc2_cache = affine_forward(h1, self.params['W2'], self.params['b2'])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += reg * np.sum(self.params['W1'] ** 2) + reg * np.sum(self.params['W2'] ** 2)
        grads = {}
        dh1, grads['W2'], grads['b2'] = affine_backward(dscores, fc2_cache)
        da1 = relu_backward(dh1, relu_cache)
        dX, grads['W1'], grads['b1'] = affine_backward(da1, fc1_cache)
        grads['W1'] += 2 * reg * self.params['W1']
        grads['W2'] += 2 * reg * self.params['W2']
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        velocity = {k: np.zeros_like(v) for k, v in self.params.items()}
        stats = {'loss_history': [], 'val_acc_history': []}
        epoch = max(X.shape[0] // batch_size, 1)
        for it in range(num_iters):
            mask = np.random.randint(0, X.shape[0], batch_size)
            loss, grads = self.loss(X[mask], y[mask], reg)
            stats['loss_history'] += [loss]
            for k in grads:
                velocity[k] = 0.9 * velocity[k] - learning_rate * grads[k]
                self.params[k] += velocity[k]
            if verbose and it % 100 == 0:
                print('iteration %d / %d: loss %f' % (it, num_iters, loss))
            if (it + 1) % epoch == 0:
                stats['val_acc_history'].append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
        return stats

    def predict(self, X):
        z1 = np.maximum(0, np.dot(X, self.params['W1']) + self.params['b1'])
        return np.argmax(np.dot(z1, self.params['W2']) + self.params['b2'], axis=1)
"""

FLOAT32 = """
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        rng = np.random.default_rng()
        self.params = {
            "W1": std * rng.standard_normal((input_size, hidden_size), dtype=np.float32),
            "b1": np.zeros(hidden_size, np.float32),
            "W2": std * rng.standard_normal((hidden_size, output_size), dtype=np.float32),
            "b2": np.zeros(output_size, np.float32),
        }

    def single(self):
        return {name: value.astype(np.float32) for name, value in self.params.items()}

    def loss(self, X, y=None, reg=0.0):
        p, X = self.single(), X.astype(np.float32)
        hidden = X @ p["W1"] + p["b1"]
        mask = hidden > 0
        hidden = hidden * mask
        S = hidden @ p["W2"] + p["b2"]
        if y is None:
            return S
        hot = np.eye(S.shape[1], dtype=np.float32)[y]
        shifted = S - S.max(1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
        G = ((np.exp(log_p) - hot) / np.float32(len(X))).astype(np.float32)
        back = (G @ p["W2"].T) * mask
        reg = np.float32(reg)
        grads = dict(W1=X.T @ back + 2 * reg * p["W1"], b1=back.sum(0),
                     W2=hidden.T @ G + 2 * reg * p["W2"], b2=G.sum(0))
        return -(log_p * hot).sum() / len(X) + reg * sum((p[k] ** 2).sum() for k in ("W1", "W2")), grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        self.params, losses = self.single(), []
        every = max(1, len(y) // batch_size)
        for it in range(num_iters):
            rows = np.random.choice(len(y), batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            losses.append(float(loss))
            rate = np.float32(learning_rate * learning_rate_decay ** (it // every))
            self.params = {k: v - rate * grads[k] for k, v in self.params.items()}
        return {"loss_history": np.array(losses)}

    def predict(self, X):
        return np.argmax(self.loss(X), 1).astype(float)
"""

LOOPS = """
class TwoLayerNet:
    def __init__(self, D, H, C, std=1e-4):
        self.params = dict(W1=std * np.random.randn(D, H), b1=np.zeros((H,)),
                           W2=std * np.random.randn(H, C), b2=np.zeros((C,)))

    def one(self, x):
        p = self.params
        h = [max(0.0, float(x @ p["W1"][:, j] + p["b1"][j])) for j in range(len(p["b1"]))]
        h = np.array(h)
        return h, h @ p["W2"] + p["b2"]

    def loss(self, X, y=None, reg=0.0):
        p = self.params
        if y is None:
            return np.array([self.one(x)[1] for x in X])
        grads = {k: np.zeros(v.shape) for k, v in p.items()}
        total = 0.0
        for x, label in zip(X, y):
            h, s = self.one(x)
            s = s - max(s)
            q = np.exp(s) / sum(np.exp(s))
            total += np.log(np.exp(s).sum()) - s[label]
            q[label] -= 1
            grads["W2"] += np.outer(h, q)
            grads["b2"] += q
            back = np.where(h > 0, p["W2"] @ q, 0)
            grads["W1"] += np.outer(x, back)
            grads["b1"] += back
        for k in grads:
            grads[k] /= len(X)
            if k.startswith("W"):
                total += len(X) * reg * (p[k] ** 2).sum()
                grads[k] += reg * 2 * p[k]
        return total / len(X), grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        np.random.seed(3)
        history = []
        for step in range(num_iters):
            pick = [np.random.randint(len(X)) for _ in range(batch_size)]
            value, grads = self.loss(X[pick], y[pick], reg)
            history.append(value)
            for k, g in grads.items():
                self.params[k] = self.params[k] - learning_rate * g
            if (step + 1) % max(len(X) // batch_size, 1) == 0:
                learning_rate *= learning_rate_decay
        return {"loss_history": history}

    def predict(self, X):
        return [int(self.one(x)[1].argmax()) for x in X]
"""

SYMPY = "import sympy as sp\n"
DERIVED = {
    "derive_sigmoid_slope": {
        "the product": "def derive_sigmoid_slope(s):\n    return s * (1 - s)\n",
        "expanded": "def derive_sigmoid_slope(s):\n    return s - s**2\n",
        "around one half": """
def derive_sigmoid_slope(s):
    return sp.Rational(1, 4) - (s - sp.Rational(1, 2)) ** 2
""",
        "sympy's own derivative, a put in from s": """
def derive_sigmoid_slope(s):
    a = sp.Symbol("a", real=True)
    slope = sp.diff(1 / (1 + sp.exp(-a)), a)
    return slope.subs(a, sp.log(s / (1 - s)))
""",
        "gates with the values of s": """
def derive_sigmoid_slope(s):
    q = 1 / s
    return (q - 1) / q**2
""",
    },
    "derive_affine_weight": {
        "sum and zip": """
def derive_affine_weight(x, g):
    return sum(a * b for a, b in zip(x, g))
""",
        "matrices": """
def derive_affine_weight(x, g):
    return (sp.Matrix([x]) * sp.Matrix(g))[0, 0]
""",
        "the loss itself, and its derivative": """
def derive_affine_weight(x, g):
    w, b = sp.symbols("w b", real=True)
    return sp.diff(sum(each * (value * w + b) for value, each in zip(x, g)), w)
""",
        "half of a difference of squares": """
def derive_affine_weight(x, g):
    return sp.Add(*[((a + b) ** 2 - (a - b) ** 2) / 4 for a, b in zip(x, g)])
""",
    },
}
TOLD = {
    "predict_circuit": {
        "a list of whole numbers": "def predict_circuit():\n    return [6, 4, 0]\n",
        "an array": "def predict_circuit():\n    return np.array([6.0, 4.0, 0.0])\n",
        "worked out": "def predict_circuit():\n    q, m = -4 + 3, 3\n    return 2 * m, 2 * (m + q), 0 * q\n",
    },
    "measure_open_gates": {
        "a list": "def measure_open_gates():\n    return [0.5032, 0.6057]\n",
        "an array": "def measure_open_gates():\n    return np.array([0.503, 0.606])\n",
    },
}

STYLES = {
    "multiply_backward": {
        "a list": "def multiply_backward(x, y, dout):\n    return [dout * y, dout * x]\n",
        "a helper": """
def back(local, upstream):
    print(local)
    return local * upstream

def multiply_backward(x, y, dout):
    dx = back(y, dout)
    dy = back(x, dout)
    return dx, dy
""",
        "loops": """
def multiply_backward(x, y, dout):
    dx, dy = np.zeros(x.shape), np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        dx[at] = dout[at] * y[at]
        dy[at] = dout[at] * x[at]
    return dx, dy
""",
        "np.multiply and an array of both": """
def multiply_backward(x, y, dout):
    both = np.stack([y, x]) * dout
    return both[0], both[1]
""",
        "one gate at a time, recursive": """
def multiply_backward(x, y, dout):
    if np.ndim(x) == 0:
        return float(y) * float(dout), float(x) * float(dout)
    parts = [multiply_backward(a, b, d) for a, b, d in zip(x, y, dout)]
    return np.array([p for p, _ in parts]), np.array([q for _, q in parts])
""",
    },
    "max_backward": {
        "masks": "def max_backward(x, y, dout):\n    return (x >= y) * dout, (x < y) * dout\n",
        "what is left": """
def max_backward(x, y, dout):
    dx = np.where(x < y, 0, dout)
    return dx, dout - dx
""",
        "loops and floats": """
def max_backward(x, y, dout):
    dx, dy = np.zeros_like(x), np.zeros_like(y)
    for at in np.ndindex(x.shape):
        if x[at] >= y[at]:
            dx[at] = float(dout[at])
        else:
            dy[at] = float(dout[at])
    return dx, dy
""",
        "the maximum and who has it": """
def max_backward(x, y, dout):
    to_x = np.equal(np.maximum(x, y), x).astype(float)
    return to_x * dout, (1 - to_x) * dout
""",
    },
    "debug_fork": {
        "tuples and enumerate": """
def debug_fork(inputs, gates):
    values = list(inputs)
    for kind, i, j in gates:
        values.append(values[i] + values[j] if kind == "add" else values[i] * values[j])
    slopes = np.zeros(len(values))
    slopes[-1] = 1
    for k, (kind, i, j) in reversed(list(enumerate(gates))):
        arrived = slopes[len(inputs) + k]
        slopes[i] += arrived * (1 if kind == "add" else values[j])
        slopes[j] += arrived * (1 if kind == "add" else values[i])
    return values[-1], slopes[: len(inputs)]
""",
        "forward, each input by itself": """
def debug_fork(inputs, gates):
    found = []
    for n in range(len(inputs)):
        values = [(v, float(k == n)) for k, v in enumerate(inputs)]
        for kind, i, j in gates:
            (a, da), (b, db) = values[i], values[j]
            values.append((a + b, da + db) if kind == "add" else (a * b, da * b + a * db))
        found.append(values[-1][1])
    return values[-1][0], tuple(found)
""",
        "the given lines, mended": """
def debug_fork(inputs, gates):
    values = list(inputs)
    for kind, i, j in gates:
        values.append(values[i] + values[j] if kind == "add" else values[i] * values[j])
    slopes = [0.0] * len(values)
    slopes[-1] = 1.0
    for k in range(len(gates) - 1, -1, -1):
        kind, i, j = gates[k]
        arrived = slopes[len(inputs) + k]
        if kind == "add":
            slopes[i] = slopes[i] + arrived
            slopes[j] = slopes[j] + arrived
        else:
            slopes[i] = slopes[i] + values[j] * arrived
            slopes[j] = slopes[j] + values[i] * arrived
    return values[-1], slopes[: len(inputs)]
""",
        "who asks each value who uses it": """
def debug_fork(inputs, gates):
    values = list(inputs)
    for kind, i, j in gates:
        values.append(values[i] + values[j] if kind == "add" else values[i] * values[j])
    known = {len(values) - 1: 1.0}

    def slope(at):
        if at not in known:
            known[at] = 0.0
            for k, (kind, i, j) in enumerate(gates):
                for mine, other in ((i, j), (j, i)):
                    if mine == at:
                        known[at] += slope(len(inputs) + k) * (1 if kind == "add" else values[other])
        return known[at]

    return values[-1], [slope(at) for at in range(len(inputs))]
""",
    },
    "sigmoid": {
        "logaddexp": SIGMOID,
        "of the course": """
def sigmoid(x):
    pos_mask = x >= 0
    neg_mask = x < 0
    z = np.zeros_like(x)
    z[pos_mask] = np.exp(-x[pos_mask])
    z[neg_mask] = np.exp(x[neg_mask])
    top = np.ones_like(x)
    top[neg_mask] = z[neg_mask]
    return top / (1 + z)
""",
        "entry by entry": """
import math

def one(v):
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))

def sigmoid(x):
    return np.array([one(float(v)) for v in np.ravel(x)]).reshape(x.shape)
""",
        "piecewise with where": """
def sigmoid(x):
    t = np.exp(np.minimum(x, -x))
    return np.where(x < 0, t / (1 + t), 1 / (1 + t))
""",
        "indexing, a copy and a print": """
def sigmoid(x):
    out = np.array(x, copy=True)
    flat = out.reshape(-1)
    big = flat >= 0
    flat[big] = 1 / (1 + np.exp(-flat[big]))
    powers = np.exp(flat[~big])
    flat[~big] = powers / (powers + 1)
    print(out.shape)
    return out
""",
        "cut off where nothing is left": """
def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(x, -709 if x.dtype == np.float64 else -88, None)))
""",
    },
    "sigmoid_backward": {
        "gates": """
def sigmoid_backward(out, dout):
    dx = (out - out ** 2) * dout
    return dx
""",
        "a list and a print": """
def sigmoid_backward(out, dout):
    print(out.shape)
    return np.einsum("...,...,...->...", out, 1 - out, dout)
""",
        "loops over everything": """
def sigmoid_backward(out, dout):
    dx = np.empty(out.shape)
    for at in np.ndindex(out.shape):
        dx[at] = dout[at] * out[at] * (1.0 - out[at])
    return dx
""",
        "gate by gate": """
def sigmoid_backward(out, dout):
    with np.errstate(all="ignore"):
        q = np.where(out > 0, 1 / out, 1)
    dq = -dout * out ** 2
    dn = dq * (q - 1)
    return np.negative(dn)
""",
    },
    "staged_expression": {
        "of the course": SIGMOID
        + """
def staged_expression(x, y):
    sigy = 1.0 / (1 + np.exp(-y))
    num = x + sigy
    sigx = 1.0 / (1 + np.exp(-x))
    xpy = x + y
    xpysqr = xpy**2
    den = sigx + xpysqr
    invden = 1.0 / den
    f = num * invden
    dnum = invden
    dinvden = num
    dden = (-1.0 / (den**2)) * dinvden
    dsigx = (1) * dden
    dxpysqr = (1) * dden
    dxpy = (2 * xpy) * dxpysqr
    dx = np.array((1) * dxpy)
    dy = np.array((1) * dxpy)
    dx += ((1 - sigx) * sigx) * dsigx
    dx += (1) * dnum
    dsigy = (1) * dnum
    dy += ((1 - sigy) * sigy) * dsigy
    return f, dx, dy
""",
        "the quotient rule": SIGMOID
        + """
def staged_expression(x, y):
    a, b = sigmoid(x), sigmoid(y)
    num, den = x + b, a + (x + y) ** 2
    dx = (den - num * (a * (1 - a) + 2 * (x + y))) / den**2
    dy = (b * (1 - b) * den - num * 2 * (x + y)) / den**2
    return [num / den, dx, dy]
""",
        "loops of numbers": """
import math

def s(v):
    return 1 / (1 + math.exp(-v))

def staged_expression(x, y):
    f, dx, dy = np.zeros(x.shape), np.zeros(x.shape), np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        a, b = float(x[at]), float(y[at])
        top, bottom = a + s(b), s(a) + (a + b) ** 2
        f[at] = top / bottom
        dbottom = -top / bottom**2
        dx[at] = 1 / bottom + dbottom * (s(a) * s(-a) + 2 * (a + b))
        dy[at] = s(b) * s(-b) / bottom + dbottom * 2 * (a + b)
    return f, dx, dy
""",
        "dual numbers, one input at a time": """
def both(x, dx, y, dy):
    sx, sy = 1 / (1 + np.exp(-x)), 1 / (1 + np.exp(-y))
    top, dtop = x + sy, dx + sy * (1 - sy) * dy
    low, dlow = sx + (x + y) ** 2, sx * (1 - sx) * dx + 2 * (x + y) * (dx + dy)
    return top / low, (dtop * low - top * dlow) / low**2

def staged_expression(x, y):
    one, zero = np.ones_like(x), np.zeros_like(x)
    f, dx = both(x, one, y, zero)
    return f, dx, both(x, zero, y, one)[1]
""",
    },
    "affine_forward": {
        "of the course": """
def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache
""",
        "a cache of its own": """
def affine_forward(x, w, b):
    rows = np.reshape(x, (len(x), w.shape[0]))
    return np.einsum("nd,dh->nh", rows, w) + b[None, :], {"x": x, "w": w}
""",
        "loops": """
def affine_forward(x, w, b):
    out = np.zeros((x.shape[0], w.shape[1]))
    for i in range(len(x)):
        for h in range(w.shape[1]):
            out[i, h] = np.sum(x[i].ravel() * w[:, h]) + b[h]
    return out, (x, w, b)
""",
        "ones beside the examples": """
def affine_forward(x, w, b):
    rows = x.reshape((x.shape[0], int(np.prod(x.shape[1:]))))
    longer = np.hstack([rows, np.ones((len(rows), 1), dtype=rows.dtype)])
    return longer @ np.vstack([w, b]), [x, w, b]
""",
        "tensordot, and a class as the cache": """
class Cache:
    def __init__(self, x, w, b):
        self.x, self.w, self.b = x, w, b

def affine_forward(x, w, b):
    print(x.shape)
    folded = w.reshape(*x.shape[1:], -1)
    return np.tensordot(x, folded, axes=x.ndim - 1) + b, Cache(x, w, b)
""",
    },
    "affine_backward": {
        "of the course": """
def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db
""",
        "einsum": """
def affine_backward(dout, cache):
    x, w = cache[0], cache[1]
    rows = x.reshape(len(x), -1)
    dw = np.einsum("nd,nh->dh", rows, dout)
    return np.einsum("nh,dh->nd", dout, w).reshape(x.shape), dw, np.ones(len(dout), dout.dtype) @ dout
""",
        "example by example": """
def affine_backward(dout, cache):
    x, w, b = cache
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
    for i in range(len(x)):
        dx[i] = (w @ dout[i]).reshape(x[i].shape)
        dw += np.outer(x[i], dout[i])
        db += dout[i]
    return dx, dw, db
""",
        "with a cache of its own": """
class Kept:
    pass

def affine_forward(x, w, b):
    kept = Kept()
    kept.rows, kept.shape, kept.w = x.reshape(len(x), -1), x.shape, w
    return kept.rows @ w + b, kept

def affine_backward(dout, cache):
    return (dout @ cache.w.T).reshape(cache.shape), cache.rows.T @ dout, dout.sum(0)
""",
        "ones beside the examples": """
def affine_backward(dout, cache):
    x, w, b = cache
    rows = np.column_stack([x.reshape(len(x), -1), np.ones(len(x), x.dtype)])
    both = np.dot(rows.T, dout)
    return np.reshape(np.dot(dout, w.T), x.shape), both[:-1], both[-1]
""",
    },
    "relu_forward": {
        "of the course": "def relu_forward(x):\n    out = np.maximum(0, x)\n    return out, x\n",
        "a product, and a mask as the cache": "def relu_forward(x):\n    return x * (x > 0), x > 0\n",
        "where": "def relu_forward(x):\n    return np.where(x >= 0, x, 0), x.copy()\n",
        "a copy with zeros, and a shut mask": """
def relu_forward(x):
    mask = x <= 0
    out = x.copy()
    out[mask] = 0
    return out, mask
""",
        "entry by entry": """
def relu_forward(x):
    out = np.array([max(0.0, v) for v in x.ravel().tolist()], dtype=x.dtype).reshape(x.shape)
    return out, out
""",
        "half of a sum": "def relu_forward(x):\n    return [(abs(x) + x) / 2, x]\n",
    },
    "relu_backward": {
        "of the course": """
def relu_backward(dout, cache):
    x = cache
    dx = dout * (x > 0)
    return dx
""",
        "a copy": """
def relu_backward(dout, cache):
    dx = np.array(dout, copy=True)
    dx[cache <= 0] = 0
    return dx
""",
        "with a mask as the cache": """
def relu_forward(x):
    return np.maximum(x, 0), x > 0

def relu_backward(dout, cache):
    return np.where(cache, dout, 0)
""",
        "a shut mask as the cache, as in a book on layers": """
def relu_forward(x):
    mask = x <= 0
    out = x.copy()
    out[mask] = 0
    return out, mask

def relu_backward(dout, cache):
    dx = dout.copy()
    dx[cache] = 0
    return dx
""",
        "heaviside": """
def relu_backward(dout, cache):
    return np.heaviside(cache, 0).astype(dout.dtype) * dout
""",
        "loops": """
def relu_backward(dout, cache):
    dx = np.zeros(dout.shape)
    for at, x in np.ndenumerate(cache):
        dx[at] = float(dout[at]) if x > 0 else 0.0
    return dx
""",
    },
    "softmax_loss": {
        "of the course": """
def softmax_loss(x, y):
    shifted_logits = x - np.max(x, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted_logits), axis=1, keepdims=True)
    log_probs = shifted_logits - np.log(Z)
    probs = np.exp(log_probs)
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
""",
        "row by row": """
import math

def softmax_loss(x, y):
    loss, dx = 0.0, np.zeros(x.shape)
    for i, row in enumerate(x):
        top = max(row)
        powers = [math.exp(v - top) for v in row]
        loss += (math.log(sum(powers)) + top - row[y[i]]) / len(x)
        for j, power in enumerate(powers):
            dx[i, j] = (power / sum(powers) - (j == y[i])) / len(x)
    return loss, dx
""",
        "one-hot and a 0-d loss": """
def softmax_loss(x, y):
    hot = np.eye(x.shape[1], dtype=x.dtype)[y]
    p = np.exp(x - x.max(1, keepdims=True))
    p = p / p.sum(1, keepdims=True)
    return np.array(-np.log((p * hot).sum(1)).mean()), (p - hot) / len(x)
""",
        "log-sum-exp, and one row at a time back": """
def lse(row):
    top = row.max()
    return top + np.log(np.exp(row - top).sum())

def softmax_loss(x, y):
    total = np.array([lse(row) for row in x])
    picked = np.take_along_axis(x, y[:, None], axis=1)[:, 0]
    dx = np.exp(x - total[:, None])
    np.subtract.at(dx, (np.arange(len(x)), y), 1.0)
    return np.mean(total - picked), dx / len(y)
""",
        "np.matrix": """
def softmax_loss(x, y):
    S = np.matrix(x)
    E = np.exp(S - S.max(axis=1))
    P = E / E.sum(axis=1)
    rows = range(len(y))
    loss = -np.log(P[rows, y]).sum() / len(y)
    P[rows, y] -= 1
    return loss, P / len(y)
""",
    },
    "svm_loss": {
        "of the course": """
def svm_loss(x, y):
    N = x.shape[0]
    correct_class_scores = x[np.arange(N), y]
    margins = np.maximum(0, x - correct_class_scores[:, np.newaxis] + 1.0)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    num_pos = np.sum(margins > 0, axis=1)
    dx = np.zeros_like(x)
    dx[margins > 0] = 1
    dx[np.arange(N), y] -= num_pos
    dx /= N
    return loss, dx
""",
        "loops, >=": """
def svm_loss(x, y):
    loss, dx = 0.0, np.zeros(x.shape)
    for i in range(len(x)):
        for j in range(x.shape[1]):
            margin = x[i, j] - x[i, y[i]] + 1
            if j != y[i] and margin >= 0:
                loss += margin / len(x)
                dx[i, j] += 1 / len(x)
                dx[i, y[i]] -= 1 / len(x)
    return loss, dx
""",
        "one-hot": """
def svm_loss(x, y):
    hot = np.eye(x.shape[1], dtype=bool)[y]
    margins = np.where(hot, 0, np.maximum(0, x - x[hot][:, None] + 1))
    open_ = (margins > 0).astype(float)
    dx = open_ - hot * open_.sum(axis=1, keepdims=True)
    return np.float64(margins.sum() / len(x)), dx / len(x)
""",
        "example by example, with a helper": """
def one(scores, label):
    margins = scores - scores[label] + 1
    margins = np.delete(margins, label)
    counts = (margins > 0) * 1.0
    return margins[margins > 0].sum(), np.insert(counts, label, -counts.sum())

def svm_loss(x, y):
    pairs = [one(row, label) for row, label in zip(x, y)]
    return np.mean([p[0] for p in pairs]), np.array([p[1] for p in pairs]) / len(pairs)
""",
        "transposed inside": """
def svm_loss(x, y):
    S = x.T
    n = S.shape[1]
    right = S[y, np.arange(n)]
    m = np.clip(S - right + 1, 0, None)
    loss = (m.sum() - n) / n
    g = np.sign(m)
    g[y, np.arange(n)] = 0
    g[y, np.arange(n)] = -g.sum(axis=0)
    return loss, (g / n).T
""",
    },
    "Value": {
        "closures, as in micrograd": MICROGRAD,
        "functions back, ready when all users have paid": ITERATIVE,
        "a tape": TAPE,
        "lists, and the order by depth": FORWARD_LISTS,
    },
    "TwoLayerNet": {
        "of the course": COURSE,
        "of layers, with momentum": LAYERED,
        "float32 inside": FLOAT32,
        "example by example": LOOPS,
    },
    **{name: {style: SYMPY + text for style, text in each.items()} for name, each in DERIVED.items()},
    **TOLD,
}
