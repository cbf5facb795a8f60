"""The mistakes on the way back through a longer expression, as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

parts = catalogue.beside(__file__, "parts")


def squash(x):
    """The sigmoid of numbers that are not large."""
    return 1 / (1 + np.exp(-x))


def stages(x, y):
    """What each line of the way forward computes."""
    sig_y, sig_x, total = squash(y), squash(x), x + y
    return {
        "sigmoid(y)": sig_y,
        "numerator": x + sig_y,
        "sigmoid(x)": sig_x,
        "x + y": total,
        "denominator": sig_x + total**2,
        "f": (x + sig_y) / (sig_x + total**2),
    }


def walked(x, y, sign=-1.0, double=2.0, slopes=True):
    """The value, and the shares of dx and dy: through the square, the sigmoid, the numerator."""
    sig_y, sig_x, total = squash(y), squash(x), x + y
    num, den = x + sig_y, sig_x + total**2
    dden = sign * num / den**2
    dtotal = double * total * dden
    to_x = [dtotal, dden * (sig_x * (1 - sig_x) if slopes else 1), 1 / den]
    to_y = [dtotal, (sig_y * (1 - sig_y) if slopes else 1) / den]
    return num / den, to_x, to_y


def REFERENCE(x, y):
    """The right answer."""
    f, to_x, to_y = walked(x, y)
    return f, sum(to_x), sum(to_y)


def staged_fork_overwritten(x, y):
    f, to_x, to_y = walked(x, y)
    return f, to_x[-1], to_y[-1]


def staged_first_share_lost(x, y):
    f, to_x, to_y = walked(x, y)
    return f, sum(to_x[:-1]), sum(to_y)


def staged_alias(x, y):
    f, to_x, to_y = walked(x, y)
    dx = dy = to_x[0] + np.zeros(np.shape(x))  # one array with two names
    for share in (*to_x[1:], *to_y[1:]):
        dx += share
    return f, dx, dy


def denominator_sign(x, y):
    f, to_x, to_y = walked(x, y, sign=1.0)
    return f, sum(to_x), sum(to_y)


def square_not_doubled(x, y):
    f, to_x, to_y = walked(x, y, double=1.0)
    return f, sum(to_x), sum(to_y)


def sum_sends_to_one(x, y):
    f, to_x, to_y = walked(x, y)
    return f, sum(to_x), sum(to_y[1:])


def sigmoid_without_slope(x, y):
    f, to_x, to_y = walked(x, y, slopes=False)
    return f, sum(to_x), sum(to_y)


def square_forgotten(x, y):
    sig_y, sig_x, total = squash(y), squash(x), x + y
    num, den = x + sig_y, sig_x + total
    dden = -num / den**2
    return num / den, 1 / den + dden * (1 + sig_x * (1 - sig_x)), sig_y * (1 - sig_y) / den + dden


def value_alone(x, y):
    return REFERENCE(x, y)[0]


def input_changed(x, y):
    found = REFERENCE(x, y)
    x += y  # not a copy
    return found


def result_not_returned(x, y):
    print(REFERENCE(x, y))


def cases(rng):
    """Arrays of several shapes, no denominator near 0."""
    return [
        parts.case(x=rng.uniform(0.5, 3, size=shape), y=rng.uniform(-0.2, 3, size=shape))
        for shape in ((4,), (3, 2))
    ] + [parts.case(x=rng.uniform(-3, -1.5, size=5), y=rng.uniform(3.5, 5, size=5))]


PROBES = cases(np.random.default_rng(93))


def values_of(f):
    """The value alone."""
    seen = []
    for case in PROBES:
        found = parts.read(f(*case.arguments).value, NAMED(case))
        seen.append(({}, {"f": found.parts["f"]} if found.parts["f"] is not None else {}))
    return seen


def slopes_of(f):
    """The gradients, as long as the value is right; what does not belong to it shows elsewhere."""
    seen = []
    for case in PROBES:
        due = NAMED(case)
        found = parts.read(f(*case.arguments).value, due)
        if found.parts["f"] is None or not np.allclose(found.parts["f"], due["f"]):
            seen.append(({}, {}))
            continue
        seen.append(({}, {k: found.parts[k] for k in ("dx", "dy") if found.parts[k] is not None}))
    return seen


def NAMED(case):
    """What is expected, by name."""
    return dict(zip(("f", "dx", "dy"), REFERENCE(*case.arguments), strict=True))


VALUE = Group("value", "the value", values_of)
*SHARED, _ = parts.groups(PROBES, REFERENCE, ("f", "dx", "dy"), "")
GROUPS = [*SHARED, VALUE, Group("data", "the gradients", slopes_of)]
