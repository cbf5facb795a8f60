"""Words on the marks: labels that find a place of their own, so that few figures need a legend."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lintutor._check import Array
from lintutor.plots.style import ACCENT, SMALL

__all__ = [
    "free_spots",
    "label_curves",
    "label_ends",
    "mark_minimum",
    "plain_number",
    "write_on_picture",
]

_FAR = np.array([[9.0, 9.0]])  # outside of every picture
_GAP = 14.0  # points from one label's middle to the next


def plain_number(value: float, digits: int = 3) -> str:
    """Return a number as it is written in the book: few digits, a true minus, no idle zeros."""
    rounded = float(f"{value:.{digits}g}") + 0.0  # no minus zero
    if not np.isfinite(rounded):
        return str(rounded)
    if rounded == 0 or 1e-4 <= abs(rounded) < 1e6:
        text = f"{rounded:.15g}"
    else:
        mantissa, _, exponent = f"{rounded:.{digits - 1}e}".partition("e")
        text = f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"
    return text.replace("-", "\N{MINUS SIGN}")


def label_ends(ax: Any, ends: Sequence[tuple[float, float, str, str]]) -> None:
    """Write the name of each curve beside its last point, none over another.

    Parameters
    ----------
    ax : Axes
        With everything else drawn: its limits and scales are final.
    ends : sequence of (x, y, text, color)
    """
    ax.set_xlim(ax.get_xlim())
    ax.set_ylim(ax.get_ylim())
    words = [
        ax.annotate(
            text, (x, y), (6, 0), textcoords="offset points", va="center", color=color, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": color, "lw": 0.7, "shrinkA": 0, "shrinkB": 2,
                        "relpos": (0, 0.5)},
        )
        for x, y, text, color in ends
    ]  # fmt: skip
    ax.figure.draw_without_rendering()  # now the layout is known
    per_point = ax.figure.dpi / 72
    at = (
        ax.transData.transform([(x, y) for x, y, _, _ in ends]).reshape(-1, 2) / per_point
    )  # (K, 2) in points
    low, high = ax.bbox.y0 / per_point, ax.bbox.y1 / per_point
    late = at[:, 0] > at[:, 0].max(initial=0) - 0.15 * ax.bbox.width / per_point
    for group in (np.flatnonzero(late), np.flatnonzero(~late)):
        if len(group) == 0:
            continue
        heights = _spread(at[group, 1], low, high)
        right = at[group, 0].max() if late[group[0]] else at[group, 0]
        for k, height, shift in zip(group, heights, right - at[group, 0] + 6, strict=True):
            words[k].set_position((shift, height - at[k, 1]))
            words[k].arrow_patch.set_visible(abs(height - at[k, 1]) > 3 or shift > 7)


def _spread(heights: Array, low: float, high: float) -> Array:
    """Return heights moved as little as it takes to lie `_GAP` apart, in the same order."""
    order = np.argsort(heights, kind="stable")
    placed = heights[order].astype(np.float64)
    for k in range(1, len(placed)):
        placed[k] = max(placed[k], placed[k - 1] + _GAP)
    over = placed[-1] - max(high, low + _GAP * (len(placed) - 1))
    if over > 0:  # push the topmost ones down again
        placed[-1] -= over
        for k in range(len(placed) - 2, -1, -1):
            placed[k] = min(placed[k], placed[k + 1] - _GAP)
    result = np.empty_like(placed)
    result[order] = placed
    return result


def free_spots(
    allowed: Array, points: Array, owners: Array, names: Sequence[str], size: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return a place for the name of each class, on its own ground and clear of the points.

    Parameters
    ----------
    allowed : ndarray (R, R) of int
        The class each cell of the unit square belongs to, row 0 at the bottom; -1: to any.
    points : ndarray (N, 2)
        What must not be covered, in the unit square.
    owners : ndarray (N,) of int
        The class of each point.
    names : sequence of str (C,)
    size : (float, float)
        Width and height of the axes in inches.

    Returns
    -------
    list of (x, y)
        In the unit square; nan for a class without ground or points.
    """
    cells = (np.indices(allowed.shape)[::-1].reshape(2, -1).T + 0.5) / allowed.shape[0]  # (R*R, 2) as x, y
    ground = allowed.reshape(-1)  # (R*R,)
    obstacles = points
    spots: list[tuple[float, float]] = []
    for c, name in enumerate(names):
        half = _half_box(name, size, SMALL) + 0.015
        mine = cells[((ground == c) | (ground == -1)) & _inside(cells, half)]
        if len(mine) == 0 or not ((owners == c).any() or (ground == c).any()):
            spots.append((np.nan, np.nan))
            continue
        covered = _count(mine, obstacles, half) + _count(mine, cells[(ground != c) & (ground != -1)], half)
        home = points[owners == c].mean(axis=0) if (owners == c).any() else mine.mean(axis=0)
        far = ((mine - home) ** 2).sum(axis=1)  # (M,)
        x, y = mine[np.lexsort((far, covered))[0]]
        spots.append((float(x), float(y)))
        taken = np.array([[x, y]]) + half * np.array(
            [[i, j] for i in (-1, -0.5, 0, 0.5, 1) for j in (-1, 0, 1)]
        )
        obstacles = np.concatenate([obstacles, taken, taken, taken])  # another name weighs more than a point
    return spots


def _inside(cells: Array, half: Array) -> Array:
    return np.asarray(((cells > half) & (cells < 1 - half)).all(axis=1))


def _count(places: Array, obstacles: Array, half: Array) -> Array:
    """Return how many obstacles a box of half size `half` at each place would cover."""
    total = np.zeros(len(places))
    for block in np.array_split(obstacles, max(1, len(obstacles) // 200)):
        apart = np.abs(places[:, None] - block)  # (M, B, 2)
        total += (apart < half).all(axis=2).sum(axis=1)
    return total


def label_curves(ax: Any, named: Sequence[tuple[Array, Array, str, str]]) -> None:
    """Write the name of each curve close to it, where it covers least of any of them.

    Parameters
    ----------
    ax : Axes
        With everything else drawn.
    named : sequence of (x, y, text, color)
    """
    if not named:
        return
    ax.set_xlim(ax.get_xlim())
    ax.set_ylim(ax.get_ylim())
    ax.figure.draw_without_rendering()
    size = np.array([ax.bbox.width, ax.bbox.height]) / ax.figure.dpi  # inches
    ways = [_in_axes(ax, x, y) for x, y, _, _ in named]  # (P, 2) each, in the unit square
    obstacles = np.concatenate([_dense(way) for way in ways])
    for k, ((_, _, text, color), way) in enumerate(zip(named, ways, strict=True)):
        half = _half_box(str(text), size)
        beside = half * 1.05 + 0.01
        around = [(0, 1), (1, 0), (-1, 0), (0, -1), (0.8, 0.8), (-0.8, 0.8)]
        places = np.concatenate([_dense(way) + beside * side for side in around])  # (M, 2)
        places = places[_inside(places, half)]
        if len(places) == 0:
            places = way[:1]
        others = [_dense(other) for other in ways[:k] + ways[k + 1 :]]
        astray = _nearest(places, _dense(way)) > 0.7 * _nearest(places, np.concatenate([*others, _FAR]))
        x, y = places[np.argmin(_count(places, obstacles, half) + 50 * astray)]
        ax.text(x, y, text, transform=ax.transAxes, ha="center", va="center", color=color)
        obstacles = np.concatenate([obstacles, np.repeat(_box_points(np.array([x, y]), half), 3, axis=0)])


def _nearest(places: Array, points: Array) -> Array:
    """Return the distance of each place (M, 2) to the nearest of the points (P, 2)."""
    return np.asarray(np.hypot(*(places[:, None] - points).T).min(axis=0))


def _in_axes(ax: Any, x: Array, y: Array) -> Array:
    """Return the points of a curve in the unit square of the axes."""
    return np.asarray(ax.transAxes.inverted().transform(ax.transData.transform(np.column_stack([x, y]))))


def _dense(way: Array) -> Array:
    """Return 200 points along a broken line."""
    length = np.append(0.0, np.hypot(*np.diff(way, axis=0).T).cumsum())
    steps = np.linspace(0, length[-1], 200)
    return np.column_stack([np.interp(steps, length, way[:, axis]) for axis in (0, 1)])


def _half_box(text: str, size: Any, points: float = 11) -> Array:
    """Return half the width and height of a text, in the unit square of axes of a size in inches."""
    return np.array([0.3 * len(text) * points / 72 / size[0], 0.62 * points / 72 / size[1]])


def _box_points(middle: Array, half: Array) -> Array:
    """Return points spread over a box, as an obstacle to what comes after."""
    steps = np.array([[i, j] for i in (-1, -0.5, 0, 0.5, 1) for j in (-1, 0, 1)])
    return np.asarray(middle + half * steps)


def write_on_picture(ax: Any, x: float, y: float, text: str, edge: str, **kwargs: Any) -> None:
    """Write a word over a picture, on a piece of paper edged in the color of what it names."""
    paper = {"facecolor": "white", "edgecolor": edge, "linewidth": 1.2, "boxstyle": "round,pad=0.15"}
    ax.text(x, y, text, ha="center", va="center", fontsize=SMALL, zorder=6, bbox=paper, **kwargs)


def mark_minimum(ax: Any, x: Array, values: Array) -> None:
    """Mark where a curve is lowest: a point, or the flat stretch around it."""
    low = values <= np.nanmin(values) + 1e-9 * max(1.0, float(np.nanmax(values) - np.nanmin(values)))
    first = int(np.argmax(low))
    last = first + int(np.argmin(np.append(low[first:], False))) - 1
    left, right, lowest = x[first], x[last], values[first]
    ax.plot([left, right], [lowest] * 2, "-o", color=ACCENT, ms=7, lw=3)
    where = (
        f"at {plain_number(left)}" if left == right else f"from {plain_number(left)} to {plain_number(right)}"
    )
    ax.annotate(
        f"lowest {where}", ((left + right) / 2, lowest), (0, -8),
        textcoords="offset points", ha="center", va="top", color=ACCENT,
    )  # fmt: skip
    ax.set_ylim(lowest - 0.25 * (np.nanmax(values) - lowest), None)
