"""How results of several parts are read: forgiving of form where the meaning is plain."""

import itertools
from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

answers = catalogue.beside(__file__, "answers")
OPEN = object()  # a part of the result that nobody looks at
FLAT = "laid out otherwise"


@dataclass(frozen=True)
class Read:
    """The parts of a result that can be read (else None), and what is odd about their shapes."""

    parts: dict
    forms: dict
    returns: str
    moved: bool = False  # the parts came in another order


def read(value, due, order=None):
    """Read a result that should have parts of known names and shapes, forgiving of form where it is plain.

    Parameters
    ----------
    value : anything
    due : dict
        The expected parts: arrays, or OPEN for what may be anything. The first alone is a result, too.
    order : tuple of int, optional
        Where the parts stand, if that is known; else their shapes tell.
    """
    names = list(due)
    given = value if isinstance(value, list | tuple) and len(names) > 1 else [value]
    if len(given) != len(names) and (
        len(given) > 1 or _shaped(given[0], np.shape(due[names[0]]))[1] != "right"
    ):
        return Read(dict.fromkeys(names), {}, described(value))
    found, forms = dict.fromkeys(names), {}
    order = order or (_order(given, due) if len(given) == len(names) else None)
    if order is not None:
        given = [given[at] for at in order]
    for name, each in zip(names, given, strict=False):
        if due[name] is OPEN:
            found[name] = each
            continue
        found[name], forms[name] = _shaped(each, np.shape(due[name]))
    return Read(found, forms, described(value), order is not None)


def order_of(value, due):
    """Where the parts of a result stand if they came in another order; None if not, or if nothing tells."""
    whole = isinstance(value, list | tuple) and len(value) == len(due)
    return _order(value, due) if whole else None


def _order(given, due):
    """The same of as many parts as there should be: their shapes tell."""
    wanted = [np.shape(part) for part in due.values()]
    if any(part is OPEN for part in due.values()) or len({*wanted}) < len(wanted):
        return None

    def fitting(order):
        return sum(_shaped(given[at], shape)[0] is not None for at, shape in zip(order, wanted, strict=True))

    found = {order: fitting(order) for order in itertools.permutations(range(len(wanted)))}
    best = [order for order, count in found.items() if count == max(found.values())]
    return best[0] if len(best) == 1 and best[0] != tuple(range(len(wanted))) else None


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
        return array.reshape(shape), FLAT
    return None, f"shape {array.shape}"


def _bare(shape):
    return tuple(size for size in shape if size != 1)


def described(value):
    """Say what came, as a sentence needs it."""
    if isinstance(value, list | tuple) and len(value) <= 6:
        return f"({', '.join(answers.described(each, None) for each in value)})"
    return answers.described(value, None)
