"""Albums and new pictures for the classifier, and distances with labels for the vote alone."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")


@dataclass(frozen=True, eq=False)
class Album:
    """X_train (N, D) with its labels, and new pictures X (M, D)."""

    X_train: np.ndarray
    y_train: np.ndarray
    X: np.ndarray

    @property
    def sizes(self):
        """The sizes by name."""
        return {"M": len(self.X), "N": len(self.X_train), "D": self.X.shape[1]}

    @property
    def small(self):
        """Whether it fits on a board."""
        return self.X.size + self.X_train.size <= 12

    @property
    def squares(self):
        """The squared distances (M, N)."""
        return ((self.X[:, None] - self.X_train) ** 2).sum(axis=2)

    @property
    def doubled(self):
        """The same pictures, every pixel times 2."""
        return Album(2 * self.X_train, self.y_train, 2 * self.X)

    def arguments(self, method, *more):
        """The arguments of a session, fresh copies."""
        return (method, self.X_train.copy(), self.y_train.copy(), self.X.copy(), *more)

    def board(self, i, j):
        """The distance of a pair, by hand."""
        gaps = np.abs(self.X[i] - self.X_train[j])
        squares = " + ".join(f"{problems.say(gap)}^2" for gap in gaps)
        rows = f"X_train = {problems.inline(self.X_train)}   X = {problems.inline(self.X)}"
        return (
            f"{rows}\nX[{i}] and X_train[{j}]: sqrt({squares}) = {problems.say(np.sqrt(self.squares[i, j]))}"
        )

    def __repr__(self):
        if self.small:
            return f"X_train = {problems.inline(self.X_train)}, X = {problems.inline(self.X)}"
        return ", ".join(f"{name}={size}" for name, size in self.sizes.items())


def album(X_train, X, y_train=None, dtype=np.float64):
    """An album from lists."""
    X_train, X = np.array(X_train, dtype), np.array(X, dtype)
    labels = np.arange(len(X_train)) % 3 if y_train is None else np.array(y_train)
    return Album(X_train, labels, X)


def small_albums():
    """For hand arithmetic, smallest first."""
    return [
        album([[1]], [[4]]),
        album([[5, 1]], [[2, 5]]),
        album([[4, 1], [0, 7]], [[1, 5]]),
        album([[1, 4], [3, -2], [6, 5]], [[0, 2], [3, 1]]),
    ]


def random_album(rng, M, N, D, C=3, dtype=np.float64):
    """Random pictures; every label occurs if there are rows enough."""
    labels = rng.permutation(np.arange(N) % C)
    return Album(rng.normal(size=(N, D)).astype(dtype), labels, rng.normal(size=(M, D)).astype(dtype))


def random_albums(rng, dtype=np.float64):
    """One for each relation of M, N and D."""
    sizes = ((3, 4, 2), (4, 3, 2), (2, 5, 6), (4, 4, 3), (1, 6, 2), (3, 1, 4))
    return [random_album(rng, *size, dtype=dtype) for size in sizes]


@dataclass(frozen=True, eq=False)
class Vote:
    """Distances (M, N), the labels of the album, and how many vote; `what` says what is special."""

    dists: np.ndarray
    y_train: np.ndarray
    k: int
    what: str = ""

    @property
    def arguments(self):
        """The arguments of a session, fresh copies; the album's pictures do not matter here."""
        album = np.zeros((len(self.y_train), 1))
        return ("predict_labels", album, self.y_train.copy(), self.dists.copy(), self.k)

    @property
    def ballots(self):
        """The labels of the k nearest (M, k), nearest first."""
        return self.y_train[np.argsort(self.dists, axis=1)[:, : self.k]]

    @property
    def winners(self):
        """The right labels."""
        return np.array([np.bincount(row).argmax() for row in self.ballots])

    def board(self, i):
        """The vote of one picture, by hand."""
        counts = np.bincount(self.ballots[i])
        votes = ", ".join(f"class {c}: {n}" for c, n in enumerate(counts) if n)
        tie = " (a tie goes to the smallest label)" if (counts == counts.max()).sum() > 1 else ""
        nearest = f"labels of the {self.k} nearest, nearest first" if self.k > 1 else "label of the nearest"
        return "\n".join(
            [
                f"dists[{i}] = {problems.inline(self.dists[i])}",
                f"y_train = {problems.inline(self.y_train)}, k = {self.k}",
                f"the {nearest}: {problems.inline(self.ballots[i])}",
                f"votes  {votes}: the winner is {self.winners[i]}{tie}",
            ]
        )

    def __repr__(self):
        return f"k = {self.k}{', ' if self.what else ''}{self.what}"


def stand_ins(distances, pictures):
    """Methods that answer with marks: what ``predict`` gives shows which of them it asked, and for what k.

    The three `distances` give matrices of 1, 2 and 3, if they are asked for the `pictures`; the vote gives
    ten times that number, plus k. Whatever else a learner's own methods take is let pass.
    """

    def measuring(mark):
        return lambda X, *_, **__: np.full((len(X), 9), float(mark * np.array_equal(X, pictures)))

    def predict_labels(dists, k=1, *_, **__):
        known = np.ptp(dists) == 0 and dists[0][0] in (1, 2, 3)  # what was measured or changed is no mark
        return np.full(len(dists), 10 * int(dists[0][0]) * known + k)

    methods = {name: measuring(mark) for mark, name in enumerate(distances, 1)}
    return {**methods, "predict_labels": predict_labels}


def vote(rows, y_train, k, what=""):
    """A vote from lists."""
    return Vote(np.array(rows, float), np.array(y_train), k, what)


def clear_votes(rng):
    """Votes without a tie, for one neighbor, some and all."""
    votes = [
        vote([[3, 1, 2]], [0, 2, 1], 1),
        vote([[3, 1, 2, 9]], [1, 0, 0, 1], 3),
        vote([[4, 1, 2, 9, 6], [1, 8, 7, 2, 3]], [3, 1, 3, 1, 1], 5, "all vote"),
    ]
    while len(votes) < 9:
        M, N, k = len(votes) % 4 + 1, 9 + len(votes), (1, 3, 5)[len(votes) % 3]
        found = Vote(rng.permutation(M * N).reshape(M, N) + rng.random((M, N)) / 2, rng.integers(0, 4, N), k)
        tops = [np.sort(np.bincount(row, minlength=2))[-2:] for row in found.ballots]
        if all(top[0] < top[1] for top in tops):
            votes.append(found)
    return votes


def tied_votes():
    """Ties of two and of three classes; the smallest label comes first, last and in the middle."""
    return [
        vote([[1, 2]], [1, 0], 2, "a tie"),
        vote([[1, 2], [5, 3]], [2, 5], 2, "a tie"),
        vote([[4, 1, 3, 2]], [0, 2, 0, 2], 4, "a tie of two and two"),
        vote([[1, 2, 3]], [2, 0, 1], 3, "a tie of three"),
        vote([[1, 2, 3, 4, 5]], [4, 3, 3, 4, 0], 5, "a tie beside a single vote"),
    ]
