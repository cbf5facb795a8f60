"""What is checked of a function that returns arrays: form, values, and what happens to the arguments.

A case is a call by name; what is expected is computed by the reference, before the answer is asked.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near, smallest
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")

READABLE = 12  # numbers that an argument may hold to be printed whole
TRANSPOSED, RESHAPED = "transposed", "of another shape"


@dataclass(frozen=True, eq=False)
class Case:
    """The arguments of one call, in the order of the signature, and the sizes that name it if it is large."""

    given: dict
    sizes: dict = field(default_factory=dict)

    @property
    def arguments(self):
        """Fresh copies."""
        return tuple(v.copy() if isinstance(v, np.ndarray) else v for v in self.given.values())

    @property
    def names(self):
        """The names of the arguments."""
        return tuple(self.given)

    @property
    def small(self):
        """Whether it fits on a board, and its numbers are ones that a hand can add."""
        return all(
            np.size(value) <= READABLE and (not isinstance(value, np.ndarray) or is_round(value))
            for value in self.given.values()
        )

    @property
    def precision(self):
        """As good as the coarsest argument."""
        kinds = [value.dtype for value in self.given.values() if isinstance(value, np.ndarray)]
        return np.float32 if np.float32 in kinds else np.float64

    def told(self, separator=", "):
        """The arguments in full."""
        return separator.join(f"{name} = {said(value)}{kind(value)}" for name, value in self.given.items())

    def __repr__(self):
        if self.small:
            return self.told()
        return ", ".join(f"{name}={size}" for name, size in self.sizes.items())


def is_round(array):
    """Whether the numbers have at most two decimals."""
    return bool(np.allclose(array, np.round(array, 2), rtol=0, atol=1e-12))


def said(value):
    """A value on one line, as Python would write it."""
    if value is None or isinstance(value, str | bool):
        return str(value)
    if isinstance(value, tuple):
        return f"({', '.join(said(each) for each in value)})"
    return problems.inline(value)


def kind(value):
    """What an array of other numbers than usual holds, as it stands behind it."""
    usual = not isinstance(value, np.ndarray) or value.dtype in (np.float64, np.int64, np.bool_)
    return "" if usual else f" ({value.dtype})"


def several(value):
    """The results of the reference as a list: a tuple is several."""
    return [np.asarray(each) for each in (value if isinstance(value, tuple) else (value,))]


def numeric(value):
    """The array that a value means, lists of numbers included, or None."""
    if isinstance(value, list | tuple):
        try:
            value = np.asarray(value)
        except ValueError:  # rows of different lengths
            return None
    return np.asarray(value) if answers.is_numeric(value) and not isinstance(value, bool) else None


def settle(value, shape):
    """The array of this shape that a value means, and what is odd about its form; None if there is none."""
    array = numeric(value)
    if array is None or array.size != int(np.prod(shape)):
        return None, "nothing" if value is None else answers.described(value, None)
    if array.shape == shape:
        return array, ""
    if array.T.shape == shape:
        return array.T, TRANSPOSED
    return array.reshape(shape), RESHAPED


def exchanged(value, due, unless_told=False):
    """Whether several results have the sizes that are due in the opposite order rather than in this one.

    Where the sizes do not tell, `unless_told` is returned.
    """
    if not isinstance(value, tuple | list) or len(value) != len(due) or len(due) < 2:
        return False
    arrays = [numeric(part) for part in value]

    def fits(order):
        return sum(a is not None and a.size == each.size for a, each in zip(arrays, order, strict=True))

    here, back = fits(due), fits(due[::-1])
    return back > here if back != here else unless_told


def read(value, shapes):
    """Settle each result; fewer or more results than expected count as none."""
    parts = [value] if len(shapes) == 1 else value
    if not isinstance(parts, tuple | list) or len(parts) != len(shapes):
        return [(None, "missing")] * len(shapes)
    return [settle(part, shape) for part, shape in zip(parts, shapes, strict=True)]


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


def kept(case, after):
    """Say of each array among the arguments whether it is afterwards what it was."""
    arrays = [
        (name, own, theirs)
        for name, own, theirs in zip(case.names, case.arguments, after, strict=False)
        if isinstance(own, np.ndarray)
    ]
    return answers.kept(*zip(*arrays, strict=True)) if arrays else {}


def precision(case, given):
    """As good as the coarsest argument, or as the answer itself: who computes in float32 is right too."""
    return np.float32 if given.dtype == np.float32 else case.precision


def returned(value):
    """Say what was returned, each of several results."""
    if isinstance(value, tuple | list) and numeric(value) is None:
        return f"({', '.join(answers.described(part, None) for part in value[:4])})"
    array = numeric(value)
    return answers.described(value if array is None else array, None)


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
