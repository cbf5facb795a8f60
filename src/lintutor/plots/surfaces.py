"""Slices of a loss, and the shapes of norms: what functions of many weights look like.

Book: chapters 1, 5, 6 and 7.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_scalar
from lintutor.plots.labels import mark_minimum, plain_number
from lintutor.plots.style import (
    DARK,
    LIGHT,
    MUTED,
    SMALL,
    figure,
    floats,
    ink_on,
    line_style,
    sequential,
    styled,
)

__all__ = ["loss_plane", "loss_slice", "unit_balls"]

Loss = Callable[[Array], Any]


@styled
def loss_slice(
    loss: Loss,
    W: ArrayLike,
    direction: ArrayLike,
    *,
    reach: float = 1.0,
    resolution: int = 201,
    xlabel: str = "step a along the direction",
    ylabel: str = "loss of W + a U",
) -> Figure:
    """Draw the loss along a line through W and mark where it is lowest.

    Parameters
    ----------
    loss : callable
        Takes weights of the shape of W, returns the loss, or a tuple ``(loss, gradient)``.
    W : array_like
        Where the line passes at a = 0.
    direction : array_like
        U, of the shape of W.
    reach : float
        The line is drawn from ``-reach`` to ``reach``.
    resolution : int
        How many points of it are computed.
    xlabel, ylabel : str

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If direction has another shape than W or is zero, or no loss on the line is finite.

    Examples
    --------
    >>> fig = loss_slice(lambda W: (W**2).sum(), [1.0, 0.0], [0.0, 1.0])

    See the book: ``grad-loss-landscape``.
    """
    start, along = floats("W", W), _like_weights("direction", direction, W)
    a = _steps(reach, resolution)
    values = np.array([_loss_at(loss, start + step * along) for step in a])
    _refuse_nowhere_finite(values)
    fig, ax = figure()
    ax.plot(a, values, **line_style(0))
    mark_minimum(ax, a, values)
    here = _loss_at(loss, start)
    if np.isfinite(here):
        ax.plot(0, here, "D", color="black", ms=6, zorder=4)
        ax.annotate("W", (0, here), (7, 7), textcoords="offset points")
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    return fig  # type: ignore[no-any-return]


@styled
def loss_plane(
    loss: Loss,
    W: ArrayLike,
    U: ArrayLike,
    V: ArrayLike,
    *,
    reach: float = 1.0,
    resolution: int = 41,
    path: ArrayLike | None = None,
    xlabel: str = "step a along U",
    ylabel: str = "step b along V",
) -> Figure:
    """Draw the loss on a plane through W: bands of equal area, contours with their values, the minimum.

    Parameters
    ----------
    loss : callable
        Takes weights of the shape of W, returns the loss, or a tuple ``(loss, gradient)``.
    W : array_like
        The middle of the picture.
    U, V : array_like
        Two directions of the shape of W, neither a multiple of the other.
    reach : float
        a and b go from ``-reach`` to ``reach``.
    resolution : int
        Points computed along each side.
    path : array_like (T, *shape of W), optional
        Where an optimizer went; drawn as its nearest points of the plane.
    xlabel, ylabel : str

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If shapes differ, U and V lie on one line, or no loss of the plane is finite.

    Examples
    --------
    >>> bowl = lambda W: W[0] ** 2 + 9 * W[1] ** 2
    >>> fig = loss_plane(bowl, [0, 0], [1, 0], [0, 1], path=[[0.9, 0.9], [0.5, 0.1], [0.1, 0.0]])

    See the book: ``grad-loss-landscape``.
    """
    start = floats("W", W)
    across, up = _like_weights("U", U, W), _like_weights("V", V, W)
    plane = np.column_stack([across.reshape(-1), up.reshape(-1)])  # (D, 2)
    if np.linalg.matrix_rank(plane) < 2:
        raise ValueError("U and V must span a plane, one is a multiple of the other")
    a = _steps(reach, resolution)
    values = np.array(
        [[_loss_at(loss, start + x * across + y * up) for x in a] for y in a]
    )  # (rows b, columns a)
    _refuse_nowhere_finite(values)
    fig, ax = figure(height=3.8)
    steps = np.zeros((0, 2)) if path is None else _on_plane(path, start, plane)
    _draw_bands(ax, a, values, steps)
    row, column = np.unravel_index(np.nanargmin(values), values.shape)
    ax.plot(a[column], a[row], "*", color=LIGHT, mec=DARK, mew=0.8, ms=13, zorder=5, clip_on=False)
    if len(steps):
        _draw_path(ax, steps, float(reach))
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=(a[0], a[-1]), ylim=(a[0], a[-1]))
    lowest = float(values[row, column])
    if abs(lowest) < 1e-12 * np.nanmax(np.abs(values)):
        lowest = 0.0  # up to rounding
    ax.set_title(f"lowest here: {plain_number(lowest, 4)} (star)", fontweight="normal")
    return fig  # type: ignore[no-any-return]


def _draw_bands(ax: Any, a: Array, values: Array, path: Array) -> None:
    """Fill bands between contours that hold equal areas; write values on them, clear of the path."""
    finite = values[np.isfinite(values)]
    levels = np.unique(np.quantile(finite, np.linspace(0, 1, 11)))
    if len(levels) < 2 or levels[-1] - levels[0] <= 1e-12 * abs(levels[-1]):
        levels = levels[0] + np.array([-0.5, 0.5])  # flat everywhere: one band
    shown = np.ma.masked_invalid(values)
    ax.contourf(a, a, shown, levels=levels, cmap=sequential().reversed())
    inner = levels[1:-1]
    if len(inner):
        inks = [ink_on(sequential().reversed()((k + 1) / len(levels))) for k in range(len(inner))]
        drawn = ax.contour(a, a, shown, levels=inner, colors=inks, linewidths=0.7)
        places = [_label_place(drawn.allsegs[k], a[-1], k, path) for k in range(0, len(inner), 2)]
        found = [place for place in places if place is not None]
        ax.clabel(drawn, fmt=plain_number, fontsize=SMALL, manual=found)


def _label_place(segments: Sequence[Array], reach: float, k: int, path: Array) -> Array | None:
    """Return the point of a contour for its label: well inside, off the path, left and right by turns."""
    points = np.concatenate([*segments, np.zeros((0, 2))])  # (P, 2)
    points = points[(np.abs(points) < 0.85 * reach).all(axis=1)]
    if len(points) == 0:
        return None
    side = -1 if k % 4 else 1
    liked = side * points[:, 0] - 0.5 * np.abs(points[:, 1])
    if len(path):
        ends = np.linspace(path[:-1], path[1:], 10).reshape(-1, 2) if len(path) > 1 else path
        near = np.abs(points[:, None] - ends).max(axis=2).min(axis=1) < 0.2 * reach  # (P,)
        liked = liked - 10 * reach * near
    return np.asarray(points[np.argmax(liked)])


def _on_plane(path: ArrayLike, start: Array, plane: Array) -> Array:
    """Return the steps (T, 2) along U and V of the points of the plane nearest to a path."""
    places = floats("path", path)
    wanted = f"(T, {', '.join(map(str, start.shape))})"
    if places.shape[1:] != start.shape or len(places) == 0:
        raise ValueError(f"path must have shape {wanted}, got shape {places.shape}")
    away = (places - start).reshape(len(places), -1)  # (T, D)
    steps, *_ = np.linalg.lstsq(plane, away.T, rcond=None)  # (2, T)
    return np.asarray(steps.T)


def _draw_path(ax: Any, steps: Array, reach: float) -> None:
    """Draw the way of an optimizer: a light line edged dark, its start and its end named."""
    ax.plot(steps[:, 0], steps[:, 1], color=DARK, lw=3.4, zorder=3, solid_joinstyle="round")
    ax.plot(steps[:, 0], steps[:, 1], "-o", color=LIGHT, lw=1.6, ms=3.2, mec=DARK, mew=0.5, zorder=4)
    for name, (x, y) in (("start", steps[0]), ("end", steps[-1])):
        if max(abs(x), abs(y)) > reach:
            continue
        side = 1 if x <= 0 else -1
        ax.annotate(
            name, (x, y), (7 * side, 7 if y <= 0 else -7), textcoords="offset points", fontsize=SMALL,
            ha="left" if side > 0 else "right", va="bottom" if y <= 0 else "top", color=DARK, zorder=6,
            bbox={"facecolor": LIGHT, "alpha": 0.85, "lw": 0, "pad": 1.2},
        )  # fmt: skip


@styled
def unit_balls(ps: Sequence[float] = (0.5, 1, 2, 4, np.inf)) -> Figure:
    """Draw for each p the points of the plane whose L_p norm is one.

    Below p = 1 the shape is not convex, and its "norm" is none.

    Parameters
    ----------
    ps : sequence of float
        Each more than 0; ``numpy.inf`` for the largest coordinate.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is no p, there are more than six, or one is not more than 0.

    Examples
    --------
    >>> fig = unit_balls([1, 2])

    See the book: ``knn-unit-balls``.
    """
    orders = [p if p == np.inf else float(as_scalar("ps", p, minimum=0, strict=True)) for p in ps]
    if not 1 <= len(orders) <= 6:
        raise ValueError(f"ps must be one to six numbers, got {len(orders)}")
    fig, ax = figure(height=3.9)
    turn = np.linspace(0, np.pi / 2, 181)
    for k, p in enumerate(orders):
        quarter = _unit_quarter(turn, p)  # (2, 181)
        x = np.concatenate([sx * quarter[0][::step] for sx, _, step in _QUARTERS])
        y = np.concatenate([sy * quarter[1][::step] for _, sy, step in _QUARTERS])
        style = line_style(k)
        ax.plot(x, y, **style)
        ax.annotate(
            _order_name(p), 0.5 ** (0 if p == np.inf else 1 / p) * np.array(_CORNERS[k % 4]), (0, 0),
            textcoords="offset points", ha="center", va="center", color="black", fontsize=10,
            bbox={"facecolor": "white", "edgecolor": style["color"], "lw": 1, "boxstyle": "round,pad=0.15"},
        )  # fmt: skip
    ax.axhline(0, color=MUTED, lw=0.8, zorder=0)
    ax.axvline(0, color=MUTED, lw=0.8, zorder=0)
    ax.set(
        aspect="equal",
        xlabel="first coordinate",
        ylabel="second coordinate",
        xlim=(-1.25, 1.25),
        ylim=(-1.2, 1.2),
    )
    return fig  # type: ignore[no-any-return]


_QUARTERS = ((1, 1, 1), (-1, 1, -1), (-1, -1, 1), (1, -1, -1))
_CORNERS = ((1, 1), (-1, 1), (-1, -1), (1, -1))


def _unit_quarter(turn: Array, p: float) -> Array:
    """Return points (2, P) of the first quarter whose L_p norm is one."""
    points = np.array([np.cos(turn), np.sin(turn)]).clip(0)  # (2, P)
    if p == np.inf:
        return np.asarray(points / points.max(axis=0))
    exponent = 2 / p  # superellipse: equal steps stay equal near the tips
    return np.asarray(points**exponent)


def _order_name(p: float) -> str:
    return "p = \N{INFINITY}" if p == np.inf else f"p = {plain_number(p)}"


def _steps(reach: float, resolution: int) -> Array:
    half = float(as_scalar("reach", reach, minimum=0, strict=True))
    return np.linspace(-half, half, as_count("resolution", resolution, 3))


def _like_weights(name: str, direction: ArrayLike, W: ArrayLike) -> Array:
    """Return a direction of the shape of W that is not zero."""
    along = floats(name, direction)
    if along.shape != np.shape(W):
        raise ValueError(f"{name} must have the shape of W, {np.shape(W)}, got shape {along.shape}")
    if not along.any():
        raise ValueError(f"{name} must not be zero everywhere")
    return along


def _loss_at(loss: Loss, weights: Array) -> float:
    """Return the loss as a float; nan where it is not finite, so that nothing is drawn there."""
    value = loss(weights)
    value = float(value[0] if isinstance(value, tuple) else value)
    return value if np.isfinite(value) else np.nan


def _refuse_nowhere_finite(values: Array) -> None:
    if not np.isfinite(values).any():
        raise ValueError("loss is not finite anywhere on what is to be drawn")
