"""Right answers in many styles, by exercise: each gets full marks. All start after ``import numpy as np``."""

HINGE_LOSS_ONE = {
    "a loop": """
def hinge_loss_one(s, y, delta=1.0):
    total = 0
    for j in range(s.shape[0]):
        if j == y:
            continue
        margin = s[j] - s[y] + delta
        if margin >= 0:
            total += margin
    return total
""",
    "one expression": """
def hinge_loss_one(s, y, delta=1.0):
    return sum(max(0, score - s[y] + delta) for j, score in enumerate(s) if j != y)
""",
    "arrays, less delta": """
def hinge_loss_one(s, y, delta=1.0):
    return np.sum(np.maximum(0, s - s[y] + delta)) - delta
""",
    "a 0-d array, a print and a helper": """
def margins(s, y, delta):
    print("scores", s)
    return np.clip(np.delete(s, y) - s[y] + delta, 0, None)

def hinge_loss_one(s, y, delta=1.0):
    return np.array(margins(s, y, delta).sum())
""",
    "np.matrix": """
def hinge_loss_one(s, y, delta=1.0):
    row = np.matrix(s)
    return float(np.maximum(0, np.delete(row, y) - row[0, y] + delta).sum())
""",
}

L_I_VECTORIZED = {
    "of the course": """
def L_i_vectorized(x, y, W):
    scores = W.dot(x)
    margins = np.maximum(0, scores - scores[y] + 1)
    margins[y] = 0
    loss_i = np.sum(margins)
    return loss_i
""",
    "einsum and a mask": """
def L_i_vectorized(x, y, W):
    s = np.einsum("cd,d->c", W, x)
    wrong = np.arange(len(s)) != y
    return float(np.where(s - s[y] + 1 >= 0, s - s[y] + 1, 0)[wrong].sum())
""",
    "one-hot": """
def L_i_vectorized(x, y, W):
    hot = np.eye(W.shape[0])[y]
    s = W @ x
    m = (s - s @ hot + 1) * (1 - hot)
    return (m * (m > 0)).sum()
""",
    "a column made of x, and np.matrix": """
def L_i_vectorized(x, y, W):
    s = np.asarray(np.matrix(W) * np.matrix(x).T).ravel()
    print(s.shape)
    return np.maximum(0, np.delete(s, y) - s[y] + 1).sum()
""",
    "less one": """
def L_i_vectorized(x, y, W):
    s = x @ W.T
    return np.maximum(0, s - s[y] + 1).sum() - 1.0
""",
}

SVM_LOSS_NAIVE = {
    "of the course": """
def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct_class_score + 1  # note delta = 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i, :].T
                dW[:, y[i]] -= X[i, :].T
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW
""",
    "no loop": """
def svm_loss_naive(W, X, y, reg):
    rows = np.arange(len(X))
    S = X @ W
    M = np.maximum(S - S[rows, y][:, None] + 1, 0)
    M[rows, y] = 0
    V = (M > 0) * 1.0
    V[rows, y] = -V.sum(axis=1)
    return M.sum() / len(X) + reg * np.sum(W * W), X.T @ V / len(X) + 2 * reg * W
""",
    "three loops, pure Python, >=": """
def svm_loss_naive(W, X, y, reg):
    N, D, C = len(X), len(W), len(W[0])
    loss, dW = 0.0, [[0.0] * C for _ in range(D)]
    for i in range(N):
        s = [sum(float(X[i, d]) * float(W[d, c]) for d in range(D)) for c in range(C)]
        for j in range(C):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m >= 0:
                loss += m / N
                for d in range(D):
                    dW[d][j] += float(X[i, d]) / N
                    dW[d][y[i]] -= float(X[i, d]) / N
    loss += reg * sum(float(w) ** 2 for row in W for w in row)
    return loss, np.array(dW) + 2 * reg * W
""",
    "a helper for each example": """
def one(x, W, label):
    margins = np.maximum(0, x @ W - (x @ W)[label] + 1)
    margins[label] = 0
    active = (margins > 0).astype(float)
    active[label] = -active.sum()
    return margins.sum(), np.outer(x, active)

def svm_loss_naive(W, X, y, reg):
    parts = [one(X[i], W, y[i]) for i in range(len(X))]
    loss = np.mean([part[0] for part in parts])
    print("loss", loss)
    return loss + reg * np.sum(W ** 2), np.mean([part[1] for part in parts], axis=0) + 2 * reg * W
""",
    "hinge_loss_one and nudged counts": """
def hinge_loss_one(s, y, delta=1.0):
    return np.maximum(0, np.delete(s, y) - s[y] + delta).sum()

def svm_loss_naive(W, X, y, reg):
    loss, dW = reg * (W * W).sum(), 2 * reg * W
    for x, label in zip(X, y):
        s = x @ W
        loss = loss + hinge_loss_one(s, label) / len(X)
        for j, score in enumerate(s):
            if j != label and score - s[label] + 1 > 0:
                dW[:, j] += x / len(X)
                dW[:, label] -= x / len(X)
    return loss, dW
""",
    "one-hot and einsum, np.matrix": """
def svm_loss_naive(W, X, y, reg):
    Y = np.eye(W.shape[1])[y]
    S = np.einsum("nd,dc->nc", X, W)
    M = (S - (S * Y).sum(1, keepdims=True) + 1) * (1 - Y)
    A = (M > 0) * 1.0
    A = A - Y * A.sum(1, keepdims=True)
    loss = np.matrix(M * (M > 0)).sum() / len(X) + reg * (W * W).sum()
    return loss, np.matrix(X).T * A / len(X) + 2 * reg * W
""",
    "float32 inside": """
def svm_loss_naive(W, X, y, reg):
    dW = np.zeros_like(W)
    loss = W.dtype.type(0)
    for i in range(len(X)):
        s = X[i] @ W
        for j in range(W.shape[1]):
            if j != y[i] and s[j] - s[y[i]] + 1 > 0:
                loss += s[j] - s[y[i]] + 1
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return [loss / len(X) + W.dtype.type(reg) * np.sum(W * W), dW / len(X) + 2 * W.dtype.type(reg) * W]
""",
}

SVM_LOSS_VECTORIZED = {
    "fancy indexing": """
def svm_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    S = X.dot(W)
    M = np.clip(S - S[np.arange(N), y].reshape(-1, 1) + 1, 0, None)
    M[np.arange(N), y] = 0
    loss = np.sum(M) / N + reg * np.sum(W ** 2)
    B = np.where(M > 0, 1.0, 0.0)
    B[np.arange(N), y] -= B.sum(axis=1)
    return loss, X.T.dot(B) / N + 2 * reg * W
""",
    "one-hot and einsum": """
def svm_loss_vectorized(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    Y = np.eye(C)[y]
    S = np.einsum("nd,dc->nc", X, W)
    M = (S - (S * Y).sum(1, keepdims=True) + 1) * (1 - Y)
    A = (M > 0) * 1.0
    A = A - Y * A.sum(1, keepdims=True)
    return (M * (M > 0)).sum() / N + reg * (W * W).sum(), np.einsum("nd,nc->dc", X, A) / N + 2 * reg * W
""",
    "a boolean mask": """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    mask = np.ones_like(S, dtype=bool)
    mask[range(N), y] = False
    M = np.maximum(S - S[~mask][:, np.newaxis] + 1, 0) * mask
    V = (M > 0).astype(float)
    V[~mask] = -V.sum(axis=1)
    dW = np.zeros(W.shape)
    dW += X.T @ V
    dW /= N
    dW += 2 * reg * W
    loss = 0.0
    loss += M.sum() / N
    loss += reg * np.sum(W * W)
    print("loss is", loss)
    return loss, dW
""",
    "at the kink >=": """
def svm_loss_vectorized(W, X, y, reg):
    rows = np.arange(len(X))
    S = X @ W
    raw = S - S[rows, y][:, None] + 1
    raw[rows, y] = 0
    V = (raw >= 0).astype(float)
    V[rows, y] = 0
    V[rows, y] = -V.sum(axis=1)
    return np.maximum(raw, 0).sum() / len(X) + reg * np.sum(W * W), X.T @ V / len(X) + 2 * reg * W
""",
    "np.matrix": """
def svm_loss_vectorized(W, X, y, reg):
    loss, dW = plain(W, X, y, reg)
    return float(loss), np.matrix(dW)
""",
    "a 0-d loss": """
def svm_loss_vectorized(W, X, y, reg):
    loss, dW = plain(W, X, y, reg)
    return np.array(loss), dW
""",
    "a list of two": """
def svm_loss_vectorized(W, X, y, reg):
    loss, dW = plain(np.asarray(W), X, y, reg)
    return [np.float32(loss) if W.dtype == np.float32 else loss, dW]
""",
    "math and keywords": """
def svm_loss_vectorized(W, X, y, reg):
    import math
    loss, dW = plain(X=X, W=W, reg=reg, y=y)
    return math.fsum([loss, 0.0]), dW
""",
}
PLAIN = """
def plain(W, X, y, reg):
    rows = np.arange(len(X))
    S = X @ W
    M = np.maximum(S - S[rows, y][:, None] + 1, 0)
    M[rows, y] = 0
    V = (M > 0).astype(W.dtype)
    V[rows, y] = -V.sum(axis=1)
    return M.sum() / len(X) + reg * np.sum(W * W), X.T @ V / len(X) + 2 * reg * W
"""

SQUARED_SVM_LOSS = {
    "two loops": """
def squared_svm_loss(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        s = X[i] @ W
        for j in range(W.shape[1]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                loss += m ** 2
                dW[:, j] += 2 * m * X[i]
                dW[:, y[i]] -= 2 * m * X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
""",
    "arrays": """
def squared_svm_loss(W, X, y, reg):
    rows = np.arange(len(X))
    S = X @ W
    M = np.maximum(S - S[rows, y][:, None] + 1, 0)
    M[rows, y] = 0
    G = 2 * M / len(X)
    G[rows, y] = -G.sum(axis=1)
    return np.linalg.norm(M) ** 2 / len(X) + reg * np.linalg.norm(W) ** 2, X.T @ G + 2 * reg * W
""",
    "one-hot, einsum, >=": """
def squared_svm_loss(W, X, y, reg):
    Y = np.eye(W.shape[1])[y]
    S = np.einsum("nd,dc->nc", X, W)
    M = (S - np.einsum("nc,nc->n", S, Y)[:, None] + 1) * (1 - Y)
    M = M * (M >= 0)
    G = 2 * (M - Y * M.sum(1, keepdims=True))
    return np.einsum("nc,nc->", M, M) / len(X) + reg * (W ** 2).sum(), X.T @ G / len(X) + 2 * reg * W
""",
    "a loop over classes, prints and a helper": """
def relu(m):
    return np.where(m > 0, m, 0)

def squared_svm_loss(W, X, y, reg):
    S, true = X @ W, (X * W[:, y].T).sum(axis=1)
    loss, dW = reg * np.sum(W * W), 2 * reg * W
    for c in range(W.shape[1]):
        m = relu(S[:, c] - true + 1) * (y != c)
        print(c, m.sum())
        loss = loss + (m ** 2).sum() / len(X)
        dW[:, c] += 2 * m @ X / len(X)
        np.subtract.at(dW.T, y, 2 * m[:, None] * X / len(X))
    return loss, dW
""",
    "np.matrix and a 0-d loss": """
def squared_svm_loss(W, X, y, reg):
    rows = range(len(X))
    S = np.matrix(X) * W
    M = np.maximum(S - S[rows, y].T + 1, 0)
    M[rows, y] = 0
    loss = np.array(np.sum(np.square(M)) / len(X) + reg * np.sum(W * W))
    M[rows, y] = -M.sum(axis=1).T
    return loss, np.matrix(X).T * M * 2 / len(X) + 2 * reg * W
""",
}

SYMPY = "import sympy as sp\n"
DERIVED = {
    "derive_wrong_class_gradient": {
        "a step function": """
def derive_wrong_class_gradient(x_d, s_j, s_y, delta):
    return x_d * sp.Heaviside(s_j - s_y + delta, 0)
""",
        "sympy's own derivative of the maximum": """
def derive_wrong_class_gradient(x_d, s_j, s_y, delta):
    return x_d * sp.diff(sp.Max(0, s_j - s_y + delta), s_j)
""",
        "the chain rule through the weight": """
def derive_wrong_class_gradient(x_d, s_j, s_y, delta):
    w, rest = sp.symbols("w rest", real=True)
    slope_of_score = sp.diff(x_d * w + rest, w)
    open_hinge = sp.Piecewise((0, s_y >= s_j + delta), (1, True))
    return slope_of_score * open_hinge
""",
        "a sign": """
def derive_wrong_class_gradient(x_d, s_j, s_y, delta):
    return x_d * (1 + sp.sign(s_j + delta - s_y)) / 2
""",
    },
    "derive_true_class_gradient": {
        "a loop of pieces": """
def derive_true_class_gradient(x_d, s, y, delta):
    slope = 0
    for j in range(len(s)):
        if j == y:
            continue
        slope += sp.Piecewise((-x_d, s[j] + delta > s[y]), (0, True))
    return slope
""",
        "step functions": """
def derive_true_class_gradient(x_d, s, y, delta):
    wrong = [score for j, score in enumerate(s) if j != y]
    return -sum(sp.Heaviside(score - s[y] + delta, 0) for score in wrong) * x_d
""",
        "sympy's own derivative of the loss": """
def derive_true_class_gradient(x_d, s, y, delta):
    loss = sum(sp.Max(s[j] - s[y] + delta, 0) for j in range(len(s)) if j != y)
    return x_d * sp.diff(loss, s[y])
""",
        "all classes, less the true one's step": """
def derive_true_class_gradient(x_d, s, y, delta):
    steps = [sp.Piecewise((sp.Integer(1), m - s[y] + delta > 0), (sp.Integer(0), True)) for m in s]
    return sp.expand(x_d * (1 - sp.Add(*steps)))
""",
    },
}

MENDED = {
    "debug_accumulator": {
        "two lines mended": """
def debug_accumulator(W, X, y, reg):
    total_loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i] @ W
        true_score = scores[y[i]]
        margins = np.maximum(0, scores - true_score + 1)
        margins[y[i]] = 0
        total_loss += margins.sum()
    return total_loss / X.shape[0] + reg * np.sum(W * W)
""",
        "the index taken away, the sum put into loss": """
def debug_accumulator(W, X, y, reg):
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        true_score = scores
        margins = np.maximum(0, scores - true_score[y[i]] + 1)
        margins[y[i]] = 0
        loss = loss + np.sum(margins)
        print(i, loss)
    return loss / X.shape[0] + reg * np.sum(W ** 2)
""",
        "written anew": """
def debug_accumulator(W, X, y, reg):
    losses = [sum(max(0.0, s - row[k] + 1) for s in row) - 1 for row, k in zip(X @ W, y)]
    return sum(losses) / len(losses) + reg * float((W * W).sum())
""",
    },
    "debug_batch_gradient": {
        "names overwritten": """
def debug_batch_gradient(W, X, y, rows, reg):
    X, y = X[rows], y[rows]
    num_examples = X.shape[0]
    picked = np.arange(num_examples)
    scores = X @ W
    margins = np.maximum(0, scores - scores[picked, y][:, None] + 1)
    margins[picked, y] = 0
    loss = margins.sum() / num_examples + reg * np.sum(W * W)
    counts = (margins > 0).astype(float)
    counts[picked, y] = -counts.sum(axis=1)
    dW = X.T @ counts / num_examples + 2 * reg * W
    return loss, dW
""",
        "each line mended, >= at the kink": """
def debug_batch_gradient(W, X, y, rows, reg):
    X_batch, y_batch = X[rows], y[rows]
    num_examples = len(rows)
    picked = np.arange(num_examples)
    scores = X_batch @ W
    raw = scores - scores[picked, y_batch][:, None] + 1
    margins = np.maximum(0, raw)
    margins[picked, y_batch] = 0
    loss = margins.sum() / num_examples
    loss += reg * np.linalg.norm(W) ** 2
    counts = (raw >= 0).astype(float)
    counts[picked, y_batch] = 0
    counts[picked, y_batch] = -counts.sum(axis=1)
    return [loss, X_batch.T @ counts / num_examples + 2 * reg * W]
""",
        "how often each row was drawn": """
def debug_batch_gradient(W, X, y, rows, reg):
    times = np.bincount(rows, minlength=len(X)) / len(rows)
    picked = np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[picked, y][:, None] + 1)
    margins[picked, y] = 0
    counts = (margins > 0) * times[:, None]
    counts[picked, y] = -counts.sum(axis=1)
    return times @ margins.sum(axis=1) + reg * np.sum(W * W), X.T @ counts + 2 * reg * W
""",
    },
    "debug_columns": {
        "two lines mended": """
def debug_columns(W, X, y):
    num_examples = len(y)
    columns = np.arange(num_examples)
    scores = W @ X
    margins = np.maximum(0, scores - scores[y, columns] + 1)
    margins[y, columns] = 0
    loss = margins.sum() / num_examples
    counts = (margins > 0).astype(float)
    counts[y, columns] = -counts.sum(axis=0)
    dW = (X @ counts.T).T / num_examples
    return loss, dW
""",
        "turned into rows and back": """
def debug_columns(W, X, y):
    rows = np.arange(X.shape[1])
    S = X.T @ W.T
    M = np.maximum(S - S[rows, y][:, None] + 1, 0)
    M[rows, y] = 0
    V = (M > 0) * 1.0
    V[rows, y] -= V.sum(axis=1)
    return M.sum(axis=1).mean(), (X @ V / len(y)).T
""",
        "a loop over the columns": """
def debug_columns(W, X, y):
    N = X.shape[-1]
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(N):
        s = W @ X[:, i]
        for c in range(W.shape[0]):
            m = s[c] - s[y[i]] + 1
            if c != y[i] and m > 0:
                loss += m / N
                dW[c] += X[:, i] / N
                dW[y[i]] -= X[:, i] / N
    return loss, dW
""",
    },
}

REPORTED = {
    "predict_initial_loss": {
        "a list": """
def predict_initial_loss():
    return [9, 15, 49.5]
""",
        "an array, rounded": """
def predict_initial_loss():
    return np.array([9.0, 15.0, 49.5], dtype=np.float32)
""",
        "as it was thought": """
def predict_initial_loss():
    def first(classes, delta):
        return (classes - 1) * delta
    return first(10, 1), first(4, 5), np.float64(first(100, 0.5))
""",
    },
    "predict_true_class_counted": {
        "a list": """
def predict_true_class_counted():
    return [1 / 4, False, True]
""",
        "an array, truths as 0 and 1": """
def predict_true_class_counted():
    return np.array([0.25, 0, 1])
""",
        "numpy's own": """
def predict_true_class_counted():
    return np.float32(0.25), np.bool_(False), np.True_
""",
    },
    "measure_violations": {
        "a list, two decimals": """
def measure_violations():
    return [1, 0.044, 0.754]
""",
        "an array, more decimals": """
def measure_violations():
    return np.array([1.0, 0.0437, 0.7538])
""",
    },
}

STYLES = {
    "hinge_loss_one": HINGE_LOSS_ONE,
    "L_i_vectorized": L_I_VECTORIZED,
    "svm_loss_naive": SVM_LOSS_NAIVE,
    "svm_loss_vectorized": {style: PLAIN + source for style, source in SVM_LOSS_VECTORIZED.items()},
    "squared_svm_loss": SQUARED_SVM_LOSS,
    **{name: {style: SYMPY + text for style, text in each.items()} for name, each in DERIVED.items()},
    **MENDED,
    **REPORTED,
}
