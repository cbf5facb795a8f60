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
    "float32 inside, a row at a time": """
def linear_scores(X, W, b):
    S = np.zeros((len(X), len(b)), dtype=X.dtype)
    for i in range(len(X)):
        for j in range(len(b)):
            S[i, j] = np.dot(X[i], W[:, j]) + b[j]
    return S
""",
    "float32 throughout": """
def linear_scores(X, W, b):
    return X.astype(np.float32) @ W.astype(np.float32) + b.astype(np.float32)
""",
    "products summed by hand, no @": """
def linear_scores(X, W, b):
    def row(x):
        return (x[:, np.newaxis] * W).sum(axis=0) + b

    return np.array([row(x) for x in X])
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
    "np.matrix, a column of labels flattened": """
def predict(X, W):
    return np.asarray((np.matrix(X) * np.matrix(W)).argmax(axis=1)).ravel()
""",
    "softmax first": """
def predict(X, W):
    S = X @ W
    S = S - S.max(axis=1, keepdims=True)
    P = np.exp(S)
    P /= P.sum(axis=1, keepdims=True)
    return np.argmax(P, axis=1)
""",
    "the highest, then its first place": """
def predict(X, W):
    S = np.einsum("nd,dc->nc", X, W)
    best = S.max(axis=1, keepdims=True)
    return np.where(S == best, np.arange(S.shape[1]), S.shape[1]).min(axis=1)
""",
    "one-element arrays put into floats": """
def predict(X, W):
    y = np.zeros(len(X))
    for i in range(len(X)):
        y[i] = np.argmax(X[i : i + 1] @ W, axis=1)[:1].item()
    return y
""",
    "labels in a dictionary, one cell each": """
def predict(X, W):
    labels = {}
    for i in range(X.shape[0]):
        scores = [np.sum(X[i] * W[:, c]) for c in range(W.shape[1])]
        labels[i] = scores.index(max(scores))
    return np.array([labels[i] for i in sorted(labels)])
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
    "np.matrix": """
def bias_trick(X, W, b):
    return np.matrix(np.column_stack((X, np.ones(len(X))))), np.matrix(np.vstack((W, b)))
""",
    "float32 throughout": """
def bias_trick(X, W, b):
    X1 = np.ones((X.shape[0], X.shape[1] + 1), dtype=np.float32)
    X1[:, :-1] = X
    return X1, np.concatenate([W, b.reshape(1, -1)]).astype(np.float32)
""",
    "lists of rows": """
def bias_trick(X, W, b):
    print("folding", X.shape)
    return [list(x) + [1.0] for x in X.tolist()], W.tolist() + [b.tolist()]
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
    "the bias told by the number of rows": """
def template_image(W, c, shape):
    D = np.zeros(shape).size
    template = W[:-1, c] if W.shape[0] == D + 1 else W[:, c]
    spread = np.ptp(template)
    if spread < 1e-300:
        return np.full(shape, 255 / 2)
    return ((template - template.min()) * (255.0 / spread)).reshape(*shape)
""",
    "einsum picks the column, nan is replaced": """
def template_image(W, c, shape):
    pick = np.eye(W.shape[1])[c]
    t = np.einsum("dc,c->d", W, pick)[: int(np.prod(shape))]
    with np.errstate(all="ignore"):
        image = 255 * (t - t.min()) / (t.max() - t.min())
    return np.where(np.isnan(image), 127.5, image).reshape(shape)
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
    "a dictionary of rows and a helper": """
def squared(v):
    return float(np.dot(v, v))

def nearest_mean_classifier(X, y):
    rows = {}
    for x, label in zip(X, y):
        rows.setdefault(int(label), []).append(x)
    W = np.empty((X.shape[1] + 1, len(rows)))
    for c in sorted(rows):
        mean = np.mean(rows[c], axis=0)
        W[:, c] = np.append(mean, -squared(mean) / 2)
    return W
""",
    "float32 inside": """
def nearest_mean_classifier(X, y):
    C = int(np.max(y)) + 1
    means = np.array([X[y == c].sum(0) / np.sum(y == c) for c in range(C)], dtype=X.dtype)
    return np.hstack((means, -0.5 * np.square(means).sum(1, keepdims=True))).T
""",
    "float32 throughout": """
def nearest_mean_classifier(X, y):
    W = np.zeros((X.shape[1] + 1, y.max() + 1), dtype=np.float32)
    for c in range(W.shape[1]):
        W[:-1, c] = X[y == c].mean(axis=0)
        W[-1, c] = -0.5 * np.sum(W[:-1, c] ** 2)
    return W
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
    "a sum over a count, and a matrix of copies": """
def center(X_train, X_test):
    mean = np.sum(X_train, axis=0) / X_train.shape[0]
    return X_train - np.tile(mean, (len(X_train), 1)), X_test - np.tile(mean, (len(X_test), 1))
""",
    "float32 throughout": """
def center(X_train, X_test):
    mean = X_train.mean(axis=0)
    return (X_train - mean).astype(np.float32), (X_test - mean).astype(np.float32)
""",
    "a product with ones": """
def center(X_train, X_test):
    N = len(X_train)
    H = np.eye(N) - np.full((N, N), 1 / N)
    mean = np.full(N, 1 / N) @ X_train
    return H @ X_train, np.subtract(X_test, mean)
""",
    "np.matrix": """
def center(X_train, X_test):
    m = np.matrix(X_train, dtype=float).mean(axis=0)
    return np.matrix(X_train) - m, np.matrix(X_test) - m
""",
}

BOUNDARY = {
    "expanded": """
def derive_boundary(x_0, w_a, w_c, b_a, b_c):
    return (x_0 * w_c[0] - x_0 * w_a[0] + b_c - b_a) / (w_a[1] - w_c[1])
""",
    "the other class first": """
def derive_boundary(x_0, w_a, w_c, b_a, b_c):
    slope, rise = w_c[1] - w_a[1], w_a[0] - w_c[0]
    return rise / slope * x_0 + (b_a - b_c) * slope ** -1
""",
    "solved by sympy": """
import sympy as sp

def derive_boundary(x_0, w_a, w_c, b_a, b_c):
    x_1 = sp.Symbol("x_1", real=True)
    s_a = x_0 * w_a[0] + x_1 * w_a[1] + b_a
    s_c = x_0 * w_c[0] + x_1 * w_c[1] + b_c
    return sp.solve(sp.Eq(s_a, s_c), x_1)[0]
""",
    "a point and a direction": """
from sympy import Matrix

def derive_boundary(x_0, w_a, w_c, b_a, b_c):
    w = Matrix(w_a) - Matrix(w_c)
    gap = w.dot(Matrix([x_0, 0])) + b_a - b_c
    return 0 - gap / w[1]
""",
}

TEST_MEAN = {
    "as few changes as can be": """
def debug_test_mean(X_train, y_train, X_test):
    Z_train = X_train - X_train.mean(axis=0)
    Z_test = X_test - X_train.mean(axis=0)
    classes = range(y_train.max() + 1)
    means = np.stack([Z_train[y_train == c].mean(axis=0) for c in classes], axis=1)
    bias = -(means**2).sum(axis=0) / 2
    return Z_test @ means + bias
""",
    "the bias on the spot, one mean with a name": """
def debug_test_mean(X_train, y_train, X_test):
    mean = np.mean(X_train, 0)
    columns = []
    for c in range(max(y_train) + 1):
        m = X_train[y_train == c].mean(0) - mean
        columns.append((X_test - mean).dot(m) - 0.5 * m.dot(m))
    return np.array(columns).T
""",
    "through squared distances": """
def debug_test_mean(X_train, y_train, X_test):
    Z = X_test - X_train.mean(axis=0)
    M = np.array([X_train[y_train == c].mean(axis=0) for c in np.unique(y_train)]) - X_train.mean(axis=0)
    distances = ((Z[:, None] - M) ** 2).sum(axis=2)
    return ((Z**2).sum(axis=1, keepdims=True) - distances) / 2
""",
}

FOUR_PIXELS = {
    "a list": """
def predict_four_pixels():
    return [3.7, 5.5, 4.2]
""",
    "an array, worked out": """
def predict_four_pixels():
    x = np.array([12, 40, 0, 25])
    W = np.array([[0.5, -1.0, 0.0], [-0.2, 0.3, 0.25], [2.0, 1.5, -3.0], [0.1, 0.4, -0.3]])
    return x @ W + np.array([3.2, -4.5, 1.7])
""",
}

FEW_EXAMPLES = {
    "a list of rounded shares": """
def measure_few_examples():
    return [0.593, 0.853, 0.893]
""",
    "an array": """
def measure_few_examples():
    return np.round(np.array([0.593, 0.853, 0.893]), 3)
""",
}

STYLES = {
    "linear_scores": LINEAR_SCORES,
    "predict": PREDICT,
    "bias_trick": BIAS_TRICK,
    "template_image": TEMPLATE_IMAGE,
    "nearest_mean_classifier": NEAREST_MEAN_CLASSIFIER,
    "center": CENTER,
    "derive_boundary": BOUNDARY,
    "debug_test_mean": TEST_MEAN,
    "predict_four_pixels": FOUR_PIXELS,
    "measure_few_examples": FEW_EXAMPLES,
}
