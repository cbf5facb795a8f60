"""A drawn graph shows every number that it holds, from left to right, the same every time."""

import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintutor.graph import Value, _layout, describe, drawing, to_svg
from lintutor.sphinxext import svg

SPACE = "{http://www.w3.org/2000/svg}"


def circuit():
    x, y, z = Value(-2, "x"), Value(5, "y"), Value(-4, "z")
    q = x + y
    q.name = "q"
    f = q * z
    f.backward()
    return f


def neuron():
    w = [Value(v, f"w{k}") for k, v in enumerate((2, -3, -3))]
    x = [Value(v, f"x{k}") for k, v in enumerate((-1, -2))]
    f = 1 / (1 + (-(w[0] * x[0] + w[1] * x[1] + w[2])).exp())
    f.backward()
    return f


def forked():
    x, y = Value(3, "x"), Value(-4, "y")
    f = (x + y.sigmoid()) / (x.sigmoid() + (x + y) ** 2)
    f.backward()
    return f


def texts(source, color=None):
    found = ElementTree.fromstring(source).iter(f"{SPACE}text")
    return [t.text for t in found if color in (None, t.get("fill"))]


def boxes(source):
    found = ElementTree.fromstring(source).iter(f"{SPACE}rect")
    return [tuple(float(r.get(k)) for k in ("x", "y", "width", "height")) for r in found]


def test_values_stand_in_one_color_gradients_in_another_and_names_in_boxes():
    source = to_svg(circuit())
    assert Counter(texts(source, drawing.VALUE_COLOR)) == Counter(
        ["−2.00", "5.00", "−4.00", "q = 3.00", "−12.00"]
    )
    assert Counter(texts(source, drawing.GRADIENT_COLOR)) == Counter(
        ["−4.00", "−4.00", "3.00", "−4.00", "1.00"]
    )
    assert Counter(texts(source, "black")) == Counter(["x", "y", "z", "+", "×"])


def test_on_every_wire_the_value_stands_above_the_gradient():
    places = {}
    for text in ElementTree.fromstring(to_svg(circuit())).iter(f"{SPACE}text"):
        if text.get("fill") != "black":
            places.setdefault(text.get("fill"), []).append((float(text.get("x")), float(text.get("y"))))
    pairs = zip(places[drawing.VALUE_COLOR], places[drawing.GRADIENT_COLOR], strict=True)
    for (x, y), (x_below, y_below) in pairs:
        assert x == x_below
        assert y < y_below < y + 30


def test_a_constant_number_stands_inside_its_gate():
    inside = texts(to_svg(neuron()), "black")
    assert inside.count("1 +") == inside.count("1 ÷") == 1
    assert "constant" not in inside
    x = Value(2.0, "x")
    assert {"− 3", "^ −2"} <= set(texts(to_svg((x - 3) ** -2), "black"))


def test_the_same_graph_gives_the_same_picture_and_the_same_text():
    for make in (circuit, neuron, forked):
        assert to_svg(make()) == to_svg(make())
        assert describe(make()) == describe(make())


def test_the_text_says_of_every_gate_what_it_is_made_of_its_value_and_its_gradient():
    assert describe(circuit()).splitlines() == [
        "x = -2.00, gradient -4.00",
        "y = 5.00, gradient -4.00",
        "q = x + y = 3.00, gradient -4.00",
        "z = -4.00, gradient 3.00",
        "v1 = q * z = -12.00, gradient 1.00",
    ]
    x = Value([[1.0, 2.0]], "x")
    S = x @ np.ones((2, 30)) ** 2
    assert describe(S.relu(), digits=1, gradients=False).splitlines() == [
        "x = [1.0, 2.0]",
        "v1 = x @ constant of shape (2, 30) = shape (1, 30)",
        "v2 = relu(v1) = shape (1, 30)",
    ]
    assert "v1 = x ** 2" in describe(x**2)


def test_what_comes_back_along_the_branches_of_a_fork_adds_up_to_its_gradient():
    x, y = Value(3.0, "x"), Value(-4.0, "y")
    f = x * y + x * x + x
    f.backward()
    parts = drawing._parts(f, 2, True)
    ends = [(part.inputs[k], text) for part in parts for k, text in enumerate(part.arriving) if text]
    assert sorted(float(text) for source, text in ends if parts[source].symbol == "x") == [-4, 1, 3, 3]
    assert x.grad == 3
    assert not any(parts[source].symbol == "y" for source, _ in ends)  # used once: the wire says it
    small = [t.get("font-size") for t in ElementTree.fromstring(to_svg(f)).iter(f"{SPACE}text")]
    assert small.count(str(drawing.SMALL)) == 4


def test_the_picture_is_read_out_as_its_text_or_as_its_title():
    root = ElementTree.fromstring(to_svg(circuit()))
    assert root.get("role") == "img"
    assert root.find(f"{SPACE}title").text == describe(circuit())
    assert ElementTree.fromstring(to_svg(circuit(), title="a < b")).find(f"{SPACE}title").text == "a < b"


def test_names_that_could_be_markup_are_escaped():
    x = Value(1.0, '<script>&"')
    assert "<script>" not in to_svg(x + 1)
    assert '<script>&"' in texts(to_svg(x + 1))


def test_what_is_no_character_is_replaced():
    x = Value(1.0, "a\x00b\ud800c")
    assert "a\ufffdb\ufffdc" in texts(to_svg(x + 1))


def test_no_gradient_is_drawn_before_backward_nor_where_none_is_wanted():
    x = Value(2.0, "x")
    f = x * x
    assert not texts(to_svg(f), drawing.GRADIENT_COLOR)
    f.backward()
    assert texts(to_svg(f), drawing.GRADIENT_COLOR)
    assert not texts(to_svg(f, gradients=False), drawing.GRADIENT_COLOR)


def test_small_arrays_are_written_out_large_ones_show_their_shape_and_digits_are_kept():
    W, b = Value(np.ones((40, 3)), "W"), Value([1.0, -0.5], "b")
    source = to_svg(W.sum() * b, digits=1)
    assert {"shape (40, 3)", "120.0", "[1.0, −0.5]"} <= set(texts(source, drawing.VALUE_COLOR))
    shown = [drawing._number(k, 2) for k in (0.0, -0.0, 1e-9, 0.004, 0.006, 1234567.0, -3.0, Fraction(1, 3))]
    assert shown == ["0.00", "0.00", "1.0e-09", "4.0e-03", "0.01", "1.2e+06", "-3.00", "1/3"]


@pytest.mark.parametrize("make", [circuit, neuron, forked])
def test_wires_run_from_left_to_right_and_boxes_keep_apart_inside_the_picture(make):
    source = to_svg(make())
    root = ElementTree.fromstring(source)
    for path in root.iter(f"{SPACE}path"):
        numbers = re.findall(r"([MCH])([^MCH]*)", path.get("d"))
        across = [
            float(n)
            for kind, rest in numbers
            for n in (rest.split()[:1] if kind == "H" else rest.split()[::2])
        ]
        assert across == sorted(across)
    _, top, width, height = map(float, root.get("viewBox").split())
    every = boxes(source)
    for k, (x, y, w, h) in enumerate(every):
        assert x >= 0 and x + w <= width and y >= top and y + h <= top + height
        for X, Y, W, H in every[:k]:
            assert x + w < X or x > X + W or y + h < Y or y > Y + H


def test_the_first_operand_of_a_gate_that_does_not_commute_arrives_on_top():
    a, b = Value(3.0, "a"), Value(2.0, "b")
    for f in (a - b, b - a, a * b - a, b.exp() / a, a / b.exp(), forked()):
        parts = drawing._parts(f, 2, False)
        layout = _layout.arrange([part.inputs for part in parts], [part.height for part in parts])
        root, columns = len(parts) - 1, drawing._columns(parts, layout)
        paths = re.findall(r' d="([^"]*)"', drawing._wires(root, parts, layout, columns))
        starts = [float(re.match(r"M\S+ ([\d.]+)", path)[1]) for path in paths]
        ends = [float(re.findall(r" ([\d.]+)H", path)[-1]) for path in paths]
        assert starts == [layout.y[k] for k in parts[root].inputs]
        assert ends == sorted(ends)


def test_in_a_page_ink_and_paper_are_the_pages():
    markup = svg.inline(to_svg(circuit()), "a circuit", "f1-")
    assert "black" not in markup
    assert 'stroke="white"' not in markup
    assert 'aria-label="a circuit"' in markup


def test_a_small_graph_fits_a_phone():
    assert float(ElementTree.fromstring(to_svg(circuit())).get("width")) <= 350


def test_a_value_draws_itself_unless_its_graph_is_large_and_a_huge_one_is_refused():
    x = Value(1.0)
    assert circuit()._repr_svg_() == to_svg(circuit())
    y = x
    for _ in range(400):
        y = y + x
    assert y._repr_svg_() is None
    with pytest.raises(ValueError, match="a graph of 401 values is too large to draw"):
        to_svg(y)
    assert len(describe(y).splitlines()) == 401


def test_a_lone_value_and_a_lone_constant_gate_can_be_drawn():
    assert texts(to_svg(Value(1.0))) == ["input", "1.00"]
    assert "+ 2" in texts(to_svg(Value(1.0) + 2))


@pytest.mark.parametrize("call", [to_svg, describe])
def test_what_cannot_be_drawn_is_refused(call):
    with pytest.raises(TypeError, match="a root must be a Value, got float"):
        call([1.0])
    with pytest.raises(ValueError, match="digits must be at least 0"):
        call(Value(1.0), digits=-1)


@st.composite
def trees(draw):
    """Return the inputs of every node of a tree, its root last."""
    n = draw(st.integers(1, 12))
    inputs = [[] for _ in range(n)]
    for v in range(n - 1):
        inputs[draw(st.integers(v + 1, n - 1))].append(v)
    return inputs


@given(trees())
def test_a_tree_is_drawn_without_a_crossing(inputs):
    layout = _layout.arrange(inputs, [30.0] * len(inputs))
    links = {}
    for (u, v), bends in layout.bends.items():
        stops = [(layout.layer[u], layout.y[u]), *bends, (layout.layer[v], layout.y[v])]
        for (at, y), (_, z) in pairwise(stops):
            links.setdefault(at, []).append((y, z))
    for here in links.values():
        for k, (a, b) in enumerate(here):
            assert all((a - c) * (b - d) >= 0 for c, d in here[:k])


@settings(max_examples=50)
@given(st.integers(2, 14), st.randoms(use_true_random=False))
def test_any_graph_is_laid_out_in_layers_with_room_for_everyone(n, random):
    inputs = [random.sample(range(v), min(v, random.randrange(3))) for v in range(n)]
    heights = [random.uniform(20, 60) for _ in range(n)]
    layout = _layout.arrange(inputs, heights)
    for v, sources in enumerate(inputs):
        assert all(layout.layer[u] < layout.layer[v] for u in sources)
        for u in range(v):
            if layout.layer[u] == layout.layer[v]:
                assert abs(layout.y[u] - layout.y[v]) >= (heights[u] + heights[v]) / 2 - 1e-6
    assert min(y - h / 2 for y, h in zip(layout.y, heights, strict=True)) >= -1e-6
    assert max(y + h / 2 for y, h in zip(layout.y, heights, strict=True)) <= layout.height + 1e-6


def test_a_crossing_that_another_order_avoids_is_avoided():
    y = _layout.arrange([[], [], [0], [1], [0]], [30.0] * 5).y  # the second start has one user, the first two
    assert y[0] < y[1]
    assert max(y[2], y[4]) < y[3]
