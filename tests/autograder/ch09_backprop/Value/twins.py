"""The mistakes of an engine as classes: wrong in one way and right otherwise."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import LearnerError
from lintutor.autograder.diagnosis import Group

programs = catalogue.beside(__file__, "programs")
session = catalogue.beside(__file__, "session").session


class REFERENCE:
    """The right answer."""

    def __init__(self, data):
        self.data, self.grad, self.inputs = float(data), 0.0, []

    def made(self, data, *inputs):
        out = type(self)(data)
        out.inputs = list(inputs)
        return out

    def of(self, other):
        return other if hasattr(other, "inputs") else type(self)(other)

    def __add__(self, other):
        other = self.of(other)
        return self.made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        other = self.of(other)
        return self.made(self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, k):
        return self.made(self.data**k, (self, k * self.data ** (k - 1)))

    def exp(self):
        power = float(np.exp(self.data))
        return self.made(power, (self, power))

    def log(self):
        return self.made(float(np.log(self.data)), (self, 1 / self.data))

    def relu(self):
        return self.made(max(0.0, self.data), (self, float(self.data > 0)))

    def sigmoid(self):
        out = 1 / (1 + float(np.exp(-self.data)))
        return self.made(out, (self, out * (1 - out)))

    def order(self):
        found, seen = [], set()

        def visit(value):
            if id(value) not in seen:
                seen.add(id(value))
                for before, _ in value.inputs:
                    visit(before)
                found.append(value)

        visit(self)
        return found[::-1]

    def keep(self, old, share):
        return old + share

    def start(self, order):
        for value in order:
            value.grad = 0.0

    def send(self, local):
        return local * self.grad

    def backward(self):
        order = self.order()
        self.start(order)
        self.grad = 1.0
        for value in order:
            for before, local in value.inputs:
                before.grad = self.keep(before.grad, value.send(local))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * self.of(-1.0)

    def __sub__(self, other):
        return self + -self.of(other)

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * self.of(other) ** -1.0

    def __rtruediv__(self, other):
        return self**-1.0 * other


class product_not_swapped(REFERENCE):
    def __mul__(self, other):
        other = self.of(other)
        return self.made(self.data * other.data, (self, self.data), (other, other.data))


class power_not_lowered(REFERENCE):
    def __pow__(self, k):
        return self.made(self.data**k, (self, k * self.data**k))


class exp_copied(REFERENCE):
    def exp(self):
        return self.made(float(np.exp(self.data)), (self, 1.0))


class log_upside_down(REFERENCE):
    def log(self):
        return self.made(float(np.log(self.data)), (self, self.data))


class relu_always_open(REFERENCE):
    def relu(self):
        return self.made(max(0.0, self.data), (self, 1.0))


class relu_open_at_zero(REFERENCE):
    def relu(self):
        return self.made(max(0.0, self.data), (self, float(self.data >= 0)))


class sigmoid_factor_missing(REFERENCE):
    def sigmoid(self):
        out = 1 / (1 + float(np.exp(-self.data)))
        return self.made(out, (self, out))


class arriving_left_out(REFERENCE):
    def send(self, local):
        return local


class slopes_overwritten(REFERENCE):
    def keep(self, old, share):
        return share


class nearest_first(REFERENCE):
    def order(self):
        queue = [self]
        for value in queue:
            queue += [before for before, _ in value.inputs if not any(before is each for each in queue)]
        return list({id(value): value for value in queue}.values())


class visited_for_each_path(REFERENCE):
    def order(self):
        found = []

        def visit(value):
            for before, _ in value.inputs:
                visit(before)
            found.append(value)

        visit(self)
        return found[::-1]


class handed_on_at_once(REFERENCE):
    def backward(self):
        self.start(self.order())
        self.grad = 1.0
        self.hand_on()

    def hand_on(self):
        for before, local in self.inputs:
            before.grad = self.keep(before.grad, self.send(local))
            before.hand_on()


class queued_for_each_path(REFERENCE):
    def order(self):
        queue = [self]
        for value in queue:
            queue += [before for before, _ in value.inputs]
        return queue


class gradients_kept(REFERENCE):
    def start(self, order):
        return None


class numbers_refused(REFERENCE):
    def of(self, other):
        if not hasattr(other, "inputs"):
            raise AttributeError("'float' object has no attribute 'data'")
        return other


def seen(f, graphs):
    """Data and gradients of some graphs."""
    found = [programs.numbers(f(*graph.arguments).value, len(graph.inputs)) for graph in graphs]
    return [({}, {} if each is None else {"the data": each[0], "the gradients": each[1]}) for each in found]


def gates(f):
    """Nothing is used twice, and no plain number takes part, not in what is made of the gates either."""
    curves = [*programs.ALONE, *programs.curves(programs.SINGLE)]
    return seen(f, [*programs.SUMS, *programs.PRODUCTS, *programs.POWERS, *curves])


def walk(f):
    """Sums of values that are used twice, if a gradient arrives through two gates where nothing is."""
    graphs = [*programs.FORKS, *programs.ORDERS]
    right = [
        programs.right(f(*graph.arguments).value, graph, session(REFERENCE, *graph.arguments))
        for graph in programs.CHAINS
    ]
    return seen(f, graphs) if any(right) else [({}, {}) for _ in graphs]


def again(f):
    """What a second walk changes."""
    words = set()
    for graph in (programs.SUMS[0], programs.PRODUCTS[0]):
        one, two = (programs.numbers(f(*graph.arguments, n).value, len(graph.inputs)) for n in (1, 2))
        if one is not None and two is not None:
            words.add("the same" if np.allclose(one[1], two[1]) else "other gradients")
    return [({}, {"the second time": " and ".join(sorted(words))} if words else {})]


def plain(f):
    """Whether plain numbers may take part, if anything works without them."""
    works = any(not f(*graph.arguments).failed for graph in (*programs.SUMS, *programs.PRODUCTS))
    return [({}, {"plain numbers": plain_numbers(f)} if works else {})]


def plain_numbers(f):
    """In a word whether sums and products with plain numbers crash."""
    for graph in programs.CONSTANTS[:4]:
        try:
            if getattr(f(*graph.arguments), "failed", False):
                return "refused"
        except LearnerError:
            return "refused"
    return "welcome"


GROUPS = [
    Group("gates", "the gates", gates),
    Group("walk", "values that are used twice", walk),
    Group("again", "a second call of backward", again),
    Group("constants", "plain numbers", plain),
]
