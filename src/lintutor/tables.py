"""Tables of computed values: HTML on the page, plain text in a terminal.

Book: every chapter.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import numpy as np

__all__ = ["Table"]


class Table:
    """Rows of computed values, shown as a table on the page and as text in a terminal.

    Parameters
    ----------
    header : sequence of str
    rows : iterable of sequences
        Strings stand as they are; floats are written with `digits` significant digits.
    caption : str
        One sentence: what to see.
    digits : int

    Examples
    --------
    >>> Table(["class", "score"], [["cat", 3.2]], caption="One score.")
    class  score
    cat    3.2
    """

    def __init__(
        self, header: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "", digits: int = 4
    ) -> None:
        self.header = list(header)
        self.rows = [[self._text(cell, digits) for cell in row] for row in rows]
        self.caption = caption
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"a row has {len(row)} cells for {len(self.header)} columns: {row}")

    @staticmethod
    def _text(cell: Any, digits: int) -> str:
        if isinstance(cell, (float, np.floating)):
            return f"{float(cell) + 0.0:.{digits}g}"
        return str(cell)

    def __repr__(self) -> str:
        every = [self.header, *self.rows]
        widths = [max(len(row[k]) for row in every) for k in range(len(self.header))]
        return "\n".join(
            "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in every
        )

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in self.header)
        body = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in self.rows
        )
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        return (
            f'<div class="lt-table"><table class="table">{caption}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
