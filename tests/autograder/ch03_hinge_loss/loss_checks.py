"""What is checked of a hinge loss of a batch: what every loss must do, and its kink."""

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near

batch_losses = catalogue.beside(__file__, "batch_losses")
boards = catalogue.beside(__file__, "boards")
problems = catalogue.beside(__file__, "problems")


class LossChecks(batch_losses.BatchLossChecks):
    """The checks of one answer; `power` is 1 for the hinge, 2 for its square."""

    def __init__(self, answer, reference, power=1):
        super().__init__(answer, reference)
        self.power = power

    def board(self, case, answer, what):
        """The margins of every example, and what they add up to."""
        return boards.by_hand(case, answer, what, self.power)

    def halved(self, case):
        """Whether a squared hinge has one half before its square."""
        loss, dW = self.reference(*case.arguments)
        answer = self.ask(case)
        return self.power == 2 and near(2 * answer.loss, loss) and near(2 * answer.dW, dW)

    def edges(self, rng):
        """One example, two classes, margins of 0, large scores."""
        super().edges(rng)
        # scores [0, 1, -3], true class 1: the margin of class 0 is 0, either slope of a hinge is right
        case = problems.problem([[0, 1, -3]], [[2]], [1])
        kink = problems.problem([[0, 0.5, -3]], [[2]], [1])
        slopes = ([0, 0, 0], [2, -2, 0]) if self.power == 1 else ([0, 0, 0],)
        for each, choices in ((case, ([0, 0, 0],)), (kink, slopes)):
            answer = self.ask(each)
            if not near(answer.loss, 0) or not any(near(answer.dW, [choice]) for choice in choices):
                self.refuse(each, "Where no margin is violated, loss and gradient should be 0", "loss dW")
