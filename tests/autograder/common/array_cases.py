"""Calls of functions that return arrays, and how what comes back is read, forgiving of form."""

from dataclasses import dataclass, field

import numpy as np

from lintutor.autograder import catalogue

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
