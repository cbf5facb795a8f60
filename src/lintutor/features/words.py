"""Bags of visual words: which small patches occur in an image, and how often."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_numbers
from lintutor.features._pixels import as_images, blocks

_ENTRIES = 1 << 20  # distances held at once


def patches(images: ArrayLike, size: int, num: int, rng: np.random.Generator | int | None = None) -> Array:
    """Return square patches cut from images at random.

    Each draw takes an image, a row and a column with equal chances, with replacement.

    Parameters
    ----------
    images : array_like (N, H, W) or (N, H, W, 3)
        0..255.
    size : int, at least 1
        Pixels to a side.
    num : int, at least 1
        How many patches.
    rng : numpy Generator, seed, or None

    Returns
    -------
    ndarray (num, size * size * channels), float64
        One patch a row: its pixels row by row, in each its channels.

    Raises
    ------
    ValueError, TypeError
        If there is no image, or an image is smaller than a patch.

    Examples
    --------
    >>> patches([[[1, 2], [3, 4]]], size=2, num=1)
    array([[1., 2., 3., 4.]])

    See the book: ``feat-bag-of-words``.
    """
    stack = as_images("images", images)  # (N, H, W, channels)
    _fits(stack, size)
    if len(stack) == 0:
        raise ValueError("images holds no images to draw from")
    draw, count = np.random.default_rng(rng), as_count("num", num)
    image = draw.integers(len(stack), size=count)[:, None, None]
    row = draw.integers(stack.shape[1] - size + 1, size=count)[:, None, None] + np.arange(size)[:, None]
    column = draw.integers(stack.shape[2] - size + 1, size=count)[:, None, None] + np.arange(size)
    cut: Array = stack[image, row, column]  # (num, size, size, channels)
    return cut.reshape(count, -1).astype(np.float64)


def _fits(stack: Array, size: int) -> None:
    """Refuse a patch larger than the images."""
    height, width = stack.shape[1:3]
    if as_count("size", size) > min(height, width):
        raise ValueError(f"images of {height} x {width} pixels hold no patch of {size} x {size}")


def nearest_words_naive(patches: ArrayLike, words: ArrayLike) -> Array:
    """Return for every patch the word nearest to it, one pair at a time; a tie goes to the first word.

    Parameters
    ----------
    patches : array_like (P, D)
    words : array_like (K, D)

    Returns
    -------
    ndarray (P,) of int64
        Rows of `words`, by the sum of squared differences.

    Raises
    ------
    ValueError, TypeError
        If there is no word, the widths differ, or a number is not finite.

    Examples
    --------
    >>> nearest_words_naive([[1.0], [9.0], [5.0]], [[0.0], [10.0]])
    array([0, 1, 0])

    See the book: ``feat-bag-of-words``.
    """
    rows, centers = _vectors(patches, words)
    nearest = np.zeros(len(rows), dtype=np.int64)
    for i in range(len(rows)):
        best = np.inf
        for k in range(len(centers)):
            distance = np.sum((rows[i] - centers[k]) ** 2)
            if distance < best:
                best, nearest[i] = distance, k
    return nearest


def _vectors(patches: ArrayLike, words: ArrayLike) -> tuple[Array, Array]:
    """Return patches (P, D) and words (K, D) as float64 of one scale, or refuse them."""
    rows, centers = _rows("patches", patches), _rows("words", words)
    if len(centers) == 0:
        raise ValueError("words has no rows: there is no word to be near to")
    if rows.shape[1] != centers.shape[1]:
        raise ValueError(f"patches has {rows.shape[1]} columns, words has {centers.shape[1]}")
    exponent = max(_exponent(rows), _exponent(centers))
    return np.ldexp(rows, -exponent), np.ldexp(centers, -exponent)


def _rows(name: str, value: ArrayLike) -> Array:
    rows: Array = as_numbers(name, value, 2).astype(np.float64, copy=False)
    return rows


def _exponent(rows: Array) -> int:
    """Return the power of two that brings all entries within -1..1, where squares stay in bounds."""
    return int(np.frexp(np.abs(rows).max(initial=0.0))[1])


def nearest_words(patches: ArrayLike, words: ArrayLike) -> Array:
    """Return what :func:`nearest_words_naive` returns, by matrix products.

    Same parameters, result and errors; two words whose distances agree to rounding may swap. Of
    ``|p - w|**2 = |p|**2 - 2 p.w + |w|**2`` the first term is the same for all words and left out.

    Examples
    --------
    >>> nearest_words([[1.0], [9.0], [5.0]], [[0.0], [10.0]])
    array([0, 1, 0])

    See the book: ``feat-bag-of-words``.
    """
    rows, centers = _vectors(patches, words)
    return _nearest(rows, centers)


def _nearest(rows: Array, centers: Array) -> Array:
    middle = centers.mean(axis=0)  # (D,): what all words share would only cost digits
    centers = centers - middle
    half_squares = 0.5 * np.einsum("kd,kd->k", centers, centers)  # (K,)
    nearest = np.empty(len(rows), dtype=np.int64)
    step = max(1, _ENTRIES // max(centers.shape))
    for start in range(0, len(rows), step):
        some = rows[start : start + step] - middle
        nearest[start : start + step] = (half_squares - some @ centers.T).argmin(axis=1)  # (p, K)
    return nearest


def codebook(
    patches: ArrayLike, num_words: int, rng: np.random.Generator | int | None = None, num_iters: int = 100
) -> Array:
    """Return the words that patches gather around: k-means by Lloyd's steps from a k-means++ start.

    The first word is a patch drawn at random; every further one is drawn with a chance proportional
    to the squared distance from the words there are. Then, in turn: each patch goes to its nearest
    word, and each word to the mean of its patches. A word without patches stays where it is. It ends
    when no patch changes its word, or after `num_iters` rounds.

    Parameters
    ----------
    patches : array_like (P, D)
    num_words : int, at least 1
        At most the number of different patches.
    rng : numpy Generator, seed, or None
    num_iters : int, at least 0

    Returns
    -------
    ndarray (num_words, D), float64

    Raises
    ------
    ValueError, TypeError
        If there are fewer different patches than words, or a number is not finite.

    Examples
    --------
    >>> words = codebook([[0.0], [2.0], [10.0], [12.0]], num_words=2, rng=0)
    >>> np.sort(words, axis=0).tolist()
    [[1.0], [11.0]]

    See the book: ``feat-bag-of-words``. Sources: S. P. Lloyd, "Least squares quantization in PCM",
    IEEE Transactions on Information Theory 1982; D. Arthur and S. Vassilvitskii, "k-means++: the
    advantages of careful seeding", SODA 2007.
    """
    rows = _rows("patches", patches)
    exponent = _exponent(rows)
    rows = np.ldexp(rows, -exponent)
    words = _seeds(rows, as_count("num_words", num_words), np.random.default_rng(rng))
    nearest: Array | None = None
    for _ in range(as_count("num_iters", num_iters, minimum=0)):
        before, nearest = nearest, _nearest(rows, words)  # (P,)
        if before is not None and (before == nearest).all():
            break
        for k in range(num_words):
            if (nearest == k).any():
                words[k] = rows[nearest == k].mean(axis=0)
    return np.asarray(np.ldexp(words, exponent))


def _seeds(rows: Array, num_words: int, draw: np.random.Generator) -> Array:
    """Return num_words rows, far from one another: the start of k-means++."""
    if len(rows) == 0:
        raise ValueError("patches has no rows: there is nothing to gather")
    words = rows[[draw.integers(len(rows))]]  # (1, D)
    distance = np.full(len(rows), np.inf)  # (P,), squared, to the nearest word so far
    while len(words) < num_words:
        np.minimum(distance, ((rows - words[-1]) ** 2).sum(axis=1), out=distance)
        total = distance.sum()
        if total == 0:
            raise ValueError(f"patches holds {len(words)} different rows, too few for {num_words} words")
        words = np.concatenate([words, rows[[draw.choice(len(rows), p=distance / total)]]])
    return words


def word_counts_naive(images: ArrayLike, words: ArrayLike, stride: int = 1) -> Array:
    """Return how often each word is the nearest one to a patch of each image, patch by patch.

    Parameters
    ----------
    images : array_like (N, H, W) or (N, H, W, 3)
        0..255.
    words : array_like (K, size * size * channels)
        A codebook, its rows laid out like those of :func:`patches`; the size of a patch follows.
    stride : int, at least 1
        Pixels from one patch to the next, to the right and downward, from the top left corner.

    Returns
    -------
    ndarray (N, K) of int64
        Each row adds up to the number of patches in an image.

    Raises
    ------
    ValueError, TypeError
        If a word is not a square patch of these images, or larger than one.

    Examples
    --------
    >>> word_counts_naive([[[0, 0, 9, 9]]], words=[[1.0], [8.0]])
    array([[2, 2]])

    See the book: ``feat-bag-of-words``. Source: G. Csurka and others, "Visual categorization with
    bags of keypoints", ECCV workshop 2004.
    """
    stack, centers, size = _bag(images, words, stride)
    counts = np.zeros((len(stack), len(centers)), dtype=np.int64)
    for n, image in enumerate(stack):
        for i in range(0, image.shape[0] - size + 1, stride):
            for j in range(0, image.shape[1] - size + 1, stride):
                patch = image[i : i + size, j : j + size].reshape(1, -1)
                counts[n, nearest_words_naive(patch, centers)] += 1
    return counts


def _bag(images: ArrayLike, words: ArrayLike, stride: int) -> tuple[Array, Array, int]:
    """Return images (N, H, W, channels), words (K, D) and the size of a patch, or refuse them."""
    stack, centers = as_images("images", images), _rows("words", words)
    as_count("stride", stride)
    if len(centers) == 0:
        raise ValueError("words has no rows: there is nothing to count")
    channels = stack.shape[3]
    size = round((centers.shape[1] / channels) ** 0.5)
    if size * size * channels != centers.shape[1] or size == 0:
        raise ValueError(f"words has {centers.shape[1]} columns: no square patch of {channels} channels")
    _fits(stack, size)
    return stack, centers, size


def word_counts(images: ArrayLike, words: ArrayLike, stride: int = 1) -> Array:
    """Return what :func:`word_counts_naive` returns, a block of images at a time.

    Same parameters, result and errors; two words as near as one another, to rounding, may swap.

    Examples
    --------
    >>> word_counts([[[0, 0, 9, 9]]], words=[[1.0], [8.0]])
    array([[2, 2]])

    See the book: ``feat-bag-of-words``.
    """
    stack, centers, size = _bag(images, words, stride)
    counts = np.zeros((len(stack), len(centers)), dtype=np.int64)
    for part, some in blocks(stack):
        windows = sliding_window_view(some, (size, size), axis=(1, 2))[:, ::stride, ::stride]
        n, rows, columns = windows.shape[:3]  # (n, rows, columns, channels, size, size)
        flat = np.moveaxis(windows, 3, -1).reshape(n * rows * columns, -1).astype(np.float64)
        slot = nearest_words(flat, centers).reshape(n, -1) + len(centers) * np.arange(n)[:, None]
        counts[part] = np.bincount(slot.ravel(), minlength=n * len(centers)).reshape(n, -1)
    return counts
