"""Images and what is seen in them: grids of pictures, templates of a linear classifier.

Book: chapters 2, 3 and 8.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import as_numbers
from lintutor.plots.style import figure, styled

__all__ = ["image_grid", "templates"]


@styled
def templates(W: ArrayLike, image_shape: Sequence[int], class_names: Sequence[str]) -> Figure:
    """Draw each column of W as an image, a bias row left out.

    Each template is scaled by itself so that 0 is middle gray: brighter raises the score.

    Parameters
    ----------
    W : array_like (D, C) or (D + 1, C)
        D is the number of values in an image.
    image_shape : (H, W) or (H, W, 3)
    class_names : sequence of str (C,)

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If W has neither D nor D + 1 rows, or not one column a name.

    Examples
    --------
    >>> fig = templates(np.eye(4), (2, 2), ["a", "b", "c", "d"])

    See the book: ``hinge-trained``.
    """
    weights = as_numbers("W", W, 2)
    size = int(np.prod(image_shape))
    if weights.shape[0] not in (size, size + 1):
        raise ValueError(f"W has {weights.shape[0]} rows, an image {tuple(image_shape)} needs {size}")
    if weights.shape[1] != len(class_names):
        raise ValueError(f"W has {weights.shape[1]} columns for {len(class_names)} class names")
    columns = weights[:size].T.astype(np.float64)  # (C, D)
    reach = np.abs(columns).max(axis=1, keepdims=True)
    images = 0.5 + 0.5 * columns / np.where(reach > 0, reach, 1)  # 0 .. 1, zero at 0.5
    return image_grid(images.reshape(-1, *image_shape), class_names)


@styled
def image_grid(images: ArrayLike, titles: Sequence[str], columns: int = 5) -> Figure:
    """Draw images in a grid, each under its title.

    Parameters
    ----------
    images : array_like (N, H, W) or (N, H, W, 3)
        uint8, or floats 0..1.
    titles : sequence of str (N,)
    columns : int
        How many stand side by side.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If there is not one title an image, or a float lies outside 0..1.

    Examples
    --------
    >>> fig = image_grid(np.zeros((2, 8, 8)), ["zero", "one"])
    """
    pictures = np.asarray(images)
    if len(pictures) != len(titles):
        raise ValueError(f"titles has {len(titles)} entries for {len(pictures)} images")
    if pictures.dtype != np.uint8 and pictures.size and (pictures.min() < 0 or pictures.max() > 1):
        reach = f"{pictures.min():g} to {pictures.max():g}"
        raise ValueError(f"images must be uint8, or floats 0..1; got {reach}")
    rows = -(-len(pictures) // columns)
    fig, axes = figure(rows, columns, height=1.2 * rows, squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    limits: dict[str, Any] = {"vmin": 0, "vmax": 255 if pictures.dtype == np.uint8 else 1}
    for ax, picture, title in zip(axes.flat, pictures, titles, strict=False):
        ax.imshow(picture, cmap="gray", interpolation="none", **limits)
        ax.set_title(title, fontweight="normal")
    return fig  # type: ignore[no-any-return]
