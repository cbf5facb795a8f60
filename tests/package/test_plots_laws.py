"""What holds for every figure: the same file every time, words as text, none over another, no trace left."""

import itertools
import re
from functools import cache

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import _pylab_helpers
from matplotlib.text import Text

from lintutor import plots
from lintutor.sphinxext import closure, listing, svg

NAMES = ["cat", "car", "frog"]
rng = np.random.default_rng(0)
LABELS = np.arange(45) % 3
POINTS = np.array([[0, 0], [2.2, 0.4], [0.8, 2.1]])[LABELS] + 0.5 * rng.normal(size=(45, 2))
WEIGHTS, BIAS = np.array([[-1.0, 1, 0], [-0.6, -0.3, 1]]), np.array([1.5, -0.6, -1])
GRID = np.linspace(-2, 2, 41)
TABLE = np.array([[0.31, 0.38, 0.2], [0.29, np.nan, np.inf]])
PROBABILITIES = rng.dirichlet(np.ones(3), 60)
HISTORY = 0.3 + 2 * np.exp(-0.02 * np.arange(200)) + 0.05 * rng.normal(size=200)
DIVERGED = np.where(np.arange(200) < 20, 3.0 * 1.2 ** np.arange(200), np.inf)
SERIES = {"rate 0.1": HISTORY, "rate 0.01": HISTORY + 0.02, "rate 9": DIVERGED}
ACCURACIES = 0.3 + 0.02 * rng.normal(size=(5, 4))
TEMPLATES = rng.normal(size=(17, 3))
GLYPHS = np.array([[3.5, 3.5, 0.0, 1.0], [11.5, 3.5, 1.57, 0.5], [3.5, 11.5, 0.8, 0.0]])


def scores(points):
    return points @ WEIGHTS + BIAS


def predict(points):
    return scores(points).argmax(axis=1)


def bowl(W):
    return W[0] ** 2 + 9 * W[1] ** 2


GALLERY = {
    "bars": lambda: plots.bars(
        {"a": 0.3, "b": 0.5}, "accuracy", errors={"b": 0.1}, reference=(0.1, "chance")
    ),
    "bars by class": lambda: plots.bars(dict(zip(NAMES, (1.2, 0.5, 2), strict=True)), "loss", by_class=True),
    "confusion": lambda: plots.confusion(LABELS, np.roll(LABELS, 2), NAMES),
    "cross_validation": lambda: plots.cross_validation([1, 3, 10, 30, 100], ACCURACIES, xscale="log"),
    "curves": lambda: plots.curves(SERIES, smooth=10, ylim=(0, 4)),
    "curves, logarithmic": lambda: plots.curves({"a": (10.0 ** -np.arange(9), HISTORY[:9])}, xscale="log"),
    "curves, runs": lambda: plots.curves({"five runs": HISTORY.reshape(5, 40)}, yscale="log"),
    "decision_regions": lambda: plots.decision_regions(predict, POINTS, LABELS, NAMES, scores=scores),
    "decision_regions, three": lambda: plots.decision_regions(
        [predict] * 3, POINTS, LABELS, NAMES, ["K = 1", "K = 5", "K = 15"], resolution=60
    ),
    "heat_map": lambda: plots.heat_map(TABLE, [1e3, 1e-1], [1e-7, 1e-5, 1.0]),
    "histogram": lambda: plots.histogram({"near": HISTORY[:99], "far": HISTORY[99:]}, "distance"),
    "hog_glyphs": lambda: plots.hog_glyphs(GLYPHS, np.zeros((16, 16), dtype=np.uint8)),
    "image_grid": lambda: plots.image_grid(np.zeros((2, 8, 8)), ["zero", "one"]),
    "lines": lambda: plots.lines([(GRID, GRID, "up"), (GRID, GRID + 0.01, "nearly")], "x", "y"),
    "loss_plane": lambda: plots.loss_plane(bowl, [0, 0], [1, 0], [0, 1], path=[[0.9, 0.5], [0.4, 0.1]]),
    "loss_plane, balls": lambda: plots.loss_plane(bowl, [0, 0], [1, 0], [0, 1], balls=[(1, 0.5), (2, 0.5)]),
    "loss_plane, two": lambda: plots.loss_plane(
        bowl,
        [0, 0],
        [1, 0],
        [0, 1],
        path={"plain": [[0.9, 0.5], [0.4, 0.1]], "momentum": [[0.9, 0.5], [-0.4, 0]]},
    ),
    "loss_slice": lambda: plots.loss_slice(bowl, [0.5, 0.0], [1.0, 0.0]),
    "margin_lines": lambda: plots.margin_lines([1.0, 0.3], -1.0, POINTS, LABELS.clip(max=1), NAMES),
    "margin_picture": lambda: plots.margin_picture([3.2, 5.1, -1.7], 0, class_names=NAMES),
    "one_weight": lambda: plots.one_weight(GRID, [abs(GRID), abs(GRID - 1), 1 + GRID / 2], NAMES, now=0.3),
    "reliability_diagram": lambda: plots.reliability_diagram({"a": PROBABILITIES}, np.arange(60) % 3),
    "scatter": lambda: plots.scatter(POINTS, LABELS, NAMES),
    "score_half_planes": lambda: plots.score_half_planes(WEIGHTS, BIAS, POINTS, LABELS, NAMES),
    "templates": lambda: plots.templates(TEMPLATES, (4, 4), NAMES),
    "unit_balls": lambda: plots.unit_balls(),
}


@cache
def file_of(draw):
    """Return the SVG of a figure, drawn once for all tests that only read it."""
    return draw()._repr_svg_()


every_figure = pytest.mark.parametrize("draw", GALLERY.values(), ids=GALLERY.keys())


def test_the_gallery_has_a_figure_of_every_kind():
    drawn = {name.split(",")[0].split(" ")[0] for name in GALLERY}
    not_drawing = {
        "ACCENT",
        "MUTED",
        "circuit",
        "class_color",
        "class_marker",
        "figure",
        "line_style",
        "log_ticks",
    }
    assert drawn == set(plots.__all__) - not_drawing


@every_figure
def test_the_same_figure_is_the_same_file_whatever_the_readers_settings(draw):
    first = file_of(draw)
    with mpl.rc_context({"font.size": 30, "axes.grid": True, "svg.fonttype": "path", "lines.linewidth": 9}):
        assert draw()._repr_svg_() == first


@every_figure
def test_no_trace_is_left_in_matplotlib(draw):
    before = dict(mpl.rcParams)
    draw()._repr_svg_()
    assert dict(mpl.rcParams) == before
    assert not _pylab_helpers.Gcf.figs


@every_figure
def test_text_is_text_and_large_enough_on_a_phone(draw):
    source = file_of(draw)
    assert "<text" in source
    assert "DejaVuSans-" not in source, "a glyph was drawn as a path"
    width = float(re.search(r'viewBox="0 0 ([\d.]+) ', source)[1])  # points
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: (?:[\w ]+ )?([\d.]+)px", source)]
    assert min(sizes) * 358 / width >= 9  # a phone of 390 pixels leaves 358 to a figure


@every_figure
def test_no_word_leaves_the_figure_or_covers_another_one(draw, monkeypatch):
    fig, drawn, plain = draw(), set(), Text.draw
    fig.draw_without_rendering()
    monkeypatch.setattr(Text, "draw", lambda text, renderer: drawn.add(text) or plain(text, renderer))
    fig.draw_without_rendering()  # ticks out of sight exist, but are not drawn
    words = sorted((text for text in drawn if text.get_text()), key=Text.get_text)
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in words]
    for text, box in boxes:
        assert box.x0 >= fig.bbox.x0 - 1, text
        assert box.x1 <= fig.bbox.x1 + 1, text
        assert box.y0 >= fig.bbox.y0 - 1, text
        assert box.y1 <= fig.bbox.y1 + 1, text
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        up = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across < 1 or up < 4, f"{one!r} and {other!r}"


@every_figure
def test_every_figure_can_stand_in_a_page(draw):
    inside = svg.inline(file_of(draw), "a figure", "f-")
    assert 'role="img"' in inside
    assert "font-family" not in inside


@every_figure
def test_a_figure_can_be_saved_as_a_bitmap(draw, tmp_path):
    draw().savefig(tmp_path / "figure.png", dpi=40)
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")


def test_a_failure_leaves_no_trace_either():
    before = dict(mpl.rcParams)
    with pytest.raises(ValueError, match="class 0"):
        plots.scatter([[0.0, 1.0]], [10])
    assert dict(mpl.rcParams) == before


def test_arguments_may_be_read_only_integers_or_strided_and_are_never_changed():
    def spoil(points):
        points[:] = 7  # what a function does to its argument is its own affair
        return np.zeros(len(points), dtype=int)

    points = np.asfortranarray(np.arange(20).reshape(5, 4))[:, ::2]
    labels = np.array([0, 1, 0, 1, 2], dtype=np.uint8)
    weights = np.array([1, 2], dtype=np.int32)
    for array in (points, labels, weights):
        array.setflags(write=False)
    plots.scatter(points, labels)
    plots.decision_regions([spoil, spoil], points, labels, resolution=9)
    plots.margin_lines(weights, 1, points, labels.clip(max=1))
    plots.loss_slice(lambda W: W.fill(0) or 1.0, weights, weights)
    plots.loss_plane(lambda W: float(W.sum()), weights, [1, 0], [0, 1], resolution=5, path=points[:, :2])
    plots.confusion(labels, labels)
    plots.curves({"a": points.T, "b": (weights, labels[:2])})
    assert weights.tolist() == [1, 2]


def test_a_chapter_that_draws_runs_on_every_room_of_the_package():
    rooms = {path.name for path in closure.closure(["lintutor.plots"]) if path.parent.name == "plots"}
    assert {"__init__.py", "style.py", "series.py", "circuits.py"} <= rooms
    assert closure.imported_modules("from lintutor import plots") == {"lintutor", "lintutor.plots"}
    assert "def lines(" in listing.source_without_docstring("lintutor.plots.series.lines")
