"""Right answers to chapter 5 in many styles: each gets full marks. All start after ``import numpy as np``."""

FULL_LOSS = {
    "plain": """
def full_loss(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    value, gradient = penalty(W, reg)
    return loss + value, dW + gradient
""",
    "indices, the penalty first, and a list": """
def full_loss(data_loss, penalty, W, X, y, reg):
    second = penalty(W, reg)
    first = data_loss(W, X, y)
    print(first[0], second[0])
    return [first[0] + second[0], np.add(first[1], second[1])]
""",
    "a loop over the parts": """
def full_loss(data_loss, penalty, W, X, y, reg):
    total, slope = 0.0, np.zeros_like(W)
    for value, gradient in (data_loss(W, X, y), penalty(W, reg)):
        total += value
        slope += gradient
    return np.float64(total), slope
""",
    "zip and a 0-d array": """
def full_loss(data_loss, penalty, W, X, y, reg):
    loss, dW = (a + b for a, b in zip(data_loss(W, X, y), penalty(W, reg)))
    return np.array(loss), dW
""",
    "a helper, a list of arrays and a sum": """
def both(*pairs):
    return [sum(parts) for parts in zip(*pairs)]

def full_loss(data_loss, penalty, W, X, y, reg):
    print("reg", reg)
    loss, dW = both(data_loss(W.copy(), X, y), penalty(W.copy(), reg))
    return float(loss), np.asarray(dW)
""",
    "the gradient as np.matrix": """
def full_loss(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W, X, y)
    R, dR = penalty(W, reg)
    loss = loss + R
    return loss, np.matrix(dW) + np.matrix(dR)
""",
    "arguments by name": """
def full_loss(data_loss, penalty, W, X, y, reg):
    loss, dW = data_loss(W=W, X=X, y=y)
    value, gradient = penalty(W=W, reg=reg)
    dW = dW + gradient
    return loss + value, dW
""",
}

L2_PENALTY = {
    "loops": """
def l2_penalty(W, reg):
    value = 0
    gradient = np.zeros(W.shape)
    for d in range(W.shape[0]):
        for c in range(W.shape[1]):
            value += reg * W[d, c] ** 2
            gradient[d, c] = reg * 2 * W[d, c]
    return value, gradient
""",
    "the norm, squared": """
def l2_penalty(W, reg):
    return reg * np.linalg.norm(W) ** 2, reg * (W + W)
""",
    "a trace and np.matrix": """
def l2_penalty(W, reg):
    M = np.matrix(W)
    return float(np.trace(M.T * M)) * reg, 2 * reg * M
""",
    "einsum, a 0-d array, a list": """
def l2_penalty(W, reg):
    return [np.array(reg * np.einsum("dc,dc->", W, W)), 2.0 * reg * W]
""",
    "float32 inside": """
def l2_penalty(W, reg):
    reg = W.dtype.type(reg)
    return reg * np.sum(W * W), 2 * reg * W
""",
    "float32 throughout": """
def l2_penalty(W, reg):
    W = W.astype(np.float32)
    return float(reg * np.sum(W * W)), np.float32(2 * reg) * W
""",
    "pure Python over rows": """
def l2_penalty(W, reg):
    value = reg * sum(w * w for row in W.tolist() for w in row)
    return value, np.array([[2 * reg * w for w in row] for row in W.tolist()])
""",
    "a dot product of the flat weights": """
def l2_penalty(W, reg):
    flat = W.ravel()
    return reg * flat.dot(flat), (2 * reg * flat).reshape(W.shape)
""",
    "a copy that grows": """
def l2_penalty(W, reg):
    gradient = W.copy()
    gradient *= reg
    gradient += gradient
    return (gradient * W).sum() / 2, gradient
""",
}

L1_PENALTY = {
    "loops": """
def l1_penalty(W, reg):
    value, gradient = 0.0, np.zeros_like(W)
    for index in np.ndindex(W.shape):
        if W[index] > 0:
            value += reg * W[index]
            gradient[index] = reg
        elif W[index] < 0:
            value -= reg * W[index]
            gradient[index] = -reg
    return value, gradient
""",
    "masks": """
def l1_penalty(W, reg):
    signs = (W > 0).astype(float) - (W < 0)
    return reg * np.sum(W * signs), reg * signs
""",
    "where": """
def l1_penalty(W, reg):
    return reg * np.abs(W).sum(), np.where(W > 0, reg, np.where(W < 0, -reg, 0.0))
""",
    "float32 throughout": """
def l1_penalty(W, reg):
    W = W.astype(np.float32)
    return reg * np.abs(W).sum(), np.float32(reg) * np.sign(W)
""",
    "the greater of w and -w": """
def l1_penalty(W, reg):
    side = np.greater(W, 0).astype(W.dtype) - np.less(W, 0)
    return reg * np.maximum(W, -W).sum(), W.dtype.type(reg) * side
""",
    "the norm of the flat weights, np.matrix": """
def l1_penalty(W, reg):
    return reg * np.linalg.norm(W.ravel(), 1), reg * np.sign(np.matrix(W))
""",
    "W over |W| where it is not 0": """
def l1_penalty(W, reg):
    gradient = np.zeros(W.shape)
    far = W != 0
    gradient[far] = reg * W[far] / np.abs(W[far])
    return np.array(reg * np.einsum("dc,dc->", W, gradient / reg if reg else np.sign(W))), gradient
""",
    "a root of squares": """
def l1_penalty(W, reg):
    size = np.sqrt(W ** 2)
    slope = np.zeros(W.shape)
    np.divide(W, size, out=slope, where=size > 0)
    return float(reg * size.sum()), reg * slope
""",
}

SOFT_THRESHOLD = {
    "two halves": """
def soft_threshold(W, t):
    return np.maximum(W - t, 0) - np.maximum(-W - t, 0)
""",
    "what clipping leaves": """
def soft_threshold(W, t):
    return W - np.clip(W, -t, t)
""",
    "cases": """
def soft_threshold(W, t):
    result = np.zeros(W.shape)
    right, left = W > t, W < -t
    result[right] = W[right] - t
    result[left] = W[left] + t
    return result
""",
    "where, nested": """
def soft_threshold(W, t):
    return np.where(W > t, W - t, np.where(W < -t, W + t, 0.0))
""",
    "float32 throughout": """
def soft_threshold(W, t):
    W = W.astype(np.float32)
    return np.sign(W) * np.maximum(np.abs(W) - np.float32(t), 0)
""",
    "a factor that is never negative": """
def soft_threshold(W, t):
    size = np.abs(W)
    keep = np.where(size > t, 1 - t / np.where(size > 0, size, 1), 0)
    return W * keep
""",
    "flat, in pure Python": """
def move(w, t):
    if w > t:
        return w - t
    return w + t if w < -t else 0.0

def soft_threshold(W, t):
    return np.array([move(w, t) for w in W.flatten()], dtype=W.dtype).reshape(W.shape)
""",
    "a copy changed in place": """
def soft_threshold(W, t):
    V = np.array(W, copy=True)
    sides = np.sign(V)
    V -= t * sides
    V[V * sides < 0] = 0
    return V
""",
    "a loop over the entries": """
def soft_threshold(W, t):
    result = np.empty(W.shape, dtype=float)
    for index, w in np.ndenumerate(W):
        result[index] = 0.0 if abs(w) <= t else w - t if w > 0 else w + t
    return result
""",
}

ELASTIC_NET_PENALTY = {
    "in one go": """
def elastic_net_penalty(W, reg, beta):
    return reg * np.sum(beta * W ** 2 + np.abs(W)), reg * (2 * beta * W + np.sign(W))
""",
    "of its own parts": """
def l2_penalty(W, reg):
    return reg * np.sum(W ** 2), 2 * reg * W

def l1_penalty(W, reg):
    return reg * np.sum(np.abs(W)), reg * np.sign(W)

def elastic_net_penalty(W, reg, beta):
    a, da = l2_penalty(W, reg * beta)
    b, db = l1_penalty(W, reg)
    return a + b, da + db
""",
    "float32 inside": """
def elastic_net_penalty(W, reg, beta):
    reg, beta = W.dtype.type(reg), W.dtype.type(beta)
    squares, sizes = np.einsum("dc,dc->", W, W), np.abs(W).sum()
    return reg * (beta * squares + sizes), 2 * reg * beta * W + reg * np.sign(W)
""",
    "its neighbors, one after the other": """
def l2_penalty(W, reg):
    return reg * np.sum(W ** 2), 2 * reg * W

def l1_penalty(W, reg):
    return reg * np.sum(np.abs(W)), reg * np.sign(W)

def elastic_net_penalty(W, reg, beta):
    value, gradient = l1_penalty(W, reg)
    if beta != 0:
        more, slope = l2_penalty(W, beta * reg)
        value += more
        gradient = gradient + slope
    return value, gradient
""",
    "a list, and np.matrix": """
def elastic_net_penalty(W, reg, beta):
    sides = np.where(W > 0, 1.0, np.where(W < 0, -1.0, 0.0))
    gradient = reg * (beta * (W + W) + sides)
    return [np.array((reg * (beta * W + sides) * W).sum()), np.matrix(gradient)]
""",
    "loops": """
def elastic_net_penalty(W, reg, beta):
    value, gradient = 0.0, []
    for row in W:
        slopes = []
        for w in row:
            value += reg * (beta * w * w + abs(w))
            slopes.append(reg * (2 * beta * w + (w > 0) - (w < 0)))
        gradient.append(slopes)
    return value, np.array(gradient, dtype=float)
""",
}

EQUIVALENT_STRENGTH = {
    "as a power": """
def derive_equivalent_strength(reg, delta, scale):
    return reg * delta * scale ** (-2)
""",
    "in two steps": """
def derive_equivalent_strength(reg, delta, scale):
    longer = delta / scale
    return reg * longer ** 2 / delta
""",
    "numbers of sympy": """
import sympy as sp

def derive_equivalent_strength(reg, delta, scale):
    return sp.Rational(1, 1) * sp.Pow(scale, -2) * sp.exp(sp.log(reg) + sp.log(delta))
""",
    "expanded from the ratio": """
def derive_equivalent_strength(reg, delta, scale):
    import sympy as sp
    c = sp.Symbol("c", positive=True)
    return sp.simplify((reg * c ** 2 / delta).subs(c, delta / scale))
""",
}

FREE_BIAS = {
    "a product with ones": """
def debug_free_bias(W, reg):
    charged = np.ones(W.shape)
    charged[-1] = 0
    weights = W * charged
    return reg * np.sum(weights ** 2), 2 * reg * weights
""",
    "as few changes as can be": """
def debug_free_bias(W, reg):
    weights = W.copy()
    weights[-1] = 0  # the bias goes free
    value = reg * np.sum(weights * weights)
    gradient = 2 * reg * weights
    return value, gradient
""",
    "a row of zeros below": """
def debug_free_bias(W, reg):
    weights = W[:-1]
    gradient = np.vstack([2 * reg * weights, np.zeros((1, W.shape[1]))])
    return float(reg * (weights * weights).sum()), gradient
""",
}

PREFERRED = {
    "a list, ones and zeros, three digits": """
def predict_preferred():
    return [1, 0, 0.333]
""",
    "worked out": """
def predict_preferred():
    a, b = np.array([4, 0]), np.array([3, 2])
    squares = (a ** 2).sum() - (b ** 2).sum()
    sizes = np.abs(b).sum() - np.abs(a).sum()
    return squares > 0, sizes < 0, sizes / squares
""",
    "an array": """
def predict_preferred():
    return np.array([True, False, 1 / 3])
""",
}

ZEROS = {
    "a list": """
def measure_zeros():
    return [0.421, 0.872, 0.492]
""",
    "an array of float32": """
def measure_zeros():
    return np.array([0.421, 0.872, 0.492], dtype=np.float32)
""",
}

STYLES = {
    "full_loss": FULL_LOSS,
    "l2_penalty": L2_PENALTY,
    "l1_penalty": L1_PENALTY,
    "soft_threshold": SOFT_THRESHOLD,
    "elastic_net_penalty": ELASTIC_NET_PENALTY,
    "derive_equivalent_strength": EQUIVALENT_STRENGTH,
    "debug_free_bias": FREE_BIAS,
    "predict_preferred": PREFERRED,
    "measure_zeros": ZEROS,
}
