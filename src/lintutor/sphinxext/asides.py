"""Python that stands beside a formula or a question, run when the page is read.

:func:`names` is what it may use: numpy, the modules of the package, and the three pictures.
"""

import importlib
from typing import Any

import numpy as np

import lintutor
from lintutor.datasets import three_pictures
from lintutor.scores import linear_scores

__all__ = ["CLOSURE", "MODULES", "evaluate", "names", "run"]

#: The modules of the package that such code finds by name.
MODULES = tuple(
    name
    for name in lintutor.__all__
    if name not in ("__version__", "autograder", "derivations", "plots", "progress", "tables")
)
#: The same by their full names: what a page with such code stands on.
CLOSURE = tuple(f"lintutor.{name}" for name in MODULES)


def names(setup: str = "") -> dict[str, Any]:
    """Return what the code may use, after `setup` has run.

    Parameters
    ----------
    setup : str
        Statements, run first; what they define joins the names.

    Returns
    -------
    dict
        ``np``, the modules of :data:`MODULES`, and of the three pictures ``X``, ``W``, ``y``, ``names``,
        and their scores ``S``.

    Raises
    ------
    ValueError
        If `setup` fails; the message has its error.

    Examples
    --------
    >>> sorted(name for name in names("half = 1 / 2") if len(name) == 1)
    ['S', 'W', 'X', 'y']
    """
    known: dict[str, Any] = {"np": np}
    known |= {name: importlib.import_module(f"lintutor.{name}") for name in MODULES}
    X, W, y, classes = three_pictures()
    known |= {"X": X, "W": W, "y": y, "names": classes, "S": linear_scores(X, W)}
    run(setup, known)
    return known


def run(code: str, known: dict[str, Any]) -> None:
    """Run statements; what they define joins `known`.

    Raises
    ------
    ValueError
        If they fail; the message has the error.
    """
    try:
        exec(compile(code, "<setup>", "exec"), known)
    except Exception as error:
        raise ValueError(f"{code.strip()!r} fails: {type(error).__name__}: {error}") from error


def evaluate(code: str, known: dict[str, Any], **more: Any) -> Any:
    """Return the value of an expression.

    Raises
    ------
    ValueError
        If it fails; the message has the code and the error.

    Examples
    --------
    >>> round(float(evaluate("S[i, 1]", names(), i=0)), 9)
    5.1
    """
    try:
        return eval(compile(code.strip(), "<page>", "eval"), known | more)
    except Exception as error:
        raise ValueError(f"{code!r} fails: {type(error).__name__}: {error}") from error
