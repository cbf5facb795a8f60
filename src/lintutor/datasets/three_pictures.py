"""A cat, a car and a frog of two pixels each: the examples that go through the whole book.

Book: ``score-linear-map``.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ThreePictures", "three_pictures"]


class ThreePictures(NamedTuple):
    """Three pictures and the weights that score them.

    Attributes
    ----------
    X : ndarray of float64, shape (3, 3)
        One picture a row: two pixels, and the constant one that carries the bias.
    W : ndarray of float64, shape (3, 3)
        One class a column; the last row holds the biases.
    y : ndarray of int64, shape (3,)
        The classes: picture i shows class i.
    names : tuple of str
        The names of the classes.
    """

    X: NDArray[np.float64]
    W: NDArray[np.float64]
    y: NDArray[np.int64]
    names: tuple[str, str, str]


def three_pictures() -> ThreePictures:
    """Return the cat, the car and the frog, small enough for arithmetic on paper.

    Each call returns arrays of its own.

    Returns
    -------
    ThreePictures
        ``X`` (3, 3), ``W`` (3, 3), ``y`` (3,) and ``names``.

    Examples
    --------
    >>> X, W, y, names = three_pictures()
    >>> (X @ W).round(2)
    array([[ 3.2,  5.1, -1.7],
           [ 1.3,  4.9,  2. ],
           [ 2.2,  2.5, -3.1]])

    Notes
    -----
    The scores are those of a lecture of CS231n; the pixels and weights that give them are this book's.
    See the book: ``score-linear-map``.
    """
    return ThreePictures(
        X=np.array([[2.0, 1.0, 1.0], [0.0, 1.0, 1.0], [1.0, 2.0, 1.0]]),
        W=np.array([[0.95, 0.10, -1.85], [-0.05, -2.50, -3.25], [1.35, 7.40, 5.25]]),
        y=np.array([0, 1, 2]),
        names=("cat", "car", "frog"),
    )
