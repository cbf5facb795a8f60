"""The confusions in the measurement, each with what it gives."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")

NAMES = ("open_before", "open_after")


def REFERENCE():
    """The right answer."""
    return measured.run(measured.SEED)


def both(figure):
    """A figure before and after training."""
    return tuple(float(figure(*measured.hidden(measured.SEED, steps))) for steps in (0, 200))


def gates_counted():
    return both(lambda entering, S: (entering > 0).sum())


def gates_in_percent():
    return both(lambda entering, S: 100 * (entering > 0).mean())


def gates_exchanged():
    before, after = REFERENCE()
    return after, before


def shut_gates():
    return both(lambda entering, S: (entering <= 0).mean())


def scores_for_gates():
    return both(lambda entering, S: (S > 0).mean())


def gates_per_digit():
    return both(lambda entering, S: (entering > 0).sum(axis=1).mean())


def read(value):
    """The two figures, None where one is no number."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, tuple | list) or len(value) != len(NAMES):
        return None
    numeric = (int, float, np.integer, np.floating)
    fine = [isinstance(x, numeric) and not isinstance(x, bool) and np.isfinite(x) for x in value]
    return [float(x) if ok else None for x, ok in zip(value, fine, strict=True)]


def near(figure, part, known):
    """Whether a figure is a known one, within what is forgiven (a count or a percentage in proportion)."""
    if figure is None:
        return False
    scale = max(1.0, abs(known / REFERENCE()[part]))
    return (
        abs(figure - known) / scale <= measured.LEAST
        or abs(figure - known) / scale <= measured.tolerances()[part]
    )


def opened(f):
    """The two figures, by name."""
    figures = read(f().value)
    return [({}, {name: word(figures[i], i) for i, name in enumerate(NAMES)} if figures else {})]


def word(figure, part):
    """The name of the known figure that this one is, the right one first."""
    known = {"right": REFERENCE()[part]} | {twin.__name__: twin()[part] for twin in KNOWN}
    return next((name for name, value in known.items() if near(figure, part, value)), "unknown")


KNOWN = (gates_counted, gates_in_percent, gates_exchanged, shut_gates, scores_for_gates, gates_per_digit)
GROUPS = [Group("open", "the open gates", opened)]
