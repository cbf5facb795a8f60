"""The package's functions of chapter 4 agree with the last lines of its derivations, to float64's digits."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from lintutor import derivations, gradients, losses, objective, regularizers
from lintutor.derivations.ch04_gradient import Objective
from lintutor.derivations.ch04_symbols import Loss, P
from lintutor.derivations.evaluate import compile_expr
from lintutor.derivations.notation import index

CLOSE = {"rtol": 1e-12, "atol": 1e-13}
LOSSES = (losses.cross_entropy_loss_naive, losses.cross_entropy_loss_vectorized)


def points(id: str) -> Iterator[dict[str, Any]]:
    yield from derivations.get(id).domain.but(draws=2).points(seed=7)


def last(id: str) -> Any:
    return compile_expr(derivations.get(id).lines[-1].expr)


def floats(value: Any) -> np.ndarray:
    return np.array(value, dtype=np.float64)


def test_softmax_of_the_code_is_the_definition() -> None:
    share = compile_expr(P(index("j")))
    for point in points("softmax-odds"):
        p = losses.softmax(floats(point["s"]))
        np.testing.assert_allclose(p[point["j"]], float(share(point)), **CLOSE)
        np.testing.assert_allclose(p.sum(), float(last("softmax-sums-to-one")(point)), **CLOSE)


def test_softmax_of_the_code_ignores_a_constant_added_to_all_scores() -> None:
    formula = last("softmax-shift-invariance")
    for point in points("softmax-shift-invariance"):
        moved = losses.softmax(floats(point["s"]) + float(point["c"]))
        np.testing.assert_allclose(moved[point["j"]], float(formula(point)), **CLOSE)


def test_log_softmax_of_the_code_gives_the_odds() -> None:
    formula = last("softmax-odds")
    for point in points("softmax-odds"):
        logs = losses.log_softmax(floats(point["s"]))
        np.testing.assert_allclose(logs[point["j"]] - logs[point["k"]], float(formula(point)), **CLOSE)


def test_log_sum_exp_of_the_code_is_the_formula_and_within_its_bounds() -> None:
    formula = last("softmax-log-sum-exp-shift")
    for point in points("softmax-log-sum-exp-shift"):
        s = floats(point["s"])
        value = losses.log_sum_exp(s)
        np.testing.assert_allclose(value, float(formula(point)), **CLOSE)
        assert s.max() < value <= s.max() + math.log(len(s)) + 1e-15
    above, below = last("softmax-log-sum-exp-at-most"), last("softmax-log-sum-exp-at-least")
    for point in points("softmax-log-sum-exp-at-most"):
        value = losses.log_sum_exp(float(point["m"]) - floats(point["g"]))
        assert value <= float(above({**point, "C": len(point["g"])})) + 1e-14
    for point in points("softmax-log-sum-exp-at-least"):
        assert losses.log_sum_exp(floats(point["s"])) > float(below(point))


def test_softmax_of_the_code_has_the_jacobian_of_the_formula() -> None:
    entry, variance = last("softmax-jacobian"), derivations.get("softmax-jacobian-is-a-variance")
    for point in points("softmax-jacobian"):
        j, k = point["j"], point["k"]
        slope = gradients.eval_numerical_gradient(
            lambda s, j=j: float(losses.softmax(s)[j]), floats(point["s"])
        )
        np.testing.assert_allclose(slope[k], float(entry(point)), atol=1e-8)
    form = compile_expr(variance.lines[-2].expr)
    for point in points("softmax-jacobian-is-a-variance"):
        p, v = losses.softmax(floats(point["s"])), floats(point["v"])
        np.testing.assert_allclose(v @ (np.diag(p) - np.outer(p, p)) @ v, float(form(point)), **CLOSE)


def test_gradient_of_the_code_is_p_minus_one_hot() -> None:
    by_score, of_sum = last("softmax-score-gradient"), last("softmax-log-sum-exp-gradient")
    for point in points("softmax-score-gradient"):
        s, y, k = floats([point["s"]]), point["y"], point["k"]
        _, dS = losses.cross_entropy_on_scores(s, [y])
        np.testing.assert_allclose(dS[0, k], float(by_score(point)), **CLOSE)
        np.testing.assert_allclose(dS[0, k] + (k == y), float(of_sum(point)), **CLOSE)
        np.testing.assert_allclose(
            dS.sum(), float(last("softmax-score-gradient-sums-to-zero")(point)), **CLOSE
        )


def test_cross_entropy_of_the_code_is_the_definition() -> None:
    formulas = compile_expr(Loss()), last("softmax-loss-by-leads")
    for point in points("softmax-loss-by-leads"):
        value = losses.cross_entropy_loss_one(floats(point["s"]), point["y"])
        for formula in formulas:
            np.testing.assert_allclose(value, float(formula(point)), **CLOSE)
    bound = last("softmax-loss-bounds-errors")
    for point in points("softmax-loss-bounds-errors"):
        value = losses.cross_entropy_loss_one(floats(point["s"]), point["y"])
        assert value >= float(bound(point)) - 1e-15


def test_cross_entropy_of_the_code_at_zero_weights_is_log_c() -> None:
    formula = last("softmax-at-zero")
    for point in points("softmax-at-zero"):
        for code in LOSSES:
            value, _ = code(np.zeros((2, point["C"])), [[1.0, 2.0]], [point["y"]])
            np.testing.assert_allclose(value, float(formula(point)), **CLOSE)


@pytest.mark.parametrize("code", [objective.softmax_loss_naive, objective.softmax_loss_vectorized])
def test_softmax_objective_of_the_code_has_the_gradient_of_the_formula(code: Any) -> None:
    value, slope = compile_expr(Objective()), last("softmax-weight-gradient")
    for point in points("softmax-weight-gradient"):
        loss, dW = code(floats(point["W"]), floats(point["X"]), list(point["y"]), float(point["lambda"]))
        np.testing.assert_allclose(loss, float(value(point)), **CLOSE)
        np.testing.assert_allclose(dW[point["d"], point["k"]], float(slope(point)), **CLOSE)


def test_gradient_of_the_code_by_the_picture_and_the_bias() -> None:
    formula = last("softmax-picture-gradient")
    for point in points("softmax-picture-gradient"):
        W, x = floats(point["W"]), floats(point["x"])
        _, dS = losses.cross_entropy_on_scores([x @ W], [point["y"]])
        np.testing.assert_allclose((W @ dS[0])[point["d"]], float(formula(point)), **CLOSE)
    formula = last("softmax-bias-gradient")
    for point in points("softmax-bias-gradient"):
        W = np.vstack([floats(point["W"]), floats(point["b"])])
        _, dW = losses.cross_entropy_loss_vectorized(W, [[*floats(point["x"]), 1.0]], [point["y"]])
        np.testing.assert_allclose(dW[-1, point["k"]], float(formula(point)), **CLOSE)


def test_sigmoid_of_the_code_is_the_softmax_of_two_scores() -> None:
    formula, slope = last("softmax-two-classes-sigmoid"), derivations.get("softmax-sigmoid-slope")
    for point in points("softmax-two-classes-sigmoid"):
        s = floats(point["s"])
        np.testing.assert_allclose(losses.sigmoid(s[1] - s[0]), float(formula(point)), **CLOSE)
        np.testing.assert_allclose(losses.softmax(s)[1], float(formula(point)), **CLOSE)
    product = compile_expr(slope.lines[2].expr)
    for point in points("softmax-sigmoid-slope"):
        p = losses.sigmoid(float(point["z"]))
        np.testing.assert_allclose(p * (1 - p), float(product(point)), **CLOSE)
        assert p * (1 - p) <= float(last("softmax-sigmoid-slope")(point))


def test_binary_losses_of_the_code_are_the_formulas() -> None:
    value, slope = last("softmax-binary-loss-of-a-score"), last("softmax-binary-gradient")
    dying = last("softmax-squared-error-gradient")
    for point in points("softmax-binary-gradient"):
        if point["y"] not in (0, 1):
            continue
        z, y = [float(point["z"])], [int(point["y"])]
        loss, dz = losses.binary_cross_entropy(z, y)
        np.testing.assert_allclose(loss, float(value(point)), **CLOSE)
        np.testing.assert_allclose(dz[0], float(slope(point)), **CLOSE)
        _, dz = losses.sigmoid_squared_error(z, y)
        np.testing.assert_allclose(dz[0], float(dying(point)), **CLOSE)


def test_information_of_the_code_is_the_definitions() -> None:
    parts = derivations.get("softmax-cross-entropy-parts")
    divergence = derivations.get("softmax-divergence-nonnegative")
    crossed, kl = compile_expr(parts.lines[0].expr), compile_expr(divergence.lines[0].expr)
    one_hot = last("softmax-one-hot-cross-entropy")
    for point in points("softmax-one-hot-cross-entropy"):
        p, q = (floats(point[name]) / sum(map(float, point[name])) for name in "ab")
        np.testing.assert_allclose(losses.cross_entropy(p, q), float(crossed(point)), **CLOSE)
        np.testing.assert_allclose(losses.kl_divergence(p, q), float(kl(point)), **CLOSE)
        assert losses.kl_divergence(p, q) >= float(last(divergence.id)(point))
        truth = np.eye(len(q))[point["y"]]
        np.testing.assert_allclose(losses.cross_entropy(truth, q), float(one_hot(point)), **CLOSE)


def test_loss_of_the_code_is_minus_the_log_likelihood() -> None:
    formula = derivations.get("softmax-likelihood").lines[0].expr
    for point in points("softmax-likelihood"):
        loss, _ = losses.cross_entropy_on_scores(np.log(floats(point["A"])), list(point["y"]))
        np.testing.assert_allclose(loss, float(compile_expr(formula)(point)), **CLOSE)


def test_penalty_of_the_code_is_minus_the_log_of_a_gaussian_prior() -> None:
    formula = last("softmax-gaussian-prior")
    for point in points("softmax-gaussian-prior"):
        W, sigma = floats(point["W"]), float(point["sigma"])
        penalty, _ = regularizers.l2_penalty(W, 1 / (2 * sigma**2))
        constant = W.size * math.log(2 * math.pi * sigma**2) / 2
        np.testing.assert_allclose(penalty + constant, float(formula(point)), **CLOSE)
