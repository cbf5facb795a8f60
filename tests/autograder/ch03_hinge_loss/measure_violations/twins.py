"""The confusions in the measurement, each with what it gives."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")

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
    before, after, idle = REFERENCE()
    return before, after, ways(idle)["right_for_idle"]


def idle_count():
    before, after, idle = REFERENCE()
    return before, after, ways(idle)["idle_count"]


def idle_percent():
    before, after, idle = REFERENCE()
    return before, after, 100 * idle


def ways(idle):
    """The idle share of some digits and what is put down in its place, by the name of the confusion."""
    run = measured.run(measured.SEED)
    chosen = run.held_out if idle == run.held_out.idle else run.after
    return {
        "right": idle,
        "idle_turned_around": 1 - idle,
        "right_for_idle": 1 - chosen.mistaken,
        "idle_count": idle * chosen.digits,
        "idle_percent": 100 * idle,
    }


def near(figure, part, known):
    """Whether a figure is a known one, within what is forgiven."""
    right = REFERENCE()[part]
    if measurements.near(figure, known, right, measured.LEAST):
        return True  # other seeds only where it matters
    return measurements.near(figure, known, right, measured.tolerances()[part])


def opened(f):
    """The first two figures, by name."""
    named = measurements.named(f().value, NAMES, REFERENCE(), OPEN, near)
    return [({}, {name: named[name] for name in NAMES[:2] if name in named})]


def idle(f):
    """The third figure, by name, on the digits that the second one was measured on."""
    figures = measurements.read(f().value, len(NAMES))
    if figures is None:
        return [({}, {})]
    run = measured.run(measured.SEED)
    digits = run.held_out if near(figures[1], 1, run.held_out.open_share) else run.after
    known = ways(digits.idle).items()
    return [({}, {NAMES[2]: next((name for name, value in known if near(figures[2], 2, value)), "unknown")})]


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
GROUPS = [Group("open", "the open hinges", opened), Group("idle", "the idle digits", idle)]
