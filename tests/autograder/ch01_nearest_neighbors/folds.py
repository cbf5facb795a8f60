"""What the two exercises on cross-validation share: data sets, the cut, a round as on the board."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")


@dataclass(frozen=True, eq=False)
class Data:
    """Pictures X (N, D), labels y (N,), the choices of k, how many folds."""

    X: np.ndarray
    y: np.ndarray
    k_choices: tuple
    num_folds: int

    @property
    def arguments(self):
        """The arguments of ``k_fold_accuracies``, fresh copies."""
        return self.X.copy(), self.y.copy(), list(self.k_choices), self.num_folds

    @property
    def small(self):
        """Whether it fits on a board."""
        return self.X.size <= 8

    def __repr__(self):
        if self.small:
            X, y = problems.inline(self.X), problems.inline(self.y)
            return f"X = {X}, y = {y}, k_choices = {list(self.k_choices)}, num_folds = {self.num_folds}"
        N, D = self.X.shape
        return f"N={N}, D={D}, k_choices={list(self.k_choices)}, num_folds={self.num_folds}"


def data(X, y, k_choices, num_folds):
    """A data set from lists."""
    return Data(np.array(X, float), np.array(y), tuple(k_choices), num_folds)


def small_data():
    """For hand arithmetic, smallest first."""
    return [
        data([[0], [1], [9], [8]], [0, 0, 1, 1], [1], 2),
        data([[0], [5], [1], [6]], [0, 1, 0, 1], [1, 2], 2),
        data([[0], [6], [1], [7], [2]], [0, 1, 0, 1, 1], [1, 2], 2),
        data([[0], [6], [1], [7], [2], [8]], [0, 1, 0, 1, 1, 1], [2, 1], 3),
    ]


def ties():
    """Two votes that are tied, the larger label nearer: another rule gets both wrong."""
    return data([[0], [1], [4], [5]], [2, 2, 3, 2], [2], 2)


def random_data(rng, N, D, C, k_choices, num_folds):
    """Blobs that overlap: some predictions are right and some are not."""
    y = rng.permutation(np.arange(N) % C)
    return Data(rng.normal(size=(N, D)) + 0.8 * y[:, None], y, tuple(k_choices), num_folds)


def random_sets(rng):
    """Numbers of rows that the folds divide, and some that they do not; as many folds as rows, too."""
    return [
        random_data(rng, 20, 3, 3, (1, 3, 5), 4),
        random_data(rng, 23, 2, 4, (2, 7), 5),
        random_data(rng, 17, 4, 2, (1, 4, 10), 3),
        random_data(rng, 9, 2, 3, (1, 2), 9),
    ]


def contiguous(N, num_folds):
    """The rows of each fold."""
    return np.array_split(np.arange(N), num_folds)


def winners(ballots):
    """The label with the most votes, the smallest of equals."""
    return np.array([np.bincount(row).argmax() for row in ballots])


def given(case):
    """The pictures and labels, as on the board."""
    return f"X = {problems.inline(case.X)}   y = {problems.inline(case.y)}   {case.num_folds} folds"


def round_by_hand(case, fold, k):
    """One round as on the board, below what is given."""
    rows = contiguous(len(case.X), case.num_folds)[fold]
    album = np.setdiff1d(np.arange(len(case.X)), rows)
    dists = np.sqrt(((case.X[rows][:, None] - case.X[album]) ** 2).sum(axis=2))
    ballots = case.y[album][np.argsort(dists, axis=1)[:, :k]]
    lines = [
        f"fold {fold} holds out the rows {problems.inline(rows)}; "
        f"the album is the rows {problems.inline(album)}",
    ]
    for row, votes, winner in zip(rows, ballots, winners(ballots), strict=True):
        right = "right" if winner == case.y[row] else f"wrong, it is {case.y[row]}"
        lines.append(
            f"    row {row}: with k = {k} the votes are {problems.inline(votes)}, so {winner}: {right}"
        )
    return "\n".join(lines)
