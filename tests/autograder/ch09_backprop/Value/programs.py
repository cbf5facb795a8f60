"""Graphs for an engine: single gates, forks, and what tells one walk from another."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}


@dataclass(frozen=True, eq=False)
class Graph:
    """Inputs and steps, as the session takes them."""

    inputs: tuple
    program: tuple

    @property
    def arguments(self):
        """Fresh lists."""
        return list(self.inputs), list(self.program)

    def __repr__(self):
        return "; ".join(self.lines)

    @property
    def lines(self):
        """The graph as code."""
        names = list("abcde"[: len(self.inputs)]) + [f"v{k}" for k in range(len(self.program))]
        told = [f"{name} = Value({problems.say(v)})" for name, v in zip(names, self.inputs, strict=False)]
        for k, (gate, *given) in enumerate(self.program):
            who = [names[at] if isinstance(at, int) else problems.say(at) for at in given]
            text = f"{who[0]} {SIGNS[gate]} {who[1]}" if gate in SIGNS else f"{who[0]}.{gate}()"
            told.append(f"v{k} = {f'-{who[0]}' if gate == 'negate' else text}")
        return told


SUMS = [
    Graph((2.0, 3.0), (("add", 0, 1),)),
    Graph((2.0, 3.0, 4.0), (("add", 0, 1), ("add", 3, 2))),
]
PRODUCTS = [
    Graph((2.0, -5.0), (("multiply", 0, 1),)),
    Graph((2.0, 3.0, 4.0), (("add", 0, 1), ("multiply", 3, 2))),
    Graph((2.0, 3.0, 4.0), (("multiply", 0, 1), ("multiply", 3, 2))),
]
POWERS = [
    Graph((3.0,), (("power", 0, 2.0),)),
    Graph((2.0,), (("power", 0, 3.0), ("power", 1, 2.0))),
    Graph((4.0,), (("power", 0, 0.5),)),
    Graph((2.0,), (("power", 0, -1.0),)),
]
DIFFERENCES = [  # given, made of the learner's gates
    Graph((5.0, 2.0), (("subtract", 0, 1),)),
    Graph((5.0,), (("negate", 0),)),
    Graph((6.0, 2.0), (("divide", 0, 1),)),
]
CONSTANTS = [
    Graph((3.0,), ((name, *pair),))
    for name in ("add", "multiply", "subtract", "divide")
    for pair in ((0, 2.0), (2.0, 0))
]
FORKS = [
    Graph((3.0,), (("add", 0, 0),)),
    Graph((3.0, 4.0), (("add", 0, 1), ("add", 2, 0))),
    Graph((3.0, 4.0), (("add", 0, 1), ("add", 1, 2), ("add", 1, 3))),
]
PRODUCT_FORKS = [
    Graph((3.0,), (("multiply", 0, 0),)),
    Graph((3.0, 4.0), (("multiply", 0, 1), ("add", 2, 0))),
    Graph((2.0, 3.0), (("multiply", 0, 0), ("multiply", 2, 1), ("add", 3, 0))),
]
# the value v0 is used by the last gate and by one before it: who hands on too early gets it wrong
ORDERS = [
    Graph((3.0, 2.0), (("add", 0, 1), ("add", 2, 1), ("add", 2, 3))),
    Graph((3.0, 2.0), (("add", 0, 1), ("add", 2, 1), ("add", 3, 2))),
    Graph((1.5,), (("add", 0, 0), ("add", 1, 1), ("add", 2, 1), ("add", 3, 1), ("add", 4, 2))),
]
CHAINS = [PRODUCTS[1], PRODUCTS[2], Graph((2.0, 1.0), (("add", 0, 1), ("power", 2, 2.0)))]
CHAINS += [Graph((0.5,), (("exp", 0), ("exp", 1)))]
SINGLE = {  # the smallest graph of each gate that larger ones are made of
    "add": SUMS[0],
    "multiply": PRODUCTS[0],
    "subtract": DIFFERENCES[0],
    "power": POWERS[0],
    "sigmoid": Graph((0.5,), (("sigmoid", 0),)),
}
CURVED = [("exp", 2.0), ("log", 2.0), ("relu", 0.5), ("sigmoid", 2.0)]
CURVED += [("relu", -2.0), ("sigmoid", -1.5), ("exp", 0.5), ("relu", 0.0)]


ALONE = [Graph((at,), ((name, 0),)) for name, at in CURVED]


def curves(sound):
    """Each curve behind a gate that is right, so that a gradient other than 1 arrives."""
    if "multiply" in sound:
        return [Graph((at, -3.0), ((name, 0), ("multiply", 2, 1))) for name, at in CURVED]
    last = ("power", 1, 3.0) if "power" in sound else ("add", 1, 1)
    return [Graph((at,), ((name, 0), last)) for name, at in CURVED]


def doubled(times):
    """A value added to itself, again and again."""
    return Graph((1.0,), tuple(("add", k, k) for k in range(times)))


def deep(times):
    """A long chain."""
    return Graph((1.0, 0.5), tuple(("add", k, 1) if k else ("add", 0, 1) for k in (0, *range(2, times + 1))))


def drawn(rng, sound, count=3):
    """Random graphs that reuse what they have made, of gates that are right when they stand alone."""
    names = ["add", *(name for name in ("add", "multiply", "subtract", "sigmoid") if name in sound)]
    found = []
    for _ in range(count):
        program = []
        for k in range(7):
            name = str(rng.choice(names))
            given = rng.integers(3 + k, size=1 if name == "sigmoid" else 2)
            program.append((name, *(int(at) for at in given)))
        total = [("add", 9, 3)] + [("add", 10 + k, 4 + k) for k in range(5)]
        found.append(Graph(tuple(float(v) for v in rng.uniform(-1.2, 1.2, 3)), (*program, *total)))
    return found


def right(value, graph, expected):
    """Whether a result has the gradients that are expected."""
    found = numbers(value, len(graph.inputs))
    return found is not None and bool(np.allclose(found[1], expected[1]))


def numbers(value, count):
    """The data and the gradients of a result, or None."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    try:
        data, grads = float(np.asarray(value[0], float)), np.asarray(value[1], float)
    except (TypeError, ValueError):
        return None
    return (data, grads) if grads.shape == (count,) else None
