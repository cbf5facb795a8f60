"""The cases of chapter 8: small pictures, and random ones whose hues and directions are clear."""

import numpy as np

from lintutor import features
from lintutor.autograder import catalogue
from lintutor.autograder.checks import near

arrays = catalogue.beside(__file__, "arrays")


MARGIN = 1e-3  # in ranges: how far from a border a hue has to lie
CLEAR = 1e-4  # in bins: how far from a border a direction has to lie


class Picture(arrays.Case):
    """A case whose numbers are pixels: float32 is precise enough, whatever they came as."""

    precision = np.float32


class PictureChecks(arrays.ArrayChecks):
    """Checks of a vector that describes one picture; a table of a single row is that row."""

    def call(self, case):
        value = super().call(case)
        lying = isinstance(value, np.ndarray) and value.ndim == 2 and len(value) == 1
        return value[0] if lying else value


def alike(answer, expected):
    """Whether two descriptions agree, as closely as numbers of float32 can."""
    return near(answer, expected, np.float32)


def colored(im, nbin=10, dtype=np.uint8):
    """A case for a hue histogram."""
    im = np.array(im, dtype)
    return Picture({"im": im, "nbin": nbin}, {"H": im.shape[0], "W": im.shape[1], "nbin": nbin})


def clear_hues(im, nbin):
    """Where the hue of a pixel is on no inner border of two ranges (..., bool)."""
    place = features.rgb_to_hsv(im)[..., 0] * nbin
    return (np.abs(place - np.round(place)) > MARGIN) | (place < MARGIN)


def random_colors(rng, H, W, nbin=10, dtype=np.uint8, gray=True, wrapped=True):
    """A random picture, with some gray in it or none, with reds that lean to blue or none."""

    def fine(im):
        past = (im.argmax(axis=2) == 0) & (im[..., 1] < im[..., 2])
        return clear_hues(im, nbin) & (np.ptp(im, axis=2) > 0) & (wrapped | ~past)

    im = rng.integers(0, 256, size=(H, W, 3))
    while not fine(im).all():
        im = np.where(fine(im)[..., None], im, rng.integers(0, 256, size=(H, W, 3)))
    if gray:
        im[0, 0] = im[0, 0, 0]
    return colored(im, nbin, dtype)


def gray_or_color(im, dtype=None):
    """A case for a histogram of oriented gradients."""
    im = np.array(im) if dtype is None else np.array(im, dtype)
    return Picture({"im": im}, {"H": im.shape[0], "W": im.shape[1], "channels": 3 if im.ndim == 3 else 1})


def brightness(im):
    """The brightness (H, W) of a picture, gray or in color."""
    im = np.asarray(im, float)
    return im if im.ndim == 2 else features.rgb_to_gray(im)


def framed(rng):
    """A cell (8, 8) that keeps its features wherever it stands: its border is black, two pixels wide."""
    while True:
        cell = np.pad(rng.integers(1, 255, size=(4, 4)) + rng.random((4, 4)), 2)
        if clear_directions(cell):
            return cell


def slopes(im):
    """The gradient of the brightness, by the rules of the chapter."""
    gray = brightness(im)
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    gy[1:-1] = gray[2:] - gray[:-2]
    return gx, gy


def clear_directions(im):
    """Whether each direction lies within its range; those of the border rows are exact."""
    gx, gy = slopes(im)
    place = np.degrees(np.arctan2(gy, gx)) / 20
    clear = np.abs(place - np.round(place)) > CLEAR
    if np.ndim(im) == 2:
        clear |= gy == 0  # of weighted colors rounding may decide it
    return bool(clear[1:-1].all())


def random_picture(rng, H, W, channels=3, dtype=np.uint8):
    """A random picture; with weighted colors or broken numbers, no direction lies between two bins."""
    shape = (H, W, 3) if channels == 3 else (H, W)
    while True:
        im = rng.integers(0, 256, size=shape)
        im = (im if dtype == np.uint8 else np.minimum(im + rng.random(shape), 255)).astype(dtype)
        if (channels == 1 and dtype == np.uint8) or clear_directions(im):
            return gray_or_color(im)
