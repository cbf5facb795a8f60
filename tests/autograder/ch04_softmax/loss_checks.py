"""What is checked of the softmax classifier's loss of a batch: what every loss must do, and large scores."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, near

answers = catalogue.beside(__file__, "answers")
batch_losses = catalogue.beside(__file__, "batch_losses")
boards = catalogue.beside(__file__, "boards")
problems = catalogue.beside(__file__, "problems")


# a true class that is a thousand ahead, in the middle, and behind
WIDE = [problems.problem([[0, 1000, -1000]], [[1]], [label]) for label in (1, 0, 2)]
TOO_SMALL = 700  # a loss whose share is too small for a float: an infinite one is accepted


class LossChecks(batch_losses.BatchLossChecks):
    """The checks of one answer."""

    def board(self, case, answer, what):
        """Exponentials, losses and errors of every example, and what they add up to."""
        return boards.batch(case, answer, what)

    def edge_cases(self, rng):
        """One example, two classes, equal scores, a classifier that is sure and right."""
        sure = problems.problem([[30, 0], [0, 30]], [[1, 0], [0, 1], [1, 0]], [0, 1, 0])
        equal = problems.problem(np.zeros((3, 5)), np.ones((2, 3)), [1, 4])
        return problems.random_problem(rng, N=1, D=1, C=2), equal, sure

    def large(self, rng):
        """The scores of an example a thousand apart; or all of them that much higher or lower."""
        for case in WIDE:
            loss, dW = self.reference(*case.arguments)
            answer = self.ask(case)
            if not (near(answer.loss, loss) or (loss > TOO_SMALL and answer.loss == np.inf)):
                self.refuse(case, "With scores a thousand apart the loss is wrong", "loss")
            if not near(answer.dW, dW):
                self.refuse(case, "With scores a thousand apart the gradient is wrong", "dW")
        for shifts in ([1000, 1000, 1000], [-1000, -1000, -1000], [800, -900, 5000]):
            case = far(problems.random_problem(rng, N=3, D=2, C=4), shifts)
            loss, dW = self.reference(*case.arguments)
            answer = self.ask(case)
            if not (near(answer.loss, loss) and near(answer.dW, dW)):
                said = f"the loss should be {loss:.6g}, it is {problems.say(answer.loss)}"
                if near(answer.loss, loss):
                    said = "the loss is right, the gradient is not"
                scores = "; ".join(problems.inline(row) for row in (case.X @ case.W).round(1))
                raise CheckFailed(f"Wrong for large scores: {said}. The rows of scores: {scores}.")

    def quiet(self, rng):
        """numpy has nothing to warn of."""
        shifts = ([1000, -1000, 0], [1000, -1000, 0, 500])
        cases = [far(problems.random_problem(rng, N=len(each), D=2, C=4, reg=1e-3), each) for each in shifts]
        batch_losses.judged(cases, self.quiet_at)


def far(case, shifts):
    """The same problem with one feature more, by which example i has all scores higher by `shifts[i]`."""
    W = np.vstack([case.W, np.full(case.W.shape[1], 100.0)])
    X = np.column_stack([case.X, np.array(shifts) / 100.0])
    return problems.Problem(W, X, case.y, case.reg)
