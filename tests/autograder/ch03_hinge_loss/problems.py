"""Small problems for the hinge loss, how an answer is read, and the arithmetic of one problem by hand."""

from dataclasses import dataclass

import numpy as np

from lintutor.losses import hinge_loss_vectorized
from lintutor.objective import svm_loss_vectorized as reference


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


def small_problems(regs=(0.0,)):
    """A Hypothesis strategy: small integers, even weights (so that no margin is 0), any sizes up to 4."""
    from hypothesis import strategies as st

    @st.composite
    def draw_problem(draw):
        N, D = draw(st.integers(1, 4)), draw(st.integers(1, 3))
        C = draw(st.integers(2, 4).filter(lambda C: C != D))  # so that a transposed gradient shows as such

        def numbers(count, low, high):
            return draw(st.lists(st.integers(low, high), min_size=count, max_size=count))

        W = 2 * np.array(numbers(D * C, -2, 2)).reshape(D, C)
        X = np.array(numbers(N * D, -2, 3)).reshape(N, D)
        return problem(W, X, numbers(N, 0, C - 1), draw(st.sampled_from(regs)))

    return draw_problem()


# ------------------------------------------------------------------------------- how an answer is read


@dataclass(frozen=True)
class Answer:
    """A result as far as it can be read: the loss, the gradient, and what is odd about its form."""

    loss: float | None
    dW: np.ndarray | None
    returns: str
    loss_form: str
    dW_form: str
    swapped: bool = False


def read(value, W):
    """Read what a function returned for weights W, forgiving of form where the meaning is plain."""
    if not isinstance(value, tuple | list):
        return Answer(number(value), None, described(value, W), form_of_loss(value), "")
    returns = f"{'(' if isinstance(value, tuple) else '['}{', '.join(described(v, W) for v in value[:4])}"
    returns += ")" if isinstance(value, tuple) else "]"
    if len(value) != 2:
        return Answer(None, None, returns, "", "")
    loss, dW = value
    swapped = gradient(loss, W) is not None and number(dW) is not None
    if swapped:
        loss, dW = dW, loss
    return Answer(
        number(loss), gradient(dW, W), returns, form_of_loss(loss), form_of_gradient(dW, W), swapped
    )


def is_numeric(value):
    """Whether `value` is a number or an array of real numbers (no truth values)."""
    return isinstance(value, int | float | np.ndarray | np.generic) and np.asarray(value).dtype.kind in "iuf"


def number(value):
    """The number that `value` means, the mean of a loss an example included, or None."""
    if isinstance(value, bool) or not is_numeric(value) or np.ndim(value) > 1 or np.size(value) == 0:
        return None
    return float(np.mean(value))


def gradient(value, W):
    """The array of the shape of W that `value` means, turned back if need be, or None."""
    if not is_numeric(value) or np.shape(value) not in (W.shape, W.T.shape):
        return None
    return np.asarray(value, np.float64).reshape(np.shape(value)).T if turned(value, W) else np.asarray(value)


def turned(value, W):
    """Whether `value` has the shape of W transposed, and not that of W."""
    return np.shape(value) != W.shape and np.shape(value) == W.T.shape


def form_of_loss(value):
    """Say in a word what the loss is."""
    if np.ndim(value) == 0 and is_numeric(value):
        return "a number"
    return "an array" if is_numeric(value) else type(value).__name__


def form_of_gradient(value, W):
    """Say in a word what shape the gradient has."""
    if not is_numeric(value):
        return type(value).__name__
    return {W.shape: "(D, C)", W.T.shape: "(C, D)"}.get(np.shape(value), f"shape {np.shape(value)}")


def described(value, W):
    """Say what one result is, as a sentence needs it."""
    if value is None:
        return "None"
    if is_numeric(value) and not isinstance(value, bool):
        return "a number" if np.ndim(value) == 0 else f"an array of shape {np.shape(value)}"
    kind = getattr(value, "type_name", type(value).__name__)  # the type of what could not travel
    article = "an" if kind[0] in "aeiou" else "a"
    return {"str": "a text"}.get(kind, f"{article} {kind}")


# --------------------------------------------------------------------------------- arithmetic by hand


def by_hand(case, answer, what):
    """Write `case` out as a teacher would on the board, then the expected beside the answered.

    Parameters
    ----------
    case : Problem
    answer : Answer
    what : str
        ``"loss"``, ``"dW"`` or both, as they are to be compared.
    """
    scores = case.X @ case.W
    lines = [f"W = {inline(case.W)}   X = {inline(case.X)}   y = {inline(case.y)}   reg = {case.reg:g}"]
    sums = []
    for i, (row, label) in enumerate(zip(scores, case.y, strict=True)):
        terms = [
            f"max(0, {say(s)} - {paren(row[label])} + 1) = {say(max(0.0, s - row[label] + 1))}"
            for j, s in enumerate(row)
            if j != label
        ]
        sums.append(sum(max(0.0, s - row[label] + 1) for j, s in enumerate(row) if j != label))
        lines.append(f"example {i}: scores {inline(row)}, true class {label} (score {say(row[label])})")
        lines += [f"    class {j}: {term}" for j, term in zip(others(label, len(row)), terms, strict=True)]
        if "dW" in what:
            violated = (row - row[label] + 1 > 0) & (np.arange(len(row)) != label)
            counts = np.where(np.arange(len(row)) == label, -violated.sum(), violated)
            lines.append(f"    x enters the columns of dW {inline(counts)} times")
    loss, dW = reference(*case.arguments)
    data, _ = hinge_loss_vectorized(case.W, case.X, case.y)
    total = " + ".join(say(s) for s in sums)
    lines.append(f"data loss: {f'({total})' if len(sums) > 1 else total} / {len(sums)} = {say(data)}")
    if case.reg:
        squares = np.sum(case.W**2)
        lines.append(f"penalty: {case.reg:g} * {say(squares)} = {say(case.reg * squares)}")
    if "loss" in what:
        lines.append(f"loss  expected {say(loss)}, yours {say(answer.loss)}")
    if "dW" in what:
        lines.append(f"dW    expected {inline(dW)}")
        lines.append(f"         yours {inline(answer.dW)}")
    return "\n".join(lines)


def others(label, count):
    """The wrong classes."""
    return [j for j in range(count) if j != label]


def say(value):
    """A number as one writes it by hand."""
    return "nothing" if value is None else f"{float(value):.6g}"


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
