"""Train, validation and test: the three parts that every chapter reads, and the one call that loads them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from lintutor._check import as_count
from lintutor.datasets._files import CIFAR10_PAGE
from lintutor.datasets.cifar10 import CIFAR10_SOURCE, load_cifar10
from lintutor.datasets.digits import DIGITS_SOURCE, load_digits
from lintutor.datasets.installing import cifar10_folder
from lintutor.datasets.scenes import DIFFICULTIES, SCENE_CLASSES, make_scenes

DATASETS: tuple[str, ...] = ("scenes", "digits", "cifar10")
Pair = tuple[NDArray[Any], NDArray[np.int64]]
Kind = np.dtype[Any]
Rows = NDArray[np.float64] | NDArray[np.float32]

_SIZES = {"scenes": (2000, 500, 500), "digits": (1197, 300, 300), "cifar10": (49000, 1000, 10000)}


@dataclass(frozen=True, repr=False, eq=False)
class Splits:
    """A data set in three parts: rows to learn from, rows to choose by, rows to report once.

    Attributes
    ----------
    X_train, X_val, X_test : (N, D) float64 or float32
        One image a row, its raw pixel values: 0..255, or 0..16 for the digits.
    y_train, y_val, y_test : (N,) int64
        The class of each row, 0..C-1.
    class_names : tuple of C str
    image_shape : (H, W) or (H, W, 3)
        The shape that a row had before it was flattened.
    name : str
    source : str
        One sentence that says where the data come from.

    Notes
    -----
    See the book: ``knn-data-driven-pipeline``.
    """

    X_train: Rows
    y_train: NDArray[np.int64]
    X_val: Rows
    y_val: NDArray[np.int64]
    X_test: Rows
    y_test: NDArray[np.int64]
    class_names: tuple[str, ...]
    image_shape: tuple[int, ...]
    name: str
    source: str

    def images(self, X: ArrayLike) -> NDArray[Any]:
        """Return rows (N, D), or one row (D,), as images (N, H, W, 3), or one image; (H, W) for the digits.

        Examples
        --------
        >>> digits = load("digits")
        >>> digits.images(digits.X_train[:5]).shape
        (5, 8, 8)
        """
        rows = np.asarray(X)
        pixels = int(np.prod(self.image_shape))
        if rows.ndim not in (1, 2) or rows.shape[-1] != pixels:
            raise ValueError(
                f"X must hold rows of {pixels} pixels for images {self.image_shape}, got shape {rows.shape}"
            )
        return rows.reshape(*rows.shape[:-1], *self.image_shape)

    def __repr__(self) -> str:
        parts = ", ".join(f"X_{part} {getattr(self, f'X_{part}').shape}" for part in ("train", "val", "test"))
        return f"Splits({self.name!r}: {parts}, {len(self.class_names)} classes, images {self.image_shape})"


def load(
    name: str | None = None,
    *,
    path: str | os.PathLike[str] | None = None,
    num_train: int | None = None,
    num_val: int | None = None,
    num_test: int | None = None,
    seed: int = 0,
    dtype: DTypeLike = np.float64,
    **difficulties: float,
) -> Splits:
    """Return a data set by name, split into training, validation and test rows.

    Parameters
    ----------
    name : {"scenes", "digits", "cifar10"}, optional
        By default what the environment variable ``LINTUTOR_DATASET`` names, else ``"scenes"``.
    path : path, optional
        Where CIFAR-10 lies, a folder or the archive; by default what ``LINTUTOR_CIFAR10`` names, else where
        ``lintutor data cifar10`` put it.
    num_train, num_val, num_test : int, optional
        How many rows. By default 2000/500/500 scenes; 1197/300/300 digits; of CIFAR-10 the usual
        49,000/1,000/10,000, where validation is the end of the training images, and fewer training or test
        rows are the first ones.
    seed : int, default 0
        Which scenes are drawn, or in which order the digits are dealt; CIFAR-10 keeps its order.
    dtype : {float64, float32}
        Of the rows. All of CIFAR-10 takes 1.5 GB as float64, half of it as float32.
    **difficulties : float in 0..1
        Knobs of :func:`make_scenes`, for the scenes only.

    Returns
    -------
    Splits

    Raises
    ------
    ValueError
        An unknown name, a size that the data set does not have, an argument of another data set, a `dtype`
        that is none of the two.
    FileNotFoundError
        CIFAR-10 is not where it was said to be, or nobody said where it is and it was never fetched.

    Examples
    --------
    >>> load("digits")
    Splits('digits': X_train (1197, 64), X_val (300, 64), X_test (300, 64), 10 classes, images (8, 8))
    >>> load("scenes", num_train=60, num_val=20, num_test=20, clutter=0.0).class_names[:3]
    ('bird', 'car', 'fish')

    Notes
    -----
    See the book: ``knn-data-driven-pipeline``.
    """
    name = _as_name(name)
    if difficulties and name != "scenes":
        raise ValueError(f"{', '.join(difficulties)} belong to the scenes, not to {name}")
    unknown = [key for key in difficulties if key not in DIFFICULTIES]
    if unknown:
        raise TypeError(
            f"load has no argument {unknown[0]!r}; the difficulties are {', '.join(DIFFICULTIES)}"
        )
    if path is not None and name != "cifar10":
        raise ValueError(
            f"path says where CIFAR-10 lies; {name} comes with the package, got path {str(path)!r}"
        )
    kind = _as_dtype(dtype)
    sizes = _as_sizes(name, (num_train, num_val, num_test))
    if name == "scenes":
        return _scenes(sizes, kind, seed, difficulties)
    if name == "digits":
        return _digits(sizes, kind, seed)
    return _cifar10(sizes, kind, path)


def _as_name(name: str | None) -> str:
    asked = "name"
    if name is None:
        name, asked = os.environ.get("LINTUTOR_DATASET") or "scenes", "LINTUTOR_DATASET"
    if name not in DATASETS:
        raise ValueError(f"{asked} must be one of {', '.join(DATASETS)}, got {name!r}")
    return name


def _as_dtype(dtype: DTypeLike) -> Kind:
    try:
        kind = np.dtype(dtype)
    except TypeError:
        kind = np.dtype(object)
    if dtype is None or kind not in (np.float64, np.float32):
        raise ValueError(f"dtype must be float64 or float32, got {dtype!r}")
    return kind


def _as_sizes(name: str, asked: tuple[int | None, int | None, int | None]) -> tuple[int, int, int]:
    labels = ("num_train", "num_val", "num_test")
    train, val, test = (
        usual if size is None else as_count(label, size, minimum=0)
        for label, size, usual in zip(labels, asked, _SIZES[name], strict=True)
    )
    if name == "digits" and train + val + test > 1797:
        raise ValueError(f"num_train + num_val + num_test must be at most 1797, got {train} + {val} + {test}")
    if name == "cifar10" and (train + val > 50000 or test > 10000):
        raise ValueError(
            "num_train + num_val must be at most 50000 and num_test at most 10000, "
            f"got {train} + {val} and {test}"
        )
    return train, val, test


def _rows(images: NDArray[Any], kind: Kind) -> Rows:
    return images.reshape(len(images), int(np.prod(images.shape[1:]))).astype(kind)  # (N, D)


def _splits(
    parts: tuple[Pair, Pair, Pair], kind: Kind, class_names: tuple[str, ...], name: str, source: str
) -> Splits:
    (a, ya), (b, yb), (c, yc) = parts
    X_train, X_val, X_test = (_rows(images, kind) for images in (a, b, c))
    return Splits(X_train, ya, X_val, yb, X_test, yc, class_names, a.shape[1:], name, source)


def _cut(images: NDArray[Any], y: NDArray[np.int64], sizes: tuple[int, int, int]) -> tuple[Pair, Pair, Pair]:
    one, two, three = np.cumsum(sizes)
    return (images[:one], y[:one]), (images[one:two], y[one:two]), (images[two:three], y[two:three])


def _scenes(sizes: tuple[int, int, int], kind: Kind, seed: int, difficulties: dict[str, Any]) -> Splits:
    images, y = make_scenes(sum(sizes), seed=seed, **difficulties)
    source = f"Scenes drawn by lintutor.datasets.make_scenes with seed {seed}."
    return _splits(_cut(images, y, sizes), kind, SCENE_CLASSES, "scenes", source)


def _digits(sizes: tuple[int, int, int], kind: Kind, seed: int) -> Splits:
    images, y = load_digits()
    order = np.random.default_rng(as_count("seed", seed, minimum=0)).permutation(len(y))
    names = tuple(str(digit) for digit in range(10))
    return _splits(_cut(images[order], y[order], sizes), kind, names, "digits", DIGITS_SOURCE)


def _cifar10(sizes: tuple[int, int, int], kind: Kind, path: str | os.PathLike[str] | None) -> Splits:
    where = path if path is not None else os.environ.get("LINTUTOR_CIFAR10") or cifar10_folder()
    if path is None and where == cifar10_folder() and not Path(where).exists():
        raise FileNotFoundError(
            "CIFAR-10 does not come with the package: `lintutor data cifar10` downloads it. Or get it from "
            f"{CIFAR10_PAGE} and say where it lies: load('cifar10', path=...), or set LINTUTOR_CIFAR10"
        )
    images, y, test_images, test_y, names = load_cifar10(Path(where))
    train, val, test = sizes
    last = slice(len(y) - val, len(y))
    parts = (images[:train], y[:train]), (images[last], y[last]), (test_images[:test], test_y[:test])
    return _splits(parts, kind, names, "cifar10", CIFAR10_SOURCE)
