"""Figures of the book: one palette, one style, labels on the marks.

A class keeps its color and its marker in every figure. Text and axes are drawn in black on nothing;
the book turns that black into the color of the page's text, so figures follow its light and dark
themes. Every function returns a matplotlib figure and shows nothing by itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import as_labels, as_numbers, as_scalar

__all__ = [
    "ACCENT",
    "MUTED",
    "class_color",
    "class_marker",
    "figure",
    "image_grid",
    "line_style",
    "lines",
    "margin_picture",
    "one_weight",
    "templates",
]

#: Ten class colors that color-blind readers can tell apart and that hold on white and on black.
_COLORS = (
    "#d55e00",
    "#2b83c6",
    "#009e73",
    "#cc79a7",
    "#b8860b",
    "#7b68c8",
    "#56a0a8",
    "#a0522d",
    "#8a9a2b",
    "#808080",
)
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
ACCENT = "#c9302c"
MUTED = "#8a8f98"
#: Curves that are not classes have colors of their own.
_LINES = ("#7b68c8", "#b8860b", "#2f8f9d", "#a0522d")
_DASHES = ("-", "--", "-.", ":")

_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",  # text stays text: it takes the page's font and can be searched
    "svg.hashsalt": "lintutor",  # the same figure gives the same file
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "savefig.transparent": True,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.labelsize": 11,
    "font.size": 11,
    "font.family": "DejaVu Sans",
    "legend.frameon": False,
    "lines.linewidth": 2,
    "figure.dpi": 100,
}


def figure(rows: int = 1, columns: int = 1, width: float = 5.0, height: float = 2.8, **kwargs: Any) -> Any:
    """Return ``(figure, axes)`` in the style of the book.

    Parameters
    ----------
    rows, columns : int
        Grid of axes.
    width, height : float
        Size in inches; 5.0 stays readable when a phone shrinks it.
    **kwargs
        Passed to ``Figure.subplots``.

    Returns
    -------
    figure : matplotlib Figure
        Not known to pyplot, so nothing has to be closed.
    axes : matplotlib Axes, or an array of them

    Examples
    --------
    >>> fig, axes = figure(1, 2)
    >>> axes.shape
    (2,)
    """
    with mpl.rc_context(_STYLE):
        fig = _BookFigure(figsize=(width, height), layout="constrained")
        axes = fig.subplots(rows, columns, **kwargs)
    return fig, axes


class _BookFigure(Figure):
    """A figure that draws itself as SVG in the style of the book."""

    def savefig(self, *args: Any, **kwargs: Any) -> None:
        with mpl.rc_context(_STYLE):
            super().savefig(*args, metadata={"Date": None}, **kwargs)

    def _repr_svg_(self) -> str:
        from io import StringIO

        out = StringIO()
        self.savefig(out, format="svg")
        return out.getvalue()

    def _repr_html_(self) -> None:
        return None  # the SVG is the picture


def class_color(c: int) -> str:
    """Return the color of class c, the same in every figure; ten of them, then again.

    Examples
    --------
    >>> class_color(0) == class_color(10)
    True
    """
    return _COLORS[c % len(_COLORS)]


def class_marker(c: int) -> str:
    """Return the marker of class c, so that color never speaks alone.

    Examples
    --------
    >>> class_marker(0)
    'o'
    """
    return _MARKERS[c % len(_MARKERS)]


def line_style(k: int) -> dict[str, Any]:
    """Return color and dashes of the k-th curve of a figure, for curves that are not classes.

    Examples
    --------
    >>> line_style(0)["linestyle"]
    '-'
    """
    return {"color": _LINES[k % len(_LINES)], "linestyle": _DASHES[k % len(_DASHES)]}


def margin_picture(
    s: ArrayLike, y: int, delta: float = 1.0, class_names: Sequence[str] | None = None
) -> Figure:
    """Draw scores on a line, the margin below the true score, and each hinge as a bar.

    Parameters
    ----------
    s : array_like (C,)
    y : int
        True class.
    delta : float
    class_names : sequence of str, optional

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If y is not one of the classes.

    Examples
    --------
    >>> fig = margin_picture([3.2, 5.1, -1.7], 0, class_names=["cat", "car", "frog"])

    See the book: ``hinge-definition``.
    """
    scores = as_numbers("s", s, 1)
    y = int(as_labels("y", [y], 1, len(scores))[0])
    as_scalar("delta", delta, minimum=0)
    names = class_names or [f"class {c}" for c in range(len(scores))]
    fig, ax = figure(height=2.6)
    bar = scores[y] - delta  # a wrong score above this costs
    reach = scores.max() - scores.min() + delta
    ax.axvspan(bar, scores.max() + 0.15 * reach, color=ACCENT, alpha=0.10, lw=0)
    ax.axvline(bar, color=ACCENT, lw=1.2, ls="--")
    rows = [y, *(c for c in range(len(scores)) if c != y)]
    for row, c in enumerate(rows):
        height = len(rows) - 1 - row
        if c != y and scores[c] > bar:
            ax.plot([bar, scores[c]], [height, height], color=ACCENT, lw=6, solid_capstyle="butt")
            ax.annotate(
                f"costs {scores[c] - bar:.4g}", ((bar + scores[c]) / 2, height), (0, 7),
                textcoords="offset points", ha="center", color=ACCENT,
            )  # fmt: skip
        elif c != y:
            ax.annotate("costs 0", (scores[c], height), (9, -4), textcoords="offset points")
        ax.plot(scores[c], height, class_marker(c), color=class_color(c), ms=9, zorder=3)
    labels = [f"{names[c]}{' (true)' if c == y else ''}  {scores[c]:.4g}" for c in rows]
    ax.set_yticks(range(len(rows) - 1, -1, -1), labels)
    ax.set_ylim(-0.6, len(rows) - 0.3)
    ax.set_xlim(scores.min() - 0.12 * reach, scores.max() + 0.15 * reach)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("score (right of the dashed line, a wrong class costs)")
    return fig  # type: ignore[no-any-return]


def one_weight(
    w: ArrayLike,
    hinges: Sequence[ArrayLike],
    labels: Sequence[str],
    name: str = "w",
    now: float | None = None,
) -> Figure:
    """Draw the losses of several examples over one weight, and below them their mean.

    Parameters
    ----------
    w : array_like (P,)
        Values of the weight, rising.
    hinges : sequence of array_like (P,)
        One curve an example, in the order of the classes they show.
    labels : sequence of str
        One an example.
    name : str
        What the weight is called.
    now : float, optional
        Where the weight stands; marked by a dotted line.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If a curve has another length than w, or there is not one label a curve.

    Examples
    --------
    >>> fig = one_weight([0.0, 1.0], [[1.0, 0.0]], ["first"], now=0.5)

    See the book: ``hinge-piecewise-linear``.
    """
    weights = as_numbers("w", w, 1)
    curves = [as_numbers("hinges", h, 1) for h in hinges]
    if len(labels) != len(curves) or any(len(c) != len(weights) for c in curves):
        lengths = [len(c) for c in curves]
        raise ValueError(f"hinges must be {len(labels)} curves of {len(weights)} values, got {lengths}")
    fig, (top, bottom) = figure(2, 1, height=4.2, sharex=True)
    for k, (curve, label) in enumerate(zip(curves, labels, strict=True)):
        top.plot(weights, curve, color=class_color(k), ls=_DASHES[k % 4])
        end = -1 if curve[-1] > curve[0] else 0
        top.annotate(
            label, (weights[end], curve[end]), (-4 if end else 4, 4), textcoords="offset points",
            ha="right" if end else "left", color=class_color(k),
        )  # fmt: skip
    mean = np.mean(curves, axis=0)
    bottom.plot(weights, mean, color="black")
    _mark_minimum(bottom, weights, mean)
    if now is not None:
        for ax in (top, bottom):
            ax.axvline(now, color=MUTED, ls=":", lw=1.2)
        bottom.annotate("now", (now, mean.max()), (4, -4), textcoords="offset points", color=MUTED)
    top.set_ylabel("loss of one\nexample")
    bottom.set_ylabel("mean loss")
    bottom.set_xlabel(f"weight {name}")
    return fig  # type: ignore[no-any-return]


def _mark_minimum(ax: Any, x: Any, values: Any) -> None:
    """Mark where a convex curve is lowest: a point, or a whole flat stretch."""
    lowest = x[values <= values.min() + 1e-9 * max(1.0, float(np.ptp(values)))]
    left, right = lowest[0], lowest[-1]
    ax.plot([left, right], [values.min()] * 2, "-o", color=ACCENT, ms=7, lw=3)
    where = f"lowest at {left:.3g}" if left == right else f"lowest from {left:.3g} to {right:.3g}"
    ax.annotate(
        where, ((left + right) / 2, values.min()), (0, -8),
        textcoords="offset points", ha="center", va="top", color=ACCENT,
    )  # fmt: skip
    ax.set_ylim(values.min() - 0.25 * np.ptp(values), None)


def lines(
    curves: Iterable[tuple[ArrayLike, ArrayLike, str]],
    xlabel: str,
    ylabel: str,
) -> Figure:
    """Draw curves with their names at their right ends.

    Parameters
    ----------
    curves : iterable of (x, y, label)
    xlabel, ylabel : str
        With units.

    Returns
    -------
    matplotlib Figure

    Examples
    --------
    >>> fig = lines([([0, 1], [2.0, 1.0], "training")], "step", "loss")
    """
    fig, ax = figure()
    for k, (x, values, label) in enumerate(curves):
        across, up = np.asarray(x), np.asarray(values)
        ax.plot(across, up, **line_style(k))
        ax.annotate(
            label, (across[-1], up[-1]), (5, 0), textcoords="offset points", va="center",
            color=line_style(k)["color"], annotation_clip=False,
        )  # fmt: skip
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    return fig  # type: ignore[no-any-return]


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
