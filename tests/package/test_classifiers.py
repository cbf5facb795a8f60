"""The linear classifiers learn what their mathematics says, and behave as estimators should."""

import math
import pickle
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lintutor import classifiers, optimizers, scores
from lintutor._estimator import DataConversionWarning, NotFittedError
from lintutor.objective import svm_loss_vectorized
from lintutor.optimizers import inverse_decay

TRAINED = [classifiers.LinearSVM, classifiers.SoftmaxClassifier]
EVERY = [*TRAINED, classifiers.NearestMean]
FAST = {"learning_rate": 0.05, "num_iters": 300, "random_state": 0}


def quick(make, **settings):
    """Return a classifier with settings that learn the blobs."""
    return make(**({**FAST, **settings} if make in TRAINED else {}))


@pytest.fixture
def blobs():
    """Three clusters in the plane, far enough apart for a linear classifier."""
    rng = np.random.default_rng(0)
    y = np.arange(90) % 3
    X = np.array([[0.0, 3.0], [3.0, -2.0], [-3.0, -2.0]])[y] + 0.5 * rng.normal(size=(90, 2))
    return X, y


@pytest.fixture
def cloud():
    """Three classes that overlap, so that optima are finite and mistakes remain."""
    rng = np.random.default_rng(5)
    y = np.arange(60) % 3
    return np.array([[0.0, 1.0], [1.0, -0.5], [-1.0, -0.5]])[y] + rng.normal(size=(60, 2)), y


# Learning


@pytest.mark.parametrize("make", EVERY)
def test_a_separable_problem_is_learned(blobs, make):
    X, y = blobs
    model = quick(make).fit(X, y)
    assert model.score(X, y) > 0.98
    assert model.W_.shape == (3, 3)
    np.testing.assert_array_equal(model.predict(X), model.class_scores(X).argmax(axis=1))
    gap = model.class_scores(X) - scores.append_ones(X) @ model.W_  # the same for all classes of a row
    np.testing.assert_allclose(gap, gap[:, :1] * np.ones(3), atol=1e-9)
    assert make is classifiers.NearestMean or np.abs(gap).max() < 1e-12


def test_the_squared_hinge_learns_too_and_is_another_objective(blobs):
    X, y = blobs
    squared, plain = (
        quick(classifiers.LinearSVM, loss=loss).fit(X, y) for loss in ("squared_hinge", "hinge")
    )
    assert squared.score(X, y) > 0.98
    assert not np.allclose(squared.W_, plain.W_)


def test_softmax_on_the_whole_set_finds_the_optimum_of_scikit_learns_logistic_regression(cloud):
    X, y = cloud
    X = X - X.mean(axis=0)
    reg = 0.02
    ours = classifiers.SoftmaxClassifier(
        learning_rate=0.3, reg=reg, num_iters=3000, batch_size=len(X), sampling="epochs", momentum=0.9
    ).fit(X, y)
    # Ours is mean(-log p) + reg * |W|^2; theirs is |w|^2 / 2 + C * sum(-log p), here with the bias in w.
    theirs = LogisticRegression(C=1 / (2 * reg * len(X)), fit_intercept=False, tol=1e-10, max_iter=1000)
    theirs.fit(scores.append_ones(X), y)
    difference = ours.W_ - theirs.coef_.T
    np.testing.assert_allclose(difference, difference.mean(axis=1, keepdims=True) * np.ones(3), atol=1e-3)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(scores.append_ones(X)), atol=1e-3)


def test_the_svm_comes_down_to_the_convex_optimum(cloud):
    X, y = cloud
    X1, reg = scores.append_ones(X), 0.05
    svm = classifiers.LinearSVM(
        learning_rate=inverse_decay(0.5, 0.05), reg=reg, num_iters=8000, batch_size=len(X), sampling="epochs"
    ).fit(X, y)
    value, _ = svm_loss_vectorized(svm.W_, X1, y, reg)
    assert value == pytest.approx(optimum_of_the_svm(X1, y, reg), rel=2e-3)


def optimum_of_the_svm(X1, y, reg):
    """Return the least objective, by a quadratic program in W and one slack for each wrong class."""
    (N, D), C = X1.shape, int(y.max()) + 1
    pairs = [(i, j) for i in range(N) for j in range(C) if j != y[i]]
    rows = np.zeros((len(pairs), D * C))
    for k, (i, j) in enumerate(pairs):
        rows[k].reshape(D, C)[:, j] += X1[i]
        rows[k].reshape(D, C)[:, y[i]] -= X1[i]
    # slack >= 0 and slack >= 1 + rows @ w; the sum of slacks over N, plus reg * |w|^2
    found = minimize(
        lambda z: z[D * C :].sum() / N + reg * (z[: D * C] ** 2).sum(),
        np.concatenate([np.zeros(D * C), np.ones(len(pairs))]),
        jac=lambda z: np.concatenate([2 * reg * z[: D * C], np.full(len(pairs), 1 / N)]),
        bounds=[(None, None)] * (D * C) + [(0, None)] * len(pairs),
        constraints={
            "type": "ineq",
            "fun": lambda z: z[D * C :] - 1 - rows @ z[: D * C],
            "jac": lambda z: np.concatenate([-rows, np.eye(len(pairs))], axis=1),
        },
        method="SLSQP",
        options={"maxiter": 200, "ftol": 1e-10},
    )
    assert found.success
    return found.fun


def test_with_almost_no_penalty_the_svm_reaches_zero_exactly_where_a_linear_program_says_it_can(blobs, cloud):
    for (X, y), expected in ((blobs, True), (cloud, False)):
        X1 = scores.append_ones(X)
        wrong = [(i, j) for i in range(len(X)) for j in range(3) if j != y[i]]
        margins = np.zeros((len(wrong), 9))
        for k, (i, j) in enumerate(wrong):
            margins[k].reshape(3, 3)[:, j] += X1[i]
            margins[k].reshape(3, 3)[:, y[i]] -= X1[i]
        separable = linprog(np.zeros(9), margins, -np.ones(len(wrong)), bounds=(None, None)).success
        svm = quick(classifiers.LinearSVM, reg=0.0, num_iters=3000).fit(X, y)
        assert separable == expected == (svm_loss_vectorized(svm.W_, X1, y, 0.0)[0] < 1e-3)


# Nearest mean


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=6, max_size=12),
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=5),
)
def test_the_scores_of_nearest_mean_are_distances_up_to_what_all_classes_share(rows, queries):
    X, Q, y = np.array(rows, float), np.array(queries, float), np.arange(len(rows)) % 3
    W = classifiers.nearest_mean_weights(X, y)
    means = np.array([X[y == c].mean(axis=0) for c in range(3)])
    squared = ((Q[:, None, :] - means) ** 2).sum(axis=2)
    np.testing.assert_allclose(
        (Q**2).sum(axis=1, keepdims=True) - 2 * scores.append_ones(Q) @ W, squared, atol=1e-9
    )


def test_nearest_mean_agrees_with_scikit_learn(cloud):
    X, y = cloud
    grid = np.random.default_rng(0).normal(scale=3, size=(500, 2))
    ours, theirs = classifiers.NearestMean().fit(X, y), NearestCentroid().fit(X, y)
    np.testing.assert_array_equal(ours.predict(grid), theirs.predict(grid))
    np.testing.assert_allclose(ours.W_[:-1].T, theirs.centroids_)


@pytest.mark.parametrize("far", [0.0, 1e6, 1e8, -1e12])
def test_nearest_mean_loses_no_digits_far_from_the_origin(far):
    model = classifiers.NearestMean().fit([[far], [far + 1]], [0, 1])
    assert model.predict([[far + 0.25], [far + 0.75]]).tolist() == [0, 1]


@pytest.mark.parametrize("make", EVERY)
def test_scores_that_overflow_rank_nothing(blobs, make):
    model = quick(make).fit(*blobs)
    model.W_ = 100 * model.W_
    with pytest.raises(FloatingPointError, match="a row of X is far too large"):
        model.predict(np.array([[1.7e308, -1.7e308]]))


def test_a_row_between_two_means_gets_the_smallest_label():
    assert classifiers.NearestMean().fit([[0.0], [2.0]], ["b", "a"]).predict([[1.0]]) == ["a"]


@pytest.mark.parametrize(
    ("X", "y", "error", "message"),
    [
        ([[1.0], [2.0]], [0, 2], ValueError, "class 1 has no example to take the mean of"),
        ([[1.0], [2.0]], [0, -1], ValueError, "y must not be negative, got -1"),
        ([[1.0], [2.0]], [0], ValueError, "y has 1 labels for 2 rows of X"),
        (np.empty((0, 1)), np.empty(0, int), ValueError, "X has no rows"),
        ([[1.0], [np.nan]], [0, 1], ValueError, "X must be finite"),
        ([[1e200], [1.0]], [0, 1], FloatingPointError, "overflow"),
    ],
)
def test_the_means_refuse_bad_input_with_its_name(X, y, error, message):
    with pytest.raises(error, match=message):
        classifiers.nearest_mean_weights(X, y)


# What users expect of a trained model


@pytest.mark.parametrize("make", TRAINED)
def test_a_seed_repeats_the_training(blobs, make):
    first, again = (quick(make, num_iters=20).fit(*blobs) for _ in range(2))
    other = quick(make, num_iters=20, random_state=1).fit(*blobs)
    np.testing.assert_array_equal(first.W_, again.W_)
    assert first.loss_history_ == again.loss_history_
    assert len(first.loss_history_) == 20
    assert not np.array_equal(first.W_, other.W_)


@pytest.mark.parametrize(
    "settings",
    [
        {"learning_rate": 0.02, "batch_size": 11},
        {"learning_rate": inverse_decay(0.1, 0.1), "sampling": "epochs"},
        {"momentum": 0.5, "nesterov": True},
    ],
)
def test_fit_is_sgd_from_a_random_start_on_rows_with_a_one_appended(blobs, settings):
    X, y = blobs
    model = classifiers.LinearSVM(reg=0.1, num_iters=7, init_std=0.5, random_state=4, **settings)
    rng = np.random.default_rng(4)
    start = 0.5 * rng.standard_normal((3, 3))
    W, history = optimizers.sgd(
        lambda W, X, y: svm_loss_vectorized(W, X, y, 0.1),
        start,
        scores.append_ones(X),
        y,
        num_iters=7,
        rng=rng,
        **settings,
    )
    np.testing.assert_allclose(model.fit(X, y).W_, W, rtol=1e-12)
    assert model.loss_history_ == pytest.approx(history, rel=1e-12)


@pytest.mark.parametrize("shown", [True, False])
def test_progress_is_a_bar_over_the_steps_with_the_loss(blobs, shown, monkeypatch):
    calls, notes = [], []

    @contextmanager
    def bar(total, label="", shown=True):
        calls.append((total, shown))
        yield lambda steps=1, note="": notes.append(note)

    monkeypatch.setattr("lintutor.optimizers.descent.bar", bar)
    model = quick(classifiers.LinearSVM, num_iters=3).fit(*blobs, progress=shown)
    assert calls == [(3, shown)]
    assert notes == [f"loss {loss:.4g}" for loss in model.loss_history_]


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("names", [[7, -2, 40], ["cat", "dog", "ant"], [2.0, 1.0, 0.0], [True, False, True]])
@pytest.mark.parametrize("boxed", [False, True])
def test_labels_may_be_whole_numbers_strings_or_bools(blobs, make, names, boxed):
    X, y = blobs
    keep = y < len(set(names))
    renamed = np.array(names, dtype=object if boxed else None)[y[keep]]
    model = quick(make).fit(X[keep], renamed)
    assert set(model.predict(X[keep])) == set(names)
    assert model.classes_.dtype.kind == np.array(names).dtype.kind
    assert model.score(X[keep], renamed) > 0.98


@pytest.mark.parametrize("make", EVERY)
def test_two_classes_have_one_decision_number_a_row_whose_sign_is_the_prediction(cloud, make):
    X, y = cloud[0][cloud[1] < 2], cloud[1][cloud[1] < 2]
    model = quick(make).fit(X, y)
    decision = model.decision_function(X)
    S = model.class_scores(X)
    assert decision.shape == (len(X),)
    np.testing.assert_array_equal(decision, S[:, 1] - S[:, 0])
    np.testing.assert_array_equal(model.predict(X), (decision > 0).astype(int))


def test_probabilities_sum_to_one_rank_as_the_scores_and_survive_large_ones(cloud):
    X, y = cloud
    model = quick(classifiers.SoftmaxClassifier).fit(X, y)
    P = model.predict_proba(1e6 * X)
    assert np.isfinite(P).all()
    np.testing.assert_allclose(P.sum(axis=1), 1)
    np.testing.assert_array_equal(model.predict_proba(X).argmax(axis=1), model.predict(X))


@pytest.mark.parametrize("make", EVERY)
def test_float32_stays_float32(blobs, make):
    X, y = blobs
    assert quick(make).fit(X.astype(np.float32), y).W_.dtype == np.float32
    assert quick(make).fit(X.astype(int), y).W_.dtype == np.float64


@pytest.mark.parametrize("make", EVERY)
def test_arguments_are_never_changed_and_may_be_read_only_or_strided(blobs, make):
    X, y = blobs
    wide = np.repeat(X, 2, axis=1)
    for array in (X, y, wide):
        array.setflags(write=False)
    model = quick(make).fit(X, y)
    strided = quick(make).fit(np.asfortranarray(wide)[:, ::2], y)
    np.testing.assert_allclose(strided.W_, model.W_, rtol=1e-9)
    np.testing.assert_allclose(strided.decision_function(wide[:, ::2]), model.decision_function(X), rtol=1e-9)


def test_validation_examples_are_followed_and_never_trained_on(cloud):
    X, y = cloud
    plain = quick(classifiers.LinearSVM).fit(X[:40], y[:40])
    watched = quick(classifiers.LinearSVM).fit(X[:40], y[:40], X[40:], y[40:], check_every=50)
    np.testing.assert_array_equal(watched.W_, plain.W_)
    assert [step for step, _ in watched.val_history_] == list(range(0, 300, 50))
    assert not hasattr(plain, "val_history_")


def test_with_patience_training_ends_early_and_keeps_the_best_weights(cloud):
    X, y = cloud
    names = np.array(["a", "b", "c"])[y]
    svm = quick(classifiers.LinearSVM, num_iters=5000, learning_rate=0.3)
    svm.fit(X[:30], names[:30], X[30:], names[30:], check_every=10, patience=4)
    accuracies = [accuracy for _, accuracy in svm.val_history_]
    assert len(svm.loss_history_) < 5000
    assert svm.score(X[30:], names[30:]) == max(accuracies)
    assert len(accuracies) - 1 - int(np.argmax(accuracies)) == 4


def test_the_callback_of_the_user_is_called_beside_the_validation(cloud):
    X, y = cloud
    steps = []

    def callback(step, loss, W):
        steps.append(step)
        return step == 7

    svm = quick(classifiers.LinearSVM).fit(X, y, X, y, check_every=2, callback=callback)
    assert steps == list(range(8))
    assert [step for step, _ in svm.val_history_] == [0, 2, 4, 6]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"X_val": [[1.0, 2.0]]}, "X_val and y_val belong together"),
        ({"patience": 3}, "patience needs X_val and y_val to judge by"),
        ({"X_val": [[1.0, 2.0]], "y_val": [1, 2]}, "y_val has 2 labels for 1 rows of X_val"),
        ({"X_val": [[1.0]], "y_val": [1]}, "X has 1 features, but LinearSVM is expecting 2"),
        ({"X_val": np.empty((0, 2)), "y_val": []}, "y_val has 0 labels for 0 rows of X_val"),
    ],
)
def test_validation_that_does_not_fit_is_refused(blobs, given, message):
    with pytest.raises(ValueError, match=message):
        quick(classifiers.LinearSVM).fit(*blobs, **given)


@pytest.mark.parametrize("make", TRAINED)
@pytest.mark.parametrize(
    ("settings", "X", "y", "message"),
    [
        ({}, [[1.0], [2.0]], [0], "y has 1 labels for 2 rows of X"),
        ({}, [[1.0], [2.0]], [1, 1], "y must hold at least two classes, got 1 class"),
        ({}, [[1.0], [np.inf]], [0, 1], r"X must be finite, got inf at index \(1, 0\)"),
        ({}, [1.0, 2.0], [0, 1], "X must have two axes"),
        ({}, np.array([1.0, 2.0]), [0, 1], r"X must have two axes.*Reshape your data"),
        ({}, np.empty((2, 0)), [0, 1], r"0 feature\(s\)"),
        ({}, np.empty((0, 2)), [], "X has no rows to learn from"),
        ({}, [[1j], [2.0]], [0, 1], "real numbers"),
        ({}, np.array([["1"], ["2"]], object), [0, 1], r"got the string '1' at index \(0, 0\)"),
        ({}, [[1.0], [2.0]], [0.5, 1.5], "Unknown label type: continuous"),
        ({}, [[1.0], [2.0]], [0, np.nan], "labels must be finite"),
        ({}, [[1.0], [2.0]], np.array(["a", 1], object), "y must hold strings, bools or whole numbers"),
        ({}, [[1.0], [2.0]], [[0, 1], [1, 0]], r"y must have one axis, got shape \(2, 2\)"),
        ({}, [[1.0], [2.0]], None, "the target y is None"),
        ({"learning_rate": 0}, [[1.0], [2.0]], [0, 1], "learning_rate must be more than 0, got 0"),
        ({"reg": -1}, [[1.0], [2.0]], [0, 1], "reg must be at least 0, got -1"),
        ({"batch_size": 0}, [[1.0], [2.0]], [0, 1], "batch_size must be at least 1, got 0"),
        ({"num_iters": 2.5}, [[1.0], [2.0]], [0, 1], r"num_iters must be a whole number, got 2\.5"),
        ({"momentum": 1}, [[1.0], [2.0]], [0, 1], "momentum must be less than 1, got 1"),
        ({"init_std": -1}, [[1.0], [2.0]], [0, 1], "init_std must be at least 0"),
        ({"sampling": "?"}, [[1.0], [2.0]], [0, 1], "sampling must be one of replacement, epochs"),
    ],
)
def test_bad_input_is_refused_with_its_name(make, settings, X, y, message):
    with pytest.raises((ValueError, TypeError), match=message):
        make(**settings).fit(X, y)


def test_an_unknown_loss_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="loss must be one of hinge, squared_hinge, got 'log'"):
        classifiers.LinearSVM(loss="log").fit([[1.0], [2.0]], [0, 1])


def test_a_learning_rate_that_overflows_is_named(blobs):
    with pytest.raises(FloatingPointError, match=r"at step \d+: learning_rate 1e\+200 is too high"):
        classifiers.LinearSVM(learning_rate=1e200, reg=1.0, random_state=0).fit(*blobs)


@pytest.mark.parametrize("make", EVERY)
def test_using_the_classifier_too_early_or_on_another_width_is_said_plainly(blobs, make):
    model = quick(make)
    with pytest.raises(NotFittedError, match="call fit") as caught:
        model.predict([[1.0, 2.0]])
    assert type(pickle.loads(pickle.dumps(caught.value))) is NotFittedError
    model.fit(*blobs)
    name = make.__name__
    with pytest.raises(ValueError, match=f"X has 3 features, but {name} is expecting 2 features as input"):
        model.predict([[1.0, 2.0, 3.0]])
    with pytest.raises(ValueError, match="X has no rows"):
        model.score(np.empty((0, 2)), [])
    with pytest.raises(ValueError, match="y has 1 labels for 2 rows of X"):
        model.score([[1.0, 2.0], [3.0, 4.0]], [1])


def test_a_column_of_labels_is_read_with_a_warning(blobs):
    X, y = blobs
    with pytest.warns(DataConversionWarning, match="A column-vector y was passed"):
        model = classifiers.NearestMean().fit(X, y[:, None])
    np.testing.assert_array_equal(model.predict(X), classifiers.NearestMean().fit(X, y).predict(X))


def test_a_fit_that_is_refused_leaves_the_model_as_it_was(blobs):
    model = classifiers.NearestMean().fit(*blobs)
    with pytest.raises(ValueError, match="two classes"):
        model.fit([[1.0], [2.0]], [0, 0])
    assert model.score(*blobs) > 0.98


# Among scikit-learn's tools


@pytest.mark.parametrize("make", EVERY)
def test_settings_can_be_read_changed_and_cloned_by_scikit_learn(make):
    model = make(**({"reg": 0.5} if make in TRAINED else {}))
    assert clone(model).get_params() == model.get_params()
    assert repr(model).startswith(f"{make.__name__}(")
    if make in TRAINED:
        assert model.set_params(reg=0.25).reg == 0.25
        assert "reg=0.25" in repr(model)
    with pytest.raises(ValueError, match=f"{make.__name__} has no setting 'regg'; it has "):
        model.set_params(regg=1)


def test_the_classifiers_work_in_pipelines_cross_validation_and_grid_search(blobs):
    X, y = blobs
    pipeline = make_pipeline(StandardScaler(), quick(classifiers.SoftmaxClassifier))
    assert cross_val_score(pipeline, X, y, cv=3).min() > 0.9
    search = GridSearchCV(quick(classifiers.LinearSVM), {"learning_rate": [1e-9, 0.05]}, cv=3).fit(X, y)
    assert search.best_params_ == {"learning_rate": 0.05}


@pytest.mark.parametrize("make", EVERY)
def test_a_trained_classifier_can_be_pickled_with_its_schedule(blobs, make):
    model = quick(make, learning_rate=inverse_decay(0.1, 0.01)).fit(*blobs)
    thawed = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(thawed.decision_function(blobs[0]), model.decision_function(blobs[0]))
    assert math.isclose(thawed.score(*blobs), model.score(*blobs))
