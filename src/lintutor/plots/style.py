"""The look of the book's figures: one palette, one style, a figure that draws itself as SVG.

A class keeps its color and its marker in every figure. Text and axes are drawn in black on nothing:
the book turns that black into the color of the page's text, so figures follow its light and dark
themes. What must stay dark or light whatever the page (numbers on a colored cell) is drawn in
`DARK` or `LIGHT`, which the book leaves alone.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from io import StringIO
from typing import Any, ParamSpec, TypeVar

import matplotlib.style as mpl_style
import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Colormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_integers, as_numbers

__all__ = ["ACCENT", "MUTED", "class_color", "class_marker", "figure", "line_style", "log_ticks"]

#: Ten class colors. Readers with any of the three color blindnesses can tell them apart, the first
#: ones best; each stands out from white and from the dark page by at least 3 to 1.
_COLORS = (
    "#d55e00",
    "#2f9bde",
    "#0d745c",
    "#959562",
    "#5a46f4",
    "#bd0888",
    "#985408",
    "#c97a8d",
    "#705ca6",
    "#d7468b",
)
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
ACCENT = "#c9302c"
MUTED = "#8a8f98"
#: Ink for colored ground: not pure, so that the book does not turn it with the page.
DARK, LIGHT = "#010101", "#fefefe"
#: Small figures shrink on a phone: 9.5 points are still 9 pixels there.
SMALL = 9.5
#: What the axes of a plane are called where nobody says more.
FEATURES = ("feature 1", "feature 2")
#: Curves that are not classes have colors of their own.
_LINES = ("#7b68c8", "#b8860b", "#2f8f9d", "#a0522d", "#c2548f", "#66707c")
DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)), (0, (9, 2)))

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

_P = ParamSpec("_P")
_R = TypeVar("_R")


def styled(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run a function in the book's style, whatever the reader's matplotlib is set to."""

    @wraps(draw)
    def in_style(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with mpl_style.context(["default", _STYLE]):
            return draw(*args, **kwargs)

    return in_style


class _BookFigure(Figure):
    """A figure that draws itself as SVG in the style of the book."""

    @styled
    def savefig(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("metadata", {"Date": None})  # no file differs by when it was drawn
        super().savefig(*args, **kwargs)

    def _repr_svg_(self) -> str:
        out = StringIO()
        self.savefig(out, format="svg")
        return out.getvalue()

    def _repr_html_(self) -> None:
        return None  # the SVG is the picture


@styled
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
    fig = _BookFigure(figsize=(width, height), layout="constrained")
    return fig, fig.subplots(rows, columns, **kwargs)


def class_color(c: int) -> str:
    """Return the color of class c, the same in every figure.

    Parameters
    ----------
    c : int
        0 .. 9: more classes than ten cannot be told apart by color.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there is no such class color.

    Examples
    --------
    >>> class_color(0)
    '#d55e00'
    """
    return _COLORS[_class_of("c", c)]


def class_marker(c: int) -> str:
    """Return the marker of class c, so that color never speaks alone.

    Parameters
    ----------
    c : int
        0 .. 9.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there is no such class marker.

    Examples
    --------
    >>> class_marker(0)
    'o'
    """
    return _MARKERS[_class_of("c", c)]


def line_style(k: int) -> dict[str, Any]:
    """Return color and dashes of the k-th curve of a figure, for curves that are not classes.

    Examples
    --------
    >>> line_style(0)["linestyle"]
    '-'
    """
    return {"color": _LINES[k % len(_LINES)], "linestyle": DASHES[k % len(DASHES)]}


def _class_of(name: str, c: int) -> int:
    if not 0 <= c < len(_COLORS):
        raise ValueError(f"{name} must be a class 0..{len(_COLORS) - 1}, got {c}: a figure tells ten apart")
    return int(c)


def classes(name: str, value: ArrayLike, n: int) -> Array:
    """Return labels (N,), one a row and each a class that has a color."""
    labels = as_integers(name, value)
    if len(labels) != n:
        raise ValueError(f"{name} has {len(labels)} labels for {n} rows of X")
    for c in (labels.min(), labels.max()) if n else ():
        _class_of(name, c)
    return labels


def floats(name: str, value: ArrayLike, ndim: int | None = None) -> Array:
    """Return a copy as float64; exact numbers are rounded, since a picture is drawn in floats."""
    return as_numbers(name, value, ndim).astype(np.float64)


def points_in_the_plane(name: str, value: ArrayLike) -> Array:
    """Return points (N, 2), at least one."""
    points = floats(name, value, 2)
    if points.shape[1] != 2 or len(points) == 0:
        raise ValueError(
            f"{name} must be points of a plane, shape (N, 2) and N > 0, got shape {points.shape}"
        )
    return points


def names_of(class_names: Sequence[str] | None, count: int, argument: str = "class_names") -> list[str]:
    """Return one name a class, ``class 0`` and so on where none are given."""
    if class_names is None:
        return [f"class {c}" for c in range(count)]
    if len(class_names) < count:
        raise ValueError(f"{argument} has {len(class_names)} entries for {count} classes")
    return [str(name) for name in class_names]


def axis_names(names: Sequence[str]) -> tuple[str, str]:
    """Return the names of the two axes of a plane."""
    if isinstance(names, str) or len(names) != 2:
        raise ValueError(f"feature_names must be two names, got {names!r}")
    return str(names[0]), str(names[1])


def sequential() -> Colormap:
    """Return the map of heat maps: cividis, even in lightness, the same to color-blind readers.

    Nunez, Anderton and Renslow (2018), "Optimizing colormaps with consideration for color vision
    deficiency", PLOS ONE 13(7).
    """
    return colormaps["cividis"]


def ink_on(color: Any) -> str:
    """Return `DARK` or `LIGHT`, whichever is read better on a color."""
    return DARK if luminance(color) > 0.179 else LIGHT  # there, both have the same contrast


def luminance(color: Any) -> float:
    """Return the relative luminance of a color, 0 to 1, as WCAG 2 defines it."""
    channels = np.array(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def log_ticks(axis: Any) -> None:
    """Write the ticks of a logarithmic axis at full size: 1, 10, 100 and then powers of ten.

    Parameters
    ----------
    axis : matplotlib Axis
        ``ax.xaxis`` or ``ax.yaxis`` with its scale and limits set.

    Examples
    --------
    >>> fig, ax = figure()
    >>> ax.set(xscale="log", xlim=(1e-8, 1)) and log_ticks(ax.xaxis)
    >>> ax.xaxis.get_major_formatter()(1e-4)
    '10⁻⁴'
    """
    low, high = sorted(axis.get_view_interval())
    wide = np.log10(high / low) >= 2
    axis.set_major_locator(LogLocator(subs=(1.0,) if wide else (1.0, 2.0, 5.0), numticks=7))
    axis.set_major_formatter(FuncFormatter(lambda value, _: _power(value)))
    axis.set_minor_formatter(NullFormatter())


def _power(value: float) -> str:
    exponent = int(np.floor(np.log10(value) + 1e-9))
    if -3 <= exponent <= 3:
        return f"{value:g}"
    leading = round(value / 10.0**exponent)
    factor = "" if leading == 1 else f"{leading}\N{MULTIPLICATION SIGN}"
    return f"{factor}10{str(exponent).translate(_RAISED)}"


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def panels(count: int, height: float, **kwargs: Any) -> tuple[Figure, list[Any]]:
    """Return a figure with `count` axes side by side, three a row."""
    columns = min(as_count("panels", count), 3)
    rows = -(-count // columns)
    fig, axes = figure(rows, columns, height=height * rows, squeeze=False, **kwargs)
    for ax in axes.flat[count:]:
        ax.set_axis_off()
    return fig, list(axes.flat[:count])
