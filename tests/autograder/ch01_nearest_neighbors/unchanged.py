"""What the two predictions on preprocessing share: the truth, measured; the words; the wrong expectations."""

from functools import cache

import numpy as np

from lintutor import neighbors
from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (bool,) * 5
FORM = "mean_picture, overall_mean, pixel_deviation, overall_deviation, rotation"
ADVICE = (
    "Not so. What is subtracted from pixel d of x, and what from pixel d of t? Write down their gap.",
    "Not so. Write down the gap of two pixels before and after the step.",
    "Not so. Take two pixels, one with deviation 1 and one with deviation 10, and three pictures.",
    "Not so. What happens to every distance, and what to the order of two distances?",
    "Not so. Turn the points (0, 1) and (1, 0) by 45 degrees and measure.",
)


@cache
def truth(p):
    """Which steps leave the nearest neighbors as they were, on random pictures."""
    rng = np.random.default_rng(0)
    album, new = (rng.normal(size=(rows, 8)) * np.arange(1, 9) + 3 for rows in (60, 40))
    Q = np.linalg.qr(rng.normal(size=(8, 8)))[0]
    steps = (
        lambda X: X - album.mean(axis=0),
        lambda X: X - album.mean(),
        lambda X: X / album.std(axis=0),
        lambda X: X / album.std(),
        lambda X: X @ Q,
    )

    def nearest(step):
        return neighbors.lp_distances(step(new), step(album), p).argmin(axis=1)

    before = nearest(lambda X: X)
    return tuple(bool((nearest(step) == before).all()) for step in steps)


def reference(p):
    """The right answer for one distance."""

    def REFERENCE():
        return truth(p)

    return REFERENCE


def judge(value, p, part):
    """Fail unless one part is right."""
    predictions.judge(value, KINDS, part, truth(p), ADVICE[part], FORM)


def parts(*numbers):
    """A probe that sees some of the parts, as words."""

    def observe(f):
        seen = predictions.seen(f(), KINDS)
        return [({}, {key: seen[key] for number in numbers if (key := f"part {number}") in seen})]

    return observe


def twin(p, change):
    """A prediction that differs from the truth in some parts."""

    def wrong():
        return tuple(change.get(part, right) for part, right in enumerate(truth(p)))

    return wrong


GROUPS = [
    Group("shift", "what is subtracted", parts(0, 1)),
    Group("factor", "what is divided by", parts(2, 3)),
    Group("rotation", "the rotation", parts(4)),
]
