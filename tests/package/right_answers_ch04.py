"""Right answers to chapter 4 in many styles, by exercise. All start after ``import numpy as np``."""

SOFTMAX = {
    "keepdims": """
def softmax(S):
    E = np.exp(S - np.max(S, axis=1, keepdims=True))
    return E / np.sum(E, axis=1, keepdims=True)
""",
    "two loops, pure Python": """
import math

def softmax(S):
    P = []
    for row in S:
        top = max(row)
        powers = [math.exp(s - top) for s in row]
        P.append([power / sum(powers) for power in powers])
    return P
""",
    "transposes, a copy and a print": """
def softmax(S):
    T = S.copy().T
    T -= T.max(0)
    E = np.exp(T)
    print(E.shape)
    return (E / E.sum(0)).T
""",
    "through logarithms": """
def softmax(S):
    top = S.max(1)[:, None]
    return np.exp(S - top - np.log(np.exp(S - top).sum(1))[:, None])
""",
    "np.matrix": """
def softmax(S):
    E = np.matrix(np.exp(S - S.max(axis=1)[:, np.newaxis]))
    return E / E.sum(axis=1)
""",
}

LOG_SUM_EXP = {
    "keepdims and squeeze": """
def log_sum_exp(S):
    m = S.max(axis=1, keepdims=True)
    return (m + np.log(np.exp(S - m).sum(axis=1, keepdims=True))).squeeze(axis=1)
""",
    "a loop": """
def log_sum_exp(S):
    out = np.empty(len(S))
    for i, row in enumerate(S):
        out[i] = row.max() + np.log(np.sum(np.exp(row - row.max())))
    return out
""",
    "logaddexp": """
def log_sum_exp(S):
    return np.logaddexp.reduce(S, axis=1)
""",
    "a list": """
import math

def log_sum_exp(S):
    return [max(row) + math.log(sum(math.exp(s - max(row)) for s in row)) for row in S]
""",
}

KL_DIVERGENCE = {
    "a mask": """
def kl_divergence(p, q):
    mask = p > 0
    if np.any(q[mask] == 0):
        return np.inf
    return (p[mask] * np.log(p[mask] / q[mask])).sum()
""",
    "a loop": """
import math

def kl_divergence(p, q):
    total = 0.0
    for a, b in zip(p, q):
        if a == 0:
            continue
        if b == 0:
            return math.inf
        total += a * math.log(a / b)
    return total
""",
    "warnings silenced, a difference of logarithms": """
def kl_divergence(p, q):
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = p * (np.log(p) - np.log(q))
    return np.where(p == 0, 0, terms).sum()
""",
    "a 0-d array": """
def kl_divergence(p, q):
    with np.errstate(all="ignore"):
        return np.array(np.nansum(np.where(p > 0, p * np.log(p / q), 0.0)))
""",
}

BINARY_CROSS_ENTROPY = {
    "logaddexp": """
def binary_cross_entropy(z, y):
    loss = np.mean(np.logaddexp(0, z) - y * z)
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return loss, (p - y) / len(z)
""",
    "a loop": """
import math

def binary_cross_entropy(z, y):
    loss, dz = 0.0, np.zeros(len(z))
    for i in range(len(z)):
        s = float(z[i])
        if s >= 0:
            p = 1 / (1 + math.exp(-s))
            loss += math.log1p(math.exp(-s)) + (0 if y[i] else s)
        else:
            p = math.exp(s) / (1 + math.exp(s))
            loss += math.log1p(math.exp(s)) - (s if y[i] else 0)
        dz[i] = p - y[i]
    return loss / len(z), dz / len(z)
""",
    "tanh": """
def binary_cross_entropy(z, y):
    p = 0.5 * (1 + np.tanh(z / 2))
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return np.array(loss.mean()), (p - y) / z.shape[0]
""",
    "two classes of softmax": """
def binary_cross_entropy(z, y):
    S = np.stack([np.zeros_like(z), z], axis=1)
    S = S - S.max(axis=1, keepdims=True)
    E = np.exp(S)
    total = E.sum(axis=1)
    rows = range(len(z))
    loss = (np.log(total) - S[rows, y]).mean()
    return [loss, (E[:, 1] / total - y) / len(z)]
""",
}

NAIVE = {
    "of the course": """
def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W, dtype=float)
    num_train, num_classes = X.shape[0], W.shape[1]
    for i in range(num_train):
        f = X[i].dot(W)
        f -= np.max(f)
        p = np.exp(f) / np.sum(np.exp(f))
        with np.errstate(divide="ignore"):
            loss += -np.log(p[y[i]])
        for j in range(num_classes):
            dW[:, j] += p[j] * X[i]
        dW[:, y[i]] -= X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW
""",
    "three loops, pure Python": """
import math

def softmax_loss_naive(W, X, y, reg):
    N, D, C = len(X), len(W), len(W[0])
    loss, dW = 0.0, [[0.0] * C for _ in range(D)]
    for i in range(N):
        s = [sum(float(X[i, d]) * float(W[d, c]) for d in range(D)) for c in range(C)]
        top = max(s)
        powers = [math.exp(v - top) for v in s]
        total = sum(powers)
        loss += (top + math.log(total) - s[y[i]]) / N
        for c in range(C):
            error = powers[c] / total - (c == y[i])
            for d in range(D):
                dW[d][c] += float(X[i, d]) * error / N
    loss += reg * sum(float(w) ** 2 for row in W for w in row)
    return loss, np.array(dW) + 2 * reg * W
""",
    "its own softmax and log_sum_exp": """
def softmax(S):
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

def log_sum_exp(S):
    return np.logaddexp.reduce(S, axis=1)

def softmax_loss_naive(W, X, y, reg):
    loss, dW = reg * (W * W).sum(), 2 * reg * W
    for x, label in zip(X, y):
        s = x @ W
        loss = loss + (log_sum_exp(s[None])[0] - s[label]) / len(X)
        error = softmax(s[None])[0]
        error[label] -= 1
        dW = dW + np.outer(x, error) / len(X)
    return loss, dW
""",
    "no loop": """
def softmax_loss_naive(W, X, y, reg):
    S = X @ W
    S = S - S.max(1, keepdims=True)
    P = np.exp(S)
    P = P / P.sum(1, keepdims=True)
    Y = np.eye(W.shape[1])[y]
    loss = (np.log(np.exp(S).sum(1)) - (S * Y).sum(1)).mean()
    return loss + reg * np.sum(W ** 2), np.matrix(X).T * (P - Y) / len(X) + 2 * reg * W
""",
}

VECTORIZED = {
    "of the course": """
def softmax_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    f = X.dot(W)
    f -= f.max(axis=1).reshape(-1, 1)
    p = np.exp(f) / np.sum(np.exp(f), axis=1).reshape(-1, 1)
    with np.errstate(divide="ignore"):
        loss = np.sum(-np.log(p[np.arange(num_train), y])) / num_train
    p[np.arange(num_train), y] -= 1
    dW = X.T.dot(p) / num_train
    return loss + reg * np.sum(W * W), dW + 2 * reg * W
""",
    "one-hot and einsum": """
def softmax_loss_vectorized(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    Y = np.eye(C)[y]
    S = np.einsum("nd,dc->nc", X, W)
    L = np.logaddexp.reduce(S, axis=1, keepdims=True)
    loss = (L[:, 0] - (S * Y).sum(1)).sum() / N + reg * np.linalg.norm(W) ** 2
    return np.array(loss), np.einsum("nd,nc->dc", X, np.exp(S - L) - Y) / N + 2 * reg * W
""",
    "a boolean mask": """
def softmax_loss_vectorized(W, X, y, reg):
    S = X @ W
    S = S - np.amax(S, axis=1, keepdims=True)
    mask = np.zeros(S.shape, dtype=bool)
    mask[np.arange(len(y)), y] = True
    total = np.exp(S).sum(axis=1)
    loss = 0.0
    loss += np.mean(np.log(total) - S[mask])
    loss += reg * np.sum(np.square(W))
    print("loss", loss)
    dS = np.exp(S) / total[:, None] - mask
    return [loss, np.dot(X.T, dS / len(X)) + 2 * reg * W]
""",
    "float32 inside": """
def softmax_loss_vectorized(W, X, y, reg):
    S = X @ W
    S = S - S.max(axis=1, keepdims=True)
    E = np.exp(S)
    T = E.sum(axis=1, keepdims=True)
    rows = np.arange(len(X))
    loss = np.mean(np.log(T[:, 0]) - S[rows, y]) + W.dtype.type(reg) * np.sum(W * W)
    G = E / T
    G[rows, y] -= 1
    return loss, X.T @ G / len(X) + 2 * W.dtype.type(reg) * W
""",
}

SYMPY = "import sympy as sp\n"
DERIVED = {
    "derive_softmax_jacobian": {
        "sympy's own derivative": """
def derive_softmax_jacobian(s, j, k):
    p = sp.exp(s[j]) / sum(sp.exp(each) for each in s)
    return sp.diff(p, s[k])
""",
        "a product and its exponents": """
def derive_softmax_jacobian(s, j, k):
    Z = sp.Add(*[sp.exp(each) for each in s])
    return sp.exp(s[j] - sp.log(Z)) * (sp.KroneckerDelta(j, k) - sp.exp(s[k] - sp.log(Z)))
""",
        "cases over the square": """
def derive_softmax_jacobian(s, j, k):
    Z = sum(sp.exp(each) for each in s)
    if j == k:
        return sp.exp(s[j]) * (Z - sp.exp(s[j])) / Z**2
    return -sp.exp(s[j] + s[k]) / Z**2
""",
    },
    "derive_score_gradient": {
        "differences of scores": """
def derive_score_gradient(s, y, k):
    return 1 / sum(sp.exp(each - s[k]) for each in s) - (1 if k == y else 0)
""",
        "sympy's own derivative": """
def derive_score_gradient(s, y, k):
    return sp.diff(sp.log(sum(sp.exp(each) for each in s)) - s[y], s[k])
""",
        "over a common denominator": """
def derive_score_gradient(s, y, k):
    powers = [sp.exp(each) for each in s]
    if k == y:
        return -(sum(powers) - powers[k]) / sum(powers)
    return powers[k] / sum(powers)
""",
    },
    "derive_bias_gradient": {
        "a bias and its derivative": """
def derive_bias_gradient(S, y, k):
    b = sp.Symbol("b", real=True)
    total = 0
    for row, label in zip(S, y):
        moved = [score + b if c == k else score for c, score in enumerate(row)]
        total += sp.log(sum(sp.exp(each) for each in moved)) - moved[label]
    return sp.diff(total / len(S), b).subs(b, 0)
""",
        "mean share less the class's frequency": """
def derive_bias_gradient(S, y, k):
    N = sp.Integer(len(S))
    mean_share = sum(1 / sum(sp.exp(each - row[k]) for each in row) for row in S) / N
    return mean_share - sp.Rational(y.count(k), len(y))
""",
        "a loop, expanded": """
def derive_bias_gradient(S, y, k):
    slope = sp.S.Zero
    for i in range(len(S)):
        Z = sum(map(sp.exp, S[i]))
        slope += sp.exp(S[i][k]) / (Z * len(S))
        if y[i] == k:
            slope -= sp.Rational(1, len(S))
    return sp.expand(slope)
""",
    },
    "derive_picture_gradient": {
        "differences of weights": """
def derive_picture_gradient(w, s, y):
    Z = sum(sp.exp(each) for each in s)
    return sum(sp.exp(s[j]) / Z * (w[j] - w[y]) for j in range(len(s)) if j != y)
""",
        "sympy's own derivative": """
def derive_picture_gradient(w, s, y):
    x = sp.Symbol("x", real=True)
    moved = [score + x * weight for score, weight in zip(s, w)]
    return sp.diff(sp.log(sum(sp.exp(each) for each in moved)) - moved[y], x).subs(x, 0)
""",
        "errors times weights": """
def derive_picture_gradient(w, s, y):
    Z = sum(sp.exp(each) for each in s)
    slope = 0
    for j in range(len(s)):
        error = sp.exp(s[j]) / Z
        if j == y:
            error = error - 1
        slope = slope + w[j] * error
    return slope
""",
    },
}

MENDED = {
    "debug_shares": {
        "two lines mended": """
def debug_shares(S):
    shifted = S - S.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    total = powers.sum(axis=-1, keepdims=True)
    return powers / total
""",
        "a row at a time": """
def debug_shares(S):
    shares = np.empty(S.shape)
    for i, row in enumerate(S):
        powers = np.exp(row - max(row))
        shares[i] = powers / powers.sum()
    return shares
""",
    },
    "debug_overflow": {
        "two lines mended": """
def debug_overflow(S, y):
    rows = np.arange(len(y))
    top = S.max(axis=1, keepdims=True)
    shifted = S - top
    losses = -(shifted[rows, y] - np.log(np.sum(np.exp(shifted), axis=1)))
    return losses.mean()
""",
        "logaddexp": """
def debug_overflow(S, y):
    rows = np.arange(len(y))
    losses = np.logaddexp.reduce(S, axis=1) - S[rows, y]
    print(losses)
    return float(np.mean(losses))
""",
        "differences to the true score": """
def debug_overflow(S, y):
    gaps = S - S[np.arange(S.shape[0]), y][:, None]
    top = np.max(gaps, 1)
    return np.mean(top + np.log(np.exp(gaps - top[:, None]).sum(1)))
""",
    },
    "debug_log_probabilities": {
        "one line mended": """
def debug_log_probabilities(S, y):
    rows = np.arange(S.shape[0])
    shifted = S - S.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1))[:, None]
    loss = -log_p[rows, y].mean()
    dS = np.exp(log_p)
    dS[rows, y] -= 1
    return loss, dS / S.shape[0]
""",
        "one-hot": """
def debug_log_probabilities(S, y):
    Y = np.eye(S.shape[1])[y]
    log_p = S - np.logaddexp.reduce(S, axis=1, keepdims=True)
    return [-(log_p * Y).sum() / len(S), (np.exp(log_p) - Y) / len(S)]
""",
    },
}

REPORTED = {
    "predict_base": {
        "a list": """
def predict_base():
    return [0.5 * np.log(10), False, True]
""",
        "rounded, in an array": """
def predict_base():
    return np.array([1.151, 0, 1])
""",
    },
    "predict_first_loss": {
        "three digits": """
def predict_first_loss():
    return 2.30, 1.39, 6.91
""",
        "math, a list": """
import math

def predict_first_loss():
    return [math.log(classes) for classes in (10, 4, 1000)]
""",
        "an array": """
def predict_first_loss():
    return np.log(np.array([10.0, 4.0, 1000.0]))
""",
    },
    "measure_pulls": {
        "a list": """
def measure_pulls():
    return [0.846, 0.906, 0.64]
""",
        "an array, more decimals": """
def measure_pulls():
    return np.array([0.8461, 0.9061, 0.6403])
""",
    },
}

STYLES = {
    "softmax": SOFTMAX,
    "log_sum_exp": LOG_SUM_EXP,
    "kl_divergence": KL_DIVERGENCE,
    "binary_cross_entropy": BINARY_CROSS_ENTROPY,
    "softmax_loss_naive": NAIVE,
    "softmax_loss_vectorized": VECTORIZED,
    **{name: {style: SYMPY + text for style, text in each.items()} for name, each in DERIVED.items()},
    **MENDED,
    **REPORTED,
}
