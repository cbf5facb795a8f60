"""What is checked of a classifier with its own loss: the loss of a batch, and that training lowers it."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

batch_losses = catalogue.beside(__file__, "batch_losses")
problems = catalogue.beside(__file__, "problems")
spies = catalogue.beside(__file__, "spies")
inline, say = problems.inline, problems.say


class ClassifierChecks(batch_losses.BatchLossChecks):
    """The checks of one class, its session taken for a loss of W, X, y, reg."""

    def board(self, case, answer, what):
        """The scores, and the expected beside the answered."""
        loss, dW = self.reference(*case.arguments)
        lines = [
            f"W = {inline(case.W)}   X_batch = {inline(case.X)}   y_batch = {inline(case.y)}   reg = "
            f"{case.reg:g}",
            f"scores X_batch @ W = {inline(case.X @ case.W)}",
        ]
        if "loss" in what:
            lines.append(f"loss  expected {say(loss)}, yours {say(answer.loss)}")
        if "dW" in what:
            lines.append(f"dW    expected {inline(dW)}\n         yours {inline(answer.dW)}")
        return "\n".join(lines)

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
                f"{losses[-20:].mean():.3g}. It should fall to less than half."
            )
        if (found != y).any():
            raise CheckFailed(
                f"Three groups of points, far apart: after training {(found != y).sum()} of 15 get a wrong "
                "class."
            )
