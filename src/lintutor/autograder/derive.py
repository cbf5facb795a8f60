"""Answers that are expressions: asked with named unknowns, read as trees, compared in a limited process.

A check asks for an expression and holds it against the book's::

    unknowns = Unknowns({"x": "real", "delta": "positive"})
    answer = unknowns.ask(submission.ch03.derive_something, "x", "delta")
    verdict = unknowns.compare(answer, right(*unknowns.symbols("x", "delta")))

What a learner returned is never evaluated here: it is a text of nested lists, measured and printed as
such; whatever needs sympy's help happens in a process of its own with a deadline. This one never loads
sympy: the book's expressions are built of :mod:`lintutor.autograder.expressions`.
"""

import atexit
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from lintutor.derivations.limited import LimitedComparator, NoAnswer
from lintutor.derivations.tree import Refused, measure
from lintutor.derivations.verdict import Verdict

from .checks import CheckFailed, LearnerError
from .errors import GraderFault
from .expressions import Expression, symbol
from .inside.codec import Handle, Seed, Symbol, Tree

__all__ = ["Unknowns", "called_here", "show"]

Point = dict[str, Any]
SECONDS = 5.0  # for one comparison
LONGEST = 160  # characters of an expression that are shown
CONDITIONS = ("Gt", "Ge", "Lt", "Le", "Eq", "Ne", "And", "Or", "Not")
NOT_A_NUMBER = (
    "To sympy a condition is neither a number nor yet true or false. Write one that counts as "
    "Piecewise((1, condition), (0, True)), and a choice as Piecewise((this, condition), (that, True))."
)


class Unknowns:
    """The unknowns of a question, and what can be asked of an answer in them.

    Parameters
    ----------
    kinds : mapping of str to str
        Names and kinds: "real" or "positive".
    """

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self.kinds = dict(kinds)

    def arguments(self, *names: Any) -> list[Any]:
        """Return what stands for the names in a call; a list of names gives a list, a number itself."""
        return [self._argument(name) for name in names]

    def _argument(self, name: Any) -> Any:
        if isinstance(name, list):
            return [self._argument(each) for each in name]
        return Symbol(name, self.kinds[name]) if isinstance(name, str) else name

    def symbols(self, *names: Any) -> list[Any]:
        """Return the unknowns of the names for the book's own expressions."""
        return [_own(argument) for argument in self.arguments(*names)]

    def ask(self, function: Callable[..., Any], *names: Any) -> Tree:
        """Return the expression that the learner's function gives for these unknowns.

        Raises
        ------
        CheckFailed
            If it is no expression, or not one in these unknowns.
        LearnerError
            If the call fails; a condition taken for a number gets a remark.
        """
        start()  # it loads sympy while the worker does
        try:
            return self.read(function(*self.arguments(*names)))
        except LearnerError as error:
            if error.type_name == "ResultError":
                raise CheckFailed(f"The expression cannot be read: {_reason(error.message)}") from None
            if error.type_name == "TypeError" and ("Than'" in error.message or "truth" in error.message):
                error.message += f". {NOT_A_NUMBER}"
            raise

    def read(self, value: Any) -> Tree:
        """Return `value` if it is an expression in the unknowns; say what it is instead, if not."""
        if not isinstance(value, Tree):
            raise CheckFailed(f"It should return an expression of sympy; it returns {_described(value)}.")
        try:
            tree = json.loads(value.text)
            measure(tree)
            self.values(value, [])
        except (Refused, ValueError, RecursionError) as error:
            raise CheckFailed(f"The expression cannot be read: {error}.") from None
        if tree[0] in CONDITIONS or tree in (["Atom", "true"], ["Atom", "false"]):
            raise CheckFailed(f"It returns a condition: {show(value)}. {NOT_A_NUMBER}")
        return value

    def compare(self, answer: Tree, right: Any, upto: Any = None, first: Sequence[Point] = ()) -> Verdict:
        """Compare an answer with the book's expression, or with a range of two, at `first` to begin with."""
        a, b = _tree(answer), _tree(right)
        found = _comparator(os.getpid()).compare(a, b, self.kinds, upto=_tree(upto), first=first)
        if found.status == "undecided" and not found.points:
            self._demand_sound()
        return found

    def values(self, answer: Any, points: Sequence[Point]) -> np.ndarray:
        """Return the values of an answer, or of an expression of ours, at points; NaN where it has none."""
        try:
            found = _comparator(os.getpid()).values(_tree(answer), self.kinds, points)
        except NoAnswer as error:
            self._demand_sound()
            raise CheckFailed(f"The expression is too much: {error}. Is there a simpler form?") from None
        except Refused as error:
            raise CheckFailed(f"The expression cannot be read: {error}.") from None
        return np.array([np.nan if value is None else value for value in found])

    def _demand_sound(self) -> None:
        """Make sure that the comparator answers at all: if it does not, that is nobody's zero."""
        try:
            _comparator(os.getpid()).values(["Integer", 1], self.kinds, [{}])
        except NoAnswer:
            raise GraderFault("the process that compares expressions does not answer") from None

    def counterexample(self, answer: Tree, right: Any, point: Point, working: str = "") -> str:
        """Return the answer in readable form, a point, what is worked out there, and the two values."""
        at = ", ".join(f"{name} = {value}" for name, value in point.items())
        due, given = (self.values(each, [point])[0] for each in (right, answer))
        told = "no value" if np.isnan(given) else f"{given:.6g}"
        lines = [
            f"your answer: {show(answer)}",
            f"at {at}:",
            working,
            f"expected {due:.6g}, yours gives {told}",
        ]
        return "\n".join(line for line in lines if line)


def start() -> None:
    """Start the process that compares, if there is none; nothing waits for it."""
    _comparator(os.getpid()).start()


@cache
def _comparator(process: int) -> LimitedComparator:
    """Return the comparator of this process (a fork starts its own), warm until the end."""
    made = LimitedComparator(SECONDS)
    atexit.register(made.close)
    return made


def called_here(function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """Call a function of ours as a worker would: with unknowns, generators; an expression becomes a text."""
    if hasattr(function, "made"):  # the session of a class: its arguments cross by themselves
        return function(*args)
    value = function(*map(_own, args))
    return Tree(json.dumps(value.tree)) if isinstance(value, Expression) else value


def _own(argument: Any) -> Any:
    if isinstance(argument, list):
        return [_own(each) for each in argument]
    if isinstance(argument, Seed):
        return np.random.default_rng(argument.value)
    return symbol(argument.name) if isinstance(argument, Symbol) else argument


def _tree(expression: Any) -> Any:
    """Return an answer, or an expression of ours, as nested lists."""
    if isinstance(expression, Tree):
        return json.loads(expression.text)
    return expression.tree if isinstance(expression, Expression) else expression


def _reason(message: str) -> str:
    """Say why an expression cannot cross, and what usually helps."""
    reason = message.rpartition("cannot be sent: ")[2].replace(
        "is not in the list of heads", "is not known here"
    )
    if reason.startswith(("Derivative", "Subs", "Integral")):
        return f"{reason}. It has not been worked out yet: call .doit() on it, or derive it by hand."
    return (
        f"{reason}. Known are sums, products, powers, Piecewise, conditions, Max, Heaviside, sign, exp, log."
    )


def _described(value: Any) -> str:
    """Say what a value is that should have been an expression."""
    if isinstance(value, bool | int | float | np.generic):
        return f"{value}, which is the same whatever the unknowns are"
    if value is None:
        return "None, as a function without `return` does"
    if isinstance(value, str):
        return "a text; leave the quotes out"
    kind = value.type_name if isinstance(value, Handle) else type(value).__name__
    return {"ndarray": "an array of numpy"}.get(kind, f"a {kind}")


# ------------------------------------------------------------------------------------ readable form

_WORDS = {"Gt": ">", "Ge": ">=", "Lt": "<", "Le": "<=", "Eq": "==", "Ne": "!=", "And": "and", "Or": "or"}
_TIGHT = {"Or": 0, "And": 1, "Not": 2, "Piecewise": 0, "Add": 4, "Mul": 5, "Pow": 6}  # conditions: 3


def show(answer: Tree) -> str:
    """Return an expression as one would write it, shortened if it is long.

    Examples
    --------
    >>> show(Tree('["Mul", ["Integer", -1], ["Add", ["Symbol", "x"], ["Integer", 1]]]'))
    '-(x + 1)'
    """
    text = _text(json.loads(answer.text), 0)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def _text(tree: Any, around: int) -> str:
    """Print a measured tree; `around` says how tightly what stands around it binds."""
    head, *parts = tree
    if head in ("Symbol", "Atom"):
        return str(parts[0])
    if head in ("Integer", "Rational"):
        text = "/".join(map(str, parts))
        return f"({text})" if around > 4 and (parts[0] < 0 or "/" in text) else text
    own = 3 if head in _WORDS and head not in _TIGHT else _TIGHT.get(head, 9)
    text = _composed(head, parts, own)
    return f"({text})" if own < around else text


def _composed(head: str, parts: list[Any], own: int) -> str:
    if head == "Piecewise":
        pairs = zip(parts[::2], parts[1::2], strict=False)
        told = [_text(v, 1) + ("" if c == ["Atom", "true"] else f" if {_text(c, 1)}") for v, c in pairs]
        return ", else ".join(told)
    if head == "Add":
        terms = [
            _text(part, own) for part in sorted(parts, key=lambda part: part[0] in ("Integer", "Rational"))
        ]
        return " + ".join(sorted(terms, key=lambda term: term[0] == "-")).replace("+ -", "- ")
    if head == "Mul":
        return _product(parts, own)
    if head == "Pow":
        if len(parts) > 1 and parts[1] == ["Integer", -1]:
            return _product([[head, *parts]], own)
        return "**".join(_text(part, own + 1) for part in parts)
    if head == "Not":
        return f"not {_text(parts[0], own + 1)}"
    if head == "Heaviside" and parts[1:] == [["Rational", 1, 2]]:
        parts = parts[:1]  # sympy's own choice at 0
    if head in _WORDS:
        return f" {_WORDS[head]} ".join(_text(part, own + 1) for part in parts)
    return f"{head}({', '.join(_text(part, 0) for part in parts)})"


def _product(parts: list[Any], own: int) -> str:
    """Print a product: its sign first, what has the exponent -1 below a stroke."""
    below = [part[1] for part in parts if part[0] == "Pow" and part[2:] == [["Integer", -1]]]
    above = [part for part in parts if not (part[0] == "Pow" and part[2:] == [["Integer", -1]])]
    sign = ""
    if above and above[0][0] in ("Integer", "Rational") and above[0][1] < 0:
        kind, number, *rest = above[0]
        sign, above = "-", [[kind, -number, *rest], *above[1:]]
    if above and above[0] == ["Integer", 1] and len(above) > 1:
        above = above[1:]
    return f"{sign}{'*'.join(_text(part, own) for part in above) or 1}" + "".join(
        f"/{_text(part, own + 1)}" for part in below
    )
