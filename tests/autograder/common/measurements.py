"""What measure exercises share: figures are read and compared, and known confusions named."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed

answers = catalogue.beside(__file__, "answers")


def read(value, count):
    """The figures of a report, None where one is no number; None if there are not as many."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, tuple | list) or len(value) != count:
        return None
    numeric = (int, float, np.integer, np.floating)
    fine = [isinstance(x, numeric) and not isinstance(x, bool) and np.isfinite(x) for x in value]
    return [float(x) if ok else None for x, ok in zip(value, fine, strict=True)]


def near(figure, known, right, forgiven):
    """Whether a figure is a known one; a count or a percentage is forgiven in proportion to the share."""
    if figure is None:
        return False
    scale = max(1.0, abs(known / right)) if right else 1.0
    return abs(figure - known) / scale <= forgiven


def judge(value, names, part, near, right, told):
    """Fail unless one figure of a report is what the grader measures."""
    figures = read(value, len(names))
    if figures is None:
        raise CheckFailed(
            f"It should return {len(names)} numbers: return {', '.join(names)}. "
            f"It returns {answers.counted(value)}."
        )
    if figures[part] is None:
        raise CheckFailed("This figure should be a number.")
    if not near(figures[part], part, right[part]):
        raise CheckFailed(
            f"You report {figures[part]:g}; the same experiment gave the grader another figure. "
            f"Asked for is {told}."
        )


def named(value, names, right, known, near):
    """What a probe sees: each figure by the name of the confusion that gives it, the right one first."""
    figures = read(value, len(names))
    if figures is None:
        return {}
    words = {}
    for part, (name, figure) in enumerate(zip(names, figures, strict=True)):
        if near(figure, part, right[part]):  # the confusions are measured only where they are needed
            words[name] = "right"
        else:
            words[name] = next((t.__name__ for t in known if near(figure, part, t()[part])), "unknown")
    return words
