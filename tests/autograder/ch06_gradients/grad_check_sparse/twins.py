"""The mistakes in a sparse gradient check as code."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near
from lintutor.autograder.diagnosis import Group

asking = catalogue.beside(__file__, "asking")
Luck = asking.Luck
answers = asking.answers
X = np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.5]])
CLAIMED = np.array([[3.5, 12.0, 1.0], [-2.0, 27.0, 0.0]])  # some right, some not
H, CHECKS = 0.5, 60


def difference(f, x, index, h):
    """The centered difference along one entry."""
    ahead, behind = x.copy(), x.copy()
    ahead[index] += h
    behind[index] -= h
    return float((f(ahead) - f(behind)) / (2 * h))


def ratio(a, b):
    """The relative error of two numbers."""
    return abs(a - b) / (max(abs(a), abs(b)) or 1.0)


def checked(x, claimed, num_checks, rng, slope):
    """The checks of entries drawn at random."""
    found = []
    for flat in rng.integers(x.size, size=num_checks):
        index = tuple(int(i) for i in np.unravel_index(flat, x.shape))
        numerical, analytic = slope(index), float(claimed[index])
        found.append((index, numerical, analytic, ratio(numerical, analytic)))
    return found


def REFERENCE(f, x, analytic_grad, num_checks, h, rng):
    """The right answer."""
    return checked(x, analytic_grad, num_checks, rng, lambda k: difference(f, x, k, h))


def last_never_drawn(f, x, analytic_grad, num_checks, h, rng):
    ends = [max(1, m - 1) for m in x.shape]

    def draw(high, size):
        inner = rng.integers(np.prod(ends), size=size)
        return np.ravel_multi_index(np.unravel_index(inner, ends), x.shape)

    return REFERENCE(f, x, analytic_grad, num_checks, h, Luck(draw))


def always_the_same_entry(f, x, analytic_grad, num_checks, h, rng):
    luck = Luck(lambda high, size: np.full(size, rng.integers(high)))
    return REFERENCE(f, x, analytic_grad, num_checks, h, luck)


def first_entries(f, x, analytic_grad, num_checks, h, rng):
    luck = Luck(lambda high, size: np.arange(size) % high)
    return REFERENCE(f, x, analytic_grad, num_checks, h, luck)


def chance_of_its_own(f, x, analytic_grad, num_checks, h, rng):
    return REFERENCE(f, x, analytic_grad, num_checks, h, np.random.default_rng())


def sparse_forward_difference(f, x, analytic_grad, num_checks, h, rng):
    def slope(k):
        ahead = x.copy()
        ahead[k] += h
        return float((f(ahead) - f(x.copy())) / h)

    return checked(x, analytic_grad, num_checks, rng, slope)


def sparse_divided_by_h(f, x, analytic_grad, num_checks, h, rng):
    return checked(x, analytic_grad, num_checks, rng, lambda k: 2 * difference(f, x, k, h))


def sparse_all_nudged(f, x, analytic_grad, num_checks, h, rng):
    return checked(x, analytic_grad, num_checks, rng, lambda k: float((f(x + h) - f(x - h)) / (2 * h)))


def gap_for_error(f, x, analytic_grad, num_checks, h, rng):
    found = REFERENCE(f, x, analytic_grad, num_checks, h, rng)
    return [(index, a, b, abs(a - b)) for index, a, b, _ in found]


def sum_below_the_gap(f, x, analytic_grad, num_checks, h, rng):
    found = REFERENCE(f, x, analytic_grad, num_checks, h, rng)
    return [(index, a, b, abs(a - b) / ((abs(a) + abs(b)) or 1)) for index, a, b, _ in found]


def whole_gradient_first(f, x, analytic_grad, num_checks, h, rng):
    for index in np.ndindex(x.shape):
        difference(f, x, index, h)
    return REFERENCE(f, x, analytic_grad, num_checks, h, rng)


def x_left_nudged(f, x, analytic_grad, num_checks, h, rng):
    found = REFERENCE(f, x, analytic_grad, num_checks, h, rng)
    for index, *_ in found:
        x[index] -= h
    return found


# ------------------------------------------------------------------------------------------ probes


def cubes(x):
    """A function whose differences and slopes differ, and whose entries do not meet."""
    return np.sum(x**3)


def asked(f, checks=CHECKS, seed=3, x=X, claimed=CLAIMED, h=H):
    """The exchange, and the function that remembers."""
    loss = asking.Recorder(cubes)
    return f(loss, x.copy(), claimed.copy(), checks, h, asking.Seed(seed)), loss


def index_of(value, shape):
    """An index as a tuple of whole numbers within the shape, or None."""
    parts = value if isinstance(value, tuple | list) else [value]
    if len(parts) != len(shape) or not all(answers.is_numeric(i) and np.ndim(i) == 0 for i in parts):
        return None
    if any(isinstance(i, bool) or not np.isfinite(i) or int(i) != i for i in parts):
        return None
    found = tuple(int(i) for i in parts)
    return found if all(0 <= i < n for i, n in zip(found, shape, strict=True)) else None


def rows(value, shape=X.shape):
    """The checks as (index, numerical, analytic, error), or None."""
    if not isinstance(value, list | tuple) or not value:
        return None
    found = []
    for row in value:
        if not isinstance(row, list | tuple) or len(row) != 4:
            return None
        index, numbers = index_of(row[0], shape), [answers.number(each) for each in row[1:]]
        if index is None or None in numbers or not np.isfinite(numbers).all():
            return None
        found.append((index, *numbers))
    return found


def slope_at(x, index, h):
    """The centered difference that is due."""
    return difference(cubes, x, index, h)


def restores(exchange):
    """Whether x is afterwards what it was."""
    return not exchange.failed and near(exchange.arguments[1], X)


def drawing(f):
    """Which entries are drawn."""
    exchange, _ = asked(f)
    found = rows(exchange.value)
    if found is None:
        return [({}, {})]
    drawn = [row[0] for row in found]
    counts = len(set(drawn))
    in_turn = [tuple(int(i) for i in np.unravel_index(k % X.size, X.shape)) for k in range(len(drawn))]
    word = "in turn" if drawn == in_turn else f"{counts} of {X.size}"
    luck = asking.luck(lambda seed: [row[0] for row in rows(asked(f, 8, seed)[0].value) or []])
    return [({}, {"entries": word, "luck": luck})]


def slopes(f):
    """What is wrong with the differences, as a word; the gradient that was claimed, too."""
    exchange, _ = asked(f)
    found = rows(exchange.value)
    if found is None or not restores(exchange):
        return [({}, {})]
    due = {k: slope_at(X, k, H) for k in np.ndindex(X.shape)}
    rules = {
        "right": lambda k: due[k],
        "forward": lambda k: (cubes(X + H * unit(k)) - cubes(X)) / H,
        "twice": lambda k: 2 * due[k],
        "all": lambda k: sum(due.values()),
    }
    words = [n for n, rule in rules.items() if all(near(row[1], rule(row[0])) for row in found)]
    claimed = all(near(row[2], CLAIMED[row[0]]) for row in found)
    return [({}, {"differences": words[0] if words else "unknown", "claimed": str(claimed)})]


def unit(index):
    """1 at the index, else 0."""
    found = np.zeros(X.shape)
    found[index] = 1
    return found


def errors(f):
    """By which rule the last number comes from the two before it."""
    exchange, _ = asked(f)
    found = rows(exchange.value)
    if found is None:
        return [({}, {})]
    rules = {
        "right": ratio,
        "gap": lambda a, b: abs(a - b),
        "sum": lambda a, b: abs(a - b) / ((abs(a) + abs(b)) or 1),
    }
    words = [n for n, rule in rules.items() if all(near(row[3], rule(row[1], row[2])) for row in found)]
    return [({}, {"errors": words[0] if words else "unknown"})]


def cost(f):
    """How often f is called for two checks."""
    exchange, loss = asked(f, 2)
    if exchange.failed:
        return [({}, {})]
    return [({}, {"calls": "two a check" if len(loss.asked) <= 4 else "more"})]


def mutation(f):
    """x afterwards."""
    exchange, _ = asked(f)
    return [({}, {} if exchange.failed else {"x": "as it was" if restores(exchange) else "changed"})]


GROUPS = [
    Group("mutation", "x after the call", mutation),
    Group("cost", "the calls of f", cost),
    Group("drawing", "the entries drawn", drawing),
    Group("difference", "the differences", slopes),
    Group("ratio", "the relative errors", errors),
]
