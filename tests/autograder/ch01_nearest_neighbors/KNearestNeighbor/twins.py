"""The mistakes with the classifier as classes: each is right but for one thing."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

cases = catalogue.beside(__file__, "problems_of_knn")
DISTANCES = catalogue.beside(__file__, "session").DISTANCES


class REFERENCE:
    """The right answer."""

    def train(self, X, y):
        self.X_train, self.y_train = X, y

    def compute_distances_two_loops(self, X):
        return np.sqrt(((X[:, None] - self.X_train) ** 2).sum(axis=2))

    def compute_distances_one_loop(self, X):
        return np.sqrt(((X[:, None] - self.X_train) ** 2).sum(axis=2))

    def compute_distances_no_loops(self, X):
        return np.sqrt(((X[:, None] - self.X_train) ** 2).sum(axis=2))

    def predict_labels(self, dists, k=1):
        ballots = self.y_train[np.argsort(dists, axis=1)[:, :k]]
        return np.array([np.bincount(row).argmax() for row in ballots])

    def predict(self, X, k=1, num_loops=0):
        if num_loops == 0:
            return self.predict_labels(self.compute_distances_no_loops(X), k=k)
        if num_loops == 1:
            return self.predict_labels(self.compute_distances_one_loop(X), k=k)
        return self.predict_labels(self.compute_distances_two_loops(X), k=k)


# --------------------------------------------------------------------------------------- distances


class root_missing_everywhere(REFERENCE):
    def compute_distances_two_loops(self, X):
        return ((X[:, None] - self.X_train) ** 2).sum(axis=2)

    def compute_distances_one_loop(self, X):
        return ((X[:, None] - self.X_train) ** 2).sum(axis=2)

    def compute_distances_no_loops(self, X):
        return ((X[:, None] - self.X_train) ** 2).sum(axis=2)


class root_missing_once(REFERENCE):
    def compute_distances_no_loops(self, X):
        return ((X[:, None] - self.X_train) ** 2).sum(axis=2)


class scratch_turned(REFERENCE):
    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                dists[j, i] = np.sqrt(((X[i] - self.X_train[j]) ** 2).sum())
        return dists


class two_loops_sizes(REFERENCE):
    def compute_distances_two_loops(self, X):
        return np.abs(X[:, None] - self.X_train).sum(axis=2)


class two_loops_gap_sum_squared(REFERENCE):
    def compute_distances_two_loops(self, X):
        return np.abs((X[:, None] - self.X_train).sum(axis=2))


class one_loop_axis_missing(REFERENCE):
    def compute_distances_one_loop(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            dists[i] = np.sqrt(np.sum((self.X_train - X[i]) ** 2))  # of all rows together
        return dists


class cross_term_once(REFERENCE):
    def compute_distances_no_loops(self, X):
        sizes = (X**2).sum(axis=1)[:, None] + (self.X_train**2).sum(axis=1)
        return np.sqrt(np.maximum(sizes - X @ self.X_train.T, 0))


class cross_term_added(REFERENCE):
    def compute_distances_no_loops(self, X):
        sizes = (X**2).sum(axis=1)[:, None] + (self.X_train**2).sum(axis=1)
        return np.sqrt(np.maximum(sizes + 2 * X @ self.X_train.T, 0))


class album_sizes_in_rows(REFERENCE):
    def compute_distances_no_loops(self, X):
        sizes = (X**2).sum(axis=1) + (self.X_train**2).sum(axis=1)  # both as rows
        return np.sqrt(np.maximum(sizes - 2 * X @ self.X_train.T, 0))


class negative_under_the_root(REFERENCE):
    def compute_distances_no_loops(self, X):
        sizes = (X**2).sum(axis=1)[:, None] + (self.X_train**2).sum(axis=1)
        return np.sqrt(sizes - 2 * X @ self.X_train.T)


# -------------------------------------------------------------------------------------------- vote


class tie_to_the_nearest(REFERENCE):
    def predict_labels(self, dists, k=1):
        ballots = self.y_train[np.argsort(dists, axis=1)[:, :k]].tolist()
        return np.array([max(row, key=row.count) for row in ballots])  # the first of the most frequent


class tie_to_the_largest(REFERENCE):
    def predict_labels(self, dists, k=1):
        ballots = self.y_train[np.argsort(dists, axis=1)[:, :k]].tolist()
        return np.array([max(row, key=lambda label: (row.count(label), label)) for row in ballots])


class farthest_vote(REFERENCE):
    def predict_labels(self, dists, k=1):
        ballots = self.y_train[np.argsort(dists, axis=1)[:, -k:]]
        return np.array([np.bincount(row).argmax() for row in ballots])


class votes_averaged(REFERENCE):
    def predict_labels(self, dists, k=1):
        ballots = self.y_train[np.argsort(dists, axis=1)[:, :k]]
        return ballots.mean(axis=1).round().astype(int)


class one_vote_only(REFERENCE):
    def predict_labels(self, dists, k=1):
        return self.y_train[np.argmin(dists, axis=1)]


class distances_sorted(REFERENCE):
    def predict_labels(self, dists, k=1):
        ballots = self.y_train[np.argsort(dists, axis=1)[:, :k]]
        dists.sort(axis=1)  # in place
        return np.array([np.bincount(row).argmax() for row in ballots])


class k_not_passed_on(REFERENCE):
    def predict(self, X, k=1, num_loops=0):
        return super().predict(X, 1, num_loops)


# ------------------------------------------------------------------------------------------- probes

ALBUMS = [cases.random_album(np.random.default_rng(5), *sizes) for sizes in ((2, 3, 4), (4, 2, 3))]
SQUARE = cases.random_album(np.random.default_rng(6), 3, 3, 4)  # as many new pictures as in the album
TWICE = cases.Album(SQUARE.X_train / 3, SQUARE.y_train, SQUARE.X_train / 3)  # its own pictures


def matrix(exchange, album):
    """The (M, N) matrix of an exchange, or None."""
    value = exchange.value
    fine = isinstance(value, np.ndarray) and value.shape == album.squares.shape and value.dtype.kind in "iuf"
    return value if fine else None


def squared(found, album):
    """Whether a matrix holds the squares of the distances."""
    return found is not None and np.allclose(found, album.squares, rtol=1e-6, atol=1e-9)


def root(f):
    """Whether the squares came out, of the methods that give a matrix."""
    found = [matrix(f(*ALBUMS[0].arguments(method)), ALBUMS[0]) for method in DISTANCES]
    missing = [squared(each, ALBUMS[0]) for each in found if each is not None]
    if not missing:
        return [({}, {})]
    return [({}, {"root": "missing" if all(missing) else "missing in some" if any(missing) else "taken"})]


def distances(method):
    """What one method gives, the root taken where it was forgotten, and where it crashes."""

    def observe(f):
        seen = []
        for number, album in enumerate([*ALBUMS, SQUARE]):
            exchange = f(*album.arguments(method))
            if exchange.error == "NotImplementedError":
                seen.append(({}, {}))
                continue
            found = matrix(exchange, album)
            sight = {f"crash {number}": "yes" if exchange.failed else "no"}
            if found is not None:
                sight["the distances"] = np.sqrt(found) if squared(found, album) else found
            seen.append((album.sizes, sight))
        return seen

    return observe


def no_loops(f):
    """The method without loops, and what it gives for equal rows."""
    seen = distances(DISTANCES[2])(f)
    found = matrix(f(*TWICE.arguments(DISTANCES[2])), TWICE)
    return [
        *seen,
        ({}, {} if found is None else {"equal rows": "NaN" if np.isnan(found).any() else "a number"}),
    ]


def labels(exchange):
    """The labels of an exchange as words, or nothing."""
    value = exchange.value
    fine = isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind in "iuf"
    return {"the labels": str([round(float(v), 6) + 0.0 for v in value])} if fine else {}


VOTES = [*cases.clear_votes(np.random.default_rng(7)), *cases.tied_votes()]


def vote(f):
    """The labels of some votes."""
    return [({}, labels(f(*each.arguments))) for each in VOTES]


def mutation(f):
    """The distances after the vote."""
    exchange = f(*VOTES[2].arguments)
    if exchange.failed:
        return [({}, {})]
    return [
        ({}, {"dists": "as it was" if np.array_equal(exchange.arguments[3], VOTES[2].dists) else "changed"})
    ]


def predict(f):
    """Whether predict gives what the answer's own vote and its own distances give."""
    album = cases.random_album(np.random.default_rng(8), 9, 12, 2)
    seen = {}
    for number, method in ((0, DISTANCES[2]), (1, DISTANCES[1]), (2, DISTANCES[0])):
        dists = matrix(f(*album.arguments(method)), album)
        if dists is not None:
            for k in (1, 5):
                own = labels(f("predict_labels", album.X_train, album.y_train, dists, k))
                found = labels(f(*album.arguments("predict", k, number)))
                if own and found:
                    seen[f"k = {k}, {number} loops"] = "agrees" if own == found else "differs"
    return [({}, seen)]


GROUPS = [
    Group("root", "the root", root),
    Group("two-loops", "the version with two loops", distances(DISTANCES[0])),
    Group("one-loop", "the version with one loop", distances(DISTANCES[1])),
    Group("no-loops", "the version without a loop", no_loops),
    Group("vote", "the vote", vote),
    Group("mutation", "the distances after the vote", mutation),
    Group("predict", "predict", predict),
]
