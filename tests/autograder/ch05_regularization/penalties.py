"""What is checked of every penalty, ``(W, reg) -> (value, gradient)`` or ``(W, reg, beta) -> ...``.

A chapter's penalty differs in what one weight costs and in its slope: that is its `Entry`.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near, slope

answers = catalogue.beside(__file__, "answers")
penalty_cases = catalogue.beside(__file__, "penalty_cases")
problems = catalogue.beside(__file__, "problems")
say, paren, inline = problems.say, problems.paren, problems.inline
Case, Entry, read, case = penalty_cases.Case, penalty_cases.Entry, penalty_cases.read, penalty_cases.case
tiny, drawn, with_zeros = penalty_cases.tiny, penalty_cases.drawn, penalty_cases.with_zeros


def precision(case, answer):
    """As good as the weights, or as the gradient that comes: who computes in float32 is right too."""
    return np.float32 if np.float32 in (case.W.dtype, answer.dW.dtype) else np.float64


class PenaltyChecks:
    """The checks of one answer.

    Parameters
    ----------
    answer : Proxy
        The learner's function.
    reference : callable
        The right one.
    entry : Entry
        What one weight costs.
    conventions : dict
        The same penalty in other conventions, by what is different; their gradients are followed through.
    betas : tuple
        Values of beta, where there is one: for hand arithmetic, for random cases, for the edge.
    """

    def __init__(self, answer, reference, entry, conventions, betas=()):
        self.answer, self.reference, self.entry = answer, reference, entry
        self.conventions, self.betas = conventions, betas

    def strengths(self, reg, which=0):
        """The arguments after W."""
        return (reg, *self.betas[which : which + 1])

    def cases(self, rng):
        """The known cases, then drawn ones with other strengths."""
        return [*tiny(self.strengths(0.5)), *drawn(rng, self.strengths(0.3, 1))]

    def ask(self, case):
        """Value and gradient for one case, or the check has failed."""
        answer = read(self.answer(*case.arguments), case.W)
        if answer.loss is None or answer.dW is None:
            raise CheckFailed(
                f"It should return (value, gradient), a number and an array of shape {case.W.shape}; "
                f"it returns {answer.returns} for {case}."
            )
        return answer

    def refuse(self, case, message, what):
        """Fail with the arithmetic of `case`, if it is small enough to be read."""
        try:
            answer = self.ask(case)
        except LearnerError:
            answer = None
        board = self.board(case, answer, what) if answer is not None and case.W.size <= 6 else ""
        raise CheckFailed(f"{message} (at {case}).", board)

    def board(self, case, answer, what):
        """Write one case out, a line a weight, the expected beside the answered."""
        value, gradient = self.reference(*case.arguments)
        lines = [f"W = {inline(case.W)}   {case.told.replace('=', ' = ')}"]
        beta = case.strengths[1:]
        for (d, c), w in np.ndenumerate(case.W):
            line = (
                f"    W[{d}, {c}]: costs {self.entry.cost_told(w, *beta)} = {say(self.entry.cost(w, *beta))}"
            )
            if what == "gradient":
                told, number = self.entry.slope_told(w, *beta), say(self.entry.slope(w, *beta))
                line = f"    W[{d}, {c}]: slope {told}" + ("" if told == number else f" = {number}")
            lines.append(line)
        lines.append(f"all of it times reg = {say(case.strengths[0])}")
        if what == "value":
            lines.append(f"value     expected {say(value)}, yours {say(answer.loss)}")
        else:
            lines.append(f"gradient  expected {inline(gradient)}")
            lines.append(f"             yours {inline(answer.dW)}")
        return "\n".join(lines)

    def convention(self, cases):
        """The convention in which the answer is right in all cases, by what is different, or None."""

        def fits(told, case):
            answer, (value, gradient) = self.ask(case), self.conventions[told](*case.arguments)
            grain = precision(case, answer)
            return near(answer.loss, value, grain) and near(answer.dW, gradient, grain)

        return next((t for t in self.conventions if all(fits(t, case) for case in cases)), None)

    def wrong(self, part):
        """A function (case) -> whether the value (0) or the gradient (1) is wrong there."""

        def judge(case):
            answer = self.ask(case)
            due = self.reference(*case.arguments)[part]
            return not near((answer.loss, answer.dW)[part], due, precision(case, answer))

        return judge

    # ------------------------------------------------------------------------------------- checks

    def form(self, rng, follow):
        """Two results of the right kinds, finite, not always the same."""
        cases = drawn(rng, self.strengths(0.5))
        given = answers.ask_all(self.ask, cases, follow)
        answer = given[0]
        if answer.swapped:
            follow(f"It returns {answer.returns}; the value comes first.", lost=1)
        if answer.loss_form == answers.BOXED:
            follow(
                "The value is one number, as it should be, but packed into an array: `.item()` takes it out.",
                lost=1,
            )
        elif answer.loss_form == answers.SEVERAL:
            follow(
                "The value should be one number; it is an array. The rest is graded on its sum.",
                lost=1,
            )
        if answer.dW_form != "(D, C)":
            follow(
                "The gradient should have the shape of W; it is transposed. The rest is graded on it "
                "turned back.",
                lost=1,
            )
        if not (np.isfinite(answer.loss) and np.isfinite(answer.dW).all()):
            raise CheckFailed("The value or the gradient is not finite (NaN or inf).")
        if len(given) > 1 and len({each.loss for each in given}) == 1:
            raise CheckFailed(
                f"It returns the value {answer.loss:g} for all weights: nothing is computed yet."
            )

    def value(self, rng):
        """The value, the smallest case first."""
        case = first(self.cases(rng), self.wrong(0))
        if case is not None:
            self.refuse(case, "The value is wrong", "value")

    def gradient(self, rng, follow):
        """The gradient where no weight is 0; that of a value in another convention is followed through."""
        cases = self.cases(rng)
        case = first(cases, self.wrong(1))
        if case is not None and (told := self.convention(cases)):
            follow(f"The gradient is right for your penalty {told}.")
        elif case is not None:
            self.refuse(case, "The gradient is wrong", "gradient")

    def zero_weights(self):
        """At weights of exactly 0 the gradient of the absolute value counts as 0."""

        def wrong(case):
            answer, due = self.ask(case), self.reference(*case.arguments)[1]
            return not near(answer.dW[case.W == 0], due[case.W == 0])

        case = first(with_zeros(self.strengths(0.5)), wrong)
        if case is not None:
            self.refuse(case, "At a weight of exactly 0 the gradient should be 0", "gradient")

    def slope(self, rng, follow):
        """The gradient is that of the learner's own value, or of the right one."""
        case = drawn(rng, self.strengths(0.2))[0]
        answer = self.ask(case)
        narrow = precision(case, answer) is np.float32
        step = 0.02 if narrow else 1e-5  # the nearest corner is 0.05 away
        measured = slope(lambda nudged: self.ask(case.with_weights(nudged)).loss, case.W, step)
        fits = np.allclose(answer.dW, measured, rtol=1e-3 if narrow else 1e-4, atol=1e-3 if narrow else 1e-6)
        if not fits and first(self.cases(rng), self.wrong(1)) is None:
            follow("The gradient is that of the right value; yours has cost its points above.")
        elif not fits:
            at = np.unravel_index(np.argmax(np.abs(answer.dW - measured)), case.W.shape)
            raise CheckFailed(
                f"Value and gradient do not belong together: nudge W[{at[0]}, {at[1]}] and your value "
                f"changes by {measured[at]:.6g} per unit, but your gradient says {answer.dW[at]:.6g}."
            )

    def laws(self, rng):
        """No weight is special, signs do not count, and twice the strength costs twice as much."""
        case = drawn(rng, self.strengths(0.4))[0]
        before = self.ask(case)

        def alike(one, other):
            return near(one, other, precision(case, before))

        turned = self.ask(case.with_weights(-case.W))
        if not (alike(turned.loss, before.loss) and alike(turned.dW, -before.dW)):
            raise CheckFailed(
                "A penalty asks how far a weight is from 0, not on which side: with the signs of all weights "
                "turned the value should stay and the gradient should turn. Your value goes from "
                f"{before.loss:.6g} to {turned.loss:.6g}, or the gradient does not turn."
            )
        moved = self.ask(case.with_weights(case.W[::-1, ::-1].copy()))
        if not (alike(moved.loss, before.loss) and alike(moved.dW, before.dW[::-1, ::-1])):
            raise CheckFailed(
                "No weight is special: with the rows and columns of W in another order the value should stay "
                f"and the gradient should be reordered alike. Your value goes from {before.loss:.6g} to "
                f"{moved.loss:.6g}, or the gradient changes in another way."
            )
        doubled = self.ask(case.with_reg(0.8))
        if not (alike(doubled.loss, 2 * before.loss) and alike(doubled.dW, 2 * before.dW)):
            raise CheckFailed(
                "Twice the strength should cost twice as much, and pull twice as hard. From reg = 0.4 to "
                f"0.8 your value goes from {before.loss:.6g} to {doubled.loss:.6g}, or the gradient does not "
                "double."
            )

    def edges(self, rng, follow):
        """No strength, weights that are all 0, one weight, large ones, float32; what is right elsewhere."""
        reference, known = self.reference, self.cases(rng)
        sound = [first(known, self.wrong(part)) is None for part in (0, 1)]
        if told := self.convention(known):
            follow(f"Compared with your penalty {told}.")
            reference, sound = self.conventions[told], [True, True]
        elif any(sound) and not all(sound):
            right = "value" if sound[0] else "gradient"
            follow(f"Only the {right} is looked at here: the other part has cost its points above.")
        else:
            sound = [True, True]
        cases = [
            drawn(rng, self.strengths(0.0))[0],
            *(drawn(rng, self.strengths(0.5, which))[0] for which in (2, 3)),
            Case(np.zeros((2, 3)), self.strengths(0.5)),
            case([[-4.0]], *self.strengths(0.25)),
            Case(1e6 * rng.normal(size=(3, 2)), self.strengths(2.0)),
        ]
        narrow = drawn(rng, self.strengths(0.5), np.float32)[2]
        for each in (*cases, narrow):
            value, gradient = reference(*each.arguments)
            answer = self.ask(each)
            grain = precision(each, answer)
            flat = not each.W.any()  # the gradient there has a check of its own
            right = near(answer.loss, value, grain), flat or near(answer.dW, gradient, grain)
            if any(judged and not fine for judged, fine in zip(sound, right, strict=True)):
                said = f"the value should be {value:.6g}, it is {say(answer.loss)}"
                if right[0] or not sound[0]:
                    said = "the gradient is wrong"
                float32 = " (float32)" if each is narrow else ""
                raise CheckFailed(f"Wrong at the edge {each}{float32}: {said}.")

    def arguments_unchanged(self, rng):
        """W is left alone, the gradient is a new array, and numpy has nothing to warn of."""
        for case in drawn(rng, self.strengths(0.4))[:3]:
            reply = self.answer.run(*case.arguments, echo=True)
            if answers.kept("W", case.arguments, reply.arguments).get("W") == "changed":
                raise CheckFailed("W is changed by the call; a penalty must leave it as it came.")
            if reply.shared:
                raise CheckFailed(
                    "The gradient shares its memory with W: whoever changes one changes the other. "
                    "Return a new array."
                )
            answers.refuse_warnings(reply)
