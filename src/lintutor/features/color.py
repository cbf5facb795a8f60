"""Which colors an image has, wherever they are: hue, and its histogram."""

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor.features._pixels import as_image, as_images, as_pixels, blocks, in_color, result_type


def rgb_to_hsv_naive(images: ArrayLike) -> Array:
    """Return hue, saturation and value of every pixel, one pixel at a time.

    Value is the largest of red, green and blue. Saturation is the largest less the smallest, as a
    share of the largest. Hue is where the color lies on the color circle: red at 0, green at 1/3,
    blue at 2/3, and linear between them. A gray pixel has saturation 0 and, by convention, hue 0.

    Parameters
    ----------
    images : array_like (..., 3)
        Red, green and blue in the last axis, 0..255.

    Returns
    -------
    ndarray (..., 3), float32 for float32, else float64
        Hue, saturation, value, each 0 to 1; a hue is 1 only where it rounds to 1.

    Raises
    ------
    ValueError, TypeError
        If the last axis is not 3 long, or a number lies outside 0..255. Numbers that are all within
        0..1 and not all whole are refused too: they are shares of 1, not pixel values.

    Examples
    --------
    >>> rgb_to_hsv_naive([[255, 0, 0], [0, 128, 0], [100, 100, 100]]).round(3)
    array([[0.   , 1.   , 1.   ],
           [0.333, 1.   , 0.502],
           [0.   , 0.   , 0.392]])

    See the book: ``feat-color-histogram``. Source: A. R. Smith, "Color gamut transform pairs",
    SIGGRAPH 1978.
    """
    rgb = _colors("images", images)
    hsv = np.empty(rgb.shape, dtype=result_type(rgb))
    for place in np.ndindex(rgb.shape[:-1]):
        r, g, b = (float(channel) / 255 for channel in rgb[place])
        value, gap = max(r, g, b), max(r, g, b) - min(r, g, b)
        hue = saturation = 0.0
        if gap > 0:
            saturation = gap / value
            if b == value:
                hue = 4 + (r - g) / gap
            elif g == value:
                hue = 2 + (b - r) / gap
            else:
                hue = (g - b) / gap
        hsv[place] = (hue / 6) % 1, saturation, value
    return hsv


def rgb_to_hsv(images: ArrayLike) -> Array:
    """Return what :func:`rgb_to_hsv_naive` returns, without a loop.

    Same parameter, result and errors.

    Examples
    --------
    >>> rgb_to_hsv([[255, 0, 0], [0, 128, 0], [100, 100, 100]]).round(3)
    array([[0.   , 1.   , 1.   ],
           [0.333, 1.   , 0.502],
           [0.   , 0.   , 0.392]])

    See the book: ``feat-color-histogram``.
    """
    rgb = _colors("images", images)
    hue, gap, value = _hue_gap_value(rgb)
    saturation = gap / np.where(value > 0, value, 1)
    return np.stack([hue, saturation, value], axis=-1).astype(result_type(rgb))  # (..., 3)


def _colors(name: str, value: ArrayLike) -> Array:
    """Return pixels (..., 3) or refuse them."""
    pixels = as_pixels(name, value)
    if pixels.ndim == 0 or pixels.shape[-1] != 3:
        raise ValueError(f"{name} must end in an axis of red, green, blue; got shape {pixels.shape}")
    return pixels


def _hue_gap_value(rgb: Array) -> tuple[Array, Array, Array]:
    """Return of colors (..., 3) the hue, largest less smallest, and largest; in float64, 0 to 1."""
    r, g, b = (np.divide(rgb[..., channel], 255, dtype=np.float64) for channel in range(3))
    value = np.maximum(np.maximum(r, g), b)
    gap = value - np.minimum(np.minimum(r, g), b)
    blue, green = b == value, g == value
    sixths = np.where(blue, r - g, np.where(green, b - r, g - b))
    sixths /= np.where(gap > 0, gap, 1)  # a gray pixel has 0 above and keeps it
    sixths += np.where(blue, 4, np.where(green, 2, 0)) * (gap > 0)
    hue = sixths / 6
    hue += hue < 0  # a red that leans to blue lies at the end of the circle
    return hue, gap, value


def color_histogram_hsv(im: ArrayLike, nbin: int = 10) -> Array:
    """Return the share of pixels in each range of hue, one range at a time.

    The color circle is cut into `nbin` ranges of equal length. On the scale 0..255 of the pixels,
    with ``edges = linspace(0, 255, nbin + 1)``, range k holds the hues ``edges[k] <= 255 * hue <
    edges[k + 1]``; the last one holds 255 too. A gray, black or white pixel has hue 0 and counts
    for the first range: this histogram cannot tell gray from red.

    Parameters
    ----------
    im : array_like (H, W, 3)
        One image, red, green and blue 0..255.
    nbin : int, at least 1

    Returns
    -------
    ndarray (nbin,), float32 for a float32 image, else float64
        At least 0, sum 1. A constant image has all its weight in one range.

    Raises
    ------
    ValueError, TypeError
        If im is not one color image, or holds other numbers than 0..255.

    Examples
    --------
    >>> im = [[[255, 0, 0], [0, 255, 0]], [[0, 200, 0], [90, 90, 90]]]  # red, green, green, gray
    >>> color_histogram_hsv(im, nbin=3)
    array([0.5, 0.5, 0. ])

    See the book: ``feat-color-histogram``. Name, argument order and result are those of the first
    assignment of the Stanford course CS231n.
    """
    image = in_color("im", as_image("im", im))[0]  # (H, W, 3)
    edges = np.linspace(0, 255, as_count("nbin", nbin) + 1)
    hues = 255 * _hue_gap_value(image)[0].ravel()  # (H * W,)
    counts = np.zeros(nbin, dtype=result_type(image))
    for k in range(nbin):
        counts[k] = np.sum((edges[k] <= hues) & (hues < edges[k + 1]))
    counts[-1] += np.sum(hues == 255)
    return counts / len(hues)


def color_histograms_hsv(images: ArrayLike, nbin: int = 10) -> Array:
    """Return the hue histogram of every image: row i is ``color_histogram_hsv(images[i], nbin)``.

    Parameters
    ----------
    images : array_like (N, H, W, 3)
        Red, green and blue, 0..255.
    nbin : int, at least 1

    Returns
    -------
    ndarray (N, nbin), float32 for float32 images, else float64

    Raises
    ------
    ValueError, TypeError
        If images are not color images, or hold other numbers than 0..255.

    Examples
    --------
    >>> im = [[[255, 0, 0], [0, 255, 0]], [[0, 200, 0], [90, 90, 90]]]
    >>> color_histograms_hsv([im, im], nbin=3)
    array([[0.5, 0.5, 0. ],
           [0.5, 0.5, 0. ]])

    See the book: ``feat-color-histogram``.
    """
    stack = in_color("images", as_images("images", images))
    edges = np.linspace(0, 255, as_count("nbin", nbin) + 1)
    shares = np.empty((len(stack), nbin), dtype=result_type(stack))
    for part, some in blocks(stack):
        hues = 255 * _hue_gap_value(some)[0].reshape(len(some), -1)  # (n, H * W)
        column = _range_of(hues, edges)  # (n, H * W)
        column += nbin * np.arange(len(some))[:, None]
        counts = np.bincount(column.ravel(), minlength=len(some) * nbin)
        shares[part] = counts.reshape(len(some), nbin) / hues.shape[1]
    return shares


def _range_of(hues: Array, edges: Array) -> Array:
    """Return the k with ``edges[k] <= hue < edges[k + 1]``; the last one for the last edge."""
    nbin = len(edges) - 1
    k: Array = (hues * (nbin / edges[-1])).astype(np.intp)  # right but for rounding at an edge
    np.minimum(k, nbin - 1, out=k)
    k -= hues < edges[k]
    k += (hues >= edges[k + 1]) & (k < nbin - 1)
    return k
