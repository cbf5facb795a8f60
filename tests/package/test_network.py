"""A two-layer net: three ways to its gradients agree, its symmetries hold, it learns what it can."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.neural_network import MLPClassifier

from lintutor import gradients, losses, network
from lintutor._estimator import NotFittedError
from lintutor.graph import Value, backward
from lintutor.network import TwoLayerNet, two_layer_loss, two_layer_loss_graph, two_layer_scores
from lintutor.optimizers import exponential_decay, step_decay

LOSSES = ["softmax", "svm"]
TWINS = [two_layer_loss, two_layer_loss_graph]


def random_net(seed=0, N=6, D=4, H=5, C=3, dtype=np.float64):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
    params = {name: rng.normal(size=shape).astype(dtype) for name, shape in shapes.items()}
    return params, rng.normal(size=(N, D)).astype(dtype), rng.integers(C, size=N)


def off_kinks(params, X, y, loss):
    """Return whether no ReLU and no hinge is within reach of a nudge."""
    before = X @ params["W1"] + params["b1"]
    S = np.maximum(before, 0) @ params["W2"] + params["b2"]
    gaps = S - S[np.arange(len(y)), y][:, None] + 1
    return np.abs(before).min() > 1e-3 and (loss == "softmax" or np.abs(gaps).min() > 1e-3)


nets = st.builds(
    random_net,
    st.integers(0, 2**32 - 1),
    N=st.integers(1, 5),
    D=st.integers(1, 4),
    H=st.integers(1, 5),
    C=st.integers(2, 4),
)


@pytest.mark.parametrize("loss", LOSSES)
@settings(max_examples=30)
@given(net=nets, reg=st.sampled_from([0.0, 0.3]))
def test_by_hand_by_layers_and_by_the_engine_loss_and_gradients_are_the_same(loss, net, reg):
    params, X, y = net
    value, grads = two_layer_loss(params, X, y, reg, loss)
    twin_value, twin_grads = two_layer_loss_graph(params, X, y, reg, loss)
    hidden, first = network.affine_forward(X, params["W1"], params["b1"])
    active, mask = network.relu_forward(hidden)
    S, second = network.affine_forward(active, params["W2"], params["b2"])
    data_loss, dS = {"softmax": network.softmax_loss, "svm": network.svm_loss}[loss](S, y)
    dactive, dW2, db2 = network.affine_backward(dS, second)
    _, dW1, db1 = network.affine_backward(network.relu_backward(dactive, mask), first)
    layered = {"W1": dW1 + 2 * reg * params["W1"], "b1": db1, "W2": dW2 + 2 * reg * params["W2"], "b2": db2}
    penalty = reg * sum((params[name] ** 2).sum() for name in ("W1", "W2"))
    assert value == pytest.approx(twin_value, rel=1e-12)
    assert value == pytest.approx(data_loss + penalty, rel=1e-12)
    np.testing.assert_allclose(two_layer_scores(params, X), S, rtol=1e-12)
    for name, grad in grads.items():
        np.testing.assert_allclose(twin_grads[name], grad, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(layered[name], grad, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("loss", LOSSES)
@settings(max_examples=15)
@given(net=nets)
def test_the_gradients_are_those_of_differences_off_the_kinks(loss, net):
    params, X, y = net
    assume(off_kinks(params, X, y, loss))
    grads = two_layer_loss(params, X, y, 0.1, loss)[1]
    for name, grad in grads.items():
        f = lambda part, name=name: two_layer_loss({**params, name: part}, X, y, 0.1, loss)[0]  # noqa: E731
        numerical = gradients.eval_numerical_gradient(f, params[name])
        np.testing.assert_allclose(grad, numerical, rtol=1e-5, atol=1e-7)


def test_a_step_of_scikit_learns_perceptron_is_our_step():
    params, X, y = random_net(N=8, H=6)
    y[:3] = [0, 1, 2]
    rate, half_alpha = 0.1, 0.3
    # Its penalty is alpha / 2 times the squares, over N; its gradient of one full batch is ours.
    peer = MLPClassifier(
        (6,), solver="sgd", momentum=0, batch_size=8, learning_rate_init=rate, alpha=2 * 8 * half_alpha,
        shuffle=False,
    )  # fmt: skip
    peer.partial_fit(X, y, classes=[0, 1, 2])
    peer.coefs_[:] = [params["W1"].copy(), params["W2"].copy()]
    peer.intercepts_[:] = [params["b1"].copy(), params["b2"].copy()]
    peer._optimizer.params = peer.coefs_ + peer.intercepts_
    peer.partial_fit(X, y)
    loss, grads = two_layer_loss(params, X, y, half_alpha)
    assert peer.loss_ == pytest.approx(loss, rel=1e-12)
    stepped = dict(zip(("W1", "W2", "b1", "b2"), peer.coefs_ + peer.intercepts_, strict=True))
    for name, grad in grads.items():
        np.testing.assert_allclose(stepped[name], params[name] - rate * grad, rtol=1e-10, atol=1e-12)


@given(nets, st.randoms(use_true_random=False))
def test_permuting_hidden_units_changes_nothing(net, random):
    params, X, y = net
    order = list(range(len(params["b1"])))
    random.shuffle(order)
    moved = {
        "W1": params["W1"][:, order], "b1": params["b1"][order], "W2": params["W2"][order], "b2": params["b2"]
    }  # fmt: skip
    np.testing.assert_allclose(two_layer_scores(moved, X), two_layer_scores(params, X), atol=1e-12)
    assert two_layer_loss(moved, X, y, 0.1)[0] == pytest.approx(two_layer_loss(params, X, y, 0.1)[0])


@given(nets, st.sampled_from([0.25, 2.0, 8.0]))
def test_what_one_layer_is_scaled_by_the_next_can_undo(net, a):
    params, X, _ = net
    scaled = {
        "W1": params["W1"] * a, "b1": params["b1"] * a, "W2": params["W2"] / a, "b2": params["b2"]
    }  # fmt: skip
    np.testing.assert_allclose(two_layer_scores(scaled, X), two_layer_scores(params, X), rtol=1e-12)


@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize("C", [2, 3, 10])
def test_at_small_weights_the_loss_is_that_of_guessing(twin, C):
    params, X, y = random_net(C=C)
    small = {name: 1e-5 * part for name, part in params.items()}
    assert twin(small, X, y)[0] == pytest.approx(np.log(C), abs=1e-4)
    assert twin(small, X, y, loss="svm")[0] == pytest.approx(C - 1, abs=1e-3)


def test_biases_are_not_penalized():
    params, X, y = random_net()
    bare, bare_grads = two_layer_loss(params, X, y, 0.0)
    loss, grads = two_layer_loss(params, X, y, 0.5)
    assert loss - bare == pytest.approx(0.5 * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum()))
    for name in ("b1", "b2"):
        np.testing.assert_array_equal(grads[name], bare_grads[name])
    for name in ("W1", "W2"):
        np.testing.assert_allclose(grads[name] - bare_grads[name], params[name], atol=1e-12)


def test_on_exact_numbers_the_hinge_gradients_of_both_twins_are_equal_to_the_last_digit():
    params, X, y = random_net(N=7)
    exact = np.vectorize(lambda k: Fraction(round(8 * k), 8), otypes=[object])
    params = {name: exact(part) for name, part in params.items()}
    (loss, grads), (twin_loss, twin_grads) = (f(params, exact(X), y, Fraction(1, 3), "svm") for f in TWINS)
    assert isinstance(loss, Fraction)
    assert loss == twin_loss
    for name, grad in grads.items():
        assert {type(k) for k in grad.flat} == {Fraction}
        np.testing.assert_array_equal(grad, twin_grads[name])


def test_layers_agree_with_the_engine_for_examples_of_any_shape():
    rng = np.random.default_rng(2)
    x, w, b = rng.normal(size=(3, 2, 2)), rng.normal(size=(4, 5)), rng.normal(size=5)
    dout = rng.normal(size=(3, 5))
    values = [Value(x), Value(w), Value(b)]
    out, cache = network.affine_forward(x, w, b)
    root = values[0].reshape(3, 4) @ values[1] + values[2]
    backward(root, dout)
    np.testing.assert_allclose(root.data, out, rtol=1e-14)
    for value, grad in zip(values, network.affine_backward(dout, cache), strict=True):
        np.testing.assert_allclose(value.grad, grad, rtol=1e-12)
    h = Value(x)
    active, kept = network.relu_forward(x)
    backward(h.relu(), active)
    np.testing.assert_array_equal(network.relu_backward(active, kept), h.grad)
    np.testing.assert_array_equal(
        network.relu_backward([5.0, 5.0, 5.0], np.array([-1.0, 0.0, 1.0])), [0, 0, 5]
    )
    S, y = rng.normal(size=(3, 4)), [0, 3, 1]
    assert network.softmax_loss(S, y)[0] == losses.cross_entropy_on_scores(S, y)[0]
    assert network.svm_loss(S, y)[0] == losses.hinge_on_scores(S, y)[0]


def test_nothing_given_is_changed_nor_shares_memory_with_what_comes_back():
    params, X, y = random_net()
    given_arrays = [*params.values(), X, y]
    copies = [a.copy() for a in given_arrays]
    for a in given_arrays:
        a.setflags(write=False)
    results = []
    for loss in LOSSES:
        for twin in TWINS:
            results += twin(params, X, y, 0.1, loss)[1].values()
    out, cache = network.affine_forward(X, params["W1"], params["b1"])
    active, kept = network.relu_forward(out)
    frozen = out.copy()
    results += [
        *cache,
        kept,
        out,
        active,
        network.relu_backward(active, kept),
        *network.affine_backward(active, cache),
    ]
    results.append(two_layer_scores(params, X))
    np.testing.assert_array_equal(out, frozen)
    for a, copy in zip(given_arrays, copies, strict=True):
        np.testing.assert_array_equal(a, copy)
        assert not any(np.shares_memory(a, result) for result in results)
    assert all(result.flags.writeable for result in results)


def test_float32_strided_and_integer_input_is_welcome():
    params, X, y = random_net(dtype=np.float32)
    for twin in TWINS:
        for loss in LOSSES:
            assert {g.dtype for g in twin(params, X, y, 0.1, loss)[1].values()} == {np.dtype("float32")}
    wide = np.zeros((len(X), 2 * X.shape[1]), np.float32)
    wide[:, ::2] = X
    assert two_layer_loss(params, wide[:, ::2], y)[0] == pytest.approx(two_layer_loss(params, X, y)[0])
    for twin in TWINS:  # the widest of what is given decides
        assert {g.dtype for g in twin(params, X.astype(np.float64), y)[1].values()} == {np.dtype("float64")}
    whole = np.round(X).astype(int)
    assert two_layer_scores(params, whole).dtype == np.float64
    for layer in (network.relu_forward(X)[0], network.affine_forward(X, params["W1"], params["b1"])[0]):
        assert layer.dtype == np.float32


PARAMS, X, Y = random_net()
BAD = [
    ({"X": X[:, :3]}, "X has 3 columns, W1 has 4 rows"),
    ({"X": X[0]}, r"X must have two axes, got shape \(4,\)"),
    ({"X": X[:0], "y": []}, "X has no rows"),
    ({"X": np.where(X[1, 2] == X, np.nan, X)}, r"X must be finite, got nan at index \(1, 2\)"),
    ({"params": {**PARAMS, "b1": np.zeros(4)}}, "b1 has 4 entries, W1 has 5 columns"),
    ({"params": {**PARAMS, "b1": np.zeros((1, 5))}}, r"b1 must have one axis, got shape \(1, 5\)"),
    ({"params": {**PARAMS, "W2": np.zeros((4, 3))}}, "W2 has 4 rows, W1 has 5 columns"),
    ({"params": {**PARAMS, "b2": np.zeros(2)}}, "b2 has 2 entries, W2 has 3 columns"),
    ({"params": {**PARAMS, "W2": np.full((5, 3), np.inf)}}, "W2 must be finite, got inf"),
    ({"params": {**PARAMS, "b1": np.full(5, -np.inf)}}, "b1 must be finite, got -inf"),
    ({"params": {**PARAMS, "W1": np.full((4, 5), -np.inf)}}, "W1 must be finite, got -inf"),
    ({"params": {"W1": X}}, "params must hold W1, b1, W2, b2; it holds W1"),
    ({"params": {name: 1e200 * part for name, part in PARAMS.items()}}, "overflow|not a finite number"),
    ({"y": Y[:3]}, "y has 3 labels for 6 rows of X"),
    ({"y": [0, 1, 2, 3, 0, 0]}, r"y must lie in 0\.\.2, got 3 at index 3"),
    ({"reg": -1.0}, "reg must be at least 0, got -1.0"),
    ({"loss": "hinge"}, "loss must be one of softmax, svm, got 'hinge'"),
]


@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize(("changed", "message"), BAD)
def test_bad_input_is_refused_with_its_name(twin, changed, message):
    with pytest.raises((ValueError, TypeError, FloatingPointError), match=message):
        twin(**{"params": PARAMS, "X": X, "y": Y, "reg": 0.1, **changed})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: network.affine_forward(X, PARAMS["W2"], PARAMS["b2"]),
            "x has 4 numbers an example, w has 5",
        ),
        (lambda: network.affine_forward(X, PARAMS["W1"], PARAMS["b2"]), "b has 3 entries, w has 5 columns"),
        (lambda: network.affine_forward(1.0, PARAMS["W1"], PARAMS["b1"]), "x must hold examples"),
        (
            lambda: network.affine_backward(X, (X, PARAMS["W1"])),
            r"dout has shape \(6, 4\), the output .* \(6, 5\)",
        ),
        (lambda: network.relu_backward(X, X.T), r"dout has shape \(6, 4\), the output has shape \(4, 6\)"),
        (lambda: network.relu_forward([np.nan]), "x must be finite"),
        (lambda: network.softmax_loss(X[:0], []), "x must hold at least one row"),
    ],
)
def test_layers_refuse_what_does_not_fit(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_an_affine_layer_of_no_examples_has_no_rows_and_a_gradient_of_zero():
    out, cache = network.affine_forward(X[:0], PARAMS["W1"], PARAMS["b1"])
    dx, dw, db = network.affine_backward(out, cache)
    assert (out.shape, dx.shape) == ((0, 5), (0, 4))
    assert not dw.any()
    assert not db.any()


@pytest.mark.parametrize("loss", LOSSES)
def test_it_learns_fifty_examples_by_heart(loss):
    rng = np.random.default_rng(5)
    X, y = rng.normal(size=(50, 20)), rng.integers(5, size=50)
    net = TwoLayerNet(
        hidden_size=50, learning_rate=0.3, momentum=0.9, reg=0, num_iters=300, batch_size=50, loss=loss,
        random_state=0,
    ).fit(X, y)  # fmt: skip
    assert net.score(X, y) == 1
    assert net.loss_history_[-1] < 0.05 < net.loss_history_[0]


def training_data(n=60):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(n, 3))
    return X, np.array(["low", "high"])[(X[:, 0] * X[:, 1] > 0).astype(int)]


def test_the_same_seed_gives_the_same_net_and_another_seed_another():
    X, y = training_data()
    first, same, other = (TwoLayerNet(num_iters=20, random_state=s).fit(X, y) for s in (3, 3, 4))
    assert first.loss_history_ == same.loss_history_ != other.loss_history_
    for name, part in first.params_.items():
        np.testing.assert_array_equal(part, same.params_[name])


def test_the_accuracies_are_followed_beside_the_training():
    X, y = training_data()
    net = TwoLayerNet(hidden_size=10, num_iters=25, batch_size=6, random_state=0)
    net.fit(X, y, X[:20], y[:20], check_every=10)
    assert [step for step, _ in net.val_history_] == [step for step, _ in net.train_history_] == [0, 10, 20]
    for k, steps in enumerate((0, 10, 20)):
        until = TwoLayerNet(hidden_size=10, num_iters=steps, batch_size=6, random_state=0).fit(X, y)
        assert net.train_history_[k][1] == until.score(X, y)
        assert net.val_history_[k][1] == until.score(X[:20], y[:20])
    assert len(net.loss_history_) == 25
    assert not hasattr(until, "val_history_")


def test_patience_keeps_the_best_net_seen():
    X, y = training_data()
    net = TwoLayerNet(hidden_size=10, num_iters=60, batch_size=6, learning_rate=1.0, random_state=0)
    net.fit(X, y, X[:20], y[:20], check_every=1, patience=5)
    assert net.score(X[:20], y[:20]) == max(accuracy for _, accuracy in net.val_history_)
    assert len(net.loss_history_) < 60


def test_following_the_accuracy_does_not_change_the_training():
    X, y = training_data()
    alone = TwoLayerNet(num_iters=20, random_state=3).fit(X, y)
    followed = TwoLayerNet(num_iters=20, random_state=3).fit(X, y, X, y)
    assert alone.loss_history_ == followed.loss_history_


def test_a_decay_of_the_rate_and_the_schedule_that_it_means_train_alike():
    X, y = training_data()
    settings = {"num_iters": 30, "batch_size": 6, "random_state": 0}
    decayed = TwoLayerNet(learning_rate=0.2, learning_rate_decay=0.5, **settings).fit(X, y)
    scheduled = TwoLayerNet(learning_rate=step_decay(0.2, 0.5, every=10), **settings).fit(X, y)
    plain = TwoLayerNet(learning_rate=0.2, **settings).fit(X, y)
    assert decayed.loss_history_ == scheduled.loss_history_ != plain.loss_history_


def test_the_first_loss_of_small_weights_is_that_of_guessing():
    X, y = training_data()
    for loss, expected in (("softmax", np.log(2)), ("svm", 1.0)):
        net = TwoLayerNet(init_std=1e-6, num_iters=1, loss=loss, random_state=0).fit(X, y)
        assert net.loss_history_[0] == pytest.approx(expected, abs=1e-4)


def test_he_weights_have_the_spread_that_keeps_a_relu_layer_at_scale():
    X, y = np.random.default_rng(0).normal(size=(10, 400)), np.arange(10) % 2
    params = TwoLayerNet(hidden_size=200, num_iters=0, random_state=0).fit(X, y).params_
    assert params["W1"].std() == pytest.approx((2 / 400) ** 0.5, rel=0.02)
    assert params["W2"].std() == pytest.approx((2 / 200) ** 0.5, rel=0.1)
    assert not params["b1"].any()
    assert not params["b2"].any()


def test_float32_is_kept_through_training_and_prediction():
    X, y = training_data()
    net = TwoLayerNet(num_iters=5, momentum=0.9, random_state=0).fit(X.astype(np.float32), y)
    assert {part.dtype for part in net.params_.values()} == {np.dtype("float32")}
    assert net.class_scores(X.astype(np.float32)).dtype == np.float32


def test_probabilities_are_the_softmax_of_the_scores_and_the_hinge_has_none():
    X, y = training_data()
    net = TwoLayerNet(num_iters=5, random_state=0).fit(X, y)
    np.testing.assert_allclose(net.predict_proba(X), losses.softmax(net.class_scores(X)))
    np.testing.assert_array_equal(net.classes_[net.predict_proba(X).argmax(axis=1)], net.predict(X))
    with pytest.raises(AttributeError, match="predict_proba needs loss='softmax', this net has 'svm'"):
        net.set_params(loss="svm").predict_proba(X)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"hidden_size": 0}, "hidden_size must be at least 1, got 0"),
        ({"learning_rate": 0.0}, "learning_rate must be more than 0"),
        ({"learning_rate": "fast"}, "learning_rate must be a number, got str"),
        ({"learning_rate_decay": 0.0}, "learning_rate_decay must be more than 0"),
        ({"learning_rate_decay": 1.5}, "at most 1, got 1.5"),
        ({"learning_rate": exponential_decay(0.1, 0.1), "learning_rate_decay": 0.9}, "is a schedule"),
        ({"momentum": 1.0}, "momentum must be less than 1"),
        ({"reg": -1}, "reg must be at least 0"),
        ({"num_iters": -1}, "num_iters must be at least 0"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"sampling": "all"}, "sampling must be one of"),
        ({"init_std": -0.1}, "init_std must be at least 0"),
        ({"init_std": "xavier"}, "init_std must be"),
        ({"loss": "hinge"}, "loss must be one of softmax, svm, got 'hinge'"),
    ],
)
def test_settings_out_of_range_are_refused_by_fit(changed, message):
    X, y = training_data()
    with pytest.raises((ValueError, TypeError), match=message):
        TwoLayerNet(**changed).fit(X, y)


def test_what_fit_and_predict_cannot_use_is_refused():
    X, y = training_data()
    with pytest.raises(ValueError, match="X_val and y_val belong together"):
        TwoLayerNet().fit(X, y, X)
    with pytest.raises(NotFittedError, match="this TwoLayerNet is not fitted yet"):
        TwoLayerNet().predict(X)
    with pytest.raises(FloatingPointError, match=r"learning_rate 1e.200 is too high"):
        TwoLayerNet(learning_rate=1e200, num_iters=50, random_state=0).fit(X, y)
