"""Which way the edges run, and where: histograms of oriented gradients (HOG)."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor.features._pixels import as_image, as_images, as_pixels, blocks, result_type

_LUMA = (0.299, 0.587, 0.114)  # red, green, blue of ITU-R BT.601; they add up to 1
_EPSILON = 1e-5  # keeps the norm of an empty block away from 0
_CEILING = 0.2  # no entry of a normalized block above this, in "L2-Hys"
_NORMS = ("L2-Hys", "L2", "none")


def rgb_to_gray(images: ArrayLike) -> Array:
    """Return the brightness of every pixel: ``0.299 red + 0.587 green + 0.114 blue``.

    Parameters
    ----------
    images : array_like (..., 3)
        Red, green and blue in the last axis, 0..255.

    Returns
    -------
    ndarray (...), float32 for float32, else float64
        0 to 255; a gray pixel keeps its value, up to rounding.

    Raises
    ------
    ValueError, TypeError
        If the last axis is not 3 long, or a number lies outside 0..255.

    Examples
    --------
    >>> rgb_to_gray([[255, 0, 0], [0, 255, 0], [0, 0, 255]])
    array([ 76.245, 149.685,  29.07 ])

    See the book: ``feat-hog``. Source: Recommendation ITU-R BT.601. A weight of 0.144 for blue is
    widespread in course code; with it the weights add up to 1.03.
    """
    pixels = as_pixels("images", images)
    if pixels.ndim == 0 or pixels.shape[-1] != 3:
        raise ValueError(f"images must end in an axis of red, green, blue; got shape {pixels.shape}")
    return _gray(pixels).astype(result_type(pixels))


def _gray(pixels: Array) -> Array:
    """Return brightness (...) in float64 of pixels (..., 1) or (..., 3).

    No matrix product: equal pixels must come out equal to the last bit, wherever they stand, or an
    even surface would have gradients.
    """
    if pixels.shape[-1] == 1:
        return pixels[..., 0].astype(np.float64)
    red, green, blue = (
        np.multiply(pixels[..., channel], weight, dtype=np.float64) for channel, weight in enumerate(_LUMA)
    )
    gray: Array = red + green + blue
    return gray


def hog_naive(im: ArrayLike, cell: int = 8, bins: int = 9, block: int = 2, norm: str = "L2-Hys") -> Array:
    """Return the histogram of oriented gradients of one image, one pixel at a time.

    1. *Gray.* A color image becomes :func:`rgb_to_gray`.
    2. *Gradient.* ``gx = gray[i, j + 1] - gray[i, j - 1]`` to the right, ``gy = gray[i + 1, j] -
       gray[i - 1, j]`` downward; no one-half. In the first and last column gx is 0, in the first and
       last row gy is 0.
    3. *Vote.* The angle of (gx, gy) is taken modulo 180 degrees, so that an edge from dark to light
       counts as one from light to dark. Bin k of a cell holds the angles from ``k * 180 / bins`` up
       to, and without, ``(k + 1) * 180 / bins``. The pixel gives its whole magnitude
       ``sqrt(gx**2 + gy**2)`` to one bin of one cell.
    4. *Cell.* Cells are squares of `cell` by `cell` pixels, laid from the top left; what is left over
       at the right and at the bottom casts no vote. A cell keeps the mean over its pixels.
    5. *Block.* Every square of `block` by `block` neighboring cells is a vector, and is normalized on
       its own; blocks overlap. ``"L2"``: v becomes ``v / sqrt(sum(v**2) + 1e-10)``. ``"L2-Hys"``:
       that, then no entry above 0.2, then that again. ``"none"``: as it is.
    6. *Order.* Blocks row by row; in a block its cells row by row; in a cell its bins from 0 up.

    Parameters
    ----------
    im : array_like (H, W) or (H, W, 3)
        One image, 0..255.
    cell : int, at least 1
        Pixels to a side of a cell.
    bins : int, at least 1
        Ranges of angle.
    block : int, at least 1
        Cells to a side of a block.
    norm : {"L2-Hys", "L2", "none"}

    Returns
    -------
    ndarray (B,), float32 for a float32 image, else float64
        ``B = (H // cell - block + 1) * (W // cell - block + 1) * block * block * bins``; it is
        computed in float64 in any case.

    Raises
    ------
    ValueError, TypeError
        If im is not one image of numbers 0..255, or too small to hold one block.

    Examples
    --------
    >>> im = np.tile([0, 10, 20, 30], (4, 1))  # brighter to the right: all gradients at 0 degrees
    >>> hog_naive(im, cell=4, bins=3, block=1, norm="none")
    array([10.,  0.,  0.])

    See the book: ``feat-hog``. Source: N. Dalal and B. Triggs, "Histograms of oriented gradients for
    human detection", CVPR 2005. As theirs, but without the Gaussian window over a block and without
    sharing a vote between neighboring bins and cells.
    """
    image = as_image("im", im)  # (1, H, W, 1 or 3)
    rows, columns = _grid("im", image, cell, bins, block, norm)
    gray = _gray(image)[0]  # (H, W)
    height, width = gray.shape
    cells = np.zeros((rows, columns, bins))
    for i in range(rows * cell):
        for j in range(columns * cell):
            gx = gray[i, j + 1] - gray[i, j - 1] if 0 < j < width - 1 else 0.0
            gy = gray[i + 1, j] - gray[i - 1, j] if 0 < i < height - 1 else 0.0
            angle = math.degrees(math.atan2(gy, gx))  # -180 to 180
            k = math.floor(angle / (180 / bins)) % bins
            cells[i // cell, j // cell, k] += math.sqrt(gx * gx + gy * gy) / cell**2
    pieces = []
    for i in range(rows - block + 1):
        for j in range(columns - block + 1):
            v = cells[i : i + block, j : j + block].ravel()  # (block * block * bins,)
            if norm != "none":
                v = v / math.sqrt(v @ v + _EPSILON**2)
            if norm == "L2-Hys":
                v = np.minimum(v, _CEILING)
                v = v / math.sqrt(v @ v + _EPSILON**2)
            pieces.append(v)
    return np.concatenate(pieces).astype(result_type(image))


def _grid(name: str, images: Array, cell: int, bins: int, block: int, norm: str) -> tuple[int, int]:
    """Return the rows and columns of cells in each image, or refuse the settings."""
    as_count("bins", bins)
    side = as_count("cell", cell) * as_count("block", block)
    if norm not in _NORMS:
        raise ValueError(f"norm must be one of {', '.join(_NORMS)}; got {norm!r}")
    height, width = images.shape[1:3]
    if min(height, width) < side:
        raise ValueError(f"{name} must hold a block of {side} x {side} pixels, got {height} x {width}")
    return height // cell, width // cell


def hog(images: ArrayLike, cell: int = 8, bins: int = 9, block: int = 2, norm: str = "L2-Hys") -> Array:
    """Return the histogram of oriented gradients of every image: row i is ``hog_naive(images[i], ...)``.

    Settings and errors are those of :func:`hog_naive`, whose docstring defines the result to the
    last choice. Memory beyond the result is bounded: a block of images is worked on at a time.

    Parameters
    ----------
    images : array_like (N, H, W) or (N, H, W, 3)
        0..255.
    cell, bins, block : int, at least 1
    norm : {"L2-Hys", "L2", "none"}

    Returns
    -------
    ndarray (N, B), float32 for float32 images, else float64

    Examples
    --------
    >>> images = np.zeros((2, 32, 32, 3), dtype=np.uint8)
    >>> hog(images).shape  # 3 * 3 blocks of 2 * 2 cells of 9 bins
    (2, 324)

    See the book: ``feat-hog``.
    """
    return _hog("images", as_images("images", images), cell, bins, block, norm)


def _hog(name: str, stack: Array, cell: int, bins: int, block: int, norm: str) -> Array:
    """Return the features (N, B) of images (N, H, W, 1 or 3)."""
    grid = _grid(name, stack, cell, bins, block, norm)
    width = (grid[0] - block + 1) * (grid[1] - block + 1) * block * block * bins
    features = np.empty((len(stack), width), dtype=result_type(stack))
    for part, some in blocks(stack):
        cells = _cells(_gray(some), grid, cell, bins)  # (n, rows, columns, bins)
        features[part] = _normalized(cells, block, norm)
    return features


def _cells(gray: Array, grid: tuple[int, int], cell: int, bins: int) -> Array:
    """Return the mean magnitude in every cell and bin of gray images (n, H, W): (n, rows, columns, bins)."""
    rows, columns = grid
    gx, gy = np.zeros_like(gray), np.zeros_like(gray)  # (n, H, W)
    np.subtract(gray[:, :, 2:], gray[:, :, :-2], out=gx[:, :, 1:-1])
    np.subtract(gray[:, 2:], gray[:, :-2], out=gy[:, 1:-1])
    used = np.s_[:, : rows * cell, : columns * cell]
    gx, gy = gx[used], gy[used]
    bin_of = np.floor(np.degrees(np.arctan2(gy, gx)) / (180 / bins)).astype(np.intp) % bins
    across, down = np.arange(columns * cell) // cell, np.arange(rows * cell) // cell
    cell_of = down[:, None] * columns + across  # (rows * cell, columns * cell)
    first = rows * columns * np.arange(len(gray))[:, None, None]  # (n, 1, 1), the first cell of an image
    slot = (first + cell_of) * bins + bin_of
    magnitude = np.sqrt(gx * gx + gy * gy)
    votes: Array = np.bincount(slot.ravel(), magnitude.ravel(), len(gray) * rows * columns * bins)
    return votes.reshape(len(gray), rows, columns, bins) / cell**2


def _normalized(cells: Array, block: int, norm: str) -> Array:
    """Return the features (n, B) of cells (n, rows, columns, bins)."""
    windows = sliding_window_view(cells, (block, block), axis=(1, 2))  # (n, R, C, bins, block, block)
    v: Array = np.moveaxis(windows, 3, -1).reshape(*windows.shape[:3], -1)  # (n, R, C, block * block * bins)
    if norm != "none":
        v = v / np.sqrt(np.einsum("...k,...k", v, v) + _EPSILON**2)[..., None]
    if norm == "L2-Hys":
        v = np.minimum(v, _CEILING)
        v = v / np.sqrt(np.einsum("...k,...k", v, v) + _EPSILON**2)[..., None]
    return v.reshape(len(cells), -1)


def hog_feature(im: ArrayLike) -> Array:
    """Return the plain histogram of oriented gradients of one image: no blocks, nothing to set.

    It is ``hog_naive(im, cell=8, bins=9, block=1, norm="none")``, computed without a loop: 144
    numbers for 32 x 32 pixels, the mean magnitude in each of 9 ranges of angle, cell by cell.

    Parameters
    ----------
    im : array_like (H, W) or (H, W, 3)
        One image, 0..255, of at least 8 x 8 pixels.

    Returns
    -------
    ndarray (H // 8 * (W // 8) * 9,), float32 for a float32 image, else float64

    Raises
    ------
    ValueError, TypeError
        If im is not one image of numbers 0..255, or too small.

    Examples
    --------
    >>> im = np.tile(np.arange(8) * 10, (8, 1))  # brighter to the right: all gradients at 0 degrees
    >>> hog_feature(im)  # 20 in six columns of eight, 0 at the first and the last
    array([15.,  0.,  0.,  0.,  0.,  0.,  0.,  0.,  0.])

    See the book: ``feat-hog``. The function of this name in the first assignment of the Stanford
    course CS231n, adapted from an early scikit-image, differs: it weighs blue by 0.144; it takes
    forward differences; it adds 90 degrees and then counts only 0 to 180, so that gradients that
    point left cast no vote; and its cells come column by column. Its numbers are not these.
    """
    return np.asarray(_hog("im", as_image("im", im), cell=8, bins=9, block=1, norm="none")[0])


def hog_lines(im: ArrayLike, cell: int = 8, bins: int = 9) -> Array:
    """Return what a picture of the histogram needs: for every cell and bin a line along the edge.

    Parameters
    ----------
    im : array_like (H, W) or (H, W, 3)
        One image, 0..255.
    cell, bins : int, at least 1
        As for :func:`hog_naive`; nothing is normalized over blocks.

    Returns
    -------
    ndarray (K, 4), float32 for a float32 image, else float64
        One row a line, cell by cell and in a cell bin by bin: ``x, y, angle, strength``. The line has
        its middle at (x, y), in pixels, the center of the top left pixel at (0, 0), y downward. It
        runs at `angle` radians from the x axis toward the y axis: across the middle of the bin, since
        an edge lies across its gradient. Strength is the mean magnitude as a share of the largest in
        the image, 0 to 1; in a constant image all are 0.

    Raises
    ------
    ValueError, TypeError
        If im is not one image of numbers 0..255, or smaller than a cell.

    Examples
    --------
    >>> im = np.tile([0, 10, 20, 30], (4, 1))  # brighter to the right: edges run up and down
    >>> hog_lines(im, cell=4, bins=1)
    array([[1.5       , 1.5       , 3.14159265, 1.        ]])
    >>> np.degrees(hog_lines(im, cell=4, bins=2)[0, 2]).round()  # bin 0 is 0 to 90; across 45 is 135
    np.float64(135.0)

    See the book: ``feat-hog``.
    """
    image = as_image("im", im)
    rows, columns = _grid("im", image, cell, bins, 1, "none")
    strength = _cells(_gray(image), (rows, columns), cell, bins)[0]  # (rows, columns, bins)
    lines = np.empty((rows, columns, bins, 4), dtype=result_type(image))
    lines[..., 0] = ((np.arange(columns) + 0.5) * cell - 0.5)[:, None]
    lines[..., 1] = ((np.arange(rows) + 0.5) * cell - 0.5)[:, None, None]
    lines[..., 2] = np.pi / 2 + np.pi * (np.arange(bins) + 0.5) / bins
    lines[..., 3] = strength / (strength.max() or 1)
    return lines.reshape(-1, 4)
