"""A linear classifier in the plane: where scores are zero, where they tie, how wide the margin is.

Book: chapters 2 and 5.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import Array, as_scalar
from lintutor.plots.labels import plain_number
from lintutor.plots.plane import (
    draw_points,
    draw_regions,
    equal_height,
    frame,
    grid,
    name_classes,
    plane_around,
)
from lintutor.plots.style import (
    FEATURES,
    axis_names,
    class_color,
    classes,
    figure,
    floats,
    names_of,
    points_in_the_plane,
    styled,
)

__all__ = ["margin_lines", "score_half_planes"]


@styled
def score_half_planes(
    W: ArrayLike,
    b: ArrayLike,
    X: ArrayLike | None = None,
    y: ArrayLike | None = None,
    class_names: Sequence[str] | None = None,
    *,
    reach: float = 3.0,
    feature_names: Sequence[str] = FEATURES,
) -> Figure:
    """Draw a linear classifier in the plane: where each score is zero, where it grows, where scores tie.

    On the line in its color the score of a class is zero; the arrow, as long as one unit of score is
    wide, points to where it grows. Regions are tinted by the highest score and meet where two scores tie.

    Parameters
    ----------
    W : array_like (2, C)
        Column j weighs the two features for class j.
    b : array_like (C,)
    X : array_like (N, 2), optional
        Points to draw, with
    y : array_like (N,) of int, optional
        their classes.
    class_names : sequence of str (C,), optional
    reach : float
        Half the side of the square that is shown, when there are no points.
    feature_names : (str, str)

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If W is not (2, C), b not (C,), or only one of X and y is given.

    Examples
    --------
    >>> fig = score_half_planes([[1, -1, 0], [0, 1, -1]], [0, 0, 0.5], class_names=["a", "b", "c"])

    See the book: ``score-half-planes``.
    """
    weights, bias = floats("W", W, 2), floats("b", b, 1)
    if weights.shape[0] != 2 or weights.shape[1] != len(bias):
        raise ValueError(f"W must be (2, C) and b (C,), got shapes {weights.shape} and {bias.shape}")
    if len(bias) < 2:
        raise ValueError(f"W must have at least two classes, got {len(bias)}")
    if (X is None) != (y is None):
        raise ValueError(f"X and y come together, got only {'y' if X is None else 'X'}")
    rows = np.zeros((0, 2)) if X is None else points_in_the_plane("X", X)
    labels = classes("y", [] if y is None else y, len(rows))
    names = names_of(class_names, max(len(bias), labels.max(initial=0) + 1))
    low, high = plane_around(rows) if len(rows) else (np.full(2, -reach), np.full(2, reach))
    points, cells = grid(low, high, 160)
    scores = points @ weights + bias  # (P, C)
    best = classes("W", scores.argmax(axis=1), len(points))  # (P,)
    fig, ax = figure(height=equal_height(low, high))
    draw_regions(ax, best.reshape(cells), low, high, scores.reshape(*cells, -1))
    draw_points(ax, rows, labels)
    for c in range(len(bias)):
        _draw_zero_line(ax, weights[:, c], bias[c], low, high, class_color(c))
    frame(ax, low, high, axis_names(feature_names))
    ax.set_aspect("equal")  # an arrow stands at a right angle on its line
    name_classes(ax, best.reshape(cells), rows, labels, names)
    return fig  # type: ignore[no-any-return]


def _draw_zero_line(ax: Any, w: Array, b: float, low: Array, high: Array, color: str) -> None:
    """Draw where ``w @ x + b`` is zero and an arrow of one unit of score."""
    squared = float(w @ w)
    if squared == 0:
        return  # a score that is the same everywhere has no such line
    ends = _line_ends(w, b, low, high)
    ax.plot(ends[:, 0], ends[:, 1], color="black", alpha=0.5, lw=3.2, ls=(0, (2.8, 1.6)), zorder=3)
    ax.plot(ends[:, 0], ends[:, 1], color=color, lw=2, ls=(0, (4.5, 2.5)), zorder=3)  # edged in ink above
    foot = ends.mean(axis=0)
    if (foot > low).all() and (foot < high).all():
        tip = foot + w / squared
        ax.annotate(
            "", tip, foot, zorder=4, annotation_clip=False,
            arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


def _line_ends(w: Array, b: float, low: Array, high: Array) -> Array:
    """Return two points (2, 2), beyond the rectangle, of the line where ``w @ x + b`` is zero."""
    middle = (low + high) / 2
    foot = middle - w * (w @ middle + b) / (w @ w)  # the point of the line nearest to the middle
    along = np.array([-w[1], w[0]]) / np.linalg.norm(w) * np.linalg.norm(high - low)
    return np.array([foot - along, foot + along])


@styled
def margin_lines(
    w: ArrayLike,
    b: float,
    X: ArrayLike,
    y: ArrayLike,
    class_names: Sequence[str] | None = None,
    *,
    feature_names: Sequence[str] = FEATURES,
    tolerance: float = 1e-3,
) -> Figure:
    """Draw a binary classifier with its margin: the boundary, the two lines beside it, the support vectors.

    The margin lies between the lines where the score ``w @ x + b`` is -1 and 1; it is ``2 / |w|`` wide.
    Ringed are the points on those lines, between them or on the wrong side: all that the hinge feels.

    Parameters
    ----------
    w : array_like (2,)
    b : float
    X : array_like (N, 2)
    y : array_like (N,) of int
        The positive class is 1, the other one -1 or 0.
    class_names : (str, str), optional
        The negative class first.
    feature_names : (str, str)
    tolerance : float
        A point counts as on its line up to this much of score.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If w is not (2,) or is zero, X not (N, 2), or a label is none of -1, 0 and 1, or both -1 and 0 occur.

    Examples
    --------
    >>> fig = margin_lines([1, 0], 0.0, [[-1, 0], [1, 0], [2, 1]], [-1, 1, 1])

    See the book: ``hinge-max-margin``.
    """
    normal = floats("w", w, 1)
    if len(normal) != 2 or not normal.any():
        raise ValueError(f"w must be two numbers, not both zero, got {normal.tolist()}")
    rows = points_in_the_plane("X", X)
    sides = _two_sides(y, len(rows))  # (N,), 0 or 1
    bias, slack = float(as_scalar("b", b)), float(as_scalar("tolerance", tolerance, minimum=0))
    names = names_of(class_names, 2)
    low, high = plane_around(rows)
    fig, ax = figure(height=equal_height(low, high))
    points, cells = grid(low, high, 160)
    score = points @ normal + bias  # (P,)
    there = (score > 0).astype(np.int64).reshape(cells)
    draw_regions(ax, there, low, high, np.stack([-score, score], axis=1).reshape(*cells, 2))
    for level, dashes in ((-1, "--"), (0, "-"), (1, "--")):
        _draw_level(ax, normal, bias - level, low, high, dashes)
    scores = (rows @ normal + bias) * (2 * sides - 1)  # (N,)
    support = rows[scores <= 1 + slack]
    draw_points(ax, rows, sides)
    ax.plot(support[:, 0], support[:, 1], "o", ms=12, mfc="none", mec="black", mew=1.4, zorder=5)
    frame(ax, low, high, axis_names(feature_names))
    ax.set_aspect("equal")
    width = 2 / float(np.linalg.norm(normal))
    ringed = f"{len(support)} support vector{'' if len(support) == 1 else 's'} (ringed)"
    ax.set_title(f"margin {plain_number(width)} wide, {ringed}", fontweight="normal")
    name_classes(ax, there, rows, sides, names)
    return fig  # type: ignore[no-any-return]


def _two_sides(y: ArrayLike, n: int) -> Array:
    """Return 0 for the negative and 1 for the positive class."""
    given = np.asarray(y)
    values = set(np.unique(given).tolist()) if given.dtype.kind in "iuf" else {None}
    if not (values <= {-1, 1} or values <= {0, 1}):
        raise ValueError("y must hold -1 and 1, or 0 and 1")
    return classes("y", (given > 0).astype(np.int64), n)


def _draw_level(ax: Any, w: Array, b: float, low: Array, high: Array, dashes: str) -> None:
    """Draw the line where ``w @ x + b`` is zero."""
    ends = _line_ends(w, b, low, high)
    ax.plot(ends[:, 0], ends[:, 1], color="black", lw=1.4, ls=dashes, zorder=3)
