"""SGD walks downhill: one step at a time, the same way for a seed, and stops when told to."""

import numpy as np
import pytest

from lintutor import optimizers
from lintutor.objective import softmax_loss_vectorized, svm_loss_vectorized


def hinge(W, X, y):
    return svm_loss_vectorized(W, X, y, 0.0)


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
    start = np.zeros((2, 3))
    W, history = optimizers.sgd(hinge, start, *blobs, learning_rate=0.1, rng=3)
    assert not start.any()
    assert len(history) == 100
    assert history[0] == 2.0
    assert np.mean(history[-10:]) < 0.1
    again, same = optimizers.sgd(hinge, start, *blobs, learning_rate=0.1, rng=3)
    np.testing.assert_array_equal(W, again)
    assert history == same
    other, _ = optimizers.sgd(hinge, start, *blobs, learning_rate=0.1, rng=4)
    assert not np.array_equal(W, other)


def test_one_step_is_minus_learning_rate_times_the_batch_gradient():
    settings = {"learning_rate": 0.25, "num_iters": 1}
    W, _ = optimizers.sgd(hinge, np.zeros((1, 2)), np.array([[2.0]]), np.array([1]), **settings)
    np.testing.assert_allclose(W, [[-0.5, 0.5]], rtol=1e-12)


@pytest.mark.parametrize("sampling", ["replacement", "epochs"])
def test_each_step_uses_its_own_batch_of_the_size_asked_for_with_the_right_labels(blobs, sampling):
    X, y = blobs
    place = {row.tobytes(): i for i, row in enumerate(X)}
    seen = []

    def loss(W, X_batch, y_batch):
        drawn = [place[row.tobytes()] for row in X_batch]
        np.testing.assert_array_equal(y[drawn], y_batch)
        seen.append(drawn)
        return hinge(W, X_batch, y_batch)

    optimizers.sgd(loss, np.zeros((2, 3)), X, y, num_iters=6, batch_size=30, sampling=sampling, rng=0)
    assert [len(drawn) for drawn in seen] == [30] * 6
    epochs = np.sort(np.array(seen).reshape(2, 90), axis=1).tolist()
    assert (epochs == [list(range(90))] * 2) == (sampling == "epochs")


def test_with_the_whole_set_as_its_batch_sgd_is_gradient_descent(blobs):
    X, y = blobs
    settings = {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}
    start = np.zeros((2, 3))
    by_batches, _ = optimizers.sgd(
        hinge, start, X, y, num_iters=20, batch_size=90, sampling="epochs", rng=0, **settings
    )
    at_once, _ = optimizers.gradient_descent(lambda W: hinge(W, X, y), start, num_steps=20, **settings)
    np.testing.assert_allclose(by_batches, at_once, rtol=1e-9)


def test_a_schedule_that_decays_as_one_over_t_comes_to_rest_where_a_constant_rate_still_jumps(blobs):
    X, y = blobs

    def objective(W, X, y):
        return softmax_loss_vectorized(W, X, y, 0.1)

    best, _ = optimizers.gradient_descent(lambda W: objective(W, X, y), np.zeros((2, 3)), 0.2, 2000)
    settings = {"num_iters": 3000, "batch_size": 4, "rng": 1}
    walks = [
        optimizers.sgd(objective, np.zeros((2, 3)), X, y, learning_rate=rate, **settings)[0]
        for rate in (0.2, optimizers.inverse_decay(0.2, 0.05))
    ]
    constant, decayed = (np.linalg.norm(W - best) for W in walks)
    assert decayed < 0.02
    assert decayed < constant / 5


def test_the_callback_sees_every_step_and_its_loss_and_may_keep_the_weights(blobs):
    seen = []
    W, history = optimizers.sgd(
        hinge,
        np.zeros((2, 3)),
        *blobs,
        num_iters=5,
        rng=0,
        callback=lambda step, loss, W: seen.append((step, loss, W)),
    )
    assert [(step, loss) for step, loss, _ in seen] == list(enumerate(history))
    assert not seen[0][2].any()  # not moved under the eyes of whoever kept it
    assert len({kept.tobytes() for _, _, kept in seen} | {W.tobytes()}) == 6


@pytest.mark.parametrize("answer", [True, np.True_])
def test_a_callback_that_returns_true_ends_the_walk_at_the_weights_that_it_saw(blobs, answer):
    seen = []

    def stop(step, loss, W):
        seen.append(W)
        return answer if step == 3 else None

    W, history = optimizers.sgd(hinge, np.zeros((2, 3)), *blobs, rng=0, callback=stop)
    assert len(history) == 4
    np.testing.assert_array_equal(W, seen[-1])


@pytest.mark.parametrize("answer", [1, "yes", [3], np.ones(2)])
def test_only_true_stops(blobs, answer):
    _, history = optimizers.sgd(hinge, np.zeros((2, 3)), *blobs, num_iters=9, callback=lambda *a: answer)
    assert len(history) == 9


def test_an_error_in_a_callback_is_not_blamed_on_the_learning_rate(blobs):
    def stop(step, loss, W):
        raise FloatingPointError("of the callback's own")

    with pytest.raises(FloatingPointError, match="of the callback's own"):
        optimizers.sgd(hinge, np.zeros((2, 3)), *blobs, rng=0, callback=stop)


@pytest.mark.parametrize("rate", [1e200, lambda step: 1e200])
def test_a_learning_rate_that_overflows_is_named(blobs, rate):
    with pytest.raises(FloatingPointError, match=r"overflowed at step \d+: learning_rate 1e\+200 is too hi"):
        optimizers.sgd(
            lambda W, X, y: svm_loss_vectorized(W, X, y, 1.0), np.zeros((2, 3)), *blobs, learning_rate=rate
        )


def test_data_are_never_changed_and_may_be_read_only_strided_integers_or_more_than_two_axes(blobs):
    X, y = blobs
    wide = np.zeros((90, 4))
    wide[:, ::2] = X
    wide.setflags(write=False)
    y.setflags(write=False)
    settings = {"learning_rate": 0.1, "num_iters": 10, "rng": 0}
    W, _ = optimizers.sgd(hinge, np.zeros((2, 3)), wide[:, ::2], y, **settings)
    same, _ = optimizers.sgd(hinge, np.zeros((2, 3)), X, y, **settings)
    np.testing.assert_allclose(W, same, rtol=1e-12)
    whole, _ = optimizers.sgd(hinge, np.zeros((2, 3), int), np.round(X).astype(int), y, **settings)
    assert whole.dtype == np.float64
    images = X.reshape(90, 1, 2)
    by_image = lambda W, X, y: hinge(W, X.reshape(len(X), -1), y)  # noqa: E731
    np.testing.assert_array_equal(optimizers.sgd(by_image, np.zeros((2, 3)), images, y, **settings)[0], same)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"X": np.empty((0, 2)), "y": []}, "X has no rows"),
        ({"X": [[1.0, np.nan]] * 4}, r"X must be finite, got nan at index \(0, 1\)"),
        ({"y": [0, 1]}, "y has 2 labels for 4 rows of X"),
        ({"y": [0, 1, 2, 3]}, r"y must lie in 0\.\.2, got 3"),
        ({"X": np.ones((4, 3))}, "X has 3 columns, W has 2 rows"),
        ({"num_iters": -1}, "num_iters must be at least 0, got -1"),
        ({"batch_size": 0}, "batch_size must be at least 1, got 0"),
        ({"sampling": "all"}, "sampling must be one of replacement, epochs, got 'all'"),
        ({"learning_rate": "fast"}, "learning_rate must be a number, got str"),
    ],
)
def test_sgd_refuses_bad_input_with_its_name(changed, message):
    good = {"W": np.zeros((2, 3)), "X": np.ones((4, 2)), "y": [0, 1, 2, 2], "num_iters": 20, "rng": 0}
    with pytest.raises((ValueError, TypeError), match=message):
        optimizers.sgd(hinge, **{**good, **changed})
