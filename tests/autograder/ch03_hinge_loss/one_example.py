"""What is checked of a loss of one example: the cases, the checks, and the probes of its mistakes."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
boards = catalogue.beside(__file__, "boards")
problems = catalogue.beside(__file__, "problems")


@dataclass(frozen=True, eq=False)
class Row:
    """Arguments of ``hinge_loss_one``: scores s (C,), the true class, the margin."""

    s: np.ndarray
    y: int
    delta: float = 1.0
    names = "s", "y", "delta"

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return self.s.copy(), self.y, self.delta

    @property
    def scores(self):
        """One a class."""
        return self.s

    def shifted(self):
        """The same example with a constant added to every score."""
        return Row(self.s + 7.5, self.y, self.delta)

    def renumbered(self, order):
        """The same example with the classes in another order."""
        return Row(self.s[order], int(np.argsort(order)[self.y]), self.delta)

    def __repr__(self):
        return f"s = {problems.inline(self.s)}, y = {self.y}, delta = {problems.say(self.delta)}"


@dataclass(frozen=True, eq=False)
class Picture:
    """Arguments of ``L_i_vectorized``: one column image x (D,), its class, W (C, D)."""

    x: np.ndarray
    y: int
    W: np.ndarray
    names = "x", "y", "W"
    delta = 1.0

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return self.x.copy(), self.y, self.W.copy()

    @property
    def scores(self):
        """One a class."""
        return self.W @ self.x

    def shifted(self):
        """The same image with one row added to every row of W: all scores rise alike."""
        return Picture(self.x, self.y, self.W + np.linspace(-10, 20, len(self.x)))

    def renumbered(self, order):
        """The same image with the classes in another order."""
        return Picture(self.x, int(np.argsort(order)[self.y]), self.W[order])

    def __repr__(self):
        if self.W.size > 6:
            return f"D = {self.W.shape[1]}, C = {self.W.shape[0]}"
        x, W = problems.inline(self.x), problems.inline(self.W)
        return f"x = {x}, y = {self.y}, W = {W}"


def by_hand(case, loss):
    """Write the loss of one example out as a teacher would on the board."""
    terms, margins = boards.margins_by_hand(case.scores, case.y, case.delta)
    lines = [f"scores {problems.inline(case.scores)}, true class {case.y}"]
    if isinstance(case, Picture):
        lines[:0] = [f"x = {problems.inline(case.x)}   W = {problems.inline(case.W)}"]
        lines[1] = f"scores W x = {problems.inline(case.scores)}, true class {case.y}"
    total = f"loss  expected {problems.say(margins.sum())}, yours {problems.say(loss)}"
    return "\n".join([*lines, *(f"    {term}" for term in terms), total])


class OneExampleChecks:
    """The checks of one answer.

    Parameters
    ----------
    answer : Proxy
        The learner's function.
    reference : callable
        The right one, with the same arguments.
    """

    def __init__(self, answer, reference):
        self.answer, self.reference = answer, reference

    def ask(self, case):
        """The number that the answer gives for one case, or the check has failed."""
        value = self.answer(*case.arguments)
        loss = answers.number(value, np.sum)
        if loss is None:
            returned = answers.described(value, None)
            raise CheckFailed(f"It should return one number; it returns {returned} for {case}.")
        return loss

    def form(self, cases, follow):
        """One number, finite, not always the same."""
        losses = answers.ask_all(self.ask, cases, follow)
        forms = answers.ask_all(
            lambda case: answers.form_of_loss(self.answer(*case.arguments)), cases, lambda *_, **__: None
        )
        answers.note_form(forms[0], "sum", follow)
        if not np.isfinite(losses).all():
            raise CheckFailed("The loss is not finite (NaN or inf).")
        if len(losses) > 1 and len(set(losses)) == 1:
            raise CheckFailed(f"It returns {losses[0]:g} for every example: nothing is computed yet.")

    def value(self, cases, told):
        """The loss of each case, the smallest first."""

        def wrong(case):
            due = self.reference(*case.arguments)
            return not near(self.ask(case), due)

        case = first(cases, wrong)
        if case is not None:
            small = case.scores.size <= 5 and (isinstance(case, Row) or case.W.size <= 6)
            board = by_hand(case, self.ask(case)) if small else ""
            raise CheckFailed(f"{told} (at {case}).", board)

    def laws(self, case, order):
        """Only differences of scores count, and the numbers of the classes do not."""
        before = self.ask(case)
        shifted, moved = self.ask(case.shifted()), self.ask(case.renumbered(np.array(order)))
        if not near(shifted, before):
            raise CheckFailed(
                "Only differences of scores count: when all scores rise by the same amount, nothing should "
                f"change. Your loss goes from {before:.6g} to {shifted:.6g}."
            )
        if not near(moved, before):
            raise CheckFailed(
                "Numbering the classes in another order should change nothing. Your loss goes from "
                f"{before:.6g} to {moved:.6g}."
            )

    def arguments_unchanged(self, cases):
        """The arguments are left alone, and numpy has nothing to warn of."""
        for case in cases:
            reply = self.answer.run(*case.arguments, echo=True)
            answers.refuse_changes(case.names, case.arguments, reply.arguments)
            answers.refuse_warnings(reply)


# ------------------------------------------------------------------------------------------- groups


def groups(probes):
    """What is looked at, through some cases of different sizes."""

    def data_term(f):
        seen = []
        for case in probes:
            loss = answers.number(f(*case.arguments).value, np.sum)
            seen.append(({"C": len(case.scores)}, {} if loss is None else {"the loss": loss}))
        return seen

    def shape(f):
        exchanges = [f(*case.arguments) for case in probes]
        crashed = [exchange.failed for exchange in exchanges]
        seen = {"crash": "always" if all(crashed) else "at some sizes" if any(crashed) else "never"}
        numeric = [e.value for e in exchanges if not e.failed and answers.is_numeric(e.value)]
        return [({}, seen | ({"loss": answers.form_of_loss(numeric[0])} if numeric else {}))]

    def mutation(f):
        return [
            ({}, answers.kept(case.names, case.arguments, f(*case.arguments).arguments)) for case in probes
        ]

    def bookkeeping(f):
        came = [e.value for e in (f(*case.arguments) for case in probes) if not e.failed]
        return [({}, {"returns": "nothing" if came[0] is None else "something"} if came else {})]

    return [
        Group("bookkeeping", "what is returned", bookkeeping),
        Group("shape", "the shape of the result", shape),
        Group("mutation", "the arguments after the call", mutation),
        Group("data", "the loss", data_term),
    ]
