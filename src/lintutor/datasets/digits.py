"""The real digits: 1,797 handwritten digits of 8 x 8 pixels, shipped with the package."""

from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

DIGITS_SOURCE = (
    "Optical Recognition of Handwritten Digits, the test part, by E. Alpaydin and C. Kaynak, 1998, "
    "UCI Machine Learning Repository, https://doi.org/10.24432/C50P49, CC BY 4.0."
)


def load_digits() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the handwritten digits, in the order in which they were published.

    Each image counts, in blocks of 4 x 4, the dark pixels of a 32 x 32 scan: whole numbers from 0 to 16.

    Returns
    -------
    images : (1797, 8, 8) uint8, 0..16
    labels : (1797,) int64, 0..9

    Examples
    --------
    >>> images, labels = load_digits()
    >>> images.shape, int(images.max()), labels[:5].tolist()
    ((1797, 8, 8), 16, [0, 1, 2, 3, 4])

    Notes
    -----
    Source: Alpaydin and Kaynak (1998), doi 10.24432/C50P49, CC BY 4.0; the values are unchanged.
    See the book: ``knn-data-driven-pipeline``.
    """
    with (
        as_file(files("lintutor.datasets") / "digits.npz") as path,
        np.load(path, allow_pickle=False) as data,
    ):
        return data["images"], data["labels"].astype(np.int64)
