"""The confusions in the measurement, each with what it gives."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")
NAMES = ("on_the_kink", "as_usual", "tiny")


def REFERENCE():
    """The right answer."""
    return tuple(measured.mean(*each) for each in measured.SETTINGS)


def kinks_in_percent():
    return tuple(100 * each for each in REFERENCE())


def kinks_counted():
    return tuple(200 * each for each in REFERENCE())


def entries_that_agree():
    return tuple(1 - each for each in REFERENCE())


def one_draw_only():
    return tuple(measured.share(0, *each) for each in measured.SETTINGS)


def usual_nudge():
    return tuple(measured.mean(*each, h=1e-5) for each in measured.SETTINGS)


def margins_exchanged():
    (sigma, zero), (_, one), (tiny, _) = measured.SETTINGS
    return measured.mean(sigma, one), measured.mean(sigma, zero), measured.mean(tiny, zero)


def sigma_forgotten():
    return tuple(measured.mean(1.0, delta) for _, delta in measured.SETTINGS)


def near(figure, known):
    """Whether a figure is a known one, a count or a percentage in proportion."""
    return abs(figure - known) <= measured.FORGIVEN * max(1.0, abs(known))


def frequency(f):
    """The report by name: which known measurement it is, taken whole."""
    figures = measurements.read(f().value, len(NAMES))
    if figures is None or None in figures:
        return [({}, {})]
    known = (twin.__name__ for twin in (REFERENCE, *TWINS) if all_near(figures, twin()))
    return [({}, {"report": next(known, "unknown")})]


def all_near(figures, known):
    """Whether all three figures are those of a known measurement."""
    return all(near(a, b) for a, b in zip(figures, known, strict=True))


TWINS = (
    kinks_in_percent,
    kinks_counted,
    entries_that_agree,
    one_draw_only,
    usual_nudge,
    margins_exchanged,
    sigma_forgotten,
)
GROUPS = [Group("frequency", "the shares", frequency)]
