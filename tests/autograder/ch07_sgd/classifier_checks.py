"""What is checked of a classifier with its own loss: the loss of a batch, and that training lowers it."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

batch_losses = catalogue.beside(__file__, "batch_losses")
problems = catalogue.beside(__file__, "problems")
spies = catalogue.beside(__file__, "spies")
inline, say = problems.inline, problems.say
BASE = "If your loss passes its checks, look at train and predict of LinearClassifier."


class ClassifierChecks(batch_losses.BatchLossChecks):
    """The checks of one class, its session taken for a loss of W, X, y, reg.

    Parameters
    ----------
    answer : Proxy
    reference : callable (W, X, y, reg) -> (loss, dW)
    by_hand : callable (scores, label) -> (lines, loss, times)
        One example as it is written on the board; `times` says how often x enters each column of dW.
    """

    def __init__(self, answer, reference, by_hand):
        super().__init__(answer, reference)
        self.by_hand = by_hand

    def board(self, case, answer, what):
        """Every example, the mean and the penalty, and the expected beside the answered."""
        loss, dW = self.reference(*case.arguments)
        lines = [
            f"W = {inline(case.W)}   X_batch = {inline(case.X)}   y_batch = {inline(case.y)}   "
            f"reg = {case.reg:g}"
        ]
        each = []
        for i, (row, label) in enumerate(zip(case.X @ case.W, case.y, strict=True)):
            told, own, times = self.by_hand(row, label)
            lines.append(f"example {i}: scores {inline(row)}, true class {label} (score {say(row[label])})")
            lines += [f"    {line}" for line in told]
            if "dW" in what:
                lines.append(f"    x enters the columns of dW {inline(times)} times")
            each.append(own)
        total = " + ".join(map(say, each))
        mean = f"({total}) / {len(each)}" if len(each) > 1 else total
        lines.append(f"data loss: {mean} = {say(np.mean(each))}")
        if case.reg:
            square = np.sum(case.W**2)
            lines.append(f"penalty: {case.reg:g} * {say(square)} = {say(case.reg * square)}")
        if "loss" in what:
            lines.append(f"loss  expected {say(loss)}, yours {say(answer.loss)}")
        if "dW" in what:
            lines.append(f"dW    expected {inline(dW)}\n         yours {inline(answer.dW)}")
        return "\n".join(lines)

    def large(self, cases, what):
        """The "loss" or "dW" at scores that a plain exponential does not bear; dW where the loss is right."""
        for case in cases:
            loss, dW = self.reference(*case.arguments)
            answer = self.ask(case)
            right = near(answer.loss, loss)
            given = answer.loss if what == "loss" else answer.dW
            if not right if what == "loss" else right and not near(answer.dW, dW):
                told = "wrong" if np.isfinite(given).all() else "not finite"
                self.refuse(case, f"For large scores {what} is {told}", what)

    def weights_unchanged(self, rng):
        """self.W is afterwards what it was: moving it is the business of train."""
        case = problems.random_problem(rng, N=5, D=3, C=4, reg=0.25)
        after = self.answer(*case.arguments, "W")
        if not np.array_equal(after, case.W):
            raise CheckFailed(
                "self.W is changed by loss; only train moves it. `dW = self.W` is no copy: what you do to "
                "dW then happens to self.W."
            )

    def learns(self):
        """Three groups of points that a few steps tell apart."""
        self.ask(problems.tiny_problems()[0])  # without a loss there is nothing to train with
        X = np.array([[2.0, 0, 1], [0, 2, 1], [-2, -2, 1]]).repeat(5, axis=0)
        X[:, :2] += 0.1 * np.arange(15)[:, None] % 0.5
        y = np.arange(3).repeat(5)
        options = {"learning_rate": 0.1, "num_iters": 150, "batch_size": 10}
        history, classes = spies.of_two(self.answer(None, X, y, 1e-3, options))
        losses, found = spies.numbers(history), spies.array(classes, y.shape)
        if losses is None or found is None or not len(losses):
            raise CheckFailed(
                "train should return the losses, and predict a class a row, as in LinearClassifier."
            )
        if not np.isfinite(losses).all() or losses[-20:].mean() > 0.5 * losses[0]:
            raise CheckFailed(
                f"Three groups of points, far apart, 150 steps: the loss goes from {losses[0]:.3g} to "
                f"{losses[-20:].mean():.3g}. It should fall to less than half. {BASE}"
            )
        if (found != y).any():
            raise CheckFailed(
                f"Three groups of points, far apart: after training {(found != y).sum()} of 15 get a wrong "
                f"class. {BASE}"
            )
