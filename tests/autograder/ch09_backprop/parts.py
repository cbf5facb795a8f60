"""What is checked of functions that return arrays, one or several, and what is looked at in wrong ones."""

from functools import cached_property

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
cases = catalogue.beside(__file__, "cases")
problems = catalogue.beside(__file__, "problems")
reading = catalogue.beside(__file__, "reading")
Case, case, sizes = cases.Case, cases.case, cases.sizes
OPEN, described, order_of, read = reading.OPEN, reading.described, reading.order_of, reading.read


class PartsChecks:
    """The checks of one answer.

    Parameters
    ----------
    answer : callable
        The learner's function.
    reference : callable
        The right one; it returns one array, or a tuple of them.
    names : tuple of str
        What the parts of the result are called.
    board : callable (case, due, given) -> str
        The arithmetic of a small case; due and given are dicts by name.
    ways : callable (case) -> list of arguments
        Other arguments to ask with first, where the answer brought a cache of its own.
    telling : Case, optional
        One whose parts have different shapes: if they come in another order there, they do everywhere.
    """

    def __init__(self, answer, reference, names, board=None, ways=None, telling=None):
        self.answer, self.reference, self.names = answer, reference, names
        self.board, self.ways, self.telling = board, ways or (lambda case: []), telling

    @cached_property
    def order(self):
        """Where the parts stand if they come in another order; None if not, or if each case tells."""
        try:
            return self.telling and order_of(self.call(self.telling), self.due(self.telling))
        except LearnerError:
            return None

    def due(self, case):
        """The expected parts by name."""
        value = self.reference(*case.arguments)
        return dict(zip(self.names, value if isinstance(value, tuple) else (value,), strict=True))

    def call(self, case):
        """The value of one call."""
        for arguments in self.ways(case):
            try:
                return self.answer(*arguments)
            except LearnerError as error:  # with its own cache it crashes: is the specified one better?
                if error.kind != "call":
                    raise
        return self.answer(*case.arguments)

    def ask(self, case):
        """The parts of the answer and what they should be, or the check has failed."""
        due = self.due(case)
        found = read(self.call(case), due, self.order)
        if all(part is None for part in found.parts.values()):
            shapes = [
                "anything" if part is OPEN else f"an array of shape {np.shape(part)}" for part in due.values()
            ]
            result = f"({', '.join(self.names)})" if len(self.names) > 1 else self.names[0]
            raise CheckFailed(
                f"It should return {result}: {', '.join(shapes)}; it returns {found.returns} (at {case})."
            )
        return found, due

    def part(self, case, name):
        """One part of the answer, and what it should be."""
        found, due = self.ask(case)
        if found.parts[name] is None:
            form = found.forms.get(name, "missing")
            raise CheckFailed(
                f"{name} should have the shape {np.shape(due[name])}; it is {_article(form)} (at {case})."
            )
        return found.parts[name], due[name]

    def form(self, cases, follow):
        """Parts of the right number and shapes, finite, not always the same."""
        given = answers.ask_all(lambda each: (self.ask(each), each), cases, follow)
        odd = {}
        if all(found.moved for (found, _), _ in given):
            order = ", ".join(self.names)
            follow(
                f"The results come in another order than ({order}). The rest is graded on them set right.",
                lost=1,
            )
        missing = [name for name in self.names if all(name not in found.forms for (found, _), _ in given)]
        missing = [name for name in missing if all(found.parts[name] is None for (found, _), _ in given)]
        if missing:
            follow(f"It should return {', '.join(self.names)}; {' and '.join(missing)} is missing.", lost=1)
        for (found, due), each in given:
            for name, form in found.forms.items():
                if found.parts[name] is not None and form != "right":
                    odd.setdefault(name, (form, np.shape(due[name]), each))
                if found.parts[name] is not None and not np.isfinite(found.parts[name]).all():
                    raise CheckFailed(f"{name} is not finite: NaN or inf (at {each}).")
        for name, (form, shape, _) in odd.items():
            follow(
                f"{name} should have the shape {shape}; it is {form}. The rest is graded on it set right.",
                lost=1,
            )
        shown = {
            str(
                [
                    float(np.sum(found.parts[k]))
                    for k in due
                    if due[k] is not OPEN and found.parts[k] is not None
                ]
            )
            for (found, due), _ in given
        }
        if len(given) > 1 and len(shown) == 1:
            raise CheckFailed("It returns the same whatever it is given: nothing is computed yet.")

    def values(self, cases, names, message):
        """Each named part is what it should be, the smallest case first."""
        for name in names:
            found = self.first_wrong(cases, name)
            if found is None:
                continue
            read_, due = self.ask(found)
            board = ""
            if self.board is not None and found.small:
                board = self.board(found, due, read_.parts)
                board += f"\n{name}  expected {problems.inline(due[name])}"
                board += f"\n{' ' * len(name)}     yours {problems.inline(read_.parts[name])}"
            raise CheckFailed(message.format(name=name, case=found), board)

    def first_wrong(self, cases, name):
        """The first case where a part is not what it should be, or None."""
        return first(cases, lambda case: not near(*self.part(case, name)))

    def right(self, cases):
        """The names of the parts that are right in all of the cases."""
        return [name for name in self.names if self.first_wrong(cases, name) is None]

    def finite(self, cases, names):
        """No part of these names is NaN or inf: what is asked of a part whose values are wrong anyway."""
        for name in names:
            found = first(cases, lambda case, name=name: not np.isfinite(self.part(case, name)[0]).all())
            if found is not None:
                raise CheckFailed(f"{name} is not finite: NaN or inf (at {found}).")

    def single(self, cases, names):
        """In float32 each named part is what the answer itself gives in float64; what is wrong costs once."""
        for case, (wide, _) in answers.ask_all(lambda case: (case, self.ask(case)), cases, ignored):
            found = self.ask(case.narrow)[0]
            for name in names:
                own, given = wide.parts[name], found.parts[name]
                if own is not None and (given is None or not near(given, own, np.float32)):
                    raise CheckFailed(f"With float32 {name} is not what it is with float64 (at {case}).")

    def echoed(self, case):
        """A reply with the arguments afterwards, those that can be compared."""
        try:
            reply = self.answer.run(*case.arguments, echo=True)
            return reply, reply.arguments
        except LearnerError:  # it needs a cache of its own
            for arguments in self.ways(case):
                reply = self.answer.run(*arguments, echo=True)
                return reply, reply.arguments[:1]
            raise

    def unchanged(self, cases):
        """The arguments are left alone, and numpy has nothing to warn of."""
        for reply, after, each in answers.ask_all(lambda each: (*self.echoed(each), each), cases, ignored):
            for name, state in kept(each, after).items():
                if state == "changed":
                    raise CheckFailed(
                        f"{name} is changed by the call; it must stay as it came: others may still need it."
                    )
            answers.refuse_warnings(reply)


def ignored(text, lost=0):
    """Take no notice: a crash at some sizes costs another check."""


def _article(form):
    return f"an array of {form}" if form.startswith("shape") else form


def kept(case, after):
    """Say of each array, by name, whether it is afterwards what it was."""
    before, now = case.flat, cases.flat_of(after, case)
    return answers.kept(list(now), [before[name] for name in now], list(now.values()))


# -------------------------------------------------------------------------------------------- probes


def groups(probes, reference, names, about, extra=()):
    """What is looked at, through some cases of different sizes.

    `about` says in a sentence what the numbers are ("the gradients").
    """
    dues = [PartsChecks(None, reference, names).due(case) for case in probes]

    def data(f):
        seen = []
        for case, due in zip(probes, dues, strict=True):
            found = read(f(*case.arguments).value, due)
            known = {k: v for k, v in found.parts.items() if v is not None and due[k] is not OPEN}
            clear = {k: v for k, v in known.items() if found.forms[k] != reading.FLAT}
            seen.append((sizes(case), clear))
        return seen

    def shape(f):
        exchanges = [f(*case.arguments) for case in probes]
        crashed = [exchange.failed for exchange in exchanges]
        seen = {"crash": "always" if all(crashed) else "at some sizes" if any(crashed) else "never"}
        for exchange, due in zip(exchanges, dues, strict=True):
            forms = read(exchange.value, due).forms
            if not exchange.failed and forms:
                odd = [name for name, form in forms.items() if form != "right"]
                seen |= {"odd": seen.get("odd") or " ".join(f"{name}: {forms[name]}" for name in odd)}
        return [({}, seen)]

    def mutation(f):
        return [({}, kept(case, f(*case.arguments).arguments)) for case in probes]

    def bookkeeping(f):
        for case, due in zip(probes, dues, strict=True):
            exchange = f(*case.arguments)
            if not exchange.failed:
                value = exchange.value
                whole = isinstance(value, list | tuple)
                word = "nothing" if value is None else f"{len(value)} parts" if whole else "one part"
                return [({}, {"returns": "another order" if read(value, due).moved else word})]
        return [({}, {})]

    return [
        Group("bookkeeping", "what is returned", bookkeeping),
        Group("shape", "the shapes of the results", shape),
        Group("mutation", "the arguments after the call", mutation),
        Group("data", about, data),
        *extra,
    ]
