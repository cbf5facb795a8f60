"""The shapes of norms: all points at the same distance.

Book: chapters 1 and 5.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lintutor._check import Array, as_scalar
from lintutor.plots.labels import plain_number
from lintutor.plots.style import MUTED, figure, line_style, styled

__all__ = ["ball", "unit_balls"]


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
    orders = [_order("ps", p) for p in ps]
    if not 1 <= len(orders) <= 6:
        raise ValueError(f"ps must be one to six numbers, got {len(orders)}")
    fig, ax = figure(height=3.9)
    for k, p in enumerate(orders):
        x, y = ball(p)
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


def ball(p: float) -> Array:
    """Return the closed curve (2, P) of the points whose L_p norm is one."""
    order = _order("p", p)
    turn = np.linspace(0, np.pi / 2, 181)
    quarter = np.array([np.cos(turn), np.sin(turn)]).clip(0)  # (2, 181)
    if order == np.inf:
        quarter = quarter / quarter.max(axis=0)
    else:
        quarter = quarter ** (2 / order)  # equal turns stay dense near the tips
    return np.concatenate([np.array([[sx], [sy]]) * quarter[:, ::step] for sx, sy, step in _QUARTERS], axis=1)


def _order(name: str, p: float) -> float:
    return np.inf if p == np.inf else float(as_scalar(name, p, minimum=0, strict=True))


def _order_name(p: float) -> str:
    return "p = \N{INFINITY}" if p == np.inf else f"p = {plain_number(p)}"
