"""The confusions in the measurement, each with what it gives."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")

NAMES = ("open_before", "open_after", "idle_after")


def REFERENCE():
    """The right answer."""
    return measured.run(measured.SEED).answer


def open_counts():
    run = measured.run(measured.SEED)
    return run.before.open_pairs, run.after.open_pairs, run.after.idle


def open_percent():
    before, after, idle = REFERENCE()
    return 100 * before, 100 * after, idle


def before_and_after_exchanged():
    before, after, idle = REFERENCE()
    return after, before, idle


def true_class_among_pairs():
    run = measured.run(measured.SEED)
    before, after = (
        (each.open_pairs + each.digits) / (each.digits * each.classes) for each in (run.before, run.after)
    )
    return before, after, run.after.idle


def divided_by_all_pairs():
    run = measured.run(measured.SEED)
    before, after = (each.open_pairs / (each.digits * each.classes) for each in (run.before, run.after))
    return before, after, run.after.idle


def held_out_digits():
    run = measured.run(measured.SEED)
    return run.before.open_share, run.held_out.open_share, run.held_out.idle


def mistakes_for_violations():
    before, _, idle = REFERENCE()
    return before, measured.run(measured.SEED).after.mistaken, idle


def open_per_digit():
    run = measured.run(measured.SEED)
    before, after = (each.open_pairs / each.digits for each in (run.before, run.after))
    return before, after, run.after.idle


def idle_turned_around():
    before, after, idle = REFERENCE()
    return before, after, 1 - idle


def right_for_idle():
    before, after, _ = REFERENCE()
    return before, after, 1 - measured.run(measured.SEED).after.mistaken


def idle_count():
    before, after, idle = REFERENCE()
    return before, after, idle * measured.run(measured.SEED).after.digits


def idle_percent():
    before, after, idle = REFERENCE()
    return before, after, 100 * idle


def read(value):
    """The three figures, None where one is no number."""
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
    off = abs(figure - known) / scale
    return off <= measured.LEAST or off <= measured.tolerances()[part]  # other seeds only where it matters


def word(figure, part):
    """The name of the known figure that this one is, the right one first."""
    known = {"right": REFERENCE()[part]}
    known |= {twin.__name__: twin()[part] for twin in (OPEN, IDLE)[part == 2]}
    return next((name for name, value in known.items() if near(figure, part, value)), "unknown")


def opened(f):
    """The first two figures, by name."""
    figures = read(f().value)
    return [({}, {name: word(figures[i], i) for i, name in enumerate(NAMES[:2])} if figures else {})]


def idle(f):
    """The third figure, by name."""
    figures = read(f().value)
    return [({}, {NAMES[2]: word(figures[2], 2)} if figures else {})]


OPEN = (
    open_counts,
    open_percent,
    before_and_after_exchanged,
    true_class_among_pairs,
    divided_by_all_pairs,
    held_out_digits,
    mistakes_for_violations,
    open_per_digit,
)
IDLE = (held_out_digits, idle_turned_around, right_for_idle, idle_count, idle_percent)
GROUPS = [Group("open", "the open hinges", opened), Group("idle", "the idle digits", idle)]
