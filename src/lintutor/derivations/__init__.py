"""Derivations: what the book claims, written once as sympy objects and checked line by line.

``get("hinge-gradient-wrong-class")`` returns one, ``all()`` every one, ``verify(...)`` checks one and
says how strongly each line holds: in general, on every small instance, or at sampled points.
To add one, write a function in a chapter's module that returns a :class:`Derivation` with at least
three wrong twins and put it into the module's ``DERIVATIONS``; see ``ch03_hinge`` for examples.

Book: "Claims ledger".
"""

import builtins
import importlib
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lintutor.derivations.compare import compare
    from lintutor.derivations.domain import Domain
    from lintutor.derivations.engine import Derivation, Line, LineReport, Report, Twin, refusal, verify
    from lintutor.derivations.verdict import Verdict

__all__ = [
    "Derivation",
    "Domain",
    "Line",
    "LineReport",
    "Report",
    "Twin",
    "Verdict",
    "all",
    "compare",
    "get",
    "refusal",
    "report",
    "source",
    "verify",
]

_CHAPTERS = (
    "ch01_distances",
    "ch01_invariances",
    "ch02_scores",
    "ch02_boundaries",
    "ch03_hinge",
    "ch03_objective",
    "ch03_bounds",
    "ch04_softmax",
    "ch04_gradient",
    "ch04_binary",
    "ch04_information",
    "ch05_penalties",
    "ch05_thresholds",
    "ch05_tradeoffs",
    "ch05_margins",
    "ch06_directions",
    "ch06_differences",
    "ch07_descent",
    "ch07_momentum",
    "ch07_batches",
    "ch09_backprop",
    "ch09_layers",
    "invariances",
)
_MODULES = {"Verdict": "verdict", "compare": "compare", "Domain": "domain"}  # the others are the engine's


def __getattr__(name: str) -> Any:
    """Load what is asked for, and sympy with it, when it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES.get(name, 'engine')}"), name)


@cache
def _table() -> "dict[str, tuple[Derivation, str]]":
    table: dict[str, tuple[Derivation, str]] = {}
    for chapter in _CHAPTERS:
        module = importlib.import_module(f"{__name__}.{chapter}")
        for make in module.DERIVATIONS:
            derivation = make()
            if derivation.id in table:
                raise ValueError(f"two derivations are called {derivation.id}")
            table[derivation.id] = (derivation, str(module.__file__))
    return table


def all() -> "builtins.list[Derivation]":
    """Return every derivation, in the order of the book.

    Examples
    --------
    >>> any(derivation.id == "hinge-at-zero" for derivation in all())
    True
    """
    return [derivation for derivation, _ in _table().values()]


def _found(id: str) -> "tuple[Derivation, str]":
    if id not in _table():
        raise KeyError(f"no derivation is called {id!r}; there are {', '.join(_table())}")
    return _table()[id]


def get(id: str) -> "Derivation":
    """Return the derivation of that name; raises KeyError, with the names there are.

    Examples
    --------
    >>> get("hinge-at-zero").number
    12
    """
    return _found(id)[0]


def source(id: str) -> str:
    """Return the path of the file that holds the derivation."""
    return _found(id)[1]


@cache
def report(id: str) -> "Report":
    """Return what :func:`verify` finds for the derivation of that name, computed once a process."""
    from lintutor.derivations.engine import verify

    return verify(get(id))
