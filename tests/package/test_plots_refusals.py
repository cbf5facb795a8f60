"""What a figure cannot show is refused by name; what is odd but sound is drawn."""

from fractions import Fraction

import numpy as np
import pytest

from lintutor import plots

X, Y = np.array([[0.0, 1.0], [1.0, 0.0]]), [0, 1]
FLAT = lambda W: 1.0  # noqa: E731


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: plots.scatter([0.0, 1.0], [0]), ValueError, "X must have two axes"),
        (lambda: plots.scatter(np.zeros((2, 3)), Y), ValueError, r"X must be points of a plane.*\(2, 3\)"),
        (lambda: plots.scatter(np.zeros((0, 2)), []), ValueError, "X must be points of a plane"),
        (lambda: plots.scatter([[0.0, np.nan]], [0]), ValueError, "X must be finite"),
        (lambda: plots.scatter(X, [0]), ValueError, "y has 1 labels for 2 rows of X"),
        (
            lambda: plots.scatter(X, [0, 10]),
            ValueError,
            r"y must be a class 0\.\.9, got 10: a figure tells ten",
        ),
        (lambda: plots.scatter(X, [0, -1]), ValueError, r"y must be a class 0\.\.9, got -1"),
        (lambda: plots.scatter(X, ["a", "b"]), TypeError, "y must hold whole numbers"),
        (lambda: plots.scatter(X, Y, ["a"]), ValueError, "class_names has 1 entries for 2 classes"),
        (lambda: plots.scatter(X, Y, feature_names="xy"), ValueError, "feature_names must be two names"),
        (
            lambda: plots.decision_regions(lambda P: P[:3, 0] * 0, X, Y),
            ValueError,
            r"predict\(points\) has 3",
        ),
        (
            lambda: plots.decision_regions(lambda P: P[:, 0] + 0.5, X, Y),
            TypeError,
            r"predict\(points\) must hold",
        ),
        (lambda: plots.decision_regions(lambda P: P[:, 0] * 0 + 11, X, Y), ValueError, r"0\.\.9, got 11"),
        (
            lambda: plots.decision_regions([FLAT], X, Y, titles=["a", "b"]),
            ValueError,
            "titles has 2 entries for 1",
        ),
        (lambda: plots.decision_regions([], X, Y), ValueError, "predict must be at least one classifier"),
        (
            lambda: plots.decision_regions(FLAT, X, Y, resolution=1),
            ValueError,
            "resolution must be at least 2",
        ),
        (
            lambda: plots.decision_regions(
                lambda P: np.ones(len(P), int), X, Y, scores=lambda P: np.eye(2)[[0] * len(P)]
            ),
            ValueError,
            "must be highest for the class that predict",
        ),
        (
            lambda: plots.decision_regions(lambda P: np.ones(len(P), int), X, Y, scores=lambda P: P[:, :1]),
            ValueError,
            r"scores\(points\) must be \(P, C\)",
        ),
        (lambda: plots.score_half_planes(np.eye(3), np.zeros(3)), ValueError, r"W must be \(2, C\)"),
        (lambda: plots.score_half_planes(np.eye(2), np.zeros(3)), ValueError, r"and b \(C,\), got shapes"),
        (
            lambda: plots.score_half_planes(np.eye(2), [0, 0], X),
            ValueError,
            "X and y come together, got only X",
        ),
        (lambda: plots.score_half_planes(np.ones((2, 1)), [0]), ValueError, "at least two classes"),
        (lambda: plots.score_half_planes(np.ones((2, 11)), [0] * 11), ValueError, r"0\.\.9, got 10"),
        (lambda: plots.margin_lines([0, 0], 0, X, Y), ValueError, "w must be two numbers, not both zero"),
        (lambda: plots.margin_lines([1, 0], 0, X, [-1, 0]), ValueError, "y must hold -1 and 1, or 0 and 1"),
        (
            lambda: plots.margin_lines([1, 0], 0, X, ["a", "b"]),
            ValueError,
            "y must hold -1 and 1, or 0 and 1",
        ),
        (lambda: plots.curves({}), ValueError, "series must hold at least one curve"),
        (lambda: plots.curves({"a": []}), ValueError, r"series 'a' must be \(T,\) or \(R, T\)"),
        (lambda: plots.curves({"a": ["x"]}), TypeError, "series 'a' must hold real numbers"),
        (lambda: plots.curves({"a": [np.nan, 1]}), ValueError, "'a' has no finite number to begin with"),
        (lambda: plots.curves({"a": ([1], [1, 2])}), ValueError, "2 values for 1 places"),
        (
            lambda: plots.curves({"a": [1, 0]}, yscale="log"),
            ValueError,
            "has 0, which a logarithmic axis cannot",
        ),
        (
            lambda: plots.curves({"a": [1, 2]}, xscale="log"),
            ValueError,
            "has 0, which a logarithmic axis cannot",
        ),
        (
            lambda: plots.curves({"a": [1, 2]}, xscale="sqrt"),
            ValueError,
            "a scale must be one of linear, log",
        ),
        (
            lambda: plots.curves({"a": [1, 2]}, smooth=3),
            ValueError,
            "smooth must be at most the 2 values of 'a'",
        ),
        (lambda: plots.curves({"a": [1, 2]}, smooth=1.5), TypeError, "smooth must be a whole number"),
        (
            lambda: plots.lines([([0, 1], [1], "a")], "x", "y"),
            ValueError,
            "series 'a' has 1 values for 2 places",
        ),
        (lambda: plots.lines([([], [], "a")], "x", "y"), ValueError, "not empty"),
        (lambda: plots.lines([], "x", "y"), ValueError, "curves must hold at least one curve"),
        (lambda: plots.cross_validation([1, 2], [[1.0]]), ValueError, "one row for each of 2 choices"),
        (lambda: plots.cross_validation([1], [[np.nan]]), ValueError, "accuracies must be finite"),
        (lambda: plots.cross_validation([0], [[1.0]], xscale="log"), ValueError, "logarithmic axis cannot"),
        (lambda: plots.heat_map([[1.0]], ["a"], ["b", "c"]), ValueError, r"table must be \(1, 2\)"),
        (lambda: plots.heat_map([["x"]], ["a"], ["b"]), TypeError, "table must hold real numbers"),
        (lambda: plots.heat_map([[1.0]], ["a"], ["b"], best="worst"), ValueError, "best must be highest"),
        (lambda: plots.confusion([], []), ValueError, "y has no labels"),
        (lambda: plots.confusion([0], [0, 1]), ValueError, "y has 1 labels for 2"),
        (lambda: plots.confusion([0], [12]), ValueError, r"predicted must be a class 0\.\.9, got 12"),
        (lambda: plots.bars({}, "x"), ValueError, "values must hold at least one bar"),
        (lambda: plots.bars({"a": np.inf}, "x"), ValueError, "values must be finite"),
        (lambda: plots.bars({"a": 1}, "x", errors={"b": 1}), ValueError, "errors has 'b', which is none"),
        (lambda: plots.bars({"a": 1}, "x", errors={"a": -1}), ValueError, "errors must be at least 0"),
        (lambda: plots.histogram([], "x"), ValueError, "samples has no values"),
        (lambda: plots.histogram({"a": []}, "x"), ValueError, "samples 'a' has no values"),
        (lambda: plots.histogram({}, "x"), ValueError, "samples must be one to four"),
        (lambda: plots.histogram([1.0], "x", bins=0), ValueError, "bins must be at least 1"),
        (lambda: plots.reliability_diagram([[0.7, 0.7]], [0]), ValueError, "sum to one in every row"),
        (lambda: plots.reliability_diagram([[0.5, 0.5]], [2]), ValueError, r"y must lie in 0\.\.1"),
        (lambda: plots.reliability_diagram(np.zeros((0, 2)), []), ValueError, "with N, C > 0"),
        (lambda: plots.unit_balls([]), ValueError, "ps must be one to six numbers"),
        (lambda: plots.unit_balls([0]), ValueError, "ps must be more than 0"),
        (lambda: plots.loss_slice(FLAT, [1.0], [0.0]), ValueError, "direction must not be zero everywhere"),
        (lambda: plots.loss_slice(FLAT, [1.0], [[1.0]]), ValueError, r"shape of W, \(1,\)"),
        (lambda: plots.loss_slice(lambda W: np.nan, [1.0], [1.0]), ValueError, "loss is not finite anywhere"),
        (lambda: plots.loss_slice(FLAT, [1.0], [1.0], reach=0), ValueError, "reach must be more than 0"),
        (lambda: plots.loss_plane(FLAT, [0, 0], [1, 2], [2, 4]), ValueError, "U and V must span a plane"),
        (
            lambda: plots.loss_plane(FLAT, [0, 0], [1, 0], [0, 1], path=[1.0, 2.0]),
            ValueError,
            r"path must have shape \(T, 2\)",
        ),
        (
            lambda: plots.loss_plane(FLAT, [0, 0], [1, 0], [0, 1], balls=[(0, 1)]),
            ValueError,
            "p must be more than 0",
        ),
        (lambda: plots.hog_glyphs(np.zeros((2, 3))), ValueError, r"lines must be \(K, 4\)"),
        (lambda: plots.hog_glyphs([[0, 0, 0, 2.0]]), ValueError, r"strengths 0\.\.1"),
        (lambda: plots.image_grid(np.zeros((1, 2, 2, 4)), ["a"]), ValueError, "images must be images"),
        (lambda: plots.image_grid(np.full((1, 2, 2), 2.0), ["a"]), ValueError, r"floats 0\.\.1; got 2 to 2"),
        (lambda: plots.image_grid(np.zeros((0, 2, 2)), []), ValueError, "images must be images"),
        (
            lambda: plots.image_grid(np.zeros((1, 2, 2)), ["a"], columns=0),
            ValueError,
            "columns must be at least",
        ),
        (lambda: plots.circuit(3), TypeError, "Value"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(call, error, message):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.scatter([[1.0, 1.0]], [3]),
        lambda: plots.scatter([[1e300, -1e-300], [0, 0]], [0, 0]),
        lambda: plots.decision_regions(
            lambda P: np.zeros(len(P)), X, Y, scores=lambda P: np.ones((len(P), 2))
        ),
        lambda: plots.score_half_planes(np.zeros((2, 2)), [0, 0]),
        lambda: plots.curves({"one value": [1.0]}),
        lambda: plots.curves({"a": [1.0, 1.0], "b": [1.0, 1.0], "c": [1, 1], "d": [1, 1], "e": [1, 1]}),
        lambda: plots.curves({f"curve {k}": [1.0, 1.0] for k in range(12)}),
        lambda: plots.cross_validation([Fraction(1, 2)], [[Fraction(1, 3), Fraction(2, 3)]]),
        lambda: plots.histogram([2.0, 2.0], "x"),
        lambda: plots.heat_map([[1, 1], [1, 1]], [0, 1], [0, 1]),
        lambda: plots.heat_map([[True, False]], ["a"], [0, 1]),
        lambda: plots.bars({"zero": 0}, "x"),
        lambda: plots.loss_slice(lambda W: np.float32(3), np.float32([1]), np.array([1])),
        lambda: plots.margin_lines([Fraction(1, 2), 0], 0, X, [1, 1]),
        lambda: plots.one_weight([0.0, 1.0], [[1.0, 1.0], [1.0, 1.0]], ["a", "b"]),
        lambda: plots.reliability_diagram(np.ones((3, 1)), [0, 0, 0], bins=1),
        lambda: plots.hog_glyphs([[3.0, 3.0, 0.0, 0.0]]),
    ],
)
def test_odd_but_sound_input_is_drawn(draw):
    assert draw()._repr_svg_().count("<svg") == 1
