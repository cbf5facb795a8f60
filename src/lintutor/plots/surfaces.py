"""Slices of a loss: what a function of many weights looks like along a line and on a plane.

Book: chapters 5, 6, 7 and 9.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_scalar
from lintutor.plots.labels import mark_minimum, plain_number
from lintutor.plots.norms import ball
from lintutor.plots.style import (
    DARK,
    DASHES,
    LIGHT,
    SMALL,
    class_marker,
    figure,
    floats,
    ink_on,
    line_style,
    sequential,
    styled,
)

__all__ = ["loss_plane", "loss_slice"]

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
        rises = np.nan_to_num(values[a > 0][:1] - here).sum() > 0
        ax.plot(0, here, "D", color="black", ms=6, zorder=4)
        ax.annotate(
            "W",
            (0, here),
            (-7 if rises else 7, 6),
            textcoords="offset points",
            ha="right" if rises else "left",
        )
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
    path: ArrayLike | Mapping[str, ArrayLike] | None = None,
    balls: Sequence[tuple[float, float]] = (),
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
    path : array_like (T, and the shape of W), or mapping of name to such arrays, optional
        Where optimizers went; drawn as the nearest points of the plane.
    balls : sequence of (p, radius)
        Where the L_p norm of (a, b) is `radius`: what a penalty allows, when W is zero.
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
    paths = {name: _on_plane(one, start, plane) for name, one in _named(path).items()}
    _draw_bands(ax, a, values, np.concatenate([*paths.values(), np.zeros((0, 2))]))
    if balls:
        ax.set_aspect("equal")
    for p, radius in balls:
        x, y = as_scalar("balls", radius, minimum=0, strict=True) * ball(p)
        ax.plot(x, y, color=DARK, lw=3.6, zorder=3)
        ax.plot(x, y, color=LIGHT, lw=1.8, zorder=3)
    row, column = np.unravel_index(np.nanargmin(values), values.shape)
    ax.plot(a[column], a[row], "*", color=LIGHT, mec=DARK, mew=0.8, ms=13, zorder=5, clip_on=False)
    for k, name in enumerate(paths):
        _draw_path(ax, paths[name], k)
        for text, at in _words_on(name, paths, float(reach)):
            _write_beside(ax, text, at, 0.6 * reach if name else 0)
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


def _named(path: ArrayLike | Mapping[str, ArrayLike] | None) -> Mapping[str, ArrayLike]:
    """Return paths by name; one path alone needs none."""
    if path is None:
        return {}
    return path if isinstance(path, Mapping) else {"": path}


def _draw_path(ax: Any, steps: Array, k: int) -> None:
    """Draw the way of an optimizer: a light line edged dark, its own marker at every step."""
    ax.plot(steps[:, 0], steps[:, 1], color=DARK, lw=3.4, zorder=3, solid_joinstyle="round")
    ax.plot(
        steps[:, 0], steps[:, 1], color=LIGHT, ls=DASHES[k % len(DASHES)], lw=1.6,
        marker=class_marker(k % 10), ms=3.2 if k == 0 else 4.2, mec=DARK, mew=0.5, zorder=4,
    )  # fmt: skip


def _words_on(name: str, paths: Mapping[str, Array], reach: float) -> list[tuple[str, Array]]:
    """Return what is written on a path: start and end, or its name where it is farthest from the others."""
    steps = paths[name]
    inside = np.abs(steps).max(axis=1) <= reach  # (T,)
    if len(paths) == 1 and not name:
        return [(word, steps[k]) for word, k in (("start", 0), ("end", -1)) if inside[k]]
    others = np.concatenate([np.full((1, 2), 9 * reach), *(p for other, p in paths.items() if other != name)])
    away = np.abs(steps[:, None] - others).max(axis=2).min(axis=1)  # (T,)
    return [(name, steps[np.argmax(np.where(inside, away, -1))])] if inside.any() else []


def _write_beside(ax: Any, text: str, at: Array, room: float) -> None:
    """Write a word beside a point: away from the middle, but beyond `room` toward it."""
    side, up = (np.where(at > 0, 1, -1) * np.where(np.abs(at) < room, 1, -1)).tolist()
    ax.annotate(
        text, at, (7 * side, 7 * up), textcoords="offset points", fontsize=SMALL, color=DARK, zorder=6,
        ha="left" if side > 0 else "right", va="bottom" if up > 0 else "top",
        bbox={"facecolor": LIGHT, "alpha": 0.85, "lw": 0, "pad": 1.2},
    )  # fmt: skip


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
