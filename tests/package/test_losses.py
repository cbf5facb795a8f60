"""The hinge losses keep their laws, agree with one another and refuse what they cannot use."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lintutor import gradients, losses, objective
from lintutor.losses import _linear

HINGE = {
    "loops": losses.hinge_loss_naive,
    "half": losses.hinge_loss_half_vectorized,
    "arrays": losses.hinge_loss_vectorized,
}
SQUARED = {"loops": losses.squared_hinge_loss_naive, "arrays": losses.squared_hinge_loss_vectorized}
CRAMMER_SINGER = {
    "loops": losses.crammer_singer_loss_naive,
    "arrays": losses.crammer_singer_loss_vectorized,
}
ONE_VS_REST = {
    "loops": losses.one_vs_rest_hinge_loss_naive,
    "arrays": losses.one_vs_rest_hinge_loss_vectorized,
}
FAMILIES = (HINGE, SQUARED, CRAMMER_SINGER, ONE_VS_REST)
COMPARING = [*HINGE.values(), *SQUARED.values(), *CRAMMER_SINGER.values()]  # of differences of scores
EVERY = [*COMPARING, *ONE_VS_REST.values()]
OBJECTIVES = [
    objective.svm_loss_naive,
    objective.svm_loss_half_vectorized,
    objective.svm_loss_vectorized,
    objective.squared_svm_loss,
]


@st.composite
def problems(draw, max_n=6, max_d=4, max_c=5):
    """Small problems of quarter-integers: exact in float64, ties and kinks included."""
    n, d = draw(st.integers(1, max_n)), draw(st.integers(1, max_d))
    c = draw(st.integers(2, max_c))
    numbers = st.integers(-8, 8).map(lambda k: k / 4)
    matrix = lambda rows, columns: np.array(  # noqa: E731
        draw(st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    )
    y = np.array(draw(st.lists(st.integers(0, c - 1), min_size=n, max_size=n)))
    return matrix(d, c), matrix(n, d), y


@given(problems(), st.integers(0, 4).map(lambda k: k / 2))
def test_the_twins_agree(problem, delta):
    W, X, y = problem
    for family in FAMILIES:
        loss, dW = family["loops"](W, X, y, delta)
        for twin in family.values():
            twin_loss, twin_dW = twin(W, X, y, delta)
            assert twin_loss == pytest.approx(loss, rel=1e-12, abs=1e-12)
            np.testing.assert_allclose(twin_dW, dW, rtol=1e-12, atol=1e-12)


@given(problems(max_n=3, max_c=4))
def test_exact_numbers_stay_exact_and_equal_the_definition(problem):
    W, X, y = problem
    exact = np.vectorize(Fraction, otypes=[object])
    W, X = exact(W), exact(X)
    S = X @ W
    terms = [S[i, j] - S[i, y[i]] + 1 for i in range(len(X)) for j in range(W.shape[1]) if j != y[i]]
    worst = [max(S[i, j] - S[i, y[i]] + 1 for j in range(W.shape[1]) if j != y[i]) for i in range(len(X))]
    alone = [1 - (1 if j == y[i] else -1) * S[i, j] for i in range(len(X)) for j in range(W.shape[1])]
    total = lambda margins, power=1: sum((max(t, 0) ** power for t in margins), Fraction(0))  # noqa: E731
    by_hand = (total(terms), total(terms, 2), total(worst), total(alone))
    for family, expected in zip(FAMILIES, by_hand, strict=True):
        by_loops = family["loops"](W, X, y)[1]
        for twin in family.values():
            loss, dW = twin(W, X, y)
            assert loss == expected / len(X)
            assert (dW == by_loops).all()  # to the last digit: no division went through a float
            assert all(isinstance(entry, (Fraction, int)) for entry in dW.flat)


@given(problems(), st.integers(-20, 20))
def test_adding_a_constant_to_all_scores_changes_nothing(problem, shift):
    W, X, y = problem
    S = X @ W
    np.testing.assert_array_equal(losses.hinge_margins(S, y), losses.hinge_margins(S + shift, y))


@given(problems())
def test_the_loss_is_at_least_the_share_of_mistakes(problem):
    W, X, y = problem
    S = X @ W
    assert losses.hinge_loss_vectorized(W, X, y)[0] >= (S.argmax(axis=1) != y).mean()


@given(problems(), st.data())
def test_the_loss_is_convex_along_segments(problem, data):
    W, X, y = problem
    numbers = st.lists(st.integers(-8, 8), min_size=W.size, max_size=W.size)
    V = np.array(data.draw(numbers), dtype=float).reshape(W.shape)
    t = data.draw(st.sampled_from([0.25, 0.5, 0.75]))
    for f in EVERY:
        between = f(t * W + (1 - t) * V, X, y)[0]
        assert between <= t * f(W, X, y)[0] + (1 - t) * f(V, X, y)[0] + 1e-9


@given(problems(), st.integers(1, 4))
def test_scores_and_margin_scaled_together_scale_the_loss(problem, factor):
    W, X, y = problem
    scaled = losses.hinge_loss_vectorized(factor * W, X, y, delta=factor)[0]
    assert scaled == pytest.approx(factor * losses.hinge_loss_vectorized(W, X, y)[0])


@given(problems())
def test_the_columns_of_the_data_gradient_sum_to_zero(problem):
    for f in COMPARING:
        np.testing.assert_allclose(f(*problem)[1].sum(axis=1), 0, atol=1e-9)


@given(problems())
def test_the_gradient_equals_finite_differences_off_the_kinks(problem):
    W, X, y = problem
    S = X @ W
    wrong = np.arange(W.shape[1]) != y[:, None]
    gap = S - S[np.arange(len(y)), y][:, None] + 1.0
    assume(not np.any((np.abs(gap) < 1e-9) & wrong))
    assume(not np.any(np.abs(1 - np.where(wrong, -S, S)) < 1e-9))
    first, second = np.sort(np.where(wrong, gap, -np.inf), axis=1)[:, -2:].T[::-1]
    assume(not np.any((first > 0) & (first - second < 1e-9)))  # nor does the worst of the wrong classes tie
    for f in EVERY:
        numerical = gradients.eval_numerical_gradient(lambda V, f=f: f(V, X, y)[0], W)
        np.testing.assert_allclose(f(W, X, y)[1], numerical, atol=1e-6)


@pytest.mark.parametrize("f", EVERY)
def test_at_a_margin_of_exactly_zero_the_gradient_contributes_zero(f):
    scores = [[1.0, -1.0]] if f in ONE_VS_REST.values() else [[0.0, -1.0]]
    loss, dW = f(scores, [[1.0]], [0])
    assert loss == 0
    assert not dW.any()


@pytest.mark.parametrize("C", [2, 3, 10])
def test_at_zero_weights_the_loss_is_the_number_of_wrong_classes_times_delta(C):
    X, y = np.ones((7, 3)), np.arange(7) % C
    assert losses.hinge_loss_vectorized(np.zeros((3, C)), X, y, delta=2.0)[0] == (C - 1) * 2.0


@pytest.mark.parametrize("f", [*EVERY, *(lambda W, X, y, g=g: g(W, X, y, 0.5) for g in OBJECTIVES)])
def test_arguments_are_never_changed_and_results_never_share_their_memory(f):
    rng = np.random.default_rng(0)
    W, X, y = rng.normal(size=(4, 3)), rng.normal(size=(5, 4)), np.array([0, 1, 2, 1, 0])
    copies = W.copy(), X.copy(), y.copy()
    for a in (W, X, y):
        a.setflags(write=False)
    _, dW = f(W, X, y)
    for a, copy in zip((W, X, y), copies, strict=True):
        np.testing.assert_array_equal(a, copy)
    assert not np.shares_memory(dW, W)


@pytest.mark.parametrize("f", OBJECTIVES)
@given(problem=problems(), reg=st.integers(0, 8).map(lambda k: k / 4))
def test_the_objective_adds_reg_times_the_sum_of_squares_and_its_gradient(f, problem, reg):
    W, X, y = problem
    loss, dW = f(W, X, y, reg)
    bare, bare_dW = f(W, X, y, 0.0)
    assert loss - bare == pytest.approx(reg * (W**2).sum())
    np.testing.assert_allclose(dW - bare_dW, 2 * reg * W, atol=1e-12)


@pytest.mark.parametrize("f", EVERY)
def test_float32_integers_and_strided_arrays_are_welcome(f):
    rng = np.random.default_rng(1)
    W, X, y = rng.integers(-3, 4, size=(4, 3)), rng.integers(-3, 4, size=(5, 4)), rng.integers(3, size=5)
    loss, dW = f(W, X, y)
    loss32, dW32 = f(W.astype(np.float32), X.astype(np.float32), y.astype(np.int32))
    assert loss32 == pytest.approx(loss)
    assert dW32.dtype == np.float32
    assert dW.dtype == np.float64
    wide = np.zeros((5, 8))
    wide[:, ::2] = X
    np.testing.assert_allclose(f(np.asfortranarray(W), wide[:, ::2], y)[1], dW)


GOOD = {"W": np.zeros((3, 2)), "X": np.ones((4, 3)), "y": np.array([0, 1, 1, 0])}


@pytest.mark.parametrize("f", EVERY)
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"X": np.ones((4, 2))}, "X has 2 columns, W has 3 rows"),
        ({"X": np.ones(3)}, r"X must have two axes, got shape \(3,\)"),
        ({"X": np.empty((0, 3)), "y": []}, "X has no rows"),
        ({"W": np.empty((3, 0))}, "W must have at least one column"),
        ({"W": [[1.0, np.nan], [0, 0], [0, 0]]}, r"W must be finite, got nan at index \(0, 1\)"),
        ({"y": [0, 1]}, "y has 2 labels for 4 rows of X"),
        ({"y": [0, 1, 2, 0]}, r"y must lie in 0\.\.1, got 2 at index 2"),
        ({"y": [0, -1, 1, 0]}, r"y must lie in 0\.\.1, got -1 at index 1"),
        ({"y": [0.5, 1, 1, 0]}, "y must hold whole numbers, not float64"),
        ({"X": [[1.0], [1.0, 2.0]]}, "X must be a rectangular array"),
        ({"W": [["a", "b"]]}, "W must hold real numbers"),
        ({"X": np.array([[object()] * 3] * 4)}, "X must hold real numbers, not object"),
        ({"delta": -1.0}, "delta must be at least 0, got -1.0"),
        ({"delta": "one"}, "delta must be a number, got str"),
    ],
)
def test_bad_input_is_refused_with_its_name(f, changed, message):
    with pytest.raises((ValueError, TypeError), match=message):
        f(**{**GOOD, **changed})


def test_a_negative_penalty_is_refused_with_its_name():
    with pytest.raises(ValueError, match=r"reg must be at least 0, got -0\.1"):
        objective.svm_loss_vectorized(**GOOD, reg=-0.1)


def test_the_loss_of_one_example_equals_its_row_of_margins():
    S = np.array([[13.0, -7.0, 11.0], [1.0, 2.0, 3.0]])
    for i, y in enumerate((0, 2)):
        row = losses.hinge_margins(S, [0, 2], delta=10.0)[i]
        assert losses.hinge_loss_one(S[i], y, delta=10.0) == row.sum()
    with pytest.raises(ValueError, match=r"y must lie in 0\.\.2, got 3"):
        losses.hinge_loss_one(S[0], 3)


@given(problems(), st.integers(0, 4).map(lambda k: k / 2))
def test_the_loss_of_scores_is_the_loss_of_weights_and_its_gradient_leads_to_that_of_weights(problem, delta):
    W, X, y = problem
    for of_scores, of_weights in (
        (
            lambda S, y: losses.hinge_on_scores(S, y, delta),
            lambda *p: losses.hinge_loss_vectorized(*p, delta),
        ),
        (losses.cross_entropy_on_scores, losses.cross_entropy_loss_vectorized),
    ):
        (loss, dS), (expected, dW) = of_scores(X @ W, y), of_weights(W, X, y)
        assert loss == pytest.approx(expected, rel=1e-12, abs=1e-12)
        np.testing.assert_allclose(X.T @ dS, dW, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(dS.sum(axis=1), 0, atol=1e-12)


FAST = [
    losses.hinge_loss_vectorized,
    losses.squared_hinge_loss_vectorized,
    losses.crammer_singer_loss_vectorized,
    losses.one_vs_rest_hinge_loss_vectorized,
    losses.cross_entropy_loss_vectorized,
]


@pytest.mark.parametrize("f", FAST)
def test_blocks_of_rows_give_what_one_block_gives(f, monkeypatch):
    rng = np.random.default_rng(3)
    W, X, y = rng.normal(size=(7, 3)), rng.normal(size=(1001, 7)), rng.integers(3, size=1001)
    whole = f(W, X, y)
    monkeypatch.setattr(_linear, "_CACHE", 1)
    for block in (21 * 16, 21 * 100, 21 * 1000, 21 * 1001):
        monkeypatch.setattr(_linear, "_BLOCK", block)
        loss, dW = f(W, X, y)
        assert loss == pytest.approx(whole[0], rel=1e-12)
        np.testing.assert_allclose(dW, whole[1], rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("f", FAST)
@pytest.mark.parametrize("cache", [1, 2**40])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("row", [0, 40, 99])
def test_a_number_that_is_not_finite_is_found_wherever_it_stands(f, cache, bad, row, monkeypatch):
    """Also where every hinge is closed and the weight that it meets is 0: nothing swallows it."""
    monkeypatch.setattr(_linear, "_CACHE", cache)
    monkeypatch.setattr(_linear, "_BLOCK", 16 * 33)
    W = np.zeros((3, 11))
    W[0, 0] = 100.0
    X, y = np.zeros((100, 3)), np.zeros(100, dtype=int)
    X[:, 0] = 1.0
    for column in range(3):
        spoiled = X.copy()
        spoiled[row, column] = bad
        with pytest.raises(ValueError, match=rf"X must be finite, got {bad} at index \({row}, {column}\)"):
            f(W, spoiled, y)


@pytest.mark.parametrize("f", FAST)
def test_a_loss_that_overflows_says_so(f):
    with pytest.raises(FloatingPointError, match="the loss overflows float64"):
        f(np.array([[1e200, -1e200]]), np.array([[1e200]]), [1])
