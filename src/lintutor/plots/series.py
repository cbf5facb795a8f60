"""Curves: losses over steps, errors over settings, accuracy of every fold.

Book: every chapter that measures something.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor.plots.labels import label_ends, plain_number
from lintutor.plots.style import ACCENT, MUTED, figure, floats, line_style, log_ticks, styled

__all__ = ["cross_validation", "curves", "lines"]

_SCALES = ("linear", "log")


@styled
def lines(curves: Iterable[tuple[ArrayLike, ArrayLike, str]], xlabel: str, ylabel: str) -> Figure:
    """Draw curves with their names at their right ends.

    Parameters
    ----------
    curves : iterable of (x, y, label)
    xlabel, ylabel : str
        With units.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is no curve, or the two arrays of one differ in length or are empty.

    Examples
    --------
    >>> fig = lines([([0, 1], [2.0, 1.0], "training")], "step", "loss")

    See the book: ``hinge-squared``.
    """
    fig, ax = figure()
    ends = []
    for k, (x, values, label) in enumerate(curves):
        across, up = _curve(label, (x, values))
        ax.plot(across, up, **line_style(k))
        ends.append((across[-1], up[-1], label, line_style(k)["color"]))
    if not ends:
        raise ValueError("curves must hold at least one curve, it is empty")
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    label_ends(ax, ends)
    return fig  # type: ignore[no-any-return]


@styled
def curves(
    series: Mapping[str, ArrayLike | tuple[ArrayLike, ArrayLike]],
    xlabel: str = "step",
    ylabel: str = "loss",
    *,
    smooth: int = 1,
    xscale: str = "linear",
    yscale: str = "linear",
    points: bool = False,
    ylim: tuple[float | None, float | None] | None = None,
) -> Figure:
    """Draw histories of runs: each raw value faint, the running mean strong, the name at the end.

    A curve ends where its numbers stop being finite, and its label says so. Several runs of one
    setting are drawn as their mean and a band of one standard deviation to each side.

    Parameters
    ----------
    series : mapping of label to values
        Values (T,) of steps 0 .. T-1, or (R, T) of R runs; or a tuple ``(x, values)``.
    xlabel, ylabel : str
        With units.
    smooth : int
        Over how many steps the running mean goes; 1 draws the values as they are.
    xscale, yscale : {"linear", "log"}
    points : bool
        Mark every value, for curves of few.
    ylim : (float or None, float or None), optional
        Where the y axis begins and ends: a run that diverges would press all others flat.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is no curve, x and values differ in length, a logarithmic axis would have to show a
        number that is not positive, or `smooth` is longer than a curve.

    Examples
    --------
    >>> fig = curves({"rate 0.1": [3.0, 2.0, 1.5, 1.4], "rate 9": [3.0, 9.0, float("inf"), 1.0]}, smooth=2)

    See the book: ``sgd-loss-curve-reading``.
    """
    _refuse_scales(xscale, yscale)
    smooth = as_count("smooth", smooth)
    if not series:
        raise ValueError("series must hold at least one curve, it is empty")
    fig, ax = figure()
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale, yscale=yscale)
    drawn = []
    for k, (label, given) in enumerate(series.items()):
        x, runs = _runs(label, given)  # (T,) and (R, T)
        _refuse_sign(label, x, xscale)
        _refuse_sign(label, runs[np.isfinite(runs)], yscale)
        x, mean = _draw_runs(ax, x, runs, smooth, label, k, points)
        name = label if np.isfinite(runs).all() else f"{label} (diverged)"
        drawn.append((x, mean, name, line_style(k)["color"]))
    if ylim is not None:
        ax.set_ylim(*ylim)
    _write_ticks(ax)
    label_ends(ax, [_last_seen(ax, *curve) for curve in drawn])
    return fig  # type: ignore[no-any-return]


def _write_ticks(ax: Any) -> None:
    for axis in (ax.xaxis, ax.yaxis):
        if axis.get_scale() == "log":
            log_ticks(axis)


def _last_seen(ax: Any, x: Array, y: Array, label: str, color: str) -> tuple[float, float, str, str]:
    """Return where a curve ends or leaves the axes, with its label and color."""
    low, high = ax.get_ylim()
    seen = np.flatnonzero((y >= low) & (y <= high))
    last = seen[-1] if len(seen) else 0
    return float(x[last]), float(np.clip(y[last], low, high)), label, color


def _draw_runs(
    ax: Any, x: Array, runs: Array, smooth: int, label: str, k: int, points: bool
) -> tuple[Array, Array]:
    """Draw one entry of `curves`; return the curve that its label belongs to."""
    style = line_style(k)
    with np.errstate(over="ignore", invalid="ignore"):
        mean = runs.mean(axis=0)  # (T,)
        spread = runs.std(axis=0)
    finite = np.isfinite(mean) & np.isfinite(spread)
    length = len(mean) if finite.all() else int(np.argmin(finite))
    if length == 0:
        raise ValueError(f"series {label!r} has no finite number to begin with")
    x, mean, spread = x[:length], mean[:length], spread[:length]
    steps, raw = x, mean
    if len(runs) > 1:
        ax.fill_between(x, mean - spread, mean + spread, color=style["color"], alpha=0.2, lw=0)
    if smooth > 1:
        if smooth > length:
            raise ValueError(f"smooth must be at most the {length} values of {label!r}, got {smooth}")
        ax.plot(x, mean, color=style["color"], lw=0.7, alpha=0.35)
        mean = np.convolve(mean, np.full(smooth, 1 / smooth), mode="valid")
        x = x[smooth - 1 :]
    ax.plot(x, mean, marker="o" if points else None, ms=4, **style)
    return (x, mean) if finite.all() else (steps, raw)


@styled
def cross_validation(
    choices: ArrayLike,
    accuracies: ArrayLike,
    xlabel: str = "k",
    ylabel: str = "accuracy",
    *,
    xscale: str = "linear",
) -> Figure:
    """Draw the accuracy of every fold at every choice, their means, and error bars.

    An error bar is one standard deviation of the folds to each side; the best mean is marked, of
    equal ones the first.

    Parameters
    ----------
    choices : array_like (K,)
        The values that were tried, such as 1, 3, 5 neighbors.
    accuracies : array_like (K, F)
        Row i has the accuracy of each of the F folds at ``choices[i]``.
    xlabel, ylabel : str
    xscale : {"linear", "log"}

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is not one row a choice, a fold is missing, or a number is not finite.

    Examples
    --------
    >>> fig = cross_validation([1, 3, 5], [[0.6, 0.7], [0.7, 0.8], [0.6, 0.6]])

    See the book: ``knn-cross-validation``.
    """
    _refuse_scales(xscale)
    x = floats("choices", choices, 1)
    table = floats("accuracies", accuracies, 2)
    if len(x) == 0 or len(table) != len(x) or table.shape[1] == 0:
        raise ValueError(
            f"accuracies must have one row for each of {len(x)} choices, got shape {table.shape}"
        )
    _refuse_sign("choices", x, xscale)
    fig, ax = figure()
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale)
    mean, spread = table.mean(axis=1), table.std(axis=1)  # (K,)
    color = line_style(0)["color"]
    ax.plot(np.repeat(x, table.shape[1]), table.reshape(-1), "o", ms=4, color=MUTED, alpha=0.6, mew=0)
    order = np.argsort(x, kind="stable")
    ax.errorbar(x[order], mean[order], spread[order], color=color, marker="o", ms=5, lw=2, elinewidth=1.2,
                capsize=3)  # fmt: skip
    _write_ticks(ax)
    best = int(mean.argmax())
    ax.plot(x[best], mean[best], "o", ms=9, mfc="none", mec=ACCENT, mew=2, zorder=4)
    top = max(table[best].max(), mean[best] + spread[best])
    ax.annotate(
        f"best: {xlabel} = {plain_number(x[best], 6)}, mean {plain_number(mean[best])}",
        (x[best], top), (0, 8),
        textcoords="offset points", color=ACCENT, **_beside(ax, x[best]),
    )  # fmt: skip
    low, high = ax.get_ylim()
    ax.set_ylim(low, high + 0.12 * (high - low))
    return fig  # type: ignore[no-any-return]


def _beside(ax: Any, x: float) -> dict[str, str]:
    """Return the alignment that keeps words at x inside the axes."""
    ax.get_xlim()  # brings the limits up to date
    share = ax.transLimits.transform(ax.transScale.transform((x, 1)))[0]
    return {"ha": "left" if share < 0.35 else "right" if share > 0.65 else "center"}


def _runs(label: str, given: Any) -> tuple[Array, Array]:
    """Return steps (T,) and runs (R, T) of one entry of `curves`; values need not be finite."""
    x, values = given if isinstance(given, tuple) and len(given) == 2 else (None, given)
    runs = np.asarray(values)
    if runs.dtype.kind not in "biuf":
        raise TypeError(f"series {label!r} must hold real numbers, not {runs.dtype}")
    runs = np.atleast_2d(runs.astype(np.float64))  # (R, T)
    if runs.ndim != 2 or runs.size == 0:
        raise ValueError(
            f"series {label!r} must be (T,) or (R, T) and not empty, got shape {np.shape(values)}"
        )
    steps = np.arange(runs.shape[1]) if x is None else floats(f"x of {label!r}", x, 1)
    if len(steps) != runs.shape[1]:
        raise ValueError(f"series {label!r} has {runs.shape[1]} values for {len(steps)} places on the x axis")
    return steps, runs


def _curve(label: str, given: tuple[ArrayLike, ArrayLike]) -> tuple[Array, Array]:
    x, runs = _runs(label, given)
    if len(runs) != 1:
        raise ValueError(f"series {label!r} must be one curve, got {len(runs)}")
    return x, runs[0]


def _refuse_scales(*scales: str) -> None:
    for scale in scales:
        if scale not in _SCALES:
            raise ValueError(f"a scale must be one of {', '.join(_SCALES)}, got {scale!r}")


def _refuse_sign(label: str, values: Array, scale: str) -> None:
    if scale == "log" and values.size and values.min() <= 0:
        raise ValueError(f"{label!r} has {values.min():g}, which a logarithmic axis cannot show")
