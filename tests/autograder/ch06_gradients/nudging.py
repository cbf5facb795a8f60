"""What is checked of a numerical gradient: the cases, what the nudges show, the probes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near
from lintutor.autograder.diagnosis import Group
from lintutor.gradients import eval_numerical_gradient

asking = catalogue.beside(__file__, "asking")
answers, inline, say = asking.answers, asking.inline, asking.say
FUNCTIONS = {
    "sum(x**2)": lambda x: np.sum(x**2),
    "sum(x**3)": lambda x: np.sum(x**3),
    "prod(x)": lambda x: np.prod(x),
    "sum(exp(x))": lambda x: np.sum(np.exp(x)),
    "sum(w * x), w = 1, 2, 3, ...": lambda x: np.sum(np.arange(1, x.size + 1).reshape(x.shape) * x),
}


@dataclass(frozen=True, eq=False)
class Case:
    """A function by name, a point, a nudge (None leaves it to the default)."""

    name: str
    x: np.ndarray
    h: float | None = 0.5

    @property
    def function(self):
        """A function that remembers what it was asked."""
        return asking.Recorder(FUNCTIONS[self.name])

    @property
    def expected(self):
        """The gradient by differences."""
        return eval_numerical_gradient(self.function, self.x, *self.nudge)

    @property
    def nudge(self):
        """The nudge as arguments of a call."""
        return () if self.h is None else (self.h,)

    def __repr__(self):
        size = inline(self.x) if self.x.size <= 4 else f"x of shape {self.x.shape}"
        return f"f = {self.name}, x = {size}, h = {'1e-5' if self.h is None else f'{self.h:g}'}"

    def by_hand(self, given):
        """Write the differences out as on the board."""
        f, lines = FUNCTIONS[self.name], [f"f = {self.name}   x = {inline(self.x)}   h = {self.h:g}"]
        for k in np.ndindex(self.x.shape):
            ahead, behind = self.x.astype(float), self.x.astype(float)
            ahead[k] += self.h
            behind[k] -= self.h
            up, down = f(ahead), f(behind)
            slope = (up - down) / (2 * self.h)
            lines.append(
                f"entry {', '.join(map(str, k))}: "
                f"f({inline(ahead)}) = {say(up)}, f({inline(behind)}) = {say(down)}"
            )
            below = f"({say(down)})" if down < 0 else say(down)
            lines.append(f"    ({say(up)} - {below}) / {say(2 * self.h)} = {say(slope)}")
        lines += [f"gradient  expected {inline(self.expected)}", f"             yours {inline(given)}"]
        return "\n".join(lines)


def case(name, x, h=0.5):
    """A case from a list, its type kept."""
    return Case(name, np.array(x), h)


SMALL = [
    case("sum(x**2)", [3.0]),
    case("sum(x**3)", [2.0], 1.0),
    case("sum(w * x), w = 1, 2, 3, ...", [1.0, 2.0]),
    case("prod(x)", [2.0, 3.0]),
    case("sum(x**3)", [1.0, -2.0, 0.0]),
]


def whole(lists=([3], [2, 3], [[1, -1], [0, 4]], [2, -1, 3])):
    """Cases at points of whole numbers, types and all."""
    return [case(name, x) for x in lists for name in ("sum(x**2)", "prod(x)")]


class Checks:
    """The checks of one answer: a proxy of a function of (f, x, h)."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def run(self, case):
        """The gradient, what was asked, and x afterwards."""
        loss = case.function
        reply = self.answer.run(loss, case.x.copy(), *case.nudge, echo=True)
        return reply.value, loss, reply.arguments[1]

    def ask(self, case):
        """The gradient, or the check has failed."""
        value = self.run(case)[0]
        if not answers.is_numeric(value) or np.size(value) != case.x.size:
            told = answers.described(value, None)
            raise CheckFailed(
                f"It should return an array of the shape of x, {case.x.shape}; it returns {told}. ({case})"
            )
        return np.asarray(value)

    def form(self, cases, follow):
        """An array of the shape of x, not always the same."""
        found = [self.ask(each) for each in cases]
        flat = [each for each, given in zip(cases, found, strict=True) if given.shape != each.x.shape]
        if flat:
            follow(
                f"The gradient should have the shape of x, {flat[0].x.shape}; yours is an array of shape "
                f"{found[cases.index(flat[0])].shape}. The rest is graded on its entries.",
                lost=1,
            )
        if not any(given.any() for given in found):
            raise CheckFailed("The gradient is 0 everywhere: nothing is computed yet.")

    def value(self, cases, told):
        """The differences, the smallest case first."""

        def given(case):
            return self.ask(case).reshape(case.x.shape)

        bad = first(
            cases,
            lambda case: not near(given(case), case.expected, np.float32 if case.h is None else np.float64),
        )
        if bad is not None:
            small = bad.x.size <= 3 and bad.h is not None
            raise CheckFailed(f"{told} ({bad}).", bad.by_hand(given(bad)) if small else "")

    def nudges(self, cases):
        """One entry is nudged at a time, and x is as it was."""
        for each in cases:
            _, loss, _ = self.run(each)
            word = pattern(loss, each)
            if word == "one entry":
                continue
            told = {
                "all entries": "All entries are nudged at once: f then tells the sum of all slopes.",
                "a row": "A whole row is nudged at once, not one entry.",
                "it grows": "At the second entry the first one is still nudged: put each entry back.",
            }.get(word, "f is asked at points that are no nudge of one entry.")
            shown = "\n".join(f"    {inline(x.round(6))}" for x in loss.asked[:4]) if each.x.size <= 4 else ""
            raise CheckFailed(
                f"{told} ({each})", f"x = {inline(each.x)}; f was asked at\n{shown}" if shown else ""
            )

    def unchanged(self, cases):
        """x comes back as it was."""
        for each in cases:
            _, _, after = self.run(each)
            if not near(after, each.x):
                raise CheckFailed(
                    f"x is changed by the call: it was {inline(each.x)} "
                    f"and is {inline(np.asarray(after).round(6))}."
                )


def pattern(loss, case):
    """In what the points that were asked about differ from x, as a word."""
    moved = [np.abs(np.reshape(x, case.x.shape) - case.x) > 1e-9 for x in loss.asked if x.size == case.x.size]
    most = max((int(each.sum()) for each in moved), default=0)
    if most <= 1:
        return "one entry"
    counts = {int(each.sum()) for each in moved if each.any()}
    if counts == {case.x.size}:
        return "all entries"
    return (
        "it grows" if 1 in counts else "a row" if case.x.ndim > 1 and counts == {case.x[0].size} else "others"
    )


# ------------------------------------------------------------------------------------------ groups

FLOATS = [
    case("sum(x**3)", [[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]], 0.25),
    case("sum(exp(x))", [0.5, 1.0, -0.5, 0.0], 0.5),
    case("sum(x**2)", [2.0, -3.0], 0.125),
]


def asked(f, each):
    """The exchange, and the function that remembers."""
    loss = each.function
    return f(loss, each.x.copy(), *each.nudge), loss


def difference(f):
    """The gradient of sums of functions of one entry each, where it matters not what else is nudged."""
    seen = []
    for each in FLOATS:
        exchange, loss = asked(f, each)
        value = exchange.value
        fine = answers.is_numeric(value) and np.size(value) == each.x.size
        if not fine or pattern(loss, each) not in ("one entry", "it grows"):
            seen.append(({}, {}))
        else:
            seen.append(({"h": each.h}, {"the gradient": np.ravel(value)}))
    return seen


def nudge(f):
    """What is nudged, and x afterwards."""
    seen = []
    for each in FLOATS[:2]:
        exchange, loss = asked(f, each)
        if exchange.failed or not loss.asked:
            seen.append(({}, {}))
            continue
        after = exchange.arguments[1]
        state = "as it was" if near(after, each.x) else "changed"
        seen.append(({}, {"nudged": pattern(loss, each), "x": state}))
    return seen


def integers(f):
    """The gradient at whole numbers, where it is right at floats."""
    seen = []
    for each in (case("sum(x**2)", [3, 2], 0.4), case("sum(x**3)", [2, 1, 3], 0.3)):
        exchange, _ = asked(f, each)
        found, _ = asked(f, Case(each.name, each.x.astype(float), each.h))
        fine = all(answers.is_numeric(e.value) and np.size(e.value) == each.x.size for e in (exchange, found))
        if not fine or not near(np.ravel(found.value), each.expected):
            seen.append(({}, {"at integers": exchange.error} if exchange.failed and not found.failed else {}))
        else:
            seen.append(({}, {"at integers": "runs", "the gradient": np.ravel(exchange.value)}))
    return seen


def shape(f):
    """The shape of the gradient."""
    exchange, _ = asked(f, FLOATS[0])
    if exchange.failed or not answers.is_numeric(exchange.value):
        return [({}, {})]
    given = np.shape(exchange.value)
    return [({}, {"shape": "of x" if given == FLOATS[0].x.shape else "another"})]


GROUPS = {
    "shape": Group("shape", "the shape of the gradient", shape),
    "nudge": Group("nudge", "the nudges", nudge),
    "integers": Group("integers", "the gradient at whole numbers", integers),
    "difference": Group("difference", "the differences", difference),
}
