"""What the three debug exercises share: how results are read, and problems in a batch and in columns."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from lintutor.autograder import catalogue
from lintutor.objective import svm_loss_vectorized as reference

answers = catalogue.beside(__file__, "answers")
boards = catalogue.beside(__file__, "boards")
problems = catalogue.beside(__file__, "problems")
results = catalogue.beside(__file__, "results")
number, two, demand_two, visible = results.number, results.two, results.demand_two, results.visible
first_wrong = results.first_wrong


# ------------------------------------------------------------------------------------ in a batch


@dataclass(frozen=True, eq=False)
class Batch:
    """A problem and the rows of it that were drawn."""

    whole: problems.Problem
    rows: np.ndarray

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        W, X, y, reg = self.whole.arguments
        return W, X, y, self.rows.copy(), reg

    @property
    def problem(self):
        """The batch as a problem of its own."""
        W, X, y, reg = self.whole.arguments
        return problems.Problem(W, X[self.rows], y[self.rows], reg)

    @property
    def expected(self):
        """Loss and gradient."""
        return reference(*self.problem.arguments)

    @property
    def sizes(self):
        """The sizes, that of the batch as B."""
        return {**self.whole.sizes, "B": len(self.rows)}

    def with_reg(self, reg):
        """The same batch with another penalty."""
        return Batch(self.whole.with_reg(reg), self.rows)

    def board(self, answer, what):
        """The arithmetic by hand."""
        inline = problems.inline
        head = f"all X = {inline(self.whole.X)}   all y = {inline(self.whole.y)}   rows = {inline(self.rows)}"
        return f"{head}\nthe batch:\n{boards.by_hand(self.problem, answer, what)}"

    def __repr__(self):
        return f"{self.whole}, B={len(self.rows)}"


def batches(rng, reg=0.0):
    """Batches for hand arithmetic, then random ones, with repeats; no batch is the whole set."""
    line = problems.problem([[0, 2]], [[1], [2]], [0, 1], reg)
    small = [Batch(line, np.array(rows)) for rows in ([0], [1], [1, 0, 1])]
    return small + [
        Batch(problems.random_problem(rng, N, D, C, reg=reg), np.append(rng.integers(0, N, size=B), [0, 0]))
        for N, D, C, B in ((9, 3, 4, 5), (6, 4, 2, 10), (12, 2, 5, 3))
    ]


# ------------------------------------------------------------------------------------ in columns


@dataclass(frozen=True, eq=False)
class Columns:
    """A problem with one example a column: W (C, D), X (D, N)."""

    rows: problems.Problem

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        W, X, y, _ = self.rows.arguments
        return W.T.copy(), X.T.copy(), y

    @property
    def expected(self):
        """Loss and gradient."""
        loss, dW = reference(*self.rows.arguments)
        return loss, dW.T

    def read(self, value):
        """Loss and gradient of a result, the gradient turned back if it came in rows."""
        shape = self.rows.W.T.shape
        found = two(value, shape)
        if found.dW is None:
            turned = two(value, shape[::-1]).dW
            found.dW = None if turned is None else turned.T
        return found

    def board(self, answer, what):
        """The arithmetic by hand."""
        inline, (W, X, y) = problems.inline, self.arguments
        turned = SimpleNamespace(loss=answer.loss, dW=None if answer.dW is None else answer.dW.T)
        _, *lines = boards.by_hand(self.rows, turned, what).splitlines()
        if "dW" in what:
            lines[-2:] = [f"dW    expected {inline(self.expected[1])}", f"         yours {inline(answer.dW)}"]
        text = "\n".join(lines).replace("enters the columns of dW", "enters the rows of dW")
        return f"W = {inline(W)}   X = {inline(X)}, one example a column   y = {inline(y)}\n{text}"

    def __repr__(self):
        return repr(self.rows).rpartition(",")[0]  # there is no reg


def columns(rng):
    """Problems in columns, those for hand arithmetic first; N, D and C differ."""
    small = [
        problems.problem([[0, 2, 4]], [[1], [2]], [0, 1]),
        problems.problem([[2, 0, 2], [0, 2, -2]], [[1, 2]], [2]),
    ]
    sizes = ((5, 3, 4), (2, 4, 3), (7, 2, 5), (3, 5, 2))
    return [Columns(case) for case in (*small, *(problems.random_problem(rng, *each) for each in sizes))]
