"""Right answers to chapter 2 in many styles: each gets full marks. All start after ``import numpy as np``."""

LINEAR_SCORES = {
    "three loops": """
def linear_scores(X, W, b):
    S = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            total = float(b[j])
            for d in range(X.shape[1]):
                total += X[i, d] * W[d, j]
            S[i, j] = total
    return S
""",
    "pure Python, a list of lists": """
def linear_scores(X, W, b):
    print("scores")
    return [[float(sum(x * w for x, w in zip(row, col)) + bias) for col, bias in zip(W.T, b)] for row in X]
""",
    "einsum": """
def linear_scores(X, W, b):
    return np.einsum("nd,dc->nc", X, W) + b.reshape(1, -1)
""",
    "the bias trick": """
def linear_scores(X, W, b):
    return np.c_[X, np.ones(len(X))] @ np.r_[W, [b]]
""",
    "np.matrix": """
def linear_scores(X, W, b):
    return np.matrix(X) * np.matrix(W) + b
""",
    "the other layout, turned back": """
def linear_scores(X, W, b):
    return (W.T @ X.T + b[:, None]).T
""",
}

PREDICT = {
    "a loop": """
def predict(X, W):
    labels = []
    for x in X:
        s = x @ W
        best = 0
        for j in range(1, len(s)):
            if s[j] > s[best]:
                best = j
        labels.append(best)
    return labels
""",
    "float labels": """
def predict(X, W):
    y = np.zeros(X.shape[0])
    for i in range(X.shape[0]):
        y[i] = np.argmax(X[i].dot(W))
    return y
""",
    "a stable sort": """
def predict(X, W):
    return np.argsort(-(X @ W), axis=1, kind="stable")[:, 0]
""",
    "small integers": """
def predict(X, W):
    return np.argmax(np.dot(X, W), -1).astype(np.int32)
""",
}

BIAS_TRICK = {
    "concatenate": """
def bias_trick(X, W, b):
    ones = np.ones((X.shape[0], 1), dtype=X.dtype)
    return np.concatenate([X, ones], axis=1), np.concatenate([W, b[np.newaxis]], axis=0)
""",
    "a list of two, filled": """
def bias_trick(X, W, b):
    X1 = np.ones((X.shape[0], X.shape[1] + 1))
    X1[:, :-1] = X
    W1 = np.empty((W.shape[0] + 1, W.shape[1]))
    W1[:-1], W1[-1] = W, b
    return [X1, W1]
""",
    "pad and r_": """
def bias_trick(X, W, b):
    return np.pad(X, ((0, 0), (0, 1)), constant_values=1), np.r_[W, b.reshape(1, -1)]
""",
    "append": """
def bias_trick(X, W, b):
    return np.append(X, [[1]] * len(X), axis=1), np.append(W, [b], axis=0)
""",
}

TEMPLATE_IMAGE = {
    "of the course": """
def template_image(W, c, shape):
    w = W[: np.prod(shape), c].reshape(shape)
    w_min, w_max = np.min(w), np.max(w)
    if w_max - w_min == 0:
        return 127.5 * np.ones(shape)
    return 255.0 * (w.squeeze() - w_min).reshape(shape) / (w_max - w_min)
""",
    "interp": """
def template_image(W, c, shape):
    n = 1
    for side in shape:
        n *= side
    t = np.array(W)[:n, c]
    if np.ptp(t) == 0:
        return np.full(shape, 127.5)
    return np.interp(t, (t.min(), t.max()), (0, 255)).reshape(shape)
""",
    "a copy changed in place": """
def template_image(W, c, shape):
    t = W[:int(np.prod(shape)), c].copy()
    if (t == t[0]).all():
        t[:] = 127.5
    else:
        t -= t.min()
        t /= t.max()
        t *= 255
    return t.reshape(shape)
""",
    "a list of numbers in Python": """
def template_image(W, c, shape):
    n = int(np.prod(shape))
    t = [float(W[d, c]) for d in range(n)]
    low, high = min(t), max(t)
    out = [127.5 if low == high else (w - low) / (high - low) * 255 for w in t]
    return np.array(out).reshape(shape)
""",
}

NEAREST_MEAN_CLASSIFIER = {
    "one-hot": """
def nearest_mean_classifier(X, y):
    Y = np.eye(int(y.max()) + 1)[y]
    M = X.T @ Y / Y.sum(axis=0)
    return np.vstack([M, -0.5 * (M * M).sum(axis=0)])
""",
    "loops in Python": """
def nearest_mean_classifier(X, y):
    C = max(y) + 1
    columns = []
    for c in range(C):
        rows = [X[i] for i in range(len(X)) if y[i] == c]
        mean = sum(rows) / len(rows)
        columns.append(list(mean) + [-sum(m ** 2 for m in mean) / 2])
    return np.array(columns).T
""",
    "unique and norm": """
def nearest_mean_classifier(X, y):
    means = np.array([np.mean(X[np.where(y == c)], axis=0) for c in np.unique(y)])
    return np.c_[means, -np.linalg.norm(means, axis=1) ** 2 / 2].T
""",
    "add.at": """
def nearest_mean_classifier(X, y):
    C = y.max() + 1
    sums = np.zeros((C, X.shape[1]))
    np.add.at(sums, y, X)
    M = sums / np.bincount(y)[:, None]
    return np.concatenate([M.T, -np.einsum("cd,cd->c", M, M)[None] / 2])
""",
}

CENTER = {
    "of the course": """
def center(X_train, X_test):
    mean_image = np.mean(X_train, axis=0)
    X_train = X_train.astype(float)
    X_test = X_test.astype(float)
    X_train -= mean_image
    X_test -= mean_image
    return X_train, X_test
""",
    "a loop over columns": """
def center(X_train, X_test):
    Z, T = np.array(X_train, float), np.array(X_test, float)
    for d in range(Z.shape[1]):
        m = sum(float(v) for v in X_train[:, d]) / len(X_train)
        Z[:, d] -= m
        T[:, d] -= m
    return [Z, T]
""",
    "both at once": """
def center(X_train, X_test):
    both = np.vstack([X_train, X_test]) - X_train.mean(0, keepdims=True)
    return both[: len(X_train)], both[len(X_train) :]
""",
    "np.matrix": """
def center(X_train, X_test):
    m = np.matrix(X_train, dtype=float).mean(axis=0)
    return np.matrix(X_train) - m, np.matrix(X_test) - m
""",
}

STYLES = {
    "linear_scores": LINEAR_SCORES,
    "predict": PREDICT,
    "bias_trick": BIAS_TRICK,
    "template_image": TEMPLATE_IMAGE,
    "nearest_mean_classifier": NEAREST_MEAN_CLASSIFIER,
    "center": CENTER,
}
