"""A graph as a picture and as text: every gate, what flows forward and what flows back.

Boxes are gates, wires run from left to right. On a wire the value stands above and the gradient
below; where a value is used more than once, what each user sends back stands at that user. Ink is
black on nothing, so the book's pages can make it theirs.

Book: chapter 9, "Backpropagation".
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from lintutor._check import as_count
from lintutor.graph._layout import Layout, arrange
from lintutor.graph.value import Value
from lintutor.graph.walk import shares, topological_order

__all__ = ["describe", "to_svg"]

VALUE_COLOR, GRADIENT_COLOR = "#2b7bba", "#c9302c"
FONT, SMALL = 13, 11  # pixels
BOX = 30.0  # height of a gate
PORTS = 12.0  # between the wires that arrive at a gate
DRAWN_AT_MOST = 300  # values
SYMBOLS = {
    "add": "+", "subtract": "−", "negate": "−", "multiply": "×", "divide": "÷", "matmul": "@",
    "log_sum_exp": "log-sum-exp", "index": "[ ]", "sigmoid": "σ",
}  # fmt: skip
INFIX = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "matmul": "@"}


def to_svg(root: Value, *, digits: int = 2, gradients: bool = True, title: str = "") -> str:
    """Return the graph that ends in `root` as an SVG document.

    Parameters
    ----------
    root : Value
    digits : int, at least 0
        Digits after the point.
    gradients : bool
        Write what the last ``backward`` found below the wires; False draws the forward pass only.
    title : str
        Read out in place of the picture; by default what :func:`describe` says.

    Returns
    -------
    str
        The same graph gives the same text. A small array is written out, a large one shows its shape.

    Raises
    ------
    TypeError, ValueError
        If root is no Value, or digits is no count.

    Examples
    --------
    >>> f = (Value(-2, "x") + Value(5, "y")) * Value(-4, "z")
    >>> f.backward()
    >>> to_svg(f).startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    True

    See the book: ``bp-circuits``.
    """
    as_count("digits", digits, minimum=0)
    parts = _parts(root, digits, gradients)
    layout = arrange([part.inputs for part in parts], [part.height for part in parts])
    columns = _columns(parts, layout)
    width, height = columns[-1].end + 4, layout.height + 8
    placed = [(part, columns[at], y) for part, at, y in zip(parts, layout.layer, layout.y, strict=True)]
    drawn = [_wires(target, parts, layout, columns) for target in range(len(parts))]
    drawn += [_line(f"M{column.start + 1:.1f} {y:.1f}H{column.curve:.1f}") for _, column, y in placed]
    drawn += [_box(*each) + _labels(*each) for each in placed]
    least = f' style="min-width: {0.8 * width:.0f}px"' if width > 360 else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 -4 {width:.0f} {height:.0f}" font-family="sans-serif"{least}>\n'
        f"<title>{_escaped(title or describe(root, digits=digits, gradients=gradients))}</title>\n"
        + "\n".join(filter(None, drawn))
        + "\n</svg>\n"
    )


def describe(root: Value, *, digits: int = 2, gradients: bool = True) -> str:
    """Return the graph that ends in `root` as text: a line for each input and gate, inputs first.

    Parameters
    ----------
    root : Value
    digits : int, at least 0
    gradients : bool

    Returns
    -------
    str

    Raises
    ------
    TypeError, ValueError
        If root is no Value, or digits is no count.

    Examples
    --------
    >>> f = (Value(-2, "x") + Value(5, "y")) * Value(-4, "z")
    >>> f.backward()
    >>> print(describe(f))
    x = -2.00, gradient -4.00
    y = 5.00, gradient -4.00
    v1 = x + y = 3.00, gradient -4.00
    z = -4.00, gradient 3.00
    v2 = v1 * z = -12.00, gradient 1.00

    See the book: ``bp-circuits``, ``bp-staged``.
    """
    as_count("digits", digits, minimum=0)
    names: dict[Value, str] = {}
    lines = []
    for value in topological_order(root):
        shown = "; ".join(_written(value.data, digits))
        if value.op == "constant":
            names[value] = shown.replace("shape", "constant of shape")
            continue
        names[value] = value.name or f"v{1 + sum(not v.name and v.op != 'constant' for v in names)}"
        formula = f" = {_formula(value, names)}" if value.inputs else ""
        back = _gradient(value, digits, gradients)
        lines.append(f"{names[value]}{formula} = {shown}" + (f", gradient {'; '.join(back)}" if back else ""))
    return "\n".join(lines)


def _formula(value: Value, names: dict[Value, str]) -> str:
    """Return how a value was made, in the names of its inputs."""
    given = [names[operand] for operand in value.inputs]
    if value.op in INFIX:
        return f"{given[0]} {INFIX[value.op]} {given[1]}"
    if value.op == "power":
        return f"{given[0]} ** {value.settings['k']:g}"
    return f"{value.op}({', '.join(given)})"


def _gradient(value: Value, digits: int, gradients: bool) -> list[str]:
    return _written(value.grad, digits) if gradients and value.grad is not None else []


def _written(data: Any, digits: int) -> list[str]:
    """Return numbers as lines of text; a large array by its shape."""
    if not isinstance(data, np.ndarray):
        return [_number(data, digits)]
    if data.ndim > 2 or data.size > 9 or data.shape[-1] > 4 or data.size == 0:
        return [f"shape {data.shape}"]
    return ["[" + ", ".join(_number(k, digits) for k in row) + "]" for row in np.atleast_2d(data)]


def _number(number: Any, digits: int) -> str:
    """Return a number with so many digits after the point, a very large or small one in scientific form."""
    if not isinstance(number, (float, np.floating)):
        return str(number)  # exact
    size = abs(float(number))
    if size and not 0.5 / 10.0**digits <= size < 1e6:
        return f"{number:.{max(digits - 1, 0)}e}"
    return f"{number + 0.0:.{digits}f}"  # no negative zero


@dataclass
class _Part:
    """What is drawn of one value: a box, and on its outgoing wire the texts above and below."""

    inputs: list[int]
    symbol: str
    is_gate: bool
    commutes: bool
    above: list[str]
    below: list[str]
    arriving: list[str]  # one an input: what goes back along a branch of a fork, or nothing

    @property
    def width(self) -> float:
        return max(BOX, _text_width([self.symbol], FONT) + 14)

    @property
    def label_width(self) -> float:
        return max(24.0, _text_width(self.above + self.below, FONT) + 10)

    @property
    def height(self) -> float:
        lines = max(len(self.above), len(self.below), 1)
        return max(BOX, 2 * (lines * (FONT + 2) + 4)) + 10


def _text_width(texts: list[str], size: int) -> float:
    return 0.58 * size * max((len(text) for text in texts), default=0)


def _parts(root: Value, digits: int, gradients: bool) -> list[_Part]:
    """Return what is drawn, in topological order; a constant number is written inside its gate."""
    order = topological_order(root)
    if len(order) > DRAWN_AT_MOST:
        raise ValueError(f"a graph of {len(order)} values is too large to draw: at most {DRAWN_AT_MOST}")
    uses = Counter(operand for value in order for operand in value.inputs)
    forks = {value for value, count in uses.items() if count > 1 and value.shape == ()}
    parts: list[_Part] = []
    place: dict[Value, int] = {}
    for value in order:
        if _is_folded(value) and value in uses:
            continue
        wired = [operand for operand in value.inputs if operand in place]
        above = _written(value.data, digits)
        if value.name and value.inputs:
            above[0] = f"{value.name} = {above[0]}"
        place[value] = len(parts)
        parts.append(
            _Part(
                [place[operand] for operand in wired],
                _symbol(value, place, digits),
                bool(value.inputs),
                value.op in ("add", "multiply", "maximum"),
                above,
                _gradient(value, digits, gradients),
                _arriving(value, forks, digits) if gradients else [""] * len(wired),
            )
        )
    return parts


def _symbol(value: Value, place: dict[Value, int], digits: int) -> str:
    """Return the text inside a box: a name, or a gate with the constant that takes part in it."""
    if not value.inputs:
        return value.name or ("constant" if value.op == "constant" else "input")
    if value.op == "power":
        return f"^ {value.settings['k']:g}".replace("-", "−")
    symbol = SYMBOLS.get(value.op, value.op)
    held = [v not in place for v in value.inputs]
    if not any(held) or len(held) == 1:
        return symbol
    constant = f"{float(value.inputs[held.index(True)].data):.{digits + 2}g}".replace("-", "−")
    return f"{constant} {symbol}" if held[0] else f"{symbol} {constant}"


def _arriving(value: Value, forks: set[Value], digits: int) -> list[str]:
    """Return for each wire into a gate what it sends back, where it is one of several of a number."""
    wired = [v for v in value.inputs if not _is_folded(v)]
    if value.grad is None or forks.isdisjoint(wired):
        return [""] * len(wired)
    with np.errstate(all="ignore"):
        back = shares(value, value.grad)  # in the order of the operands, constants left out
        sent = [None if v.op == "constant" else next(back)[1] for v in wired]
    return [_written(s, digits)[0] if v in forks else "" for v, s in zip(wired, sent, strict=True)]


def _is_folded(value: Value) -> bool:
    """Return whether a value is a constant number, which is written inside its gate."""
    return value.op == "constant" and value.shape == ()


@dataclass
class _Column:
    """A layer of the drawing: boxes, straight wire under the labels, then room for the curves."""

    start: float
    wire: float  # where the boxes end at the latest and the labels begin
    curve: float  # where the curves begin
    end: float


def _columns(parts: list[_Part], layout: Layout) -> list[_Column]:
    columns: list[_Column] = []
    x = 2.0
    last = max(layout.layer)
    for at in range(last + 1):
        here = [part for part, k in zip(parts, layout.layer, strict=True) if k == at]
        following = [part for part, k in zip(parts, layout.layer, strict=True) if k == at + 1]
        wire = x + max((part.width for part in here), default=0)
        curve = wire + max((part.label_width for part in here), default=0)
        gap = 0 if at == last else 22 + max(map(_share_width, following), default=0)
        columns.append(_Column(x, wire, curve, curve + gap))
        x = curve + gap
    return columns


def _wires(target: int, parts: list[_Part], layout: Layout, columns: list[_Column]) -> str:
    """Return the wires that arrive at a box, and what each sends back of a fork."""
    part, x = parts[target], columns[layout.layer[target]].start
    straight = _share_width(part)
    ports = list(range(len(part.inputs)))
    if part.commutes:  # wires arrive in the order in which they come; else the first operand on top
        ports.sort(key=lambda k: _last_height(part.inputs[k], target, layout))
    drawn = []
    for rank, k in enumerate(ports):
        y = layout.y[target] + (rank - (len(ports) - 1) / 2) * PORTS
        path = _path(part.inputs[k], target, layout, columns, x - straight, y)
        drawn.append(_line(f"{path}H{x:.1f}"))
        if part.arriving[k]:
            at = y + SMALL + 1 if rank else y - 4
            drawn.append(_text(part.arriving[k], x - 4, at, SMALL, GRADIENT_COLOR, "end"))
    return "\n".join(drawn)


def _share_width(part: _Part) -> float:
    """Return how long a wire runs straight before a box, under what it sends back."""
    return _text_width(part.arriving, SMALL) + 8 if any(part.arriving) else 0


def _last_height(source: int, target: int, layout: Layout) -> float:
    bends = layout.bends[source, target]
    return bends[-1][1] if bends else layout.y[source]


def _path(source: int, target: int, layout: Layout, columns: list[_Column], x: float, y: float) -> str:
    """Return a wire from the labels of one box to (x, y): curved between layers, straight past them."""
    start, height = columns[layout.layer[source]].curve, layout.y[source]
    path = f"M{start:.1f} {height:.1f}"
    stops = [(columns[at].start, columns[at].curve, h) for at, h in layout.bends[source, target]]
    for until, leave, h in [*stops, (x, x, y)]:
        half = (start + until) / 2
        path += f"C{half:.1f} {height:.1f} {half:.1f} {h:.1f} {until:.1f} {h:.1f}H{leave:.1f}"
        start, height = leave, h
    return path


def _line(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="black" stroke-width="1.3"/>'


def _box(part: _Part, column: _Column, y: float) -> str:
    """Return a box with its text: a gate has corners, an input is round."""
    x, corner = column.start, 5 if part.is_gate else BOX / 2
    return (
        f'<rect x="{x:.1f}" y="{y - BOX / 2:.1f}" width="{part.width:.1f}" height="{BOX:g}" '
        f'rx="{corner:g}" fill="white" stroke="black" stroke-width="1.3"/>'
        + _text(part.symbol, x + part.width / 2, y + FONT * 0.35, FONT, "black", "middle")
    )


def _labels(part: _Part, column: _Column, y: float) -> str:
    """Return the texts on the wire that leaves a box: the value above, the gradient below."""
    x = column.start + part.width + 5
    lines = []
    for k, text in enumerate(reversed(part.above)):
        lines.append(_text(text, x, y - 6 - k * (FONT + 2), FONT, VALUE_COLOR))
    for k, text in enumerate(part.below):
        lines.append(_text(text, x, y + FONT + 2 + k * (FONT + 2), FONT, GRADIENT_COLOR))
    return "".join(lines)


def _text(text: str, x: float, y: float, size: int, color: str, anchor: str = "start") -> str:
    shown = _escaped(text.replace("-", "−") if color != "black" else text)
    where = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{color}"'
    if color != "black":  # a wire that passes behind leaves the number readable
        where += ' stroke="white" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
    return f'<text {where} text-anchor="{anchor}">{shown}</text>'


def _escaped(text: str) -> str:
    """Return text as XML can hold it: markup escaped, what is no character replaced."""
    return escape(re.sub(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text))
