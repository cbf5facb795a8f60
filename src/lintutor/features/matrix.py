"""From images to a matrix that a classifier takes: one row an image, columns of one scale."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_numbers, refuse_masked


def extract_features(imgs: Sequence[Any] | Array, feature_fns: Iterable[Callable[[Any], ArrayLike]]) -> Array:
    """Return one row an image: what each function says of it, one after the other.

    Parameters
    ----------
    imgs : sequence of N images, or array (N, ...)
        Each goes to the functions as a copy of its own, so that none can change the data.
    feature_fns : sequence of callable (image) -> number or array_like (F,)
        Each must give the same number of finite features for every image.

    Returns
    -------
    ndarray (N, F), float32 where all features are float32, else float64
        F is the sum of the lengths.

    Raises
    ------
    ValueError, TypeError
        If there is no image or no function, or a function gives something else than a vector of finite
        numbers, or vectors of several lengths.

    Examples
    --------
    >>> images = np.array([[[0, 10], [20, 30]], [[5, 5], [5, 5]]])
    >>> extract_features(images, [np.mean, np.ravel])
    array([[15.,  0., 10., 20., 30.],
           [ 5.,  5.,  5.,  5.,  5.]])

    See the book: ``feat-why``. The name is that of the first assignment of the Stanford course CS231n.
    """
    functions = list(feature_fns)
    refuse_masked("imgs", imgs)
    images = imgs if isinstance(imgs, (list, tuple)) else np.asarray(imgs)
    if isinstance(images, np.ndarray) and images.ndim == 0:
        raise TypeError(f"imgs must be a sequence of images, got {type(imgs).__name__}")
    if len(images) == 0:
        raise ValueError("imgs holds no images: the number of features is not known")
    if not functions:
        raise ValueError("feature_fns holds no functions: there is nothing to measure")
    columns = [np.stack(list(_measured(f, k, images))) for k, f in enumerate(functions)]  # each (N, F_k)
    return np.concatenate(columns, axis=1)


def _measured(f: Callable[[Any], ArrayLike], k: int, imgs: Sequence[Any] | Array) -> Iterable[Array]:
    """Yield the features of each image by function k, all of one length."""
    length = None
    for i, image in enumerate(imgs):
        features = as_numbers(f"feature_fns[{k}](imgs[{i}])", f(np.array(image)))
        if features.ndim > 1:
            raise ValueError(f"feature_fns[{k}] must return one axis, got shape {features.shape}")
        features = np.atleast_1d(features)
        if length is None:
            length = len(features)
        if len(features) != length:
            raise ValueError(
                f"feature_fns[{k}] returned {length} features for imgs[0], {len(features)} for imgs[{i}]"
            )
        yield features.astype(_floating(features))


def standardize(X_train: ArrayLike, *others: ArrayLike) -> tuple[Array, ...]:
    """Shift and scale every column by the mean and the deviation that it has in the training split.

    The deviation is that of the training rows themselves: the root of the mean square, over N and not
    N - 1. A column that is constant in training is shifted and not scaled, so that it becomes 0 there.

    Parameters
    ----------
    X_train : array_like (N, D)
        Mean and deviation are taken over these rows and no others.
    *others : array_like (M, D)
        Further splits, shifted and scaled by the same numbers.

    Returns
    -------
    tuple of ndarray
        The splits in the order given; each float32 if it was float32, else float64. A column of the
        first has mean 0 and deviation 1, or is 0.

    Raises
    ------
    ValueError, TypeError
        If X_train has no rows, a split has another number of columns, an entry is not finite, or the
        spread of a column is beyond float64.

    Examples
    --------
    >>> standardize([[1.0, 7.0], [3.0, 7.0]], [[6.0, 8.0]])
    (array([[-1.,  0.],
           [ 1.,  0.]]), array([[4., 1.]]))

    See the book: ``score-centering-scaling``.
    """
    names = ["X_train", *(f"split {number}" for number in range(1, len(others) + 1))]
    splits = [as_numbers(name, split, 2) for name, split in zip(names, (X_train, *others), strict=True)]
    train = splits[0].astype(np.float64)
    if len(train) == 0:
        raise ValueError("X_train has no rows: a mean over no examples is not defined")
    for name, split in zip(names, splits, strict=True):
        if split.shape[1] != train.shape[1]:
            raise ValueError(f"{name} has {split.shape[1]} columns, X_train has {train.shape[1]}")
    first, spread = train[0], _spread(train)  # (D,), (D,)
    unit = (train - first) / spread  # (N, D): a constant column is exactly 0, no square overflows
    mean, deviation = unit.mean(axis=0), unit.std(axis=0)  # (D,), (D,)
    deviation[deviation == 0] = 1
    results = []
    for name, split in zip(names, splits, strict=True):
        with np.errstate(over="ignore"):
            scaled = ((split.astype(np.float64) - first) / spread - mean) / deviation
            results.append(as_numbers(f"{name}, standardized,", scaled.astype(_floating(split))))
    return tuple(results)


def _floating(array: Array) -> Any:
    return np.float32 if array.dtype == np.float32 else np.float64


def _spread(train: Array) -> Array:
    """Return the range of each column (D,), and 1 for a constant one."""
    with np.errstate(over="ignore"):
        spread = as_numbers("the range of a column of X_train", np.ptp(train, axis=0))
    return np.where(spread > 0, spread, 1)
