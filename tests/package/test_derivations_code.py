"""The package's own functions, run on exact fractions, equal the last lines of the derivations."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lintutor import classifiers, derivations, losses, neighbors, objective, scores
from lintutor.classifiers.nearest_mean import nearest_mean_weights
from lintutor.derivations.ch03_objective import Objective
from lintutor.derivations.ch03_symbols import C, D, Loss, Margin, N
from lintutor.derivations.evaluate import compile_expr
from lintutor.derivations.exact import Kink

HINGES = (losses.hinge_loss_naive, losses.hinge_loss_half_vectorized, losses.hinge_loss_vectorized)
SQUARED = (losses.squared_hinge_loss_naive, losses.squared_hinge_loss_vectorized)
OBJECTIVES = (objective.svm_loss_naive, objective.svm_loss_half_vectorized, objective.svm_loss_vectorized)


def exact(values: Any) -> np.ndarray:
    """Return nested numbers as an array of fractions."""
    array = np.array(values, dtype=object)
    flat = [Fraction(v) for v in array.flat]
    return np.array(flat, dtype=object).reshape(array.shape)


def points(id: str) -> Iterator[dict[str, Any]]:
    domain = derivations.get(id).domain
    sizes = {C: (2, 3, 4), D: (2,), N: (1, 2)}
    yield from domain.but(sizes={s: sizes[s] for s in domain.sizes}, draws=2).points(seed=7)


def last(id: str) -> Any:
    return compile_expr(derivations.get(id).lines[-1].expr)


def one(point: dict[str, Any], weights: str = "W") -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Return W, X with one row, and y with one label."""
    return exact(point[weights]), exact([point["x"]]), [point["y"]]


def test_loss_of_the_code_is_the_definition() -> None:
    loss = compile_expr(Loss())
    for point in points("hinge-counts-true-class"):
        W, X, y = one(point)
        expected = loss(point)
        assert losses.hinge_loss_one((X @ W)[0], y[0], point["delta"]) == expected
        for code in HINGES:
            value, _ = code(W, X, y, point["delta"])
            assert value == expected


def test_code_at_zero_weights_gives_the_formula() -> None:
    formula = last("hinge-at-zero")
    for point in points("hinge-at-zero"):
        W, X, y = one(point)
        for code in HINGES:
            assert code(W * 0, X, y, point["delta"])[0] == formula(point)


def test_code_that_counted_every_class_would_be_delta_too_high() -> None:
    formula = last("hinge-counts-true-class")
    for point in points("hinge-counts-true-class"):
        W, X, y = one(point)
        s, delta = (X @ W)[0], point["delta"]
        assert sum(max(0, v - s[y[0]] + delta) for v in s) == formula(point)
        assert losses.hinge_loss_one(s, y[0], delta) + delta == formula(point)


@pytest.mark.parametrize(
    ("id", "codes"),
    [
        ("hinge-gradient-wrong-class", HINGES),
        ("hinge-gradient-true-class", HINGES),
        ("hinge-squared-gradient", SQUARED),
        ("hinge-squared-gradient-true-class", SQUARED),
    ],
)
def test_code_gives_the_gradient_formulas_kinks_included(id: str, codes: tuple[Any, ...]) -> None:
    formula = last(id)
    kinks = 0
    for point in points(id):
        W, X, y = one(point)
        s = (X @ W)[0]
        kinks += any(v - s[y[0]] + point["delta"] == 0 for v in s)
        for code in codes:
            _, dW = code(W, X, y, point["delta"])
            assert dW[point["d"], point.get("k", y[0])] == formula(point)
    assert kinks > 5  # the formulas say 0 there, and so does the code


def test_columns_of_the_data_gradient_of_the_code_sum_to_zero() -> None:
    formula = last("hinge-gradient-columns-sum-to-zero")
    for point in points("hinge-gradient-columns-sum-to-zero"):
        W, X, y = one(point)
        for code in HINGES + SQUARED:
            assert (code(W, X, y, point["delta"])[1].sum(axis=1) == formula(point)).all()


def test_code_gives_one_minus_two_one() -> None:
    formula = last("hinge-three-class-gradient")
    for point in points("hinge-three-class-gradient"):
        W, X, y = one(point)
        for code in HINGES:
            assert tuple(code(W, X, y, point["delta"])[1][point["d"]]) == formula(point)


def test_code_gives_the_objective_and_its_gradient() -> None:
    formula, loss = last("hinge-objective-gradient"), compile_expr(Objective())
    compared = 0
    for point in points("hinge-objective-gradient"):
        W, X, y = exact(point["W"]), exact(point["X"]), list(point["y"])
        for code in OBJECTIVES:
            value, dW = code(W, X, y, point["lambda"], point["delta"])
            assert value == loss(point)
            try:
                assert dW[point["d"], point["k"]] == formula(point)
                compared += 1
            except Kink:
                continue
    assert compared > 50


def test_code_ignores_a_constant_added_to_all_scores() -> None:
    formula = last("hinge-shift-invariance")
    for point in points("hinge-shift-invariance"):
        W, X, y = one(point)
        assert losses.hinge_loss_one((X @ W)[0] + point["c"], y[0], point["delta"]) == formula(point)


def test_loss_of_the_code_bounds_its_errors() -> None:
    formula = last("hinge-bounds-errors")
    reached = 0
    for point in points("hinge-bounds-errors"):
        W, X, y = one(point)
        loss = losses.hinge_loss_one((X @ W)[0], y[0], point["delta"])
        assert loss >= formula(point)
        reached += loss == formula(point) > 0
    assert reached  # a tie, and nothing else open: the bound cannot be better


def test_loss_of_the_code_is_convex_in_the_weights() -> None:
    formula = last("hinge-convex")
    for point in points("hinge-convex"):
        U, X, y = one(point, "U")
        V, t = exact(point["V"]), point["theta"]
        for code in HINGES:
            u, v, between = (code(M, X, y, point["delta"])[0] for M in (U, V, (1 - t) * U + t * V))
            assert (1 - t) * u + t * v == formula(point)
            assert between <= formula(point)


def test_code_picks_a_subgradient_at_the_kink() -> None:
    first, allowed = compile_expr(derivations.get("hinge-subgradient").lines[0].expr), 0
    margin = compile_expr(Margin(1))
    point = {"D": 1, "C": 2, "y": 0, "x": (1,), "W": ((1, 0),), "delta": 1}
    assert margin(point) == 0
    for code in HINGES:
        _, dW = code(exact([[1, 0]]), exact([[1]]), [0], 1)
        assert first({"g": dW[0, 1]})  # what the code adds per row is one of the subgradients
        assert dW[0, 1] == allowed


def score_points(id: str) -> Iterator[dict[str, Any]]:
    """Yield points of a derivation of chapter 2; the special ones are its own."""
    yield from derivations.get(id).domain.points(seed=7)


def scores_at(point: dict[str, Any], row: Any) -> np.ndarray:
    return np.asarray(scores.linear_scores(exact([row]), exact(point["W"]), exact(point["b"]))[0])


def test_scores_of_the_code_are_the_sums_in_both_layouts() -> None:
    formula = last("score-two-layouts")
    for point in score_points("score-two-layouts"):
        X, W = exact(point["X"]), exact(point["W"])
        i, j = point["i"], point["j"]
        assert scores.linear_scores(X, W)[i, j] == (W.T @ X[i])[j] == formula(point)


def test_bias_trick_of_the_code_gives_the_same_scores() -> None:
    formula = last("score-bias-trick-equal")
    for point in score_points("score-bias-trick-equal"):
        X1, W1 = scores.bias_trick(exact([point["x"]]), exact(point["W"]), exact(point["b"]))
        assert (X1 @ W1)[0, point["j"]] == formula(point) == scores_at(point, point["x"])[point["j"]]


def test_class_scores_of_nearest_mean_are_the_formula_up_to_one_number_a_row() -> None:
    for point in score_points("score-nearest-mean-expanded"):
        x, means = exact(point["x"]), exact(point["mu"])
        model = classifiers.NearestMean().fit(means.T.astype(float), np.arange(means.shape[1]))
        found = model.class_scores(x[None, :].astype(float))[0]
        t = (x @ means - (means * means).sum(axis=0) / 2).astype(float)
        assert np.allclose(found - found[0], t - t[0])


def test_weights_of_the_nearest_mean_are_the_formula() -> None:
    for point in score_points("score-nearest-mean-linear"):
        x, means = exact(point["x"]), exact(point["mu"])
        W = nearest_mean_weights(means.T, np.arange(means.shape[1]))
        t = scores.linear_scores(scores.append_ones(x[None, :]), W)[0]
        assert (t == x @ means - (means * means).sum(axis=0) / 2).all()
        squares = ((x[:, None] - means) ** 2).sum(axis=0)
        assert (squares[point["c"]] <= squares[point["a"]]) == (t[point["c"]] >= t[point["a"]])


def test_gap_of_the_code_ignores_a_column_added_to_all() -> None:
    formula = last("score-common-template")
    for point in score_points("score-common-template"):
        W = exact(point["W"]) + exact(point["v"])[:, None]
        S = scores.linear_scores(exact([point["x"]]), W, exact(point["b"]))[0]
        assert S[point["a"]] - S[point["c"]] == formula(point)


def test_centering_in_the_code_is_a_change_of_bias() -> None:
    formula = last("score-centering-moves-bias")
    for point in score_points("score-centering-moves-bias"):
        x, v = exact([point["x"]]), exact([point["v"]])
        moved = scores.center(v, x)[1]
        S = scores.linear_scores(moved, exact(point["W"]), exact(point["b"]))
        assert S[0, point["j"]] == formula(point)


def test_gap_of_the_code_changes_as_the_formula_says() -> None:
    formula = last("score-gap-changes")
    for point in score_points("score-gap-changes"):
        here, there = scores_at(point, point["x"]), scores_at(point, point["z"])
        a, c = point["a"], point["c"]
        assert (there[a] - there[c]) - (here[a] - here[c]) == formula(point)


def test_walking_the_distance_to_a_tie_closes_the_gap_of_the_code() -> None:
    formula = last("score-distance-to-tie")
    for point in score_points("score-distance-to-tie"):
        x, W, a, c = exact(point["x"]), exact(point["W"]), point["a"], point["c"]
        u = W[:, a] - W[:, c]
        here = scores_at(point, x)
        way = -(here[a] - here[c]) / (u @ u) * u
        there = scores_at(point, x + way)
        assert there[a] == there[c]
        assert way @ way == formula(point)


def test_gap_of_the_code_between_two_places_is_the_mixture() -> None:
    formula = last("score-between")
    for point in score_points("score-between"):
        theta = Fraction(point["theta"])
        between = (1 - theta) * exact(point["x"]) + theta * exact(point["z"])
        S = scores_at(point, between)
        assert S[point["a"]] - S[point["c"]] == formula(point)


def test_distances_keep_what_their_derivations_say() -> None:
    rng = np.random.default_rng(0)
    x, t = exact(rng.integers(-3, 4, (3, 4))), exact(rng.integers(-3, 4, (5, 4)))
    l1, l2 = neighbors.l1_distances_two_loops, neighbors.l2_distances_two_loops
    squared = neighbors.squared_l2_distances
    expanded = last("distance-expand-square")
    by_formula = [[expanded({"D": 4, "x": tuple(p), "t": tuple(q)}) for q in t] for p in x]
    assert (squared(x, t) == np.array(by_formula)).all()
    assert np.allclose(
        neighbors.l2_distances_no_loops(x.astype(float), t.astype(float)) ** 2, squared(x, t).astype(float)
    )
    assert (l1(x, t) ** 2 >= squared(x, t)).all()
    assert (l1(x, t) ** 2 <= 4 * squared(x, t)).all()
    order, mean = rng.permutation(4), exact(rng.integers(-3, 4, 4))
    for distances in (l1, squared):
        assert (distances(x[:, order], t[:, order]) == distances(x, t)).all()
        assert (distances(x - mean, t - mean) == distances(x, t)).all()
    assert (l1(3 * x, 3 * t) == 3 * l1(x, t)).all()
    assert (squared(3 * x, 3 * t) == 9 * squared(x, t)).all()
    turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
    ends = np.array([[0.0, 1.0], [1.0, 0.0]])
    turned = ends @ turn.T
    assert np.isclose(l1(turned, turned)[0, 1], float(last("distance-rotation-l1-example")({})))
    assert np.isclose(l2(turned, turned)[0, 1], l2(ends, ends)[0, 1])
    across = exact(rng.integers(1, 4, 4))
    mirrored = [rows - 2 * ((rows @ across) / (across @ across))[:, None] * across for rows in (x, t)]
    assert (squared(*mirrored) == squared(x, t)).all()
    values = exact(rng.integers(-3, 4, (5, 1)))
    mean = values.sum() / Fraction(5)
    variance = sum((v - mean) ** 2 for v in values[:, 0]) / 5
    assert squared(values, values).sum() / 25 == 2 * variance
    assert (squared(values, exact([[mean]])).sum() <= squared(values, values).sum(axis=0)).all()
    plane = rng.normal(size=(6, 2))
    largest = neighbors.lp_distances(plane, plane, np.inf)
    assert np.allclose(l1(plane @ turn.T, plane @ turn.T), np.sqrt(2) * largest)
    assert (
        np.argsort(l2(x, t), axis=1, kind="stable") == np.argsort(squared(x, t), axis=1, kind="stable")
    ).all()
