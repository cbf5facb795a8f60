"""The cases of chapter 2: small tables of numbers, random ones, and ones that Hypothesis can shrink."""

import numpy as np

from lintutor.autograder import catalogue

arrays = catalogue.beside(__file__, "arrays")
problems = catalogue.beside(__file__, "problems")
Case = arrays.Case

# N, D and C, no two of them equal; and the coincidences that hide an exchange
SIZES = [(5, 3, 4), (2, 4, 3), (7, 2, 5), (3, 5, 2), (4, 6, 3)]
EQUAL = [(4, 3, 4), (3, 4, 4), (3, 3, 2)]
EDGES = [(1, 3, 2), (1, 1, 1), (2, 1, 3), (3, 3, 3), (1, 4, 1)]


def weighted(X, W, b=None, dtype=np.float64):
    """A case with examples, weights and perhaps biases."""
    given = {"X": np.array(X, dtype), "W": np.array(W, dtype)}
    if b is not None:
        given["b"] = np.array(b, dtype)
    N, D = given["X"].shape
    return Case(given, {"N": N, "D": D, "C": given["W"].shape[1]})


def random_weighted(rng, sizes=SIZES, bias=True, dtype=np.float64):
    """Random cases of these sizes."""
    return [
        weighted(
            rng.normal(size=(N, D)), rng.normal(size=(D, C)), rng.normal(size=C) if bias else None, dtype
        )
        for N, D, C in sizes
    ]


def tiny_weighted(bias=True):
    """Cases for hand arithmetic, the smallest first."""
    cases = [
        ([[2]], [[3, 4]], [1, -1]),
        ([[1, 2]], [[1, 0], [0.25, 3]], [4, -1]),
        ([[1, 2], [3, 0], [0, 1]], [[2, -1], [1, 5]], [10, 20]),
    ]
    return [weighted(X, W, b if bias else None) for X, W, b in cases]


def small_weighted(bias=True):
    """A Hypothesis strategy for cases of small whole numbers."""
    from hypothesis import strategies as st

    @st.composite
    def draw_case(draw):
        N, D, C = draw(st.sampled_from([(n, d, c) for n in (1, 2, 3) for d in (1, 2, 3) for c in (1, 2, 3)]))

        def numbers(*shape):
            count = int(np.prod(shape))
            drawn = draw(st.lists(st.integers(-3, 3), min_size=count, max_size=count))
            return np.reshape(np.array(drawn, float), shape)

        return weighted(numbers(N, D), numbers(D, C), numbers(C) if bias else None)

    return draw_case()


def without_bias(case):
    """The same case with biases of zero."""
    return weighted(case.given["X"], case.given["W"], 0 * case.given["b"], case.given["b"].dtype)


def product(row, column):
    """Row times column, as one writes it."""
    return " + ".join(f"{problems.say(x)} * {problems.paren(w)}" for x, w in zip(row, column, strict=True))


def labelled(X, y):
    """A case with examples and their classes."""
    X, y = np.array(X, float), np.array(y, np.int64)
    return Case({"X": X, "y": y}, {"N": len(X), "D": X.shape[1], "C": int(y.max()) + 1})


def random_labelled(rng, sizes, dtype=np.float64):
    """Random examples; each class occurs, in no order, and not equally often."""
    found = []
    for N, D, C in sizes:
        y = rng.permutation(np.append(np.arange(C), rng.integers(0, C, size=N - C)))
        X = (rng.normal(size=(N, D)) + rng.normal(size=(C, D))[y]).astype(dtype)
        found.append(Case({"X": X, "y": y}, {"N": N, "D": D, "C": C}))
    return found


def split(X_train, X_test, dtype=np.float64):
    """A case with a training and a test split."""
    given = {"X_train": np.array(X_train, dtype), "X_test": np.array(X_test, dtype)}
    return Case(
        given, {"N": len(given["X_train"]), "M": len(given["X_test"]), "D": given["X_train"].shape[1]}
    )


def random_splits(rng, sizes=((7, 4, 3), (4, 6, 5), (9, 2, 4), (3, 5, 2))):
    """Random splits, the test rows not around the mean of the training rows."""
    return [
        split(rng.normal(size=(N, D)) + rng.normal(size=D), rng.normal(size=(M, D)) + 1.5)
        for N, M, D in sizes
    ]
