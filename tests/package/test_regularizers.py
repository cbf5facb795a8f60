"""Penalties are what they say, with their gradients; thresholds solve the problems they stand for."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lintutor import gradients, regularizers

weights = arrays(float, (2, 3), elements=st.integers(-40, 40).filter(bool).map(lambda k: k / 8))
strength = st.integers(0, 16).map(lambda k: k / 8)
PENALTIES = {
    "l2": lambda W, reg: regularizers.l2_penalty(W, reg),
    "l1": lambda W, reg: regularizers.l1_penalty(W, reg),
    "elastic": lambda W, reg: regularizers.elastic_net_penalty(W, reg, 0.5),
}


@given(weights, strength)
def test_values_are_sums_over_the_weights(W, reg):
    assert PENALTIES["l2"](W, reg)[0] == reg * (W**2).sum()
    assert PENALTIES["l1"](W, reg)[0] == reg * np.abs(W).sum()
    assert PENALTIES["elastic"](W, reg)[0] == reg * (0.5 * W**2 + np.abs(W)).sum()


@pytest.mark.parametrize("penalty", PENALTIES.values(), ids=PENALTIES)
@given(W=weights, reg=strength)
def test_gradients_equal_finite_differences_off_the_kink(penalty, W, reg):
    numerical = gradients.eval_numerical_gradient(lambda V: penalty(V, reg)[0], W)
    np.testing.assert_allclose(penalty(W, reg)[1], numerical, atol=1e-6)


@pytest.mark.parametrize("penalty", PENALTIES.values(), ids=PENALTIES)
@given(W=weights, V=weights, t=st.sampled_from([0.25, 0.5, 0.75]))
def test_penalties_are_convex_even_and_zero_at_zero(penalty, W, V, t):
    value = lambda A: penalty(A, 2.0)[0]  # noqa: E731
    assert value(t * W + (1 - t) * V) <= t * value(W) + (1 - t) * value(V) + 1e-12
    assert value(-W) == value(W)
    assert value(0 * W) == 0
    assert not penalty(0 * W, 2.0)[1].any()


@given(weights, st.sampled_from([-2.0, -0.5, 0.25, 4.0]))
def test_one_penalty_is_homogeneous_of_degree_two_the_other_of_degree_one(W, factor):
    assert PENALTIES["l2"](factor * W, 1.0)[0] == pytest.approx(factor**2 * PENALTIES["l2"](W, 1.0)[0])
    assert PENALTIES["l1"](factor * W, 1.0)[0] == pytest.approx(abs(factor) * PENALTIES["l1"](W, 1.0)[0])


@given(st.floats(-5, 5), st.floats(0, 3), st.floats(0, 2))
def test_thresholds_minimize_what_they_stand_for(w, t, beta):
    for ours, cost in (
        (regularizers.soft_threshold(w, t), lambda v: (v - w) ** 2 / 2 + t * abs(v)),
        (
            regularizers.elastic_net_prox(w, t, beta),
            lambda v: (v - w) ** 2 / 2 + t * (beta * v**2 + abs(v)),
        ),
    ):
        best = scipy.optimize.minimize_scalar(cost, bounds=(-6, 6), method="bounded", options={"xatol": 1e-9})
        assert cost(float(ours)) <= best.fun + 1e-9
        assert float(ours) == pytest.approx(best.x, abs=1e-4)


def test_soft_threshold_makes_exact_zeros_without_a_sign():
    moved = regularizers.soft_threshold([0.5, -0.5, 1.0, -1.0], 1.0)
    assert moved.tolist() == [0, 0, 0, 0]
    assert not np.signbit(moved).any()


def test_exact_numbers_stay_exact():
    W = np.array([Fraction(1, 3), Fraction(-1, 7)], dtype=object)
    assert regularizers.l1_penalty(W, Fraction(1, 2))[0] == Fraction(5, 21)
    assert regularizers.elastic_net_penalty(W, 1, Fraction(1, 2))[0] == Fraction(10, 21) + Fraction(58, 882)
    assert regularizers.soft_threshold(W, Fraction(1, 4)).tolist() == [Fraction(1, 12), 0]


def test_float32_stays_and_nothing_is_changed_or_shared():
    W = np.array([[1.0, -2.0]], dtype=np.float32)
    W.setflags(write=False)
    for penalty in PENALTIES.values():
        gradient = penalty(W, 0.5)[1]
        assert gradient.dtype == np.float32
        assert not np.shares_memory(gradient, W)
    assert regularizers.soft_threshold(W, 0.5).dtype == np.float32
    assert not np.shares_memory(regularizers.soft_threshold(W, 0.0), W)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: regularizers.l1_penalty([1.0], -1), "reg must be at least 0, got -1"),
        (lambda: regularizers.l2_penalty([np.nan], 1), r"W must be finite, got nan at index \(0,\)"),
        (lambda: regularizers.elastic_net_penalty([1.0], 1, -2), "beta must be at least 0, got -2"),
        (lambda: regularizers.soft_threshold([1.0], -0.5), r"t must be at least 0, got -0\.5"),
        (lambda: regularizers.elastic_net_prox([1.0], 1.0, -1.0), r"beta must be at least 0, got -1\.0"),
    ],
)
def test_bad_input_is_refused_with_its_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
