"""The package's own functions, run on exact fractions, equal what the derivations of chapter 5 say."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from lintutor import derivations, losses, objective, plots, regularizers
from lintutor.derivations.evaluate import compile_expr


def exact(values: Any) -> np.ndarray:
    """Return nested numbers as an array of fractions."""
    array = np.array(values, dtype=object)
    flat = [Fraction(v) for v in array.flat]
    return np.array(flat, dtype=object).reshape(array.shape)


def points(id: str) -> Iterator[dict[str, Any]]:
    yield from derivations.get(id).domain.points(seed=7)


def line(id: str, place: int = -1) -> Any:
    return compile_expr(derivations.get(id).lines[place].expr)


def l2(W: Any, reg: Any = 1) -> Any:
    return regularizers.l2_penalty(exact(W), reg)[0]


def test_loss_of_scaled_weights_of_the_code_is_bounded() -> None:
    scaled, bound = line("reg-ambiguity", 0), line("reg-ambiguity")
    for point in points("reg-ambiguity"):
        W, X, y = exact(point["W"]), exact([point["x"]]), [point["y"]]
        more = losses.hinge_loss_vectorized((1 + point["a"]) * W, X, y, point["delta"])[0]
        assert more == scaled(point)
        assert more <= (1 + point["a"]) * losses.hinge_loss_vectorized(W, X, y, point["delta"])[0]
        assert more <= bound(point)


def test_full_loss_of_the_code_is_a_libraries_objective_over_n() -> None:
    of_a_library = line("reg-conventions", 0)
    for point in points("reg-conventions"):
        rows, lam = exact(point["L"]), abs(Fraction(point["lambda"]))
        ours, _ = objective.full_loss(
            lambda W, X, y, rows=rows: (rows.mean(), 0 * W),
            regularizers.l2_penalty,
            exact(point["w"]),
            [],
            [],
            lam,
        )
        assert len(rows) * ours == of_a_library({**point, "lambda": lam})


def test_penalty_of_the_code_is_smallest_along_the_picture() -> None:
    least = line("reg-l2-smallest")
    for point in points("reg-l2-smallest"):
        x, w = exact(point["x"]), exact(point["w"])
        if not x.any():
            continue
        along = (x @ w) / (x @ x) * x
        assert along @ x == w @ x
        assert l2(along) == least(point) <= l2(w)


def test_penalty_of_the_code_is_minus_a_gaussian_log_density() -> None:
    for point in points("reg-gaussian-prior"):
        w, sigma, N = exact(point["w"]), point["sigma"], len(point["L"])
        normal = -(np.array(w, float) ** 2) / (2 * float(sigma) ** 2)  # up to a constant
        np.testing.assert_allclose(float(l2(w, Fraction(1, 2 * N) / sigma**2)), -normal.sum() / N, atol=1e-12)


def test_solution_of_the_linear_system_has_no_slope_in_the_code() -> None:
    rng = np.random.default_rng(0)
    for N, D, lam in ((5, 2, 0.3), (2, 4, 1.0), (7, 3, 0.01)):
        X, y = rng.normal(size=(N, D)), rng.normal(size=N)
        w = np.linalg.solve(X.T @ X + N * lam * np.eye(D), X.T @ y)
        slope = 2 / N * X.T @ (X @ w - y) + regularizers.l2_penalty(w, lam)[1]
        np.testing.assert_allclose(slope, 0, atol=1e-12)
    slope = line("reg-ridge", 0)
    for point in points("reg-ridge"):
        X, w, y = exact(point["X"]), exact(point["w"]), exact(point["y"])
        lam = abs(Fraction(point["lambda"]))
        by_code = Fraction(2, len(X)) * (X.T @ (X @ w - y)) + regularizers.l2_penalty(w, lam)[1]
        assert slope({**point, "lambda": lam}) == by_code[point["k"]]


def test_penalty_of_the_ridge_solution_falls() -> None:
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(6, 4)), rng.normal(size=6)
    strengths = np.logspace(-3, 3, 30)
    best = [np.linalg.solve(X.T @ X + 6 * lam * np.eye(4), X.T @ y) for lam in strengths]
    assert (np.diff([regularizers.l2_penalty(w, 1.0)[0] for w in best]) < 0).all()


def test_code_picks_a_subgradient_of_the_absolute_value() -> None:
    allowed = line("reg-l1-subgradient", -2)
    assert allowed({"g": regularizers.l1_penalty(exact([0]), 1)[1][0]})
    assert regularizers.l1_penalty(exact([2, -2]), 1)[1].tolist() == [1, -1]
    assert allowed({"g": 1})
    assert allowed({"g": -1})
    assert not allowed({"g": Fraction(3, 2)})


def test_threshold_of_the_code_costs_least() -> None:
    lowest = line("reg-soft-threshold")
    for point in points("reg-soft-threshold"):
        u, v, t = (Fraction(point[name]) for name in "uvt")
        best = regularizers.soft_threshold(exact([v]), t)[0]
        assert (best - v) ** 2 / 2 + regularizers.l1_penalty(exact([best]), t)[0] == lowest(point)
        assert lowest(point) <= (u - v) ** 2 / 2 + regularizers.l1_penalty(exact([u]), t)[0]


def test_threshold_of_the_elastic_net_in_the_code_costs_least() -> None:
    threshold, cost = line("reg-elastic-net-threshold"), line("reg-elastic-net-square")
    for point in points("reg-elastic-net-square"):
        v, t, beta = (Fraction(point[name]) for name in ("v", "t", "beta"))
        best = regularizers.elastic_net_prox(exact([v]), t, beta)[0]
        assert best == threshold(point)
        assert cost({**point, "u": best}) <= cost(point)
        penalty = regularizers.elastic_net_penalty(exact([best]), t, beta)[0]
        assert cost({**point, "u": best}) == (best - v) ** 2 / 2 + penalty


def test_margin_and_strength_of_the_code_are_one_trade_off() -> None:
    hinge = losses.hinge_loss_vectorized
    for point in points("reg-delta-lambda"):
        V, X, y, delta = exact(point["V"]), exact(point["X"]), list(point["y"]), Fraction(point["delta"])
        lam = Fraction(point["lambda"])
        wide = objective.svm_loss_vectorized(delta * V, X, y, lam, delta)[0]
        assert wide == delta * objective.svm_loss_vectorized(V, X, y, lam * delta)[0]
        assert wide == line("reg-delta-lambda", 0)(point)
        by_sizes = hinge(delta * V, X, y, delta)[0] + regularizers.l1_penalty(delta * V, lam)[0]
        assert by_sizes == delta * (hinge(V, X, y)[0] + regularizers.l1_penalty(V, lam)[0])
        assert by_sizes == line("reg-delta-lambda-l1", 0)(point)


def test_full_loss_of_the_code_stays_above_its_floor() -> None:
    full, floor, least = line("reg-never-zero", 0), line("reg-never-zero"), line("reg-floor")
    for point in points("reg-never-zero"):
        W, x = exact([point["v"], point["u"]]).T, exact([point["x"]])
        lam, delta = Fraction(point["lambda"]), Fraction(point["delta"])
        loss = objective.svm_loss_vectorized(W, x, [0], lam, delta)[0]
        assert loss == full(point) >= floor(point)
        assert loss >= least(point) > 0
    rng = np.random.default_rng(0)
    for _ in range(200):  # many examples, many classes: the floor is the mean of their floors
        X, W, y = (
            rng.normal(size=(6, 3)),
            rng.normal(size=(3, 4)) * rng.uniform(0, 2),
            rng.integers(4, size=6),
        )
        floors = 0.1 / (2 * ((X**2).sum(axis=1) + 0.1))
        assert objective.svm_loss_vectorized(W, X, y, 0.1)[0] >= floors.mean()


def test_code_with_two_classes_is_one_hinge() -> None:
    hinge = line("margin-two-classes")
    for point in points("margin-two-classes"):
        W, x = exact(point["W"]), exact([point["x"]])
        assert losses.hinge_loss_vectorized(W, x, [point["y"]], point["delta"])[0] == hinge(point)
        score = (x @ (W[:, 1] - W[:, 0])).tolist()
        assert losses.binary_hinge_loss(score, [2 * point["y"] - 1], point["delta"])[0] == hinge(point)
    both, half = line("margin-split-norm", 0), line("margin-split-norm")
    for point in points("margin-split-norm"):
        u, w = exact(point["u"]), exact(point["w"])
        assert l2([u, u + w]) == both(point) >= half(point) == l2([-w / 2, w / 2])


def test_objective_of_the_code_is_a_librarys_up_to_a_factor() -> None:
    one_vector, two_columns = line("margin-svm-constant", 0), line("margin-svm-constant-two-columns")
    for point in points("margin-svm-constant"):
        X, w = exact(point["X"]), exact(point["w"])
        y = [int(z > 0) for z in point["z"]]
        lam = abs(Fraction(point["lambda"]))
        point = {**point, "z": tuple(2 * label - 1 for label in y), "lambda": lam}
        W = np.stack([-w / 2, w / 2], axis=1)
        data = losses.hinge_loss_vectorized(W, X, y)[0]
        assert data + l2(w, lam) == one_vector(point)
        if lam:
            assert objective.svm_loss_vectorized(W, X, y, lam)[0] == two_columns(point)


def test_margin_drawn_by_the_code_is_two_over_the_norm() -> None:
    title = plots.margin_lines([3.0, 4.0], 0.0, [[-1, 0], [1, 0]], [-1, 1]).axes[0].get_title()
    assert title.startswith("margin 0.4 wide")
    for point in points("margin-width"):
        w = exact(point["w"])
        if w.any():
            assert line("margin-width")(point) == (2, 4 / (w @ w))
    for point in points("margin-shortest"):
        w, u = exact(point["w"]), exact(point["u"])
        if w.any():
            assert l2(u) >= line("margin-shortest")(point) == (w @ u) ** 2 / l2(w)
