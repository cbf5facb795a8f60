"""The arguments of one call, by name: what a check asks with, and how a message tells it."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")


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
        return flat_of(self.given.values(), self)

    @property
    def narrow(self):
        """The case in float32; whole numbers stay."""
        return Case({name: _narrowed(value) for name, value in self.given.items()}, self.told)

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


def _narrowed(value):
    if isinstance(value, tuple):
        return tuple(_narrowed(each) for each in value)
    return value.astype(np.float32) if value.dtype.kind == "f" else value


def flat_of(values, case):
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


def sizes(case):
    """N of a case with examples; nothing else is a factor that anybody forgets."""
    array = next(iter(case.flat.values()))
    return {"N": len(array)} if np.ndim(array) > 1 else {}
