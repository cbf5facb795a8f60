"""Figures of the book: one palette, one style, labels on the marks.

Every function returns a figure that draws itself as SVG, and shows nothing by itself. The rooms:
`style` (palette, page), `labels` (words on the marks), `hinge`, `series` (curves), `images`,
`plane` and `regions` (points, decision regions), `linear` (half-planes, margins), `surfaces` (slices
of a loss), `norms`, `cells` (heat maps), `counts` (bars), `circuits`.
"""

from lintutor.plots.cells import confusion, heat_map
from lintutor.plots.circuits import circuit
from lintutor.plots.counts import bars, histogram, reliability_diagram
from lintutor.plots.hinge import margin_picture, one_weight
from lintutor.plots.images import hog_glyphs, image_grid, templates
from lintutor.plots.linear import margin_lines, score_half_planes
from lintutor.plots.norms import unit_balls
from lintutor.plots.regions import decision_regions, scatter
from lintutor.plots.series import cross_validation, curves, lines
from lintutor.plots.style import ACCENT, MUTED, class_color, class_marker, figure, line_style, log_ticks
from lintutor.plots.surfaces import loss_plane, loss_slice

__all__ = [
    "ACCENT",
    "MUTED",
    "bars",
    "circuit",
    "class_color",
    "class_marker",
    "confusion",
    "cross_validation",
    "curves",
    "decision_regions",
    "figure",
    "heat_map",
    "histogram",
    "hog_glyphs",
    "image_grid",
    "line_style",
    "lines",
    "log_ticks",
    "loss_plane",
    "loss_slice",
    "margin_lines",
    "margin_picture",
    "one_weight",
    "reliability_diagram",
    "scatter",
    "score_half_planes",
    "templates",
    "unit_balls",
]
