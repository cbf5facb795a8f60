"""Softmax, cross-entropy and information keep their laws, to the last digits and at any size of scores."""

import math

import numpy as np
import pytest
import scipy.special
import scipy.stats
import sklearn.metrics
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lintutor import gradients, losses, objective

TWINS = (losses.cross_entropy_loss_naive, losses.cross_entropy_loss_vectorized)
small = st.integers(-40, 40).map(lambda k: k / 8)
rows = arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=small)
any_size = arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=st.floats(-1e6, 1e6))


@st.composite
def problems(draw):
    n, d, c = (draw(st.integers(1, 5)) for _ in range(3))
    matrix = lambda *shape: draw(arrays(float, shape, elements=small))  # noqa: E731
    y = np.array(draw(st.lists(st.integers(0, c - 1), min_size=n, max_size=n)))
    return matrix(d, c), matrix(n, d), y


@st.composite
def distributions(draw, number=2):
    c = draw(st.integers(1, 6))
    counts = [draw(st.lists(st.integers(0, 20), min_size=c, max_size=c).filter(any)) for _ in range(number)]
    return [np.array(count) / sum(count) for count in counts]


@given(any_size)
def test_softmax_is_positive_sums_to_one_keeps_the_order_and_equals_scipys(S):
    p = losses.softmax(S)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-15)
    order = np.argsort(S, axis=1, kind="stable")
    assert (np.diff(np.take_along_axis(p, order, axis=1), axis=1) >= 0).all()
    np.testing.assert_allclose(p, scipy.special.softmax(S, axis=1), rtol=1e-12, atol=0)
    np.testing.assert_allclose(
        losses.log_softmax(S), scipy.special.log_softmax(S, axis=1), rtol=1e-12, atol=1e-15
    )
    np.testing.assert_allclose(losses.log_sum_exp(S), scipy.special.logsumexp(S, axis=1), rtol=1e-12)


@given(rows, st.integers(-1000, 1000))
def test_a_constant_added_to_all_scores_changes_no_probability_and_shifts_log_sum_exp(S, shift):
    np.testing.assert_array_equal(losses.softmax(S + shift), losses.softmax(S))
    np.testing.assert_allclose(
        losses.log_sum_exp(S + shift), losses.log_sum_exp(S) + shift, rtol=1e-13, atol=1e-12
    )


@given(any_size)
def test_log_sum_exp_lies_between_the_maximum_and_log_c_above_it(S):
    top = S.max(axis=1)
    assert (losses.log_sum_exp(S) >= top).all()
    assert (losses.log_sum_exp(S) <= top + math.log(S.shape[1]) + 1e-9 * np.abs(top)).all()


@given(rows, st.sampled_from([0.125, 0.5, 2.0, 8.0]))
def test_temperature_divides_the_scores(S, temperature):
    np.testing.assert_allclose(losses.softmax(S, temperature), losses.softmax(S / temperature), rtol=1e-12)


def test_a_temperature_near_zero_takes_the_largest_and_a_huge_one_takes_all_alike():
    np.testing.assert_array_equal(losses.softmax([1.0, 3.0, 2.0], temperature=1e-300), [0, 1, 0])
    np.testing.assert_allclose(losses.softmax([1.0, 3.0, 2.0], temperature=1e12), 1 / 3)


@given(problems())
def test_the_twins_agree_and_equal_scikit_learns_log_loss(problem):
    W, X, y = problem
    (loss, dW), (other, dV) = (f(W, X, y) for f in TWINS)
    assert other == pytest.approx(loss, rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(dV, dW, rtol=1e-11, atol=1e-12)
    p = losses.softmax(X @ W)
    if W.shape[1] > 1 and p.min() > 1e-12:  # it clips smaller ones
        theirs = sklearn.metrics.log_loss(y, p, labels=range(W.shape[1]))
        assert loss == pytest.approx(theirs, rel=1e-9, abs=1e-12)


@given(problems())
def test_the_gradient_equals_finite_differences_and_its_columns_sum_to_zero(problem):
    W, X, y = problem
    for f in TWINS:
        dW = f(W, X, y)[1]
        numerical = gradients.eval_numerical_gradient(lambda V, f=f: f(V, X, y)[0], W)
        np.testing.assert_allclose(dW, numerical, atol=1e-7)
        np.testing.assert_allclose(dW.sum(axis=1), 0, atol=1e-12)


@given(problems(), st.data(), st.sampled_from([0.25, 0.5, 0.75]))
def test_the_loss_is_convex_along_segments(problem, data, t):
    W, X, y = problem
    V = data.draw(arrays(float, W.shape, elements=small))
    for f in TWINS:
        between = f(t * W + (1 - t) * V, X, y)[0]
        assert between <= t * f(W, X, y)[0] + (1 - t) * f(V, X, y)[0] + 1e-9


@pytest.mark.parametrize("C", [1, 2, 10])
def test_at_zero_weights_the_loss_is_log_c(C):
    X, y = np.ones((7, 3)), np.arange(7) % C
    for f in (objective.softmax_loss_naive, objective.softmax_loss_vectorized):
        assert f(np.zeros((3, C)), X, y, 0.5)[0] == pytest.approx(math.log(C), abs=1e-15)


@pytest.mark.parametrize("S", [[10, -2, 3], [10, 9, 9], [10, -100, -100], [-3, 2, 2], [0, 700, -700]])
def test_losses_of_every_size_keep_fourteen_digits(S):
    for y in range(3):
        exact = sympy.log(sum(sympy.exp(sympy.Integer(s) - S[y]) for s in S)).evalf(60)
        ours = losses.cross_entropy_loss_one(S, y)
        assert ours == pytest.approx(float(exact), rel=1e-14)
        gradient = losses.cross_entropy_on_scores([S], [y])[1][0]
        p = [sympy.exp(sympy.Integer(s)) / sum(sympy.exp(sympy.Integer(t)) for t in S) for s in S]
        for j in range(3):
            assert gradient[j] == pytest.approx(float((p[j] - int(j == y)).evalf(80)), rel=1e-13)


def test_scores_beyond_the_range_of_the_exponential_give_finite_losses():
    assert losses.cross_entropy_loss_one([0, 1000], 0) == 1000
    assert losses.cross_entropy_loss_one([0, 1000], 1) == 0
    assert losses.cross_entropy_loss_one([-1e300, 1e300], 0) == pytest.approx(2e300)


@given(rows, st.data())
def test_two_classes_are_the_sigmoid_of_the_difference(S, data):
    z = S[:, 0]
    y = np.array(data.draw(st.lists(st.integers(0, 1), min_size=len(z), max_size=len(z))))
    both = np.stack([np.zeros_like(z), z], axis=1)
    np.testing.assert_allclose(losses.softmax(both)[:, 1], losses.sigmoid(z), rtol=1e-14)
    loss, dz = losses.binary_cross_entropy(z, y)
    expected, dS = losses.cross_entropy_on_scores(both, y)
    assert loss == pytest.approx(expected, rel=1e-13)
    np.testing.assert_allclose(dz, dS[:, 1], rtol=1e-13)
    signs = 2 * y - 1
    pair = np.stack([-z / 2, z / 2], axis=1)
    assert losses.binary_hinge_loss(z, signs)[0] == pytest.approx(losses.hinge_on_scores(pair, y)[0])


@given(arrays(float, st.integers(1, 6), elements=st.floats(-700, 700)))
def test_the_sigmoid_equals_scipys_and_is_symmetric(z):
    np.testing.assert_allclose(losses.sigmoid(z), scipy.special.expit(z), rtol=1e-14)
    np.testing.assert_allclose(losses.sigmoid(z) + losses.sigmoid(-z), 1, rtol=1e-15)


def test_the_sigmoid_keeps_the_smallest_numbers_that_there_are():
    assert losses.sigmoid(-710.0) == math.exp(-710)  # scipy's is 0
    assert losses.sigmoid(-800.0) == 0
    assert losses.sigmoid(800.0) == 1


@pytest.mark.parametrize(
    ("f", "labels"),
    [
        (losses.binary_cross_entropy, (0, 1)),
        (losses.sigmoid_squared_error, (0, 1)),
        (losses.binary_hinge_loss, (-1, 1)),
    ],
)
def test_gradients_of_two_classes_equal_finite_differences(f, labels):
    z = np.array([-3.0, -0.3, 0.2, 2.5, 20.0])
    y = np.array(labels)[[0, 1, 0, 1, 0]]
    numerical = gradients.eval_numerical_gradient(lambda v: f(v, y)[0], z)
    np.testing.assert_allclose(f(z, y)[1], numerical, atol=1e-9)


def test_one_confident_mistake_costs_its_score_and_squared_error_forgets_it():
    loss, dz = losses.binary_cross_entropy([50.0], [0])
    assert (loss, dz[0]) == (50.0, 1.0)
    assert losses.binary_cross_entropy([50.0], [1])[0] == pytest.approx(math.exp(-50), rel=1e-13)
    assert abs(losses.sigmoid_squared_error([50.0], [0])[1][0]) < 1e-20


@given(distributions())
def test_cross_entropy_is_entropy_plus_divergence_and_both_equal_scipys(pair):
    p, q = pair
    assert losses.entropy(p) == pytest.approx(scipy.stats.entropy(p), abs=1e-12)
    if (q[p > 0] == 0).any():
        assert losses.kl_divergence(p, q) == losses.cross_entropy(p, q) == math.inf
        return
    assert losses.kl_divergence(p, q) == pytest.approx(scipy.stats.entropy(p, q), abs=1e-12)
    assert losses.cross_entropy(p, q) == pytest.approx(
        losses.entropy(p) + losses.kl_divergence(p, q), abs=1e-12
    )
    assert losses.kl_divergence(p, q) >= 0
    assert losses.kl_divergence(p, p) == 0
    assert 0 <= losses.entropy(p) <= math.log(len(p)) + 1e-12


def test_information_of_certainty_is_zero_and_of_the_impossible_infinite():
    assert str(losses.self_information(1.0)) == "0.0"
    assert losses.self_information([0.0, 1.0]).tolist() == [math.inf, 0.0]


def test_float32_stays_float32():
    rng = np.random.default_rng(0)
    W, X, y = rng.normal(size=(4, 3)).astype("f4"), rng.normal(size=(6, 4)).astype("f4"), np.arange(6) % 3
    for f in TWINS:
        loss, dW = f(W, X, y)
        assert dW.dtype == np.float32
        assert loss == pytest.approx(f(W.astype(float), X.astype(float), y)[0], rel=1e-5)
    assert losses.softmax(X).dtype == losses.sigmoid(X).dtype == np.float32
    assert losses.softmax(X, temperature=0.5).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: losses.softmax([]), r"S must have at least one score in its last axis, got shape \(0,\)"),
        (lambda: losses.softmax(3.0), "S must have at least one score"),
        (lambda: losses.softmax([1.0, np.nan]), r"S must be finite, got nan at index \(1,\)"),
        (lambda: losses.softmax([1.0], temperature=0), "temperature must be more than 0, got 0"),
        (lambda: losses.cross_entropy_loss_one([1.0, 2.0], 2), r"y must lie in 0\.\.1, got 2"),
        (lambda: losses.cross_entropy_on_scores(np.empty((0, 2)), []), "S has no rows"),
        (lambda: losses.cross_entropy_on_scores(np.empty((2, 0)), [0, 0]), "S must have at least one column"),
        (lambda: losses.cross_entropy_loss_vectorized([[1.0]], [[1.0]], [1]), r"y must lie in 0\.\.0, got 1"),
        (lambda: losses.binary_cross_entropy([1.0, 2.0], [0]), "y has 1 labels for 2 scores"),
        (lambda: losses.binary_cross_entropy([1.0], [2]), "y must hold 0 or 1, got 2 at index 0"),
        (lambda: losses.binary_hinge_loss([1.0], [0]), "y must hold -1 or 1, got 0 at index 0"),
        (lambda: losses.binary_cross_entropy([], []), "z is empty"),
        (lambda: losses.entropy([0.5, 0.6]), r"p must sum to 1, got 1\.1"),
        (lambda: losses.entropy([1.5, -0.5]), r"p must lie between 0 and 1, got 1\.5 at index \(0,\)"),
        (lambda: losses.self_information(-0.1), r"p must lie between 0 and 1, got -0\.1"),
        (lambda: losses.kl_divergence([1.0], [0.5, 0.5]), "p has 1 entries, q has 2"),
    ],
)
def test_bad_input_is_refused_with_its_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
