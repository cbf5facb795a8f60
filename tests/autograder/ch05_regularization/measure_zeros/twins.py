"""The confusions in the measurement, each with what it gives."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

measured = catalogue.beside(__file__, "measured")
measurements = catalogue.beside(__file__, "measurements")

NAMES = ("zeros_weak", "zeros_strong", "unplugged")


def both(threshold="eta * reg"):
    """The two runs."""
    return measured.run(measured.WEAK, threshold), measured.run(measured.STRONG, threshold)


def REFERENCE():
    """The right answer."""
    weak, strong = both()
    return weak.zeros, strong.zeros, strong.unplugged


def survivors_counted():
    weak, strong, unplugged = REFERENCE()
    return 1 - weak, 1 - strong, unplugged


def strengths_exchanged():
    weak, strong, unplugged = REFERENCE()
    return strong, weak, unplugged


def blank_pixels_counted():
    shares = [float((each.W[:-1] == 0).mean()) for each in both()]
    return *shares, REFERENCE()[2]


def zeros_as_counts():
    counts = [float((each.live == 0).sum()) for each in both()]
    return *counts, REFERENCE()[2]


def zeros_as_percent():
    weak, strong, unplugged = REFERENCE()
    return 100 * weak, 100 * strong, unplugged


def threshold_without_step_size():
    weak, strong = both("reg")
    return weak.zeros, strong.zeros, REFERENCE()[2]


def subgradient_steps():
    weak, strong = both("subgradient")
    return weak.zeros, strong.zeros, REFERENCE()[2]


def plugged_counted():
    weak, strong, unplugged = REFERENCE()
    return weak, strong, 1 - unplugged


def any_zero_counted():
    weak, strong, _ = REFERENCE()
    return weak, strong, float((both()[1].live == 0).any(axis=1).mean())


def blank_pixels_unplugged():
    weak, strong, _ = REFERENCE()
    return weak, strong, float((both()[1].W[:-1] == 0).all(axis=1).mean())


def unplugged_at_weak():
    weak, strong, _ = REFERENCE()
    return weak, strong, both()[0].unplugged


def unplugged_as_count():
    weak, strong, _ = REFERENCE()
    return weak, strong, float((both()[1].live == 0).all(axis=1).sum())


def unplugged_as_percent():
    weak, strong, unplugged = REFERENCE()
    return weak, strong, 100 * unplugged


def near(figure, part, known):
    """Whether a figure is a known one, within what is forgiven."""
    return measurements.near(figure, known, REFERENCE()[part], measured.LEAST)


def words(f, parts, twins):
    """The names of the known answers that these figures together are, the right one first."""
    figures = measurements.read(f().value, len(NAMES))
    if not figures:
        return [({}, {})]
    known = {"right": REFERENCE()} | {twin.__name__: twin() for twin in twins}
    fits = [name for name, given in known.items() if all(near(figures[p], p, given[p]) for p in parts)]
    return [({}, {"figures": fits[0] if fits else "unknown"})]


def zeros(f):
    """The first two figures, by name."""
    return words(f, (0, 1), ZEROS)


def unplugged(f):
    """The third figure, by name."""
    return words(f, (2,), UNPLUGGED)


ZEROS = (
    survivors_counted,
    strengths_exchanged,
    blank_pixels_counted,
    zeros_as_counts,
    zeros_as_percent,
    threshold_without_step_size,
    subgradient_steps,
)
UNPLUGGED = (
    plugged_counted,
    any_zero_counted,
    blank_pixels_unplugged,
    unplugged_at_weak,
    unplugged_as_count,
    unplugged_as_percent,
)
GROUPS = [Group("zeros", "the zeros", zeros), Group("unplugged", "the unplugged pixels", unplugged)]
