"""What the measuring exercises share: a report of three figures is read and each figure gets a name."""

import numpy as np

from lintutor.autograder.checks import CheckFailed


def read(value, count=3):
    """The figures, None where one is no number; None if there are not as many."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, tuple | list) or len(value) != count:
        return None
    numeric = (int, float, np.integer, np.floating)
    fine = [isinstance(x, numeric) and not isinstance(x, bool) and np.isfinite(x) for x in value]
    return [float(x) if ok else None for x, ok in zip(value, fine, strict=True)]


def demand(value, part, names):
    """One figure of a report, or the check has failed."""
    figures = read(value, len(names))
    if figures is None:
        raise CheckFailed(f"It should return three numbers: return {', '.join(names)}")
    if figures[part] is None:
        raise CheckFailed("This figure should be a number.")
    return figures[part]


def word(figure, known, near):
    """The name of the known figure that this one is, the right one first."""
    return next(
        (name for name, value in known.items() if figure is not None and near(figure, value)), "unknown"
    )
