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
    },
    "relu_forward": {
        "of the course": "def relu_forward(x):\n    out = np.maximum(0, x)\n    return out, x\n",
        "a product, and a mask as the cache": "def relu_forward(x):\n    return x * (x > 0), x > 0\n",
        "where": "def relu_forward(x):\n    return np.where(x >= 0, x, 0), x.copy()\n",
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
    },
    "Value": {"closures, as in micrograd": MICROGRAD},
    "TwoLayerNet": {"of the course": COURSE},
}
