"""Circuits of adds and multiplies, small ones first, and what an engine should find in them."""

from dataclasses import dataclass

import numpy as np

from lintutor.autograder import catalogue

answers = catalogue.beside(__file__, "answers")
problems = catalogue.beside(__file__, "problems")
NAMES = "abcdefgh"


@dataclass(frozen=True, eq=False)
class Circuit:
    """Inputs and gates."""

    inputs: tuple
    gates: tuple

    @property
    def arguments(self):
        """Fresh lists, in the order of the signature."""
        return list(self.inputs), list(self.gates)

    @property
    def values(self):
        """Every value, inputs first."""
        found = list(self.inputs)
        for kind, i, j in self.gates:
            found.append(found[i] + found[j] if kind == "add" else found[i] * found[j])
        return found

    @property
    def slopes(self):
        """The slope of the result with respect to every value."""
        values, found = self.values, np.zeros(len(self.inputs) + len(self.gates))
        found[-1] = 1.0
        for k in reversed(range(len(self.gates))):
            kind, i, j = self.gates[k]
            arrived = found[len(self.inputs) + k]
            found[i] += arrived if kind == "add" else values[j] * arrived
            found[j] += arrived if kind == "add" else values[i] * arrived
        return found

    @property
    def expected(self):
        """Result and gradients of the inputs."""
        return self.values[-1], self.slopes[: len(self.inputs)]

    @property
    def texts(self):
        """How each value is computed, a line each."""
        known = list(NAMES[: len(self.inputs)]) + [f"v{k}" for k in range(len(self.inputs), len(self.values))]
        lines = [f"{name} = {problems.say(value)}" for name, value in zip(known, self.inputs, strict=False)]
        for k, (kind, i, j) in enumerate(self.gates):
            at = len(self.inputs) + k
            sign = "+" if kind == "add" else "*"
            lines.append(f"{known[at]} = {known[i]} {sign} {known[j]} = {problems.say(self.values[at])}")
        return lines

    def __repr__(self):
        return f"inputs {list(self.inputs)}, gates {list(self.gates)}"


def board(case, given):
    """Write the circuit out, with the slope of each value and the learner's of each input."""
    lines = case.texts
    told = [f"{line}   slope {problems.say(s)}" for line, s in zip(lines, case.slopes, strict=True)]
    expected, yours = (problems.inline(each) for each in (case.expected[1], given))
    told = told if len(told) <= 9 else [repr(case)]
    return "\n".join([*told, f"gradients expected {expected}", f"             yours {yours}"])


def read(value, case):
    """Result and gradients, or None."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    result = answers.number(value[0])
    try:
        gradients = np.asarray(value[1], np.float64)
    except (TypeError, ValueError):
        return None
    if result is None or gradients.shape != (len(case.inputs),):
        return None
    return result, gradients


ADD, MULTIPLY = "add", "multiply"
FORKS = [  # one gate: no order can be wrong
    Circuit((3.0,), ((MULTIPLY, 0, 0),)),
    Circuit((5.0,), ((ADD, 0, 0),)),
    Circuit((-2.0, 7.0), ((MULTIPLY, 0, 0),)),
]
CHAINS = [  # nothing is used twice
    Circuit((2.0, 3.0), ((MULTIPLY, 0, 1),)),
    Circuit((2.0, 3.0, 5.0), ((MULTIPLY, 0, 1), (MULTIPLY, 3, 2))),
    Circuit((2.0, 3.0, -1.0, 4.0), ((ADD, 0, 1), (MULTIPLY, 2, 4), (MULTIPLY, 5, 3))),
]
MIXED = [
    Circuit((3.0, 4.0), ((ADD, 0, 1), (MULTIPLY, 2, 0))),
    Circuit((3.0,), ((MULTIPLY, 0, 0), (MULTIPLY, 1, 0))),
    Circuit((2.0, 5.0), ((MULTIPLY, 0, 0), (ADD, 2, 2), (ADD, 3, 2))),  # the second input is not used
    Circuit((2.0, 3.0), ((ADD, 0, 1), (MULTIPLY, 0, 0), (MULTIPLY, 3, 1))),  # nor is the first gate
]


def drawn(rng, count=6):
    """Random circuits with plenty of forks."""
    found = []
    for size in range(4, 4 + count):
        inputs = tuple(float(v) for v in rng.integers(-3, 4, size=3))
        gates = tuple(
            (str(rng.choice([ADD, ADD, MULTIPLY])), *(int(v) for v in rng.integers(3 + k, size=2)))
            for k in range(size)
        )
        found.append(Circuit(inputs, gates))
    return found
