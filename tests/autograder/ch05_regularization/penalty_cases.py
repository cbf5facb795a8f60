"""Calls of a penalty, ``(W, reg)`` or ``(W, reg, beta)``, and how what comes back is read."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")

NAMES = "W", "reg", "beta"


@dataclass(frozen=True, eq=False)
class Case:
    """Arguments of a penalty: weights W (D, C), the strength reg, and beta where there is one."""

    W: np.ndarray
    strengths: tuple

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return self.W.copy(), *self.strengths

    @property
    def sizes(self):
        """D, C and how many weights there are."""
        return {"D": self.W.shape[0], "C": self.W.shape[1], "(D*C)": self.W.size}

    @property
    def told(self):
        """The strengths by name."""
        return ", ".join(f"{name}={value:g}" for name, value in zip(NAMES[1:], self.strengths, strict=False))

    def with_weights(self, W):
        """The same strengths on other weights."""
        return Case(W, self.strengths)

    def with_reg(self, reg):
        """The same weights with another strength."""
        return Case(self.W, (reg, *self.strengths[1:]))

    def __repr__(self):
        W = (
            f"W={problems.inline(self.W)}"
            if self.W.size <= 6
            else f"D={self.W.shape[0]}, C={self.W.shape[1]}"
        )
        return f"{W}, {self.told}"


@dataclass(frozen=True)
class Entry:
    """What one weight costs at strength 1 and the slope of that, each as numbers and as a text."""

    cost: Callable
    slope: Callable
    cost_told: Callable
    slope_told: Callable


def read(value, W):
    """Value and gradient of a result, forgiving of form where the meaning is plain."""
    answer = answers.read(value, W)
    if answers.is_numeric(value) and np.shape(value) in prices(W):
        return answers.Answer(float(np.sum(value)), None, answer.returns, answer.loss_form, "")
    two = isinstance(value, tuple | list) and len(value) == 2 and all(map(answers.is_numeric, value))
    for price, gradient in (value, value[::-1]) if two else ():
        if np.shape(price) in prices(W) and np.shape(gradient) == W.shape and not falls_up(price, gradient):
            total, form = float(np.sum(price)), answers.form_of_loss(price)
            swapped = price is not value[0]
            return answers.Answer(total, np.asarray(gradient), answer.returns, form, "(D, C)", swapped)
    return answer


def falls_up(price, gradient):
    """Whether these are a gradient and prices rather than the other way round: no weight earns money."""
    return np.shape(price) == np.shape(gradient) and np.min(price) < 0 <= min(np.max(price), np.min(gradient))


def prices(W):
    """The shapes of a value that was not summed, or along one axis only, and what they mean."""
    D, C = W.shape
    return {(D, C): "one price a weight", (C,): "one price a class", (D,): "one price a row"}


def case(W, *strengths):
    """A case from lists."""
    return Case(np.array(W, np.float64), strengths)


def tiny(strengths):
    """Cases for hand arithmetic, the smallest first; no weight is 0."""
    weights = ([[1, -2]], [[3], [-1]], [[1, -2, 2], [-1, 4, -3]])
    return [case(W, *strengths) for W in weights]


def with_zeros(strengths):
    """Cases in which some weights are exactly 0."""
    return [case(W, *strengths) for W in ([[0, 2]], [[-1], [0]], [[0, 0, 3], [-2, 0, 1]])]


def drawn(rng, strengths, dtype=np.float64):
    """Random weights of several shapes, none within 0.05 of 0."""
    found = []
    for shape in ((4, 3), (2, 5), (3, 4), (7, 2), (1, 6)):
        W = rng.normal(size=shape)
        found.append(Case((W + 0.05 * np.sign(W)).astype(dtype), strengths))
    return found
