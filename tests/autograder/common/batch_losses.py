"""What is checked of every loss of a batch, ``(W, X, y, reg) -> (loss, dW)``.

The points stand with each exercise. What is expected is computed before the answer is asked.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near, slope, smallest

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")


# A loop over examples, classes or features runs at least 20 lines more at the larger size.
GROWTH = (((4, 3, 2), (64, 24, 25)), ((4, 3, 4), (40, 24, 40)))
SLACK = 12


class BatchLossChecks:
    """The checks of one answer.

    Parameters
    ----------
    answer : Proxy
        The learner's function.
    reference : callable
        The right one.

    A chapter's own class says in `board` how one problem is written out by hand, and may have
    `edge_cases` of its own and another `halved` convention of the data term to follow through.
    """

    loud = 1e4  # the size of scores at which numpy should have nothing to warn of

    def __init__(self, answer, reference):
        self.answer, self.reference = answer, reference

    def board(self, case, answer, what):
        """Write `case` out as a teacher would, the expected "loss" or "dW" beside the answered."""
        raise NotImplementedError

    def halved(self, case):
        """Whether the data term is right but for a convention of its own."""
        return False

    def ask(self, case):
        """The answer to one problem: loss and gradient, or the check has failed."""
        answer = answers.read(self.answer(*case.arguments), case.W)
        if answer.loss is None or answer.dW is None:
            raise CheckFailed(
                f"It should return (loss, dW), a number and an array of shape {case.W.shape}; "
                f"it returns {answer.returns} for {case}."
            )
        return answer

    def refuse(self, case, message, what):
        """Fail with the arithmetic of `case`, if it is small enough to be read."""
        try:
            answer = self.ask(case)
        except LearnerError:
            answer = None
        small = answer is not None and max(case.sizes.values()) <= 4
        board = self.board(case, answer, what) if small else ""
        raise CheckFailed(f"{message} (at {case}).", board)

    def form(self, rng, follow):
        """Two results of the right kinds, finite, not all zero."""
        sizes = ((6, 4, 3), (3, 4, 3), (3, 2, 5))
        cases = [problems.random_problem(rng, *each, reg=0.5) for each in sizes]
        given = answers.ask_all(self.ask, cases, follow)
        answer = given[0]
        if answer.swapped:
            follow(f"It returns {answer.returns}; the loss comes first.", lost=1)
        answers.note_form(answer.loss_form, "mean", follow)
        if answer.dW_form != "(D, C)":
            follow(
                "dW should have the shape (D, C) of W; it is transposed. The rest is graded on it turned "
                "back.",
                lost=1,
            )
        if answer.dW.dtype.kind != "f":
            follow(f"dW should hold floating-point numbers; it holds {answer.dW.dtype}.", lost=1)
        if not (np.isfinite(answer.loss) and np.isfinite(answer.dW).all()):
            raise CheckFailed("The loss or the gradient is not finite (NaN or inf).")
        if len(given) > 1 and len({each.loss for each in given}) == 1:
            raise CheckFailed(
                f"It returns the loss {answer.loss:g} for every problem: nothing is computed yet."
            )

    def search(self, rng, wrong):
        """The smallest problem that `wrong` says yes to, or None: a known one, or one that is shrunk."""
        tiny = problems.tiny_problems()
        found = first([*tiny, *problems.sized_problems(rng), *problems.whole_problems(rng)], wrong)
        if found is None or found in tiny:
            return found
        return smallest(problems.small_problems(), wrong, rng) or found

    def data_loss(self, rng):
        """The loss at reg = 0."""

        def wrong(case):
            loss, _ = self.reference(*case.arguments)
            return not near(self.ask(case).loss, loss)

        case = self.search(rng, wrong)
        if case is not None:
            self.refuse(case, "With reg = 0 the loss is wrong", "loss")

    def data_gradient(self, rng, follow):
        """The gradient at reg = 0; that of another convention is followed through."""

        def wrong(case):
            _, dW = self.reference(*case.arguments)
            return not near(self.ask(case).dW, dW)

        case = self.search(rng, wrong)
        if case is not None and all(self.halved(each) for each in problems.tiny_problems()):
            follow("The gradient is right for your square with its one half.")
        elif case is not None:
            self.refuse(case, "With reg = 0 the gradient is wrong", "dW")

    def penalty_of(self, case):
        """What reg adds to loss and gradient, whatever the data term is."""
        with_reg, without = self.ask(case), self.ask(case.with_reg(0.0))
        return with_reg.loss - without.loss, with_reg.dW - without.dW

    def penalty_in_loss(self, rng):
        """reg * sum(W**2) is added to the loss."""

        def wrong(case):
            return not near(self.penalty_of(case)[0], case.reg * np.sum(case.W**2))

        case = first(penalized(rng), wrong)
        if case is not None:
            added, due = self.penalty_of(case)[0], case.reg * np.sum(case.W**2)
            message = f"reg = {case.reg:g} should add {due:.6g} to the loss; it adds {added:.6g}"
            self.refuse(case, message, "loss")

    def penalty_in_gradient(self, rng, follow):
        """2 * reg * W is added to the gradient; a penalty with one half is followed through."""

        def wrong(case):
            return not near(self.penalty_of(case)[1], 2 * case.reg * case.W)

        def halved(case):
            value, gradient = self.penalty_of(case)
            return near(value, 0.5 * case.reg * np.sum(case.W**2)) and near(gradient, case.reg * case.W)

        cases = penalized(rng)
        case = first(cases, wrong)
        if case is not None and all(halved(each) for each in cases):
            follow("The gradient is right for your penalty with its one half.")
        elif case is not None:
            self.refuse(case, "What reg adds to the gradient is not 2 * reg * W", "dW")

    def slope(self, rng):
        """The gradient is that of the learner's own loss."""
        sizes = ((5, 3, 4), (4, 3, 4))
        judged([problems.random_problem(rng, *each, reg=0.2) for each in sizes], self.slope_at)

    def slope_at(self, case):
        """The gradient is that of the loss at one problem."""
        W, X, y, reg = case.arguments
        answer = self.ask(case)
        measured = slope(lambda nudged: self.ask(problems.Problem(nudged, X, y, reg)).loss, W)
        if not np.allclose(answer.dW, measured, rtol=1e-4, atol=1e-6):
            at = np.unravel_index(np.argmax(np.abs(answer.dW - measured)), W.shape)
            raise CheckFailed(
                f"Loss and gradient do not belong together: nudge W[{at[0]}, {at[1]}] and your loss changes "
                f"by {measured[at]:.6g} per unit, but your dW says {answer.dW[at]:.6g}."
            )

    def laws(self, rng):
        """A shift of all scores changes nothing; new numbers for the classes move the columns of dW."""
        judged([problems.random_problem(rng, N, D=2, C=4) for N in (5, 4)], self.laws_at)

    def laws_at(self, case):
        """The laws at one problem, of two features and four classes."""
        before = self.ask(case)
        shifted = self.ask(problems.Problem(case.W + np.array([[10], [-20]]), case.X, case.y, 0.0))
        if not (near(shifted.loss, before.loss) and near(shifted.dW, before.dW)):
            raise CheckFailed(
                "Only differences of scores count: adding one column to every column of W raises all scores "
                "of an example alike. At reg = 0 your loss goes "
                f"from {before.loss:.6g} to {shifted.loss:.6g}, or dW changes."
            )
        order = np.array([2, 0, 3, 1])
        labels = np.argsort(order)[case.y]
        moved = self.ask(problems.Problem(case.W[:, order], case.X, labels, 0.0))
        if not (near(moved.loss, before.loss) and near(moved.dW, before.dW[:, order])):
            raise CheckFailed(
                "Numbering the classes in another order (the columns of W and the labels with them) should "
                f"only reorder the columns of dW. Your loss goes from {before.loss:.6g} to {moved.loss:.6g}, "
                "or dW changes in another way."
            )

    def edge_cases(self, rng):
        """One example, two classes, ties, large scores."""
        return (
            problems.random_problem(rng, N=1, D=1, C=2),
            problems.problem(np.zeros((3, 5)), np.ones((2, 3)), [1, 4]),
            problems.random_problem(rng, N=4, D=3, C=5, scale=1e6),
        )

    def edges(self, rng):
        """The edge cases, compared as they are."""

        def wrong(case):
            loss, dW = self.reference(*case.arguments)
            answer = self.ask(case)
            fine = near(answer.loss, loss) and near(answer.dW, dW)
            if not fine and not self.halved(case):  # that has cost its points
                said = f"the loss should be {loss:.6g}, it is {problems.say(answer.loss)}"
                if near(answer.loss, loss):
                    said = "the loss is right, the gradient is not"
                raise CheckFailed(f"Wrong at the edge {case}: {said}.")
            return False

        first(self.edge_cases(rng), wrong)

    def float32(self, rng):
        """float32 and short integers give what float64 gives."""
        sizes = ((6, 4, 3), (3, 4, 3))
        cases = [problems.random_problem(rng, *each, reg=0.1, dtype=np.float32) for each in sizes]
        judged(cases, self.float32_at)

    def float32_at(self, case):
        """float32 gives at one problem what float64 gives."""
        wide = self.ask(problems.Problem(case.W.astype(float), case.X.astype(float), case.y, case.reg))
        for labels in (case.y, case.y.astype(np.int32), case.y.astype(np.uint8)):
            answer = self.ask(problems.Problem(case.W, case.X, labels, case.reg))
            if not (near(answer.loss, wide.loss, np.float32) and near(answer.dW, wide.dW, np.float32)):
                raise CheckFailed(
                    f"With float64 arguments your loss is {problems.say(wide.loss)}; with the same numbers "
                    f"as float32 and {labels.dtype} labels it is {problems.say(answer.loss)}, or dW differs."
                )

    def arguments_unchanged(self, rng):
        """W, X and y are left alone."""

        def wrong(case):
            reply = self.answer.run(*case.arguments, echo=True)
            answers.refuse_changes("WXy", case.arguments, reply.arguments)
            if reply.shared:
                raise CheckFailed(
                    f"dW shares its memory with {'WXy'[reply.shared[0]]}: whoever changes one changes the "
                    "other. Return a new array."
                )
            return False

        sizes = ((5, 3, 4, 0.5), (5, 3, 4, 0.0), (4, 3, 4, 0.5))
        first([problems.random_problem(rng, *each) for each in sizes], wrong)

    def quiet(self, rng):
        """numpy has nothing to warn of."""
        sizes = ((4, 3, 5), (5, 3, 5))
        cases = [problems.random_problem(rng, *each, reg=1e-3, scale=self.loud) for each in sizes]
        judged(cases, self.quiet_at)

    def quiet_at(self, case):
        """numpy has nothing to warn of at one problem."""
        answers.refuse_warnings(self.answer.run(*case.arguments))

    def no_loop(self, rng):
        """No loop in the text, and no more lines for larger arguments."""
        pairs = [[problems.random_problem(rng, *each, scale=0.05) for each in sizes] for sizes in GROWTH]
        judged(pairs, lambda pair: answers.refuse_loops(self.answer, *pair, SLACK))


def judged(cases, check):
    """Check the first of some cases that the answer does not crash at: the crash has cost its point."""
    crash = None
    for case in cases:
        try:
            return check(case)
        except LearnerError as error:
            if error.kind != "call":
                raise
            crash = crash or error
    raise crash


def penalized(rng):
    """Problems with a penalty, the smallest first."""
    return [*problems.tiny_problems(reg=0.5)[::2], *problems.sized_problems(rng, reg=0.3)[1::2]]
