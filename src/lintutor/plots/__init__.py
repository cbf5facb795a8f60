"""Figures of the book: one palette, one style, labels on the marks.

Every function returns a matplotlib figure that draws itself as SVG, and shows nothing by itself.
The rooms: `style` (palette, page), `labels` (words on the marks), `hinge`, `series` (curves),
`images`.
"""

from lintutor.plots.hinge import margin_picture, one_weight
from lintutor.plots.images import image_grid, templates
from lintutor.plots.series import cross_validation, curves, lines
from lintutor.plots.style import ACCENT, MUTED, class_color, class_marker, figure, line_style

__all__ = [
    "ACCENT",
    "MUTED",
    "class_color",
    "class_marker",
    "cross_validation",
    "curves",
    "figure",
    "image_grid",
    "line_style",
    "lines",
    "margin_picture",
    "one_weight",
    "templates",
]
