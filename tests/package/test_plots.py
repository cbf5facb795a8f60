"""Figures and tables show the numbers they were given and refuse what does not fit."""

import numpy as np
import pytest

from lintutor import plots
from lintutor.tables import Table


def test_a_figure_is_svg_with_text_as_text_and_the_same_every_time():
    draw = lambda: plots.margin_picture([3.2, 5.1, -1.7], 0, class_names=["cat", "car", "frog"])  # noqa: E731
    svg = draw()._repr_svg_()
    assert svg == draw()._repr_svg_()
    assert "costs 2.9" in svg
    assert "cat (true)  3.2" in svg


def test_classes_differ_in_color_and_in_marker():
    assert len({plots.class_color(c) for c in range(10)}) == 10
    assert len({plots.class_marker(c) for c in range(10)}) == 10


def test_templates_put_zero_at_middle_gray_and_leave_the_bias_out():
    W = np.array([[2.0, 0.0], [-1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [9.0, 9.0]])  # 2 x 2 images and a bias
    fig = plots.templates(W, (2, 2), ["a", "b"])
    shown = [ax.images[0].get_array() for ax in fig.axes if ax.images]
    np.testing.assert_allclose(shown[0], [[1.0, 0.25], [0.5, 0.5]])
    np.testing.assert_allclose(shown[1], 0.5)


def test_the_lowest_point_of_a_mean_is_marked_also_when_it_is_a_stretch():
    w = np.linspace(-2, 2, 41)
    svg = plots.one_weight(w, [np.maximum(0, w - 1), np.maximum(0, -w)], ["a", "b"])._repr_svg_()
    assert "lowest from 0 to 1" in svg.replace("−", "-")
    assert "lowest at 0.5" in plots.one_weight(w, [np.abs(w - 0.5)], ["a"])._repr_svg_()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.margin_picture([1.0, 2.0], 2), r"y must lie in 0\.\.1, got 2"),
        (
            lambda: plots.one_weight([0.0, 1.0], [[1.0]], ["a"]),
            r"hinges must be 1 curves of 2 values, got \[1\]",
        ),
        (lambda: plots.templates(np.eye(3), (2, 2), ["a"] * 3), r"W has 3 rows, an image \(2, 2\) needs 4"),
        (lambda: plots.templates(np.eye(4), (2, 2), ["a"]), "W has 4 columns for 1 class names"),
        (lambda: plots.image_grid(np.zeros((2, 3, 3)), ["a"]), "titles has 1 entries for 2 images"),
        (lambda: Table(["a", "b"], [[1]]), "a row has 1 cells for 2 columns"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_table_escapes_what_could_be_markup_and_rounds_floats():
    table = Table(["<b>", "x"], [["a & b", 2.0 / 3]], caption="1 < 2")
    html = table._repr_html_()
    assert "&lt;b&gt;" in html
    assert "a &amp; b" in html
    assert "0.6667" in html
    assert "1 &lt; 2" in html
    assert "<th scope=" in html
