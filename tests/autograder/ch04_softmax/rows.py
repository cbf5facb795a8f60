"""What the functions of rows of scores share: cases, how a result is read, checks, probes of mistakes."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")


@dataclass(frozen=True, eq=False)
class Case:
    """Arguments of a function, by name; each is an array."""

    names: str
    values: tuple

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return tuple(value.copy() for value in self.values)

    @property
    def sizes(self):
        """N and C of scores, C of a distribution."""
        return dict(zip("NC" if self.values[0].ndim == 2 else "C", self.values[0].shape, strict=True))

    @property
    def small(self):
        """Whether it fits on a board."""
        return self.values[0].size <= 6

    def __repr__(self):
        if not self.small:
            return f"{self.names[0]} of shape {self.values[0].shape}"
        pairs = zip(self.names, self.values, strict=True)
        return ", ".join(f"{name} = {problems.inline(value)}" for name, value in pairs)


def scores(rows, dtype=np.float64):
    """A case of rows of scores."""
    return Case("S", (np.array(rows, dtype),))


SMALL = [
    scores([[0, 0]]),
    scores([[0, 1]]),
    scores([[2, 0]]),
    scores([[0, 1], [2, 0]]),
    scores([[1, 2, 3]]),
    scores([[0, 1, 3], [2, 0, -2]]),
]
FAR = [  # where a plain exponential fails
    scores([[1000, 1000]]),
    scores([[1000, 1001, 999]]),
    scores([[-1000, -1001]]),
    scores([[1000, 1001], [-1000, -997]]),
    scores([[123, 456, 789]]),
    scores([[-5000, 0, 1], [0, 0, 5000]]),
]


def random_scores(rng, shift=0.0):
    """Scores of several shapes, one row and one class included."""
    sizes = ((4, 3), (1, 5), (3, 2), (6, 7), (2, 10), (3, 1))
    return [scores(rng.normal(scale=2, size=size) + shift) for size in sizes]


class RowChecks:
    """The checks of one answer.

    Parameters
    ----------
    answer : Proxy
        The learner's function.
    reference : callable
        The right one, with the same arguments.
    forms : callable (case) -> dict of str to shape
        The right shape first, under its name; others that are understood after it.
    board : callable (case, value) -> str
        The arithmetic by hand.
    """

    def __init__(self, answer, reference, forms, board):
        self.answer, self.reference, self.forms, self.board = answer, reference, forms, board

    def ask(self, case):
        """The result, turned into the right shape, or the check has failed."""
        return self.ask_whole(case)[0]

    def ask_whole(self, case):
        """The same, and the name of the form that it came in."""
        value = self.answer(*case.arguments)
        result = read(value, self.forms(case))
        if result is None:
            wanted = next(iter(self.forms(case).values()))
            form = f"an array of shape {wanted}" if wanted else "one number"
            returned = answers.described(value, None)
            raise CheckFailed(f"It should return {form}; it returns {returned} for {case}.")
        return result, form_of(value, self.forms(case))

    def form(self, cases, follow):
        """The right shape, finite, not always the same; another order of the axes costs a point."""
        cases = [case for case in cases if case.sizes.get("C") != 1]  # where a row passes for a column
        given = answers.ask_all(self.ask_whole, cases, follow)
        (wanted, *_), found, results = self.forms(cases[0]), given[0][1], [result for result, _ in given]
        if found != wanted:
            follow(f"The result should be {wanted}; it is {found}. The rest is graded on it.", lost=1)
        if not all(np.isfinite(each).all() for each in results):
            raise CheckFailed("The result is not finite (NaN or inf).")
        if results[0].dtype.kind != "f":
            raise CheckFailed(f"The result should hold floating-point numbers, not {results[0].dtype}.")
        flat = [np.ravel(each) for each in results if np.size(each) > 1 or not np.ndim(each)]
        if len(flat) > 2 and len({float(v) for each in flat for v in each}) == 1:
            raise CheckFailed(f"It returns {flat[0][0]:g} everywhere: nothing is computed yet.")

    def value(self, cases, told, first=first):
        """The result of each case, the smallest first; `first` looks for the wrong one."""

        def wrong(case):
            return not near(self.ask(case), self.reference(*case.arguments))

        case = first(cases, wrong)
        if case is not None:
            board = self.board(case, self.ask(case)) if case.small else ""
            raise CheckFailed(f"{told} (at {case}).", board)

    def float32(self, cases):
        """float32 gives what float64 gives."""

        def wrong(case):
            narrow = Case(case.names, tuple(value.astype(np.float32) for value in case.values))
            wide = Case(case.names, tuple(value.astype(np.float64) for value in narrow.values))
            if not near(self.ask(narrow), self.ask(wide), np.float32):
                raise CheckFailed(f"float32 arguments give another result than float64 (at {narrow}).")
            return False

        first([case for case in cases if case.sizes.get("C") != 1], wrong)

    def arguments_unchanged(self, cases):
        """The arguments are left alone, and numpy has nothing to warn of."""

        def wrong(case):
            reply = self.answer.run(*case.arguments, echo=True)
            for name, state in answers.kept(case.names, case.arguments, reply.arguments).items():
                if state == "changed":
                    raise CheckFailed(f"{name} is changed by the call; leave arguments as they came.")
            return False

        first(cases, wrong)  # a crash at some sizes has cost its point

    def quiet(self, cases):
        """numpy has nothing to warn of."""
        first(cases, lambda case: answers.refuse_warnings(self.answer.run(*case.arguments)))


def read(value, forms):
    """The array that a result means, in the first of the forms, or None."""
    array, wanted = numbers(value), next(iter(forms.values()))
    for shape in forms.values():
        if array is not None and array.shape == shape:
            turned = len(shape) == 2 and shape == wanted[::-1] != wanted
            return array.T if turned else array.sum() if wanted == () != shape else array.reshape(wanted)
    return None


def numbers(value):
    """The array that a result is, lists of numbers included, or None."""
    if isinstance(value, list):
        try:
            value = np.array(value, float)
        except (TypeError, ValueError):
            return None
    return np.asarray(value) if answers.is_numeric(value) and not isinstance(value, bool) else None


def form_of(value, forms):
    """The name of the form that a result has."""
    array = numbers(value)
    if array is None:
        return "nothing" if value is None else "something else"
    found = (name for name, shape in forms.items() if array.shape == shape)
    return next(found, f"of shape {array.shape}")


# ------------------------------------------------------------------------------------------- groups


def groups(probes, forms, word, far, square=None):
    """What is looked at: the result at moderate numbers, its form, the arguments, and far numbers as words.

    `word(f, case)` says in a word what the call `f` gives at one of the `far` cases, nothing if that cannot
    be seen; `square` is a case with as many rows as columns, where a row passes for a column.
    """

    def data(f):
        seen = []
        for case in probes:
            result = read(f(*case.arguments).value, forms(case))
            seen.append((case.sizes, {} if result is None else {"the result": result}))
        return seen

    def stability(f):
        words = [word(f, case) for case in far]
        return [({}, {f"far {i}": told}) if told else ({}, {}) for i, told in enumerate(words)]

    def shape(f):
        exchanges = [(f(*case.arguments), case) for case in probes]
        errors = sorted({exchange.error for exchange, _ in exchanges if exchange.failed})
        seen = {"call": " and ".join(errors) or "ends"}
        if square is not None:
            seen["call where N = C"] = f(*square.arguments).error or "ends"
        came = [(e.value, case) for e, case in exchanges if not e.failed and e.value is not None]
        return [({}, seen | ({"form": form_of(came[0][0], forms(came[0][1]))} if came else {}))]

    def mutation(f):
        return [({}, answers.kept(c.names, c.arguments, f(*c.arguments).arguments)) for c in probes]

    def bookkeeping(f):
        came = [e.value for e in (f(*case.arguments) for case in probes) if not e.failed]
        return [({}, {"returns": "nothing" if came[0] is None else "something"} if came else {})]

    return [
        Group("bookkeeping", "what is returned", bookkeeping),
        Group("shape", "the shape of the result", shape),
        Group("mutation", "the arguments after the call", mutation),
        Group("data", "the result", data),
        Group("stability", "large numbers", stability),
    ]
