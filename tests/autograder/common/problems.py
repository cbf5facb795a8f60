"""Small problems for every loss of a batch, and numbers as one writes them by hand."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Problem:
    """Arguments of a loss: W (D, C), X (N, D), y (N,), reg."""

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    reg: float

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return self.W.copy(), self.X.copy(), self.y.copy(), self.reg

    @property
    def sizes(self):
        """N, D and C."""
        return {"N": len(self.X), "D": self.W.shape[0], "C": self.W.shape[1]}

    def with_reg(self, reg):
        """The same problem with another penalty."""
        return Problem(self.W, self.X, self.y, reg)

    def __repr__(self):
        return ", ".join(f"{name}={size}" for name, size in self.sizes.items()) + f", reg={self.reg:g}"


def problem(W, X, y, reg=0.0, dtype=np.float64):
    """A problem from lists."""
    return Problem(np.array(W, dtype), np.array(X, dtype), np.array(y, np.int64), reg)


def tiny_problems(reg=0.0):
    """Problems for hand arithmetic, smallest first. Scores are even: no hinge is at its kink."""
    return [
        problem([[0, 2]], [[1]], [0], reg),
        problem([[2, 0]], [[1]], [0], reg),
        problem([[0, 2, 4]], [[1]], [0], reg),
        problem([[0, 2]], [[1], [2]], [0, 1], reg),
        problem([[0, 2]], [[1], [2]], [0, 0], reg),
        problem([[2, 0, 2], [0, 2, -2]], [[1, 2], [2, 1]], [0, 2], reg),
        problem([[0, 2, -2], [2, 0, 4]], [[1, 0], [0, 1], [1, 1], [2, -1]], [2, 1, 0, 1], reg),
    ]


def random_problem(rng, N, D, C, reg=0.0, dtype=np.float64, scale=1.0):
    """A problem with no margin within 1e-3 of its kink."""
    while True:
        W, X = scale * rng.normal(size=(D, C)), rng.normal(size=(N, D))
        y = rng.integers(0, C, size=N)
        scores = X @ W
        margins = scores - scores[np.arange(N), y][:, None] + 1
        if np.abs(margins).min() > 1e-3:
            return Problem(W.astype(dtype), X.astype(dtype), y, reg)


def sized_problems(rng, reg=0.0):
    """One random problem for each relation of N, D and C, one example and two classes included."""
    sizes = [(1, 3, 4), (5, 3, 4), (6, 4, 2), (4, 3, 4), (12, 5, 3), (3, 4, 7)]  # D and C differ
    return [random_problem(rng, *size, reg=reg) for size in sizes]


# N, D and C up to 4; C is not D, so that a transposed gradient shows as such
SMALL_SIZES = [(N, D, C) for N in range(1, 5) for D in range(1, 4) for C in range(2, 5) if C != D]


def whole_problem(N, D, C, numbers):
    """A problem of small whole numbers; weights are even, so that no margin is 0."""
    W, X, y = numbers(D * C, -2, 2), numbers(N * D, -2, 3), numbers(N, 0, C - 1)
    return problem(2 * np.reshape(W, (D, C)), np.reshape(X, (N, D)), y)


def whole_problems(rng, count=12):
    """Random problems of small whole numbers."""

    def numbers(length, low, high):
        return rng.integers(low, high + 1, size=length)

    return [whole_problem(*SMALL_SIZES[rng.integers(len(SMALL_SIZES))], numbers) for _ in range(count)]


def small_problems():
    """A Hypothesis strategy for the same problems, to shrink one that is wrong."""
    from hypothesis import strategies as st

    @st.composite
    def draw_problem(draw):
        def numbers(length, low, high):
            return draw(st.lists(st.integers(low, high), min_size=length, max_size=length))

        return whole_problem(*draw(st.sampled_from(SMALL_SIZES)), numbers)

    return draw_problem()


# ------------------------------------------------------------------------------- numbers by hand


def say(value):
    """A number as one writes it by hand."""
    return "nothing" if value is None else f"{float(value) + 0.0:.6g}"  # + 0.0: no minus before a 0


def paren(value):
    """A number that follows a minus sign."""
    return f"({say(value)})" if value < 0 else say(value)


def inline(array):
    """An array on one line."""
    if array is None:
        return "nothing"
    values = np.asarray(array)
    if values.ndim == 0:
        return say(values)
    return "[" + ", ".join(inline(entry) for entry in values) + "]"
