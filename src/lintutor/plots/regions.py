"""Points of a plane and what a classifier makes of it.

Book: chapters 1 and 2.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor.plots.labels import plain_number
from lintutor.plots.plane import draw_points, draw_regions, extent, frame, grid, name_classes, plane_around
from lintutor.plots.style import (
    FEATURES,
    SMALL,
    axis_names,
    classes,
    figure,
    floats,
    names_of,
    panels,
    points_in_the_plane,
    styled,
)

__all__ = ["decision_regions", "scatter"]


Predict = Callable[[Array], ArrayLike]


@styled
def scatter(
    X: ArrayLike,
    y: ArrayLike,
    class_names: Sequence[str] | None = None,
    feature_names: Sequence[str] = FEATURES,
) -> Figure:
    """Draw points of a plane, each in the color and with the marker of its class.

    Parameters
    ----------
    X : array_like (N, 2)
    y : array_like (N,) of int
        Classes 0 .. 9.
    class_names : sequence of str, optional
        Written where they cover no point.
    feature_names : (str, str)
        Names of the axes, with units.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If X is not (N, 2), y has not one label a row, or there are more than ten classes.

    Examples
    --------
    >>> fig = scatter([[0, 1], [1, 0]], [0, 1], ["cat", "dog"])

    See the book: ``score-limits``.
    """
    rows = points_in_the_plane("X", X)
    labels = classes("y", y, len(rows))
    names = names_of(class_names, labels.max() + 1)
    fig, ax = figure(height=3.4)
    low, high = plane_around(rows)
    draw_points(ax, rows, labels)
    frame(ax, low, high, axis_names(feature_names))
    name_classes(ax, np.full((40, 40), -1), rows, labels, names)
    return fig  # type: ignore[no-any-return]


@styled
def decision_regions(
    predict: Predict | Sequence[Predict],
    X: ArrayLike,
    y: ArrayLike,
    class_names: Sequence[str] | None = None,
    titles: Sequence[str] | None = None,
    *,
    scores: Callable[[Array], ArrayLike] | None = None,
    feature_names: Sequence[str] = FEATURES,
    resolution: int = 240,
) -> Figure:
    """Color the plane by what a classifier predicts, and draw the data over it.

    Each classifier is called once, with all points of a grid.

    Parameters
    ----------
    predict : callable, or a sequence of callables
        Takes points (P, 2), returns classes (P,); one panel each.
    X : array_like (N, 2)
    y : array_like (N,) of int
        Classes 0 .. 9.
    class_names : sequence of str, optional
    titles : sequence of str, optional
        One a panel, such as "K = 1".
    scores : callable, optional
        Takes points (P, 2), returns scores (P, C); the level lines of the best score are drawn.
    feature_names : (str, str)
    resolution : int
        Points of the grid along each side.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If X is not (N, 2), there is not one label a row or one title a panel, or a classifier returns
        anything but one class 0 .. 9 a point.

    Examples
    --------
    >>> left = lambda points: (points[:, 0] > 0.5).astype(int)
    >>> fig = decision_regions(left, [[0, 1], [1, 0]], [0, 1], ["cat", "dog"])

    See the book: ``knn-decision-regions``.
    """
    rows = points_in_the_plane("X", X)
    labels = classes("y", y, len(rows))
    predictors = [predict] if callable(predict) else list(predict)
    if not predictors:
        raise ValueError("predict must be at least one classifier, got none")
    titles = titles if titles is not None else [""] * len(predictors)
    if len(titles) != len(predictors):
        raise ValueError(f"titles has {len(titles)} entries for {len(predictors)} classifiers")
    low, high = plane_around(rows)
    points, cells = grid(low, high, as_count("resolution", resolution, 2))
    predicted = [_predicted(one, points).reshape(cells) for one in predictors]
    names = names_of(class_names, 1 + max(labels.max(), *(p.max() for p in predicted)))
    fig, axes = panels(len(predictors), 3.4 if len(predictors) == 1 else 2.3, sharex=True, sharey=True)
    for ax, classes_there, title in zip(axes, predicted, titles, strict=True):
        table = None if scores is None else _scores(scores, points, classes_there)
        draw_regions(ax, classes_there, low, high, table)
        if table is not None:
            _draw_levels(ax, table, low, high)
        draw_points(ax, rows, labels, size=5.5 if len(axes) == 1 else 3.5)
        frame(ax, low, high, axis_names(feature_names) if len(axes) == 1 else ("", ""))
        ax.set_title(title)
    if len(axes) > 1:
        fig.supxlabel(axis_names(feature_names)[0], fontsize=11)
        fig.supylabel(axis_names(feature_names)[1], fontsize=11)
    name_classes(axes[0], predicted[0], rows, labels, names)
    return fig


def _predicted(predict: Predict, points: Array) -> Array:
    """Return the class of each point (P,), from one call of a classifier."""
    return classes("predict(points)", predict(points.copy()), len(points))


def _scores(scores: Callable[[Array], ArrayLike], points: Array, there: Array) -> Array:
    """Return the scores (R, R, C) at the points of the grid; they must lead to the predicted classes."""
    table = floats("scores(points)", scores(points.copy()), 2)  # (P, C)
    if len(table) != len(points) or table.shape[1] <= there.max():
        raise ValueError(f"scores(points) must be (P, C), one row a point, got shape {table.shape}")
    if (table.max(axis=1) > table[np.arange(len(table)), there.reshape(-1)]).any():
        raise ValueError("scores(points) must be highest for the class that predict(points) names")
    return table.reshape(*there.shape, -1)


def _draw_levels(ax: Any, table: Array, low: Array, high: Array) -> None:
    """Draw level lines of the highest score at each point."""
    best = table.max(axis=-1)  # (R, R)
    if best.max() == best.min():
        return  # level ground has no level lines
    levels = ax.contour(
        best, levels=6, colors="black", linewidths=0.7, alpha=0.45, extent=extent(low, high), origin="lower"
    )
    for text in ax.clabel(levels, fmt=plain_number, fontsize=SMALL):
        text.set_alpha(0.9)
