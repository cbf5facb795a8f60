"""Tables as pictures: a colored cell for each number, the number written in it.

Book: chapters 7 and 8.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from lintutor._check import Array, as_count
from lintutor.plots.labels import plain_number
from lintutor.plots.style import (
    ACCENT,
    DARK,
    MUTED,
    SMALL,
    classes,
    figure,
    ink_on,
    names_of,
    sequential,
    styled,
)

__all__ = ["confusion", "heat_map"]


@styled
def heat_map(
    table: ArrayLike,
    rows: Sequence[Any],
    columns: Sequence[Any],
    row_name: str = "regularization",
    column_name: str = "learning rate",
    *,
    best: str = "highest",
    digits: int = 3,
    missing: str = "diverged",
) -> Figure:
    """Draw a table of results, such as the accuracies of a grid search, and mark the best cell.

    Parameters
    ----------
    table : array_like (R, C)
        nan or infinity where a run came to nothing.
    rows : sequence (R,)
        Values or names of the rows, from above.
    columns : sequence (C,)
    row_name, column_name : str
    best : {"highest", "lowest", "none"}
        Which cell is marked; of equal ones the first.
    digits : int
        Significant digits of the numbers.
    missing : str
        What is written into a cell without a finite number.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is not one name a row and a column, or `best` is something else.

    Examples
    --------
    >>> fig = heat_map([[0.31, 0.38], [0.29, float("nan")]], [1e-3, 1e-1], [1e-7, 1e-5])

    See the book: ``sgd-hyperparameter-search``.
    """
    values = np.asarray(table)
    if values.dtype.kind not in "biuf":
        raise TypeError(f"table must hold real numbers, not {values.dtype}")
    if values.shape != (len(rows), len(columns)) or values.size == 0:
        raise ValueError(f"table must be ({len(rows)}, {len(columns)}), got shape {values.shape}")
    if best not in ("highest", "lowest", "none"):
        raise ValueError(f"best must be highest, lowest or none, got {best!r}")
    as_count("digits", digits)
    values = np.where(np.isfinite(values), values, np.nan).astype(np.float64)
    texts = [[missing if np.isnan(v) else plain_number(v, digits) for v in row] for row in values]
    fig, ax = figure(height=0.9 + 0.42 * len(rows))
    _draw_cells(ax, values, texts)
    if best != "none" and not np.isnan(values).all():
        place = np.nanargmax(values) if best == "highest" else np.nanargmin(values)
        row, column = np.unravel_index(place, values.shape)
        _mark_cell(ax, int(row), int(column))
    _name_sides(ax, rows, columns, row_name, column_name)
    return fig  # type: ignore[no-any-return]


@styled
def confusion(y: ArrayLike, predicted: ArrayLike, class_names: Sequence[str] | None = None) -> Figure:
    """Draw how often each class was taken for each other one.

    A cell holds a count and is colored by its share of its row, so that rare classes show too.

    Parameters
    ----------
    y : array_like (N,) of int
        True classes 0 .. 9.
    predicted : array_like (N,) of int
    class_names : sequence of str, optional

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError, TypeError
        If there is no example, y and predicted differ in length, or there are more than ten classes.

    Examples
    --------
    >>> fig = confusion([0, 0, 1], [0, 1, 1], ["cat", "dog"])

    See the book: ``sgd-linear-svm-softmax``.
    """
    guesses = np.asarray(predicted)
    true = classes("y", y, len(guesses))
    guesses = classes("predicted", guesses, len(true))
    if len(true) == 0:
        raise ValueError("y has no labels: there is nothing to count")
    count = 1 + max(int(true.max()), int(guesses.max()), len(class_names or ()) - 1)
    names = names_of(class_names, count)
    table = np.zeros((count, count), dtype=np.int64)
    np.add.at(table, (true, guesses), 1)
    totals = table.sum(axis=1, keepdims=True)  # (C, 1)
    shares = table / np.where(totals > 0, totals, 1)
    fig, ax = figure(height=1.5 + 0.33 * count)
    _draw_cells(ax, shares, [[str(n) for n in row] for row in table])
    for c in range(count):
        ax.texts[c * count + c].set_fontweight("bold")  # where prediction and truth agree
    _name_sides(ax, names, names, "true class", "predicted class")
    return fig  # type: ignore[no-any-return]


def _draw_cells(ax: Any, values: Array, texts: Sequence[Sequence[str]]) -> None:
    """Draw each cell in the color of its value with its text on it, gray where there is no value."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    width = max(len(text) for row in texts for text in row)
    size = SMALL if width * values.shape[1] > 36 else 11
    for row, column in np.ndindex(values.shape):
        value = values[row, column]
        color = (
            MUTED if np.isnan(value) else sequential()(0.5 if high == low else (value - low) / (high - low))
        )
        ax.add_patch(_cell(row, column, facecolor=color, edgecolor="white", linewidth=1.5))
        ax.text(column, row, texts[row][column], ha="center", va="center", color=ink_on(color), fontsize=size)
    ax.set_xlim(-0.5, values.shape[1] - 0.5)
    ax.set_ylim(values.shape[0] - 0.5, -0.5)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def _cell(row: int, column: int, **kwargs: Any) -> Any:
    return Rectangle((column - 0.5, row - 0.5), 1, 1, **kwargs)


def _mark_cell(ax: Any, row: int, column: int) -> None:
    """Edge one cell in the accent, within a dark line so that it stands out on every color."""
    ax.add_patch(_cell(row, column, fill=False, edgecolor=DARK, linewidth=4.6, zorder=3))
    ax.add_patch(_cell(row, column, fill=False, edgecolor=ACCENT, linewidth=3, zorder=4))


def _name_sides(
    ax: Any, rows: Sequence[Any], columns: Sequence[Any], row_name: str, column_name: str
) -> None:
    """Write the names of rows and columns, columns turned where they are long."""
    above = [_written(name) for name in columns]
    turned = max(len(name) for name in above) * len(above) > 42
    ax.set_xticks(range(len(above)), above, rotation=60 if turned else 0, ha="right" if turned else "center",
                  rotation_mode="anchor")  # fmt: skip
    ax.set_yticks(range(len(rows)), [_written(name) for name in rows])
    ax.set_xlabel(column_name)
    ax.set_ylabel(row_name)


def _written(name: Any) -> str:
    return name if isinstance(name, str) else plain_number(name, 6)
