"""The mistakes of a hue histogram as code: one function a misconception."""

import dataclasses

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.features import color_histogram_hsv as reference

arrays = catalogue.beside(__file__, "arrays")
pictures = catalogue.beside(__file__, "pictures")


def REFERENCE(im, nbin=10):
    """The right answer."""
    return reference(im, nbin)


def sixths_of(colors, thirds=2):
    """Hue in sixths (M,) of colors (M, 3), in their own type; negative ones are not yet wrapped."""
    r, g, b = colors.T
    largest, gap = colors.max(axis=1), colors.max(axis=1) - colors.min(axis=1)
    safe = np.where(gap > 0, gap, 1)
    sixths = np.where(
        largest == r,
        (g - b) / safe,
        np.where(largest == g, thirds + (b - r) / safe, 2 * thirds + (r - g) / safe),
    )
    return np.where(gap > 0, sixths, 0)


def counted(hues, nbin):
    """How many hues lie in each range; those outside 0 to 1 in the first or last."""
    place = np.clip(np.floor(hues * nbin).astype(int), 0, nbin - 1)
    return np.bincount(place, minlength=nbin).astype(float)


def hues_of(im):
    """The right hues (M,)."""
    return sixths_of(im.reshape(-1, 3).astype(float)) / 6 % 1


def bytes_wrapped(im, nbin=10):
    return counted(sixths_of(im.reshape(-1, 3)) / 6 % 1, nbin) / (im.size // 3)


def hue_not_wrapped(im, nbin=10):
    return counted(sixths_of(im.reshape(-1, 3).astype(float)) / 6, nbin) / (im.size // 3)


def thirds_forgotten(im, nbin=10):
    return counted(sixths_of(im.reshape(-1, 3).astype(float), thirds=0) / 6 % 1, nbin) / (im.size // 3)


def channels_reversed(im, nbin=10):
    return counted(hues_of(im[..., ::-1]), nbin) / (im.size // 3)


def value_for_hue(im, nbin=10):
    return counted(im.reshape(-1, 3).max(axis=1) / 255, nbin) / (im.size // 3)


def gray_not_counted(im, nbin=10):
    colors = im.reshape(-1, 3).astype(float)
    return counted(hues_of(im)[np.ptp(colors, axis=1) > 0], nbin) / len(colors)


def counts_for_shares(im, nbin=10):
    return counted(hues_of(im), nbin)


def density_for_shares(im, nbin=10):
    return counted(hues_of(im), nbin) / (im.size // 3) * nbin


def range_of_what_came(im, nbin=10):
    return np.histogram(hues_of(im), bins=nbin)[0] / (im.size // 3)


def nbin_fixed(im, nbin=10):
    return REFERENCE(im, 10)


def gray_divides_by_zero(im, nbin=10):
    if (np.ptp(im.reshape(-1, 3).astype(float), axis=1) == 0).any():
        raise ZeroDivisionError("float division by zero")
    return REFERENCE(im, nbin)


def picture_changed(im, nbin=10):
    shares = REFERENCE(im, nbin)
    im -= im.min()
    return shares


def edges_returned_too(im, nbin=10):
    return REFERENCE(im, nbin), np.linspace(0, 1, nbin + 1)


def feature_not_returned(im, nbin=10):
    print(REFERENCE(im, nbin))


def probes(seed=81):
    """Random pictures of floating-point numbers and of bytes, with gray and without; always the same.

    With ten ranges the hues can be seen even where nbin is not used.
    """
    rng = np.random.default_rng(seed)
    kinds = [(5, 4, 7, float), (6, 7, 12, np.uint8), (4, 3, 5, float), (5, 5, 3, np.uint8)]
    kinds += [(4, 7, 10, float), (6, 5, 10, np.uint8)]
    gray = [pictures.random_colors(rng, *kind) for kind in kinds]
    return gray, [pictures.random_colors(rng, *kind, gray=False) for kind in kinds[:2]]


def first_of_two(f):
    """A function whose result is the first, where it gives two, and nothing, where it holds NaN."""

    def call(*args):
        exchange = f(*args)
        pair = isinstance(exchange.value, tuple) and len(exchange.value) == 2
        value = exchange.value[0] if pair else exchange.value
        array = arrays.numeric(value)
        broken = array is not None and not np.isfinite(array).all()
        return dataclasses.replace(exchange, value=None if broken else value)

    return call


def gray(f):
    """Whether it is gray that crashes, or gives NaN."""
    fine = [arrays.numeric(first_of_two(f)(*case.arguments).value) is not None for case in (*GRAY, *COLORED)]
    if not all(fine[len(GRAY) :]):
        return [({}, {})]
    return [({}, {"gray": "has a result" if any(fine[: len(GRAY)]) else "has none"})]


GRAY, COLORED = probes()
SEEN = {group.id: group for group in arrays.groups([*GRAY, *COLORED], REFERENCE, ("the histogram",))}
SEEN["shape"] = next(g for g in arrays.groups(COLORED, REFERENCE, ("the histogram",)) if g.id == "shape")
GROUPS = [
    SEEN["bookkeeping"],
    *(Group(i, SEEN[i].name, lambda f, i=i: SEEN[i].observe(first_of_two(f))) for i in ("shape", "data")),
    SEEN["mutation"],
    Group("gray", "gray pictures", gray),
]
