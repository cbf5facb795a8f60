"""Figures show the numbers they were given: read back from what was drawn, and held against peers."""

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix
from sklearn.svm import SVC

from lintutor import plots
from lintutor.graph import Value, describe, to_svg
from lintutor.plots.labels import plain_number
from lintutor.plots.style import log_ticks

rng = np.random.default_rng(1)
LABELS = np.arange(40) % 2
POINTS = np.array([[-2.0, 0.0], [2.0, 1.0]])[LABELS] + 0.6 * rng.normal(size=(40, 2))


def words(fig):
    return [text.get_text() for ax in fig.axes for text in ax.texts]


def way(line):
    return np.column_stack([line.get_xdata(), line.get_ydata()])


def test_the_color_of_a_region_is_the_class_predicted_there():
    asked = []

    def rings(points):
        asked.append(len(points))
        return np.hypot(*points.T).astype(int) % 10

    fig = plots.decision_regions([rings, rings], POINTS, LABELS, resolution=50)
    assert asked == [2500, 2500], "each classifier is asked once, with all points"
    for ax in (ax for ax in fig.axes if ax.images):
        image = ax.images[0]
        left, right, bottom, top = image.get_extent()
        steps = (np.arange(50) + 0.5) / 50
        x, y = np.meshgrid(left + steps * (right - left), bottom + steps * (top - bottom))
        there = np.hypot(x, y).astype(int) % 10
        expected = np.array([[to_rgb(plots.class_color(c)) for c in row] for row in there])
        np.testing.assert_allclose(np.asarray(image.get_array())[..., :3], expected)
        assert image.origin == "lower"


@pytest.mark.parametrize(
    "draw", [plots.scatter, lambda X, y: plots.decision_regions(lambda P: P[:, 0] * 0, X, y)]
)
def test_every_point_is_drawn_in_the_color_and_marker_of_its_class(draw):
    labels = np.arange(40) % 10
    fig = draw(POINTS, labels)
    drawn = {line.get_marker(): line for line in fig.axes[0].lines}
    for c in range(10):
        line = drawn[plots.class_marker(c)]
        np.testing.assert_array_equal(way(line), POINTS[labels == c])
        assert to_hex(line.get_color()) == plots.class_color(c)


def test_regions_of_a_linear_classifier_meet_where_two_scores_tie():
    W, b = np.array([[1.0, -2.0, 0.5], [0.0, 1.0, -1.0]]), np.array([0.1, 0.2, -0.3])
    fig = plots.score_half_planes(W, b)
    borders = np.concatenate([path.vertices for c in fig.axes[0].collections for path in c.get_paths()])
    top = np.sort(borders @ W + b, axis=1)
    np.testing.assert_allclose(top[:, -1], top[:, -2], atol=0.05)
    zero = [way(line) @ W[:, c] + b[c] for c, line in enumerate(fig.axes[0].lines[1::2])]
    np.testing.assert_allclose(zero, 0, atol=1e-9)


def test_support_vectors_are_those_of_a_support_vector_machine():
    machine = SVC(kernel="linear", C=100.0, tol=1e-8).fit(POINTS, LABELS)
    fig = plots.margin_lines(machine.coef_[0], machine.intercept_[0], POINTS, LABELS)
    *levels, _, _, ringed = fig.axes[0].lines
    found = {tuple(point) for point in way(ringed)}
    assert found == {tuple(point) for point in machine.support_vectors_}
    scores = [way(line) @ machine.coef_[0] + machine.intercept_[0] for line in levels]
    np.testing.assert_allclose(scores, [[-1, -1], [0, 0], [1, 1]], atol=1e-9)
    width = 2 / np.linalg.norm(machine.coef_)
    assert f"margin {plain_number(width)} wide, {len(found)} support vectors" in fig.axes[0].get_title()


def test_signed_and_unsigned_labels_give_the_same_margin():
    draw = [plots.margin_lines([1, 0.2], 0, POINTS, y)._repr_svg_() for y in (LABELS, 2 * LABELS - 1)]
    assert draw[0] == draw[1]


def test_a_curve_shows_its_values_and_their_running_mean():
    values = rng.normal(size=50)
    raw, smooth = plots.curves({"a": values}, smooth=5).axes[0].lines
    np.testing.assert_allclose(way(raw), np.column_stack([np.arange(50), values]))
    means = [values[t - 4 : t + 1].mean() for t in range(4, 50)]
    np.testing.assert_allclose(way(smooth), np.column_stack([np.arange(4, 50), means]))


def test_several_runs_are_their_mean_within_one_standard_deviation():
    runs = rng.normal(size=(7, 20))
    ax = plots.curves({"a": runs}).axes[0]
    np.testing.assert_allclose(ax.lines[0].get_ydata(), runs.mean(axis=0))
    edges = ax.collections[0].get_paths()[0].vertices
    for t in range(20):
        at = edges[edges[:, 0] == t, 1]
        assert at.max() == pytest.approx(runs[:, t].mean() + runs[:, t].std())
        assert at.min() == pytest.approx(runs[:, t].mean() - runs[:, t].std())


def test_a_run_that_diverges_ends_where_it_does_and_is_named_so():
    fig = plots.curves({"good": [3.0, 2, 1], "bad": [3.0, np.inf, 1]})
    assert way(fig.axes[0].lines[1]).tolist() == [[0, 3]]
    assert words(fig) == ["good", "bad (diverged)"]


def test_a_curve_that_leaves_the_axes_is_named_where_it_leaves():
    fig = plots.curves({"good": [3.0, 2, 1], "bad": [3.0, 9, np.inf]}, ylim=(0, 4))
    assert [tuple(map(float, text.xy)) for text in fig.axes[0].texts] == [(2, 1), (0, 3)]


def test_a_classifier_that_spoils_its_argument_does_not_spoil_the_next():
    def spoil(points):
        first = points[:, 0] > 0
        points[:] = 9
        return first.astype(int)

    fig = plots.decision_regions([spoil, spoil], POINTS, LABELS, resolution=9)
    left, right = (ax.images[0].get_array() for ax in fig.axes if ax.images)
    np.testing.assert_array_equal(left, right)


def test_cross_validation_shows_every_fold_the_means_and_the_first_best():
    choices, table = [5, 1, 3], np.array([[0.5, 0.75], [0.25, 0.5], [0.75, 0.5]])
    fig = plots.cross_validation(choices, table)
    points, means = (way(line) for line in fig.axes[0].lines[:2])
    assert sorted(map(tuple, points)) == [(1, 0.25), (1, 0.5), (3, 0.5), (3, 0.75), (5, 0.5), (5, 0.75)]
    assert means.tolist() == [[1, 0.375], [3, 0.625], [5, 0.625]]
    assert words(fig) == ["best: k = 5, mean 0.625"]


def test_a_heat_map_writes_each_number_in_its_cell_and_marks_the_best():
    table = np.array([[0.25, 0.5, np.nan], [0.125, -0.75, np.inf]])
    for best, place in (("highest", (1, 0)), ("lowest", (1, 1))):
        fig = plots.heat_map(table, ["a", "b"], [1e-7, 1, 1e7], best=best)
        ax = fig.axes[0]
        told = {text.get_position(): text.get_text() for text in ax.texts}
        assert told == {
            (0, 0): "0.25", (1, 0): "0.5", (2, 0): "diverged",
            (0, 1): "0.125", (1, 1): "−0.75", (2, 1): "diverged",
        }  # fmt: skip
        (marked,) = [p for p in ax.patches if to_hex(p.get_edgecolor()) == plots.ACCENT]
        assert (marked.get_x() + 0.5, marked.get_y() + 0.5) == place
        assert [t.get_text() for t in ax.get_xticklabels()] == ["1e−7", "1", "1e7"]
    assert len(plots.heat_map([[np.nan]], ["a"], ["b"]).axes[0].patches) == 1, "nothing is best"


def test_a_higher_number_has_a_lighter_cell():
    table = rng.permutation(12.0 * np.arange(12)).reshape(3, 4)
    cells = plots.heat_map(table, range(3), range(4), best="none").axes[0].patches
    light = [np.dot(cell.get_facecolor()[:3], [0.2126, 0.7152, 0.0722]) for cell in cells]
    assert np.argsort(light).tolist() == np.argsort(table.reshape(-1)).tolist()


def test_a_confusion_matrix_counts_like_the_peer():
    y, predicted = rng.integers(0, 4, 100), rng.integers(0, 4, 100)
    told = words(plots.confusion(y, predicted))
    assert [int(word) for word in told] == confusion_matrix(y, predicted).reshape(-1).tolist()


def test_bars_are_as_long_as_their_numbers():
    fig = plots.bars({"a": 0.25, "b": -1.5, "c": 3}, "points", errors={"c": 0.5}, reference=(2.5, "goal"))
    assert [bar.get_width() for bar in fig.axes[0].patches] == [0.25, -1.5, 3]
    assert words(fig) == ["0.25", "−1.5", "3", "goal"]
    ends = fig.axes[0].collections[0].get_segments()[0][:, 0]
    assert ends.tolist() == [2.5, 3.5]


def test_a_histogram_counts_every_value():
    samples = {"a": rng.normal(size=300), "b": rng.normal(3, 1, size=50)}
    steps = [patch for patch in plots.histogram(samples, "x", bins=9).axes[0].patches if not patch.get_fill()]
    for patch, sample in zip(steps, samples.values(), strict=True):
        share, edges, _ = patch.get_data()
        assert share.sum() == pytest.approx(1)
        np.testing.assert_allclose(share * len(sample), np.histogram(sample, edges)[0])


def test_a_reliability_diagram_agrees_with_the_peer():
    probabilities = rng.dirichlet(np.ones(3), 500)
    y = rng.integers(0, 3, 500)
    fig = plots.reliability_diagram(probabilities, y, bins=8)
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == y
    share, mean = calibration_curve(right, sure, n_bins=8)
    np.testing.assert_allclose(way(fig.axes[0].lines[1]), np.column_stack([mean, share]))
    assert fig.axes[1].patches[0].get_data()[0].sum() == 500


@pytest.mark.parametrize("p", [0.3, 0.5, 1, 2, 3.7, np.inf])
def test_every_point_of_a_unit_ball_has_norm_one(p):
    x, y = way(plots.unit_balls([p]).axes[0].lines[0]).T
    norm = np.maximum(abs(x), abs(y)) if p == np.inf else (abs(x) ** p + abs(y) ** p) ** (1 / p)
    np.testing.assert_allclose(norm, 1)
    assert (x[0], y[0]) == pytest.approx((x[-1], y[-1])), "the curve is closed"


def test_a_slice_shows_the_loss_along_the_line_and_where_it_is_lowest():
    W, U = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    loss = lambda V: ((V - W - 0.25 * U) ** 2).sum()  # noqa: E731
    fig = plots.loss_slice(lambda V: (loss(V), V), W, U, reach=2, resolution=17)
    steps, values = way(fig.axes[0].lines[0]).T
    np.testing.assert_allclose(values, (steps - 0.25) ** 2 * (U**2).sum(), atol=1e-12)
    assert words(fig) == ["lowest at 0.25", "W"]


def test_of_two_separate_minima_the_first_is_marked_not_the_hill_between():
    fig = plots.loss_slice(lambda W: (W[0] ** 2 - 1) ** 2, [0.0], [1.0], reach=2, resolution=9)
    assert "lowest at −1" in words(fig)


def test_a_plane_marks_its_minimum_and_projects_the_path_onto_itself():
    W, U, V = rng.normal(size=(3, 4))
    off = np.linalg.svd(np.stack([U, V]))[2][2]  # a direction at right angles to the plane
    steps = np.array([[0.5, -0.5], [0.25, 0.75], [0.0, 0.125]])
    path = W + steps @ np.stack([U, V]) + 3 * off
    fig = plots.loss_plane(
        lambda A: ((A - W - 0.25 * U + 0.5 * V) ** 2).sum(), W, U, V, resolution=9, path=path
    )
    star, _, light = fig.axes[0].lines
    assert way(star).tolist() == [[0.25, -0.5]]
    np.testing.assert_allclose(way(light), steps, atol=1e-9)
    assert fig.axes[0].get_title() == "lowest here: 0 (star)"


def test_several_paths_keep_their_steps_and_their_names():
    paths = {"plain": [[0.5, 0.5], [0.5, -0.25]], "momentum": [[0.5, 0.5], [-0.75, 0.0]]}
    fig = plots.loss_plane(lambda W: W @ W, [0, 0], [1, 0], [0, 1], resolution=9, path=paths)
    told = words(fig)
    assert {"plain", "momentum"} <= set(told)
    drawn = [way(line).tolist() for line in fig.axes[0].lines]
    assert all(path in drawn for path in paths.values())


def test_a_ball_on_a_plane_has_its_norm_and_radius():
    fig = plots.loss_plane(
        lambda W: W @ W, [0, 0], [1, 0], [0, 1], resolution=9, balls=[(1, 0.5), (np.inf, 2)]
    )
    diamond, _, square = (way(line) for line in fig.axes[0].lines[1:4])
    np.testing.assert_allclose(abs(diamond).sum(axis=1), 0.5)
    np.testing.assert_allclose(abs(square).max(axis=1), 2)


def test_where_a_loss_is_not_finite_nothing_is_drawn_and_nothing_fails():
    half = lambda W: np.inf if W[0] > 0 else W[0] ** 2 + W[1] ** 2  # noqa: E731
    plots.loss_plane(half, [0, 0], [1, 0], [0, 1], resolution=9)._repr_svg_()
    values = plots.loss_slice(half, [0, 0], [1, 0], resolution=9).axes[0].lines[0].get_ydata()
    assert np.isnan(values).tolist() == [False] * 5 + [True] * 4
    plots.loss_plane(lambda W: 1.0, [0, 0], [1, 0], [0, 1], resolution=5)._repr_svg_()


def test_a_glyph_runs_at_its_angle_and_is_as_long_as_it_is_strong():
    lines = np.array([[4.0, 4.0, 0.3, 1.0], [12.0, 4.0, 2.0, 0.5], [4.0, 12.0, 1.0, 0.0]])
    drawn = plots.hog_glyphs(lines).axes[0].collections[0].get_segments()
    for (x, y, angle, strength), ends in zip(lines, drawn, strict=True):
        np.testing.assert_allclose(np.mean(ends, axis=0), [x, y])
        np.testing.assert_allclose(ends[1] - ends[0], 8 * strength * np.array([np.cos(angle), np.sin(angle)]))


def test_a_circuit_is_drawn_by_the_graph_and_describes_itself():
    f = Value(-2.0, "x") * Value(5.0, "y")
    f.backward()
    drawn = plots.circuit(f, digits=1, gradients=False, title="a product")
    assert drawn._repr_svg_() == to_svg(f, digits=1, gradients=False, title="a product")
    assert repr(drawn) == describe(f, digits=1, gradients=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0, "0"), (0.5, "0.5"), (1234.5, "1230"), (25000, "25000"), (1e6, "1e6"),
     (2.5e-7, "2.5e−7"), (-3, "−3"),
     (0.000123456, "0.000123"), (1e-5, "1e−5"), (99999999, "1e8"), (float("nan"), "nan")],
)  # fmt: skip
def test_numbers_are_written_short(value, text):
    assert plain_number(value) == text


def test_a_logarithmic_axis_has_few_whole_ticks():
    _, ax = plots.figure()
    for low, high in ((1e-14, 1), (1, 100), (0.2, 3), (1e4, 1e9)):
        ax.set_xscale("log")
        ax.set_xlim(low, high)
        log_ticks(ax.xaxis)
        ticks = [t for t in ax.xaxis.get_majorticklocs() if low <= t <= high]
        assert 2 <= len(ticks) <= 8
        for tick in ticks:
            text = ax.xaxis.get_major_formatter()(tick)
            plain = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
            written = float(f"1e{plain[2:]}") if plain != text else float(text)
            assert written == pytest.approx(tick)
