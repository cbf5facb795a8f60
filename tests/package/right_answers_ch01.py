"""Right answers to chapter 1 in many styles, by exercise. All start after ``import numpy as np``."""

L1 = {
    "two loops": """
def l1_distances(X, X_train):
    dists = np.zeros((X.shape[0], X_train.shape[0]))
    for i in range(X.shape[0]):
        for j in range(X_train.shape[0]):
            dists[i, j] = np.sum(np.abs(X[i].astype(float) - X_train[j].astype(float)))
    return dists
""",
    "broadcasting": """
def l1_distances(X, X_train):
    return np.abs(X.astype(np.float64)[:, np.newaxis, :] - X_train.astype(np.float64)).sum(-1)
""",
    "pure Python": """
def l1_distances(X, X_train):
    return [[sum(abs(float(a) - float(b)) for a, b in zip(x, t)) for t in X_train] for x in X]
""",
    "np.linalg.norm and integers for bytes": """
def l1_distances(X, X_train):
    kind = int if X.dtype == np.uint8 else X.dtype
    gaps = X.astype(kind)[:, None] - X_train.astype(kind)
    print(gaps.shape)
    return np.linalg.norm(gaps, ord=1, axis=2)
""",
    "maximum less minimum, np.matrix": """
def l1_distances(X, X_train):
    X, X_train = X * 1.0, X_train * 1.0
    rows = [(np.maximum(X_train, x) - np.minimum(X_train, x)).sum(axis=1) for x in X]
    return np.matrix(rows)
""",
}

L2 = {
    "two loops": """
def l2_distances(X, X_train):
    dists = np.zeros((X.shape[0], X_train.shape[0]))
    for i in range(X.shape[0]):
        for j in range(X_train.shape[0]):
            dists[i, j] = np.sqrt(np.sum(np.square(X[i].astype(float) - X_train[j].astype(float))))
    return dists
""",
    "np.linalg.norm": """
def l2_distances(X, X_train):
    return np.linalg.norm(np.float64(X)[:, None] - np.float64(X_train), axis=2)
""",
    "expanded": """
def l2_distances(X, X_train):
    A, B = X.astype(float), X_train.astype(float)
    return np.sqrt(np.maximum((A * A).sum(1, keepdims=True) - 2 * A.dot(B.T) + (B * B).sum(1), 0))
""",
    "math.dist": """
import math

def l2_distances(X, X_train):
    return np.array([[math.dist(map(float, x), map(float, t)) for t in X_train] for x in X])
""",
    "einsum": """
def l2_distances(X, X_train):
    gap = X[:, None].astype(float) - X_train[None].astype(float)
    return np.einsum("mnd,mnd->mn", gap, gap) ** 0.5
""",
}

KNN = {
    "of the course": """
class KNearestNeighbor(object):
    def __init__(self):
        pass

    def train(self, X, y):
        self.X_train = X
        self.y_train = y

    def predict(self, X, k=1, num_loops=0):
        if num_loops == 0:
            dists = self.compute_distances_no_loops(X)
        elif num_loops == 1:
            dists = self.compute_distances_one_loop(X)
        elif num_loops == 2:
            dists = self.compute_distances_two_loops(X)
        else:
            raise ValueError("Invalid value %d for num_loops" % num_loops)
        return self.predict_labels(dists, k=k)

    def compute_distances_two_loops(self, X):
        num_test = X.shape[0]
        num_train = self.X_train.shape[0]
        dists = np.zeros((num_test, num_train))
        for i in range(num_test):
            for j in range(num_train):
                dists[i, j] = np.sqrt(np.sum(np.square(self.X_train[j, :] - X[i, :])))
        return dists

    def compute_distances_one_loop(self, X):
        num_test = X.shape[0]
        dists = np.zeros((num_test, self.X_train.shape[0]))
        for i in range(num_test):
            dists[i, :] = np.linalg.norm(self.X_train - X[i, :], axis=1)
        return dists

    def compute_distances_no_loops(self, X):
        test_sum = np.sum(np.square(X), axis=1)
        train_sum = np.sum(np.square(self.X_train), axis=1)
        inner = np.dot(X, self.X_train.T)
        return np.sqrt(np.abs(-2 * inner + test_sum.reshape(-1, 1) + train_sum))

    def predict_labels(self, dists, k=1):
        num_test = dists.shape[0]
        y_pred = np.zeros(num_test)
        for i in range(num_test):
            closest_y = self.y_train[np.argsort(dists[i, :])[:k]]
            y_pred[i] = np.argmax(np.bincount(closest_y))
        return y_pred
""",
    "np.unique, a helper outside, prints": """
def squares(rows):
    return np.einsum("nd,nd->n", rows, rows)

class KNearestNeighbor:
    def train(self, X, y):
        self.X_train, self.y_train = X.copy(), y.copy()
        print("trained on", len(X))

    def compute_distances_two_loops(self, X):
        return np.array([[((x - t) ** 2).sum() ** 0.5 for t in self.X_train] for x in X])

    def compute_distances_one_loop(self, X):
        rows = []
        for x in X:
            rows.append(np.sqrt(squares(self.X_train - x)))
        return np.stack(rows)

    def compute_distances_no_loops(self, X):
        d2 = squares(X)[:, None] + squares(self.X_train)[None, :] - 2.0 * (X @ self.X_train.T)
        return np.sqrt(d2.clip(min=0))

    def predict_labels(self, dists, k=1):
        winners = []
        for row in dists:
            labels, counts = np.unique(self.y_train[np.argpartition(row, k - 1)[:k]], return_counts=True)
            winners.append(labels[counts.argmax()])
        return np.array(winners)

    def predict(self, X, k=1, num_loops=0):
        names = ["no_loops", "one_loop", "two_loops"]
        return self.predict_labels(getattr(self, "compute_distances_" + names[num_loops])(X), k)
""",
    "a base class, broadcasting, lists and one-hot": """
class Base:
    def train(self, X, y):
        self.X_train, self.y_train = X, y

    def predict(self, X, k=1, num_loops=0):
        how = {0: self.compute_distances_no_loops, 1: self.compute_distances_one_loop}
        return self.predict_labels(how.get(num_loops, self.compute_distances_two_loops)(X), k)

class KNearestNeighbor(Base):
    def compute_distances_two_loops(self, X):
        d = np.empty((len(X), len(self.X_train)))
        for i, x in enumerate(X):
            for j, t in enumerate(self.X_train):
                d[i, j] = np.linalg.norm(x - t)
        return d

    def compute_distances_one_loop(self, X):
        d = np.empty((len(X), len(self.X_train)))
        for j, t in enumerate(self.X_train):
            d[:, j] = np.linalg.norm(X - t, axis=1)
        return d

    def compute_distances_no_loops(self, X):
        return np.sqrt(np.sum((X[:, None, :] - self.X_train[None, :, :]) ** 2, axis=2))

    def predict_labels(self, dists, k=1):
        order = np.argsort(dists, axis=1, kind="stable")[:, :k]
        hot = np.eye(self.y_train.max() + 1)[self.y_train]
        return hot[order].sum(axis=1).argmax(axis=1).tolist()
""",
}

K_FOLD = {
    "of the course, with the class": KNN["of the course"]
    + """
def k_fold_accuracies(X, y, k_choices, num_folds):
    X_folds = np.array_split(X, num_folds)
    y_folds = np.array_split(y, num_folds)
    k_to_accuracies = {}
    for k in k_choices:
        k_to_accuracies[k] = []
        for f in range(num_folds):
            classifier = KNearestNeighbor()
            X_others = np.vstack(X_folds[:f] + X_folds[f + 1:])
            classifier.train(X_others, np.hstack(y_folds[:f] + y_folds[f + 1:]))
            pred = classifier.predict(X_folds[f], k=k)
            k_to_accuracies[k].append(np.mean(pred == y_folds[f]))
    return k_to_accuracies
""",
    "masks and pure Python votes": """
def k_fold_accuracies(X, y, k_choices, num_folds):
    result = {k: np.zeros(num_folds) for k in k_choices}
    for f, held in enumerate(np.array_split(np.arange(len(X)), num_folds)):
        album = np.ones(len(X), bool)
        album[held] = False
        for k in k_choices:
            right = 0
            for i in held:
                near = np.linalg.norm(X[album] - X[i], axis=1).argsort()[:k]
                votes = sorted(y[album][near].tolist())
                right += max(votes, key=votes.count) == y[i]
            result[k][f] = right / len(held)
    return result
""",
    "with l2_distances of the file": """
def l2_distances(X, X_train):
    return np.sqrt(((X[:, None] - X_train) ** 2).sum(2))

def k_fold_accuracies(X, y, k_choices, num_folds):
    D = l2_distances(X, X)
    out = {}
    bounds = np.cumsum([0] + [len(f) for f in np.array_split(y, num_folds)])
    for k in k_choices:
        out[k] = ()
        for a, b in zip(bounds[:-1], bounds[1:]):
            sub = np.delete(D[a:b], np.s_[a:b], axis=1)
            labels = np.delete(y, np.s_[a:b])
            votes = labels[sub.argsort(axis=1)[:, :k]]
            out[k] += (float(np.mean([np.bincount(v).argmax() == t for v, t in zip(votes, y[a:b])])),)
    return out
""",
}

STYLES = {"l1_distances": L1, "l2_distances": L2, "KNearestNeighbor": KNN, "k_fold_accuracies": K_FOLD}
