"""What measure exercises share: figures are read and compared, and known confusions named.

An experiment that takes long is run once and recorded: what `recorded` decorates finds its results in
``measured.json`` beside it. Nobody types into that file: ``make record`` measures and writes it, and a
test measures again and compares.
"""

import dataclasses
import functools
import json
from pathlib import Path

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


def figure(value, names, part):
    """One figure of a report, or the check has failed."""
    figures = read(value, len(names))
    if figures is None:
        raise CheckFailed(
            f"It should return {len(names)} numbers: return {', '.join(names)}. "
            f"It returns {answers.counted(value)}."
        )
    if figures[part] is None:
        raise CheckFailed("This figure should be a number.")
    return figures[part]


def judge(value, names, part, near, right, told):
    """Fail unless one figure of a report is what the grader measures."""
    given = figure(value, names, part)
    if not near(given, part, right[part]):
        raise CheckFailed(
            f"You report {given:g}; the same experiment gave the grader another figure. Asked for is {told}."
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


def recorded(function):
    """An experiment that is looked up where it was recorded, and run where it was not.

    Its results are numbers, or tuples and dataclasses of them; it is called with positional arguments.
    """
    path = Path(function.__code__.co_filename).with_name("measured.json")

    @functools.cache
    def looked_up(*args):
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        name = f"{function.__name__}{args!r}"
        return decoded(known[name], function.__globals__) if name in known else looked_up.measure(*args)

    looked_up.measure, looked_up.path = function, path
    return functools.update_wrapper(looked_up, function)


def encoded(value):
    """A result as JSON has it: a dataclass by its name."""
    if dataclasses.is_dataclass(value):
        parts = {field.name: encoded(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {type(value).__name__: parts}
    return [encoded(each) for each in value] if isinstance(value, tuple) else value


def decoded(value, names):
    """The result that `encoded` wrote; `names` holds its dataclasses."""
    if isinstance(value, dict):
        ((name, parts),) = value.items()
        return names[name](**{key: decoded(part, names) for key, part in parts.items()})
    return tuple(decoded(each, names) for each in value) if isinstance(value, list) else value
