"""Search finds, rules are their formulas, descent converges as theory says, batches are fair."""

import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintutor import optimizers
from lintutor.objective import svm_loss_vectorized


def bowl(curvatures):
    """Return the quadratic ``sum(h * w**2) / 2`` with its gradient: minimum 0 at the origin."""
    h = np.asarray(curvatures, dtype=float)
    return lambda w: (float((h * w * w).sum() / 2), h * w)


# Search


def test_random_search_returns_the_best_of_its_guesses_at_the_scale_asked_for():
    seen = []

    def loss(W):
        seen.append(W.copy())
        return float(((W - 0.2) ** 2).sum())

    W, lowest = optimizers.random_search(loss, (40, 25), 30, np.random.default_rng(1), scale=0.5)
    losses = [float(((V - 0.2) ** 2).sum()) for V in seen]
    assert len(seen) == 30
    assert lowest == min(losses)
    np.testing.assert_array_equal(W, seen[int(np.argmin(losses))])
    assert np.std(seen) == pytest.approx(0.5, rel=0.02)
    assert abs(np.mean(seen)) < 0.02


def test_the_usual_scale_of_a_guess_is_1e_minus_4():
    W, _ = optimizers.random_search(lambda W: 0.0, (100, 100), 1, rng=0)
    assert W.std() == pytest.approx(1e-4, rel=0.05)


def test_of_equal_losses_the_first_guess_wins_and_nan_never_does():
    guesses = []
    values = iter([math.nan, math.inf, 2.0, math.nan, 2.0])

    def loss(W):
        guesses.append(W.copy())
        return next(values)

    W, lowest = optimizers.random_search(loss, (2,), 5, rng=0)
    assert lowest == 2.0
    np.testing.assert_array_equal(W, guesses[2])
    with pytest.raises(ValueError, match="loss returned nan for each of the 3 guesses"):
        optimizers.random_search(lambda W: math.nan, (2,), 3, rng=0)


def test_local_search_never_climbs_tries_every_step_and_leaves_its_start_alone():
    start, tried = np.array([3.0, 4.0]), []

    def loss(W):
        tried.append(W.copy())
        return float((W**2).sum())

    W, lowest = optimizers.random_local_search(loss, start, 200, 0.3, rng=0)
    assert len(tried) == 201
    assert lowest == min(float((V**2).sum()) for V in tried) == float((W**2).sum())
    assert lowest < 0.5
    np.testing.assert_array_equal(start, [3.0, 4.0])
    assert not np.shares_memory(W, start)
    stays, same = optimizers.random_local_search(loss, start, 0, 0.3)
    assert same == 25.0
    np.testing.assert_array_equal(stays, start)


def test_local_search_walks_from_where_it_stands():
    W, lowest = optimizers.random_local_search(lambda W: -float(W.sum()), np.zeros(1), 400, 1.0, rng=0)
    assert lowest < -50  # about 400 * E[max(0, step)] = 160; a single step would reach 4 at most
    assert W[0] == -lowest


def test_search_keeps_float32_and_a_loss_cannot_change_the_weights():
    W, _ = optimizers.random_local_search(lambda W: float((W**2).sum()), np.ones(3, np.float32), 5, 0.1)
    assert W.dtype == np.float32

    def spoil(W):
        W += 1

    with pytest.raises(ValueError, match="read-only"):
        optimizers.random_search(spoil, (2,), 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: optimizers.random_search(sum, (2,), 0), "num_tries must be at least 1, got 0"),
        (lambda: optimizers.random_search(sum, (2,), 1, scale=0), "scale must be more than 0, got 0"),
        (lambda: optimizers.random_search(lambda W: W, (2,), 1), "loss must return one number"),
        (lambda: optimizers.random_search(lambda W: None, (2,), 1), "loss must return one number"),
        (lambda: optimizers.random_local_search(sum, [np.nan], 1, 1.0), "W must be finite, got nan"),
        (lambda: optimizers.random_local_search(sum, [1.0], -1, 1.0), "num_steps must be at least 0"),
        (lambda: optimizers.random_local_search(sum, [1.0], 1, 0.0), "step_size must be more than 0"),
        (lambda: optimizers.random_local_search(lambda W: math.nan, [1.0], 1, 1.0), "loss is nan at the W"),
    ],
)
def test_search_refuses_bad_input_with_its_name(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()


# Update rules

RULES = [optimizers.sgd_plain, optimizers.sgd_momentum, optimizers.sgd_nesterov]


@pytest.mark.parametrize("rule", RULES)
@given(
    st.lists(st.tuples(st.integers(-8, 8), st.integers(-8, 8)), min_size=1, max_size=4),
    st.integers(0, 7).map(lambda k: k / 8),
)
def test_the_rules_are_their_formulas_in_exact_arithmetic(rule, pairs, mu):
    w = np.array([Fraction(a) for a, _ in pairs], dtype=object)
    dw = np.array([Fraction(b, 4) for _, b in pairs], dtype=object)
    mu, rate = Fraction(mu), Fraction(1, 8)
    x, v = w, 0 * w
    config = {"learning_rate": rate, "momentum": mu}
    for _ in range(3):
        w, config = rule(w, dw, config)
        before, v = v, mu * v - rate * dw
        if rule is optimizers.sgd_plain:
            x = x - rate * dw
        elif rule is optimizers.sgd_momentum:
            x = x + v
        else:  # as it is often written: back by the old velocity, on by the new
            x = x - mu * before + (1 + mu) * v
        assert list(w) == list(x)


def test_nesterov_in_this_form_is_the_method_that_takes_its_gradient_ahead():
    grad, mu, rate = lambda w: np.array([1.0, 5.0]) * w, 0.8, 0.1
    point, velocity = np.array([2.0, -1.0]), np.zeros(2)
    ahead, config = point + mu * velocity, {"learning_rate": rate, "momentum": mu}
    for _ in range(10):
        ahead, config = optimizers.sgd_nesterov(ahead, grad(ahead), config)
        velocity = mu * velocity - rate * grad(point + mu * velocity)
        point = point + velocity
        np.testing.assert_allclose(ahead, point + mu * velocity, rtol=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_without_momentum_all_rules_are_plain_and_nothing_given_is_changed(rule):
    w, dw, config = np.array([1.0, 2.0]), np.array([0.5, -1.0]), {"learning_rate": 0.1, "momentum": 0.0}
    kept = dict(config)
    after, told = rule(w, dw, config)
    np.testing.assert_array_equal(after, w - 0.1 * dw)
    np.testing.assert_array_equal(w, [1.0, 2.0])
    assert config == kept
    assert told is not config
    assert not np.shares_memory(after, w)
    assert rule(w.astype(np.float32), dw.astype(np.float32))[0].dtype == np.float32


def test_the_usual_settings_of_a_rule_are_those_of_the_course():
    np.testing.assert_allclose(optimizers.sgd_plain([1.0], [1.0])[0], [0.99])
    w, config = optimizers.sgd_momentum([1.0], [1.0])
    np.testing.assert_allclose(optimizers.sgd_momentum(w, [1.0], config)[0], [0.99 - 0.019])


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("dw", "config", "message"),
    [
        ([1.0], {}, r"dw has shape \(1,\), w has shape \(2,\)"),
        ([1.0, np.inf], {}, "dw must be finite, got inf"),
        ([1.0, 1.0], {"learning_rate": -1}, "learning_rate must be at least 0, got -1"),
    ],
)
def test_rules_refuse_bad_input_with_its_name(rule, dw, config, message):
    with pytest.raises(ValueError, match=message):
        rule([1.0, 2.0], dw, config)


def test_momentum_must_be_less_than_one_and_the_velocity_fit():
    with pytest.raises(ValueError, match=r"momentum must be less than 1, got 1\.0"):
        optimizers.sgd_momentum([1.0], [1.0], {"momentum": 1.0})
    with pytest.raises(ValueError, match=r"velocity has shape \(2,\), w has shape \(1,\)"):
        optimizers.sgd_nesterov([1.0], [1.0], {"velocity": [0.0, 0.0]})


# Schedules


@pytest.mark.parametrize(
    ("schedule", "by_hand"),
    [
        (optimizers.constant_rate(0.3), {0: 0.3, 7: 0.3}),
        (optimizers.step_decay(1.0, 0.1, 10), {0: 1.0, 9: 1.0, 10: 0.1, 19: 0.1, 20: 0.01}),
        (optimizers.exponential_decay(2.0, 0.5), {0: 2.0, 1: 1.2130613, 2: 0.7357589}),
        (optimizers.inverse_decay(1.0, 0.5), {0: 1.0, 2: 0.5, 6: 0.25, 18: 0.1}),
        (optimizers.cosine_decay(4.0, 60), {0: 4.0, 20: 3.0, 30: 2.0, 40: 1.0, 60: 0.0, 1000: 0.0}),
    ],
)
def test_schedules_have_the_values_worked_by_hand_and_never_rise(schedule, by_hand):
    for step, rate in by_hand.items():
        assert schedule(step) == pytest.approx(rate, abs=1e-7)
    rates = [schedule(step) for step in range(200)]
    assert all(isinstance(rate, float) for rate in rates)
    assert rates == sorted(rates, reverse=True)
    assert min(rates) >= 0
    assert pickle.loads(pickle.dumps(schedule))(3) == schedule(3)
    with pytest.raises(ValueError, match="step must be at least 0, got -1"):
        schedule(-1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: optimizers.constant_rate(0), "rate must be more than 0, got 0"),
        (lambda: optimizers.step_decay(1.0, drop=1.5), "drop must be at most 1, got 1.5"),
        (lambda: optimizers.step_decay(1.0, every=0), "every must be at least 1, got 0"),
        (lambda: optimizers.exponential_decay(1.0, -1), "decay must be at least 0, got -1"),
        (lambda: optimizers.inverse_decay(1.0, math.nan), "decay must be a finite real number"),
        (lambda: optimizers.cosine_decay(1.0, 2.5), "num_steps must be a whole number, got 2.5"),
    ],
)
def test_schedules_refuse_bad_settings_with_their_name(make, message):
    with pytest.raises((ValueError, TypeError), match=message):
        make()


# Descent


def test_gradient_descent_on_a_bowl_shrinks_each_direction_by_its_own_factor():
    W, history = optimizers.gradient_descent(bowl([1.0, 4.0]), [1.0, 1.0], 0.2, 5)
    np.testing.assert_allclose(W, [0.8**5, 0.2**5])
    np.testing.assert_allclose(history, [(0.64**k + 4 * 0.04**k) / 2 for k in range(5)])


@given(st.floats(0.1, 10), st.floats(1.1, 50))
def test_with_the_best_rate_the_error_shrinks_by_kappa_minus_one_over_kappa_plus_one(mu, kappa):
    rate = 2 / (mu + kappa * mu)
    W, _ = optimizers.gradient_descent(bowl([mu, kappa * mu]), [1.0, 1.0], rate, 20)
    assert np.linalg.norm(W) / math.sqrt(2) == pytest.approx(((kappa - 1) / (kappa + 1)) ** 20, rel=1e-6)


@given(st.floats(0.1, 100), st.floats(0.05, 0.98))
def test_descent_is_unstable_if_and_only_if_the_rate_exceeds_two_over_the_curvature(L, share):
    start = [1.0]
    calm, _ = optimizers.gradient_descent(bowl([L]), start, share * 2 / L, 30)
    edge, _ = optimizers.gradient_descent(bowl([1.0]), start, 2.0, 31)
    wild, _ = optimizers.gradient_descent(bowl([L]), start, (2 - share) * 2 / L, 30)
    assert abs(calm[0]) < 1
    assert abs(edge[0]) == 1
    assert abs(wild[0]) > 1


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_on_a_bowl_follows_its_linear_recurrence(nesterov):
    h, rate, mu, steps = 3.0, 0.1, 0.7, 12
    slope = 1 - rate * h
    if nesterov:  # of the points looked ahead to
        step = np.array([[1 - rate * h * (1 + mu), mu**2], [-rate * h, mu]])
    else:
        step = np.array([[1 - rate * h, mu], [-rate * h, mu]])
    W, _ = optimizers.gradient_descent(bowl([h]), [1.0], rate, steps, momentum=mu, nesterov=nesterov)
    np.testing.assert_allclose(W[0], (np.linalg.matrix_power(step, steps) @ [1.0, 0.0])[0], rtol=1e-10)
    assert W[0] != pytest.approx(slope**steps, rel=0.1)  # it is not plain descent


def test_tuned_momentum_needs_the_square_root_of_the_condition_number():
    L, mu = 400.0, 1.0
    root = math.sqrt(L / mu)
    plain, _ = optimizers.gradient_descent(bowl([mu, L]), [1.0, 1.0], 2 / (L + mu), 200)
    heavy, _ = optimizers.gradient_descent(
        bowl([mu, L]),
        [1.0, 1.0],
        4 / (math.sqrt(L) + math.sqrt(mu)) ** 2,  # Polyak's
        200,
        momentum=((root - 1) / (root + 1)) ** 2,
    )
    assert np.linalg.norm(plain) > 0.3
    assert np.linalg.norm(heavy) < 1e-5


@pytest.mark.parametrize("start", [np.ones(2), {"a": np.ones(2)}])
def test_without_a_step_the_result_is_a_copy_of_the_start(start):
    W, history = optimizers.gradient_descent(lambda W: (0.0, W), start, num_steps=0)
    before, after = (start["a"], W["a"]) if isinstance(start, dict) else (start, W)
    np.testing.assert_array_equal(after, before)
    assert not np.shares_memory(after, before)
    assert history == []


def test_a_schedule_is_asked_for_every_step_and_obeyed():
    asked = []

    def rate(step):
        asked.append(step)
        return [0.5, 0.25, 0.0][step]

    W, _ = optimizers.gradient_descent(bowl([1.0]), [1.0], rate, 3)
    assert asked == [0, 1, 2]
    assert W[0] == 0.5 * 0.75


def test_weights_may_be_a_dict_of_arrays_moved_as_if_they_were_one():
    f = bowl([1.0, 2.0, 5.0])

    def split(params):
        loss, dw = f(np.concatenate([params["a"].ravel(), params["b"]]))
        return loss, {"b": dw[2:], "a": dw[:2].reshape(1, 2)}

    start = {"a": np.array([[1.0, 1.0]]), "b": np.array([1.0])}
    settings = {"learning_rate": 0.1, "num_steps": 7, "momentum": 0.5, "nesterov": True}
    whole, history = optimizers.gradient_descent(f, np.ones(3), **settings)
    parts, same = optimizers.gradient_descent(split, start, **settings)
    assert same == pytest.approx(history, rel=1e-12)
    assert parts["a"].shape == (1, 2)
    np.testing.assert_allclose(np.concatenate([parts["a"].ravel(), parts["b"]]), whole, rtol=1e-12)
    np.testing.assert_array_equal(start["a"], [[1.0, 1.0]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_weights_keep_their_precision_and_integers_become_float64(dtype):
    W, _ = optimizers.gradient_descent(lambda w: (1.0, np.ones(2)), np.zeros(2, dtype), 0.1, 3, momentum=0.5)
    assert W.dtype == dtype
    assert optimizers.gradient_descent(bowl([1.0]), [3], 0.1, 1)[0].dtype == np.float64


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"learning_rate": 0.0}, "learning_rate must be more than 0"),
        ({"learning_rate": lambda step: -1.0}, "learning_rate at step 0 must be at least 0"),
        ({"learning_rate": lambda step: "high"}, "learning_rate at step 0 must be a number, got str"),
        ({"num_steps": -1}, "num_steps must be at least 0, got -1"),
        ({"momentum": 1.0}, "momentum must be less than 1"),
        ({"momentum": -0.1}, "momentum must be at least 0"),
        ({"nesterov": True}, "nesterov looks ahead along the velocity: it needs momentum more than 0"),
        ({"W": [np.nan, 1.0]}, "W must be finite, got nan"),
        ({"W": [1.0]}, r"the gradient of W has shape \(2,\), W has \(1,\)"),
        ({"W": {}}, "W must hold at least one array"),
        ({"loss_and_grad": lambda W: (None, W)}, "the loss must be one number, got None"),
        ({"loss_and_grad": lambda W: (W, W)}, "the loss must be one number, got array"),
        ({"W": {"a": [1.0, 1.0]}}, "the gradient has W; the weights are a"),
    ],
)
def test_descent_refuses_bad_input_with_its_name(settings, message):
    with pytest.raises((ValueError, TypeError), match=message):
        optimizers.gradient_descent(
            **{"loss_and_grad": lambda W: (1.0, np.ones(2)), "W": [1.0, 1.0], "num_steps": 2, **settings}
        )


@pytest.mark.parametrize("how", ["loss", "gradient"])
def test_an_overflow_that_leaves_no_trace_but_inf_is_caught_too(how):
    def f(W):
        bad = np.inf if abs(W[0]) < 0.9 else 0.0
        return (bad if how == "loss" else 0.0), W + (bad if how == "gradient" else 0.0)

    with pytest.raises(FloatingPointError, match=r"overflowed at step 2: learning_rate 0\.1 is too high"):
        optimizers.gradient_descent(f, [1.0], 0.1, 9)
    with pytest.raises(FloatingPointError, match="overflowed at step 0: at the W to start from"):
        optimizers.gradient_descent(f, [0.5], 0.1, 9)


def test_a_first_move_that_overflows_is_blamed_on_the_rate_not_on_the_start():
    for momentum in (0.0, 0.5):
        with pytest.raises(FloatingPointError, match=r"at step 0: learning_rate 1e\+308 is too high"):
            optimizers.gradient_descent(bowl([4.0]), [9.0], 1e308, 3, momentum=momentum)


# Batches

DATA = np.arange(24.0).reshape(12, 2), np.arange(12)


@pytest.mark.parametrize("replace", [True, False])
def test_every_example_is_as_likely_as_any_other_to_be_in_a_batch(replace):
    draw, tries = np.random.default_rng(0), 4000
    counts = np.zeros(12)
    for _ in range(tries):
        counts += np.bincount(optimizers.sample_batch(*DATA, 3, draw, replace=replace)[1], minlength=12)
    expected, spread = tries * 3 / 12, math.sqrt(tries * 3 / 12)
    assert np.abs(counts - expected).max() < 5 * spread


@pytest.mark.parametrize("replace", [True, False])
def test_the_batch_gradient_is_unbiased_and_its_variance_is_that_of_its_sampling(replace):
    rng = np.random.default_rng(0)
    X, y, W = rng.normal(size=(40, 3)), rng.integers(3, size=40), rng.normal(size=(3, 3))
    whole = svm_loss_vectorized(W, X, y, 0.0)[1]
    each = np.array([svm_loss_vectorized(W, X[i : i + 1], y[i : i + 1], 0.0)[1] for i in range(40)])
    B, tries = 8, 3000
    gradients = np.array(
        [
            svm_loss_vectorized(W, *optimizers.sample_batch(X, y, B, rng, replace=replace), 0.0)[1]
            for _ in range(tries)
        ]
    )
    variance = each.var(axis=0) / B * (1 if replace else (40 - B) / 39)
    assert np.all(np.abs(gradients.mean(axis=0) - whole) < 5 * np.sqrt(variance / tries) + 1e-12)
    assert gradients.var(axis=0).sum() == pytest.approx(variance.sum(), rel=0.1)


def test_without_replacement_no_example_comes_twice_and_a_batch_cannot_exceed_the_data():
    for seed in range(50):
        assert len(set(optimizers.sample_batch(*DATA, 12, seed, replace=False)[1])) == 12
    with pytest.raises(ValueError, match="batch_size must be at most 12, the rows of X, without replacement"):
        optimizers.sample_batch(*DATA, 13, replace=False)


@given(st.integers(1, 30), st.integers(1, 12), st.integers(1, 3))
def test_an_epoch_brings_every_example_once_with_its_label(n, size, epochs):
    X, y = 2.0 * np.arange(n)[:, None], np.arange(n)
    batches = list(optimizers.epoch_batches(X, y, size, rng=0, num_epochs=epochs))
    per_epoch = math.ceil(n / size)
    assert len(batches) == epochs * per_epoch
    for epoch in range(epochs):
        part = batches[epoch * per_epoch : (epoch + 1) * per_epoch]
        assert sorted(np.concatenate([labels for _, labels in part])) == list(range(n))
    for rows, labels in batches:
        np.testing.assert_array_equal(rows[:, 0], 2.0 * labels)


def test_every_epoch_is_shuffled_anew_and_without_end_if_asked():
    batches = optimizers.epoch_batches(*DATA, 12, rng=0, num_epochs=None)
    orders = [tuple(next(batches)[1]) for _ in range(5)]
    assert len(set(orders)) == 5


@pytest.mark.parametrize("draw", [optimizers.sample_batch, optimizers.epoch_batches])
@pytest.mark.parametrize(
    ("X", "y", "size", "message"),
    [
        (np.empty((0, 2)), [], 1, "X has no rows to draw from"),
        (5.0, [1], 1, "X has no rows to draw from"),
        ([[1.0], [2.0]], [1], 1, "y has 1 labels for 2 rows of X"),
        ([[1.0]], [1], 0, "batch_size must be at least 1, got 0"),
        ([[1.0]], [1], 1.5, "batch_size must be a whole number"),
    ],
)
def test_batches_refuse_bad_input_with_its_name(draw, X, y, size, message):
    with pytest.raises((ValueError, TypeError), match=message):
        draw(X, y, size)


# Stopping


def test_the_gradient_norm_is_that_of_all_parts_and_looked_at_every_so_often():
    looks = []

    def f(W):
        looks.append(1)
        return 0.0, {"a": np.array([[3.0]]), "b": np.array([4.0])}

    stop = optimizers.gradient_norm_below(f, 5.01, every=10)
    assert [stop(step, 0.0, None) for step in (0, 5, 10)] == [True, False, True]
    assert len(looks) == 2
    assert not optimizers.gradient_norm_below(f, 4.99)(0, 0.0, None)


def test_descent_stops_where_the_gradient_is_short():
    f = bowl([1.0])
    W, history = optimizers.gradient_descent(
        f, [1.0], 0.5, 1000, callback=optimizers.gradient_norm_below(f, 1e-3)
    )
    assert 5e-4 <= abs(W[0]) < 1e-3
    assert len(history) == 11
    assert history[-1] == f(W)[0]  # measured where the walk ended, no further move


def test_validation_keeps_a_copy_of_the_best_and_stops_when_patience_ends():
    scores = iter([0.1, 0.5, 0.4, 0.6, 0.6, 0.2, 0.9])
    watch = optimizers.Validation(lambda W: next(scores), every=2, patience=2)
    W, stopped = np.zeros(1), []
    for step in range(12):
        W[0] = step
        if watch(step, 0.0, W):
            stopped.append(step)
            break
    assert stopped == [10]
    assert watch.history == [(0, 0.1), (2, 0.5), (4, 0.4), (6, 0.6), (8, 0.6), (10, 0.2)]
    assert (watch.best_step, watch.best_score, watch.best_W[0]) == (6, 0.6, 6.0)


def test_validation_without_patience_never_stops_and_keeps_dicts_too():
    watch = optimizers.Validation(lambda W: -1.0, every=1)
    W = {"a": np.ones(1)}
    assert not any(watch(step, 0.0, W) for step in range(100))
    W["a"][0] = 7
    assert watch.best_W["a"][0] == 1


def test_a_score_of_nan_is_never_the_best():
    scores = iter([math.nan, 0.5, math.nan])
    watch = optimizers.Validation(lambda W: next(scores), every=1, patience=3)
    for step in range(3):
        watch(step, 0.0, np.zeros(1))
    assert (watch.best_step, watch.best_score) == (1, 0.5)


def test_any_of_calls_every_callback_and_stops_if_one_says_so():
    seen = []
    stop = optimizers.any_of(lambda *a: True, lambda *a: seen.append(a), optimizers.loss_below(0.5))
    assert stop(3, 1.0, None) is True
    assert seen == [(3, 1.0, None)]
    assert optimizers.any_of()(0, 1.0, None) is False
