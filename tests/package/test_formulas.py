"""The package's own functions, run on symbols, give the formulas of the book: for all numbers at once."""

import numpy as np
import pytest
import sympy

from lintutor import losses, objective, regularizers

from .formulas import equal, expression, named

rng = np.random.default_rng(5)


def problem(N, D, C):
    """Return W, X as arrays of symbols at a random point off all kinks, and labels."""
    return named("w", rng.normal(size=(D, C))), named("x", rng.normal(size=(N, D))), np.arange(N) % C


def scores_of(W, X):
    return [
        [sum(expression(a) * expression(b) for a, b in zip(row, w, strict=True)) for w in W.T] for row in X
    ]


def softmax_loss(S, y):
    return sum(sympy.log(sum(map(sympy.exp, s))) - s[c] for s, c in zip(S, y, strict=True)) / len(y)


@pytest.mark.parametrize(("N", "D", "C"), [(1, 2, 2), (2, 1, 3), (1, 1, 4)])
@pytest.mark.parametrize("code", [losses.cross_entropy_loss_naive, losses.cross_entropy_loss_vectorized])
def test_cross_entropy_is_log_sum_exp_minus_the_true_score_and_its_gradient_the_derivative(code, N, D, C):
    W, X, y = problem(N, D, C)
    loss, dW = code(W, X, y)
    formula = softmax_loss(scores_of(W, X), y)
    assert equal(loss, formula)
    for k in np.ndindex(D, C):
        assert equal(dW[k], sympy.diff(formula, expression(W[k])))


def test_softmax_is_the_quotient_of_exponentials():
    S = named("s", [0.3, -1.2, 2.0])
    total = sum(sympy.exp(expression(s)) for s in S)
    for p, s in zip(losses.softmax(S), S, strict=True):
        assert equal(p, sympy.exp(expression(s)) / total)
    assert equal(losses.log_sum_exp(S), sympy.log(total))


def test_the_objective_adds_the_penalty_and_its_derivative():
    W, X, y = problem(1, 2, 2)
    reg = 0.5
    loss, dW = objective.softmax_loss_vectorized(W, X, y, reg)
    formula = softmax_loss(scores_of(W, X), y) + sympy.Rational(1, 2) * sum(
        expression(w) ** 2 for w in W.flat
    )
    assert equal(loss, formula)
    for k in np.ndindex(W.shape):
        assert equal(dW[k], sympy.diff(formula, expression(W[k])))


@pytest.mark.parametrize("label", [0, 1])
def test_binary_losses_have_their_derivatives(label):
    z = named("z", [0.7])
    s = expression(z[0])
    sigma = 1 / (1 + sympy.exp(-s))
    p = sigma if label else 1 - sigma
    for code, formula in [
        (losses.binary_cross_entropy, -sympy.log(p)),
        (losses.sigmoid_squared_error, (sigma - label) ** 2 / 2),
    ]:
        loss, dz = code(z, [label])
        assert equal(loss, formula)
        assert equal(dz[0], sympy.diff(formula, s))


@pytest.mark.parametrize(
    ("code", "formula"),
    [
        (lambda W: regularizers.l2_penalty(W, 0.5), lambda w: w**2 / 2),
        (lambda W: regularizers.l1_penalty(W, 0.5), lambda w: sympy.Abs(w) / 2),
        (lambda W: regularizers.elastic_net_penalty(W, 0.5, 3.0), lambda w: (3 * w**2 + sympy.Abs(w)) / 2),
    ],
)
def test_penalties_are_sums_over_the_weights_with_their_derivatives(code, formula):
    W = named("w", [[1.5, 0.25], [2.0, 3.0]])
    positive = {expression(w): sympy.Symbol(f"p{i}", positive=True) for i, w in enumerate(W.flat)}
    value, gradient = code(W)
    whole = sum(formula(expression(w)) for w in W.flat).subs(positive)
    assert sympy.simplify(expression(value).subs(positive) - whole) == 0
    for w, slope in zip(W.flat, gradient.flat, strict=True):
        assert (
            sympy.simplify(expression(slope).subs(positive) - sympy.diff(whole, positive[expression(w)])) == 0
        )


@pytest.mark.parametrize(
    "codes",
    [
        (losses.hinge_loss_naive, losses.hinge_loss_half_vectorized, losses.hinge_loss_vectorized),
        (losses.squared_hinge_loss_naive, losses.squared_hinge_loss_vectorized),
        (losses.crammer_singer_loss_naive, losses.crammer_singer_loss_vectorized),
        (losses.one_vs_rest_hinge_loss_naive, losses.one_vs_rest_hinge_loss_vectorized),
    ],
    ids=["hinge", "squared", "Crammer-Singer", "one-vs-rest"],
)
def test_the_gradient_of_a_hinge_is_the_derivative_of_the_piece_it_stands_on(codes):
    W, X, y = problem(2, 2, 3)
    for code in codes:
        loss, dW = code(W, X, y)
        for k in np.ndindex(W.shape):
            assert sympy.expand(expression(dW[k]) - sympy.diff(expression(loss), expression(W[k]))) == 0
