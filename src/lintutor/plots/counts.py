"""Numbers side by side: bars, histograms, and whether probabilities mean what they say.

Book: chapters 1, 4, 5 and 9.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count, as_labels, as_scalar
from lintutor.plots.labels import label_curves, label_ends, plain_number
from lintutor.plots.style import MUTED, SMALL, class_color, figure, floats, line_style, styled

__all__ = ["bars", "histogram", "reliability_diagram"]


@styled
def bars(
    values: Mapping[str, float],
    xlabel: str,
    *,
    errors: Mapping[str, float] | None = None,
    reference: tuple[float, str] | None = None,
    by_class: bool = False,
    digits: int = 3,
) -> Figure:
    """Draw one bar a name, from above in the order given, its number beside it.

    Parameters
    ----------
    values : mapping of name to number
    xlabel : str
        What the numbers are, with units.
    errors : mapping of name to number, optional
        Half the length of an error bar, such as a standard deviation; names may be left out.
    reference : (number, str), optional
        A dotted line to compare with, such as ``(0.1, "chance")``.
    by_class : bool
        The bars are the classes 0, 1, ... and take their colors.
    digits : int
        Significant digits of the numbers.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is no bar, a number is not finite, an error is negative or belongs to no bar.

    Examples
    --------
    >>> fig = bars({"nearest neighbor": 0.27, "softmax": 0.39}, "accuracy", reference=(0.1, "chance"))

    See the book: ``feat-why``.
    """
    names, lengths = [str(name) for name in values], floats("values", list(values.values()), 1)
    if not names:
        raise ValueError("values must hold at least one bar, it is empty")
    strangers = [name for name in errors or {} if name not in values]
    if strangers:
        raise ValueError(f"errors has {strangers[0]!r}, which is none of the bars")
    spreads = np.array(
        [float(as_scalar("errors", (errors or {}).get(name, 0), minimum=0)) for name in values]
    )
    as_count("digits", digits)
    fig, ax = figure(height=0.8 + 0.36 * len(names))
    rows = np.arange(len(names))
    colors = [class_color(c) if by_class else line_style(0)["color"] for c in range(len(names))]
    ax.barh(rows, lengths, height=0.68, color=colors)
    shown = spreads > 0
    ax.errorbar(lengths[shown], rows[shown], xerr=spreads[shown], fmt="none", ecolor="black", elinewidth=1.2,
                capsize=3)  # fmt: skip
    for row, value, spread in zip(rows, lengths, spreads, strict=True):
        ax.annotate(
            plain_number(value, digits), (max(value + spread, 0), row), (5, 0), textcoords="offset points",
            va="center", annotation_clip=False,
        )  # fmt: skip
    if reference is not None:
        _draw_reference(ax, *reference)
    ax.set_yticks(rows, names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(xlabel)
    return fig  # type: ignore[no-any-return]


def _draw_reference(ax: Any, value: float, name: str) -> None:
    """Draw a dotted line at a value and write its name above the bars."""
    ax.axvline(float(as_scalar("reference", value)), color="black", ls=":", lw=1.4)
    ax.annotate(
        name, (value, 1), (0, 2), xycoords=("data", "axes fraction"), textcoords="offset points",
        ha="center", va="bottom", fontsize=SMALL,
    )  # fmt: skip


@styled
def histogram(
    samples: Mapping[str, ArrayLike] | ArrayLike,
    xlabel: str,
    *,
    bins: int = 30,
    ylabel: str = "share of the values",
) -> Figure:
    """Draw how often values occur: one outline a sample, over common bins, each with its name.

    Parameters
    ----------
    samples : array_like (N,), or mapping of name to array_like
        At most four, or nobody could follow them.
    xlabel : str
        What the values are, with units.
    bins : int
        How many there are over the range of all samples.
    ylabel : str

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If a sample is empty or not finite, or there are none or more than four.

    Examples
    --------
    >>> fig = histogram({"near": [1.0, 2.0, 2.0], "far": [8.0, 9.0, 9.5]}, "distance", bins=5)

    See the book: ``knn-curse-of-dimensionality``.
    """
    named = samples if isinstance(samples, Mapping) else {"": samples}
    if not 1 <= len(named) <= 4:
        raise ValueError(f"samples must be one to four, got {len(named)}")
    drawn = {label: floats(_sample_name(label), v, 1) for label, v in named.items()}
    empty = [label for label, sample in drawn.items() if len(sample) == 0]
    if empty:
        raise ValueError(f"{_sample_name(empty[0])} has no values")
    edges = np.histogram_bin_edges(np.concatenate(list(drawn.values())), as_count("bins", bins))
    fig, ax = figure()
    named_steps = []
    for k, (label, sample) in enumerate(drawn.items()):
        share = np.histogram(sample, edges)[0] / len(sample)  # (bins,)
        style = line_style(k)
        ax.stairs(share, edges, fill=True, color=style["color"], alpha=0.22)
        ax.stairs(share, edges, color=style["color"], linestyle=style["linestyle"], lw=1.6)
        named_steps.append((np.repeat(edges, 2)[1:-1], np.repeat(share, 2), label, style["color"]))
    ax.set_ylim(0, 1.12 * ax.dataLim.y1)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    label_curves(ax, [steps for steps in named_steps if steps[2]])
    return fig  # type: ignore[no-any-return]


def _sample_name(label: str) -> str:
    return f"samples {label!r}" if label else "samples"


@styled
def reliability_diagram(
    probabilities: Mapping[str, ArrayLike] | ArrayLike, y: ArrayLike, *, bins: int = 10
) -> Figure:
    """Draw how often a prediction is right against how sure it was; honest ones lie on the diagonal.

    A prediction is the class of the highest probability, its confidence that probability. Below
    stands how many predictions fell into each bin.

    Parameters
    ----------
    probabilities : array_like (N, C), or mapping of name to array_like (N, C)
        Rows that sum to one; one curve each, at most four.
    y : array_like (N,) of int
        True classes.
    bins : int
        Of equal width, over confidences 0 to 1.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is no example, a row is no distribution, or a label is none of the classes.

    Examples
    --------
    >>> fig = reliability_diagram([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]], [0, 1, 1])

    See the book: ``softmax-lambda-diffuse``. Source: DeGroot and Fienberg (1983), "The comparison and
    evaluation of forecasters".
    """
    named = probabilities if isinstance(probabilities, Mapping) else {"": probabilities}
    if not 1 <= len(named) <= 4:
        raise ValueError(f"probabilities must be one to four sets, got {len(named)}")
    edges = np.linspace(0, 1, as_count("bins", bins) + 1)
    fig, (top, bottom) = figure(2, 1, height=4.4, sharex=True, height_ratios=[3, 1])
    top.plot([0, 1], [0, 1], color=MUTED, ls=":", lw=1.6)
    ends = [(1.0, 1.0, "honest", MUTED)]
    for k, (label, table) in enumerate(named.items()):
        sure, right = _confidence(table, y)  # (N,) each
        places = np.clip(np.digitize(sure, edges) - 1, 0, bins - 1)  # (N,)
        counts = np.bincount(places, minlength=bins)  # (bins,)
        used = counts > 0
        x = np.bincount(places, sure, minlength=bins)[used] / counts[used]  # mean confidence
        accuracy = np.bincount(places, right, minlength=bins)[used] / counts[used]
        style = line_style(k)
        top.plot(x, accuracy, clip_on=False, marker="o", ms=5, **style)
        bottom.stairs(counts, edges, color=style["color"], linestyle=style["linestyle"], lw=1.6)
        if label:
            ends.append((float(x[-1]), float(accuracy[-1]), label, style["color"]))
    top.set(xlim=(0, 1), ylim=(0, 1), ylabel="share that is right")
    bottom.set(xlabel="confidence", ylabel="count")
    label_ends(top, ends)
    return fig  # type: ignore[no-any-return]


def _confidence(probabilities: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return how sure each prediction is (N,) and whether it is right (N,), 0 or 1."""
    table = floats("probabilities", probabilities, 2)
    if table.size == 0:
        raise ValueError(f"probabilities must be (N, C) with N, C > 0, got shape {table.shape}")
    if table.min() < 0 or np.abs(table.sum(axis=1) - 1).max() > 1e-4:
        raise ValueError("probabilities must be at least 0 and sum to one in every row")
    labels = as_labels("y", y, *table.shape)
    return table.max(axis=1), (table.argmax(axis=1) == labels).astype(np.float64)
