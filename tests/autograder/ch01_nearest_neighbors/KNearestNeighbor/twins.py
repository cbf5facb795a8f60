"""The mistakes with the classifier as classes: each is right but for one thing."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

cases = catalogue.beside(__file__, "problems_of_knn")
session = catalogue.beside(__file__, "session")
DISTANCES, TWICE = session.DISTANCES, session.TWICE


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
        return super().compute_distances_two_loops(X) ** 2

    def compute_distances_one_loop(self, X):
        return super().compute_distances_one_loop(X) ** 2

    def compute_distances_no_loops(self, X):
        return super().compute_distances_no_loops(X) ** 2


class root_missing_once(REFERENCE):
    def compute_distances_no_loops(self, X):
        return super().compute_distances_no_loops(X) ** 2


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


class rows_vote(REFERENCE):
    def predict_labels(self, dists, k=1):
        nearest = np.argsort(dists, axis=1)[:, :k]
        return np.array([np.bincount(row).argmax() for row in nearest])


# ---------------------------------------------------------------------------- arguments, and predict


class distances_sorted(REFERENCE):
    def predict_labels(self, dists, k=1):
        winners = super().predict_labels(dists, k)
        dists.sort(axis=1)  # in place
        return winners


class album_changed(REFERENCE):
    def compute_distances_one_loop(self, X):
        found = super().compute_distances_one_loop(X)
        self.X_train -= X[0]  # not a copy
        return found


class k_not_passed_on(REFERENCE):
    def predict(self, X, k=1, num_loops=0):
        return super().predict(X, 1, num_loops)


class num_loops_ignored(REFERENCE):
    def predict(self, X, k=1, num_loops=0):
        return super().predict(X, k, 0)


# ------------------------------------------------------------------------------------------- probes

ALBUMS = [cases.random_album(np.random.default_rng(5), *sizes) for sizes in ((2, 3, 4), (4, 2, 3))]
SQUARE = cases.random_album(np.random.default_rng(6), 3, 3, 4)  # as many new pictures as in the album
TWICE_THE_SAME = cases.Album(SQUARE.X_train / 3, SQUARE.y_train, SQUARE.X_train / 3)  # its own pictures


def matrix(exchange, album):
    """The (M, N) matrix of an exchange, or None."""
    value = exchange.value
    fine = isinstance(value, np.ndarray) and value.shape == album.squares.shape and value.dtype.kind in "iuf"
    return value if fine else None


def rootless(f, method, album):
    """Whether a method gives squares: four times as much for pixels twice as large; None if nothing shows."""
    once, doubled = (matrix(f(*each.arguments(method)), each) for each in (album, album.doubled))
    if once is None or doubled is None or not np.abs(once).sum():
        return None
    return bool(np.allclose(doubled, 4 * once, rtol=1e-6, atol=1e-9))


def root(f):
    """Whether squares come out, of the methods that give a matrix."""
    found = []
    for method in DISTANCES:
        seen = [rootless(f, method, album) for album in (ALBUMS[0], SQUARE)]
        found.append(next((each for each in seen if each is not None), None))
    missing = [each for each in found if each is not None]
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
                squares = rootless(f, method, album)
                sight["the distances"] = np.sqrt(np.maximum(found, 0)) if squares else found
            seen.append((album.sizes, sight))
        return seen

    return observe


def no_loops(f):
    """The method without loops, and what it gives for equal rows."""
    seen = distances(DISTANCES[2])(f)
    found = matrix(f(*TWICE_THE_SAME.arguments(DISTANCES[2])), TWICE_THE_SAME)
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
    """The distances after the vote, the new pictures and the album after they were compared."""
    seen = {}
    exchange = f(*VOTES[2].arguments)
    if not exchange.failed:
        seen["dists"] = state(exchange.arguments[3], VOTES[2].dists)
    for method in DISTANCES:
        once, again = f(*SQUARE.arguments(method)), f(*SQUARE.arguments(TWICE + method))
        if not again.failed:
            seen[f"X, {method}"] = state(again.arguments[3], SQUARE.X)
            first, second = matrix(once, SQUARE), matrix(again, SQUARE)
            if first is not None and second is not None:
                seen[f"album, {method}"] = state(second, first)
    return [({}, seen)]


def state(after, before):
    """In words, whether an array is what it was."""
    return "as it was" if np.allclose(after, before, equal_nan=True) else "changed"


def asked(marks):
    """Which of the stand-ins ``predict`` asked for distances, and the k that it passed on; None if none."""
    if np.ptp(marks) or not 10 < marks[0] < 40:
        return None
    mark, k = divmod(int(marks[0]), 10)
    return DISTANCES[mark - 1], k


def predict(f):
    """What predict asks for; where it does not ask, whether it gives what the answer's own methods give."""
    album = cases.random_album(np.random.default_rng(8), 9, 12, 2)
    seen = {}
    for number, method in ((0, DISTANCES[2]), (1, DISTANCES[1]), (2, DISTANCES[0])):
        for k in (1, 5):
            value = f(*album.arguments("predict", k, number, cases.stand_ins(DISTANCES, album.X))).value
            heard = asked(value) if isinstance(value, np.ndarray) and value.shape == (9,) else None
            if heard is not None:
                agrees = heard == (method, k)
            elif (agrees := own_agrees(f, album, method, k, number)) is None:
                continue
            seen[f"k = {k}, {number} loops"] = "agrees" if agrees else "differs"
    return [({}, seen)]


def own_agrees(f, album, method, k, num_loops):
    """Whether predict gives what the answer's own vote and distances give, or None if nothing is seen."""
    dists = matrix(f(*album.arguments(method)), album)
    found = labels(f(*album.arguments("predict", k, num_loops)))
    own = {} if dists is None else labels(f("predict_labels", album.X_train, album.y_train, dists, k))
    return own == found if own and found else None


GROUPS = [
    Group("root", "the root", root),
    Group("two-loops", "the version with two loops", distances(DISTANCES[0])),
    Group("one-loop", "the version with one loop", distances(DISTANCES[1])),
    Group("no-loops", "the version without a loop", no_loops),
    Group("vote", "the vote", vote),
    Group("mutation", "what was passed in", mutation),
    Group("predict", "predict", predict),
]
