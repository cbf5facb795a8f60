"""The engine against gradients by hand, and the two-layer net against those who train one too.

PyTorch is compared with where it can be imported; nothing here needs it.
"""

import warnings
from collections.abc import Callable, Iterator
from importlib import import_module, util
from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier

from benchmarks.timing import Ratio, compare
from lintutor.graph import Value
from lintutor.network import TwoLayerNet, two_layer_loss, two_layer_loss_graph

N, D, H, C = 200, 3072, 100, 10
REG = 1e-3


def run() -> Iterator[Ratio]:
    """Yield the ratios for one step of a net, for one epoch of training, and for graphs of numbers."""
    for dtype in (np.float64, np.float32):
        yield from steps(dtype)
    yield from epoch()
    yield from graphs_of_numbers()


def steps(dtype: Any) -> Iterator[Ratio]:
    """Yield loss and gradients on one batch, of the size of CIFAR-10's images."""
    rng = np.random.default_rng(0)
    params = {
        "W1": 0.02 * rng.standard_normal((D, H)), "b1": np.zeros(H),
        "W2": 0.1 * rng.standard_normal((H, C)), "b2": np.zeros(C),
    }  # fmt: skip
    params = {name: part.astype(dtype) for name, part in params.items()}
    X, y = rng.standard_normal((N, D)).astype(dtype), rng.integers(C, size=N)
    what = f"two_layer_loss, N={N} H={H} {np.dtype(dtype).name}"
    ours = lambda: two_layer_loss(params, X, y, REG)  # noqa: E731
    yield from compare(
        what, ours, "unchecked numpy of a course", lambda: obvious_numpy(params, X, y, REG), repeats=15
    )
    yield from compare(
        what, ours, "our own engine", lambda: two_layer_loss_graph(params, X, y, REG), repeats=15
    )
    both = np.ones((N, H), dtype)
    products = lambda: (X @ params["W1"], X.T @ both)  # noqa: E731
    yield from compare(what, ours, "(bound) its two large products", products, repeats=15)
    if util.find_spec("torch"):
        theirs = torch_step(params, X, y)
        yield from compare(what, ours, "PyTorch, autograd", theirs, repeats=15)


def obvious_numpy(params: Any, X: Any, y: Any, reg: float) -> tuple[float, Any]:
    """Return loss and gradients in the fewest lines, with no checks of the arguments."""
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    N = len(X)
    hidden = np.maximum(0, X.dot(W1) + b1)
    scores = hidden.dot(W2) + b2
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    loss = -np.log(probabilities[np.arange(N), y]).sum() / N + reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    dscores = probabilities
    dscores[np.arange(N), y] -= 1
    dscores /= N
    dhidden = dscores.dot(W2.T)
    dhidden[hidden <= 0] = 0
    return loss, {
        "W1": X.T.dot(dhidden) + 2 * reg * W1, "b1": dhidden.sum(axis=0),
        "W2": hidden.T.dot(dscores) + 2 * reg * W2, "b2": dscores.sum(axis=0),
    }  # fmt: skip


def torch_step(params: Any, X: Any, y: Any) -> Callable[[], Any]:
    """Return the same step in PyTorch, on as many threads as numpy has."""
    torch = import_module("torch")
    tensors = {name: torch.tensor(part, requires_grad=True) for name, part in params.items()}
    rows, labels = torch.tensor(X), torch.tensor(y)

    def step() -> Any:
        for part in tensors.values():
            part.grad = None
        hidden = torch.relu(rows @ tensors["W1"] + tensors["b1"])
        loss = torch.nn.functional.cross_entropy(hidden @ tensors["W2"] + tensors["b2"], labels)
        loss = loss + REG * ((tensors["W1"] ** 2).sum() + (tensors["W2"] ** 2).sum())
        loss.backward()
        return loss

    return step


def epoch() -> Iterator[Ratio]:
    """Yield an epoch of training against scikit-learn's, the same batches in size and number."""
    rng = np.random.default_rng(0)
    for rows in (2000, 10_000):
        X, y = rng.standard_normal((rows, D)).astype(np.float32), rng.integers(C, size=rows)
        ours = TwoLayerNet(
            hidden_size=H, learning_rate=1e-3, momentum=0.9, num_iters=rows // N, batch_size=N,
            sampling="epochs", random_state=0,
        )  # fmt: skip
        theirs = MLPClassifier(
            (H,), solver="sgd", learning_rate_init=1e-3, momentum=0.9, nesterovs_momentum=False,
            batch_size=N, max_iter=1, random_state=0,
        )  # fmt: skip
        claim = f"TwoLayerNet.fit, one epoch, N={rows} H={H} float32"
        yield from compare(
            claim,
            lambda ours=ours, X=X, y=y: ours.fit(X, y),
            "scikit-learn MLPClassifier",
            lambda theirs=theirs, X=X, y=y: quietly(theirs, X, y),
            repeats=5,
        )


def quietly(classifier: Any, X: Any, y: Any) -> Any:
    """Fit without the warning that one epoch is not enough."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return classifier.fit(X, y)


def graphs_of_numbers() -> Iterator[Ratio]:
    """Yield what the engine costs for each number: a neuron of many inputs, forward and back."""
    rng = np.random.default_rng(0)
    for size in (100, 1000):
        w, x = rng.standard_normal(size), rng.standard_normal(size)

        def ours(w: Any = w, x: Any = x) -> Any:
            values = [Value(k) for k in w]
            total = Value(0.0)
            for value, k in zip(values, x.tolist(), strict=True):
                total = total + value * k
            total.tanh().backward()
            return values

        def one_array(w: Any = w, x: Any = x) -> Any:
            value = Value(w)
            (value * x).sum().tanh().backward()
            return value

        claim = f"a neuron of {size} inputs"
        yield from compare(f"{claim}, one array", one_array, "our own engine, by numbers", ours, threads=(1,))
        if util.find_spec("micrograd"):
            theirs = in_micrograd(w, x)
            yield from compare(f"{claim}, by numbers", ours, "micrograd", theirs, threads=(1,))


def in_micrograd(w: Any, x: Any) -> Callable[[], Any]:
    """Return the same neuron in micrograd."""
    Theirs = import_module("micrograd.engine").Value

    def neuron() -> Any:
        values = [Theirs(k) for k in w.tolist()]
        total = Theirs(0.0)
        for value, k in zip(values, x.tolist(), strict=True):
            total = total + value * k
        total.relu().backward()
        return values

    return neuron
