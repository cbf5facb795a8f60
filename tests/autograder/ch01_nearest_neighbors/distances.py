"""What is checked of a function that measures all pairs of rows: cases, working by hand, probes."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near
from lintutor.autograder.diagnosis import Group

arrays = catalogue.beside(__file__, "arrays")
problems = catalogue.beside(__file__, "problems")

SIZES = [(3, 4, 2), (1, 5, 3), (4, 1, 3), (2, 3, 7), (5, 5, 5), (1, 1, 1)]  # M, N, D


def case(X, X_train, dtype=np.float64):
    """The arguments of one call, from lists or arrays."""
    X, X_train = np.array(X, dtype), np.array(X_train, dtype)
    return arrays.Case(
        {"X": X, "X_train": X_train}, {"M": len(X), "N": len(X_train), "D": X.shape[1], "dtype": X.dtype}
    )


def small_cases():
    """Cases for hand arithmetic, smallest first; the gaps have both signs."""
    return [
        case([[1]], [[4]]),
        case([[5, 1]], [[2, 5]]),
        case([[1, 5]], [[4, 1], [1, 5], [0, 7]]),
        case([[0, 2], [3, 1]], [[1, 4], [3, -2], [6, 5]]),
    ]


def random_cases(rng, dtype=np.float64):
    """One random case for each relation of M, N and D; no two rows nearly agree."""
    return [case(rng.normal(size=(M, D)), rng.normal(size=(N, D)) + 0.5, dtype) for M, N, D in SIZES]


def byte_cases(rng):
    """Pictures in bytes, a small one first: as bytes, differences and squares wrap around."""
    return [
        case([[3]], [[5]], np.uint8),
        case([[200, 7]], [[90, 250], [201, 7]], np.uint8),
        case(rng.integers(0, 256, (3, 6)), rng.integers(0, 256, (4, 6)), np.uint8),
    ]


def edge_cases():
    """Equal rows, zeros, one pixel, far rows."""
    return [
        case([[2, 3]], [[2, 3], [2, 3]]),
        case([[0, 0, 0]], [[0, 0, 0]]),
        case([[1e6, -1e6]], [[-1e6, 1e6], [1e6, 0]]),
        case([[-1], [2]], [[-4], [2], [8]]),
    ]


def filled_as_if_turned(right):
    """The matrix (M, N) written entry by entry into a scratch array (N, M): a crash unless M is N."""
    found = np.zeros(right.shape[::-1])
    for place in np.ndindex(right.shape):
        found[place] = right[place]
    return found


def gaps(one, other):
    """The gaps of two rows as sizes, written out."""
    return [f"|{problems.say(a)} - {problems.paren(b)}|" for a, b in zip(one, other, strict=True)]


def working(line):
    """The arithmetic of a small case, a line a pair; `line` writes the right side from the gaps."""

    def told(case):
        X, T = (np.asarray(v, float) for v in case.given.values())
        pairs = [(i, j) for i in range(len(X)) for j in range(len(T))][:6]
        return [f"    X[{i}] and X_train[{j}]: {line(X[i], T[j])}" for i, j in pairs]

    return told


def l1_line(x, t):
    """|1 - 4| + |5 - 1| = 7"""
    return f"{' + '.join(gaps(x, t))} = {problems.say(np.abs(x - t).sum())}"


def l2_line(x, t):
    """sqrt(3^2 + 4^2) = 5"""
    squares = " + ".join(f"{problems.say(g)}^2" for g in np.abs(x - t))
    return f"sqrt({squares}) = {problems.say(np.sqrt(((x - t) ** 2).sum()))}"


def checks(proxy, reference, line):
    """The checks of an answer; `line` writes a pair's arithmetic."""
    upright = case([[1, 5], [2, 0]], [[4, 1], [0, 7], [3, 3]])
    return arrays.ArrayChecks(proxy, reference, ("the distances",), working(line), upright)


def own_rows(rng):
    """Random rows measured against themselves: what is multiplied out leaves rounding there, of any sign."""
    rows = rng.normal(size=(12, 9)) / 3
    return case(rows, rows)


def as_floats(bytes_case):
    """The same pictures as floats."""
    return case(*bytes_case.arguments)


def demand_bytes(answer, cases, follow):
    """Fail at the first wrong distance of bytes, unless floats give the same and are wrong already."""

    def differs(each):
        got, own = (answer.ask(given)[0] for given in (each, as_floats(each)))
        return not near(got, own, np.float32)

    if first(small_cases(), answer.wrong()) is not None and first(cases, differs) is None:
        follow("With bytes you give what you give with floats; what is wrong there costs its points there.")
    else:
        answer.value(cases, "With bytes a distance is wrong")


def demand_own_rows(answer, own):
    """Fail if a row has no distance to itself, or one that is not nearly 0."""
    found = answer.ask(own)[0]
    if np.isnan(found).any():
        raise CheckFailed(
            "Some pictures were measured against themselves, and there are distances that are NaN. What is "
            "multiplied out leaves rounding there, such as -2e-17 under the root, and its root is no number."
        )
    rounding = 1e-2 if arrays.precision(own, found) is np.float32 else 1e-6
    if first(small_cases(), answer.wrong()) is None and np.abs(np.diag(found)).max() > rounding:
        raise CheckFailed("A picture should be at distance 0 from itself; yours is not.")


def probes():
    """What the mistakes are looked at through: no size equals another, gaps of both signs."""
    rng = np.random.default_rng(11)
    return [case(rng.normal(size=(M, D)), rng.normal(size=(N, D)) + 1) for M, N, D in ((2, 3, 5), (4, 2, 3))]


def bytes_like_floats(f):
    """Whether pictures in bytes are measured as the same pictures in floats are."""
    rng = np.random.default_rng(12)
    each = case(rng.integers(0, 256, (2, 7)), rng.integers(0, 256, (3, 7)), np.uint8)
    values = [f(*given.arguments).value for given in (each, as_floats(each))]
    (found, _), (due, _) = (arrays.settle(value, (2, 3)) for value in values)
    if found is None or due is None:
        return [({}, {})]
    return [({}, {"bytes": "like floats" if near(found, due, np.float32) else "not like floats"})]


def equal_rows(f):
    """Whether a row has a distance to itself."""
    found, _ = arrays.settle(f(*own_rows(np.random.default_rng(13)).arguments).value, (12, 12))
    return [({}, {} if found is None else {"equal rows": "NaN" if np.isnan(found).any() else "numbers"})]


def groups(reference):
    """The groups of both exercises."""
    shapes = [case(np.eye(3), 2 * np.eye(3))]
    return [
        *arrays.groups(probes(), reference, ("the distances",), other_sizes=shapes),
        Group("bytes", "what bytes give", bytes_like_floats),
    ]
