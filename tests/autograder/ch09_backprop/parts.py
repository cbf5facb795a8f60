"""What is checked of functions that return arrays: cases, how results are read, checks, probes."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, first, near
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")
OPEN = object()  # a part of the result that nobody looks at


@dataclass(frozen=True, eq=False)
class Case:
    """Arguments by name; one may be a tuple of arrays, as a cache is."""

    given: dict
    told: tuple = ()  # names for what is in the tuple

    @property
    def arguments(self):
        """Fresh copies, in the order of the signature."""
        return tuple(_copied(value) for value in self.given.values())

    @property
    def flat(self):
        """Every array by its own name."""
        return _flat(self.given.values(), self)

    @property
    def small(self):
        """Whether it fits on a board."""
        return sum(np.size(value) for value in self.flat.values()) <= 16

    def __repr__(self):
        if self.small:
            return ", ".join(f"{name} = {problems.inline(value)}" for name, value in self.flat.items())
        return ", ".join(f"{name} of shape {np.shape(value)}" for name, value in self.flat.items())


def _copied(value):
    if isinstance(value, tuple):
        return tuple(_copied(each) for each in value)
    return np.array(value) if isinstance(value, np.ndarray) else value


def _flat(values, case):
    found = {}
    for name, value in zip(case.given, values, strict=False):
        if isinstance(case.given[name], tuple):
            inner = value if isinstance(value, tuple | list) else ()
            found |= dict(zip(case.told, inner, strict=False))
        else:
            found[name] = value
    return found


def case(told=(), **given):
    """A case from lists and numbers, which become floats; arrays stay what they are."""
    return Case({name: _array(value) for name, value in given.items()}, told)


def _array(value):
    if isinstance(value, tuple):
        return tuple(_array(each) for each in value)
    return value if isinstance(value, np.ndarray) else np.array(value, np.float64)


# ---------------------------------------------------------------------------------- reading results


@dataclass(frozen=True)
class Read:
    """The parts of a result that can be read (else None), and what is odd about their shapes."""

    parts: dict
    forms: dict
    returns: str
    moved: bool = False  # the parts came in another order


def read(value, due):
    """Read a result that should have parts of known names and shapes, forgiving of form where it is plain.

    Parameters
    ----------
    value : anything
    due : dict
        The expected parts: arrays, or OPEN for what may be anything.
    """
    names = list(due)
    given = [value] if len(names) == 1 else value
    if not isinstance(given, list | tuple) or len(given) != len(names):
        return Read(dict.fromkeys(names), {}, described(value))
    found, forms = {}, {}
    order = _order(given, due)
    if order is not None:
        given = [given[at] for at in order]
    for name, each in zip(names, given, strict=True):
        if due[name] is OPEN:
            found[name] = each
            continue
        found[name], forms[name] = _shaped(each, np.shape(due[name]))
    return Read(found, forms, described(value), order is not None)


def _order(given, due):
    """Where the parts stand if they came in another order, recognized by their shapes; else None."""
    wanted = [np.shape(part) for part in due.values()]
    came = [np.shape(part) if answers.is_numeric(part) else None for part in given]
    if any(part is OPEN for part in due.values()) or came == wanted or len({*wanted}) < len(wanted):
        return None
    return [came.index(shape) for shape in wanted] if {*came} == {*wanted} else None


def _shaped(value, shape):
    """The array of this shape that a value means, and its form in a word."""
    if isinstance(value, list):
        try:
            value = np.array(value, np.float64)
        except (TypeError, ValueError):
            return None, "list"
    if isinstance(value, bool) or not answers.is_numeric(value):
        return None, type(value).__name__
    array = np.asarray(value)
    if array.shape == shape:
        return array, "right"
    if array.ndim == 2 and array.T.shape == shape:
        return array.T, "transposed"
    if array.size == int(np.prod(shape)) and _bare(array.shape) == _bare(shape):
        return array.reshape(shape), "another number of axes"
    if array.size == int(np.prod(shape)) and array.ndim != len(shape):
        return array.reshape(shape), "laid out flat"
    return None, f"shape {array.shape}"


def _bare(shape):
    return tuple(size for size in shape if size != 1)


def described(value):
    """Say what came, as a sentence needs it."""
    if isinstance(value, list | tuple) and len(value) <= 6:
        return f"({', '.join(answers.described(each, None) for each in value)})"
    return answers.described(value, None)


# -------------------------------------------------------------------------------------------- checks


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
    """

    def __init__(self, answer, reference, names, board=None, ways=None):
        self.answer, self.reference, self.names = answer, reference, names
        self.board, self.ways = board, ways or (lambda case: [])

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
        found = read(self.call(case), due)
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
            form = found.forms[name]
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
                    [
                        None if v is None else float(np.sum(v))
                        for k, v in found.parts.items()
                        if due[k] is not OPEN
                    ]
                ]
            )
            for (found, due), _ in given
        }
        if len(given) > 1 and len(shown) == 1:
            raise CheckFailed("It returns the same whatever it is given: nothing is computed yet.")

    def values(self, cases, names, message, precision=np.float64):
        """Each named part is what it should be, the smallest case first."""
        for name in names:

            def wrong(case, name=name):
                given, due = self.part(case, name)
                return not near(given, due, precision)

            found = first(cases, wrong)
            if found is not None:
                read_, due = self.ask(found)
                board = ""
                if self.board is not None and found.small:
                    board = self.board(found, due, read_.parts)
                    board += f"\n{name}  expected {problems.inline(due[name])}"
                    board += f"\n{' ' * len(name)}     yours {problems.inline(read_.parts[name])}"
                raise CheckFailed(message.format(name=name, case=found), board)

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
        for each in cases:
            reply, after = self.echoed(each)
            for name, state in kept(each, after).items():
                if state == "changed":
                    raise CheckFailed(
                        f"{name} is changed by the call; it must stay as it came: others may still need it."
                    )
            answers.refuse_warnings(reply)


def _article(form):
    return f"an array of {form}" if form.startswith("shape") else form


def kept(case, after):
    """Say of each array, by name, whether it is afterwards what it was."""
    before, now = case.flat, _flat(after, case)
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
            parts = {k: v for k, v in found.parts.items() if v is not None and due[k] is not OPEN}
            seen.append((sizes(case), parts))
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


def sizes(case):
    """N of a case with examples; nothing else is a factor that anybody forgets."""
    array = next(iter(case.flat.values()))
    return {"N": len(array)} if np.ndim(array) > 1 else {}
