"""What is fed to which public function when the whole core is fed what it was not made for."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lintutor import (
    features,
    gradients,
    graph,
    losses,
    model_selection,
    neighbors,
    network,
    objective,
    optimizers,
    regularizers,
    scores,
)
from lintutor.classifiers import NearestMean, SoftmaxClassifier
from lintutor.graph import Value


def table(n: int, d: int) -> Any:
    """Return whole numbers (n, d) as floats, no two rows alike."""
    return (np.arange(n * d).reshape(n, d) * 7 % 11 - 4.0) + (np.arange(n) // 11)[:, None]


def shares(c: int) -> Any:
    """Return probabilities (c,) that every binary type holds exactly."""
    p = 0.5 ** np.arange(1, c + 1)
    p[-1] *= 2
    return p


def pixels(n: int) -> Any:
    """Return pixels (n, 9, 8, 3), 0..126."""
    return np.arange(n * 216).reshape(n, 9, 8, 3) * 37 % 127 / 1.0


# An array of floats is numbers, an array of integers is labels, a float is a number, an int a count.
# All are whole, or short in binary, so that they can come as another type without a change.
GOOD: dict[str, Callable[[int, int, int], Any]] = {
    "X": lambda n, d, c: table(n, d),
    "X_train": lambda n, d, c: table(n, d) + 1,
    "X_val": lambda n, d, c: table(n, d) - 1,
    "W": lambda n, d, c: table(d, c),
    "b": lambda n, d, c: table(1, c)[0],
    "y": lambda n, d, c: np.arange(n) * 3 % c,
    "y_train": lambda n, d, c: np.arange(n) * 3 % c,
    "y_val": lambda n, d, c: np.arange(n) % c,
    "labels": lambda n, d, c: np.arange(3 * n).reshape(n, 3) % c,
    "weights": lambda n, d, c: np.abs(table(n, 3)) + 1,
    "S": lambda n, d, c: table(n, c),
    "s": lambda n, d, c: table(1, c)[0],
    "z": lambda n, d, c: table(1, n)[0],
    "p": lambda n, d, c: shares(c),
    "q": lambda n, d, c: shares(c)[::-1].copy(),
    "x": lambda n, d, c: table(n, d),
    "data": lambda n, d, c: table(n, d),
    "digits": lambda n, d, c: 2,
    "w": lambda n, d, c: table(d, c),
    "dw": lambda n, d, c: table(d, c) + 1,
    "dout": lambda n, d, c: table(n, c),
    "grad": lambda n, d, c: table(n, d),
    "v": lambda n, d, c: table(n, d) + 1,
    "dists": lambda n, d, c: np.abs(table(n, n)),
    "patches": lambda n, d, c: table(n, d),
    "words": lambda n, d, c: table(3, d),
    "im": lambda n, d, c: pixels(1)[0],
    "images": lambda n, d, c: pixels(n),
    "imgs": lambda n, d, c: pixels(n),
    "delta": lambda n, d, c: 1.0,
    "temperature": lambda n, d, c: 2.0,
    "reg": lambda n, d, c: 0.5,
    "beta": lambda n, d, c: 0.25,
    "t": lambda n, d, c: 0.5,
    "rate": lambda n, d, c: 0.5,
    "decay": lambda n, d, c: 0.25,
    "drop": lambda n, d, c: 0.25,
    "threshold": lambda n, d, c: 0.5,
    "h": lambda n, d, c: 2.0**-10,
    "every": lambda n, d, c: 2,
    "k": lambda n, d, c: 1,
    "n": lambda n, d, c: n,
    "num_classes": lambda n, d, c: c,
    "num_folds": lambda n, d, c: 2,
    "nbin": lambda n, d, c: 5,
    "cell": lambda n, d, c: 4,
    "bins": lambda n, d, c: 4,
    "block": lambda n, d, c: 2,
    "num_words": lambda n, d, c: 2,
}


def bowl(W: Any) -> tuple[Any, Any]:
    """Return the value and the gradient of a sum of squares."""
    return (W * W).sum(), 2 * W


def svm(W: Any, X: Any, y: Any) -> tuple[Any, Any]:
    return objective.svm_loss_vectorized(W, X, y, 0.5)


def both_ways(data: Any, y: Any) -> Any:
    a, b = Value(data), Value(y)
    product = (a * b).sum()
    product.backward()
    return product.data, a.grad, b.grad


def pulled_back(data: Any, upstream: Any) -> Any:
    leaf = Value(data)
    graph.backward(leaf * 2.0, upstream)
    return leaf.grad


def with_layers(f: Callable[..., Any]) -> Callable[..., Any]:
    """Return a call that gathers the parameters of a net into the dict that `f` takes."""

    def call(W1: Any, b1: Any, W2: Any, b2: Any, **others: Any) -> Any:
        return f({"W1": W1, "b1": b1, "W2": W2, "b2": b2}, **others)

    return call


def fitted(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return a call that fits a classifier and asks it what it can tell."""
    few = {"num_iters": 3, "batch_size": 4, "random_state": 0}
    settings = {name: few[name] for name in inspect.signature(make).parameters if name in few}

    def call(X: Any, y: Any) -> Any:
        model = make(**settings).fit(X, y)
        return model.predict(X), model.score(X, y)

    return call


@dataclass(frozen=True)
class Call:
    """How to call a function whose arguments are not all in `GOOD`, or stand for something else."""

    f: Callable[..., Any]
    names: str  # the arguments that are fed, in any order
    good: Callable[[int, int, int], dict[str, Any]] = lambda n, d, c: {}  # those that differ from `GOOD`
    says: str = ""  # what else an error may call what was fed
    infinite: str = ""  # a number that may be infinite


def rule(f: Callable[..., Any], names: str) -> Call:
    """Return how to call an update rule, whose settings come in a dict."""
    return Call(
        lambda w, dw, **config: f(w, dw, config),
        names,
        lambda n, d, c: {"learning_rate": 0.25, "momentum": 0.5, "velocity": table(d, c)},
    )


def two_classes(n: int, d: int, c: int) -> dict[str, Any]:
    return {"y": np.arange(n) % 2}


def one_shape(n: int, d: int, c: int) -> dict[str, Any]:
    return {"y": table(n, d) + 2, "dout": table(n, d)}


def net(n: int, d: int, c: int) -> dict[str, Any]:
    """Return the parameters of a net with two hidden units."""
    return {"W1": table(d, 2), "b1": table(1, 2)[0], "W2": table(2, c), "b2": table(1, c)[0]}


SHORT = SoftmaxClassifier(num_iters=3, batch_size=4, random_state=0)

CALLS: dict[str, Call] = {
    "neighbors.k_nearest": Call(
        neighbors.k_nearest, "X X_train k p", lambda n, d, c: {"p": 3.0}, infinite="p"
    ),
    "neighbors.lp_distances": Call(
        neighbors.lp_distances, "X X_train p", lambda n, d, c: {"p": 3.0}, infinite="p"
    ),
    "scores.center": Call(
        lambda X_train, split: scores.center(X_train, split),
        "X_train split",
        lambda n, d, c: {"split": table(2, d)},
    ),
    "scores.template_image": Call(
        scores.template_image, "W c shape", lambda n, d, c: {"c": 0, "shape": (1, d)}
    ),
    "losses.binary_cross_entropy": Call(losses.binary_cross_entropy, "z y", two_classes),
    "losses.binary_hinge_loss": Call(
        losses.binary_hinge_loss, "z y delta", lambda n, d, c: {"y": 1 - 2 * (np.arange(n) % 2)}
    ),
    "losses.sigmoid_squared_error": Call(losses.sigmoid_squared_error, "z y", two_classes),
    "losses.cross_entropy_loss_one": Call(lambda s: losses.cross_entropy_loss_one(s, 0), "s"),
    "losses.hinge_loss_one": Call(lambda s, delta: losses.hinge_loss_one(s, 0, delta), "s delta"),
    "objective.full_loss": Call(
        lambda **a: objective.full_loss(losses.hinge_loss_vectorized, regularizers.l2_penalty, **a),
        "W X y reg",
    ),
    "gradients.eval_numerical_gradient": Call(
        lambda x, h: gradients.eval_numerical_gradient(lambda v: bowl(v)[0], x, h), "x h"
    ),
    "gradients.grad_check_sparse": Call(
        lambda **a: [k.analytic for k in gradients.grad_check_sparse(lambda v: bowl(v)[0], rng=0, **a)],
        "x analytic_grad num_checks h",
        lambda n, d, c: {"analytic_grad": 2 * table(n, d), "num_checks": 3},
    ),
    "gradients.relative_error": Call(
        gradients.relative_error, "a b", lambda n, d, c: {"a": table(n, d), "b": table(n, d) + 1}
    ),
    "optimizers.Validation": Call(
        lambda **a: optimizers.Validation(lambda W: 0.0, **a)(0, 1.0, np.ones(1)),
        "every patience",
        lambda n, d, c: {"patience": 3},
    ),
    "optimizers.constant_rate": Call(lambda **a: optimizers.constant_rate(**a)(3), "rate"),
    "optimizers.cosine_decay": Call(
        lambda **a: optimizers.cosine_decay(**a)(3), "rate num_steps", lambda n, d, c: {"num_steps": 9}
    ),
    "optimizers.exponential_decay": Call(lambda **a: optimizers.exponential_decay(**a)(3), "rate decay"),
    "optimizers.inverse_decay": Call(lambda **a: optimizers.inverse_decay(**a)(3), "rate decay"),
    "optimizers.step_decay": Call(lambda **a: optimizers.step_decay(**a)(3), "rate drop every"),
    "optimizers.gradient_norm_below": Call(
        lambda **a: optimizers.gradient_norm_below(bowl, **a)(0, 1.0, np.ones(1)), "threshold every"
    ),
    "optimizers.loss_below": Call(lambda **a: optimizers.loss_below(**a)(0, 1.0, None), "threshold"),
    "optimizers.epoch_batches": Call(
        lambda **a: list(optimizers.epoch_batches(rng=0, **a)),
        "X y batch_size num_epochs",
        lambda n, d, c: {"batch_size": 2, "num_epochs": 2},
    ),
    "optimizers.sample_batch": Call(
        lambda **a: optimizers.sample_batch(rng=0, **a), "X y batch_size", lambda n, d, c: {"batch_size": 2}
    ),
    "optimizers.gradient_descent": Call(
        lambda **a: optimizers.gradient_descent(bowl, **a),
        "W learning_rate num_steps momentum",
        lambda n, d, c: {"learning_rate": 0.25, "num_steps": 3, "momentum": 0.5},
    ),
    "optimizers.sgd": Call(
        lambda **a: optimizers.sgd(svm, rng=0, **a),
        "W X y learning_rate num_iters batch_size momentum",
        lambda n, d, c: {"learning_rate": 0.25, "num_iters": 3, "batch_size": 2, "momentum": 0.5},
    ),
    "optimizers.random_local_search": Call(
        lambda **a: optimizers.random_local_search(lambda V: bowl(V)[0], rng=0, **a),
        "W num_steps step_size",
        lambda n, d, c: {"num_steps": 3, "step_size": 0.25},
    ),
    "optimizers.random_search": Call(
        lambda **a: optimizers.random_search(lambda V: bowl(V)[0], (3, 4), rng=0, **a),
        "num_tries scale",
        lambda n, d, c: {"num_tries": 3, "scale": 0.25},
    ),
    "optimizers.sgd_plain": rule(optimizers.sgd_plain, "w dw learning_rate"),
    "optimizers.sgd_momentum": rule(optimizers.sgd_momentum, "w dw learning_rate momentum velocity"),
    "optimizers.sgd_nesterov": rule(optimizers.sgd_nesterov, "w dw learning_rate momentum velocity"),
    "graph.Value": Call(both_ways, "data y", one_shape, says="data"),
    "graph.backward": Call(pulled_back, "data upstream", lambda n, d, c: {"upstream": table(n, d)}),
    "graph.describe": Call(lambda data, digits: graph.describe(Value(data), digits=digits), "data digits"),
    "graph.to_svg": Call(lambda data, digits: graph.to_svg(Value(data), digits=digits), "data digits"),
    "graph.max_backward": Call(graph.max_backward, "x y dout", one_shape),
    "graph.multiply_backward": Call(graph.multiply_backward, "x y dout", one_shape),
    "graph.sigmoid_backward": Call(
        graph.sigmoid_backward, "out dout", lambda n, d, c: {"out": np.abs(table(n, c)) / 16}
    ),
    "graph.topological_order": Call(
        lambda data: [value.data for value in graph.topological_order(Value(data) * 2.0)], "data"
    ),
    "network.affine_backward": Call(
        lambda dout, x, w, b: network.affine_backward(dout, network.affine_forward(x, w, b)[1]), "dout x w b"
    ),
    "network.relu_backward": Call(
        lambda dout, x: network.relu_backward(dout, network.relu_forward(x)[1]),
        "dout x",
        lambda n, d, c: {"dout": table(n, d)},
    ),
    "network.softmax_loss": Call(network.softmax_loss, "x y", lambda n, d, c: {"x": table(n, c)}),
    "network.svm_loss": Call(network.svm_loss, "x y", lambda n, d, c: {"x": table(n, c)}),
    "network.two_layer_loss": Call(with_layers(network.two_layer_loss), "W1 b1 W2 b2 X y reg", net),
    "network.two_layer_loss_graph": Call(
        with_layers(network.two_layer_loss_graph), "W1 b1 W2 b2 X y reg", net
    ),
    "network.two_layer_scores": Call(with_layers(network.two_layer_scores), "W1 b1 W2 b2 X", net),
    "model_selection.cross_val_score": Call(
        lambda **a: model_selection.cross_val_score(NearestMean(), **a), "X y num_folds"
    ),
    "model_selection.k_fold": Call(lambda **a: list(model_selection.k_fold(**a)), "n num_folds"),
    "model_selection.k_fold_accuracies": Call(
        lambda **a: model_selection.k_fold_accuracies(lambda choice: NearestMean(), choices=[1], **a),
        "X y num_folds",
    ),
    "model_selection.grid_search": Call(
        lambda **a: model_selection.grid_search(SHORT, {"reg": [0.5]}, progress=False, **a).best.val_score,
        "X_train y_train X_val y_val",
        says="X y",
    ),
    "model_selection.train_val_test_split": Call(
        lambda **a: model_selection.train_val_test_split(rng=0, **a),
        "X y val test",
        lambda n, d, c: {"val": 1, "test": 1},
    ),
    "features.codebook": Call(
        lambda **a: features.codebook(rng=0, **a),
        "patches num_words num_iters",
        lambda n, d, c: {"num_iters": 4},
    ),
    "features.extract_features": Call(
        lambda imgs: features.extract_features(imgs, [features.hog_feature, features.color_histogram_hsv]),
        "imgs",
        says="im",
    ),
    "features.patches": Call(
        lambda **a: features.patches(rng=0, **a), "images size num", lambda n, d, c: {"size": 2, "num": 7}
    ),
    "features.standardize": Call(
        lambda X_train, split: features.standardize(X_train, split),
        "X_train split",
        lambda n, d, c: {"split": table(2, d)},
    ),
    "features.word_counts": Call(
        features.word_counts, "images words stride", lambda n, d, c: {"words": table(3, 12), "stride": 2}
    ),
    "features.word_counts_naive": Call(
        features.word_counts_naive,
        "images words stride",
        lambda n, d, c: {"words": table(3, 12), "stride": 4},
    ),
}

# Public names that take no data: a reason each.
NOT_FED = {
    "gradients.GradientCheck": "a result",
    "optimizers.any_of": "takes callbacks",
    "classifiers.NotFittedError": "an exception",
    "model_selection.Search": "a result",
    "model_selection.Split": "a result",
    "model_selection.Trial": "a result",
}

# Labels here may be anything that can be told apart: what they are is the caller's business.
ANY_LABELS = (
    "classifiers.",
    "optimizers.epoch_batches",
    "optimizers.sample_batch",
    "optimizers.sgd",
    "model_selection.",
    "network.TwoLayerNet",
    "neighbors.KNearestNeighbors",
)
# Rows here are passed on as they are, whatever they hold.
ANY_ROWS = ("optimizers.epoch_batches", "optimizers.sample_batch", "model_selection.train_val_test_split")
