"""The confusions in the measurement, each with what it gives."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")

NAMES = ("of_10", "of_160", "slope")


def run():
    """The experiment as it is asked for."""
    return measured.run(measured.SEED)


def REFERENCE():
    """The right answer."""
    return run().answer


def with_slope(small, large):
    """Two figures and the slope between them."""
    return small, large, measured.slope(small, large)


def root_of_the_error():
    return with_slope(*run().root)


def error_averaged_over_entries():
    return with_slope(*(each / measured.ENTRIES for each in run().error))


def distance_from_zero():
    return with_slope(*run().length)


def batch_summed():
    sizes = (measured.SMALL, measured.LARGE)
    return with_slope(*(error * size**2 for error, size in zip(run().error, sizes, strict=True)))


def sizes_exchanged():
    small, large, slope = REFERENCE()
    return large, small, slope


def slope_without_sign():
    small, large, slope = REFERENCE()
    return small, large, -slope


def slope_turned_over():
    small, large, _ = REFERENCE()
    return small, large, (large - small) / (measured.LARGE - measured.SMALL)


def ratio_for_slope():
    small, large, _ = REFERENCE()
    return small, large, small / large


def near(figure, part, known):
    """Whether a figure is a known one, within what is forgiven, as a share."""
    return figure is not None and abs(figure - known) <= measured.tolerances()[part] * abs(known)


def word(figure, part):
    """The name of the known error that this one is, the right one first."""
    known = {"right": REFERENCE()[part]}
    known |= {twin.__name__: twin()[part] for twin in ERROR}
    return next((name for name, value in known.items() if near(figure, part, value)), "unknown")


def error(f):
    """The first two figures, by name."""
    figures = measurements.read(f().value, len(NAMES))
    return [({}, {name: word(figures[i], i) for i, name in enumerate(NAMES[:2])} if figures else {})]


def slope(f):
    """The third figure, by name: made of the first two, whatever they are, or of the right ones."""
    figures = measurements.read(f().value, len(NAMES))
    if not figures or None in figures or min(figures[:2]) <= 0 or figures[0] == figures[1]:
        return [({}, {})]
    rules = {
        "right": measured.slope,
        "slope_without_sign": lambda small, large: -measured.slope(small, large),
        "slope_turned_over": lambda small, large: (large - small) / (measured.LARGE - measured.SMALL),
        "ratio_for_slope": lambda small, large: small / large,
    }
    pairs = figures[:2], REFERENCE()[:2]
    fits = (name for name, rule in rules.items() if any(near(figures[2], 2, rule(*pair)) for pair in pairs))
    return [({}, {NAMES[2]: next(fits, "unknown")})]


ERROR = (
    root_of_the_error,
    error_averaged_over_entries,
    distance_from_zero,
    batch_summed,
    sizes_exchanged,
)
GROUPS = [Group("error", "the errors", error), Group("line", "the slope", slope)]
