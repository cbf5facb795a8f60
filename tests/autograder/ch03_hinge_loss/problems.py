"""Small problems for the hinge loss, and the arithmetic of one problem by hand."""

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
    """Problems for hand arithmetic, smallest first. Scores are even: no margin is exactly 0."""
    return [
        problem([[0, 2]], [[1]], [0], reg),
        problem([[2, 0]], [[1]], [0], reg),
        problem([[0, 2, 4]], [[1]], [0], reg),
        problem([[0, 2]], [[1], [2]], [0, 1], reg),
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


# --------------------------------------------------------------------------------- arithmetic by hand


def by_hand(case, answer, what, power=1):
    """Write `case` out as a teacher would on the board, then the expected beside the answered.

    Parameters
    ----------
    case : Problem
    answer : Answer
    what : str
        ``"loss"``, ``"dW"`` or both, as they are to be compared.
    power : int
        1 for the hinge, 2 for its square.
    """
    lines = [f"W = {inline(case.W)}   X = {inline(case.X)}   y = {inline(case.y)}   reg = {case.reg:g}"]
    sums, coefficients = [], []
    for i, (row, label) in enumerate(zip(case.X @ case.W, case.y, strict=True)):
        lines.append(f"example {i}: scores {inline(row)}, true class {label} (score {say(row[label])})")
        terms, margins = margins_by_hand(row, label, power=power)
        lines += [f"    {term}" for term in terms]
        sums.append(np.sum(margins**power))
        times = power * margins ** (power - 1) * (margins > 0)
        times[label] = -times.sum()
        coefficients.append(times)
        if "dW" in what:
            lines.append(f"    x enters the columns of dW {inline(times)} times")
    total = " + ".join(say(s) for s in sums)
    loss, dW = np.mean(sums), case.X.T @ np.array(coefficients) / len(sums) + 2 * case.reg * case.W
    lines.append(f"data loss: {f'({total})' if len(sums) > 1 else total} / {len(sums)} = {say(loss)}")
    if case.reg:
        penalty = case.reg * np.sum(case.W**2)
        lines.append(f"penalty: {case.reg:g} * {say(np.sum(case.W**2))} = {say(penalty)}")
        loss += penalty
    if "loss" in what:
        lines.append(f"loss  expected {say(loss)}, yours {say(answer.loss)}")
    if "dW" in what:
        lines.append(f"dW    expected {inline(dW)}")
        lines.append(f"         yours {inline(answer.dW)}")
    return "\n".join(lines)


def margins_by_hand(scores, label, delta=1.0, power=1):
    """Write one row's margins out, a line a wrong class; return the lines and the margins, 0 at the label."""
    margins = np.maximum(0.0, scores - scores[label] + delta)
    margins[label] = 0
    square = "" if power == 1 else f"^{power}"
    lines = [
        f"class {j}: max(0, {say(s)} - {paren(scores[label])} + {say(delta)}){square} "
        f"= {say(margins[j] ** power)}"
        for j, s in enumerate(scores)
        if j != label
    ]
    return lines, margins


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
