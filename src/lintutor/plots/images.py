"""Images and what is seen in them: grids of pictures, templates of a linear classifier.

Book: chapters 2, 3 and 8.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import as_count, as_scalar
from lintutor.plots.style import figure, floats, styled

__all__ = ["hog_glyphs", "image_grid", "templates"]


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
    weights = floats("W", W, 2)
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
    if len(titles) != len(pictures):
        raise ValueError(f"titles has {len(titles)} entries for {len(pictures)} images")
    pictures = _as_pictures("images", pictures)
    columns = as_count("columns", columns)
    rows = -(-len(pictures) // columns)
    fig, axes = figure(rows, columns, height=1.2 * rows, squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, picture, title in zip(axes.flat, pictures, titles, strict=False):
        _draw_image(ax, picture)
        ax.set_title(title, fontweight="normal")
    return fig  # type: ignore[no-any-return]


@styled
def hog_glyphs(lines: ArrayLike, image: ArrayLike | None = None, *, length: float | None = None) -> Figure:
    """Draw oriented gradients as a star of short lines in each cell, beside the image they came from.

    Parameters
    ----------
    lines : array_like (K, 4)
        One line each: ``x, y`` of its middle in pixels, y downward; its angle in radians from the x axis
        toward the y axis; its strength 0..1, drawn as length and opacity.
    image : array_like (H, W) or (H, W, 3), optional
        uint8, or floats 0..1.
    length : float, optional
        Pixels a line of strength one is long; by default the distance between two cells.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If lines is not (K, 4), there are none, or a strength lies outside 0..1.

    Examples
    --------
    >>> fig = hog_glyphs([[3.5, 3.5, 0.0, 1.0], [11.5, 3.5, 1.57, 0.5]])

    See the book: ``feat-hog``.
    """
    table = floats("lines", lines, 2)
    if table.shape[1] != 4 or len(table) == 0:
        raise ValueError(f"lines must be (K, 4), x, y, angle and strength of K > 0, got shape {table.shape}")
    if table[:, 3].min() < 0 or table[:, 3].max() > 1:
        raise ValueError(
            f"lines must have strengths 0..1, got {table[:, 3].min():g} to {table[:, 3].max():g}"
        )
    across = np.unique(table[:, 0])
    cell = float(np.diff(across).min()) if len(across) > 1 else 8.0
    half = 0.5 * (cell if length is None else float(as_scalar("length", length, minimum=0, strict=True)))
    fig, axes = figure(1, 1 if image is None else 2, height=3.4 if image is None else 2.4, squeeze=False)
    if image is not None:
        _draw_image(axes[0, 0], _as_pictures("image", np.asarray(image)[None])[0])
        axes[0, 0].set_title("image", fontweight="normal")
        axes[0, 1].set_title("edges, cell by cell", fontweight="normal")
    ax = axes[0, -1]
    steps = table[:, 3, None] * half * np.column_stack([np.cos(table[:, 2]), np.sin(table[:, 2])])  # (K, 2)
    ends = np.stack([table[:, :2] - steps, table[:, :2] + steps], axis=1)  # (K, 2, 2)
    ax.add_collection(
        LineCollection(list(ends), colors="black", linewidths=1.6, alpha=0.25 + 0.75 * table[:, 3])
    )
    ax.set_xlim(table[:, 0].min() - cell / 2, table[:, 0].max() + cell / 2)
    ax.set_ylim(table[:, 1].max() + cell / 2, table[:, 1].min() - cell / 2)
    ax.set_aspect("equal")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return fig  # type: ignore[no-any-return]


def _as_pictures(name: str, pictures: Any) -> Any:
    """Return images (N, H, W) or (N, H, W, 3), uint8 or floats 0..1."""
    if pictures.ndim not in (3, 4) or (pictures.ndim == 4 and pictures.shape[3] != 3) or 0 in pictures.shape:
        raise ValueError(f"{name} must be images (H, W) or (H, W, 3), got shape {pictures.shape[1:]}")
    if pictures.dtype != np.uint8:
        pictures = floats(name, pictures)
        if pictures.min() < 0 or pictures.max() > 1:
            reach = f"{pictures.min():g} to {pictures.max():g}"
            raise ValueError(f"{name} must be uint8, or floats 0..1; got {reach}")
    return pictures


def _draw_image(ax: Any, picture: Any) -> None:
    ax.imshow(
        picture, cmap="gray", interpolation="none", vmin=0, vmax=255 if picture.dtype == np.uint8 else 1
    )
    ax.set_axis_off()
