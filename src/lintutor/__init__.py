"""lintutor: the code of the book, in the order of the book.

``import lintutor`` costs what ``import numpy`` costs. The modules load when first named:
``lintutor.losses``, ``lintutor.datasets`` and so on; sympy, matplotlib and pytest load only with
the modules that need them.
"""

from importlib import import_module
from types import ModuleType

import numpy as _numpy  # noqa: F401  the one dependency of the core; its cost is the cost of this import

__version__ = "0.1.0"

_MODULES = (
    "autograder",
    "classifiers",
    "datasets",
    "derivations",
    "features",
    "gradients",
    "graph",
    "losses",
    "model_selection",
    "neighbors",
    "network",
    "objective",
    "optimizers",
    "plots",
    "progress",
    "regularizers",
    "reproduction",
    "scores",
    "tables",
)

__all__ = ["__version__", *_MODULES]


def __getattr__(name: str) -> ModuleType:
    """Load a module of the package when it is first named."""
    if name in _MODULES:
        return import_module(f"lintutor.{name}")
    raise AttributeError(f"module 'lintutor' has no attribute {name!r}; it has {', '.join(_MODULES)}")


def __dir__() -> list[str]:
    return sorted(__all__)
