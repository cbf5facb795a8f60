"""The cases of chapter 8: small pictures, and random ones whose hues and directions are clear."""

import numpy as np

from lintutor import features
from lintutor.autograder import catalogue

arrays = catalogue.beside(__file__, "arrays")
Case = arrays.Case

MARGIN = 1e-3  # in ranges: how far from a border a hue has to lie
CLEAR = 1e-5  # in bins: how far from a border a direction has to lie


def colored(im, nbin=10, dtype=np.uint8):
    """A case for a hue histogram."""
    im = np.array(im, dtype)
    return Case({"im": im, "nbin": nbin}, {"H": im.shape[0], "W": im.shape[1], "nbin": nbin})


def clear_hues(im, nbin):
    """Where the hue of a pixel is on no inner border of two ranges (..., bool)."""
    place = features.rgb_to_hsv(im)[..., 0] * nbin
    return (np.abs(place - np.round(place)) > MARGIN) | (place < MARGIN)


def random_colors(rng, H, W, nbin=10, dtype=np.uint8):
    """A random picture with some gray in it."""
    im = rng.integers(0, 256, size=(H, W, 3))
    while not clear_hues(im, nbin).all():
        im = np.where(clear_hues(im, nbin)[..., None], im, rng.integers(0, 256, size=(H, W, 3)))
    im[0, 0] = im[0, 0, 0]  # gray
    return colored(im, nbin, dtype)


def gray_or_color(im, dtype=None):
    """A case for a histogram of oriented gradients."""
    im = np.array(im) if dtype is None else np.array(im, dtype)
    return Case({"im": im}, {"H": im.shape[0], "W": im.shape[1], "channels": 3 if im.ndim == 3 else 1})


def slopes(im):
    """The gradient of the brightness, by the rules of the chapter."""
    im = np.asarray(im, float)
    gray = im if im.ndim == 2 else features.rgb_to_gray(im)
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    gy[1:-1] = gray[2:] - gray[:-2]
    return gx, gy


def clear_directions(im):
    """Whether each direction lies within its range; those of the border rows are exact."""
    gx, gy = slopes(im)
    place = np.degrees(np.arctan2(gy, gx)) / 20
    inner = np.abs(place - np.round(place)) > CLEAR
    return bool(inner[1:-1].all())


def random_picture(rng, H, W, channels=3, dtype=np.uint8):
    """A random picture; with weighted colors or broken numbers, no direction lies between two bins."""
    shape = (H, W, 3) if channels == 3 else (H, W)
    while True:
        im = rng.integers(0, 256, size=shape)
        im = (im if dtype == np.uint8 else np.minimum(im + rng.random(shape), 255)).astype(dtype)
        if (channels == 1 and dtype == np.uint8) or clear_directions(im):
            return gray_or_color(im)
