"""Score functions: from rows of numbers to one score a class.

Book: chapter 2, "Score functions". Every later module starts from ``S = X @ W``.
"""

import numpy as np
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_labels, as_numbers, is_finite

__all__ = ["append_ones", "bias_trick", "center", "linear_scores", "predict", "template_image"]


def linear_scores(X: ArrayLike, W: ArrayLike, b: ArrayLike | None = None) -> Array:
    """Return the score of every example for every class.

    Parameters
    ----------
    X : array_like (N, D)
        One example a row.
    W : array_like (D, C)
        One template a column.
    b : array_like (C,), optional
        One bias a class; left out, there is none.

    Returns
    -------
    ndarray (N, C)
        ``X @ W + b``, float64 unless all arguments are float32.

    Raises
    ------
    ValueError
        If the shapes do not fit one another or an entry is not finite.
    FloatingPointError
        If a score overflows.

    Examples
    --------
    >>> linear_scores([[1.0, 2.0]], [[1.0, 0.0], [0.0, 3.0]], [0.5, -1.0])
    array([[1.5, 5. ]])

    See the book: ``score-linear-map``.
    """
    rows, weights = as_numbers("X", X, 2, finite=False), as_numbers("W", W, 2)
    if rows.shape[1] != weights.shape[0]:
        raise ValueError(f"X has {rows.shape[1]} columns, W has {weights.shape[0]} rows")
    bias = None if b is None else as_numbers("b", b, 1)
    if bias is not None and len(bias) != weights.shape[1]:
        raise ValueError(f"b has {len(bias)} entries, W has {weights.shape[1]} columns")
    with np.errstate(over="ignore", invalid="ignore"):
        S = rows @ weights  # (N, C)
        if bias is not None:
            S = S + bias  # (N, C) + (C,)
    if S.dtype != object and not is_finite(S):
        as_numbers("X", X, 2)  # what is not finite in X leaves its trace in S
        raise FloatingPointError("a score overflowed: a row of X is far too large for these weights")
    return S


def append_ones(X: ArrayLike) -> Array:
    """Return X with a last column of ones, (N, D) -> (N, D + 1).

    Parameters
    ----------
    X : array_like (N, D)

    Returns
    -------
    ndarray (N, D + 1), of the dtype of X (integers become float64).

    Examples
    --------
    >>> append_ones([[5.0, 7.0]])
    array([[5., 7., 1.]])

    See the book: ``score-bias-trick``.
    """
    rows = as_numbers("X", X, 2)
    return np.concatenate([rows, np.ones((len(rows), 1), dtype=rows.dtype)], axis=1)


def bias_trick(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """Fold the bias into the weights: ``X1 @ W1`` equals ``X @ W + b``.

    Parameters
    ----------
    X : array_like (N, D)
    W : array_like (D, C)
    b : array_like (C,)

    Returns
    -------
    X1 : ndarray (N, D + 1)
        X with a last column of ones.
    W1 : ndarray (D + 1, C)
        W with b as its last row.

    Raises
    ------
    ValueError
        If the shapes do not fit one another.

    Examples
    --------
    >>> X1, W1 = bias_trick([[2.0]], [[3.0, 4.0]], [1.0, -1.0])
    >>> X1 @ W1
    array([[7., 7.]])

    See the book: ``score-bias-trick``.
    """
    linear_scores(X, W, b)  # refuses shapes that do not fit
    bias = as_numbers("b", b, 1)
    return append_ones(X), np.concatenate([as_numbers("W", W, 2), bias[None, :]], axis=0)


def predict(X: ArrayLike, W: ArrayLike) -> Array:
    """Return the class of the highest score, (N,) int64; a tie goes to the smallest label.

    Parameters
    ----------
    X : array_like (N, D)
    W : array_like (D, C)

    Raises
    ------
    ValueError
        If the shapes do not fit one another, or W has no column.

    Examples
    --------
    >>> predict([[1.0, 0.0], [0.0, 1.0]], [[2.0, 2.0], [0.0, 5.0]])
    array([0, 1])

    See the book: ``score-linear-map``.
    """
    S = linear_scores(X, W)
    if S.shape[1] == 0:
        raise ValueError("W must have at least one column, one a class; it has none")
    return np.asarray(S.argmax(axis=1), dtype=np.int64)


def center(X_train: ArrayLike, *others: ArrayLike) -> tuple[Array, ...]:
    """Subtract the mean row of the training split from every split.

    Parameters
    ----------
    X_train : array_like (N, D)
        The mean is taken over these rows and no others.
    *others : array_like (M, D)
        Further splits, shifted by the same mean.

    Returns
    -------
    tuple of ndarray
        The shifted splits, in the order given.

    Raises
    ------
    ValueError
        If X_train has no rows or a split has another number of columns.

    Examples
    --------
    >>> center([[1.0], [3.0]], [[10.0]])
    (array([[-1.],
           [ 1.]]), array([[8.]]))

    See the book: ``score-centering-scaling``.
    """
    train = as_numbers("X_train", X_train, 2)
    if len(train) == 0:
        raise ValueError("X_train has no rows: a mean over no examples is not defined")
    mean = train.mean(axis=0)  # (D,)
    splits = [train - mean]
    for number, other in enumerate(others, start=1):
        rows = as_numbers(f"split {number}", other, 2)
        if rows.shape[1] != train.shape[1]:
            raise ValueError(f"split {number} has {rows.shape[1]} columns, X_train has {train.shape[1]}")
        splits.append(rows - mean)
    return tuple(splits)


def template_image(W: ArrayLike, c: int, shape: tuple[int, ...]) -> Array:
    """Return column c of W as an image, its numbers stretched over 0..255.

    The smallest weight becomes 0 and the largest 255; a template of one value becomes all 127.5. Rows
    of W beyond the pixels (a bias row) are left out.

    Parameters
    ----------
    W : array_like (D, C) or (D + 1, C)
    c : int
        The class, 0 .. C-1.
    shape : tuple of int
        The shape that a row of X had before it was flattened; its product is D.

    Returns
    -------
    ndarray of that shape, float64, values 0..255

    Raises
    ------
    ValueError, TypeError
        If there is no such column, or W has neither D nor D + 1 rows.

    Examples
    --------
    >>> template_image([[1.0], [3.0], [2.0], [9.0]], 0, (1, 3))
    array([[  0. , 255. , 127.5]])

    See the book: ``score-templates``.
    """
    weights = as_numbers("W", W, 2).astype(np.float64)
    column = int(as_labels("c", [c], 1, weights.shape[1])[0])
    pixels = int(np.prod([as_count("shape", side) for side in shape]))
    if len(weights) not in (pixels, pixels + 1):
        raise ValueError(f"W must have {pixels} or {pixels + 1} rows for images {shape}, got {len(weights)}")
    template = weights[:pixels, column]  # (D,)
    if (template == template[0]).all():
        return np.full(shape, 127.5)
    half = template / 2  # the difference of two halves does not overflow
    shares = (half - half.min()) / (half.max() - half.min())
    return np.asarray((255 * shares).reshape(shape))  # (D,) -> (H, W, 3)
