"""Features against scikit-image, and against the loop over images that a course suggests."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.colors import rgb_to_hsv
from skimage.feature import hog as peer_hog

from benchmarks.timing import Ratio, compare
from lintutor import features


def obvious_histogram(im: Any, nbin: int = 10) -> Any:
    """Return the hue histogram of one image by two library calls, with no checks of the arguments."""
    hue = rgb_to_hsv(im / 255)[:, :, 0] * 255
    return np.histogram(hue, bins=np.linspace(0, 255, nbin + 1))[0] / hue.size


def peer_hogs(images: Any) -> Any:
    """Return scikit-image's HOG of each image with our settings; color goes through the same gray."""
    gray = images if images.ndim == 3 else features.rgb_to_gray(images)
    return np.stack([peer_hog(im, 9, (8, 8), (2, 2), "L2-Hys") for im in gray])


def run() -> Iterator[Ratio]:
    """Yield the ratios for one image and for many, gray and in color, as uint8 and as float64."""
    color = np.random.default_rng(0).integers(0, 256, (5000, 32, 32, 3), dtype=np.uint8)
    gray = color[..., 0].astype(np.float64)
    for images, kind in ((gray, "gray float64"), (color, "color uint8")):
        for n in (1, 1000, 5000):
            some = images[:n]
            yield from compare(
                f"hog, {n} {kind} 32x32",
                lambda some=some: features.hog(some),
                "scikit-image hog, in a loop",
                lambda some=some: peer_hogs(some),
                repeats=101 if n == 1 else 5,
            )
    for n in (1, 1000, 5000):
        some = color[:n]
        yield from compare(
            f"color_histograms_hsv, {n} uint8 32x32",
            lambda some=some: features.color_histograms_hsv(some),
            "matplotlib + np.histogram, in a loop",
            lambda some=some: np.stack([obvious_histogram(im) for im in some]),
            repeats=101 if n == 1 else 5,
        )
    yield from compare(
        "color_histogram_hsv, one uint8 32x32",
        lambda: features.color_histogram_hsv(color[0]),
        "matplotlib + np.histogram",
        lambda: obvious_histogram(color[0]),
        repeats=101,
    )
