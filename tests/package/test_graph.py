"""The engine: its gradients are sympy's and those of differences, twice gives the same, forks add."""

import sys
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lintutor import gradients, graph
from lintutor.graph import Value, backward, topological_order

# Each on arrays (as a method of a Value), in numpy, and where it has no kink within reach of a nudge.
ONE = {
    "negate": (lambda a: -a, lambda a: -a),
    "square": (lambda a: a**2, lambda a: a**2),
    "root": (lambda a: a**0.5, np.sqrt),
    "reciprocal": (lambda a: 1 / a, lambda a: 1 / a),
    "to the zero": (lambda a: a**0, np.ones_like),
    "exp": (lambda a: a.exp(), np.exp),
    "log": (lambda a: a.log(), np.log),
    "relu": (lambda a: (a - 1).relu(), lambda a: np.maximum(a - 1, 0)),
    "sigmoid": (lambda a: a.sigmoid(), lambda a: 1 / (1 + np.exp(-a))),
    "tanh": (lambda a: a.tanh(), np.tanh),
    "sum": (lambda a: a.sum(), np.sum),
    "sum of columns": (lambda a: a.sum(axis=0), lambda a: a.sum(axis=0)),
    "sum kept": (lambda a: a.sum(axis=-1, keepdims=True), lambda a: a.sum(axis=-1, keepdims=True)),
    "sum of two axes": (lambda a: a.sum(axis=(0, 1)), lambda a: a.sum(axis=(0, 1))),
    "mean": (lambda a: a.mean(), np.mean),
    "mean of rows": (lambda a: a.mean(axis=1), lambda a: a.mean(axis=1)),
    "max": (lambda a: a.max(), np.max),
    "max of rows": (lambda a: a.max(axis=1), lambda a: a.max(axis=1)),
    "max kept": (lambda a: a.max(axis=0, keepdims=True), lambda a: a.max(axis=0, keepdims=True)),
    "log-sum-exp": (lambda a: a.log_sum_exp(), lambda a: np.log(np.exp(a).sum())),
    "log-sum-exp of rows": (lambda a: a.log_sum_exp(axis=1), lambda a: np.log(np.exp(a).sum(axis=1))),
    "reshape": (lambda a: a.reshape(3, -1), lambda a: a.reshape(3, -1)),
    "transpose": (lambda a: a.T, np.transpose),
    "transpose by axes": (lambda a: a.transpose(1, 0), np.transpose),
    "transpose of three axes": (
        lambda a: a.reshape(1, 2, 3).transpose(2, 0, 1),
        lambda a: a.reshape(1, 2, 3).transpose(2, 0, 1),
    ),
    "row": (lambda a: a[1], lambda a: a[1]),
    "slice": (lambda a: a[:, ::-2], lambda a: a[:, ::-2]),
    "true classes": (lambda a: a[np.arange(2), [2, 0]], lambda a: a[np.arange(2), [2, 0]]),
    "one entry twice": (lambda a: a[[1, 1], [0, 0]], lambda a: a[[1, 1], [0, 0]]),
    "mask": (lambda a: a[[True, False]], lambda a: a[[True, False]]),
    "matrix product on the left": (lambda a: a @ np.ones((3, 2)), lambda a: a @ np.ones((3, 2))),
    "matrix product on the right": (lambda a: np.eye(2) @ a, lambda a: a),
}
TWO = {
    "add": (lambda a, b: a + b, np.add),
    "subtract": (lambda a, b: a - b, np.subtract),
    "multiply": (lambda a, b: a * b, np.multiply),
    "divide": (lambda a, b: a / b, np.divide),
    "maximum": (lambda a, b: a.maximum(b), np.maximum),
}
SHAPES = [
    ((), ()),
    ((3,), ()),
    ((), (2, 3)),
    ((3,), (2, 3)),
    ((2, 1), (3,)),
    ((2, 3), (2, 3)),
    ((1,), (2, 1)),
]
PRODUCTS = [
    ((2, 3), (3, 4)),
    ((2, 3), (3,)),
    ((3,), (3, 4)),
    ((3,), (3,)),
    ((1, 1), (1, 1)),
    ((0, 3), (3, 2)),
]


def positive(shape, seed=0):
    return np.random.default_rng(seed).uniform(0.3, 2.5, size=shape)


def assert_gradient(f, *points):
    """Hold what the engine finds for every argument of f against centered differences."""
    values = [Value(point) for point in points]
    upstream = np.random.default_rng(9).normal(size=f(*values).shape)
    (f(*values) * upstream).sum().backward()
    for k, value in enumerate(values):

        def along(x, k=k):
            moved = [Value(x if j == k else p) for j, p in enumerate(points)]
            return (f(*moved).data * upstream).sum()

        assert np.shape(value.grad) == np.shape(points[k])
        np.testing.assert_allclose(value.grad, gradients.eval_numerical_gradient(along, points[k]), atol=1e-7)


@pytest.mark.parametrize("name", ONE)
def test_an_operation_computes_what_numpy_computes_and_its_gradient_is_that_of_differences(name):
    engine, peer = ONE[name]
    a = positive((2, 3))
    np.testing.assert_allclose(engine(Value(a)).data, peer(a), rtol=1e-14)
    assert_gradient(engine, a)


@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_a_gradient_is_summed_back_over_what_broadcasting_stretched(name, shapes):
    engine, peer = TWO[name]
    for first, second in (shapes, shapes[::-1]):
        a, b = positive(first, 1), positive(second, 2)
        np.testing.assert_allclose(engine(Value(a), Value(b)).data, peer(a, b), rtol=1e-15)
        assert_gradient(engine, a, b)


@pytest.mark.parametrize("shapes", PRODUCTS, ids=str)
def test_the_gradient_of_a_matrix_product_fits_matrices_and_vectors(shapes):
    a, b = positive(shapes[0], 1), positive(shapes[1], 2)
    np.testing.assert_allclose((Value(a) @ Value(b)).data, a @ b, rtol=1e-14)
    assert_gradient(lambda a, b: a @ b, a, b)


def test_numbers_and_arrays_take_part_from_either_side_and_get_no_gradient():
    x = Value([1.0, 2.0])
    arrays = 1 + x, 1 - x, 2 * x, 2 / x, np.ones(2) + x, np.ones((3, 2)) @ x, [1.0, 2.0] * x
    np.testing.assert_array_equal([a.data.sum() for a in arrays], [5, -1, 6, 3, 5, 9, 5])
    for a in arrays:
        a.backward()
        constant = next(v for v in a.inputs if v is not x)
        assert constant.op == "constant"
        assert constant.grad is None


@st.composite
def programs(draw, rational):
    """Random expressions of up to four inputs in which anything made may be used again."""
    kinds = ["add", "subtract", "multiply", "divide", "negate", "square"]
    if not rational:
        kinds += ["exp", "log", "relu", "sigmoid", "tanh", "maximum"]
    points = draw(st.lists(st.fractions(-2, 2, max_denominator=8), min_size=2, max_size=4))
    steps = draw(
        st.lists(
            st.tuples(st.sampled_from(kinds), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=9
        )
    )
    return points, steps


def step(kind, a, b, s, t):
    """Return one gate as a value and as a formula; one with a kink as the branch that it takes."""
    assume(kind != "divide" or abs(b.data) > 0.1)
    assume(kind != "log" or a.data > 0.1)
    assume(kind not in ("exp", "square") or abs(a.data) < 5)
    assume(kind != "relu" or a.data != 0)
    assume(kind != "maximum" or a.data != b.data)
    return {
        "add": lambda: (a + b, s + t),
        "subtract": lambda: (a - b, s - t),
        "multiply": lambda: (a * b, s * t),
        "divide": lambda: (a / b, s / t),
        "negate": lambda: (-a, -s),
        "square": lambda: (a**2, s**2),
        "exp": lambda: (a.exp(), sp.exp(s)),
        "log": lambda: (a.log(), sp.log(s)),
        "sigmoid": lambda: (a.sigmoid(), 1 / (1 + sp.exp(-s))),
        "tanh": lambda: (a.tanh(), sp.tanh(s)),
        "relu": lambda: (a.relu(), s if a.data > 0 else 0 * s),
        "maximum": lambda: (a.maximum(b), s if a.data > b.data else t),
    }[kind]()


def run(program, number):
    """Return the inputs and the root as values, the root as a formula, and where it is evaluated."""
    points, steps = program
    values = [Value(number(p)) for p in points]
    formulas = list(sp.symbols(f"x:{len(points)}"))
    for kind, i, j in steps:
        a, b, s, t = (of[k % len(of)] for of in (values, formulas) for k in (i, j))
        value, formula = step(kind, a, b, s, t)
        values.append(value)
        formulas.append(sp.sympify(formula))
    n = len(points)
    at = dict(zip(formulas[:n], (sp.Rational(p.numerator, p.denominator) for p in points), strict=True))
    return values[:n], values[-1], formulas[-1], at


@settings(max_examples=60, deadline=None)
@given(programs(rational=False))
def test_on_random_graphs_of_numbers_value_and_gradient_equal_those_of_sympy(program):
    inputs, root, formula, at = run(program, float)
    assert root.data == pytest.approx(float(formula.subs(at)), rel=1e-9, abs=1e-12)
    root.backward()
    for x, symbol in zip(inputs, at, strict=True):
        slope = float(sp.diff(formula, symbol).subs(at))
        assert (x.grad or 0.0) == pytest.approx(slope, rel=1e-8, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(programs(rational=True))
def test_on_exact_numbers_value_and_gradient_equal_those_of_sympy_to_the_last_digit(program):
    inputs, root, formula, at = run(program, Fraction)
    root.backward()
    for x, symbol in zip(inputs, at, strict=True):
        slope = sp.Rational(sp.diff(formula, symbol).subs(at))
        assert (x.grad or 0) == Fraction(int(slope.p), int(slope.q))
        assert x.grad is None or isinstance(x.grad, Fraction)


ELEMENTWISE = ["negate", "square", "sigmoid", "tanh", "relu", "sum kept", "max kept", "mean"]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.lists(
        st.tuples(st.sampled_from([*TWO, *ELEMENTWISE]), st.integers(0, 99), st.integers(0, 99)),
        min_size=1,
        max_size=8,
    ),
)
def test_on_random_graphs_of_arrays_the_gradient_is_that_of_differences(seed, steps):
    rng = np.random.default_rng(seed)
    points = [rng.normal(size=shape) for shape in ((), (3,), (2, 3), (2, 1))]

    def built(*arrays):
        values = [Value(a) for a in arrays]
        for kind, first, second in steps:
            a, b = values[first % len(values)], values[second % len(values)]
            if kind in TWO:
                values.append(TWO[kind][0](a, b + 10 if kind == "divide" else b))
            elif len(a.shape) == 2 or kind not in ("sum kept", "max kept"):
                values.append(ONE[kind][0](a))
        return values[: len(points)], values[-1].tanh().sum()

    inputs, root = built(*points)
    root.backward()
    for k, x in enumerate(inputs):
        f = lambda p, k=k: built(*(p if j == k else q for j, q in enumerate(points)))[1].data  # noqa: E731
        coarse, fine = (gradients.eval_numerical_gradient(f, points[k], h) for h in (1e-5, 1e-6))
        assume(np.allclose(coarse, fine, rtol=1e-3, atol=1e-6))  # no kink within the nudge
        np.testing.assert_allclose(0 if x.grad is None else x.grad, coarse, rtol=1e-4, atol=1e-6)


def test_backward_twice_gives_the_same_and_another_root_starts_anew():
    x, y = Value(3.0), Value([1.0, 2.0])
    f, g = (x * y).sum(), x * x
    f.backward()
    first = x.grad, y.grad.copy()
    f.backward()
    assert x.grad == first[0]
    np.testing.assert_array_equal(y.grad, first[1])
    g.backward()
    assert x.grad == 6
    np.testing.assert_array_equal(y.grad, first[1])  # not in the graph of g


def test_a_value_used_in_several_places_adds_up_what_comes_back():
    x = Value(2.0)
    (x * x + x + x.exp() * 0).backward()
    assert x.grad == 5.0
    a = Value([1.0, 2.0])
    (a[0] * a[1] + a.sum()).backward()
    np.testing.assert_array_equal(a.grad, [3.0, 2.0])


def test_several_roots_give_the_gradient_of_their_sum_also_when_one_is_part_of_another():
    x = Value(3.0)
    square = x * x
    cube = square * x
    backward([square, cube], [1.0, 10.0])
    assert x.grad == 6 + 10 * 27
    assert square.grad == 1 + 10 * 3
    backward([square, square])
    assert x.grad == 12
    backward((), 1.0)
    assert x.grad == 12


def test_upstream_scales_the_gradient_and_one_stands_for_every_entry():
    x = Value([1.0, 2.0])
    y = x * x
    y.backward()
    np.testing.assert_array_equal(x.grad, [2.0, 4.0])
    y.backward([10.0, 1.0])
    np.testing.assert_array_equal(x.grad, [20.0, 4.0])
    np.testing.assert_array_equal(y.grad, [10.0, 1.0])


def test_the_order_holds_every_value_once_and_after_its_inputs():
    x, y = Value(1.0), Value(2.0)
    z = (x + y) * (x - y) + x
    order = topological_order([z, x])
    assert len(order) == len(set(order)) == 6
    for value in order:
        assert all(order.index(operand) < order.index(value) for operand in value.inputs)
    assert order[-1] is z


def test_a_chain_longer_than_the_recursion_limit_is_walked_and_forgotten():
    depth = 20 * sys.getrecursionlimit()
    x = Value(1.0)
    y = x
    for _ in range(depth):
        y = y + x
    y.backward()
    assert y.data == x.grad == depth + 1
    del y


def test_a_tie_goes_to_the_first_and_a_closed_relu_lets_nothing_through():
    x, y = Value(1.0), Value(1.0)
    x.maximum(y).backward()
    assert (x.grad, y.grad) == (1.0, 0.0)
    a = Value([[2.0, 2.0], [1.0, 2.0]])
    a.max().backward()
    np.testing.assert_array_equal(a.grad, [[1, 0], [0, 0]])
    a.max(axis=1).backward()
    np.testing.assert_array_equal(a.grad, [[1, 0], [0, 1]])
    z = Value([-1.0, 0.0, 2.0])
    z.relu().backward()
    np.testing.assert_array_equal(z.grad, [0, 0, 1])


def test_what_happens_to_an_array_later_does_not_reach_the_way_back():
    data, factor, picked = np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([0, 1])
    x = Value(data)
    y = (x * factor)[picked] * x
    data[:], factor[:], picked[:] = 9, 9, 0
    y.backward()
    np.testing.assert_array_equal(y.data, [3.0, 16.0])
    np.testing.assert_array_equal(x.grad, [6.0, 16.0])
    for frozen in (x.data, y.data, x.grad, y.inputs[0].data):
        with pytest.raises(ValueError, match="read-only"):
            frozen[0] = 1
    with pytest.raises(AttributeError):
        x.data = 5.0


def test_read_only_strided_and_integer_arrays_are_welcome_and_stay_as_they_are():
    wide = np.arange(12).reshape(3, 4)
    wide.setflags(write=False)
    x = Value(wide[:, ::2])
    (x * x).sum().backward()
    assert x.data.dtype == np.float64
    np.testing.assert_array_equal(x.grad, 2 * wide[:, ::2])
    np.testing.assert_array_equal(wide, np.arange(12).reshape(3, 4))


def test_float32_stays_float32_forward_and_back():
    X, W = positive((4, 3)).astype(np.float32), Value(positive((3, 2)).astype(np.float32))
    S = X @ W
    loss = (S.log_sum_exp(axis=1) - S[np.arange(4), [0, 1, 0, 1]]).mean() + 0.5 * (W * W).sum()
    for made in (
        S,
        S.sigmoid(),
        S.tanh(),
        S.relu(),
        S.maximum(0.5),
        S.mean(axis=0),
        1 / S,
        S**2,
        S.exp().log(),
    ):
        assert made.data.dtype == np.float32
        made.backward()
        assert W.grad.dtype == np.float32
    loss.backward()
    assert W.grad.dtype == np.float32
    (W * Value(np.ones(2))).sum().backward()  # float64 meets it
    assert W.grad.dtype == np.float32


def test_numbers_are_plain_floats_and_large_ones_do_not_overflow_where_they_need_not():
    x = Value(np.float32(2))
    y = (x * np.ones(3)).sum().sigmoid()
    y.backward()
    assert type(x.data) is type(y.data) is type(x.grad) is float
    far = Value([-1000.0, 0.0, 1000.0])
    np.testing.assert_array_equal(far.sigmoid().data, [0, 0.5, 1])
    far.log_sum_exp().backward()
    np.testing.assert_array_equal(far.grad, [0, 0, 1])


def test_exact_arrays_stay_exact_and_draw_floats_in():
    a = Value(np.array([[Fraction(1, 3), Fraction(2)]]))
    b = Value([[0.5], [0.25]])
    c = (a @ b * 2 + a.relu().max() + a[0, 1]).mean() / 3
    c.backward()
    assert c.data == Fraction(16, 9)
    assert [type(g) for g in a.grad.flat] == [Fraction] * 2
    assert a.grad.tolist() == [[Fraction(1, 3), Fraction(5, 6)]]
    assert b.grad.dtype == np.float64
    assert (Value(sp.Rational(1, 3)) * 3).data == 1
    open_or_closed = Value(np.array([Fraction(-1, 3), Fraction(2)])).relu()
    open_or_closed.max().backward()
    for exact in (open_or_closed.data, open_or_closed.grad, open_or_closed.inputs[0].grad):
        assert [type(k) for k in exact] == [Fraction] * 2
    half = Value(0.5)
    (half * Value(Fraction(1, 3))).backward()
    assert type(half.grad) is float


def test_the_power_zero_is_one_and_flat_also_at_zero():
    x = Value([0.0, 2.0])
    (x**0).backward()
    np.testing.assert_array_equal(x.grad, [0.0, 0.0])


def test_an_empty_array_sums_to_zero_and_its_gradient_is_empty():
    x = Value(np.empty((0, 3)))
    y = x.sum() + 1
    y.backward()
    assert y.data == 1
    assert x.grad.shape == (0, 3)


V = Value
REFUSED = [
    (lambda: V([1, 2]) + V([1, 2, 3]), ValueError, r"add of shape \(2,\) and shape \(3,\): .*broadcast"),
    (lambda: V(np.eye(3)) @ V(np.eye(2)), ValueError, r"matmul of shape \(3, 3\) and shape \(2, 2\): 3 col"),
    (lambda: V(np.ones((2, 2, 2))) @ V([1, 2]), ValueError, "operands of one or two axes"),
    (lambda: V(2) @ V(3), ValueError, "matmul of a number and a number: .* one or two axes"),
    (lambda: V(np.ones((2, 3))).reshape(4), ValueError, r"reshape of shape \(2, 3\)"),
    (lambda: V([1, 2]).transpose(1, 0), ValueError, r"transpose of shape \(2,\)"),
    (lambda: V([1, 2]).sum(axis=3), IndexError, r"sum of shape \(2,\): axis 3 is out of bounds"),
    (lambda: V([1, 2])[5], IndexError, r"index of shape \(2,\): index 5 is out of bounds"),
    (lambda: V(3.0)[0], IndexError, "index of a number: too many indices"),
    (lambda: V([1, 2])[V(0)], TypeError, "an index is made of whole numbers"),
    (lambda: V(np.empty(0)).max(), ValueError, r"max of shape \(0,\)"),
    (lambda: V(np.empty(0)).mean(), FloatingPointError, "mean of .* is not a finite number"),
    (lambda: V(0.0).log(), FloatingPointError, "log of 0.0 is not a finite number"),
    (
        lambda: V([1.0, -2.0]).log(),
        FloatingPointError,
        r"log of -2.0 is not a finite number, at index \(1,\)",
    ),
    (lambda: 1 / V(0.0), FloatingPointError, "divide of 1.0 and 0.0 is not a finite number"),
    (
        lambda: V([[1.0], [2.0]]) / [1.0, 0.0],
        FloatingPointError,
        r"1.0 and 0.0 is not a finite number, at index \(0, 1\)",
    ),
    (lambda: V(Fraction(1)) / 0, FloatingPointError, "divide of 1 and 0 "),
    (lambda: V(0.0) ** -1, FloatingPointError, "power of 0.0 "),
    (lambda: V(-8.0) ** (1 / 3), FloatingPointError, "power of -8.0 is not"),
    (lambda: V(1000.0).exp(), FloatingPointError, "exp of 1000.0 is not"),
    (lambda: V(1e200) * 1e200, FloatingPointError, "multiply of 1e.200 and 1e.200 is not"),
    (lambda: V(10.0) ** 1000, FloatingPointError, "power of 10.0 "),
    (lambda: (V(0.0) ** 0.5).backward(), FloatingPointError, "the gradient of power of 0.0 "),
    (lambda: (V([4.0, 0.0]) ** 0.5).backward(), FloatingPointError, r"gradient of power .* at index \(1,\)"),
    (lambda: V(Fraction(1)).exp(), TypeError, "exp has no exact result"),
    (lambda: V(2) ** V(3), TypeError, "the exponent of .. is a number"),
    (lambda: V(2) ** "3", TypeError, "the exponent of .. must be a number, got str"),
    (lambda: V([1.0]) * "a", TypeError, "an operand of multiply must hold real numbers"),
    (lambda: V([1.0]) * np.nan, ValueError, "an operand of multiply must be finite, got nan"),
    (lambda: V([1.0, np.inf]), ValueError, "data must be finite, got inf"),
    (lambda: V("a"), TypeError, "data must hold real numbers"),
    (lambda: V([[1], [1, 2]]), ValueError, "data must be a rectangular array"),
    (lambda: V(V(1)), TypeError, "data is a Value already"),
    (
        lambda: V([1, 2]).backward([1, 2, 3]),
        ValueError,
        r"upstream has shape \(3,\), the root has shape \(2,\)",
    ),
    (lambda: V(1).backward(np.nan), ValueError, "upstream must be finite"),
    (lambda: backward([V(1), V(2)], [1.0]), ValueError, "upstream has 1 gradients for 2 roots"),
    (lambda: backward([V(1), 2.0]), TypeError, "a root must be a Value, got float"),
    (lambda: np.exp(V(1)), TypeError, "does not support ufuncs"),
    (lambda: max(V(1), V(2)), TypeError, "not supported between"),
    (lambda: list(V([1, 2])), TypeError, "not iterable"),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_does_not_fit_is_refused_with_the_operation_and_what_came(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_walk_that_is_refused_leaves_all_gradients_as_they_were():
    x = Value([4.0, 0.0])
    (3 * x).backward()
    with pytest.raises(FloatingPointError):
        (x**0.5 + x).backward()
    np.testing.assert_array_equal(x.grad, [3.0, 3.0])


def test_the_gates_by_hand_send_back_what_the_engine_sends_back():
    a, b = positive(5, 1), positive(5, 2)
    b[0] = a[0]
    dout = np.random.default_rng(3).normal(size=5)
    x, y = Value(a), Value(b)
    for gate, by_hand in ((x * y, graph.multiply_backward), (x.maximum(y), graph.max_backward)):
        gate.backward(dout)
        np.testing.assert_array_equal(by_hand(a, b, dout), (x.grad, y.grad))
    out = x.sigmoid()
    out.backward(dout)
    np.testing.assert_allclose(graph.sigmoid_backward(out.data, dout), x.grad, rtol=1e-15)
    assert graph.max_backward(Fraction(1, 3), Fraction(1, 3), Fraction(2)) == (2, 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: graph.multiply_backward([1.0], 2.0, 1.0), r"y has shape \(\), x has shape \(1,\)"),
        (lambda: graph.max_backward(1.0, 2.0, [1.0]), r"dout has shape \(1,\), x has shape \(\)"),
        (lambda: graph.sigmoid_backward(2.0, 1.0), r"out must lie in 0\.\.1"),
        (lambda: graph.sigmoid_backward(np.nan, 1.0), "out must be finite"),
    ],
)
def test_the_gates_by_hand_refuse_what_does_not_fit(call, message):
    with pytest.raises(ValueError, match=message):
        call()
