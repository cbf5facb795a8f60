"""SGD walks downhill, and the linear SVM behaves as an estimator should."""

import numpy as np
import pytest

from lintutor import classifiers, optimizers
from lintutor._estimator import NotFittedError
from lintutor.objective import svm_loss_vectorized


@pytest.fixture
def blobs():
    """Three clusters in the plane, far enough apart for a linear classifier."""
    rng = np.random.default_rng(0)
    y = np.arange(90) % 3
    X = np.array([[0.0, 3.0], [3.0, -2.0], [-3.0, -2.0]])[y] + 0.5 * rng.normal(size=(90, 2))
    return X, y


def test_a_batch_holds_rows_of_the_data_with_their_labels_and_may_exceed_it():
    X, y = np.arange(6.0).reshape(3, 2), np.array([5, 6, 7])
    X_batch, y_batch = optimizers.sample_batch(X, y, 50, rng=0)
    assert X_batch.shape == (50, 2)
    assert set(y_batch) == {5, 6, 7}
    np.testing.assert_array_equal(X_batch[:, 0], 2.0 * (y_batch - 5))


def test_sgd_lowers_the_loss_leaves_its_start_alone_and_repeats_for_a_seed(blobs):
    X, y = blobs
    start = np.zeros((2, 3))
    run = lambda: optimizers.sgd(  # noqa: E731
        lambda W, X, y: svm_loss_vectorized(W, X, y, 0.0), start, X, y, learning_rate=0.1, rng=3
    )
    W, history = run()
    assert not start.any()
    assert len(history) == 100
    assert history[0] == 2.0
    assert np.mean(history[-10:]) < 0.1
    np.testing.assert_array_equal(W, run()[0])


def test_one_step_is_minus_learning_rate_times_the_batch_gradient():
    X, y = np.array([[2.0]]), np.array([1])
    W, _ = optimizers.sgd(
        lambda W, X, y: svm_loss_vectorized(W, X, y, 0.0),
        np.zeros((1, 2)),
        X,
        y,
        learning_rate=0.25,
        num_iters=1,
    )
    np.testing.assert_allclose(W, [[-0.5, 0.5]], rtol=1e-12)


def test_the_callback_sees_every_step_and_its_loss(blobs):
    seen = []
    _, history = optimizers.sgd(
        lambda W, X, y: svm_loss_vectorized(W, X, y, 0.0),
        np.zeros((2, 3)),
        *blobs,
        num_iters=5,
        rng=0,
        callback=lambda step, loss, W: seen.append((step, loss)),
    )
    assert seen == list(enumerate(history))


def test_a_learning_rate_that_overflows_is_named(blobs):
    with pytest.raises(
        FloatingPointError, match=r"overflowed at step \d+: learning_rate 1e\+200 is too high"
    ):
        classifiers.LinearSVM(learning_rate=1e200, reg=1.0, random_state=0).fit(*blobs)


@pytest.mark.parametrize("loss", ["hinge", "squared_hinge"])
def test_a_separable_problem_is_learned(blobs, loss):
    X, y = blobs
    svm = classifiers.LinearSVM(loss=loss, learning_rate=0.05, num_iters=300, random_state=0).fit(X, y)
    assert svm.score(X, y) > 0.98
    assert svm.W_.shape == (3, 3)
    np.testing.assert_array_equal(svm.predict(X), svm.classes_[svm.decision_function(X).argmax(axis=1)])


def test_labels_may_be_any_whole_numbers(blobs):
    X, y = blobs
    renamed = np.array([7, -2, 40])[y]
    svm = classifiers.LinearSVM(learning_rate=0.05, num_iters=300, random_state=0).fit(X, renamed)
    assert set(svm.predict(X)) == {7, -2, 40}
    assert svm.score(X, renamed) > 0.98


def test_settings_can_be_read_changed_and_cloned_by_scikit_learn():
    from sklearn.base import clone

    svm = classifiers.LinearSVM(reg=0.5)
    assert clone(svm).get_params() == svm.get_params()
    assert svm.set_params(reg=0.25).reg == 0.25
    assert "reg=0.25" in repr(svm)
    with pytest.raises(ValueError, match="LinearSVM has no setting 'regg'; it has learning_rate, reg"):
        svm.set_params(regg=1)


@pytest.mark.parametrize(
    ("settings", "X", "y", "message"),
    [
        ({}, [[1.0], [2.0]], [0], "y has 1 labels for 2 rows of X"),
        ({}, [[1.0], [2.0]], [1, 1], "y must hold at least two classes, got 1"),
        ({}, [[1.0], [np.inf]], [0, 1], r"X must be finite, got inf at index \(1, 0\)"),
        ({"loss": "log"}, [[1.0], [2.0]], [0, 1], "loss must be one of hinge, squared_hinge, got 'log'"),
        ({"learning_rate": 0}, [[1.0], [2.0]], [0, 1], "learning_rate must be more than 0, got 0"),
        ({"reg": -1}, [[1.0], [2.0]], [0, 1], "reg must be at least 0, got -1"),
        ({"batch_size": 0}, [[1.0], [2.0]], [0, 1], "batch_size must be at least 1, got 0"),
        ({"num_iters": 2.5}, [[1.0], [2.0]], [0, 1], r"num_iters must be a whole number, got 2\.5"),
    ],
)
def test_bad_input_is_refused_with_its_name(settings, X, y, message):
    with pytest.raises((ValueError, TypeError), match=message):
        classifiers.LinearSVM(**settings).fit(X, y)


def test_using_the_classifier_too_early_or_on_another_width_is_said_plainly(blobs):
    svm = classifiers.LinearSVM(num_iters=1, random_state=0)
    with pytest.raises(NotFittedError, match="call fit"):
        svm.predict([[1.0, 2.0]])
    svm.fit(*blobs)
    with pytest.raises(ValueError, match="X has 3 features, but LinearSVM is expecting 2 features as input"):
        svm.predict([[1.0, 2.0, 3.0]])
    with pytest.raises(ValueError, match="X has no rows"):
        svm.score(np.empty((0, 2)), [])


def test_an_error_in_a_callback_is_not_blamed_on_the_learning_rate(blobs):
    def stop(step, loss, W):
        raise FloatingPointError("of the callback's own")

    with pytest.raises(FloatingPointError, match="of the callback's own"):
        optimizers.sgd(
            lambda W, X, y: svm_loss_vectorized(W, X, y, 0.0), np.zeros((2, 3)), *blobs, rng=0, callback=stop
        )
