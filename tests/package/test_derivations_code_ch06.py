"""The differences and slopes that the package computes are those of the derivations of chapter 6."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lintutor import derivations, gradients, losses
from lintutor.derivations.evaluate import compile_expr


def last(id: str) -> Any:
    return compile_expr(derivations.get(id).lines[-1].expr)


@pytest.mark.parametrize("h", [0.5, 0.1, 0.02])
def test_differences_of_the_code_err_as_the_formulas_say(h: float) -> None:
    # Of a cubic the second and third derivatives between are known: f'' at x + h/3, f''' = 6 everywhere.
    x = 0.7
    forward, centered = (
        float(gradients.eval_numerical_gradient(lambda t: float(t**3), x, h, centered=c)) - 3 * x**2
        for c in (False, True)
    )
    point = {"h": h, "f2": 6 * (x + h / 3), "f3+": 6.0, "f3-": 6.0}
    assert forward == pytest.approx(float(last("grad-forward-error")(point)), rel=1e-9)
    assert centered == pytest.approx(float(last("grad-centered-error")(point)), rel=1e-9)


def test_best_steps_of_the_code_are_near_the_formulas() -> None:
    # exp at 1: value, second and third derivative are all e, so they cancel in the formulas.
    steps, unit = np.logspace(-10, -2, 81), np.finfo(float).eps / 2
    best = {"grad-best-step-forward": 2 * unit**0.5, "grad-best-step-centered": (3 * unit) ** (1 / 3)}
    for id, predicted in best.items():
        errors = [
            max(  # near 1 the rounding differs from place to place: take the worst of some
                abs(
                    float(
                        gradients.eval_numerical_gradient(
                            lambda t: float(np.exp(t)), x, h, centered="centered" in id
                        )
                    )
                    - np.exp(x)
                )
                for x in np.linspace(0.99, 1.01, 41)
            )
            for h in steps
        ]
        assert 1 / 5 < steps[int(np.argmin(errors))] / predicted < 5
        assert min(errors) < 5 * floor(id, unit)


def floor(id: str, unit: float) -> float:
    """Return the least error that the derivation leaves possible, for f = f'' = f''' = e."""
    return float(last(id)({"varepsilon": unit, "F": np.e, "F2": np.e, "F3": np.e, "h": 1.0}))


def test_code_beside_a_kink_gives_the_mixture() -> None:
    formula = last("grad-kink-difference")
    for point in derivations.get("grad-kink-difference").domain.points(seed=7):
        x, h = float(point["p"]), float(point["p"] + point["q"])
        slope = gradients.eval_numerical_gradient(lambda t: float(np.maximum(0, t)), x, h)
        assert float(slope) == pytest.approx(float(formula(point)), rel=1e-12)


def test_slopes_of_the_code_stay_above_minus_the_length_of_the_gradient() -> None:
    bound, attained = (
        last("grad-steepest-descent"),
        compile_expr(derivations.get("grad-steepest-attained").lines[0].expr),
    )
    for point in derivations.get("grad-steepest-descent").domain.points(seed=7):
        g, u = np.array(point["g"], dtype=float), np.array(point["u"], dtype=float)
        lowest = float(bound(point))
        assert gradients.directional_derivative(g, u / np.linalg.norm(u)) >= lowest - 1e-12
        assert gradients.directional_derivative(g, -g / np.linalg.norm(g)) == pytest.approx(lowest)
        assert float(attained(point)) == pytest.approx(lowest)


def test_gradient_of_the_code_is_the_product_of_the_formula() -> None:
    formula, compared = last("grad-matrix-product"), 0
    rng = np.random.default_rng(7)
    for point in derivations.get("grad-matrix-product").domain.points(seed=7):
        W, X = (np.array([[Fraction(v) for v in row] for row in point[name]], dtype=object) for name in "WX")
        y = rng.integers(W.shape[1], size=len(X))
        counts = losses.hinge_margins(X @ W, y, Fraction(1)) > 0  # (N, C)
        dS = np.array([[Fraction(int(c)) for c in row] for row in counts], dtype=object)
        dS[np.arange(len(X)), y] = -dS.sum(axis=1)
        dS = dS / len(X)
        _, dW = losses.hinge_loss_vectorized(W, X, y, Fraction(1))
        value = formula({**point, "dS": tuple(map(tuple, dS))})
        assert dW[point["d"], point["k"]] == value
        compared += value != 0
    assert compared > 50
