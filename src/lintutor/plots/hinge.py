"""Pictures of the hinge: one example's margins, and the loss over one weight.

Book: chapter 3, "Hinge loss".
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lintutor._check import as_labels, as_scalar
from lintutor.plots.labels import label_curves, mark_minimum, plain_number
from lintutor.plots.style import (
    ACCENT,
    DASHES,
    MUTED,
    class_color,
    class_marker,
    figure,
    floats,
    names_of,
    styled,
)

__all__ = ["margin_picture", "one_weight"]


@styled
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
    scores = floats("s", s, 1)
    y = int(as_labels("y", [y], 1, len(scores))[0])
    as_scalar("delta", delta, minimum=0)
    names = names_of(class_names, len(scores))
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
                f"costs {plain_number(scores[c] - bar, 4)}", ((bar + scores[c]) / 2, height), (0, 7),
                textcoords="offset points", ha="center", color=ACCENT,
            )  # fmt: skip
        elif c != y:
            ax.annotate("costs 0", (scores[c], height), (9, -4), textcoords="offset points")
        ax.plot(scores[c], height, class_marker(c), color=class_color(c), ms=9, zorder=3)
    labels = [f"{names[c]}{' (true)' if c == y else ''}  {plain_number(scores[c], 4)}" for c in rows]
    ax.set_yticks(range(len(rows) - 1, -1, -1), labels)
    ax.set_ylim(-0.6, len(rows) - 0.3)
    ax.set_xlim(scores.min() - 0.12 * reach, scores.max() + 0.15 * reach)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("score (a wrong class right of the dashed line costs)")
    return fig  # type: ignore[no-any-return]


@styled
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
    weights = floats("w", w, 1)
    curves = [floats("hinges", h, 1) for h in hinges]
    if len(labels) != len(curves) or any(len(c) != len(weights) for c in curves):
        lengths = [len(c) for c in curves]
        raise ValueError(f"hinges must be {len(labels)} curves of {len(weights)} values, got {lengths}")
    fig, (top, bottom) = figure(2, 1, height=4.2, sharex=True)
    for k, curve in enumerate(curves):
        top.plot(weights, curve, color=class_color(k), ls=DASHES[k % len(DASHES)])
    mean = np.mean(curves, axis=0)
    bottom.plot(weights, mean, color="black")
    mark_minimum(bottom, weights, mean)
    if now is not None:
        for ax in (top, bottom):
            ax.axvline(now, color=MUTED, ls=":", lw=1.2)
        bottom.annotate("now", (now, mean.max()), (4, -4), textcoords="offset points", color=MUTED)
    label_curves(top, [(weights, curve, labels[k], class_color(k)) for k, curve in enumerate(curves)])
    top.set_ylabel("loss of one\nexample")
    bottom.set_ylabel("mean loss")
    bottom.set_xlabel(f"weight {name}")
    return fig  # type: ignore[no-any-return]
