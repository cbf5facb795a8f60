"""Scores with their labels: the cases of the debug exercises of the cross-entropy, and their boards."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

boards = catalogue.beside(__file__, "boards")
inline = boards.inline


@dataclass(frozen=True, eq=False)
class Labeled:
    """Scores S (N, C) and labels y (N,)."""

    S: np.ndarray
    y: np.ndarray

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return self.S.copy(), self.y.copy()

    @property
    def sizes(self):
        """N and C."""
        return {"N": self.S.shape[0], "C": self.S.shape[1]}

    def __repr__(self):
        if self.S.size > 6:
            return ", ".join(f"{name}={size}" for name, size in self.sizes.items())
        return f"S = {inline(self.S)}, y = {inline(self.y)}"

    def board(self, end, shares=False):
        """Each example by hand, with its shares or not, and how the board ends; nothing of a large case."""
        if self.S.size > 6:
            return ""
        lines = []
        for row, label in zip(self.S, self.y, strict=True):
            steps, _, p = boards.example(row, label)
            lines += [f"scores {inline(row)}, true class {label}", *(f"    {step}" for step in steps)]
            lines += [f"    shares {inline(p)}"] if shares else []
        return "\n".join([*lines, *end])


def case(S, y):
    """A case from lists."""
    return Labeled(np.array(S, float), np.array(y, np.int64))


def drawn(rng, N, C, shift=0.0):
    """Random scores and labels."""
    return Labeled(rng.normal(scale=2, size=(N, C)) + shift, rng.integers(0, C, size=N))
