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
    "a row of zeros below": """
def debug_free_bias(W, reg):
    weights = W[:-1]
    gradient = np.vstack([2 * reg * weights, np.zeros((1, W.shape[1]))])
    return float(reg * (weights * weights).sum()), gradient
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
}
