"""The mistakes in an engine: the two given ones, and what mending can make of them."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

circuits = catalogue.beside(__file__, "circuits")


def computed(inputs, gates):
    """Every value of the circuit."""
    values = list(inputs)
    for kind, i, j in gates:
        values.append(values[i] + values[j] if kind == "add" else values[i] * values[j])
    return values


def walk(inputs, gates, order, keep, swap=True, upstream=True):
    """Go over the gates in some order; `keep` says what becomes of a slope when a share comes."""
    values = computed(inputs, gates)
    slopes = [0.0] * len(values)
    slopes[-1] = 1.0
    for k in order(range(len(gates))):
        kind, i, j = gates[k]
        arrived = slopes[len(inputs) + k] if upstream else 1.0
        local = (1.0, 1.0) if kind == "add" else (values[j], values[i]) if swap else (values[i], values[j])
        for at, factor in ((i, local[0]), (j, local[1])):
            slopes[at] = keep(slopes[at], factor * arrived)
    return values[-1], slopes[: len(inputs)]


def added(old, share):
    """What a fork does."""
    return old + share


def REFERENCE(inputs, gates):
    """The right answer."""
    return walk(inputs, gates, reversed, added)


def fork_overwritten(inputs, gates):
    def latest(old, share):
        return share

    return walk(inputs, gates, reversed, latest)


def fork_multiplied(inputs, gates):
    def product(old, share):
        return old * share if old else share

    return walk(inputs, gates, reversed, product)


def walk_from_the_inputs(inputs, gates):
    return walk(inputs, gates, list, added)


def upstream_left_out(inputs, gates):
    return walk(inputs, gates, reversed, added, upstream=False)


def swap_left_out(inputs, gates):
    return walk(inputs, gates, reversed, added, swap=False)


def seen(cases, f):
    """The gradients in some circuits."""
    found = [circuits.read(f(*case.arguments).value, case) for case in cases]
    return [({}, {} if each is None else {"the gradients": each[1]}) for each in found]


def fork(f):
    """One gate whose two inputs are the same value."""
    return seen(circuits.FORKS, f)


def order(f):
    """Several gates, nothing used twice."""
    return seen(circuits.CHAINS, f)


GROUPS = [
    Group("fork", "a value that is used twice", fork),
    Group("order", "the walk through several gates", order),
]
