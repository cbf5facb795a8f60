"""What is checked of a function that returns arrays: form, values, and what happens to the arguments.

A case is a call by name; what is expected is computed by the reference, before the answer is asked.
"""

from functools import cached_property

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near, smallest
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
cases = catalogue.beside(__file__, "array_cases")
problems = catalogue.beside(__file__, "problems")
Case, READABLE, RESHAPED, TRANSPOSED = cases.Case, cases.READABLE, cases.RESHAPED, cases.TRANSPOSED
is_round, numeric, settle, several, read = (
    cases.is_round,
    cases.numeric,
    cases.settle,
    cases.several,
    cases.read,
)
exchanged, kept, precision, returned = cases.exchanged, cases.kept, cases.precision, cases.returned


class ArrayChecks:
    """The checks of one answer.

    Parameters
    ----------
    answer : Proxy
        The learner's function.
    reference : callable
        The right one, with the same arguments; a tuple is several results.
    results : tuple of str
        What the results are called.
    working : callable (Case) -> list of str, optional
        The arithmetic by hand of a small case.
    upright : Case, optional
        One without a square result and without two of one size: what is transposed or exchanged there is
        put back where that does not show, too.
    """

    def __init__(self, answer, reference, results, working=lambda case: [], upright=None):
        self.answer, self.reference, self.results, self.working = answer, reference, results, working
        self.upright = upright

    def due(self, case):
        """What is expected."""
        return several(self.reference(*case.arguments))

    def call(self, case):
        """What the answer returns."""
        return self.answer(*case.arguments)

    def parts(self, case):
        """The results of one call, each with what is odd about its form, or the check has failed."""
        due = self.due(case)
        value = self.call(case)
        self.exchanged = exchanged(value, due, self.backward)
        found = read(value[::-1] if self.exchanged else value, [each.shape for each in due])
        square = [each.ndim == 2 and each.shape == each.shape[::-1] for each in due]
        if any(square) and self.lying:
            found = [
                (array.T, odd) if flat and lies and array is not None else (array, odd)
                for (array, odd), flat, lies in zip(found, square, self.lying, strict=True)
            ]
        if any(array is None for array, _ in found):
            wanted = " and ".join(
                f"{name}, {'one number' if each.ndim == 0 else f'an array of shape {each.shape}'}"
                for name, each in zip(self.results, due, strict=True)
            )
            raise CheckFailed(f"It should return {wanted}; it returns {returned(value)} (with {case}).")
        return found

    @cached_property
    def backward(self):
        """Whether several results come in the opposite order, where that shows."""
        if self.upright is None or len(self.results) < 2:
            return False
        try:
            return exchanged(self.answer(*self.upright.arguments), self.due(self.upright))
        except LearnerError:
            return False

    @cached_property
    def lying(self):
        """Which results come transposed; nothing, if that is not known."""
        if self.upright is None:
            return []
        try:
            found = read(self.answer(*self.upright.arguments), [d.shape for d in self.due(self.upright)])
        except LearnerError:
            return []
        return [odd == TRANSPOSED for _, odd in found]

    def ask(self, case):
        """The arrays of one call, turned back if need be."""
        return [array for array, _ in self.parts(case)]

    def form(self, cases, follow):
        """As many arrays as there should be, of their shapes, finite, not always the same."""
        found = answers.ask_all(self.parts, cases, follow)
        if self.exchanged:
            order = " and ".join(self.results)
            follow(f"The order is {order}; the rest is graded with the results exchanged.", lost=1)
        for name, (array, odd), due in zip(self.results, found[0], self.due(cases[0]), strict=True):
            if odd:
                back = "turned back" if odd == TRANSPOSED else "put into its shape"
                told = (
                    f"{name} should have the shape {due.shape}; it is {odd}. The rest is graded on it {back}."
                )
                follow(told, lost=1)
            if not np.isfinite(array).all():
                raise CheckFailed(f"{name} is not finite (NaN or inf), with {cases[0]}.")
        dull = [all(np.ptp(array) == 0 for array, _ in each if array.size) for each in found]
        values = {float(np.ravel(array)[0]) for each in found for array, _ in each if array.size}
        if all(dull) and len(values) == 1 and len(found) > 1:
            raise CheckFailed(
                f"It returns {problems.say(*values)} everywhere, for every problem: nothing is computed yet."
            )

    def wrong(self, part=None):
        """A function (case) -> whether the answer, or one part of it, is wrong there."""

        def judge(case):
            due, got = self.due(case), self.ask(case)
            pairs = list(zip(got, due, strict=True))
            pairs = pairs if part is None else [pairs[part]]
            return not all(near(g, d, precision(case, g)) for g, d in pairs)

        return judge

    def value(self, cases, told, rng=None, strategy=None, part=None):
        """Every result is right: cases that are read easily come first; a wrong large one is shrunk."""
        self.law(cases, self.wrong(part), told, rng, strategy)

    def edges(self, cases, ordinary, follow):
        """What is right in ordinary cases is right at the edge; the rest has cost its points already."""
        fine = [part for part in range(len(self.results)) if first(ordinary, self.wrong(part)) is None]
        if 0 < len(fine) < len(self.results):
            names = " and ".join(self.results[part] for part in fine)
            follow(f"Only {names} is looked at here: the rest has cost its points above.")
        for part in fine or [None]:
            self.value(cases, "Wrong at the edge", part=part)

    def law(self, cases, wrong, told, rng=None, strategy=None):
        """Fail at the first case that `wrong` says yes to, with the arithmetic of a small one."""
        case = first(cases, wrong)
        if case is None:
            return
        if not case.small and strategy is not None:
            case = smallest(strategy, wrong, rng) or case
        raise CheckFailed(f"{told} (at {case}).", self.board(case) if case.small else "")

    def board(self, case):
        """The case, its arithmetic, and the expected beside the answered."""
        lines = [case.told("   "), *self.working(case)]
        try:
            got = self.ask(case)
        except (CheckFailed, LearnerError):
            return "\n".join(lines)
        for name, due, given in zip(self.results, self.due(case), got, strict=True):
            if near(given, due, precision(case, given)):
                lines.append(f"{name} = {problems.inline(due)}, and so is yours")
            else:
                lines.append(f"{name}  expected {problems.inline(due)}")
                lines.append(f"{' ' * len(name)}     yours {problems.inline(given)}")
        return "\n".join(lines)

    def arguments_unchanged(self, cases):
        """The arguments are left alone, and numpy has nothing to warn of."""

        def wrong(case):
            reply = self.answer.run(*case.arguments, echo=True)
            for name, state in kept(case, reply.arguments).items():
                if state == "changed":
                    raise CheckFailed(f"{name} is changed by the call; leave the arguments as they came.")
            answers.refuse_warnings(reply)
            return False

        first(cases, wrong)  # a crash at some sizes has cost its point


# ------------------------------------------------------------------------------------------- groups


def groups(probes, reference, results, other_sizes=(), labels=None, ignored=()):
    """What is looked at: values at `probes`, forms at `other_sizes` too, the arguments, what comes back.

    No size of a probe equals another, so that what is exchanged shows; `other_sizes` are the coincidences.
    Values in an `ignored` form, ``TRANSPOSED`` or ``RESHAPED``, are left to the group of shapes.
    """
    called = labels or [f"{name}" for name in results]

    def due(case):
        return several(reference(*case.arguments))

    def settled(value, case):
        parts = due(case)
        return read(value[::-1] if exchanged(value, parts) else value, [each.shape for each in parts])

    def data(f):
        seen = []
        for case in probes:
            found = settled(f(*case.arguments).value, case)
            pairs = zip(called, found, strict=True)
            values = {n: array for n, (array, odd) in pairs if array is not None and odd not in ignored}
            seen.append((case.sizes, values))
        return seen

    def shape(f):
        every = [*probes, *other_sizes]
        exchanges = [(case, f(*case.arguments)) for case in every]
        crashed = [number for number, (_, exchange) in enumerate(exchanges) if exchange.failed]
        seen = {"crash": "never" if not crashed else f"with cases {crashed}"}
        for case, exchange in exchanges:
            if not exchange.failed:
                found = settled(exchange.value, case)
                if not any(odd == "missing" or odd == "nothing" for _, odd in found):
                    seen |= {n: odd or "as it should be" for n, (_, odd) in zip(called, found, strict=True)}
                break
        return [({}, seen)]

    def mutation(f):
        return [({}, kept(case, f(*case.arguments).arguments)) for case in probes]

    def bookkeeping(f):
        for case in probes:
            exchange = f(*case.arguments)
            if not exchange.failed:
                value = exchange.value
                if value is None:
                    return [({}, {"returns": "nothing"})]
                if len(results) == 1:
                    many = isinstance(value, tuple) and numeric(value) is None
                    return [({}, {"returns": f"{len(value)} things" if many else "something"})]
                if not isinstance(value, tuple | list) or (
                    numeric(value) is not None and len(value) != len(results)
                ):
                    return [({}, {"returns": "one thing"})]
                if len(value) != len(results):
                    return [({}, {"returns": f"{len(value)} things"})]
                turned = exchanged(value, due(case))
                return [({}, {"returns": "exchanged" if turned else "as many as it should"})]
        return [({}, {})]

    return [
        Group("bookkeeping", "what is returned", bookkeeping),
        Group("shape", "the shape of the result", shape),
        Group("mutation", "the arguments after the call", mutation),
        Group("data", "the result", data),
    ]
