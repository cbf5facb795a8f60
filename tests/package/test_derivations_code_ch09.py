"""Chapter 9: engine, gates and layers, run on exact fractions, equal the derivations' last lines."""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lintutor import derivations, graph, network
from lintutor.derivations.evaluate import compile_expr
from lintutor.graph import Value


def exact(values: Any) -> Any:
    """Return a number as a fraction, nested numbers as an array of fractions."""
    array = np.array(values, dtype=object)
    flat = [Fraction(v) for v in array.flat]
    return flat[0] if array.ndim == 0 else np.array([*flat, None], dtype=object)[:-1].reshape(array.shape)


def points(id: str) -> Iterator[dict[str, Any]]:
    yield from derivations.get(id).domain.points(seed=9)


def line(id: str, place: int = -1) -> Any:
    return compile_expr(derivations.get(id).lines[place].expr)


def test_the_engine_multiplies_along_a_wire_as_the_chain_rule_says() -> None:
    formula = line("bp-chain-rule-one-wire")
    for point in points("bp-chain-rule-one-wire"):
        p0, p1, p2, u0, u1, u2 = (exact(point[f"{letter}_{n}"]) for letter in "pu" for n in range(3))
        t = Value(exact(point["t"]))
        q = p0 + p1 * t + p2 * t * t
        (u0 + u1 * q + u2 * q * q).backward()
        assert t.grad == formula(point)


GATES: dict[str, tuple[Any, Any]] = {
    "bp-add-gate": (lambda a, b: a + b, None),
    "bp-multiply-gate": (lambda a, b: a * b, graph.multiply_backward),
    "bp-max-gate": (lambda a, b: a.maximum(b), graph.max_backward),
}


@pytest.mark.parametrize("id", GATES)
def test_the_engine_sends_through_a_gate_what_the_formula_says(id: str) -> None:
    formula = line(id)
    gate, by_hand = GATES[id]
    for point in points(id):
        a, b, g = (exact(point[name]) for name in "abg")
        if id == "bp-max-gate" and a == b:
            continue
        left, right = Value(a), Value(b)
        gate(left, right).backward(g)
        assert (left.grad, right.grad) == formula(point)
        assert by_hand is None or tuple(by_hand(a, b, g)) == formula(point)


def test_the_relu_masks_as_the_formula_says() -> None:
    formula = line("bp-relu-gate")
    for point in points("bp-relu-gate"):
        a, g = Value(exact(point["a"])), exact(point["g"])
        a.relu().backward(g)
        assert a.grad == formula(point)
        _, cache = network.relu_forward([a.data])
        assert network.relu_backward([g], cache)[0] == formula(point)


def test_the_engine_adds_at_a_fork() -> None:
    formula = line("bp-fork")
    for point in points("bp-fork"):
        u, A = exact(point["u"]), exact(point["A"])
        t = Value(exact(point["t"]))
        wires = [t + 0 for _ in u]
        loss = t * 0
        for m, z in enumerate(wires):
            loss = loss + u[m] * z
            for n, other in enumerate(wires):
                loss = loss + A[m, n] * z * other
        loss.backward()
        assert t.grad == formula(point) == sum(z.grad for z in wires)


def test_the_sigmoid_gate_is_its_four_gates() -> None:
    formula = line("bp-sigmoid-by-gates")
    for point in points("bp-sigmoid-by-gates"):
        a, g = float(point["a"]), float(point["g"])
        whole, parts = Value(a), Value(a)
        out = whole.sigmoid()
        out.backward(g)
        (1 / (1 + (-parts).exp())).backward(g)
        for found in (whole.grad, parts.grad, graph.sigmoid_backward(out.data, g)):
            assert math.isclose(found, formula(point), rel_tol=1e-12, abs_tol=1e-15)


def test_the_tanh_gate_is_a_stretched_sigmoid_gate() -> None:
    formula = line("bp-tanh-is-a-sigmoid")
    for point in points("bp-tanh-is-a-sigmoid"):
        a, other = Value(float(point["a"])), Value(float(point["a"]))
        one, two = a.tanh(), 2 * (2 * other).sigmoid() - 1
        one.backward()
        two.backward()
        assert math.isclose(one.data, formula(point), abs_tol=1e-14)
        assert math.isclose(two.data, formula(point), abs_tol=1e-14)
        assert math.isclose(a.grad, other.grad, abs_tol=1e-14)


def test_the_affine_layer_sends_back_what_the_formula_says() -> None:
    formula = line("bp-affine")
    for point in points("bp-affine"):
        X, W, b, G = (exact(point[name]) for name in "XWbG")
        _, cache = network.affine_forward(X, W, b)
        dx, dw, db = network.affine_backward(G, cache)
        i, d, j = (point[name] for name in "idj")
        assert (dx[i, d], dw[d, j], db[j]) == formula(point)
        values = Value(X), Value(W), Value(b)
        (values[0] @ values[1] + values[2]).backward(G)
        assert (values[0].grad[i, d], values[1].grad[d, j], values[2].grad[j]) == formula(point)


def test_the_engine_finds_the_gradients_of_a_squared_norm() -> None:
    formula = line("bp-squared-norm")
    for point in points("bp-squared-norm"):
        W, x = Value(exact(point["W"])), Value(exact(point["x"]))
        q = W @ x
        (q * q).sum().backward()
        assert (W.grad[point["k"], point["d"]], x.grad[point["d"]]) == formula(point)


def net(point: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    names = {"W1": "W^{(1)}", "b1": "b^{(1)}", "W2": "W^{(2)}", "b2": "b^{(2)}"}
    return {ours: exact(point[theirs]) for ours, theirs in names.items()}, exact(point["X"])


def test_the_net_gives_the_gradients_of_the_formulas() -> None:
    first, second = line("bp-net-first-layer"), line("bp-net-second-layer")
    for point in points("bp-net-first-layer"):
        params, X = net(point)
        y = [n % params["W2"].shape[1] for n in range(len(X))]
        _, grads = network.two_layer_loss(params, X, y, loss="svm")
        _, G = network.svm_loss(network.two_layer_scores(params, X), y)
        there = {**point, "G": tuple(map(tuple, G))}
        d, h, j = (point[name] for name in "dhj")
        assert (grads["W1"][d, h], grads["b1"][h]) == first(there)
        assert (grads["W2"][h, j], grads["b2"][j]) == second(there)


def test_a_net_with_its_units_reversed_gives_the_same_scores() -> None:
    formula = line("bp-permuted-units")
    for point in points("bp-permuted-units"):
        W, v = exact(point["W"]), exact(point["v"])
        for order in (slice(None), slice(None, None, -1)):
            units = {"W1": W[:, order], "b1": 0 * v, "W2": v[order][:, None], "b2": exact([0])}
            (score,) = network.two_layer_scores(units, exact([point["x"]])).flat
            assert score == formula(point)
