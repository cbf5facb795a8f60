"""The plane under points and regions: its corners, its grid, what is drawn on it.

Book: chapters 1, 2 and 5.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.colors import to_rgb

from lintutor._check import Array
from lintutor.plots.labels import free_spots, write_on_picture
from lintutor.plots.style import class_color, class_marker

__all__ = [
    "draw_points",
    "draw_regions",
    "equal_height",
    "extent",
    "frame",
    "grid",
    "name_classes",
    "plane_around",
]

_TINT = 0.28  # of a class color over the page
_GROWN = {"P": 1.25, "X": 1.25, "*": 1.7, "s": 0.9}  # markers of one size look as large as one another


def plane_around(points: Array) -> tuple[Array, Array]:
    """Return two corners of a rectangle that holds all points and some air."""
    low, high = points.min(axis=0), points.max(axis=0)
    air = 0.12 * np.where(high > low, high - low, 1.0)
    return low - air, high + air


def grid(low: Array, high: Array, resolution: int) -> tuple[Array, tuple[int, int]]:
    """Return the middles of the cells of a grid as points (P, 2), row by row from below, and its shape."""
    steps = (np.arange(resolution) + 0.5) / resolution
    across, up = np.meshgrid(low[0] + steps * (high - low)[0], low[1] + steps * (high - low)[1])
    return np.column_stack([across.reshape(-1), up.reshape(-1)]), (resolution, resolution)


def extent(low: Array, high: Array) -> tuple[float, float, float, float]:
    """Return the sides of a rectangle in the order matplotlib wants them."""
    return float(low[0]), float(high[0]), float(low[1]), float(high[1])


def draw_regions(ax: Any, there: Array, low: Array, high: Array, scores: Array | None = None) -> None:
    """Tint each cell by its class and draw the lines where classes meet.

    The lines run between cells; given the scores (R, R, C) that made the classes, where two tie.
    """
    palette = {int(c): (*to_rgb(class_color(int(c))), _TINT) for c in np.unique(there)}
    colors = np.array([palette[int(c)] for c in there.reshape(-1)]).reshape(*there.shape, 4)
    where = extent(low, high)
    ax.imshow(colors, origin="lower", extent=where, aspect="auto", interpolation="none", zorder=0)
    for c in sorted(palette)[1:]:  # what lies between the first class and others is theirs too
        lead = (
            (there == c) - 0.5 if scores is None else scores[..., c] - np.delete(scores, c, -1).max(axis=-1)
        )
        ax.contour(lead, levels=[0], colors="black", linewidths=0.9, alpha=0.7, extent=where, origin="lower")


def draw_points(ax: Any, X: Array, y: Array, size: float = 5.5) -> None:
    """Draw points in the colors and with the markers of their classes, edged in ink."""
    for c in np.unique(y):
        mine, marker = X[y == c], class_marker(int(c))
        ax.plot(
            mine[:, 0], mine[:, 1], marker, color=class_color(int(c)),
            ms=size * _GROWN.get(marker, 1.0), mec="black", mew=0.1 * size, zorder=4,
        )  # fmt: skip


def equal_height(low: Array, high: Array) -> float:
    """Return how high a figure must be to show a rectangle with equal steps on both axes, in inches."""
    across, up = high - low
    return float(np.clip(0.9 + 4.0 * up / across, 2.4, 4.8))


def frame(ax: Any, low: Array, high: Array, names: tuple[str, str]) -> None:
    """Set the limits and the names of the axes of a plane."""
    ax.set_xlim(low[0], high[0])
    ax.set_ylim(low[1], high[1])
    ax.set_xlabel(names[0])
    ax.set_ylabel(names[1])
    ax.locator_params(nbins=5)


def name_classes(ax: Any, there: Array, X: Array, y: Array, names: Sequence[str]) -> None:
    """Write the name of each class on its own ground."""
    coarse = there[:: max(1, len(there) // 40), :: max(1, len(there) // 40)]
    limits = np.array([ax.get_xlim(), ax.get_ylim()])  # (2, 2)
    inside = (X - limits[:, 0]) / (limits[:, 1] - limits[:, 0])
    ax.figure.draw_without_rendering()
    box = ax.bbox
    size = (box.width / ax.figure.dpi, box.height / ax.figure.dpi)
    for c, (x, up) in enumerate(free_spots(coarse, inside, y, names, size)):
        if np.isfinite(x):
            write_on_picture(ax, x, up, names[c], edge=class_color(c), transform=ax.transAxes)
