"""The graded checks of ``full_loss(data_loss, penalty, W, X, y, reg) -> (loss, dW)``: 18 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near, slope
from lintutor.objective import full_loss as reference

answers = catalogue.beside(__file__, "answers")
callbacks = catalogue.beside(__file__, "callbacks")
problems = catalogue.beside(__file__, "problems")
pytestmark = pytest.mark.exercise("ch05.full_loss")

PAIRS = [
    ("the hinge loss and the L2 penalty", callbacks.HINGE, callbacks.L2),
    ("the cross-entropy loss and the L1 penalty", callbacks.CROSS_ENTROPY, callbacks.L1),
]
ALONE = [
    ("the hinge loss and no penalty", callbacks.HINGE, callbacks.NOTHING),
    ("the cross-entropy loss and no penalty", callbacks.CROSS_ENTROPY, callbacks.NOTHING),
]


class FullLoss:
    """The learner's function, and what it should give."""

    def __init__(self, answer):
        self.answer = answer

    def ask(self, pair, case):
        """Loss and gradient, or the check has failed."""
        answer = answers.read(self.answer(*pair[1:], *case.arguments), case.W)
        if answer.loss is None or answer.dW is None:
            raise CheckFailed(
                f"It should return (loss, dW), a number and an array of shape {case.W.shape}; "
                f"it returns {answer.returns} for {case}."
            )
        return answer

    def wrong(self, part):
        """A function ((pair, case)) -> whether the loss (0) or the gradient (1) is wrong there."""

        def judge(trial):
            pair, case = trial
            answer = self.ask(pair, case)
            return not near((answer.loss, answer.dW)[part], reference(*pair[1:], *case.arguments)[part])

        return judge

    def sound(self, rng):
        """Which parts are right with the functions of the book: 0 for the loss, 1 for the gradient."""
        cases = problems.sized_problems(rng, reg=0.3)
        trials = [(pair, case) for pair in PAIRS for case in cases]
        return [part for part in (0, 1) if first(trials, self.wrong(part)) is None]

    def compare(self, pairs, cases, told, parts=(0, 1)):
        """Fail at the first case where loss or gradient are wrong, with its sums as arithmetic."""

        def wrong(trial):
            return any(self.wrong(part)(trial) for part in parts)

        trial = first([(pair, case) for case in cases for pair in pairs], wrong)
        if trial is not None:
            pair, case = trial
            try:
                answer = self.ask(pair, case)
            except LearnerError:
                answer = None
            small = answer is not None and max(case.sizes.values()) <= 4
            board = self.board(pair, case, answer) if small else ""
            raise CheckFailed(f"With {pair[0]} {told} (at {case}).", board)

    def board(self, pair, case, answer):
        """The two parts as they come, the expected sums beside the answered."""
        W, X, y, reg = case.arguments
        (loss, dW), (value, gradient) = pair[1](W, X, y), pair[2](W, reg)
        say, inline = problems.say, problems.inline
        lines = [
            f"W = {inline(W)}   X = {inline(X)}   y = {inline(y)}   reg = {reg:g}",
            f"    data_loss(W, X, y) gives {say(loss)} and {inline(dW)}",
            f"    penalty(W, {reg:g}) gives {say(value)} and {inline(gradient)}",
            f"loss  expected {say(loss)} + {problems.paren(value)} = {say(loss + value)}, "
            f"yours {say(answer.loss)}",
            f"dW    expected {inline(dW + gradient)}",
            f"         yours {inline(answer.dW)}",
        ]
        return "\n".join(lines)


@pytest.fixture
def answer(submission):
    return FullLoss(submission.ch05.full_loss)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "calls")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """calls what it is given and returns a number and an array of the shape of W"""
    cases = [problems.random_problem(rng, *size, reg=0.5) for size in ((6, 4, 3), (3, 2, 5))]
    given = [answer.ask(PAIRS[1], case) for case in cases]
    if given[0].swapped:
        follow(f"It returns {given[0].returns}; the loss comes first.", lost=1)
    answers.note_form(given[0].loss_form, "mean", follow)
    if given[0].dW_form != "(D, C)":
        follow("dW should have the shape (D, C) of W; it is transposed.", lost=1)
    if not all(np.isfinite(each.loss) and np.isfinite(each.dW).all() for each in given):
        raise CheckFailed("The loss or the gradient is not finite (NaN or inf).")
    if given[0].loss == given[1].loss:
        raise CheckFailed(
            f"It returns the loss {given[0].loss:g} for every problem: nothing is computed yet."
        )


@pytest.mark.points(4)
@pytest.mark.about("data", "calls")
def test_data_term(answer, rng):
    """without a penalty it is the data loss that was given, untouched"""
    cases = [*problems.tiny_problems(), *problems.sized_problems(rng)]
    answer.compare(ALONE, cases, "loss and gradient should be those of the data loss")


def penalties_added(answer, rng, part):
    """What the penalty adds to a part of the answer, compared with what it should."""
    cases = [*problems.tiny_problems(reg=0.5), *problems.sized_problems(rng, reg=0.3)]

    def wrong(trial):
        pair, case = trial
        added, due = added_and_due(pair, case)
        return not near(added, due)

    def added_and_due(pair, case):
        without = answer.ask((*pair[:2], callbacks.NOTHING), case.with_reg(0.0))
        with_it = answer.ask(pair, case)
        due = pair[2](case.W, case.reg)
        if part == "loss":
            return with_it.loss - without.loss, due[0]
        return with_it.dW - without.dW, due[1]

    trial = first([(pair, case) for case in cases for pair in PAIRS], wrong)
    if trial is not None:
        pair, case = trial
        added, due = added_and_due(pair, case)
        board = answer.board(pair, case, answer.ask(pair, case)) if max(case.sizes.values()) <= 4 else ""
        told = f": {problems.say(added)} where it returns {problems.say(due)}" if part == "loss" else ""
        name = "the loss" if part == "loss" else "dW"
        raise CheckFailed(
            f"With {pair[0]}, what the penalty adds to {name} is not what the penalty returns{told} "
            f"(at {case}).",
            board,
        )


@pytest.mark.points(4)
@pytest.mark.about("penalty", "calls")
def test_penalty_in_loss(answer, rng):
    """the penalty's value is added to the loss, once"""
    penalties_added(answer, rng, "loss")


@pytest.mark.points(4)
@pytest.mark.about("penalty", "calls")
def test_penalty_in_gradient(answer, rng):
    """the penalty's gradient is added to dW, once"""
    penalties_added(answer, rng, "dW")


@pytest.mark.points(2)
@pytest.mark.about("data", "penalty")
def test_gradient_is_the_slope_of_the_loss(answer, rng, follow):
    """dW is the slope of the loss, by nudging each weight"""
    case = problems.random_problem(rng, N=5, D=3, C=4, reg=0.2)
    pair = (PAIRS[1][0], callbacks.CROSS_ENTROPY, callbacks.L2)
    W, X, y, reg = case.arguments
    given = answer.ask(pair, case)
    measured = slope(lambda nudged: answer.ask(pair, problems.Problem(nudged, X, y, reg)).loss, W)
    fits = np.allclose(given.dW, measured, rtol=1e-4, atol=1e-6)
    if not fits and 1 in answer.sound(rng):
        follow("dW is the slope of the right loss; yours has cost its points above.")
    elif not fits:
        at = np.unravel_index(np.argmax(np.abs(given.dW - measured)), W.shape)
        raise CheckFailed(
            f"Loss and gradient do not belong together: nudge W[{at[0]}, {at[1]}] and your loss changes by "
            f"{measured[at]:.6g} per unit, but your dW says {given.dW[at]:.6g}."
        )


@pytest.mark.points(1)
@pytest.mark.about("data", "penalty")
def test_functions_of_another_kind(answer, rng, follow):
    """any two functions will do, not only those of the book"""
    case = problems.problem([[3, 1], [0, 2]], [[1, 2], [4, -1], [2, 0]], [0, 1, 1], reg=0.5)

    def data_loss(W, X, y):
        return float(np.sum(X) * W[0, 0] - 10), np.full(W.shape, 3.0)

    def penalty(W, reg):
        return 4 * reg + 5, np.full(W.shape, -reg)

    pair = ("two functions that the grader made up", data_loss, penalty)
    if not any(answer.wrong(part)((pair, case)) for part in (0, 1)):
        return
    parts = answer.sound(rng)
    if len(parts) == 1:
        name = ("loss", "gradient")[parts[0]]
        follow(f"Only the {name} is looked at here: the other part has cost its points above.")
    answer.compare(
        [pair], [case], "loss and gradient should be the sums of what they return", parts or (0, 1)
    )


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """W, X and y stay as they were, and dW is a new array"""
    for case in (problems.random_problem(rng, N=5, D=3, C=4, reg=reg) for reg in (0.5, 0.0)):
        reply = answer.answer.run(*PAIRS[1][1:], *case.arguments, echo=True)
        answers.refuse_changes("WXy", case.arguments, reply.arguments[2:])
        if reply.shared:
            raise CheckFailed("dW shares its memory with an argument. Return a new array.")
